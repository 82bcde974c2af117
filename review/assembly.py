"""A release's document taken apart into pieces and put together again, byte for byte; not what the pieces mean."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from notices.documents import Document
from review.errors import NotAPiece
from review.pieces import SETTINGS_ID, WORDS_ID, Key, Kind, Piece, numbered, plain_document, term_id

FIELDS: Final[Mapping[Kind, str]] = {
    Kind.REGION: "regions",
    Kind.CENTER: "centers",
    Kind.ELECTION: "elections",
    Kind.SILENCE: "silence",
    Kind.POLLING_HOURS: "polling_hours",
    Kind.ROLL: "rolls",
    Kind.CAMPAIGN: "campaigns",
    Kind.WAIVER: "waivers",
}
"""Kinds whose pieces are whole values of one field of a release."""
NAMED_BY: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.REGION: ("code",),
    Kind.ELECTION: ("id",),
    Kind.ROLL: ("contest",),
    Kind.CAMPAIGN: ("id",),
    Kind.WAIVER: ("code", "place"),
}
"""The fields that give a piece its id; of the others the region does."""
REQUIRED: Final = frozenset({"regions", "centers", "elections", "silence", "lists", "notices", "campaigns"})
"""Fields that a release has even when they are empty."""
_SETTINGS: Final = ("season_days", "link_hosts", "starter")
_TAKEN: Final = frozenset({*FIELDS.values(), "lists", "notices", "real_words", *_SETTINGS})


def head_of(release: Document) -> Document:
    """What is left of a release's document without its pieces: number, times, who made it."""
    return {name: value for name, value in release.items() if name not in _TAKEN}


def pieces_of(release: Document) -> Iterator[Piece]:
    """Every piece of a release's document, in the order in which they stand there."""
    release = plain_document(release)
    yield Piece(Key(Kind.SETTINGS, SETTINGS_ID), {name: release[name] for name in _SETTINGS})
    for kind, field in FIELDS.items():
        taken: set[str] = set()
        for body in release.get(field, ()):
            known_as = numbered("/".join(str(body[name]) for name in NAMED_BY.get(kind, ("region",))), taken)
            taken.add(known_as)
            yield Piece(Key(kind, known_as), body)
    for field, apart in (("lists", list_pieces), ("notices", notice_pieces)):
        known: set[str] = set()
        for body in release[field]:
            found = tuple(apart(body, known))
            known.add(found[0].key.id)
            yield from found
    if "real_words" in release:
        yield Piece(Key(Kind.WORDS, WORDS_ID), release["real_words"])


def list_pieces(keywords: Document, known: Collection[str] = ()) -> Iterator[Piece]:
    """A keyword list, numbered where its id is known already, and each of its terms."""
    name = numbered(f"{keywords['region']}/{keywords['language']}/{keywords['topic']}", known)
    yield Piece(Key(Kind.LIST, name), {field: value for field, value in keywords.items() if field != "terms"})
    taken: set[str] = set()
    for term in keywords["terms"]:
        inner = term_id(term, taken)
        taken.add(inner)
        yield Piece(Key(Kind.TERM, f"{name}/{inner}"), term)


def notice_pieces(notice: Document, known: Collection[str] = ()) -> Iterator[Piece]:
    """A notice, numbered where its id is known already, and its words in each language."""
    name = numbered(notice["id"], known)
    yield Piece(Key(Kind.NOTICE, name), {field: value for field, value in notice.items() if field != "wordings"})
    for language, wording in notice["wordings"].items():
        yield Piece(Key(Kind.WORDING, f"{name}/{language}"), wording)


def assemble(head: Document, pieces: Iterable[Piece]) -> Document:
    """The document of a release; raises NotAPiece where a term has no list or a wording no notice."""
    fields: dict[str, list[Document]] = defaultdict(list)
    lists: dict[str, Document] = {}
    notices: dict[str, Document] = {}
    inner: list[Piece] = []
    rest: dict[str, Any] = {}
    for one in pieces:
        match one.key.kind:
            case Kind.SETTINGS:
                rest |= one.body
            case Kind.WORDS:
                rest["real_words"] = one.body
            case Kind.LIST:
                lists[one.key.id] = {**one.body, "terms": []}
            case Kind.NOTICE:
                notices[one.key.id] = {**one.body, "wordings": {}}
            case Kind.TERM | Kind.WORDING:
                inner.append(one)
            case kind:
                fields[FIELDS[kind]].append(one.body)
    for one in inner:
        owner, _, own = one.key.id.rpartition("/")
        if owner not in (lists if one.key.kind is Kind.TERM else notices):
            raise NotAPiece(f"The {one.key} belongs to something that is not there.")
        if one.key.kind is Kind.TERM:
            lists[owner]["terms"].append(one.body)
        else:
            notices[owner]["wordings"][own] = one.body
    every = {**fields, "lists": list(lists.values()), "notices": list(notices.values())}
    found = {name: every.get(name, []) for name in (*FIELDS.values(), "lists", "notices")}
    return {**head, **rest, **{name: values for name, values in found.items() if values or name in REQUIRED}}
