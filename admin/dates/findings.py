"""What reading a foreign document gives: elections with where they come from, links, and refusals; not how any format is read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from elections.centers import Slot
from elections.election import Confidence, Election, ElectionKind
from elections.places import Places

_SOURCE: Final = re.compile(r"(?P<owner>democracy-works|google-civic|vip(?::\S+)?|ics(?::\S+)?) (?P<reference>\S+)(?: .*)?")


class Format(StrEnum):
    """The documents that can be read."""

    DEMOCRACY_WORKS = "democracy-works"
    GOOGLE_CIVIC = "google-civic"
    VIP = "vip"
    ICS = "ics"
    CSV = "csv"


class Stated(StrEnum):
    """A field of an election that a source may have something to say about; what it does not state is neither compared nor overwritten."""

    NAMES = "names"
    STATUS = "status"
    CONFIDENCE = "confidence"
    EXCLUDED = "excluded"
    REASON = "reason"
    REPLACED_BY = "replaced_by"
    VERIFIED_ON = "verified_on"
    OVERRIDES = "overrides"
    ROUND_STATUS = "round.status"
    ROUND_NAME = "round.name"
    ROUND_CONDITIONAL = "round.conditional"
    ROUND_CONFIDENCE = "round.confidence"
    ROUND_VERIFIED_ON = "round.verified_on"
    ROUND_MOVED_FROM = "round.moved_from"
    MILESTONES = "milestones"
    LAST_DAY = "round.last_day"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Whose word it is: `owner` is a name without spaces, `reference` the page to cite or the document's own id, `updated_at` its own time."""

    owner: str
    reference: str
    retrieved_at: datetime
    document_id: str = ""
    updated_at: datetime | None = None

    @property
    def source(self) -> str:
        """The `source` of what is written from it; `owner_of` and `reference_of` read it back."""
        updated = f" updated {moment_text(self.updated_at)}" if self.updated_at else ""
        return f"{self.owner} {self.reference}{updated} retrieved {moment_text(self.retrieved_at)}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that was not taken: a JSON pointer (for a table `/line/column`) into the document, a stable code, a sentence."""

    pointer: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Found:
    """One election of a document; its milestones hold for all of the election's regions unless they name some."""

    election: Election
    provenance: Provenance
    stated: frozenset[Stated]
    pointer: str


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An official link that a document knows; a proposal for a center's slot, never written."""

    region: str
    slot: Slot
    url: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Harvest:
    """Everything one document gave; `lists_all` says that an election of its regions that it leaves out is not known to the source."""

    elections: tuple[Found, ...] = ()
    links: tuple[FoundLink, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    lists_all: bool = False


class DocumentRefused(Exception):
    """The document as a whole cannot be read; caught where the format is chosen and told as a refusal."""

    def __init__(self, code: str, detail: str, pointer: str = "") -> None:
        """Keep what the refusal will say."""
        super().__init__(detail)
        self.refusal = Refusal(pointer, code, detail)


class ItemRefused(Exception):
    """One item cannot be taken; caught where the items are walked through, so that the others go on."""

    def __init__(self, pointer: str, code: str, detail: str) -> None:
        """Keep what the refusal will say."""
        super().__init__(detail)
        self.refusal = Refusal(pointer, code, detail)


@dataclass(frozen=True, slots=True)
class Handed:
    """What a person or the house adds to a document: when it was got, from where, and what it does not say itself."""

    places: Places
    retrieved_at: datetime
    known: tuple[Election, ...] = ()
    region: str | None = None
    kind: ElectionKind | None = None
    source_url: str = ""
    confidence: Confidence | None = None
    divisions: Mapping[str, str] = field(default_factory=dict)

    def region_of_division(self, division: str) -> str | None:
        """The region that carries an Open Civic Data division id."""
        return self.divisions.get(division.lower())

    def is_asked_for(self, region: str) -> bool:
        """Whether an election there has voters in the region a person named, if any."""
        return not self.region or self.region in self.places.chain(region) or region in self.places.chain(self.region)

    def kind_on(self, region: str, day: date) -> ElectionKind | None:
        """What a person said, else the kind of the only election known to poll there that day; None where that does not decide."""
        if self.kind is not None:
            return self.kind
        chain = set(self.places.chain(region))
        kinds = {one.kind for one in self.known if chain & set(one.regions) and any(_polls(one, day))}
        return kinds.pop() if len(kinds) == 1 else None


def divisions_of(places: Places) -> dict[str, str]:
    """Open Civic Data division id → region."""
    return {division: region.code for region in places for division in region.ocd_ids}


def owner_of(source: str) -> str:
    """Whose field it is: an importer's name, else the whole text, such as a page a person cites."""
    match = _SOURCE.fullmatch(source)
    return match["owner"] if match else source


def reference_of(source: str) -> str:
    """The page or id an importer cites, with its name; without the times."""
    match = _SOURCE.fullmatch(source)
    return f"{match['owner']} {match['reference']}" if match else source


def moment_text(moment: datetime) -> str:
    """An instant to the second, in UTC with `Z` where it is UTC."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _polls(election: Election, day: date) -> Iterator[bool]:
    return (polling.first_day <= day <= polling.last_day for polling in election.rounds)
