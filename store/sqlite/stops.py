"""Stops, and answers that must not be given twice, in rows; see protocol.StoredStops and Once."""

import json
import sqlite3
from datetime import datetime
from typing import Any, Final

from notices.stops import Stop, StopKind
from review.access import Answer
from store.sqlite.columns import dumped
from store.sqlite.moments import moment, moment_or_none, text_of
from store.values import StoredStop

_STOP: Final = "SELECT id, kind, target, reason, set_by, set_at, ends_at, lift_asked_by, lift_asked_at, lifted_by, lifted_at FROM stops"


class SqliteStops:
    """See protocol.StoredStops."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Works on a connection that somebody else opens, begins and ends."""
        self._connection = connection

    def put(self, stop: Stop) -> bool:
        """See StoredStops."""
        row = (stop.id, stop.kind.value, stop.target, stop.reason, stop.set_by, text_of(stop.set_at), text_of(stop.ends_at))
        made = self._connection.execute(
            "INSERT OR IGNORE INTO stops (id, kind, target, reason, set_by, set_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        )
        return made.rowcount == 1

    def get(self, known_as: str) -> StoredStop | None:
        """See StoredStops."""
        row = self._connection.execute(f"{_STOP} WHERE id = ?", (known_as,)).fetchone()
        return None if row is None else _stop(row)

    def all(self) -> tuple[StoredStop, ...]:
        """See StoredStops."""
        return tuple(map(_stop, self._connection.execute(f"{_STOP} ORDER BY set_at, id")))

    def save(self, stop: StoredStop) -> None:
        """See StoredStops."""
        row = (stop.lift_asked_by, text_of(stop.lift_asked_at), stop.lifted_by, text_of(stop.lifted_at), stop.stop.id)
        self._connection.execute("UPDATE stops SET lift_asked_by = ?, lift_asked_at = ?, lifted_by = ?, lifted_at = ? WHERE id = ?", row)


class SqliteOnce:
    """See protocol.Once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Works on a connection that somebody else opens, begins and ends."""
        self._connection = connection

    def get(self, actor: str, key: str) -> Answer | None:
        """See Once."""
        select = "SELECT fingerprint, status, body, at FROM answers WHERE actor = ? AND key = ?"
        row = self._connection.execute(select, (actor, key)).fetchone()
        return None if row is None else Answer(row[0], row[1], json.loads(row[2]), moment(row[3]))

    def keep(self, actor: str, key: str, answer: Answer) -> None:
        """See Once."""
        row = (actor, key, answer.fingerprint, answer.status, dumped(answer.body), text_of(answer.at))
        self._connection.execute("INSERT INTO answers (actor, key, fingerprint, status, body, at) VALUES (?, ?, ?, ?, ?, ?)", row)

    def forget(self, before: datetime) -> None:
        """See Once."""
        self._connection.execute("DELETE FROM answers WHERE at < ?", (text_of(before),))


def _stop(row: tuple[Any, ...]) -> StoredStop:
    known_as, kind, target, reason, set_by, set_at, ends_at, *lift = row
    stop = Stop(
        id=known_as,
        kind=StopKind(kind),
        target=target,
        reason=reason,
        set_by=set_by,
        set_at=moment(set_at),
        ends_at=moment_or_none(ends_at),
    )
    asked_by, asked_at, lifted_by, lifted_at = lift
    return StoredStop(stop, asked_by, moment_or_none(asked_at), lifted_by, moment_or_none(lifted_at))
