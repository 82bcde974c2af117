"""Everything of a store that a proof needs, row by row and without secrets, and what a proof finds; not what is proven (see proof)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from notices.documents import Document
from review.audit import AuditLine
from review.change import Approval, Change, Comment, Edit
from review.pieces import Piece


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold: `what` names the release, change or row, `why` says what is wrong with it."""

    what: str
    why: str

    def __str__(self) -> str:
        """As people are told."""
        return f"{self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Whom an id stands for."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class StoredHead:
    """A release without its pieces: what only it has, its digest (`sha256:` and hex) and the signatures over that, as JSON."""

    number: int
    digest: str
    previous: str | None
    made_at: str
    head: Document
    signatures: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece, from which release on it holds up to which one (None: still), and where it stands among those of its kind."""

    piece: Piece
    hash: str
    first_release: int
    last_release: int | None
    position: int


@dataclass(frozen=True, slots=True)
class EditRow:
    """An edit as a revision of a change wrote it, and the revision from which on it no longer held."""

    change: str
    revision: int
    edit: Edit
    until_revision: int | None = None


Row = PersonRow | StoredHead | PieceRow | Change | EditRow | Approval | Comment | AuditLine


@dataclass(frozen=True, slots=True)
class Exported:
    """The rows by what they are, each in the order in which it was written; `ever_written` is how many audit lines there ever were."""

    heads: tuple[StoredHead, ...]
    pieces: tuple[PieceRow, ...]
    changes: tuple[Change, ...]
    edits: tuple[EditRow, ...]
    approvals: tuple[Approval, ...]
    audit: tuple[AuditLine, ...]
    ever_written: int | None = None

    @classmethod
    def of(cls, rows: Iterable[Row], ever_written: int | None = None) -> "Exported":
        """Sort rows; people and comments prove nothing."""
        found: dict[type, list[Any]] = defaultdict(list)
        for row in rows:
            found[type(row)].append(row)
        heads, pieces, changes = (tuple(found[kind]) for kind in (StoredHead, PieceRow, Change))
        edits, approvals, audit = (tuple(found[kind]) for kind in (EditRow, Approval, AuditLine))
        return cls(heads, pieces, changes, edits, approvals, audit, ever_written)


DONE: Final = "done"
"""The outcome of a line that says what was done; any other is the code of a refusal."""


def lines_about(exported: Exported, prefix: str) -> dict[str, list[AuditLine]]:
    """Subject → the lines of what was done to it, whose action begins so, the oldest first."""
    found: dict[str, list[AuditLine]] = defaultdict(list)
    for line in exported.audit:
        if line.outcome == DONE and line.action.startswith(prefix):
            found[line.subject].append(line)
    return found


def whole_number(line: AuditLine, name: str, otherwise: int = 0) -> int:
    """A number in the detail of a line; whoever altered the line may have put anything there."""
    value = line.detail.get(name, otherwise)
    return value if isinstance(value, int) else otherwise


def named(row: Row) -> str:
    """A row as problems name it."""
    match row:
        case StoredHead():
            name = f"release {row.number}"
        case PieceRow():
            name = f"the {row.piece.key} of release {row.first_release}"
        case Change():
            name = f"change {row.id}"
        case EditRow():
            name = f"the edit of the {row.edit.key} in revision {row.revision} of change {row.change}"
        case Approval():
            name = f"the approval of change {row.change} by {row.person}"
        case Comment():
            name = f"comment {row.number} on change {row.change}"
        case AuditLine():
            name = f"audit line {row.number}"
        case PersonRow():
            name = f"person {row.id}"
    return name
