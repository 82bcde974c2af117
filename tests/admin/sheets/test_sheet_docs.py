"""The page about files names what the code has, and its example is one."""

import re

import pytest

from admin.sheets.findings import LARGEST, MOST_PROBLEMS, MOST_ROWS, SheetFormat, SheetKind
from admin.sheets.kinds import LAYOUTS
from admin.sheets.reading import read
from admin.sheets.workbook import LONGEST_CELL
from keywords.lists import CONTEXT, KeywordList, MatchKind, Term
from tests.conftest import CHECKOUT

PAGE = (CHECKOUT / "docs" / "sheets.md").read_text(encoding="utf-8")
TITLES = {
    SheetKind.LISTS: "Keyword lists",
    SheetKind.NOTICES: "Notices",
    SheetKind.CAMPAIGNS: "Campaigns",
    SheetKind.ELECTIONS: "Elections",
    SheetKind.CENTERS: "Centers",
}


def section(title: str) -> str:
    return re.split(rf"^## {title}$", PAGE, flags=re.MULTILINE)[1].partition("\n## ")[0]


@pytest.mark.parametrize("kind", SheetKind)
def test_the_rows_and_columns_are_those_of_the_code(kind: SheetKind) -> None:
    table = [line.split("|")[1:3] for line in section(TITLES[kind]).splitlines() if line.startswith("| ")][1:]
    told = {
        name: set(re.findall(r"`([a-z_]+)`", columns)) for rows, columns in table for name in re.findall(r"`([a-z_]+)`", rows) or ["every"]
    }
    every = told.pop("every")
    assert {name: columns | every for name, columns in told.items()} == {name: set(columns) for name, columns in LAYOUTS[kind].rows.items()}
    assert set().union(every, *told.values()) == set(LAYOUTS[kind].columns)


def test_every_format_is_named() -> None:
    for form in SheetFormat:
        assert f"`{form}`" in PAGE, form


def test_the_limits_are_those_of_the_code() -> None:
    assert f"{LARGEST // 1024 // 1024} MB" in PAGE
    assert f"{MOST_ROWS:,} rows" in PAGE
    assert f"the first {MOST_PROBLEMS};" in PAGE
    assert f"{LONGEST_CELL:,} characters" in PAGE


def test_the_example_is_a_list() -> None:
    example = re.search(r"```csv\n(.*?)```", PAGE, re.DOTALL)[1]
    reading = read(SheetKind.LISTS, SheetFormat.CSV, example.encode())
    assert reading.problems == ()
    terms = (
        Term("where do i vote", forms=("where can i vote", "where to vote")),
        Term("polls", match=MatchKind.EXACT, near=(CONTEXT,)),
    )
    assert reading.values == (
        KeywordList(
            "US",
            "en",
            "voting",
            terms,
            context=("election", "ballot"),
            must_match=("where do I vote in Texas",),
            must_not_match=("vote for the best song",),
            owner="us-team",
        ),
    )
