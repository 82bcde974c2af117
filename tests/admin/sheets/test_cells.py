"""Cells that hold codes and lists: what people write is read, and any text comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.csv_cells import guarded, joined, separated, single, unguarded, unsingle
from tests.admin.sheets.values import TEXT


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("", ()), ("a", ("a",)), ("a; b ;c", ("a", "b", "c")), ("a;;b;", ("a", "b")), (" ; ", ()),
        (r"a\;b;c", ("a;b", "c")), (r"a\\;b", ("a\\", "b")), (r"\e", ("",)), (r"\e;a", ("", "a")), (r"\e a \e", (" a ",)), (r"C:\dir", ("C:\\dir",)),
        ("a\\", ("a\\",)), ("投票;הצבעה", ("投票", "הצבעה")),
    ],
)  # fmt: skip
def test_a_list_is_read_as_people_write_it(cell: str, items: tuple[str, ...]) -> None:
    assert separated(cell) == items


@pytest.mark.parametrize(
    ("cell", "code"),
    [("", None), ("  ", None), (" DE ", "DE"), (r"\e", ""), (r"a\;b", "a;b"), ("a;b", "a;b"), (r"\e x", " x"), (r"a\b", "a\\b")],
)
def test_a_code_is_read_as_people_write_it(cell: str, code: str | None) -> None:
    assert unsingle(cell) == code


@pytest.mark.parametrize(
    ("items", "cell"),
    [
        (("@context", "@year"), "@context;@year"), (("a", "=b"), r"a;\e=b"), (("@SUM(1)",), r"\e@SUM(1)"), (("-wahl",), r"\e-wahl"),
        (("#a", "b"), "#a;b"),
    ],
)  # fmt: skip
def test_only_items_that_would_run_are_held_back(items: tuple[str, ...], cell: str) -> None:
    assert joined(items) == cell
    assert separated(cell) == items


@given(st.lists(TEXT, max_size=4).map(tuple))
def test_any_list_comes_back(items: tuple[str, ...]) -> None:
    assert separated(unguarded(guarded(joined(items)))) == items


@given(st.none() | TEXT)
def test_any_code_comes_back(code: str | None) -> None:
    assert unsingle(unguarded(guarded(single(code)))) == code
