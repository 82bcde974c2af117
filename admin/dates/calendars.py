"""Elections of an iCalendar file: all-day events as polling days; deadlines are not read from calendars, the table carries them.

Our own calendar is known by its UIDs and gives its elections back with all their rounds.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlsplit

from icalendar import Calendar
from icalendar.error import BrokenCalendarProperty

from admin.dates.fields import YEARS, address, clean, decoded, election_id, kind_in_words
from admin.dates.findings import DocumentRefused, Format, Found, Handed, Harvest, ItemRefused, Provenance, Refusal, Stated
from elections.election import Confidence, Election, ElectionKind, Round, Status

_OURS: Final = re.compile(r"(?P<id>[a-z0-9-]+-\d{4}-\d\d-\d\d-[a-z]+)-(?P<number>\d{1,2})@signpost")
_OUR_DEADLINE: Final = re.compile(r"[a-z0-9-]+-\d{1,2}-[a-z_]+-[a-z_]+[a-z0-9-]*@signpost")
_STATUSES: Final = {"CANCELLED": Status.CANCELLED, "TENTATIVE": Status.EXPECTED}
"""What is only tentative must not open a season."""
LONGEST: Final = timedelta(days=60)


def read(data: bytes, handed: Handed) -> Harvest:
    """Every all-day event that has a region and a kind."""
    text = decoded(data)
    if "BEGIN:VCALENDAR" not in text[:1000].upper():
        raise DocumentRefused("not_this_format", "The document is not an iCalendar file.")
    try:
        events = list(Calendar.from_ical(text).walk("VEVENT"))
    except Exception:  # noqa: BLE001 -- the parser raises whatever its parts do
        raise DocumentRefused("malformed_ics", "The document is not an iCalendar file that can be read.") from None
    found: dict[str, Found] = {}
    refusals: list[Refusal] = []
    for number, event in enumerate(events):
        pointer = f"/VEVENT/{number}"
        uid = clean(str(event.get("UID", "")))
        if _OUR_DEADLINE.fullmatch(uid) and not _OURS.fullmatch(uid):
            continue
        try:
            one = _election(event, uid, pointer, handed)
            held = found.get(one.election.id)
            found[one.election.id] = one if held is None else _joined(held, one)
        except ItemRefused as error:
            refusals.append(error.refusal)
    return Harvest(tuple(found.values()), (), tuple(refusals), lists_all=True)


def _election(event: Any, uid: str, pointer: str, handed: Handed) -> Found:
    first, last = _days(event, pointer)
    ours = _OURS.fullmatch(uid)
    categories = [clean(str(one)) for one in _categories(event)]
    name = clean(str(event.get("SUMMARY", "")))
    regions = tuple(code for code in categories if ours and code in handed.places.by_code) or ((handed.region,) if handed.region else ())
    if not regions:
        raise ItemRefused(pointer, "region_missing", "The event does not say where the election is held; --region says it.")
    if not any(handed.is_asked_for(code) for code in regions):
        raise ItemRefused(pointer, "other_region", f"The election is not held in {handed.region}.")
    kind = next((ElectionKind(one) for one in categories if one in list(ElectionKind)), None)
    kind = kind or kind_in_words([name]) or handed.kind_on(regions[0], first)
    if kind is None:
        raise ItemRefused(f"{pointer}/SUMMARY", "kind_unknown", "The election's kind is not told; --kind says it.")
    status = _STATUSES.get(str(event.get("STATUS", "")).upper(), Status.SCHEDULED)
    number = int(ours["number"]) if ours else 1
    provenance = _provenance(event, uid, pointer, handed)
    confidence = handed.confidence or Confidence.MEDIUM
    election = Election(
        id=ours["id"] if ours else election_id(regions[0], first, kind),
        regions=regions,
        kind=kind,
        names={"en": re.sub(r" \(\d/\d\)$", "", name) if ours else name},
        status=status,
        rounds=(Round(number, first, last, status=status, confidence=confidence, source=provenance.source),),
        confidence=confidence,
        source=provenance.source,
    )
    stated = {Stated.LAST_DAY} | ({Stated.NAMES} if name else set())
    stated |= {Stated.STATUS, Stated.ROUND_STATUS} if status is Status.CANCELLED else set()
    return Found(election, provenance, frozenset(stated), pointer)


def _joined(held: Found, one: Found) -> Found:
    """Both rounds of one election; raises ItemRefused for an event that says the same election again."""
    numbers = {polling.number for polling in held.election.rounds}
    if one.election.rounds[0].number in numbers:
        raise ItemRefused(one.pointer, "given_twice", "This election is in the document already.")
    rounds = tuple(sorted((*held.election.rounds, *one.election.rounds), key=lambda polling: polling.first_day))
    return replace(held, election=replace(held.election, rounds=rounds))


def _days(event: Any, pointer: str) -> tuple[date, date]:
    """First and last day; the end of an all-day event is the day after (RFC 5545 §3.6.1)."""
    if "RRULE" in event or "RDATE" in event:
        raise ItemRefused(f"{pointer}/RRULE", "repeats", "An event that repeats is no election day.")
    start, end = (_value(event, name, pointer) for name in ("DTSTART", "DTEND"))
    if not isinstance(start, date) or isinstance(start, datetime):
        raise ItemRefused(f"{pointer}/DTSTART", "not_all_day", "Only an all-day event is taken for a polling day.")
    last = end - timedelta(days=1) if isinstance(end, date) and not isinstance(end, datetime) else start
    if start.year not in YEARS or not start <= last <= start + LONGEST:
        raise ItemRefused(f"{pointer}/DTSTART", "impossible_date", "The event's days cannot be polling days.")
    return start, last


def _value(event: Any, name: str, pointer: str) -> object:
    """The date or instant of a property, None where it is missing; raises ItemRefused for one that is neither."""
    try:
        return getattr(event.get(name), "dt", None)
    except BrokenCalendarProperty:
        raise ItemRefused(f"{pointer}/{name}", "impossible_date", "This is neither a date nor a time.") from None


def _categories(event: Any) -> Iterable[object]:
    found = event.get("CATEGORIES")
    lists = found if isinstance(found, list) else [found] if found is not None else []
    return [category for one in lists for category in getattr(one, "cats", ())]


def _provenance(event: Any, uid: str, pointer: str, handed: Handed) -> Provenance:
    """Feeds of two hosts are two sources; an event is cited by its own page, else by its UID in the feed."""
    host = urlsplit(handed.source_url).hostname
    page = address(str(event.get("URL", "")))
    reference = page or f"{handed.source_url or 'file'}#{quote(uid, safe='@')}"
    updated = _value(event, "LAST-MODIFIED", pointer)
    aware = updated if isinstance(updated, datetime) and updated.tzinfo else None
    return Provenance(f"{Format.ICS}:{host}" if host else Format.ICS.value, reference, handed.retrieved_at, uid, aware)
