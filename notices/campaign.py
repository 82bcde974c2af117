"""Where and when a notice runs; not what it says (see notice), not who wins (see choose)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

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


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open: wall times without offset in `zone` (an IANA name), or from the start of one phase to the start of another.

    An absent start or end is open. `from_phase` and `to_phase` follow the place's own calendar, so they need no zone.
    """

    starts: datetime | None = None
    ends: datetime | None = None
    zone: str = "UTC"
    from_phase: Phase | None = None
    to_phase: Phase | None = None
    name: str = ""

    @property
    def starts_at(self) -> datetime | None:
        """The start as an instant; in a gap or fold of the clock, the first instant that the wall time could mean."""
        return self.starts.replace(tzinfo=ZoneInfo(self.zone)) if self.starts else None

    @property
    def ends_at(self) -> datetime | None:
        """The end as an instant, not itself inside the window."""
        return self.ends.replace(tzinfo=ZoneInfo(self.zone)) if self.ends else None


@dataclass(frozen=True, slots=True)
class Frequency:
    """A hint to the client: at most so many times a day, and hidden so many days after a dismissal."""

    per_day: int
    dismiss_days: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """A notice, scheduled. Without windows it is always on, and then names an owner and the day it is to be looked at again.

    It listens for `topics` or `signals`; an `always` campaign runs only when a request carries no query, hashtags, text or signals.
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
