"""What comparing a harvest with the packs gives: for each election what is new, changed, contradicted or gone; not how it is found out."""

from dataclasses import dataclass
from enum import StrEnum

from admin.dates.findings import FoundLink, Provenance, Refusal
from elections.election import Election


class Verdict(StrEnum):
    """What a difference is; a conflict is left to a person, what is missing is never removed."""

    ADDED = "added"
    CHANGED = "changed"
    CONFLICT = "conflict"
    MISSING = "missing"


class Outcome(StrEnum):
    """What became of one election; `conflict` where anything about it is left to a person."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Side:
    """What one source says of a field."""

    value: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not alike: `here` in the packs, `there` in the document; `note` says what a person should know."""

    place: str
    verdict: Verdict
    here: Side | None
    there: Side | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One election: as it is in the packs (None where it is new) and as it would be written."""

    before: Election | None
    after: Election
    differences: tuple[Difference, ...] = ()
    provenance: Provenance | None = None
    is_missing: bool = False

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        verdicts = {difference.verdict for difference in self.differences}
        if self.is_missing:
            return Outcome.MISSING
        if self.before is None:
            return Outcome.ADDED
        if Verdict.CONFLICT in verdicts:
            return Outcome.CONFLICT
        return Outcome.CHANGED if self.is_to_be_written else Outcome.UNCHANGED

    @property
    def is_to_be_written(self) -> bool:
        """Whether anything of it may be written."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class LinkProposal:
    """A link a document knows, beside the one that the packs have."""

    link: FoundLink
    now: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole document against the packs."""

    compared: tuple[Compared, ...]
    links: tuple[LinkProposal, ...]
    refusals: tuple[Refusal, ...]

    def of(self, outcome: Outcome) -> tuple[Compared, ...]:
        """The elections of an outcome."""
        return tuple(one for one in self.compared if one.outcome is outcome)
