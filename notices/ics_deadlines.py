"""The deadlines of a round as calendar events tell them: title, moment, reminders; the file and the polling days are in ics."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Alarm

from elections.election import Channel, Election, Milestone, MilestoneKind, Round
from elections.local_time import zone_of
from elections.places import Places
from notices.languages import region_name

TEXTS: Final = {
    MilestoneKind.REGISTRATION_CLOSES: "date_registration_closes",
    MilestoneKind.BALLOT_REQUEST_CLOSES: "date_absentee_request_closes",
    MilestoneKind.BALLOT_RETURN_CLOSES: "date_absentee_return_closes",
    MilestoneKind.EARLY_VOTING_OPENS: "date_early_voting_opens",
    MilestoneKind.EARLY_VOTING_CLOSES: "date_early_voting_closes",
    MilestoneKind.POLLS_OPEN: "date_polls_open",
    MilestoneKind.POLLS_CLOSE: "date_polls_close",
}
"""The milestones that are deadlines for a voter → the key of their name."""

CHANNELS: Final = {Channel.ONLINE: "channel_online", Channel.MAIL: "channel_mail", Channel.IN_PERSON: "channel_in_person"}
DAY_BEFORE: Final = timedelta(days=-1)
WEEK_BEFORE: Final = timedelta(days=-7)
MOST_NAMED: Final = 3
"""Regions that a title names; more are left to the categories."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline; `key` does not change when it moves, `starts` is a day or a moment, `zone` the IANA zone that the moment names."""

    key: str
    title: str
    kind: MilestoneKind
    starts: date | datetime
    zone: str | None
    words: str
    source: str
    regions: tuple[str, ...]

    def alarms(self, text: str) -> Iterator[Alarm]:
        """A reminder the day before; for registration, which takes longer, a week before too."""
        befores = (WEEK_BEFORE, DAY_BEFORE) if self.kind is MilestoneKind.REGISTRATION_CLOSES else (DAY_BEFORE,)
        for before in befores:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", text)
            alarm.add("trigger", before)
            yield alarm


@dataclass(frozen=True, slots=True)
class Readers:
    """For whom: where they vote (None: anywhere) and the language of names; `say` gives a page text by its key."""

    places: Places
    region: str | None
    language: str
    say: Callable[[str], str]


def deadlines(election: Election, polling: Round, readers: Readers) -> Iterator[Deadline]:
    """The dated deadlines of a round that hold where its readers vote, in its order."""
    seen: Counter[str] = Counter()
    for told in polling.milestones:
        if told.on is None or told.kind not in TEXTS:
            continue
        key = "-".join((told.kind, told.channel, *(code.lower() for code in told.regions)))
        seen[key] += 1
        if not _holds(told, polling, readers):
            continue
        regions = told.regions or election.regions
        starts, zone = _starts(told, told.on, (readers.region,) if readers.region else regions, readers.places)
        numbered = key if seen[key] == 1 else f"{key}-{seen[key]}"
        yield Deadline(numbered, _title(told, readers), told.kind, starts, zone, told.words, told.source, regions)


def _holds(told: Milestone, polling: Round, readers: Readers) -> bool:
    """Those of the nearest region named, else the general ones (DESIGN §3, overrides)."""
    if readers.region is None:
        return True
    alike = [other for other in polling.milestones if (other.kind, other.channel) == (told.kind, told.channel)]
    chain = readers.places.chain(readers.region)
    nearest = next((code for code in chain if any(code in other.regions for other in alike)), None)
    return nearest in told.regions if nearest else not told.regions


def _starts(told: Milestone, on: date, regions: tuple[str, ...], places: Places) -> tuple[date | datetime, str | None]:
    """The day; with a clock time the moment, in its zone.

    Where the regions' zones read the same clock at different moments it is written without a zone: RFC 5545's floating time, the same hour
    wherever one is (§3.3.5).
    """
    if told.at is None:
        return on, None
    local = datetime.combine(on, told.at)
    zones = tuple(dict.fromkeys(name for code in regions for name in places.zones(code)))
    if len({local.replace(tzinfo=zone_of(name)).utcoffset() for name in zones}) != 1:
        return local, None
    return local.replace(tzinfo=zone_of(zones[0])), None if zones[0] == "UTC" else zones[0]


def _title(told: Milestone, readers: Readers) -> str:
    brackets = [readers.say(CHANNELS[told.channel])] if told.channel in CHANNELS else []
    if len(told.regions) <= MOST_NAMED:
        brackets += [region_name(code, readers.places.by_code[code].name, readers.language) for code in told.regions]
    name = readers.say(TEXTS[told.kind])
    return f"{name} ({', '.join(brackets)})" if brackets else name
