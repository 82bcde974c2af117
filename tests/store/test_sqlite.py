"""The store on SQLite."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.errors import DamagedDatabase, ForeignDatabase, ReleaseConflict
from store.protocol import Store
from store.sqlite import SqliteStore
from tests.store.contract import StoreContract, stored


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "signpost.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(path)
    yield made
    made.close()


@pytest.fixture
def reopen(path: Path) -> Callable[[], Store]:
    return lambda: SqliteStore(path)


class TestSqliteStore(StoreContract):
    """Everything the contract says."""


def test_a_database_of_something_else_is_never_touched(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(ForeignDatabase):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_newer_database_is_refused(path: Path) -> None:
    SqliteStore(path).close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(ForeignDatabase):
        SqliteStore(path)


def test_a_file_that_is_no_database_is_named_damaged(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database, only text that is long enough to be looked at" * 20)
    with pytest.raises(DamagedDatabase):
        SqliteStore(path)


def test_two_connections_cannot_both_write_the_same_release(path: Path, store: SqliteStore) -> None:
    other = SqliteStore(path)
    store.add_release(stored(1, None))
    with pytest.raises(ReleaseConflict):
        other.add_release(stored(1, None))
    other.close()


def test_a_read_only_store_reads_and_cannot_write(path: Path, store: SqliteStore) -> None:
    store.add_release(stored(1, None))
    reader = SqliteStore(path, read_only=True)
    assert reader.release_numbers() == (1,)
    with pytest.raises(sqlite3.OperationalError):
        reader.add_release(stored(2, "sha256:1"))
    reader.close()
