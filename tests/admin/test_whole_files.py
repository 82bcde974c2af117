"""A file is replaced whole or not at all, and what was left unfinished can be found."""

import stat
from pathlib import Path

import pytest

from admin.whole_files import unfinished, write_whole


def test_a_file_is_made_with_its_folder_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a folder" / "some.json"
    for text in ("a longer one", "投票"):
        write_whole(file, text)
        assert file.read_text(encoding="utf-8") == text
    assert list(file.parent.iterdir()) == [file]


def test_when_writing_fails_the_old_one_stays_and_nothing_is_left(tmp_path: Path) -> None:
    file = tmp_path / "some.json"
    write_whole(file, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "new \ud800")
    assert (file.read_text(), list(tmp_path.iterdir())) == ("old", [file])


@pytest.mark.parametrize("mode", [0o600, 0o644], ids=oct)
def test_who_may_read_it_is_as_asked(tmp_path: Path, mode: int) -> None:
    write_whole(tmp_path / "some.json", "{}", mode)
    assert stat.S_IMODE((tmp_path / "some.json").stat().st_mode) == mode


def test_only_its_own_unfinished_files_are_found(tmp_path: Path) -> None:
    for name in (".some.json-x1y2", ".other.json-x1y2", "some.json-x1y2"):
        (tmp_path / name).touch()
    assert unfinished(tmp_path / "some.json") == [tmp_path / ".some.json-x1y2"]
