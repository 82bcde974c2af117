"""What is asked of a store, and what it gives that no other room has a word for; what it promises is in protocol."""

from dataclasses import dataclass
from datetime import datetime

from notices.stops import Stop
from review.pieces import Piece


@dataclass(frozen=True, slots=True)
class Kept:
    """A piece as it is kept: from which release on it holds, up to which one (None: still)."""

    piece: Piece
    hash: str
    first_release: int
    last_release: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pieces are looked for: of one owner, with some text in it (case-blind), after a key; at most so many."""

    owner: str | None = None
    text: str = ""
    after: str = ""
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Lines:
    """Which audit lines are looked for; empty text and None mean any."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    outcome: str = ""
    text: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None
    before: int | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class StoredStop:
    """A stop with who wants it lifted: the first admin asks, the second lifts."""

    stop: Stop
    lift_asked_by: str | None = None
    lift_asked_at: datetime | None = None
    lifted_by: str | None = None
    lifted_at: datetime | None = None
