"""Changes, edits, approvals and comments in rows; see protocol.Changes for what each method promises."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from review.change import About, Approval, Change, Comment, Edit, State, When
from review.pieces import Key, Kind
from store.sqlite.columns import dumped
from store.sqlite.moments import moment, moment_or_none, text_of

_FIELDS: Final = (
    "id, title, reason, source, publishes, publish_at, state, revision, content, opened_by, opened_at, changed_at, authors, submitted_by, "
    "submitted_at, release"
)
_CHANGE: Final = f"SELECT {_FIELDS} FROM changes"
_EDIT: Final = "SELECT kind, key, base, hash, body, author, at, revision FROM edits"


class SqliteChanges:
    """See protocol.Changes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Works on a connection that somebody else opens, begins and ends."""
        self._connection = connection

    def add(self, change: Change) -> None:
        """See Changes."""
        marks = ", ".join("?" for _ in _FIELDS.split(", "))
        self._connection.execute(f"INSERT INTO changes ({_FIELDS}) VALUES ({marks})", _row(change))

    def get(self, known_as: str) -> Change | None:
        """See Changes."""
        row = self._connection.execute(f"{_CHANGE} WHERE id = ?", (known_as,)).fetchone()
        return None if row is None else _change(row)

    def save(self, change: Change) -> None:
        """See Changes."""
        sets = ", ".join(f"{name} = ?" for name in _FIELDS.split(", "))
        self._connection.execute(f"UPDATE changes SET {sets} WHERE id = ?", (*_row(change), change.id))

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
        return tuple(map(_change, rows))

    def edits(self, change: str, after: Key | None = None, limit: int | None = None) -> Iterator[Edit]:
        """See Changes."""
        kind, key = (after.kind.value, after.id) if after else ("", "")
        where = "WHERE change = ? AND until_revision IS NULL AND (kind, key) > (?, ?) ORDER BY kind, key LIMIT ?"
        for row in self._connection.execute(f"{_EDIT} {where}", (change, kind, key, -1 if limit is None else limit)):
            yield _edit(row)

    def edit(self, change: str, key: Key) -> Edit | None:
        """See Changes."""
        where = "WHERE change = ? AND kind = ? AND key = ? AND until_revision IS NULL"
        row = self._connection.execute(f"{_EDIT} {where}", (change, key.kind.value, key.id)).fetchone()
        return None if row is None else _edit(row)

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
        return tuple((row[7], _edit(row)) for row in rows)

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


def _row(change: Change) -> tuple[Any, ...]:
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


def _change(row: tuple[Any, ...]) -> Change:
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


def _edit(row: tuple[Any, ...]) -> Edit:
    kind, key, base, hash_, body, author, at, _ = row
    return Edit(Key(Kind(kind), key), base, hash_, None if body is None else json.loads(body), author, moment(at))
