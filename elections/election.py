"""What an election is: rounds, milestones, status; not what phase it is in (see phases)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from elections.errors import InvalidElection

YEARS: Final = range(1900, 2200)
"""Years in which clocks can be reckoned with time to spare on both sides."""


class ElectionKind(StrEnum):
    """A general election is filed under its highest office."""

    PRESIDENTIAL = "presidential"
    PARLIAMENTARY = "parliamentary"
    LEGISLATIVE = "legislative"
    LOCAL = "local"
    REFERENDUM = "referendum"
    EUROPEAN = "european"


class Status(StrEnum):
    """Where the election stands; an `expected` one never shows a date in a notice, opens a season or binds a campaign."""

    EXPECTED = "expected"
    SCHEDULED = "scheduled"
    POSTPONED = "postponed"
    ANNULLED = "annulled"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    HELD = "held"


class Phase(StrEnum):
    """Where an election stands in one place; silence is an overlay, not a phase."""

    NONE = "none"
    ANNOUNCED = "announced"
    REGISTRATION = "registration"
    EARLY_VOTING = "early_voting"
    FINAL_DAYS = "final_days"
    ELECTION_DAY = "election_day"
    COUNTING = "counting"
    PROVISIONAL_RESULTS = "provisional_results"
    CERTIFIED = "certified"


class Confidence(StrEnum):
    """How sure the source of a date is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Channel(StrEnum):
    """How one registers or votes; a deadline often differs by channel."""

    ANY = "any"
    ONLINE = "online"
    MAIL = "mail"
    IN_PERSON = "in_person"


class MilestoneKind(StrEnum):
    """The moments an election passes through, in their usual order."""

    ANNOUNCED = "announced"
    REGISTRATION_OPENS = "registration_opens"
    REGISTRATION_CLOSES = "registration_closes"
    BALLOT_REQUEST_CLOSES = "ballot_request_closes"
    BALLOT_RETURN_CLOSES = "ballot_return_closes"
    EARLY_VOTING_OPENS = "early_voting_opens"
    EARLY_VOTING_CLOSES = "early_voting_closes"
    POLLS_OPEN = "polls_open"
    POLLS_CLOSE = "polls_close"
    PROVISIONAL_RESULTS = "provisional_results"
    CERTIFIED = "certified"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One moment of a round: a date, a local clock time when known, or only words; `regions` empty means everywhere it is held."""

    kind: MilestoneKind
    on: date | None
    at: time | None = None
    words: str = ""
    channel: Channel = Channel.ANY
    regions: tuple[str, ...] = ()
    source: str = ""
    confidence: Confidence = Confidence.MEDIUM
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """Polling of one round, first to last day inclusive, as local dates; a conditional one takes place only if needed.

    `moved_from` are first days it was once announced for: no wording may still carry one.
    """

    number: int
    first_day: date
    last_day: date
    conditional: bool = False
    status: Status = Status.SCHEDULED
    confidence: Confidence = Confidence.MEDIUM
    source: str = ""
    name: str = ""
    milestones: tuple[Milestone, ...] = ()
    verified_on: date | None = None
    moved_from: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseOverride:
    """A person's word against the calendar: the phase that leads from `starts_at` until before `ends_at`, where and why.

    `regions` empty means everywhere the election is held. Instants carry an offset.
    """

    phase: Phase
    starts_at: datetime
    ends_at: datetime
    reason: str
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Election:
    """An election or referendum; id `<region>-<date>-<kind>` in lower case; `names` by language, `en` always."""

    id: str
    regions: tuple[str, ...]
    kind: ElectionKind
    names: Mapping[str, str]
    status: Status
    rounds: tuple[Round, ...]
    confidence: Confidence
    source: str
    reason: str = ""
    replaced_by: str | None = None
    verified_on: date | None = None
    excluded: tuple[str, ...] = field(default=())
    overrides: tuple[PhaseOverride, ...] = ()

    def __post_init__(self) -> None:
        """Raise InvalidElection when rounds are missing or out of order, a day lies outside YEARS, or an override lacks its reason or end."""
        if not self.rounds or not self.regions:
            raise InvalidElection(f"The election {self.id} needs a region and a round.")
        days = [day for polling in self.rounds for day in (polling.first_day, polling.last_day)]
        if days != sorted(days):
            raise InvalidElection(f"The rounds of {self.id} are not in order.")
        days += [told.on for polling in self.rounds for told in polling.milestones if told.on]
        days += [edge.date() for override in self.overrides for edge in (override.starts_at, override.ends_at)]
        if any(day.year not in YEARS for day in days):
            raise InvalidElection(f"A day of {self.id} lies outside the years {YEARS.start} to {YEARS.stop - 1}.")
        for override in self.overrides:
            if not override.reason.strip():
                raise InvalidElection(f"An override of the phase of {self.id} needs a reason.")
            if override.starts_at.tzinfo is None or override.ends_at.tzinfo is None or override.ends_at <= override.starts_at:
                raise InvalidElection(f"An override of the phase of {self.id} needs a start and a later end, both with an offset.")
