"""How many reviewers a change takes, and why: two where names, an emergency or a near election make a mistake costly."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from elections.election import Election, Status
from elections.places import WORLD, Places, RegionKind
from notices.campaign import Priority
from notices.documents import Document
from review.people import Scope
from review.pieces import Key, Kind

NORMALLY: Final = 1
AT_RISK: Final = 2
FROZEN_BEFORE: Final = timedelta(days=7)
FROZEN_AFTER: Final = timedelta(days=2)


class Risk(StrEnum):
    """Why a change takes two reviewers."""

    CONTESTANTS = "contestants"
    EMERGENCY = "emergency"
    FREEZE = "freeze"


@dataclass(frozen=True, slots=True)
class Touched:
    """One piece before and after the change, and whose business it is."""

    key: Key
    before: Document | None
    after: Document | None
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many approvals are needed, and the risks that say so; `elections` are those whose freeze it falls into."""

    needed: int
    risks: tuple[Risk, ...] = ()
    elections: tuple[str, ...] = ()


def quorum(touched: Iterable[Touched], elections: Iterable[Election], places: Places, today: date) -> Quorum:
    """The quorum for what a change touches, on a day."""
    touched = tuple(touched)
    frozen = tuple(election for election in elections if is_frozen(election, today))
    near = dict.fromkeys(
        election.id for one in touched for scope in one.scopes for election in frozen if _concerns(scope, election, places)
    )
    found: tuple[tuple[Risk, Callable[[], bool]], ...] = (
        (Risk.CONTESTANTS, lambda: any(_names_contestants(one) for one in touched)),
        (Risk.EMERGENCY, lambda: any(_is_emergency(one) for one in touched)),
        (Risk.FREEZE, lambda: bool(near)),
    )
    risks = tuple(risk for risk, holds in found if holds())
    return Quorum(AT_RISK if risks else NORMALLY, risks, tuple(near))


def is_frozen(election: Election, today: date) -> bool:
    """Whether a day lies in the freeze window around any polling of the election."""
    return election.status is Status.SCHEDULED and any(
        polling.first_day - FROZEN_BEFORE <= today <= polling.last_day + FROZEN_AFTER for polling in election.rounds
    )


def _concerns(scope: Scope, election: Election, places: Places) -> bool:
    """Whether a scope lies in the election's regions or above them.

    What holds for the world is everybody's: it concerns elections of whole countries, where its language is an official one.
    """
    for region in election.regions:
        if region not in places.by_code:
            continue
        if scope.region == WORLD:
            is_whole = places.by_code[region].kind is not RegionKind.SUBDIVISION
            if is_whole and (scope.language is None or scope.language in places.languages(region)):
                return True
        elif scope.region in places.by_code and (scope.region in places.chain(region) or region in places.chain(scope.region)):
            return True
    return False


def _names_contestants(one: Touched) -> bool:
    return one.key.kind is Kind.TERM and any(body and (body.get("contest") or body.get("contestant")) for body in (one.before, one.after))


def _is_emergency(one: Touched) -> bool:
    return one.key.kind is Kind.CAMPAIGN and any(body and body.get("priority") == Priority.EMERGENCY for body in (one.before, one.after))
