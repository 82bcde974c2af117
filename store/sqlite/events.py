"""Webhooks and deliveries in rows; see protocol.Events for what each method promises."""

import json
import sqlite3
from datetime import datetime
from typing import Any, Final

from notices.documents import Document
from review.events import Delivery, Hook
from store.sqlite.columns import dumped
from store.sqlite.moments import moment, moment_or_none, text_of

_HOOK: Final = "SELECT id, url, secret, events, created_by, created_at, ended_at FROM hooks"
_DELIVERY: Final = "SELECT number, hook, event, body, created_at, next_at, attempts, status, delivered_at FROM deliveries"


class SqliteEvents:
    """See protocol.Events."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Works on a connection that somebody else opens, begins and ends."""
        self._connection = connection

    def add_hook(self, hook: Hook) -> None:
        """See Events."""
        row = (hook.id, hook.url, hook.secret, dumped(hook.events), hook.created_by, text_of(hook.created_at), text_of(hook.ended_at))
        self._connection.execute(
            "INSERT INTO hooks (id, url, secret, events, created_by, created_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        )

    def hook(self, known_as: str) -> Hook | None:
        """See Events."""
        row = self._connection.execute(f"{_HOOK} WHERE id = ?", (known_as,)).fetchone()
        return None if row is None else _hook(row)

    def hooks(self) -> tuple[Hook, ...]:
        """See Events."""
        return tuple(map(_hook, self._connection.execute(f"{_HOOK} ORDER BY id")))

    def save_hook(self, hook: Hook) -> None:
        """See Events."""
        row = (hook.url, hook.secret, dumped(hook.events), text_of(hook.ended_at), hook.id)
        self._connection.execute("UPDATE hooks SET url = ?, secret = ?, events = ?, ended_at = ? WHERE id = ?", row)

    def emit(self, event: str, at: datetime, body: Document) -> None:
        """See Events."""
        if subject := body.get("subject"):
            row = (event, str(subject), text_of(at))
            self._connection.execute("INSERT OR IGNORE INTO told (event, subject, at) VALUES (?, ?, ?)", row)
        for hook in self.hooks():
            if hook.ended_at is None and event in hook.events:
                self.send(hook.id, event, at, body)

    def send(self, hook: str, event: str, at: datetime, body: Document) -> None:
        """See Events."""
        self._connection.execute(
            "INSERT INTO deliveries (hook, event, body, created_at, next_at, attempts) VALUES (?, ?, ?, ?, ?, 0)",
            (hook, event, dumped(body), text_of(at), text_of(at)),
        )

    def due(self, now: datetime, limit: int = 20) -> tuple[Delivery, ...]:
        """See Events."""
        turn = "row_number() OVER (PARTITION BY hook ORDER BY next_at, number)"
        where = f"WHERE next_at IS NOT NULL AND next_at <= ? ORDER BY {turn}, next_at, number LIMIT ?"
        return tuple(map(_delivery, self._connection.execute(f"{_DELIVERY} {where}", (text_of(now), limit))))

    def delivery(self, number: int) -> Delivery | None:
        """See Events."""
        row = self._connection.execute(f"{_DELIVERY} WHERE number = ?", (number,)).fetchone()
        return None if row is None else _delivery(row)

    def deliveries(self, hook: str, before: int | None = None, limit: int = 100) -> tuple[Delivery, ...]:
        """See Events."""
        where = "WHERE hook = :hook AND (:before IS NULL OR number < :before) ORDER BY number DESC LIMIT :limit"
        rows = self._connection.execute(f"{_DELIVERY} {where}", {"hook": hook, "before": before, "limit": limit})
        return tuple(map(_delivery, rows))

    def save_delivery(self, delivery: Delivery) -> None:
        """See Events."""
        row = (text_of(delivery.next_at), delivery.attempts, delivery.status, text_of(delivery.delivered_at), delivery.number)
        self._connection.execute("UPDATE deliveries SET next_at = ?, attempts = ?, status = ?, delivered_at = ? WHERE number = ?", row)

    def forget(self, before: datetime) -> None:
        """See Events."""
        self._connection.execute("DELETE FROM deliveries WHERE next_at IS NULL AND created_at < ?", (text_of(before),))

    def told(self, event: str, subject: str) -> bool:
        """See Events."""
        row = self._connection.execute("SELECT 1 FROM told WHERE event = ? AND subject = ?", (event, subject)).fetchone()
        return row is not None


def _hook(row: tuple[Any, ...]) -> Hook:
    known_as, url, secret, events, created_by, created_at, ended_at = row
    return Hook(known_as, url, secret, tuple(json.loads(events)), created_by, moment(created_at), moment_or_none(ended_at))


def _delivery(row: tuple[Any, ...]) -> Delivery:
    number, hook, event, body, created_at, next_at, attempts, status, delivered_at = row
    moments = (moment(created_at), moment_or_none(next_at))
    return Delivery(number, hook, event, json.loads(body), *moments, attempts, status, moment_or_none(delivered_at))
