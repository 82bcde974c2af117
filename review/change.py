"""A change: edits to any number of pieces, who wrote them and who approved; which moves it may take is in moves."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from notices.documents import Document, canonical_bytes
from review.pieces import Key


class State(StrEnum):
    """Where a change stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class When(StrEnum):
    """When an approved change is published: when somebody says so, as soon as it is approved, or at its time."""

    ASKED = "asked"
    APPROVED = "approved"
    AT = "at"


@dataclass(frozen=True, slots=True)
class Edit:
    """One piece as the change wants it: without `body` and `hash` it goes. `base` is the published one's hash when it was edited, if any."""

    key: Key
    base: str | None
    hash: str | None
    body: Document | None
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class About:
    """What a change says of itself."""

    title: str
    reason: str = ""
    source: str = ""
    when: When = When.ASKED
    publish_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The change itself without its edits; `revision` grows with each edit, `content` is what an approval binds to."""

    id: str
    about: About
    state: State
    revision: int
    content: str
    opened_by: str
    opened_at: datetime
    changed_at: datetime
    authors: tuple[str, ...]
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    release: int | None = None

    @property
    def tag(self) -> str:
        """What `If-Match` must name to move or edit it: changes with its state, its revision and its content."""
        return f"{self.revision}-{self.state.value}-{self.content[:16]}"


@dataclass(frozen=True, slots=True)
class Approval:
    """One reviewer's word for exactly one content."""

    change: str
    person: str
    content: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a change."""

    number: int
    change: str
    person: str
    at: datetime
    text: str


def content_hash(about: About, edits: Iterable[Edit]) -> str:
    """The fingerprint of what would be published, whoever wrote it: hexadecimal SHA-256 over what it says of itself and its pieces' hashes."""
    rows = sorted(f"{edit.key.kind.value}\t{edit.key.id}\t{edit.base or '-'}\t{edit.hash or '-'}" for edit in edits)
    return hashlib.sha256(b"\n".join((_said(about), *(row.encode() for row in rows)))).hexdigest()


def about_hash(about: About) -> str:
    """The fingerprint of what a change says of itself, for its audit lines."""
    return hashlib.sha256(_said(about)).hexdigest()


def _said(about: About) -> bytes:
    at = about.publish_at.isoformat() if about.publish_at else None
    said: Any = [about.title, about.reason, about.source, about.when.value, at]
    return canonical_bytes(said)


def revision_hash(written: Iterable[Edit], dropped: Iterable[Key] = ()) -> str:
    """The fingerprint of one revision, for its audit line: what it wrote, and of which pieces it took the edits back."""
    rows = sorted(f"{edit.key.kind.value}\t{edit.key.id}\t{edit.base or '-'}\t{edit.hash or '-'}" for edit in written)
    rows += sorted(f"{key.kind.value}\t{key.id}" for key in dropped)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
