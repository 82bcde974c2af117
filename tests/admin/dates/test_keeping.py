"""A fetched document is kept for an hour and no longer."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from admin.dates.keeping import keep, kept, question_of

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ASKED = question_of(["2026-11-25", "ocd-division/country:us"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "deep" / "cache.json"
    keep(path, ASKED, b"\x00document", NOW)
    return path


@pytest.mark.parametrize("age", [timedelta(0), timedelta(minutes=59, seconds=59)])
def test_within_the_hour_it_is_there_with_the_time_it_was_got(path: Path, age: timedelta) -> None:
    assert kept(path, ASKED, NOW + age) == (b"\x00document", NOW)


@pytest.mark.parametrize("age", [timedelta(hours=1), timedelta(days=3), timedelta(seconds=-1)])
def test_an_hour_old_or_from_the_future_it_is_refused_and_removed(path: Path, age: timedelta) -> None:
    assert kept(path, ASKED, NOW + age) is None
    assert not path.exists()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"retrieved_at": "soon", "document": ""}', '{"retrieved_at": "2026-11-25", "document": ""}']
)
def test_what_cannot_be_read_is_removed(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    assert kept(path, ASKED, NOW) is None
    assert not path.exists()


def test_another_question_does_not_get_it(path: Path) -> None:
    assert kept(path, question_of(["2026-11-25"]), NOW) is None
    assert path.exists()


def test_only_its_owner_may_read_it(path: Path) -> None:
    keep(path, ASKED, b"again", NOW)
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_kept_is_nothing(tmp_path: Path) -> None:
    assert kept(tmp_path / "none.json", ASKED, NOW) is None
