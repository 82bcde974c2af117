"""People, grants and what they prove themselves by, in rows; see protocol.People for what each method promises."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from review.access import Credentials
from review.people import Grant, Person, Role
from store.errors import Taken
from store.sqlite.columns import dumped
from store.sqlite.folding import folded
from store.sqlite.moments import moment_or_none, text_of
from store.sqlite.sign_ins import SqliteSignIns

_PERSON: Final = "SELECT id, name, email, created_at, retired_at FROM people"


class SqlitePeople(SqliteSignIns):
    """See protocol.People; sessions, tokens and failures are in sign_ins."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Works on a connection that somebody else opens, begins and ends."""
        self._connection = connection

    def add(self, person: Person) -> None:
        """See People."""
        self._check_email(person)
        row = (person.id, person.name, person.email, text_of(person.created_at) or "", text_of(person.retired_at))
        try:
            self._connection.execute("INSERT INTO people (id, name, email, created_at, retired_at) VALUES (?, ?, ?, ?, ?)", row)
        except sqlite3.IntegrityError as error:
            raise Taken("Somebody has this id already.") from error
        self.grant(person.id, person.grants)

    def get(self, known_as: str) -> Person | None:
        """See People."""
        return self._person(self._connection.execute(f"{_PERSON} WHERE id = ?", (known_as,)).fetchone())

    def by_email(self, email: str) -> Person | None:
        """See People."""
        row = self._connection.execute(f"{_PERSON} WHERE email <> '' AND folded(email) = ?", (folded(email),)).fetchone()
        return self._person(row)

    def all(self) -> tuple[Person, ...]:
        """See People."""
        rows = self._connection.execute(f"{_PERSON} ORDER BY id").fetchall()
        return tuple(found for row in rows if (found := self._person(row)))

    def save(self, person: Person) -> None:
        """See People."""
        self._check_email(person)
        row = (person.name, person.email, text_of(person.retired_at), person.id)
        self._connection.execute("UPDATE people SET name = ?, email = ?, retired_at = ? WHERE id = ?", row)

    def grant(self, known_as: str, grants: Iterable[Grant]) -> None:
        """See People."""
        self._connection.execute("DELETE FROM grants WHERE person = ?", (known_as,))
        rows = {(known_as, grant.role.value, grant.region, dumped(list(grant.languages))) for grant in grants}
        self._connection.executemany("INSERT INTO grants (person, role, region, languages) VALUES (?, ?, ?, ?)", sorted(rows))

    def credentials(self, known_as: str) -> Credentials:
        """See People."""
        select = "SELECT password, one_time, one_time_confirmed, last_step, must_change FROM people WHERE id = ?"
        row = self._connection.execute(select, (known_as,)).fetchone()
        if row is None:
            return Credentials()
        codes = self._connection.execute("SELECT hash FROM recovery_codes WHERE person = ? ORDER BY hash", (known_as,))
        return Credentials(row[0], row[1], bool(row[2]), row[3], tuple(code for (code,) in codes), bool(row[4]))

    def set_credentials(self, known_as: str, credentials: Credentials) -> None:
        """See People."""
        self._connection.execute(
            "UPDATE people SET password = ?, one_time = ?, one_time_confirmed = ?, last_step = ?, must_change = ? WHERE id = ?",
            (
                credentials.password,
                credentials.one_time,
                int(credentials.one_time_confirmed),
                credentials.last_step,
                int(credentials.must_change),
                known_as,
            ),
        )
        self._connection.execute("DELETE FROM recovery_codes WHERE person = ?", (known_as,))
        self._connection.executemany(
            "INSERT INTO recovery_codes (person, hash) VALUES (?, ?)", ((known_as, code) for code in dict.fromkeys(credentials.recovery))
        )

    def by_identity(self, issuer: str, subject: str) -> Person | None:
        """See People."""
        select = "SELECT person FROM identities WHERE issuer = ? AND subject = ?"
        row = self._connection.execute(select, (issuer, subject)).fetchone()
        return None if row is None else self.get(row[0])

    def link(self, known_as: str, issuer: str, subject: str) -> None:
        """See People."""
        try:
            self._connection.execute("INSERT INTO identities (issuer, subject, person) VALUES (?, ?, ?)", (issuer, subject, known_as))
        except sqlite3.IntegrityError as error:
            raise Taken("Somebody signs in as this subject already.") from error

    def _check_email(self, person: Person) -> None:
        select = "SELECT 1 FROM people WHERE email <> '' AND folded(email) = ? AND id <> ?"
        if self._connection.execute(select, (folded(person.email), person.id)).fetchone():
            raise Taken("Somebody has this address already.")

    def _person(self, row: tuple[Any, ...] | None) -> Person | None:
        if row is None:
            return None
        select = "SELECT role, region, languages FROM grants WHERE person = ? ORDER BY role, region, languages"
        rows = self._connection.execute(select, (row[0],))
        grants = tuple(Grant(Role(role), region, tuple(json.loads(languages))) for role, region, languages in rows)
        created_at: datetime | None = moment_or_none(row[3] or None)
        return Person(row[0], row[1], row[2], grants, created_at, moment_or_none(row[4]))
