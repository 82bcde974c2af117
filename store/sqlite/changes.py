"""Changes, edits, approvals and comments in rows; see protocol.Changes for what each method promises."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from review.change import About, Approval, Change, Comment, Edit, State, When
from review.pieces import Key, Kind
from store.sqlite.columns import TABLES, dumped
from store.sqlite.moments import moment, moment_or_none, text_of

FIELDS: Final = (
    "id, title, reason, source, publishes, publish_at, state, revision, content, opened_by, opened_at, changed_at, authors, submitted_by, "
    "submitted_at, release"
)
_CHANGE: Final = f"SELECT {FIELDS} FROM changes"
_EDIT_FIELDS: Final = "edits.kind, edits.key, edits.base, edits.hash, edits.body, edits.author, edits.at, edits.revision"
"""Named in full: tables of pieces have columns of the same names."""
_EDIT: Final = f"SELECT {_EDIT_FIELDS} FROM edits"
_HELD: Final = "change = :change AND until_revision IS NULL"
_TELLING: Final = f"""
    {_EDIT} WHERE {_HELD} AND kind <> :term
    UNION
    {_EDIT} WHERE row IN (SELECT min(row) FROM edits WHERE {_HELD} AND kind = :term GROUP BY rtrim(key, replace(key, '/', '')))
    UNION
    SELECT * FROM ({_EDIT} WHERE {_HELD} AND kind = :term
        AND (coalesce(json_extract(body, '$.contest'), '') <> '' OR coalesce(json_extract(body, '$.contestant'), '') <> '') LIMIT 1)
    UNION
    SELECT * FROM (SELECT {_EDIT_FIELDS} FROM edits JOIN {TABLES[Kind.TERM]} AS was ON was.key = edits.key AND was.hash = base
        WHERE {_HELD} AND kind = :term AND (coalesce(was.contest, '') <> '' OR coalesce(was.contestant, '') <> '') LIMIT 1)
    ORDER BY kind, key
"""
"""The list of a term is its key up to the last slash: `rtrim` takes off every character that is none."""


class SqliteChanges:
    """See protocol.Changes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Works on a connection that somebody else opens, begins and ends."""
        self._connection = connection

    def add(self, change: Change) -> None:
        """See Changes."""
        marks = ", ".join("?" for _ in FIELDS.split(", "))
        self._connection.execute(f"INSERT INTO changes ({FIELDS}) VALUES ({marks})", change_cells(change))

    def get(self, known_as: str) -> Change | None:
        """See Changes."""
        row = self._connection.execute(f"{_CHANGE} WHERE id = ?", (known_as,)).fetchone()
        return None if row is None else change_of(row)

    def save(self, change: Change) -> None:
        """See Changes."""
        sets = ", ".join(f"{name} = ?" for name in FIELDS.split(", "))
        self._connection.execute(f"UPDATE changes SET {sets} WHERE id = ?", (*change_cells(change), change.id))

    def find(
        self, states: Iterable[State] = (), person: str | None = None, touching: Key | None = None, after: str = "", limit: int = 100
    ) -> tuple[Change, ...]:
        """See Changes."""
        conditions, values = ["id > ?"], [after]
        if wanted := [state.value for state in states]:
            conditions.append(f"state IN ({', '.join('?' for _ in wanted)})")
            values += wanted
        if person is not None:
            conditions.append("(opened_by = ? OR EXISTS (SELECT 1 FROM json_each(authors) WHERE value = ?))")
            values += [person, person]
        if touching is not None:
            conditions.append("id IN (SELECT change FROM edits WHERE kind = ? AND key = ? AND until_revision IS NULL)")
            values += [touching.kind.value, touching.id]
        rows = self._connection.execute(f"{_CHANGE} WHERE {' AND '.join(conditions)} ORDER BY id LIMIT ?", (*values, limit))
        return tuple(map(change_of, rows))

    def edits(self, change: str, after: Key | None = None, limit: int | None = None) -> Iterator[Edit]:
        """See Changes."""
        kind, key = (after.kind.value, after.id) if after else ("", "")
        where = "WHERE change = ? AND until_revision IS NULL AND (kind, key) > (?, ?) ORDER BY kind, key LIMIT ?"
        for row in self._connection.execute(f"{_EDIT} {where}", (change, kind, key, -1 if limit is None else limit)):
            yield edit_of(row)

    def edit(self, change: str, key: Key) -> Edit | None:
        """See Changes."""
        where = "WHERE change = ? AND kind = ? AND key = ? AND until_revision IS NULL"
        row = self._connection.execute(f"{_EDIT} {where}", (change, key.kind.value, key.id)).fetchone()
        return None if row is None else edit_of(row)

    def several(self, change: str, keys: Iterable[Key]) -> dict[Key, Edit]:
        """See Changes."""
        by_kind: dict[Kind, list[str]] = defaultdict(list)
        for key in keys:
            by_kind[key.kind].append(key.id)
        where = "WHERE change = ? AND kind = ? AND until_revision IS NULL AND key IN (SELECT value FROM json_each(?))"
        return {
            (edit := edit_of(row)).key: edit
            for kind, ids in by_kind.items()
            for row in self._connection.execute(f"{_EDIT} {where}", (change, kind.value, dumped(ids)))
        }

    def telling(self, change: str) -> Iterator[Edit]:
        """See Changes."""
        for row in self._connection.execute(_TELLING, {"change": change, "term": Kind.TERM.value}):
            yield edit_of(row)

    def clashing(self, change: str) -> Iterator[Edit]:
        """See Changes."""
        kinds = "SELECT DISTINCT kind FROM edits WHERE change = ? AND until_revision IS NULL ORDER BY kind"
        for (kind,) in self._connection.execute(kinds, (change,)).fetchall():
            joined = f"FROM edits LEFT JOIN {TABLES[Kind(kind)]} AS held ON held.key = edits.key AND held.last_release IS NULL"
            where = "WHERE edits.change = ? AND edits.kind = ? AND edits.until_revision IS NULL AND held.hash IS NOT edits.base"
            for row in self._connection.execute(f"SELECT {_EDIT_FIELDS} {joined} {where} ORDER BY edits.key", (change, kind)):
                yield edit_of(row)

    def put(self, change: str, revision: int, edits: Iterable[Edit]) -> None:
        """See Changes."""
        edits = tuple(edits)
        self._end(change, revision, (edit.key for edit in edits))
        rows = (
            (
                change,
                revision,
                edit.key.kind.value,
                edit.key.id,
                edit.base,
                edit.hash,
                None if edit.body is None else dumped(edit.body),
                edit.author,
                text_of(edit.at),
            )
            for edit in edits
        )
        self._connection.executemany(
            "INSERT INTO edits (change, revision, kind, key, base, hash, body, author, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )

    def drop(self, change: str, revision: int, key: Key) -> None:
        """See Changes."""
        self._end(change, revision, (key,))

    def count(self, change: str) -> int:
        """See Changes."""
        row = self._connection.execute("SELECT count(*) FROM edits WHERE change = ? AND until_revision IS NULL", (change,)).fetchone()
        return int(row[0])

    def written(self, change: str) -> tuple[tuple[int, Edit], ...]:
        """See Changes."""
        rows = self._connection.execute(f"{_EDIT} WHERE change = ? ORDER BY row", (change,))
        return tuple((row[7], edit_of(row)) for row in rows)

    def approve(self, approval: Approval) -> None:
        """See Changes."""
        row = (approval.change, approval.person, approval.content, text_of(approval.at))
        self._connection.execute("INSERT INTO approvals (change, person, content, at) VALUES (?, ?, ?, ?)", row)

    def approvals(self, change: str) -> tuple[Approval, ...]:
        """See Changes."""
        rows = self._connection.execute("SELECT change, person, content, at FROM approvals WHERE change = ? ORDER BY row", (change,))
        return tuple(Approval(row[0], row[1], row[2], moment(row[3])) for row in rows)

    def comment(self, change: str, person: str, at: datetime, text: str) -> Comment:
        """See Changes."""
        row = (change, person, text_of(at), text)
        made = self._connection.execute("INSERT INTO comments (change, person, at, text) VALUES (?, ?, ?, ?)", row)
        return Comment(int(made.lastrowid or 0), change, person, at, text)

    def comments(self, change: str) -> tuple[Comment, ...]:
        """See Changes."""
        rows = self._connection.execute("SELECT number, change, person, at, text FROM comments WHERE change = ? ORDER BY number", (change,))
        return tuple(Comment(row[0], row[1], row[2], moment(row[3]), row[4]) for row in rows)

    def _end(self, change: str, revision: int, keys: Iterable[Key]) -> None:
        self._connection.executemany(
            "UPDATE edits SET until_revision = ? WHERE change = ? AND kind = ? AND key = ? AND until_revision IS NULL",
            ((revision, change, key.kind.value, key.id) for key in keys),
        )


def change_cells(change: Change) -> tuple[Any, ...]:
    """What stands in a change's row, in the order of FIELDS."""
    about = change.about
    return (
        change.id,
        about.title,
        about.reason,
        about.source,
        about.when.value,
        text_of(about.publish_at),
        change.state.value,
        change.revision,
        change.content,
        change.opened_by,
        text_of(change.opened_at),
        text_of(change.changed_at),
        dumped(change.authors),
        change.submitted_by,
        text_of(change.submitted_at),
        change.release,
    )


def change_of(row: tuple[Any, ...]) -> Change:
    """The change of such a row."""
    known_as, title, reason, source, publishes, publish_at, state, revision, content, opened_by, opened_at, changed_at, *rest = row
    authors, submitted_by, submitted_at, release = rest
    return Change(
        id=known_as,
        about=About(title, reason, source, When(publishes), moment_or_none(publish_at)),
        state=State(state),
        revision=revision,
        content=content,
        opened_by=opened_by,
        opened_at=moment(opened_at),
        changed_at=moment(changed_at),
        authors=tuple(json.loads(authors)),
        submitted_by=submitted_by,
        submitted_at=moment_or_none(submitted_at),
        release=release,
    )


def edit_of(row: tuple[Any, ...]) -> Edit:
    """The edit of a row: kind, key, base, hash, body, author, at, and its revision."""
    kind, key, base, hash_, body, author, at, _ = row
    return Edit(Key(Kind(kind), key), base, hash_, None if body is None else json.loads(body), author, moment(at))
