"""What the law bars around polling, and where the law is not known, care; not which notices may still run."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from elections import local_time
from elections.contests import Contest
from elections.election import Confidence, Election, Round
from elections.polling import Hours, Locality, Session


class Barred(StrEnum):
    """What a rule bars: `campaign` silences campaign-like notices, `results` the wordings about results; all of it is told on request."""

    CAMPAIGN = "campaign"
    POLLS = "polls"
    EXIT_POLLS = "exit_polls"
    RESULTS = "results"
    BROADCAST_ADS = "broadcast_ads"
    ADS = "ads"


class CountedFrom(StrEnum):
    """The moment from which a rule counts back."""

    POLLING_DAY = "polling_day"
    POLLS_OPEN = "polls_open"
    POLLS_CLOSE = "polls_close"


class Until(StrEnum):
    """When a rule ends."""

    CLOSE_HERE = "close_here"
    COUNTRY_CLOSE = "country_close"
    CONTEST_CLOSE = "contest_close"
    END_OF_DAY = "end_of_day"


@dataclass(frozen=True, slots=True)
class SilenceRule:
    """A jurisdiction's cited rule; nothing barred = known to have no rule on campaigning.

    It begins whole days and hours before the local midnight that begins polling, or before polls open or close; `at` is the wall time on
    the day so reached. It lasts `minutes_after` beyond its end. `source` is the law.
    """

    region: str
    bars: tuple[Barred, ...]
    source: str
    confidence: Confidence
    days_before: int = 0
    hours_before: int = 0
    at: time | None = None
    counted_from: CountedFrom = CountedFrom.POLLING_DAY
    until: Until = Until.COUNTRY_CLOSE
    minutes_after: int = 0
    url: str = ""
    note: str = ""
    verified_on: date | None = None

    @property
    def silences(self) -> bool:
        """Whether it bars campaigning."""
        return Barred.CAMPAIGN in self.bars


UNKNOWN_LAW = SilenceRule(
    "001", (Barred.CAMPAIGN,), "", Confidence.LOW, note="The law of this place is not known here, so care is taken on polling days."
)
"""What holds where no rule is known: from the local midnight that begins polling to the last close (DESIGN §7)."""


@dataclass(frozen=True, slots=True)
class Silence:
    """One rule at work around one round in one place, `UNKNOWN_LAW` where none is known."""

    election: Election
    round: Round
    rule: SilenceRule
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, by region."""

    by_region: Mapping[str, tuple[SilenceRule, ...]]

    @classmethod
    def of(cls, rules: Iterable[SilenceRule]) -> "Rules":
        """Sorted by region, in the order given."""
        found: dict[str, tuple[SilenceRule, ...]] = {}
        for rule in rules:
            found[rule.region] = (*found.get(rule.region, ()), rule)
        return cls(found)

    def here(self, here: Locality) -> tuple[SilenceRule, ...]:
        """What bars something in a place: on each matter the nearest region that has a rule on it; on campaigning always one, or none needed."""
        silencing = next((rule for rule in (self._campaign(code) for code in here.chain) if rule), UNKNOWN_LAW)
        others: dict[Barred, tuple[SilenceRule, ...]] = {}
        for code in here.chain:
            own: dict[Barred, tuple[SilenceRule, ...]] = {}
            for rule in self.by_region.get(code, ()):
                for barred in () if rule.silences else rule.bars:
                    own[barred] = (*own.get(barred, ()), rule)
            others = {**own, **others}
        found = (*((silencing,) if silencing.silences else ()), *(rule for rules in others.values() for rule in rules))
        return tuple(dict.fromkeys(found))

    def _campaign(self, code: str) -> SilenceRule | None:
        """The region's rule on campaigning, else its word that there is none; a rule about polls or advertising alone leaves that unknown."""
        own = self.by_region.get(code, ())
        return next((rule for rule in own if rule.silences), next((rule for rule in own if not rule.bars), None))


def silences(
    election: Election, contest: Contest, rule: SilenceRule, hours: Hours, here: Locality, country: str | None
) -> Iterator[Silence]:
    """The rule's stretches around one round: one for each session where it ends with the polls here, else one up to its common end.

    One that lasts until the whole contest is closed holds as soon as the contest has begun anywhere.
    """
    for starts_at, ends_at in _stretches(contest, rule, hours, here, country):
        yield Silence(election, contest.round, rule, starts_at, ends_at + timedelta(minutes=rule.minutes_after))


def _stretches(
    contest: Contest, rule: SilenceRule, hours: Hours, here: Locality, country: str | None
) -> Iterator[tuple[datetime, datetime]]:
    if rule.until in {Until.CLOSE_HERE, Until.END_OF_DAY}:
        for session in hours.sessions:
            ends_at = session.ends_at if rule.until is Until.CLOSE_HERE else local_time.day_ends(session.last_day, here.zones)
            yield starts(rule, session, here), max(ends_at, session.ends_at)
        return
    starts_at = starts(rule, hours.sessions[0], here)
    if rule.until is Until.CONTEST_CLOSE:
        yield min(starts_at, contest.begins_at), contest.ends_at
        return
    yield starts_at, max(contest.last_closes.get(country, hours.ends_at), hours.ends_at)


def starts(rule: SilenceRule, session: Session, here: Locality) -> datetime:
    """When a rule begins to hold around a session: never later than the law says in any of the place's zones."""
    if rule.counted_from is CountedFrom.POLLING_DAY:
        day = session.first_day - timedelta(days=rule.days_before)
        return local_time.opens(day, rule.at, here.zones) - timedelta(hours=rule.hours_before)
    moment = session.opens_at if rule.counted_from is CountedFrom.POLLS_OPEN else session.ends_at
    return moment - timedelta(days=rule.days_before, hours=rule.hours_before)
