"""What a file tells as documents under keys, beside those that are there under the same owners; what differs is for importing to say."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from admin.curation.acting import Act
from admin.curation.importing_matching import joined, placed, placed_terms
from admin.curation.standing import change_of
from notices.documents import Document, to_document
from notices.release import Release
from review.assembly import FIELDS, notice_pieces
from review.pieces import SETTINGS_ID, WORDS_ID, Key, Kind, plain_document
from store.values import Wanted


class Mode(StrEnum):
    """`merge` adds and changes, and takes nothing out; for `replace` the file is the whole of each document that it names."""

    MERGE = "merge"
    REPLACE = "replace"


Bodies = dict[Key, Document]
Told = Mapping[str, list[Document]]
"""Documents by the field of a release that they stand in, as in release files."""

_INNER: Final[Mapping[Kind, Kind]] = {Kind.LIST: Kind.TERM, Kind.NOTICE: Kind.WORDING}


@dataclass(frozen=True, slots=True)
class Manner:
    """How what is told and what is there come together; `is_whole` says that a term of the file is all of the term, not words alone."""

    mode: Mode = Mode.MERGE
    is_whole: bool = True


def told_by(field: str, values: Iterable[object]) -> dict[str, list[Document]]:
    """The values of one kind as documents."""
    return {field: [plain_document(to_document(value)) for value in values]}


def told_by_release(release: Release) -> dict[str, list[Document]]:
    """Everything of a release as documents; whether it is a starter is left as it is where it comes to."""
    document = plain_document(to_document(release))
    told = {field: document.get(field, []) for field in (*FIELDS.values(), "lists", "notices")}
    told["settings"] = [{name: document[name] for name in ("season_days", "link_hosts")}]
    return told | ({"real_words": [document["real_words"]]} if "real_words" in document else {})


def owners_of(told: Told) -> Iterator[Key]:
    """The documents that the file names; a list with its terms and a notice with its wordings count as one."""
    for keywords in told.get("lists", ()):
        yield list_key(keywords)
    for notice in told.get("notices", ()):
        yield Key(Kind.NOTICE, str(notice["id"]))
    for kind, field in FIELDS.items():
        yield from (key for key, _ in placed(kind, told.get(field, []), {}))


def there_of(act: Act, change: str | None, owners: Iterable[Key]) -> Bodies:
    """Those documents and what belongs to them, as published or as a change has them."""
    named = dict.fromkeys(owners)
    there: Bodies = {key: kept.piece.body for key, kept in act.unit.releases.several(named).items()}
    for owner in named:
        if (kind := _INNER.get(owner.kind)) is not None:
            found = act.unit.releases.find(kind, Wanted(owner=owner.id, limit=sys.maxsize))
            there |= {kept.piece.key: kept.piece.body for kept in found}
    return _as_held(act, change, there, lambda key: key in named or key.parent in named)


def all_there(act: Act, change: str | None) -> Bodies:
    """Everything, as published or as a change has it."""
    return _as_held(act, change, {kept.piece.key: kept.piece.body for kept in act.unit.releases.pieces()}, lambda _key: True)


def _as_held(act: Act, change: str | None, there: Bodies, is_wanted: Callable[[Key], bool]) -> Bodies:
    if change is None:
        return there
    for edit in act.unit.changes.edits(change_of(act, change).id):
        if is_wanted(edit.key):
            there.pop(edit.key, None)
            there |= {} if edit.body is None else {edit.key: edit.body}
    return there


def wanted_of(told: Told, there: Bodies, manner: Manner) -> Iterator[tuple[str, Key, Document]]:
    """Every document as it is to be, under its key, with the place in the file that tells of it."""
    terms: dict[Key, Bodies] = defaultdict(dict)
    for key, body in there.items():
        if key.kind is Kind.TERM and key.parent is not None:
            terms[key.parent][key] = body
    for number, keywords in enumerate(told.get("lists", ()), 1):
        key = list_key(keywords)
        for inner, body in _of_list(key, keywords, there.get(key), terms.get(key, {}), manner):
            yield f"/lists/{number}", inner, body
    for number, notice in enumerate(told.get("notices", ()), 1):
        for piece in notice_pieces(notice):
            yield f"/notices/{number}", piece.key, piece.body
    for kind, field in FIELDS.items():
        for number, (key, body) in enumerate(placed(kind, told.get(field, []), there), 1):
            yield f"/{field}/{number}", key, body
    settings = Key(Kind.SETTINGS, SETTINGS_ID)
    for body in told.get("settings", ()):
        yield "/settings", settings, {"starter": True, **there.get(settings, {}), **body}
    for body in told.get("real_words", ()):
        yield "/real_words", Key(Kind.WORDS, WORDS_ID), body


def _of_list(key: Key, told: Document, there: Document | None, terms: Bodies, manner: Manner) -> Iterator[tuple[Key, Document]]:
    """A list, of which a table need not tell more than terms, and its terms."""
    head = {name: value for name, value in told.items() if name != "terms"}
    yield key, joined(there, head) if there is not None and manner.mode is Mode.MERGE else head
    for inner, body in placed_terms(key.id, told["terms"], terms):
        yield inner, body if manner.is_whole or inner not in terms else joined(terms[inner], body)


def list_key(keywords: Document) -> Key:
    """The key of a list by what it says of itself."""
    return Key(Kind.LIST, f"{keywords['region']}/{keywords['language']}/{keywords['topic']}")
