"""The election calendar as an iCalendar file (RFC 5545): the file and its polling days; the deadlines are in ics_deadlines."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from icalendar import Calendar, Event, Timezone

from elections.election import Election, Round, Status
from elections.places import Places
from notices.election_documents import election_name
from notices.ics_deadlines import Deadline, Readers, deadlines

_VOID: Final = frozenset({Status.CANCELLED, Status.REPLACED, Status.ANNULLED})
_ADDRESS: Final = re.compile(r"https://\S+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar_file(
    elections: Iterable[Election], places: Places, region: str | None, language: str, stamped_at: datetime, say: Callable[[str], str]
) -> bytes:
    """One all-day event a round of polling, and one event with reminders a dated deadline.

    What is only `expected` is left out, because its day may be a placeholder. `region` is where whoever reads it votes: only deadlines that
    hold there, in its time; None for all of them. `say` gives a page text by its key. A moved event keeps its UID; its SEQUENCE counts the
    moves of its round, and one more when it is called off.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Signpost//Election calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Elections")
    events: list[Event] = []
    zones: set[str] = set()
    for election in elections:
        if election.status is Status.EXPECTED:
            continue
        for polling in election.rounds:
            if polling.status is Status.EXPECTED:
                continue
            events.append(_polling(election, polling, language, stamped_at))
            for deadline in deadlines(election, polling, Readers(places, region, language, say)):
                zones |= {deadline.zone} if deadline.zone else set()
                events.append(_deadline(election, polling, deadline, language, stamped_at))
    for zone in _time_zones(sorted(zones), events):
        calendar.add_component(zone)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _polling(election: Election, polling: Round, language: str, stamped_at: datetime) -> Event:
    name = election_name(election, language)
    title = name if len(election.rounds) == 1 else f"{name} ({polling.number}/{len(election.rounds)})"
    event = _event(f"{election.id}-{polling.number}@signpost", title, election, polling, stamped_at)
    event.add("dtstart", polling.first_day)
    event.add("dtend", polling.last_day + timedelta(days=1))
    _add_source(event, "", polling.source or election.source)
    event.add("categories", [election.kind.value, *election.regions])
    return event


def _deadline(election: Election, polling: Round, deadline: Deadline, language: str, stamped_at: datetime) -> Event:
    uid = f"{election.id}-{polling.number}-{deadline.key}@signpost"
    title = f"{election_name(election, language)}: {deadline.title}"
    event = _event(uid, title, election, polling, stamped_at)
    event.add("dtstart", deadline.starts)
    _add_source(event, deadline.words, deadline.source or polling.source or election.source)
    event.add("categories", ["deadline", election.kind.value, *deadline.regions])
    if event["status"] != "CANCELLED":
        for alarm in deadline.alarms(_clean(title)):
            event.add_component(alarm)
    return event


def _event(uid: str, title: str, election: Election, polling: Round, stamped_at: datetime) -> Event:
    event = Event()
    called_off = election.status in _VOID or polling.status in _VOID
    event.add("uid", uid)
    event.add("dtstamp", stamped_at)
    event.add("last-modified", stamped_at)
    event.add("sequence", len(polling.moved_from) + called_off)
    event.add("summary", _clean(title))
    event.add("status", "CANCELLED" if called_off else _certainty(election, polling))
    event.add("transp", "TRANSPARENT")
    return event


def _add_source(event: Event, words: str, source: str) -> None:
    """The source's words as the description, its address as the link where it has one."""
    said = "\n".join(part for part in (words, source) if part)
    event.add("description", _clean(said))
    if found := _ADDRESS.search(source):
        event.add("url", found[0])


def _certainty(election: Election, polling: Round) -> str:
    unsure = polling.conditional or Status.POSTPONED in {election.status, polling.status}
    return "TENTATIVE" if unsure else "CONFIRMED"


def _clean(text: str) -> str:
    """Without the control characters that RFC 5545 has no place for; commas, semicolons and line ends are escaped when written."""
    return _CONTROL.sub("", text)


def _time_zones(names: Sequence[str], events: Iterable[Event]) -> list[Any]:
    """A VTIMEZONE for each zone that is named, over the years of the events."""
    days = [_day(event.start) for event in events]
    return [
        Timezone.from_tzid(name, first_date=min(days) - timedelta(days=366), last_date=max(days) + timedelta(days=366)) for name in names
    ]


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
