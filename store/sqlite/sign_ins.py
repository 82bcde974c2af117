"""Sessions, tokens and failed attempts in rows; part of protocol.People, which says what each method promises."""

import json
import sqlite3
from datetime import datetime
from typing import Any, Final

from review.access import Session, Token
from review.people import Grant, Role
from store.sqlite.columns import dumped
from store.sqlite.moments import moment, moment_or_none, text_of

_SESSION: Final = "SELECT id, hash, person, way, device, created_at, seen_at, expires_at, ended_at FROM sessions"
_BEARER: Final = "SELECT id, hash, person, name, hint, grants, created_at, expires_at, used_at, ended_at FROM tokens"


class SqliteSignIns:
    """The half of protocol.People that is about being signed in."""

    _connection: sqlite3.Connection

    def add_session(self, session: Session) -> None:
        """See People."""
        row = (session.id, session.hash, session.person, session.way, session.device)
        moments = (text_of(session.created_at), text_of(session.seen_at), text_of(session.expires_at), text_of(session.ended_at))
        self._connection.execute(
            """INSERT INTO sessions (id, hash, person, way, device, created_at, seen_at, expires_at, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (*row, *moments),
        )

    def session(self, hash_: str) -> Session | None:
        """See People."""
        row = self._connection.execute(f"{_SESSION} WHERE hash = ?", (hash_,)).fetchone()
        return None if row is None else _session(row)

    def sessions(self, known_as: str) -> tuple[Session, ...]:
        """See People."""
        rows = self._connection.execute(f"{_SESSION} WHERE person = ? ORDER BY created_at DESC, id", (known_as,))
        return tuple(map(_session, rows))

    def save_session(self, session: Session) -> None:
        """See People."""
        row = (text_of(session.seen_at), text_of(session.expires_at), text_of(session.ended_at), session.id)
        self._connection.execute("UPDATE sessions SET seen_at = ?, expires_at = ?, ended_at = ? WHERE id = ?", row)

    def add_token(self, token: Token) -> None:
        """See People."""
        grants = [[grant.role.value, grant.region, list(grant.languages)] for grant in token.grants]
        row = (token.id, token.hash, token.person, token.name, token.hint, dumped(grants))
        moments = (text_of(token.created_at), text_of(token.expires_at), text_of(token.used_at), text_of(token.ended_at))
        self._connection.execute(
            """INSERT INTO tokens (id, hash, person, name, hint, grants, created_at, expires_at, used_at, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (*row, *moments),
        )

    def token(self, hash_: str) -> Token | None:
        """See People."""
        row = self._connection.execute(f"{_BEARER} WHERE hash = ?", (hash_,)).fetchone()
        return None if row is None else _token(row)

    def tokens(self, known_as: str | None = None) -> tuple[Token, ...]:
        """See People."""
        where = "WHERE :person IS NULL OR person = :person ORDER BY created_at DESC, id"
        return tuple(map(_token, self._connection.execute(f"{_BEARER} {where}", {"person": known_as})))

    def save_token(self, token: Token) -> None:
        """See People."""
        row = (text_of(token.used_at), text_of(token.ended_at), token.id)
        self._connection.execute("UPDATE tokens SET used_at = ?, ended_at = ? WHERE id = ?", row)

    def failures(self, subject: str) -> tuple[int, datetime | None]:
        """See People."""
        row = self._connection.execute("SELECT count, at FROM failures WHERE subject = ?", (subject,)).fetchone()
        return (0, None) if row is None else (row[0], moment_or_none(row[1]))

    def set_failures(self, subject: str, count: int, at: datetime | None) -> None:
        """See People."""
        if count == 0:
            self._connection.execute("DELETE FROM failures WHERE subject = ?", (subject,))
            return
        self._connection.execute("INSERT OR REPLACE INTO failures (subject, count, at) VALUES (?, ?, ?)", (subject, count, text_of(at)))

    def forget(self, before: datetime) -> None:
        """See People."""
        self._connection.execute("DELETE FROM sessions WHERE min(expires_at, coalesce(ended_at, expires_at)) < ?", (text_of(before),))
        self._connection.execute("DELETE FROM failures WHERE at IS NULL OR at < ?", (text_of(before),))


def _session(row: tuple[Any, ...]) -> Session:
    known_as, hash_, person, way, device, created_at, seen_at, expires_at, ended_at = row
    return Session(known_as, hash_, person, way, device, moment(created_at), moment(seen_at), moment(expires_at), moment_or_none(ended_at))


def _token(row: tuple[Any, ...]) -> Token:
    known_as, hash_, person, name, hint, grants, created_at, expires_at, used_at, ended_at = row
    found = tuple(Grant(Role(role), region, tuple(languages)) for role, region, languages in json.loads(grants))
    moments = (moment(created_at), moment(expires_at), moment_or_none(used_at), moment_or_none(ended_at))
    return Token(known_as, hash_, person, name, hint, found, *moments)
