"""What any store of Signpost promises; tests/store/contract.py is the same in tests. What the values mean is review's to say.

A store is read and written in units: everything of one unit is seen, or done, together. When a writing unit ends well, what it wrote is
durable; when it ends with an exception, nothing of it ever happened.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from notices.documents import Document
from notices.stops import Stop
from review.access import Answer, Credentials, Session, Token
from review.audit import AuditLine
from review.change import Approval, Change, Comment, Edit, State
from review.events import Delivery, Hook
from review.people import Grant, Person
from review.pieces import Key, Kind, Piece
from review.proof_rows import Problem, Row, StoredHead
from store.values import Kept, Lines, StoredStop, Wanted


class Releases(Protocol):
    """Published releases, each immutable, and the pieces they are made of."""

    def latest(self) -> StoredHead | None:
        """The head with the highest number, or None."""

    def head(self, number: int) -> StoredHead | None:
        """A head by its release's number, or None."""

    def heads(self, before: int | None = None, limit: int = 100) -> tuple[StoredHead, ...]:
        """The newest first, those with numbers below `before`."""

    def at(self, moment: str) -> StoredHead | None:
        """The one that was the latest at a moment, in ISO 8601 and UTC."""

    def add(self, head: StoredHead, gone: Iterable[Key], new: Iterable[Piece]) -> None:
        """Keep a release: what it no longer holds, and what it holds anew (in the place of what is gone under the same key, else last).

        Raises ReleaseConflict unless its number follows the latest one's and `previous` is that one's digest, and for keys to go that
        are not there, or to come that are and do not go.
        """

    def pieces(self, number: int | None = None, kinds: Iterable[Kind] | None = None) -> Iterator[Kept]:
        """The pieces of a release, of the latest one without a number, in the order in which they stand in it."""

    def piece(self, key: Key, number: int | None = None) -> Kept | None:
        """One of them, or None."""

    def several(self, keys: Iterable[Key]) -> dict[Key, Kept]:
        """Those of the latest release that have one of these keys, in one go."""

    def version(self, key: Key, hash_: str) -> Kept | None:
        """The last piece that was ever published under a key with this hash, or None."""

    def find(self, kind: Kind, wanted: Wanted) -> tuple[Kept, ...]:
        """Pieces of the latest release, by key."""

    def history(self, key: Key) -> tuple[Kept, ...]:
        """Everything ever published under a key, the oldest first."""

    def differing(self, before: int, after: int) -> tuple[tuple[Key, Kept | None, Kept | None], ...]:
        """The pieces that two releases do not have in common."""


class Changes(Protocol):
    """Changes, their edits, approvals and comments. Edits are never lost: what is edited anew is kept beside."""

    def add(self, change: Change) -> None:
        """Keep a new one."""

    def get(self, known_as: str) -> Change | None:
        """One by its id, or None."""

    def save(self, change: Change) -> None:
        """Keep it as it is now."""

    def find(
        self, states: Iterable[State] = (), person: str | None = None, touching: Key | None = None, after: str = "", limit: int = 100
    ) -> tuple[Change, ...]:
        """By id: those in these states (all), written by a person, touching a piece."""

    def edits(self, change: str, after: Key | None = None, limit: int | None = None) -> Iterator[Edit]:
        """The edits that hold, by key."""

    def edit(self, change: str, key: Key) -> Edit | None:
        """The edit of one piece, or None."""

    def several(self, change: str, keys: Iterable[Key]) -> dict[Key, Edit]:
        """The edits of these pieces, in one go."""

    def telling(self, change: str) -> Iterator[Edit]:
        """Edits enough to tell whose business a change is and what it risks, however many there are.

        All of other kinds; of terms one a list, since all of a list concern the same people, and one that names a contest or contestant,
        before or after.
        """

    def clashing(self, change: str) -> Iterator[Edit]:
        """The edits whose piece is published otherwise now than it was when it was edited, by key."""

    def put(self, change: str, revision: int, edits: Iterable[Edit]) -> None:
        """Let these hold from a revision on, in the place of those of the same pieces."""

    def drop(self, change: str, revision: int, key: Key) -> None:
        """Let no edit of the piece hold any more."""

    def count(self, change: str) -> int:
        """How many edits hold."""

    def written(self, change: str) -> tuple[tuple[int, Edit], ...]:
        """Every edit ever made with its revision, the oldest first; one that was dropped too."""

    def approve(self, approval: Approval) -> None:
        """Keep an approval."""

    def approvals(self, change: str) -> tuple[Approval, ...]:
        """All, the oldest first, those that no longer count too."""

    def comment(self, change: str, person: str, at: datetime, text: str) -> Comment:
        """Keep a comment."""

    def comments(self, change: str) -> tuple[Comment, ...]:
        """All, the oldest first."""


class People(Protocol):
    """People, what they may, and by what they prove who they are."""

    def add(self, person: Person) -> None:
        """Keep a new one; raises Taken where the id or the address is."""

    def get(self, known_as: str) -> Person | None:
        """One by id, or None."""

    def by_email(self, email: str) -> Person | None:
        """One by address, in any case, or None."""

    def all(self) -> tuple[Person, ...]:
        """Everybody, by id."""

    def save(self, person: Person) -> None:
        """Keep name, address and whether they are retired."""

    def grant(self, known_as: str, grants: Iterable[Grant]) -> None:
        """Let exactly these grants hold."""

    def credentials(self, known_as: str) -> Credentials:
        """What they prove themselves by; empty where there is nothing."""

    def set_credentials(self, known_as: str, credentials: Credentials) -> None:
        """Keep them in the place of those before."""

    def by_identity(self, issuer: str, subject: str) -> Person | None:
        """Who signs in as this subject of an OpenID provider, or None."""

    def link(self, known_as: str, issuer: str, subject: str) -> None:
        """Let them."""

    def add_session(self, session: Session) -> None:
        """Keep a session."""

    def session(self, hash_: str) -> Session | None:
        """By the hash of its secret, or None."""

    def sessions(self, known_as: str) -> tuple[Session, ...]:
        """Of a person, the newest first."""

    def save_session(self, session: Session) -> None:
        """Keep when it was seen, and whether it is ended."""

    def add_token(self, token: Token) -> None:
        """Keep a token."""

    def token(self, hash_: str) -> Token | None:
        """By the hash of its secret, or None."""

    def tokens(self, known_as: str | None = None) -> tuple[Token, ...]:
        """Of a person, or all, the newest first."""

    def save_token(self, token: Token) -> None:
        """Keep when it was used, and whether it is ended."""

    def failures(self, subject: str) -> tuple[int, datetime | None]:
        """How often signing in has failed for a person or an address since it last worked, and when last."""

    def set_failures(self, subject: str, count: int, at: datetime | None) -> None:
        """Keep that; none forgets it."""

    def forget(self, before: datetime) -> None:
        """Let go of sessions that ended or ran out before then, and of failures that old; what they did stands in the journal."""


class Journal(Protocol):
    """The audit chain."""

    def append(self, at: datetime, actor: str, way: str, action: str, subject: str, outcome: str, detail: Mapping[str, Any]) -> AuditLine:
        """Write the next line."""

    def last(self) -> AuditLine | None:
        """The newest line, or None."""

    def ever_written(self) -> int:
        """How many lines were ever written, taken-out ones too."""

    def lines(self, wanted: Lines) -> tuple[AuditLine, ...]:
        """Those that are looked for, the newest first."""

    def all(self) -> Iterator[AuditLine]:
        """Every line, the oldest first."""


class Events(Protocol):
    """Webhooks, and what is to be delivered to them: written in the unit of what it tells, sent afterwards."""

    def add_hook(self, hook: Hook) -> None:
        """Keep a hook."""

    def hook(self, known_as: str) -> Hook | None:
        """By id, or None."""

    def hooks(self) -> tuple[Hook, ...]:
        """All, by id."""

    def save_hook(self, hook: Hook) -> None:
        """Keep it as it is now."""

    def emit(self, event: str, at: datetime, body: Document) -> None:
        """Put it out to every hook that listens and is not ended."""

    def send(self, hook: str, event: str, at: datetime, body: Document) -> None:
        """Put it out to one hook, whether or not it listens."""

    def due(self, now: datetime, limit: int = 20) -> tuple[Delivery, ...]:
        """What is to be sent by now, the oldest first, hooks taking turns: one that never answers must not hold up the others."""

    def delivery(self, number: int) -> Delivery | None:
        """By number, or None."""

    def deliveries(self, hook: str, before: int | None = None, limit: int = 100) -> tuple[Delivery, ...]:
        """Of a hook, the newest first."""

    def save_delivery(self, delivery: Delivery) -> None:
        """Keep how it went, and when it is tried again."""

    def forget(self, before: datetime) -> None:
        """Let go of deliveries made before then that are delivered or given up."""

    def told(self, event: str, subject: str) -> bool:
        """Whether an event was emitted about this `subject` of its body."""


class StoredStops(Protocol):
    """Stops that other hosts must know of, and those that were lifted."""

    def put(self, stop: Stop) -> bool:
        """Keep a stop; whether it was not known yet."""

    def get(self, known_as: str) -> StoredStop | None:
        """By id, or None."""

    def all(self) -> tuple[StoredStop, ...]:
        """Every stop ever, the oldest first."""

    def save(self, stop: StoredStop) -> None:
        """Keep who asked to lift it, and who lifted it."""


class Once(Protocol):
    """Answers to requests that must not be done twice."""

    def get(self, actor: str, key: str) -> Answer | None:
        """What was answered under a key, or None."""

    def keep(self, actor: str, key: str, answer: Answer) -> None:
        """Keep it."""

    def forget(self, before: datetime) -> None:
        """Let go of what is older."""


class Rows(Protocol):
    """Everything that a proof needs, without secrets."""

    def all(self) -> Iterator[Row | Problem]:
        """Row by row, each kind in the order in which it was written; a problem for what cannot be read, or is not written as we write."""


class Unit(Protocol):
    """Everything that is kept, as of one moment."""

    releases: Releases
    changes: Changes
    people: People
    journal: Journal
    events: Events
    stops: StoredStops
    once: Once
    rows: Rows


class Store(Protocol):
    """A store; each method may be called from any thread."""

    def reading(self) -> AbstractContextManager[Unit]:
        """A unit that sees one state of everything."""

    def writing(self) -> AbstractContextManager[Unit]:
        """A unit that writes; one at a time, in other processes too."""

    def check(self) -> None:
        """Raise DamagedDatabase when the store's own integrity check finds anything."""

    def back_up(self, file: Path) -> None:
        """A whole, consistent copy, while others read and write."""

    def close(self) -> None:
        """Let go of it."""
