"""Whatever was altered in a store is found and named: every cell of every table that the proof rests on; and four eyes, told from the audit."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.signing import TrustedKey
from review.pieces import Kind
from review.proof import prove
from review.proof_rows import Exported, Problem
from store.sqlite.columns import TABLES
from store.sqlite.every_row import SqliteRows
from store.sqlite.journal import SqliteJournal
from tests.curated import TRUSTED
from tests.proven import proven_store

PIECES = tuple(TABLES[kind] for kind in Kind)
PROVEN = ("releases", "changes", "edits", "approvals", "audit", *PIECES)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proven")
    proven_store(folder).store.close()
    return folder / "signpost.db"


@pytest.fixture(scope="module")
def database(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection on which nothing is ever committed."""
    copy = file.with_name("copy.db")
    shutil.copy(file, copy)
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    yield connection
    connection.close()


def problems(connection: sqlite3.Connection, trusted=TRUSTED) -> list[Problem]:
    rows = list(SqliteRows(connection).all())
    ever = SqliteJournal(connection).ever_written()
    found = [row for row in rows if isinstance(row, Problem)]
    return [*found, *prove(Exported.of((row for row in rows if not isinstance(row, Problem)), ever), trusted)]


def altered(connection: sqlite3.Connection, statement: str, *values: object) -> list[Problem] | None:
    """What is found after a statement, which is then undone; None where the database itself refuses it."""
    connection.execute("BEGIN")
    try:
        connection.execute(statement, values)
        return problems(connection)
    except sqlite3.IntegrityError:
        return None
    finally:
        connection.execute("ROLLBACK")


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def others(value: object) -> list[object]:
    """Other values that a cell could hold instead."""
    match value:
        case None:
            return ["x", 1]
        case int():
            return [value + 1, value - 1, None]
        case str():
            return [
                f"{value} ",
                value[:-1],
                value[:1].swapcase() + value[1:],
                value.replace(" ", "\t", 1),
                value.replace(":", ";", 1),
                None,
            ]
        case _:
            raise AssertionError(value)


def test_a_store_in_which_nobody_altered_anything_has_no_problem(database: sqlite3.Connection) -> None:
    assert problems(database) == []


@pytest.mark.parametrize("table", PROVEN)
def test_every_cell_that_is_altered_is_found(database: sqlite3.Connection, table: str) -> None:
    tried = 0
    for column in columns(database, table):
        for row, value in database.execute(f'SELECT rowid, "{column}" FROM {table}').fetchall():
            for other in others(value):
                if other == value:
                    continue
                found = altered(database, f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', other, row)
                tried += found is not None
                assert found != [], (table, column, row, value, other)
    assert tried or not columns(database, table) or not database.execute(f"SELECT 1 FROM {table}").fetchone()


@pytest.mark.parametrize("table", PROVEN)
def test_every_row_that_is_taken_out_is_found(database: sqlite3.Connection, table: str) -> None:
    for (row,) in database.execute(f"SELECT rowid FROM {table}").fetchall():
        assert altered(database, f"DELETE FROM {table} WHERE rowid = ?", row), (table, row)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_byte_that_is_flipped_is_found(database: sqlite3.Connection, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from([one for one in PROVEN if database.execute(f"SELECT 1 FROM {one}").fetchone()]))
    column = data.draw(st.sampled_from(columns(database, table)))
    row, value = data.draw(st.sampled_from(database.execute(f'SELECT rowid, "{column}" FROM {table}').fetchall()))
    if not isinstance(value, str) or not value:
        return
    raw = bytearray(value.encode())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    found = altered(database, f'UPDATE {table} SET "{column}" = CAST(? AS TEXT) WHERE rowid = ?', bytes(raw), row)
    assert found != []


NAMED = {
    "a term that nobody edited": ("UPDATE terms SET text = 'vote on thursday' WHERE text = 'how to vote'", "the term 001/en/voting/"),
    "a term that a change added": ("UPDATE terms SET text = 'x' WHERE text = 'three four'", "of release 3"),
    "an approval's person": ("UPDATE approvals SET person = 'dirk' WHERE row = 1", "by dirk: no audit line tells of it as it is kept"),
    "a reason": ("UPDATE changes SET reason = 'because' WHERE title = 'Second'", "do not have the content that was reviewed"),
    "an edit's author": ("UPDATE edits SET author = 'ruth' WHERE row = 1", "says that somebody else wrote it"),
    "a release's time": ("UPDATE releases SET made_at = '2026-01-01T00:00:00+00:00' WHERE number = 2", "release 2: its made_at is not"),
    "an audit line": ("UPDATE audit SET actor = 'ruth' WHERE number = 3", "audit line 3: its content is not what was written"),
    "the last audit lines": ("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)", "are missing"),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), NAMED.values(), ids=NAMED.keys())
def test_what_was_altered_is_named(database: sqlite3.Connection, statement: str, expected: str) -> None:
    assert expected in "\n".join(map(str, altered(database, statement) or ()))


@pytest.mark.parametrize("odd", ['{"a": NaN}', '{"a": 1e999}', '{"a": "\\ud800"}', "[]", "{", '{"a": 9007199254740993}'])
@pytest.mark.parametrize(("table", "column"), [("audit", "detail"), ("edits", "body"), ("releases", "head"), ("campaigns", "regions")])
def test_what_no_json_of_ours_could_be_is_found(database: sqlite3.Connection, table: str, column: str, odd: str) -> None:
    assert altered(database, f"UPDATE {table} SET {column} = ?", odd)


def test_several_problems_are_all_told(database: sqlite3.Connection) -> None:
    database.execute("BEGIN")
    database.execute("UPDATE terms SET text = 'x' WHERE text = 'three four'")
    database.execute("UPDATE approvals SET person = 'dirk' WHERE row = 1")
    told = "\n".join(map(str, problems(database)))
    database.execute("ROLLBACK")
    assert "its content does not have its hash" in told
    assert "by dirk" in told


def test_a_release_by_a_key_that_is_not_trusted_is_named(database: sqlite3.Connection) -> None:
    other = TrustedKey(Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key())
    told = [str(problem) for problem in problems(database, (other,))]
    assert [line for line in told if "no key that is trusted" in line] == [
        f"release {number}: no key that is trusted for its time has signed it" for number in (1, 2, 3, 4)
    ]
