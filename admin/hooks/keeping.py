"""Hooks as admins keep them: made, changed, ended, tried; and a delivery sent once more. What is sent when is courier's."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from secrets import token_hex
from typing import Final
from urllib.parse import urlsplit

from admin.curation.acting import Act
from admin.errors import Unconditional
from admin.hooks.signing import new_secret
from admin.outside import may_be_asked
from notices.errors import InvalidDocument
from review.errors import MoveNotAllowed, Stale, Unknown
from review.events import Delivery, Event, Hook
from review.people import Role, Scope

LONGEST_URL: Final = 2_000
LISTENED: Final = tuple(event for event in Event if event is not Event.PING)
"""What a hook may listen for; a ping is asked for."""


def hooks(act: Act) -> tuple[Hook, ...]:
    """Every hook, ended ones too."""
    _check_admin(act)
    return act.unit.events.hooks()


def hook_of(act: Act, known_as: str) -> Hook:
    """One by its id; raises Unknown."""
    _check_admin(act)
    found = act.unit.events.hook(known_as)
    if found is None:
        raise Unknown("There is no such hook.")
    return found


def tag_of(hook: Hook) -> str:
    """What `If-Match` names it by."""
    said = "\n".join((hook.url, *hook.events, str(hook.ended_at)))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def add_hook(act: Act, url: str, events: Iterable[str]) -> Hook:
    """A new hook; its secret is shown to whoever makes it, and to nobody later."""
    _check_admin(act)
    hook = Hook(f"hook-{token_hex(6)}", _checked_url(url), new_secret(), _checked_events(events), act.actor.person, act.now)
    act.unit.events.add_hook(hook)
    act.note("hook.added", hook.id, {"host": urlsplit(hook.url).hostname, "events": list(hook.events)})
    return hook


def change_hook(act: Act, known_as: str, url: str | None, events: Iterable[str] | None, expected: str | None) -> Hook:
    """Tell another address, or of other events."""
    hook = _open(act, known_as)
    if expected is None:
        raise Unconditional("Say which state this is about, with If-Match.")
    if expected != tag_of(hook):
        raise Stale("The hook has changed since you read it: read it again, and then edit that.")
    changed = replace(
        hook,
        url=hook.url if url is None else _checked_url(url),
        events=hook.events if events is None else _checked_events(events),
    )
    if changed != hook:
        act.unit.events.save_hook(changed)
        act.note("hook.changed", hook.id, {"host": urlsplit(changed.url).hostname, "events": list(changed.events)})
    return changed


def end_hook(act: Act, known_as: str) -> Hook:
    """Tell it nothing any more; what is still on its way to it is given up."""
    ended = replace(_open(act, known_as), ended_at=act.now)
    act.unit.events.save_hook(ended)
    act.note("hook.ended", ended.id)
    return ended


def ping(act: Act, known_as: str) -> None:
    """Put a ping out to it, whatever it listens for."""
    hook = _open(act, known_as)
    body = {"event": Event.PING.value, "subject": hook.id, "at": act.now.isoformat(), "actor": act.actor.person}
    act.unit.events.send(hook.id, Event.PING.value, act.now, body)
    act.note("hook.pinged", hook.id)


def deliveries(act: Act, known_as: str, before: int | None, limit: int) -> tuple[Delivery, ...]:
    """What was, is being or could not be delivered to it, the newest first."""
    return act.unit.events.deliveries(hook_of(act, known_as).id, before, limit)


def replay(act: Act, number: int) -> Delivery:
    """Send a delivery again from now on, with all its tries, under the same message id."""
    _check_admin(act)
    delivery = act.unit.events.delivery(number)
    if delivery is None:
        raise Unknown("There is no such delivery.")
    _open(act, delivery.hook)
    again = replace(delivery, next_at=act.now, attempts=0, status=None, delivered_at=None)
    act.unit.events.save_delivery(again)
    act.note("delivery.replayed", str(number), {"hook": delivery.hook, "event": delivery.event})
    return again


def _open(act: Act, known_as: str) -> Hook:
    hook = hook_of(act, known_as)
    if hook.ended_at is not None:
        raise MoveNotAllowed("The hook is ended; make a new one.")
    return hook


def _check_admin(act: Act) -> None:
    """What is told to a hook concerns every region."""
    act.actor.check(Role.ADMIN, (Scope(),), act.ground.places)


def _checked_url(url: str) -> str:
    if len(url) > LONGEST_URL or not may_be_asked(url):
        raise InvalidDocument("A hook is a public https address without a name, password or fragment.", "/url")
    return url


def _checked_events(events: Iterable[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(events))
    known = {event.value for event in LISTENED}
    if not found or not known.issuperset(found):
        raise InvalidDocument(f"A hook listens for one or more of {', '.join(sorted(known))}.", "/events")
    return found
