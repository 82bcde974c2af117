"""The smallest things that are edited, each a JSON document with a kind and an id; how a release is made of them is in assembly."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final
from unicodedata import is_normalized

from elections.centers import Center
from elections.election import Election
from elections.errors import ElectionsError
from elections.hours import PollingHours
from elections.places import Region
from elections.rolls import Roll
from elections.silence import SilenceRule
from keywords.lists import KeywordList, RealWords, Term
from notices.campaign import Campaign
from notices.documents import Document, canonical_bytes, from_document, to_document
from notices.errors import InvalidDocument
from notices.notice import Notice, Wording
from notices.waivers import Waiver
from review.errors import NotAPiece
from review.shapes import told

SETTINGS_ID: Final = "release"
WORDS_ID: Final = "real_words"
LONGEST_ID: Final = 200
REPEATED: Final = "~"
"""Stands between an id and its number where several things would have the same one."""


class Kind(StrEnum):
    """What a piece is; in the order in which they stand in a release."""

    SETTINGS = "settings"
    REGION = "region"
    CENTER = "center"
    ELECTION = "election"
    SILENCE = "silence"
    POLLING_HOURS = "polling_hours"
    ROLL = "roll"
    LIST = "list"
    TERM = "term"
    NOTICE = "notice"
    WORDING = "wording"
    CAMPAIGN = "campaign"
    WAIVER = "waiver"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class ReleaseSettings:
    """What holds for a release as a whole; `starter` until somebody says, in a change like any other, that it is more than the packs' drafts."""

    season_days: int
    link_hosts: tuple[str, ...]
    starter: bool


@dataclass(frozen=True, slots=True)
class Key:
    """Which piece: terms are called after their list, wordings after their notice."""

    kind: Kind
    id: str

    @property
    def parent(self) -> "Key | None":
        """The list of a term, the notice of a wording."""
        if self.kind is Kind.TERM:
            return Key(Kind.LIST, self.id.rpartition("/")[0])
        if self.kind is Kind.WORDING:
            return Key(Kind.NOTICE, self.id.rpartition("/")[0])
        return None

    def __str__(self) -> str:
        """As people are told."""
        return f"{self.kind.value} {self.id}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A document under its key, as it stands in releases: what has its default is left out."""

    key: Key
    body: Document

    @property
    def hash(self) -> str:
        """The content's fingerprint: hexadecimal SHA-256 over its canonical JSON, key included."""
        return hash_of(self.key, self.body)


@dataclass(frozen=True, slots=True)
class _Sort:
    """How one kind is read: the value it must make, and the id that its body gives it (None: any)."""

    value: type[Any]
    named: Callable[[Any], str] | None = None
    added: Document | None = None


def _list_id(keywords: Any) -> str:
    return str(keywords.id)


def _region(value: Any) -> str:
    return str(value.region)


def _id(value: Any) -> str:
    return str(value.id)


SORTS: Final[dict[Kind, _Sort]] = {
    Kind.SETTINGS: _Sort(ReleaseSettings, lambda _: SETTINGS_ID),
    Kind.REGION: _Sort(Region, lambda region: str(region.code)),
    Kind.CENTER: _Sort(Center, _region),
    Kind.ELECTION: _Sort(Election, _id),
    Kind.SILENCE: _Sort(SilenceRule, _region),
    Kind.POLLING_HOURS: _Sort(PollingHours, _region),
    Kind.ROLL: _Sort(Roll, lambda roll: str(roll.contest)),
    Kind.LIST: _Sort(KeywordList, _list_id, {"terms": []}),
    Kind.TERM: _Sort(Term),
    Kind.NOTICE: _Sort(Notice, _id, {"wordings": {}}),
    Kind.WORDING: _Sort(Wording),
    Kind.CAMPAIGN: _Sort(Campaign, _id),
    Kind.WAIVER: _Sort(Waiver, lambda waiver: f"{waiver.code}/{waiver.place}"),
    Kind.WORDS: _Sort(RealWords, lambda _: WORDS_ID),
}
"""What bodies of each kind must be; `added` completes a body that other pieces belong to."""

NUMBERED: Final = frozenset({Kind.SILENCE, Kind.POLLING_HOURS})
"""Kinds of which a place may have several, told apart by a number behind its code; of the others two would be the same thing twice."""
PLAIN_IDS: Final = frozenset({Kind.NOTICE, Kind.CAMPAIGN, Kind.ELECTION, Kind.ROLL})
"""Kinds whose ids somebody makes up."""
_PLAIN_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@cache
def sort_of(kind: Kind) -> _Sort:
    """The entry of a kind."""
    return SORTS[kind]


def hash_of(key: Key, body: Document) -> str:
    """The fingerprint of a body under its key."""
    return hashlib.sha256(canonical_bytes([key.kind.value, key.id, body])).hexdigest()  # type: ignore[arg-type]


def value_of(key: Key, body: Document) -> Any:
    """The value that a body makes; raises InvalidDocument, with a JSON pointer into it, for a body of another shape."""
    sort = sort_of(key.kind)
    try:
        return from_document({**body, **(sort.added or {})}, sort.value)
    except ElectionsError as error:
        raise InvalidDocument(str(error)) from error
    except InvalidDocument as error:
        raise told(error, sort.value) from error


def piece(key: Key, body: Document) -> Piece:
    """A piece of what somebody wrote, in its normal form; raises InvalidDocument, or NotAPiece for a key that the body contradicts."""
    sort = sort_of(key.kind)
    check_id(key)
    if sort.added and any(name in body for name in sort.added):
        inner = next(name for name in sort.added if name in body)
        raise InvalidDocument(f"{inner} are edited one by one, not inside this", f"/{inner}")
    value = value_of(key, body)
    plain = key.id.partition(REPEATED)[0] if key.kind in NUMBERED else key.id
    if sort.named is not None and sort.named(value) != plain:
        raise NotAPiece(f"The document is about {sort.named(value)}, and cannot be kept as {key.id}.")
    _check_inner(key)
    document = to_document(value)
    for name in sort.added or ():
        document.pop(name, None)
    found = Piece(key, plain_document(document))
    _check_keepable(found)
    return found


def piece_of(key: Key, body: Document) -> Piece:
    """A piece of a value's own document, which is in its normal form already; raises InvalidDocument or NotAPiece for what cannot be kept."""
    check_id(key)
    _check_inner(key)
    found = Piece(key, body)
    _check_keepable(found)
    return found


def _check_inner(key: Key) -> None:
    if key.parent is not None and not key.id.rpartition("/")[2]:
        raise NotAPiece(f"A {key.kind.value} needs an id of its own behind that of what it belongs to.")


def _check_keepable(found: Piece) -> None:
    """Raise InvalidDocument for what canonical JSON, or a database, cannot hold: huge numbers, halves of characters, NUL."""
    try:
        written = canonical_bytes(found.body)
    except ValueError as error:
        raise InvalidDocument("A number in it is too large, or a text in it is not whole characters.") from error
    if b"\\u0000" in written:
        raise InvalidDocument("A text in it holds the character NUL, which no text has.")


def check_id(key: Key) -> None:
    """Raise NotAPiece for an id that could not be told apart in lists and logs."""
    sane = key.id.isprintable() and key.id == key.id.strip() and is_normalized("NFC", key.id)
    if not (0 < len(key.id) <= LONGEST_ID and sane):
        raise NotAPiece(f"An id has 1 to {LONGEST_ID} printable characters in Unicode's form NFC, and no space at its ends.")
    if key.kind in PLAIN_IDS and not _PLAIN_ID.fullmatch(key.id.partition(REPEATED)[0]):
        raise NotAPiece("An id is made of the letters a to z, digits, dots, hyphens and underscores, and begins with a letter or digit.")
    if REPEATED in key.id and key.kind not in {*NUMBERED, Kind.TERM}:
        raise NotAPiece(f"There may be one {key.kind.value} only with this id.")


def plain_document(value: Any) -> Any:
    """The same with enumerations as strings and tuples as lists: as it comes back from JSON."""
    if isinstance(value, dict):
        return {str(name): plain_document(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain_document(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def term_id(body: Document, taken: Iterable[str] = ()) -> str:
    """An id for a term within its list: the same words in the same list get the same one, and a number where it is taken."""
    text = f"{body.get('match', 'phrase')}\n{body.get('text', '')}"
    return numbered(hashlib.sha256(text.encode()).hexdigest()[:12], taken)


def numbered(name: str, taken: Iterable[str]) -> str:
    """The name, or the first numbered one that is free."""
    known = taken if isinstance(taken, set | frozenset | dict) else set(taken)
    number, found = 1, name
    while found in known:
        number += 1
        found = f"{name}{REPEATED}{number}"
    return found
