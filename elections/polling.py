"""When polls open and close in one place, and which milestones hold there; not over a whole contest, not what phase that makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from elections import local_time
from elections.election import Channel, Election, ElectionKind, MilestoneKind, Round, Status
from elections.hours import PollingHours, are_known, closing, opening
from elections.places import Places

OPEN_STATUSES = frozenset({Status.SCHEDULED, Status.HELD})
ANY_CHANNEL = frozenset(Channel)
AT_THE_POLLS = frozenset({Channel.ANY, Channel.IN_PERSON})
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Locality:
    """A place as date rules see it: its code and ancestors, nearest first, the zones its people live in, and its usual polling hours."""

    chain: tuple[str, ...]
    zones: tuple[ZoneInfo, ...]
    hours: tuple[PollingHours, ...] = ()

    @classmethod
    def of(cls, region: str, places: Places, hours: Mapping[str, tuple[PollingHours, ...]] | None = None) -> "Locality":
        """The locality of a canonical region code, with the hours of the nearest region that has any."""
        chain = places.chain(region)
        usual = next((hours[code] for code in chain if code in hours), ()) if hours else ()
        return cls(chain, tuple(map(local_time.zone_of, places.zones(region))), usual)


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated milestone where it holds; `at` is None where the hour is unknown."""

    on: date
    at: time | None

    def opens(self, here: Locality) -> datetime:
        """Its earliest reading here: the day's beginning when the hour is unknown."""
        return local_time.opens(self.on, self.at, here.zones)

    def closes(self, here: Locality) -> datetime:
        """Its latest reading here: the day's end when the hour is unknown."""
        return local_time.closes(self.on, self.at, here.zones)


@dataclass(frozen=True, slots=True)
class Session:
    """Polling days without a day between them: from local midnight of the first to the last close; `opens_at` is the first opening.

    `is_told` says whether the close is one that somebody tells, not the midnight that stands for an unknown hour.
    """

    first_day: date
    last_day: date
    begins_at: datetime
    opens_at: datetime
    ends_at: datetime
    is_told: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """When one round polls in one place: one session, or several with days between them, as in a state that votes in phases."""

    sessions: tuple[Session, ...]

    @property
    def first_day(self) -> date:
        """The first local polling day."""
        return self.sessions[0].first_day

    @property
    def last_day(self) -> date:
        """The last local polling day."""
        return self.sessions[-1].last_day

    @property
    def begins_at(self) -> datetime:
        """Local midnight that begins the first polling day."""
        return self.sessions[0].begins_at

    @property
    def ends_at(self) -> datetime:
        """The last close."""
        return self.sessions[-1].ends_at

    def ending(self, ends_at: datetime) -> "Hours":
        """The same with another last close."""
        return Hours((*self.sessions[:-1], replace(self.sessions[-1], ends_at=ends_at)))

    def current(self, now: datetime) -> Session:
        """The session that is on or comes next; after all, the last one."""
        return next((session for session in self.sessions if now < session.ends_at), self.sessions[-1])


def rounds_taking_place(election: Election) -> tuple[Round, ...]:
    """The rounds that open a season (DESIGN §3): scheduled or held ones of an election that is itself scheduled or held."""
    if election.status not in OPEN_STATUSES:
        return ()
    return tuple(polling for polling in election.rounds if polling.status in OPEN_STATUSES)


def moments_here(polling: Round, kind: MilestoneKind, here: Locality, channels: frozenset[Channel] = ANY_CHANNEL) -> tuple[Moment, ...]:
    """The dated milestones of a kind that hold here: those of the nearest region named, else the general ones (DESIGN §3, overrides)."""
    known = [told for told in polling.milestones if told.kind is kind and told.channel in channels]
    for code in here.chain:
        named = tuple(Moment(told.on, told.at) for told in known if code in told.regions and told.on)
        if named:
            return named
    return tuple(Moment(told.on, told.at) for told in known if not told.regions and told.on)


def hours_here(polling: Round, here: Locality, kind: ElectionKind) -> Hours:
    """Each session runs from local midnight of its first day to its last close: the milestone's, else the usual hour, else midnight.

    `polls_open` and `polls_close` milestones may move the days for a place: one EU member votes on Thursday, one Indian state twice.
    """
    opened = moments_here(polling, MilestoneKind.POLLS_OPEN, here, AT_THE_POLLS)
    closed = moments_here(polling, MilestoneKind.POLLS_CLOSE, here, AT_THE_POLLS)
    return Hours(tuple(_session(first, last, opened, closed, here, kind) for first, last in _stretches(polling, opened, closed)))


def _stretches(polling: Round, opened: Sequence[Moment], closed: Sequence[Moment]) -> list[tuple[date, date]]:
    """First and last days of polling without a day between; each opening runs to the next close on that day or later."""
    firsts = sorted({moment.on for moment in opened}) or [polling.first_day]
    lasts = sorted({moment.on for moment in closed}) or [max(polling.last_day, firsts[-1])]
    if len(firsts) != len(lasts):
        firsts, lasts = firsts[:1], lasts[-1:]
    found: list[tuple[date, date]] = []
    for first, last in zip(firsts, lasts, strict=True):
        if found and first <= found[-1][1] + ONE_DAY:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, max(first, last)))
    return found


def _session(first: date, last: date, opened: Sequence[Moment], closed: Sequence[Moment], here: Locality, kind: ElectionKind) -> Session:
    begins_at = local_time.day_begins(first, here.zones)
    opens = [moment.opens(here) for moment in opened if moment.on == first and moment.at]
    closes = [moment.closes(here) for moment in closed if moment.on == last and moment.at]
    ends_at = max(closes) if closes else closing(last, kind, here.zones, here.hours)
    opens_at = min(opens) if opens else opening(first, kind, here.zones, here.hours)
    is_told = bool(closes) or are_known(kind, here.zones, here.hours)
    return Session(first, last, begins_at, max(begins_at, opens_at), max(begins_at, ends_at), is_told)
