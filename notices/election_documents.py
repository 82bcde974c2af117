"""Elections as the public contract's JSON, and which of them a question is about; one function for HTTP and the command line."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from elections.election import Election, Milestone, Round, Status
from elections.places import Places
from notices.languages import negotiate


def elections_of(elections: Iterable[Election], places: Places, region: str | None, first: date, last: date) -> list[Election]:
    """Those held in a region (by canonical code; None: anywhere) that poll on or between two days, by first polling day."""
    chain = frozenset(places.chain(region)) if region else None
    chosen = [
        one
        for one in elections
        if one.rounds[-1].last_day >= first
        and one.rounds[0].first_day <= last
        and (chain is None or (not chain.isdisjoint(one.regions) and chain.isdisjoint(one.excluded)))
    ]
    return sorted(chosen, key=lambda one: (one.rounds[0].first_day, one.id))


def elections_document(elections: Iterable[Election], language: str) -> dict[str, Any]:
    """The calendar as JSON."""
    return {"elections": [election_document(election, language) for election in elections]}


def election_document(election: Election, language: str) -> dict[str, Any]:
    """An election as JSON; every round of an expected one says that it is expected."""
    return {
        "id": election.id,
        "name": election_name(election, language),
        "kind": election.kind.value,
        "regions": list(election.regions),
        "status": election.status.value,
        "confidence": election.confidence.value,
        "rounds": [_round(one, Status.EXPECTED if election.status is Status.EXPECTED else one.status) for one in election.rounds],
        "reason": election.reason or None,
        "replaced_by": election.replaced_by,
        "source": election.source,
    }


def election_name(election: Election, language: str) -> str:
    """The election's name in a language, else in English."""
    return election.names[negotiate((language, "en"), election.names.keys()) or "en"]


def clock_text(clock: time | None) -> str | None:
    """A local clock time as `HH:MM`, with seconds only where there are any."""
    return clock.isoformat("seconds" if clock.second else "minutes") if clock else None


def _round(one: Round, status: Status) -> dict[str, Any]:
    return {
        "number": one.number,
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "conditional": one.conditional,
        "status": status.value,
        "name": one.name or None,
        "confidence": one.confidence.value,
        "source": one.source or None,
        "verified_on": _day(one.verified_on),
        "moved_from": [day.isoformat() for day in one.moved_from],
        "milestones": [_milestone(told) for told in one.milestones],
    }


def _milestone(told: Milestone) -> dict[str, Any]:
    return {
        "kind": told.kind.value,
        "on": _day(told.on),
        "at": clock_text(told.at),
        "words": told.words or None,
        "channel": told.channel.value,
        "regions": list(told.regions),
        "source": told.source or None,
        "confidence": told.confidence.value,
        "verified_on": _day(told.verified_on),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
