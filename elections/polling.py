"""When polls open and close in one place, and which milestones hold there; not over a whole contest, not what phase that makes."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from elections import local_time
from elections.election import Channel, Election, MilestoneKind, Round, Status
from elections.places import Places

OPEN_STATUSES = frozenset({Status.SCHEDULED, Status.HELD})
ANY_CHANNEL = frozenset(Channel)
AT_THE_POLLS = frozenset({Channel.ANY, Channel.IN_PERSON})


@dataclass(frozen=True, slots=True)
class Locality:
    """A place as date rules see it: its code and ancestors, nearest first, and the zones its people live in."""

    chain: tuple[str, ...]
    zones: tuple[ZoneInfo, ...]

    @classmethod
    def of(cls, region: str, places: Places) -> "Locality":
        """The locality of a canonical region code."""
        return cls(places.chain(region), tuple(ZoneInfo(name) for name in places.zones(region)))


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
class Hours:
    """When one round polls in one place: first and last local polling day, and the instants they begin and end."""

    first_day: date
    last_day: date
    begins_at: datetime
    ends_at: datetime


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


def hours_here(polling: Round, here: Locality) -> Hours:
    """Polls run from local midnight of the first day to the last close, else to midnight in the westernmost zone (DESIGN §3).

    `polls_open` and `polls_close` milestones may move the days for a place, as when one EU member votes on Thursday.
    """
    opening = moments_here(polling, MilestoneKind.POLLS_OPEN, here)
    closing = moments_here(polling, MilestoneKind.POLLS_CLOSE, here, AT_THE_POLLS)
    first_day = min((start.on for start in opening), default=polling.first_day)
    last_day = max((end.on for end in closing), default=max(polling.last_day, first_day))
    begins_at = local_time.day_begins(first_day, here.zones)
    ends_at = max((end.closes(here) for end in closing if end.on == last_day), default=local_time.day_ends(last_day, here.zones))
    return Hours(first_day, last_day, begins_at, max(begins_at, ends_at))
