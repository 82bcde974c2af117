"""Rows ↔ pieces: which field of a document stands in which plain column, so that any SQLite tool shows them; never which rows."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from notices.documents import Document
from review.pieces import Key, Kind, Piece

TEXT: Final = "text"
WHOLE: Final = "integer"
TRUTH: Final = "truth"
JSON: Final = "json"

EXTRA: Final = "extra"
"""Holds, as a JSON object, the fields that have no column of their own, and those that are null: an empty cell is a field left out."""

TABLES: Final[Mapping[Kind, str]] = {
    Kind.SETTINGS: "settings",
    Kind.REGION: "regions",
    Kind.CENTER: "centers",
    Kind.ELECTION: "elections",
    Kind.SILENCE: "silence_rules",
    Kind.POLLING_HOURS: "polling_hours",
    Kind.ROLL: "rolls",
    Kind.LIST: "lists",
    Kind.TERM: "terms",
    Kind.NOTICE: "notices",
    Kind.WORDING: "wordings",
    Kind.CAMPAIGN: "campaigns",
    Kind.WAIVER: "waivers",
    Kind.WORDS: "real_words",
}


def _columns(text: str = "", whole: str = "", truth: str = "", listed: str = "") -> dict[str, str]:
    named = ((text, TEXT), (whole, WHOLE), (truth, TRUTH), (listed, JSON))
    return {name: kind for names, kind in named for name in names.split()}


COLUMNS: Final[Mapping[Kind, Mapping[str, str]]] = {
    Kind.SETTINGS: _columns(whole="season_days", truth="starter", listed="link_hosts"),
    Kind.REGION: _columns("code kind name parent", listed="languages zones ocd_ids aliases names"),
    Kind.CENTER: _columns("region verified_by verified_on note", listed="authorities links fact_checkers"),
    Kind.ELECTION: _columns(
        "id kind status confidence source reason replaced_by verified_on", listed="regions names rounds excluded overrides"
    ),
    Kind.SILENCE: _columns(
        "region source confidence at counted_from until url note verified_on", "days_before hours_before minutes_after", listed="bars"
    ),
    Kind.POLLING_HOURS: _columns("region closes opens source confidence clock url note verified_on", listed="zones kinds"),
    Kind.ROLL: _columns("contest region source verified_on", listed="contestants"),
    Kind.LIST: _columns("region language topic slot owner reviewed_by", listed="context unless blocked must_match must_not_match"),
    Kind.TERM: _columns(
        "text match typos evasion slot contest contestant source confidence verified_on note",
        truth="season_only",
        listed="forms without near unless",
    ),
    Kind.NOTICE: _columns("id kind action note region", "revision", "dismissible", "image"),
    Kind.WORDING: _columns("title body label", truth="reviewed", listed="phases"),
    Kind.CAMPAIGN: _columns(
        "id notice priority election owner review_on note",
        "revision",
        "always",
        "regions surfaces topics signals excluded windows frequency",
    ),
    Kind.WAIVER: _columns("code place reason by until"),
    Kind.WORDS: _columns("made_for", listed="common rare languages"),
}
"""Field → how its column holds it. Released columns never change their meaning; a new field may live in `extra`."""

OWNERS: Final[Mapping[Kind, tuple[str, ...]]] = {Kind.TERM: ("list",), Kind.WORDING: ("notice", "language")}
"""Columns that say what a piece belongs to, taken from its key."""


def dumped(value: object) -> str:
    """JSON as it stands in cells: readable in every script."""
    return json.dumps(value, ensure_ascii=False)


def _same(value: Any) -> Any:
    return value


_WRITES: Final[Mapping[str, Callable[[Any], Any]]] = {TEXT: _same, WHOLE: _same, TRUTH: int, JSON: dumped}
_READS: Final[Mapping[str, Callable[[Any], Any]]] = {TEXT: _same, WHOLE: _same, TRUTH: bool, JSON: json.loads}


def names(kind: Kind) -> tuple[str, ...]:
    """The columns of a table beside those that every one has."""
    return (*OWNERS.get(kind, ()), *COLUMNS[kind], EXTRA)


def cells(piece: Piece) -> tuple[Any, ...]:
    """What stands in those columns for a piece."""
    columns = COLUMNS[piece.key.kind]
    extra = {name: value for name, value in piece.body.items() if value is None or name not in columns}
    own = (None if (value := piece.body.get(name)) is None else _WRITES[form](value) for name, form in columns.items())
    return (*_owners(piece.key), *own, dumped(extra) if extra else None)


def _owners(key: Key) -> tuple[str, ...]:
    match key.kind:
        case Kind.TERM:
            return (key.id.rpartition("/")[0],)
        case Kind.WORDING:
            notice, _, language = key.id.rpartition("/")
            return (notice, language)
        case _:
            return ()


def piece_of(kind: Kind, key: str, found: tuple[Any, ...]) -> Piece:
    """The piece of a row's cells."""
    columns = COLUMNS[kind]
    own = found[len(OWNERS.get(kind, ())) : -1]
    body: Document = {name: _READS[form](value) for (name, form), value in zip(columns.items(), own, strict=True) if value is not None}
    if found[-1] is not None:
        body |= json.loads(found[-1])
    return Piece(Key(kind, key), body)
