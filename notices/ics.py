"""The election calendar as an iCalendar file (RFC 5545); which elections go in is the caller's."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from elections.election import Election, Round, Status
from notices.languages import negotiate

_CANCELLED = frozenset({Status.CANCELLED, Status.REPLACED, Status.ANNULLED})


def calendar_file(elections: Iterable[Election], language: str, stamped_at: datetime) -> bytes:
    """One all-day event a round of polling; `expected` elections are left out: their day may be a placeholder."""
    calendar = Calendar()
    calendar.add("prodid", "-//Signpost//Election calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Elections")
    for election in elections:
        if election.status is Status.EXPECTED:
            continue
        for polling in election.rounds:
            if polling.status is not Status.EXPECTED:
                calendar.add_component(_event(election, polling, language, stamped_at))
    return bytes(calendar.to_ical())


def _event(election: Election, polling: Round, language: str, stamped_at: datetime) -> Event:
    event = Event()
    name = election.names[negotiate((language, "en"), election.names.keys()) or "en"]
    event.add("uid", f"{election.id}-{polling.number}@signpost")
    event.add("dtstamp", stamped_at)
    event.add("dtstart", polling.first_day)
    event.add("dtend", polling.last_day + timedelta(days=1))
    event.add("summary", name if len(election.rounds) == 1 else f"{name} ({polling.number}/{len(election.rounds)})")
    event.add("status", "CANCELLED" if election.status in _CANCELLED or polling.status in _CANCELLED else _certainty(election, polling))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [election.kind.value, *election.regions])
    return event


def _certainty(election: Election, polling: Round) -> str:
    return "TENTATIVE" if polling.conditional or election.status is Status.POSTPONED else "CONFIRMED"
