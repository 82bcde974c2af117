"""Every row that a proof needs, read and held against how it would be written; see protocol.Rows. What the rows must say is review's."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from notices.documents import Document
from review.change import Approval, Comment
from review.pieces import Kind
from review.proof_rows import EditRow, PersonRow, PieceRow, Problem, Row, StoredHead
from store.sqlite.changes import FIELDS, change_cells, change_of, edit_of
from store.sqlite.columns import TABLES, cells, dumped, names, piece_of
from store.sqlite.journal import line_of
from store.sqlite.moments import moment, text_of

Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """How a table is read: what of it, the row of some cells, and the cells that such a row has."""

    name: str
    columns: str
    order: str
    read: Callable[[Cells], Row]
    written: Callable[[Any], Cells]
    is_numbered: bool = True
    """Whether its rows are numbered from 1 on, and none is ever taken out."""


class SqliteRows:
    """See protocol.Rows."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Works on a connection that somebody else opens, begins and ends."""
        self._connection = connection

    def all(self) -> Iterator[Row | Problem]:
        """See Rows."""
        for table in _TABLES:
            try:
                yield from self._rows(table)
            except sqlite3.Error as error:
                yield Problem(f"the table {table.name}", f"it cannot be read to its end ({type(error).__name__})")

    def _rows(self, table: _Table) -> Iterator[Row | Problem]:
        select = f"SELECT {table.order}, {table.columns} FROM {table.name} ORDER BY {table.order}"
        forms = self._forms(table)
        for number, (mark, *found) in enumerate(self._connection.execute(select), 1):
            what = f"row {mark} of the table {table.name}"
            if table.is_numbered and mark != number:
                yield Problem(what, f"it should be row {number}")
            try:
                if not all(isinstance(cell, form) for cell, form in zip(found, forms, strict=True)):
                    raise TypeError
                row = table.read(tuple(found))
                is_as_written = table.written(row) == tuple(found)
            except (ValueError, TypeError, KeyError, AttributeError):
                yield Problem(what, "it cannot be read: a cell does not hold what it should")
                continue
            if not is_as_written:
                yield Problem(what, "a cell is not written as Signpost writes it")
            yield row

    def _forms(self, table: _Table) -> list[tuple[type, ...]]:
        """What may stand in each column, as it was declared; SQLite itself would take anything."""
        told = self._connection.execute('SELECT name, type, "notnull" FROM pragma_table_info(?)', (table.name,))
        forms = {name: ((int if form == "INTEGER" else str), *(() if is_needed else (type(None),))) for name, form, is_needed in told}
        return [forms[name.strip('"')] for name in table.columns.split(", ")]


def _piece_table(kind: Kind) -> _Table:
    columns = ("key", "first_release", "last_release", "position", "hash", *names(kind))

    def read(found: Cells) -> Row:
        key, first, last, position, hash_, *own = found
        return PieceRow(piece_of(kind, key, tuple(own)), hash_, first, last, position)

    def written(row: PieceRow) -> Cells:
        return (row.piece.key.id, row.first_release, row.last_release, row.position, row.hash, *cells(row.piece))

    return _Table(TABLES[kind], ", ".join(f'"{name}"' for name in columns), "row", read, written)


def _head(found: Cells) -> Row:
    number, digest, previous, made_at, head, signatures = found
    return StoredHead(number, digest, previous, made_at, _object(json.loads(head)), tuple(map(_object, json.loads(signatures))))


def _head_cells(row: StoredHead) -> Cells:
    return (row.number, row.digest, row.previous, row.made_at, dumped(row.head), dumped(row.signatures))


def _edit(found: Cells) -> Row:
    change, until, *rest = found
    edit = edit_of(tuple(rest))
    return EditRow(change, rest[-1], edit if edit.body is None else replace(edit, body=_object(edit.body)), until)


def _edit_cells(row: EditRow) -> Cells:
    edit = row.edit
    body = None if edit.body is None else dumped(edit.body)
    own = (edit.key.kind.value, edit.key.id, edit.base, edit.hash, body, edit.author, text_of(edit.at))
    return (row.change, row.until_revision, *own, row.revision)


def _line(found: Cells) -> Row:
    line = line_of(found)
    return replace(line, detail=_object(line.detail))


def _object(value: Any) -> Document:
    if not isinstance(value, dict):
        raise TypeError
    return value


_TABLES: Final = (
    _Table("people", "id, name", "id", lambda found: PersonRow(*found), lambda row: (row.id, row.name), is_numbered=False),
    _Table("releases", "number, digest, previous, made_at, head, signatures", "number", _head, _head_cells),
    *map(_piece_table, Kind),
    _Table("changes", FIELDS, "id", change_of, change_cells, is_numbered=False),
    _Table("edits", "change, until_revision, kind, key, base, hash, body, author, at, revision", "row", _edit, _edit_cells),
    _Table(
        "approvals",
        "change, person, content, at",
        "row",
        lambda found: Approval(found[0], found[1], found[2], moment(found[3])),
        lambda row: (row.change, row.person, row.content, text_of(row.at)),
    ),
    _Table(
        "comments",
        "number, change, person, at, text",
        "number",
        lambda found: Comment(found[0], found[1], found[2], moment(found[3]), found[4]),
        lambda row: (row.number, row.change, row.person, text_of(row.at), row.text),
    ),
    _Table(
        "audit",
        "number, at, actor, way, action, subject, outcome, detail, previous, hash",
        "number",
        _line,
        lambda line: (
            *(line.number, text_of(line.at), line.actor, line.way, line.action, line.subject, line.outcome),
            *(dumped(dict(line.detail)), line.previous, line.hash),
        ),
    ),
)
