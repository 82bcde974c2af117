"""Ordinary searches are read as they stand, and what is wrong with a file is named with its line."""

from pathlib import Path

import pytest

from admin.errors import PackError
from admin.packs.ordinary import read_ordinary

PACKS = Path("packs")
HEADING = "# Ordinary searches that have nothing to do with elections; a draft, written for Signpost."
LARGEST = ("ar", "de", "en", "es", "fr", "hi", "id", "ja", "pt", "ru", "tr", "zh-Hans")


def test_every_language_with_a_keyword_list_has_ordinary_searches() -> None:
    listed = {path.stem for path in (PACKS / "keywords" / "001").glob("*.yaml")} - {"mul"}
    ordinary = read_ordinary(PACKS / "ordinary")
    assert set(ordinary) == listed
    assert {language for language in LARGEST if len(ordinary[language]) < 120} == set()
    assert {language for language, searches in ordinary.items() if len(searches) < 40} == set()


def test_every_file_says_first_what_it_is_and_holds_no_other_comment() -> None:
    firsts = {path.read_text(encoding="utf-8").splitlines()[0] for path in (PACKS / "ordinary").glob("*.txt")}
    comments = [search for searches in read_ordinary(PACKS / "ordinary").values() for search in searches if search.startswith("# ")]
    assert (firsts, comments) == ({HEADING}, [])


def test_no_search_has_blanks_around_it() -> None:
    searches = [search for listed in read_ordinary(PACKS / "ordinary").values() for search in listed]
    assert [search for search in searches if search != search.strip()] == []


def test_a_folder_that_is_not_there_holds_no_searches(tmp_path: Path) -> None:
    assert read_ordinary(tmp_path / "ordinary") == {}


def test_searches_keep_the_order_of_their_file_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "zh-Hans.txt").write_text(f"{HEADING}\n天气预报\n#周末\n", encoding="utf-8")
    (tmp_path / "ar.txt").write_text("طقس اليوم\nأخبار\n", encoding="utf-8")
    (tmp_path / "hi.txt").write_text(f"{HEADING}\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("\n\n", encoding="utf-8")
    assert read_ordinary(tmp_path) == {"ar": ("طقس اليوم", "أخبار"), "hi": (), "zh-Hans": ("天气预报", "#周末")}


@pytest.mark.parametrize("search", [pytest.param("a" * 150, id="latin"), pytest.param("कि" * 75, id="combining marks")])
def test_a_search_may_have_150_characters(tmp_path: Path, search: str) -> None:
    (tmp_path / "en.txt").write_text(f"{HEADING}\n{search}\n", encoding="utf-8")
    assert read_ordinary(tmp_path) == {"en": (search,)}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        pytest.param(f"{HEADING}\nweather\n\nnews\n", 3, "empty", id="an empty line inside"),
        pytest.param(f"{HEADING}\nweather\n \t\n", 3, "empty", id="a line of blanks"),
        pytest.param("\nweather\n", 1, "empty", id="nothing on the first line"),
        pytest.param(f"{HEADING}\nweather\nnews\nweather\n", 4, "line 2", id="a duplicate"),
        pytest.param(f"{HEADING}\n{'a' * 151}\n", 2, "151 characters", id="a line of 151 characters"),
        pytest.param("天" * 151, 1, "151 characters", id="a first line of 151 characters without a heading"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = tmp_path / "en.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=reason) as refused:
        read_ordinary(tmp_path)
    assert (refused.value.path, refused.value.place) == (path, line)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_bytes("météo\n".encode("latin-1"))
    with pytest.raises(PackError, match="UTF-8"):
        read_ordinary(tmp_path)


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").mkdir()
    with pytest.raises(PackError, match="cannot be read"):
        read_ordinary(tmp_path)
