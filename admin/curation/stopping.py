"""Stops of people with an account: one admin sets one, in the file and in the store; a second admin lifts it. The file itself is in stopping."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from admin.curation.acting import Act
from admin.stopping.errors import StopsUnreadable
from admin.stopping.file import add_stop, lifted, read_stops, stop_document
from notices.documents import Document
from notices.errors import InvalidDocument
from notices.stops import Stop, StopKind, is_in_force
from review.errors import FourEyes, MoveNotAllowed, Unknown
from review.events import Event
from review.people import Role, Scope
from review.pieces import Key, Kind
from review.scopes import scopes_of
from store.values import StoredStop

_KINDS: Final = {StopKind.LIST: Kind.LIST, StopKind.CAMPAIGN: Kind.CAMPAIGN, StopKind.NOTICE: Kind.NOTICE}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be stopped."""

    kind: StopKind
    target: str
    reason: str
    ends_at: datetime | None = None


def set_stop(act: Act, file: Path, wish: Wish) -> StoredStop:
    """Stop it at once; the actor is an admin of where it holds. The file is written first: it works with whatever the store does next."""
    if (wish.kind is StopKind.EVERYTHING) != (not wish.target):
        raise InvalidDocument("Everything has no target, and anything else has one.", "/target")
    if not wish.reason.strip():
        raise InvalidDocument("Say why.", "/reason")
    if wish.ends_at is not None and wish.ends_at <= act.now:
        raise InvalidDocument("The end must lie ahead.", "/ends_at")
    act.actor.check(Role.ADMIN, _scopes(act, wish.kind, wish.target), act.ground.places)
    stop = add_stop(file, _again(file, Stop(wish.kind, wish.target, wish.reason, act.actor.person, act.now, wish.ends_at)))
    act.unit.stops.put(stop)
    act.note("stop.set", stop.id, {"kind": stop.kind.value, "target": stop.target, "reason": stop.reason})
    act.tell(Event.STOP_SET, stop.id, {"kind": stop.kind.value, "target": stop.target, "reason": stop.reason})
    return StoredStop(stop)


def _again(file: Path, stop: Stop) -> Stop:
    """The stop under the id that it was given when the same was set a moment ago, and only the store could not be told."""
    same = (stop.kind, stop.target, stop.reason, stop.set_by, stop.ends_at)
    try:
        known = read_stops(file)
    except StopsUnreadable:
        return stop
    return next((one for one in known if (one.kind, one.target, one.reason, one.set_by, one.ends_at) == same), stop)


def lift(act: Act, known_as: str) -> StoredStop:
    """Ask to lift a stop, or lift it where another admin has asked; it holds until then. The file is pruned by `united_with_file`."""
    found = act.unit.stops.get(known_as)
    if found is None:
        raise Unknown("There is no such stop.")
    if found.lifted_at is not None or not is_in_force(found.stop, act.now):
        raise MoveNotAllowed("This stop is not in force any more.")
    act.actor.check(Role.ADMIN, _scopes(act, found.stop.kind, found.stop.target), act.ground.places)
    person = act.actor.person
    if found.lift_asked_by is None:
        asked = replace(found, lift_asked_by=person, lift_asked_at=act.now)
        act.unit.stops.save(asked)
        act.note("stop.lift_asked", known_as)
        return asked
    if found.lift_asked_by == person:
        raise FourEyes("You have asked to lift this stop already; another admin must lift it.")
    gone = replace(found, lifted_by=person, lifted_at=act.now)
    act.unit.stops.save(gone)
    act.note("stop.lifted", known_as, {"asked_by": found.lift_asked_by})
    act.tell(Event.STOP_LIFTED, known_as, {"kind": found.stop.kind.value, "target": found.stop.target})
    return gone


def take_over(act: Act, known: tuple[Stop, ...]) -> None:
    """Keep stops that were set in the file alone, with the database down or by hand, so that other hosts and admins know of them."""
    for stop in known:
        if stop.id and act.unit.stops.put(stop):
            act.note("stop.set", stop.id, {"kind": stop.kind.value, "target": stop.target, "reason": stop.reason, "set_by": stop.set_by})
            act.tell(Event.STOP_SET, stop.id, {"kind": stop.kind.value, "target": stop.target, "reason": stop.reason})


def prune(file: Path, stops: tuple[StoredStop, ...], now: datetime) -> None:
    """Take what was lifted out of the file."""
    if gone := [one.stop.id for one in stops if one.lifted_at is not None]:
        lifted(file, gone, now)


def stop_line(found: StoredStop, now: datetime) -> Document:
    """A stop as plain JSON."""
    return {
        **stop_document(found.stop),
        "in_force": found.lifted_at is None and is_in_force(found.stop, now),
        "lift_asked_by": found.lift_asked_by,
        "lifted_by": found.lifted_by,
        "lifted_at": found.lifted_at,
    }


def _scopes(act: Act, kind: StopKind, target: str) -> tuple[Scope, ...]:
    """Whose business it is: a list is its region's, a campaign all its regions', a topic and everything the world's."""
    if kind is StopKind.REGION:
        return (Scope(act.ground.places.resolve(target).code),)
    if kind in _KINDS:
        key = Key(_KINDS[kind], target)
        kept = act.unit.releases.piece(key)
        if kept is None:
            raise Unknown(f"There is no {kind.value} with this id.")
        return tuple(replace(scope, language=None) for scope in scopes_of(key, kept.piece.body, lambda _: "001"))
    return (Scope(),)
