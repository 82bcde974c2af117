"""What a notice says and where its link leads; not when or where it runs (see campaign)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from elections.election import Phase
from elections.places import WORLD

CENTER_ACTION = "center"


class NoticeKind(StrEnum):
    """What a notice is for; an answer holds each kind once."""

    ELECTION_CENTER = "election_center"
    MEDIA_LITERACY = "media_literacy"
    FACT_CHECK = "fact_check"
    SYNTHETIC_MEDIA = "synthetic_media"
    POLITICAL_ADS = "political_ads"
    INFLUENCE_OPERATIONS = "influence_operations"
    ACCOUNT_LABEL = "account_label"
    RESULTS_CAUTION = "results_caution"
    URGENT = "urgent"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Words:
    """The plain text of a notice: title ≤ 60, body ≤ 160, label ≤ 30 code points."""

    title: str
    body: str
    label: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A notice in one language: its general words, others for a phase, and whether a person has reviewed them."""

    title: str
    body: str
    label: str
    reviewed: bool = False
    phases: Mapping[Phase, Words] = field(default_factory=dict)

    def at(self, phase: Phase | None) -> Words:
        """The words for the phase, else the general ones."""
        return (self.phases.get(phase) if phase else None) or Words(self.title, self.body, self.label)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture beside the words; `alt` by language."""

    url: str
    alt: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said.

    `action` is `center` (the Election Center of the voter's region, at the slot the search asked for), `center#part` (always
    that part of it) or an https address on the allow-list. `region` is the one whose teams curate it, with those above; where it runs,
    campaigns say.
    """

    id: str
    kind: NoticeKind
    wordings: Mapping[str, Wording]
    action: str = CENTER_ACTION
    dismissible: bool = True
    image: Image | None = None
    revision: int = 1
    note: str = ""
    region: str = WORLD

    @property
    def leads_to_center(self) -> bool:
        """Whether the action resolves to a hosted Election Center page."""
        return self.action.partition("#")[0] == CENTER_ACTION

    @property
    def center_part(self) -> str | None:
        """The part of the center page that the action always leads to, or None when the search decides."""
        return self.action.partition("#")[2] or None
