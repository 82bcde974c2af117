"""The audit chain in rows; see protocol.Journal for what each method promises."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from review.audit import BEGINNING, AuditLine, line_hash
from store.sqlite.columns import dumped
from store.sqlite.folding import folded
from store.sqlite.moments import moment, text_of
from store.values import Lines

UNREADABLE: Final = datetime.min.replace(tzinfo=UTC)
"""The moment of a line whose cells cannot be read."""
_LINE: Final = "SELECT number, at, actor, way, action, subject, outcome, detail, previous, hash FROM audit"


class SqliteJournal:
    """See protocol.Journal."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Works on a connection that somebody else opens, begins and ends."""
        self._connection = connection

    def append(self, at: datetime, actor: str, way: str, action: str, subject: str, outcome: str, detail: Mapping[str, Any]) -> AuditLine:
        """See Journal."""
        last = self.last()
        number = max(self.ever_written(), last.number if last else 0) + 1
        plain = json.loads(dumped(dict(detail)))
        line = AuditLine(number, moment(text_of(at)), actor, way, action, subject, outcome, plain, last.hash if last else BEGINNING, "")
        line = replace(line, hash=line_hash(line))
        self._connection.execute(
            """INSERT INTO audit (number, at, actor, way, action, subject, outcome, detail, previous, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (number, text_of(line.at), actor, way, action, subject, outcome, dumped(plain), line.previous, line.hash),
        )
        return line

    def last(self) -> AuditLine | None:
        """See Journal."""
        row = self._connection.execute(f"{_LINE} ORDER BY number DESC LIMIT 1").fetchone()
        return None if row is None else line_of(row)

    def ever_written(self) -> int:
        """See Journal."""
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchone()
        return int(row[0]) if row else 0

    def lines(self, wanted: Lines) -> tuple[AuditLine, ...]:
        """See Journal."""
        exact = (("actor", wanted.actor), ("subject", wanted.subject), ("outcome", wanted.outcome))
        conditions = [f"{name} = ?" for name, value in exact if value]
        values: list[Any] = [value for _, value in exact if value]
        for condition, value in (
            ("instr(action, ?) = 1", wanted.action or None),
            ("instr(folded(subject || ' ' || detail || ' ' || actor), ?) > 0", folded(wanted.text or None)),
            ("at >= ?", text_of(wanted.from_at)),
            ("at < ?", text_of(wanted.to_at)),
            ("number < ?", wanted.before),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self._connection.execute(f"{_LINE} {where} ORDER BY number DESC LIMIT ?", (*values, wanted.limit))
        return tuple(map(line_of, rows))

    def all(self) -> Iterator[AuditLine]:
        """See Journal."""
        yield from map(line_of, self._connection.execute(f"{_LINE} ORDER BY number"))


def line_of(row: tuple[Any, ...]) -> AuditLine:
    """The line; cells that somebody made unreadable stand in it as something that was never written, so that its hash gives them away."""
    number, at, actor, way, action, subject, outcome, detail, previous, hash_ = row
    try:
        when, plain = moment(at), json.loads(detail)
    except (TypeError, ValueError):
        when, plain = UNREADABLE, {"unreadable": str(detail), "at": str(at)}
    return AuditLine(number, when, actor, way, action, subject, outcome, plain, previous, hash_)
