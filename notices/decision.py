"""The question and the answer of `decide`, as values: no user attribute is in either; not how they look as JSON (see schemas)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from elections.election import Phase
from notices.campaign import Frequency, Priority, Signal, Surface
from notices.notice import NoticeKind


class Request(NamedTuple):
    """What a client asks; region codes are canonical, languages canonical BCP 47 tags, best first. A tuple, as one is made for each search."""

    region: str
    voting_region: str
    query: str = ""
    hashtags: tuple[str, ...] = ()
    text: str = ""
    languages: tuple[str, ...] = ()
    surface: Surface = Surface.SEARCH
    signals: tuple[Signal, ...] = ()
    limit: int = 1

    @property
    def is_silent(self) -> bool:
        """Whether it carries no query, hashtags, text or signals, which is when an `always` campaign may run."""
        return not (self.query.strip() or self.hashtags or self.text.strip() or self.signals)


class Outcome(StrEnum):
    """`shown`, or with no notice the furthest point reached, from nearest to farthest."""

    NO_MATCH = "no_match"
    OUT_OF_SEASON = "out_of_season"
    NOT_SCHEDULED = "not_scheduled"
    SILENCED = "silenced"
    STOPPED = "stopped"
    SHOWN = "shown"


class Fallback(StrEnum):
    """How far the wording fell from what the user asked for."""

    USER_LANGUAGE = "user_language"
    REGION_LANGUAGE = "region_language"
    AUTHORITY = "authority"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class ShownElection:
    """The voting region's leading election in season: its current round's polling date and phase there."""

    id: str
    name: str
    date: date
    phase: Phase


@dataclass(frozen=True, slots=True)
class ShownImage:
    """A picture and its text alternative."""

    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice of an answer, in one language; `url` is absolute."""

    id: str
    kind: NoticeKind
    topic: str | None
    campaign: str
    title: str
    body: str
    language: str
    direction: str
    reviewed: bool
    label: str
    url: str
    slot: str | None
    image: ShownImage | None
    region: str
    election: ShownElection | None
    priority: Priority
    dismissible: bool
    frequency: Frequency | None
    revision: int
    fallback: Fallback


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, and the next moment (UTC) at which it could change by the clock."""

    outcome: Outcome
    notices: tuple[Shown, ...]
    expires_at: datetime | None
