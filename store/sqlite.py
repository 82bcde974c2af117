"""The store on SQLite through sqlite-utils; rows in and out, no rules about what a release may hold.

TRUNCATE journal and BEGIN IMMEDIATE, so that the command line may write as a second process (docs/adr/0004).
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from store.errors import DamagedDatabase, ForeignDatabase, ReleaseConflict
from store.migrations import APPLICATION_ID, STEPS
from store.protocol import StoredRelease

BUSY_MILLISECONDS: Final = 5_000


class SqliteStore:
    """One connection, used by one thread at a time."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open or create the file and bring its tables up to date; raises ForeignDatabase or DamagedDatabase."""
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        target = f"{path.absolute().as_uri()}?mode=ro" if read_only else f"{path.absolute().as_uri()}?mode=rwc"
        try:
            self._connection = sqlite3.connect(target, uri=True, isolation_level=None, check_same_thread=False)
            self._connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            self._check_owner(read_only=read_only)
            if not read_only:
                for pragma in ("journal_mode = TRUNCATE", "synchronous = FULL", "foreign_keys = ON"):
                    self._connection.execute(f"PRAGMA {pragma}")
                self._database = Database(self._connection)
                self._migrate()
        except sqlite3.DatabaseError as error:
            raise DamagedDatabase("The database file cannot be opened, or is not a database.") from error

    def _check_owner(self, *, read_only: bool) -> None:
        owner, version = self._pragma("application_id"), self._pragma("user_version")
        empty = not self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if owner != APPLICATION_ID and not (empty and owner == 0 and not read_only):
            raise ForeignDatabase("The database file belongs to something else.")
        if version > len(STEPS):
            raise ForeignDatabase("The database file was written by a newer Signpost.")

    def _migrate(self) -> None:
        if self._pragma("user_version") == len(STEPS):
            return
        with self._transaction():
            done = self._pragma("user_version")
            for step in STEPS[done:]:
                step(self._database)
            self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._connection.execute(f"PRAGMA user_version = {len(STEPS)}")

    def _pragma(self, name: str) -> int:
        return int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def add_release(self, release: StoredRelease) -> None:
        """See Store."""
        with self._transaction():
            latest = self._connection.execute("SELECT number, digest FROM releases ORDER BY number DESC LIMIT 1").fetchone() or (0, None)
            if release.number != latest[0] + 1 or release.previous != latest[1]:
                raise ReleaseConflict("The release does not follow the latest one.")
            row = (release.number, release.digest, release.previous, release.made_at, json.dumps(release.envelope, ensure_ascii=False))
            self._connection.execute("INSERT INTO releases (number, digest, previous, made_at, envelope) VALUES (?, ?, ?, ?, ?)", row)

    def latest_release(self) -> StoredRelease | None:
        """See Store."""
        return _stored(self._connection.execute(f"{_SELECT} ORDER BY number DESC LIMIT 1").fetchone())

    def release(self, number: int) -> StoredRelease | None:
        """See Store."""
        return _stored(self._connection.execute(f"{_SELECT} WHERE number = ?", (number,)).fetchone())

    def release_numbers(self) -> tuple[int, ...]:
        """See Store."""
        return tuple(number for (number,) in self._connection.execute("SELECT number FROM releases ORDER BY number"))

    def check(self) -> None:
        """See Store."""
        try:
            found = self._connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise DamagedDatabase("The database file cannot be read.") from error
        if found != "ok":
            raise DamagedDatabase("The database file fails its integrity check.")

    def close(self) -> None:
        """See Store."""
        self._connection.close()


_SELECT: Final = "SELECT number, digest, previous, made_at, envelope FROM releases"


def _stored(row: tuple[Any, ...] | None) -> StoredRelease | None:
    return None if row is None else StoredRelease(row[0], row[1], row[2], row[3], json.loads(row[4]))
