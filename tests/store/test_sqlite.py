"""The store on SQLite: everything the contract says, and what only a file can do: be foreign, old, damaged, full, copied, killed."""

import json
import random
import resource
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from admin.publishing import stored_envelope
from keywords.lists import Term
from notices.documents import canonical_bytes
from notices.release import Release
from notices.signing import sign, to_envelope
from review.audit import broken_lines
from review.people import Person
from review.pieces import Key, Kind, Piece
from store.errors import DamagedDatabase, ForeignDatabase, StoreUnavailable
from store.protocol import Store
from store.sqlite import SqliteStore
from store.sqlite.migrations import APPLICATION_ID, STEPS
from tests.curated import SIGNING_KEY, small_release
from tests.kills import CHECKOUT, Nursery
from tests.store.contract import AT, FIRST, PERSON, StoreContract, head, keywords, publish, term, write
from tests.store.killed import ROWS, step

KILLS = 30
"""How often a writer is killed; run with hundreds by hand after changing how units are written."""


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


# Whose file it is


def test_a_database_of_something_else_is_never_touched(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(ForeignDatabase):
            SqliteStore(path)
    assert path.read_bytes() == before


def test_a_newer_database_is_refused(path: Path) -> None:
    SqliteStore(path).close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(ForeignDatabase, match="newer"):
        SqliteStore(path)


def test_a_file_that_is_no_database_is_named_damaged(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database, only text that is long enough to be looked at" * 20)
    with pytest.raises(DamagedDatabase):
        SqliteStore(path)


def test_a_file_that_cannot_be_opened_is_not_called_damaged(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreUnavailable):
        SqliteStore(path)
    with pytest.raises(StoreUnavailable):
        SqliteStore(path.with_name("missing.db"), read_only=True)


def test_a_folder_that_cannot_be_used_is_told(path: Path, store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable):
        SqliteStore(tmp_path / "file" / "signpost.db")
    for copy in (tmp_path / "missing" / "copy.db", tmp_path / "file" / "copy.db", tmp_path):
        with pytest.raises(StoreUnavailable):
            store.back_up(copy)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["deep", "file"]


def test_a_new_file_and_what_is_copied_are_their_owners_only(path: Path, store: SqliteStore, tmp_path: Path) -> None:
    store.back_up(tmp_path / "copy.db")
    assert [stat.S_IMODE(file.stat().st_mode) for file in (path, tmp_path / "copy.db")] == [0o600, 0o600]


def test_a_read_only_store_reads_and_cannot_write(path: Path, store: SqliteStore) -> None:
    publish(store, 1, new=FIRST)
    reader = SqliteStore(path, read_only=True)
    with reader.reading() as unit:
        assert [kept.piece for kept in unit.releases.pieces()] == list(FIRST)
    with pytest.raises(StoreUnavailable):
        publish(reader, 2)
    reader.check()
    reader.close()
    with store.reading() as unit:
        assert unit.releases.latest() == head(1)


def test_a_read_only_store_is_told_that_an_old_file_needs_the_server(path: Path) -> None:
    version_one(path, small_release())
    with pytest.raises(ForeignDatabase, match="older"):
        SqliteStore(path, read_only=True)


# Files of before


def version_one(path: Path, *releases: Release) -> list[dict]:
    """A file as the first version of the tables kept it: whole envelopes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = []
    with sqlite3.connect(path) as old:
        old.execute(
            "CREATE TABLE releases (number INTEGER PRIMARY KEY, digest TEXT NOT NULL, previous TEXT, made_at TEXT NOT NULL, envelope TEXT NOT NULL)"
        )
        old.execute("CREATE UNIQUE INDEX idx_releases_digest ON releases (digest)")
        for release in releases:
            signed = sign(release, (SIGNING_KEY,))
            kept.append(json.loads(json.dumps(to_envelope(signed))))
            row = (release.number, signed.digest, release.previous, release.made_at.isoformat(), json.dumps(kept[-1]))
            old.execute("INSERT INTO releases VALUES (?, ?, ?, ?, ?)", row)
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("PRAGMA user_version = 1")
    old.close()
    return kept


def second_release() -> Release:
    """The small release with a list's terms in another order, a list more, and a notice and a campaign less."""
    first = small_release()
    changed = replace(first.lists[1], terms=(Term("wie wähle ich"), *first.lists[1].terms[:1]))
    return replace(
        first,
        number=2,
        previous=sign(first, ()).digest,
        lists=(first.lists[0], changed, *first.lists[2:], replace(first.lists[0], topic="results")),
        notices=first.notices[:1],
        campaigns=first.campaigns[:1],
    )


def test_whole_releases_of_before_come_back_byte_for_byte(path: Path) -> None:
    envelopes = version_one(path, small_release(), second_release())
    store = SqliteStore(path)
    with store.reading() as unit:
        found = [stored_envelope(unit, number) for number in (1, 2)]
        heads = unit.releases.heads()
        elsewhere = unit.releases.history(Key(Kind.LIST, "FR/fr/voting"))
    assert [canonical_bytes(one) for one in found if one] == [canonical_bytes(one) for one in envelopes]
    assert [one.digest for one in heads] == [envelopes[1]["digest"], envelopes[0]["digest"]]
    assert heads[0].previous == heads[1].digest
    assert [(kept.first_release, kept.last_release) for kept in elsewhere] == [(1, None)]
    store.check()
    store.close()


def test_a_file_of_before_that_cannot_be_brought_up_to_date_stays_as_it_was(path: Path) -> None:
    version_one(path, small_release())
    with sqlite3.connect(path) as old:
        old.execute("UPDATE releases SET envelope = substr(envelope, 1, 4000)")
    old.close()
    before = path.read_bytes()
    with pytest.raises(json.JSONDecodeError):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_the_tables_are_made_once_whoever_opens_the_file_first(path: Path) -> None:
    opened: list[SqliteStore] = []
    openers = [threading.Thread(target=lambda: opened.append(SqliteStore(path))) for _ in range(4)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join(60)
    assert len(opened) == len(openers)
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
    raw.close()
    for store in opened:
        store.close()


# Damage, and unclean ends


def damage(path: Path) -> None:
    """Overwrite the second half of the pages, so that the header still reads well."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\xff" * (len(content) - len(content) // 2)
    path.write_bytes(content)


def test_a_damaged_file_is_found_after_an_unclean_end_and_found_again_at_the_next_try(path: Path) -> None:
    store = SqliteStore(path)
    publish(store, 1, new=FIRST)
    store.close()
    damage(path)
    path.with_name("signpost.db.open").write_bytes(b"open\n")
    for _ in range(3):
        with pytest.raises(DamagedDatabase):
            SqliteStore(path)


def test_a_clean_end_leaves_no_mark_and_an_unclean_one_does(path: Path) -> None:
    mark = path.with_name("signpost.db.open")
    first, second = SqliteStore(path), SqliteStore(path)
    assert mark.read_bytes()
    first.close()
    assert mark.read_bytes()
    second.close()
    assert not mark.read_bytes()


def test_only_an_unclean_end_has_the_whole_file_checked(path: Path) -> None:
    store = SqliteStore(path)
    publish(store, 1, new=[term(str(number), "x" * 500) for number in range(500)])
    store.close()
    damage(path)
    SqliteStore(path).close()


def test_reading_what_is_damaged_says_so(path: Path) -> None:
    store = SqliteStore(path)
    publish(store, 1, new=[term(str(number), "x" * 500) for number in range(500)])
    store.close()
    damage(path)
    again = SqliteStore(path)
    with pytest.raises(DamagedDatabase), again.reading() as unit:
        list(unit.releases.pieces())
    with pytest.raises(DamagedDatabase):
        again.check()
    again.close()


# Full disks, and writes that fail


def test_a_full_disk_is_told_and_nothing_is_half_written(path: Path, store: SqliteStore) -> None:
    publish(store, 1, new=FIRST)
    connection = store._connection()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreUnavailable, match="SQLITE_FULL"):
        publish(store, 2, [FIRST[2].key], [term(str(number), "x" * 500) for number in range(500)])
    with store.reading() as unit:
        assert ([kept.piece for kept in unit.releases.pieces()], unit.releases.latest()) == (list(FIRST), head(1))
    write(store, lambda unit: unit.people.set_failures("x", 1, AT))
    connection.execute(f"PRAGMA max_page_count = {pages + 10_000}")
    publish(store, 2, [FIRST[2].key], [term(str(number), "x" * 500) for number in range(500)])
    store.check()


def test_after_a_write_that_failed_nothing_is_written_until_the_file_is_opened_and_checked_anew(path: Path) -> None:
    store = SqliteStore(path)
    publish(store, 1, new=FIRST)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 4096, hard))
    try:
        with pytest.raises(StoreUnavailable, match="SQLITE_IOERR"):
            publish(store, 2, [FIRST[2].key], [term(str(number), "x" * 500) for number in range(500)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with pytest.raises(StoreUnavailable, match="half-way"):
        write(store, lambda unit: unit.people.set_failures("x", 1, AT))
    with store.reading() as unit:
        assert ([kept.piece for kept in unit.releases.pieces()], unit.releases.latest()) == (list(FIRST), head(1))
    store.close()
    assert path.with_name("signpost.db.open").read_bytes(), "the next one to open it is told to check it"
    again = SqliteStore(path)
    publish(again, 2)
    again.close()


def test_what_is_our_own_mistake_is_not_called_damage(store: SqliteStore) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.writing() as unit:
        unit.people.grant("nobody", PERSON.grants)
    with pytest.raises(sqlite3.Error) as told, store.writing() as unit:
        unit.people.set_failures({}, 1, AT)  # type: ignore[arg-type]
    assert not isinstance(told.value, DamagedDatabase)


# Other processes


def test_two_processes_write_at_once(path: Path, store: SqliteStore) -> None:
    program = "from tests.store.test_sqlite import count_on; count_on()"
    others = [subprocess.Popen([sys.executable, "-c", program, str(path)], cwd=CHECKOUT) for _ in range(2)]
    count(store)
    assert [other.wait(60) for other in others] == [0, 0]
    with store.reading() as unit:
        assert unit.people.failures("x")[0] == 3 * TURNS
        assert list(broken_lines(unit.journal.all(), 3 * TURNS)) == []


TURNS = 40


def count(store: Store) -> None:
    for _ in range(TURNS):
        with store.writing() as unit:
            unit.people.set_failures("x", unit.people.failures("x")[0] + 1, AT)
            unit.journal.append(AT, "x", "session", "test.counted", "", "done", {})


def count_on() -> None:
    store = SqliteStore(Path(sys.argv[1]))
    count(store)
    store.close()


def test_a_writer_that_is_killed_leaves_whole_units_only(path: Path) -> None:
    chance = random.Random(20261123)  # noqa: S311  moments, not secrets
    SqliteStore(path).close()
    last = 0
    with Nursery("tests.store.killed:write_on") as nursery:
        for _ in range(KILLS):
            nursery.kill_after(chance.uniform(0.002, 0.06), path)
            last = check_whole(path, last)
    assert last > KILLS, "the writers got somewhere"


def check_whole(path: Path, before: int) -> int:
    """Every part of the last unit is there, or none; the number of it."""
    store = SqliteStore(path)
    store.check()
    with store.reading() as unit:
        latest = unit.releases.latest()
        number = latest.number if latest else 0
        texts = {kept.piece.body["text"].partition(" of ")[2] for kept in unit.releases.pieces(kinds=(Kind.TERM,))}
        people, line = unit.people.all(), unit.journal.last()
        assert texts == ({str(number)} if number else set())
        assert (unit.people.failures("x")[0], len(people), line and line.number) == (number, number, number or None)
        assert list(broken_lines(unit.journal.all(), unit.journal.ever_written())) == []
        assert number >= before
    with store.writing() as unit:
        step(unit)
    store.close()
    return number + 1


def test_a_reader_beside_a_killed_writer_is_not_told_of_damage(path: Path) -> None:
    chance = random.Random(7)  # noqa: S311  moments, not secrets
    SqliteStore(path).close()
    with Nursery("tests.store.killed:write_on") as nursery:
        for _ in range(10):
            nursery.kill_after(chance.uniform(0.02, 0.05), path)
            try:
                reader = SqliteStore(path, read_only=True)
                with reader.reading() as unit:
                    assert len({kept.hash for kept in unit.releases.pieces(kinds=(Kind.TERM,))}) in {0, ROWS}
                reader.close()
            except StoreUnavailable:
                SqliteStore(path).close()  # a writer must take back what was half-written first


# Copies


def test_a_copy_is_whole_while_others_write(path: Path, store: SqliteStore, tmp_path: Path) -> None:
    done = threading.Event()

    def write_on() -> None:
        while not done.is_set():
            with store.writing() as unit:
                step(unit)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for number in range(5):
            copy = tmp_path / f"{number}.db"
            store.back_up(copy)
            check_whole(copy, 0)
    finally:
        done.set()
        writer.join(60)


def test_a_copy_never_takes_the_place_of_the_database_and_leaves_nothing_where_it_fails(
    path: Path, store: SqliteStore, tmp_path: Path
) -> None:
    write(store, lambda unit: unit.people.add(PERSON))
    link = tmp_path / "link.db"
    link.symlink_to(path)
    for target in (path, link):
        with pytest.raises(StoreUnavailable):
            store.back_up(target)
    store.close()
    with pytest.raises(StoreUnavailable):
        store.back_up(tmp_path / "copy.db")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["deep", "link.db"]


# Plain columns


def test_any_tool_shows_what_is_published_in_plain_columns(path: Path, store: SqliteStore) -> None:
    wanted = term("a", "Вибори", match="exact", near=["де", "@year"], season_only=True, note="Слово", typos="off")
    campaign = Piece(
        Key(Kind.CAMPAIGN, "c1"),
        {"id": "c1", "notice": "n1", "regions": ["UA", "001"], "surfaces": ["search"], "priority": "high", "always": True, "revision": 3},
    )
    publish(store, 1, new=(keywords(), wanted, term("b", "інше"), campaign))
    publish(store, 2, [term("b", "").key])
    with sqlite3.connect(path) as raw:
        raw.row_factory = sqlite3.Row
        rows = raw.execute('SELECT list, text, "match", near, typos, season_only, note, forms, extra FROM terms WHERE last_release IS NULL')
        assert [dict(row) for row in rows] == [
            {
                "list": "001/uk/voting",
                "text": "Вибори",
                "match": "exact",
                "near": '["де", "@year"]',
                "typos": "off",
                "season_only": 1,
                "note": "Слово",
                "forms": None,
                "extra": None,
            }
        ]
        (row,) = raw.execute("SELECT id, notice, regions, surfaces, priority, always, revision, election FROM campaigns")
        assert tuple(row) == ("c1", "n1", '["UA", "001"]', '["search"]', "high", 1, 3, None)
        found = raw.execute("SELECT t.text, value FROM terms t, json_each(t.near) WHERE last_release IS NULL").fetchall()
        assert [tuple(row) for row in found] == [("Вибори", "де"), ("Вибори", "@year")]
        lists = raw.execute("SELECT region, language, topic FROM lists JOIN terms ON terms.list = lists.key").fetchall()
        assert {tuple(row) for row in lists} == {("001", "uk", "voting")}
        gone = raw.execute("SELECT text, first_release, last_release FROM terms WHERE last_release IS NOT NULL").fetchall()
        assert [tuple(row) for row in gone] == [("інше", 1, 1)]
    raw.close()


def test_what_somebody_alters_in_an_audit_line_is_found_even_where_it_cannot_be_read(path: Path, store: SqliteStore) -> None:
    with store.writing() as unit:
        for number in range(6):
            unit.journal.append(AT, "x", "session", "test.written", str(number), "done", {"n": number})
        unit.people.add(Person("x", "X"))
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE audit SET detail = '{' WHERE number = 2")
        raw.execute("UPDATE audit SET at = 'yesterday' WHERE number = 3")
        raw.execute("UPDATE audit SET detail = '[1]' WHERE number = 4")
        raw.execute("UPDATE audit SET detail = '{\"n\": 1e999}' WHERE number = 5")
        raw.execute("DELETE FROM audit WHERE number = 6")
    raw.close()
    with store.reading() as unit:
        found = list(broken_lines(unit.journal.all(), unit.journal.ever_written()))
    assert [one.number for one in found] == [2, 3, 4, 5, 6]
    assert "6 to 6" in found[-1].why


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_a_file_that_is_taken_away_while_it_is_open_is_told_and_comes_back(path: Path, store: SqliteStore, how: str) -> None:
    aside = path.with_name("aside.db")
    path.rename(aside)
    if how == "replaced":
        path.write_bytes(aside.read_bytes())
    for unit in (store.reading, store.writing):
        with pytest.raises(StoreUnavailable, match="replaced"), unit():
            pytest.fail("It is not the file any more.")
    if how == "removed":
        assert not path.exists()
    aside.replace(path)
    with store.reading() as unit:
        assert unit.releases.latest() is None
