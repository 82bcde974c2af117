"""Opening a database file: whose it is, its tables, units of work, the integrity check, copies. No rules about what is kept.

TRUNCATE journal and BEGIN IMMEDIATE, so that the command line may write as a second process (docs/adr/0004). Each thread has a
connection of its own.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock, local
from typing import Final

from sqlite_utils import Database

from store.errors import DamagedDatabase, ForeignDatabase, StoreUnavailable, Taken
from store.protocol import Unit
from store.sqlite.ends import Ends
from store.sqlite.folding import folded
from store.sqlite.migrations import APPLICATION_ID, STEPS
from store.sqlite.unit import SqliteUnit

BUSY_MILLISECONDS: Final = 20_000
"""How long one writer waits for another; publishing a very large release takes some seconds."""
_DAMAGED: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_KEPT_ALREADY: Final = ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")


class SqliteStore:
    """A database file; safe for any number of threads and beside other processes."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open or create the file and bring its tables up to date; raises ForeignDatabase, DamagedDatabase or StoreUnavailable.

        After an unclean end the whole file is checked first. A new file is readable by its owner only.
        """
        self._path, self._read_only = path.absolute(), read_only
        self._threads, self._lock = local(), Lock()
        self._open: list[sqlite3.Connection] = []
        self._broken = self._closed = False
        self._file: tuple[int, int] | None = None
        self._ends = None if read_only else _at_hand(self._path)
        try:
            with _told():
                connection = self._connection()
                self._file = _file_at(self._path)
                self._check_owner(connection)
                if self._ends and self._ends.was_unclean:
                    self.check()
                if not read_only:
                    self._migrate(connection)
        except BaseException as error:
            self._let_go()
            if self._ends and isinstance(error, ForeignDatabase) and not self._ends.was_unclean:
                self._ends.clean()
            elif self._ends:
                self._ends.leave()
            raise

    def _connection(self) -> sqlite3.Connection:
        """This thread's own."""
        if self._closed:
            raise StoreUnavailable("The store is closed.")
        self._check_still_there()
        found: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if found is None:
            target = f"{self._path.as_uri()}?mode={'ro' if self._read_only else 'rwc'}"
            found = sqlite3.connect(target, uri=True, isolation_level=None, check_same_thread=False)
            found.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            found.create_function("folded", 1, folded, deterministic=True)
            if not self._read_only and _pragma(found, "application_id") in {0, APPLICATION_ID}:
                for pragma in ("journal_mode = TRUNCATE", "synchronous = FULL", "foreign_keys = ON"):
                    found.execute(f"PRAGMA {pragma}")
            self._threads.connection = found
            with self._lock:
                self._open.append(found)
        return found

    def _check_still_there(self) -> None:
        """Raise StoreUnavailable where the path leads to another file by now: what is read and written would be nobody else's."""
        if self._file is not None and self._file != _file_at(self._path):
            raise StoreUnavailable("The database file was removed or replaced while it was open: put it back, or start the server again.")

    def _check_owner(self, connection: sqlite3.Connection) -> None:
        owner, version = _pragma(connection, "application_id"), _pragma(connection, "user_version")
        empty = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if owner != APPLICATION_ID and not (empty and owner == 0 and not self._read_only):
            raise ForeignDatabase("The database file belongs to something else.")
        if version > len(STEPS):
            raise ForeignDatabase("The database file was written by a newer Signpost.")
        if self._read_only and version < len(STEPS):
            raise ForeignDatabase("The database file was written by an older Signpost; start the server once to bring it up to date.")

    def _migrate(self, connection: sqlite3.Connection) -> None:
        if _pragma(connection, "user_version") == len(STEPS):
            return
        with _transaction(connection, "BEGIN IMMEDIATE"):
            done = _pragma(connection, "user_version")
            for step in STEPS[done:]:
                step(Database(connection))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(STEPS)}")

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """See Store."""
        with _told():
            connection = self._connection()
            with _transaction(connection, "BEGIN"):
                yield SqliteUnit(connection)

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """See Store. After a write that failed half-way nothing more is written until the file is opened, and checked, anew."""
        if self._broken:
            raise StoreUnavailable("An earlier write failed half-way: nothing is written until the server is started again.")
        with _told():
            connection = self._connection()
            try:
                with _transaction(connection, "BEGIN IMMEDIATE"):
                    yield SqliteUnit(connection)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname.startswith("SQLITE_IOERR"):
                    self._broken = True
                raise

    def check(self) -> None:
        """See Store."""
        with _told():
            found = self._connection().execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise DamagedDatabase("The database file fails its integrity check.")

    def back_up(self, file: Path) -> None:
        """See Store. A copy that is there already is replaced in one step, once the new one is whole and durable."""
        if file.exists() and file.samefile(self._path):
            raise StoreUnavailable("The copy cannot take the place of the database itself; name another file.")
        with _folder_told():
            descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
        try:
            with _told(), closing(sqlite3.connect(name)) as target:
                self._connection().backup(target)
                if target.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                    raise DamagedDatabase("The copy fails its integrity check.")
            with _folder_told():
                os.fsync(descriptor)
                Path(name).replace(file)
        finally:
            os.close(descriptor)
            Path(name).unlink(missing_ok=True)

    def close(self) -> None:
        """See Store. After a write that failed half-way the mark of an unclean end stays, so that the file is checked when it is opened."""
        self._closed = True
        self._let_go()
        if self._ends and self._broken:
            self._ends.leave()
        elif self._ends:
            self._ends.clean()

    def _let_go(self) -> None:
        with self._lock:
            for connection in self._open:
                with suppress(sqlite3.Error):
                    connection.close()
            self._open.clear()
        self._threads = local()


def _at_hand(path: Path) -> Ends:
    """The file is there, for its owner only, and marked as in use."""
    with _folder_told():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(0o600)
        return Ends(path)


@contextmanager
def _folder_told() -> Iterator[None]:
    """Tell what a folder cannot take, or is not, in our own words."""
    try:
        yield
    except OSError as error:
        raise StoreUnavailable(f"The folder of the database or of its copy cannot be used now ({error.strerror}).") from error


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to now."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _told() -> Iterator[None]:
    """Tell what SQLite cannot do now in our own words; what is our own mistake stays as it is."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreUnavailable(f"The database cannot be used now ({error.sqlite_errorname}).") from error
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorname in _KEPT_ALREADY:
            raise Taken("Something is already kept under this id.") from error
        raise
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "").startswith(_DAMAGED):
            raise DamagedDatabase("The file is damaged, or is not a database.") from error
        raise
