"""Where and when a notice runs; not what it says (see notice), not who wins (see choose)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from elections import local_time
from elections.election import Phase


class Priority(StrEnum):
    """How campaigns rank before anything else is compared; emergency beats all."""

    EMERGENCY = "emergency"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Surface(StrEnum):
    """Where in a client app the notice would appear."""

    SEARCH = "search"
    HASHTAG = "hashtag"
    VIDEO = "video"
    LIVE = "live"
    PROFILE = "profile"
    FEED = "feed"
    UPLOAD = "upload"


class Signal(StrEnum):
    """What the client already knows of the content; never of the person."""

    AI_GENERATED = "ai_generated"
    UNVERIFIED = "unverified"
    STATE_AFFILIATED = "state_affiliated"
    POLITICAL_ACCOUNT = "political_account"
    NEWS_ACCOUNT = "news_account"
    LIVE = "live"


class Topic(StrEnum):
    """What a search is about; keyword lists produce topics, campaigns listen for them."""

    VOTING = "voting"
    REGISTRATION = "registration"
    RESULTS = "results"
    CANDIDATES = "candidates"
    ELECTION = "election"
    MISINFORMATION = "misinformation"
    SYNTHETIC_MEDIA = "synthetic_media"
    POLITICAL_ADS = "political_ads"
    INFLUENCE_OPERATIONS = "influence_operations"
    ACCOUNTS = "accounts"


class Weekday(StrEnum):
    """Days of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True)
class DailyHours:
    """Hours that come back: local wall times, half-open, past midnight where `ends` is not after `starts`; every day without `weekdays`."""

    starts: time
    ends: time
    weekdays: tuple[Weekday, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open: wall times without offset in `zone` (an IANA name), or from the start of one phase to the start of another, or both.

    An absent start or end is open. Phases follow the place's own calendar, those of the campaign's election where it names one; the days
    and hours beside them move their start and end, negative ones to earlier. `only` and `blackouts` are hours in the zone in which it alone
    runs, or does not.
    """

    starts: datetime | None = None
    ends: datetime | None = None
    zone: str = "UTC"
    from_phase: Phase | None = None
    to_phase: Phase | None = None
    name: str = ""
    from_days: int = 0
    from_hours: int = 0
    to_days: int = 0
    to_hours: int = 0
    only: tuple[DailyHours, ...] = ()
    blackouts: tuple[DailyHours, ...] = ()

    @property
    def starts_at(self) -> datetime | None:
        """The start as an instant; in a gap or fold of the clock, the first instant that the wall time could mean."""
        return min(self._readings(self.starts)) if self.starts else None

    @property
    def ends_at(self) -> datetime | None:
        """The end as an instant, not itself inside the window; the last one that the wall time could mean."""
        return max(self._readings(self.ends)) if self.ends else None

    def _readings(self, wall: datetime) -> Iterator[datetime]:
        """Both; at the ends of the calendar, where people write “always”, there is no other clock."""
        for fold in (0, 1):
            try:
                yield wall.replace(tzinfo=local_time.zone_of(self.zone), fold=fold).astimezone(UTC)
            except OverflowError:
                yield wall.replace(tzinfo=UTC)

    @property
    def is_phased(self) -> bool:
        """Whether a phase opens or closes it."""
        return self.from_phase is not None or self.to_phase is not None


@dataclass(frozen=True, slots=True)
class Frequency:
    """A hint to the client: at most so many times a day, and hidden so many days after a dismissal."""

    per_day: int
    dismiss_days: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """A notice, scheduled. Without windows it is always on, and then names an owner and the day it is to be looked at again.

    It listens for `topics` or `signals`; an `always` campaign runs only when a request carries no query, hashtags, text or signals. With
    an `election` it runs only in that one's season. A material change raises `revision`, so that clients forget what was dismissed.
    """

    id: str
    notice: str
    regions: tuple[str, ...]
    surfaces: tuple[Surface, ...]
    topics: tuple[Topic, ...] = ()
    signals: tuple[Signal, ...] = ()
    always: bool = False
    excluded: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    priority: Priority = Priority.NORMAL
    frequency: Frequency | None = None
    election: str | None = None
    owner: str = ""
    review_on: date | None = None
    note: str = ""
    revision: int = 0
