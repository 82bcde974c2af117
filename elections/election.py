"""What an election is: rounds, milestones, status; not what phase it is in (see phases)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from elections.errors import InvalidElection


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


@dataclass(frozen=True, slots=True)
class Round:
    """Polling of one round, first to last day inclusive, as local dates; a conditional one takes place only if needed."""

    number: int
    first_day: date
    last_day: date
    conditional: bool = False
    status: Status = Status.SCHEDULED
    confidence: Confidence = Confidence.MEDIUM
    source: str = ""
    name: str = ""
    milestones: tuple[Milestone, ...] = ()


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

    def __post_init__(self) -> None:
        """Raise InvalidElection when the rounds are missing, out of order or end before they begin."""
        if not self.rounds or not self.regions:
            raise InvalidElection(f"The election {self.id} needs a region and a round.")
        days = [day for polling in self.rounds for day in (polling.first_day, polling.last_day)]
        if days != sorted(days):
            raise InvalidElection(f"The rounds of {self.id} are not in order.")
