"""`signpost verify`, `audit`, `backup`, `export archive` and `releases --at` as people type them."""

import csv
import gzip
import io
import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from admin.commands.context import Context
from admin.settings import read_settings
from notices.signing import TrustedKey, encode_key
from server import PROBLEMS, make_app, signpost
from store.sqlite import SqliteStore
from tests.admin.api.bearing import bearer
from tests.curated import NOW, SIGNING_KEY, TRUSTED, VERA, Curated
from tests.proven import proven_store

PINNED = encode_key(TRUSTED[0])
OTHER = encode_key(TrustedKey(Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()))


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    made = proven_store(tmp_path)
    (tmp_path / "signing-key.pem").write_bytes(SIGNING_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return made


def run(folder: Path, *words: str, **environ: str) -> Result:
    settings = read_settings({"SIGNPOST_DATABASE": f"sqlite:///{folder}/signpost.db", **environ})
    command = signpost.get_command(None, words[0])
    return CliRunner().invoke(command, words[1:], obj=Context(settings, lambda: NOW + timedelta(days=1), make_app, PROBLEMS))


def last_line(curated: Curated) -> tuple[str, str, str]:
    with curated.look() as act:
        line = act.unit.journal.last()
    return line.action, line.way, line.subject


def test_a_store_that_nobody_altered_is_proven(curated: Curated, tmp_path: Path) -> None:
    result = run(tmp_path, "verify")
    assert result.exit_code == 0, result.output
    assert "4 releases" in result.output
    assert "Everything holds" in result.output
    with curated.look() as act:
        assert act.unit.journal.last().hash in result.output


def test_everything_that_does_not_hold_is_named(curated: Curated, tmp_path: Path) -> None:
    with sqlite3.connect(curated.settings.database) as database:
        database.execute("UPDATE terms SET text = 'vote on thursday' WHERE text = 'how to vote'")
        database.execute("UPDATE approvals SET person = 'dirk' WHERE row = 1")
    result = run(tmp_path, "verify")
    assert result.exit_code == 1
    for part in ("the term 001/en/voting/", "by dirk", "release 1: what it holds does not have the digest", "do not hold."):
        assert part in result.output


def test_verifying_writes_nothing(curated: Curated, tmp_path: Path) -> None:
    before = curated.settings.database.read_bytes()
    run(tmp_path, "verify")
    assert curated.settings.database.read_bytes() == before


def test_an_empty_store_proves_nothing(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "signpost.db").close()
    result = run(tmp_path, "verify", "--key", PINNED)
    assert result.exit_code == 1
    assert "holds no release yet" in result.output


@pytest.mark.parametrize("name", ["history.jsonl", "history.jsonl.gz"])
def test_an_archive_is_proven_where_there_is_no_store(curated: Curated, tmp_path: Path, name: str) -> None:
    file, elsewhere = tmp_path / name, tmp_path / "elsewhere"
    elsewhere.mkdir()
    result = run(tmp_path, "export", "archive", str(file))
    assert result.exit_code == 0, result.output
    assert last_line(curated) == ("archive.exported", "operator", "")
    for words in (("--key", PINNED), ("--key", OTHER, "--key", PINNED), ()):
        proven = run(elsewhere, "verify", "--archive", str(file), *words)
        assert proven.exit_code == 0, proven.output
        assert ("taken at their word" in proven.output) is not bool(words)
    refused = run(elsewhere, "verify", "--archive", str(file), "--key", OTHER)
    assert refused.exit_code == 1
    assert "no key that is trusted has signed it" in refused.output
    assert list(elsewhere.iterdir()) == []


def test_an_archive_with_one_other_letter_is_refused(curated: Curated, tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl.gz"
    run(tmp_path, "export", "archive", str(file))
    file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()).replace(b"three four", b"three five")))
    result = run(tmp_path, "verify", "--archive", str(file))
    assert result.exit_code == 1
    assert "the edit of the term DE/de/voting/" in result.output


def test_an_archive_never_takes_the_place_of_a_file(curated: Curated, tmp_path: Path) -> None:
    file = tmp_path / "there"
    file.write_text("mine")
    assert run(tmp_path, "export", "archive", str(file)).exit_code == 1
    assert file.read_text() == "mine"


def test_a_release_file_is_still_verified(curated: Curated, tmp_path: Path) -> None:
    result = run(tmp_path, "verify", "--file", str(curated.settings.release_file))
    assert (result.exit_code, "release 4" in result.output) == (0, True)
    assert run(tmp_path, "verify", "--file", str(curated.settings.release_file), "--key", OTHER).exit_code == 1
    assert (
        run(tmp_path, "verify", "--file", str(curated.settings.release_file), "--archive", str(curated.settings.release_file)).exit_code
        == 2
    )


def test_audit_lines_are_said_the_newest_first(curated: Curated, tmp_path: Path) -> None:
    result = run(tmp_path, "audit", "--action", "change.", "--actor", "ravi")
    assert [line.split()[4] for line in result.output.splitlines()] == ["change.approved"] * 2
    refused = run(tmp_path, "audit", "--from", "yesterday")
    assert (refused.exit_code, "RFC 3339" in refused.output) == (2, True)


def test_audit_files_hold_all_and_are_audited(curated: Curated, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in run(tmp_path, "audit", "--jsonl").output.splitlines()]
    assert [line["number"] for line in lines] == list(range(len(lines), 0, -1))
    assert (lines[0]["action"], lines[0]["subject"], lines[0]["way"]) == ("audit.exported", "jsonl", "operator")
    rows = list(csv.reader(io.StringIO(run(tmp_path, "audit", "--csv", "--subject", "4").output)))
    assert [row[4] for row in rows] == ["action", "release.published"]


def test_a_backup_is_whole_and_is_audited(curated: Curated, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    result = run(tmp_path, "backup", str(file))
    assert result.exit_code == 0, result.output
    assert "up to release 4" in result.output
    assert last_line(curated) == ("backup.made", "operator", "backup.db")
    copy = SqliteStore(file, read_only=True)
    with copy.reading() as unit, curated.store.reading() as own:
        assert unit.releases.latest() == own.releases.latest()
        assert len(unit.people.all()) == len(own.people.all())
    copy.close()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["there", "signpost.db", "no folder/backup.db"])
def test_a_backup_that_would_not_be_one_is_refused(curated: Curated, tmp_path: Path, name: str) -> None:
    (tmp_path / "there").write_text("mine")
    before = curated.settings.database.read_bytes()
    assert run(tmp_path, "backup", str(tmp_path / name)).exit_code == 1
    assert (tmp_path / "there").read_text() == "mine"
    assert curated.settings.database.read_bytes() == before


def test_there_is_no_backup_of_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "backup", str(tmp_path / "backup.db")).exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_what_was_live_then_is_said(curated: Curated, tmp_path: Path) -> None:
    token = bearer(curated, VERA)["Authorization"].removeprefix("Bearer ")
    result = run(tmp_path, "releases", "--at", "2026-10-20T12:00:00Z", SIGNPOST_TOKEN=token)
    assert json.loads(result.output)["release"]["number"] == 1
    both = run(tmp_path, "releases", "--at", "2026-10-20T12:00:00Z", "--differences", "2", SIGNPOST_TOKEN=token)
    assert both.exit_code == 2
