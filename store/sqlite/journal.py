"""The audit chain in rows; see protocol.Journal for what each method promises."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from review.audit import BEGINNING, AuditLine, line_hash
from store.protocol import Lines
from store.sqlite.columns import dumped
from store.sqlite.moments import moment, text_of

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
        return None if row is None else _line(row)

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
            ("instr(lower(subject || ' ' || detail || ' ' || actor), lower(?)) > 0", wanted.text or None),
            ("at >= ?", text_of(wanted.from_at)),
            ("at < ?", text_of(wanted.to_at)),
            ("number < ?", wanted.before),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self._connection.execute(f"{_LINE} {where} ORDER BY number DESC LIMIT ?", (*values, wanted.limit))
        return tuple(map(_line, rows))

    def all(self) -> Iterator[AuditLine]:
        """See Journal."""
        yield from map(_line, self._connection.execute(f"{_LINE} ORDER BY number"))


def _line(row: tuple[Any, ...]) -> AuditLine:
    number, at, actor, way, action, subject, outcome, detail, previous, hash_ = row
    return AuditLine(number, moment(at), actor, way, action, subject, outcome, json.loads(detail), previous, hash_)
