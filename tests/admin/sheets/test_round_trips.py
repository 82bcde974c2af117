"""What is written comes back: every kind in every format of ours, whatever the texts."""

import csv
import io
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from admin.packs.reading import read_starter
from admin.sheets.errors import CannotWrite
from admin.sheets.findings import SheetFormat, SheetKind
from admin.sheets.kinds import identity
from admin.sheets.reading import read
from admin.sheets.writing import write
from keywords.lists import KeywordList, Term
from tests.admin.sheets.values import NASTY, OF_KIND, OURS, TEXT
from tests.conftest import CHECKOUT

EACH = list(product(SheetKind, OURS))
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


@pytest.mark.parametrize(("kind", "form"), EACH, ids=[f"{kind}-{form}" for kind, form in EACH])
@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_any_values_come_back_as_they_were(kind: SheetKind, form: SheetFormat, data) -> None:
    values = data.draw(st.lists(OF_KIND[kind], max_size=3, unique_by=identity))
    reading = read(kind, form, write(kind, form, values))
    assert reading.problems == ()
    assert list(reading.values) == values


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(text=NASTY | TEXT, form=st.sampled_from(OURS))
def test_any_text_comes_back_from_every_kind_of_cell(text: str, form: SheetFormat) -> None:
    term = Term(text, forms=(text, text), near=(text,), slot=text, note=text)
    values = (KeywordList(text, text, text, (term,), must_match=(text,), owner=text),)
    assert read(SheetKind.LISTS, form, write(SheetKind.LISTS, form, values)).values == values


@pytest.mark.parametrize("form", OURS)
def test_the_whole_starter_comes_back(form: SheetFormat) -> None:
    starter = read_starter(CHECKOUT / "packs")
    held = {
        SheetKind.LISTS: starter.lists,
        SheetKind.NOTICES: starter.notices,
        SheetKind.CAMPAIGNS: starter.campaigns,
        SheetKind.ELECTIONS: starter.elections,
        SheetKind.CENTERS: starter.centers,
    }
    for kind, values in held.items():
        some = values[:20]
        assert some
        assert read(kind, form, write(kind, form, some)).values == tuple(some)


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(texts=st.lists(TEXT, min_size=4, max_size=4))
def test_no_cell_of_a_table_begins_like_a_formula(texts: list[str]) -> None:
    values = (KeywordList("DE", "de", "voting", (Term(texts[0], forms=(texts[1],), note=texts[2]),), owner=texts[3]),)
    rows = list(csv.reader(io.StringIO(write(SheetKind.LISTS, SheetFormat.CSV, values).decode("utf-8-sig"), newline="")))
    sheet = load_workbook(io.BytesIO(write(SheetKind.LISTS, SheetFormat.XLSX, values))).active
    cells = [cell for row in rows for cell in row] + [str(cell.value or "") for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s"}


def test_an_item_amid_a_list_would_not_run_either_where_the_semicolon_ends_a_cell() -> None:
    values = (KeywordList("DE", "de", "voting", (Term("vote", forms=("poll", "=cmd()", "@SUM(1)"), near=("a", "@context")),)),)
    written = write(SheetKind.LISTS, SheetFormat.CSV, values).decode("utf-8-sig")
    assert r"poll;\e=cmd();\e@SUM(1)" in written
    assert "a;@context" in written


@pytest.mark.parametrize("form", OURS)
def test_half_a_character_is_not_written(form: SheetFormat) -> None:
    with pytest.raises(CannotWrite) as refused:
        write(SheetKind.LISTS, form, [KeywordList("DE", "de", "voting", (Term("a\ud83d"),))])
    assert refused.value.code == "half_character"


def test_a_workbook_counts_the_characters_of_a_cell_as_spreadsheets_do() -> None:
    with pytest.raises(CannotWrite):
        write(SheetKind.LISTS, SheetFormat.XLSX, [KeywordList("DE", "de", "voting", (Term("x", note="🗳" * 16_384),))])
    values = (KeywordList("DE", "de", "voting", (Term("x", note="🗳" * 16_383),)),)
    assert read(SheetKind.LISTS, SheetFormat.XLSX, write(SheetKind.LISTS, SheetFormat.XLSX, values)).values == values


@pytest.mark.parametrize("form", OURS)
def test_the_same_list_twice_is_not_written(form: SheetFormat) -> None:
    with pytest.raises(CannotWrite) as refused:
        write(SheetKind.LISTS, form, [KeywordList("DE", "de", "voting", ()), KeywordList("DE", "de", "voting", (), owner="x")])
    assert refused.value.code == "given_twice"


@pytest.mark.parametrize(("form", "length"), [(SheetFormat.CSV, 131_072), (SheetFormat.TSV, 131_072), (SheetFormat.XLSX, 32_768)])
def test_a_text_that_a_cell_would_cut_is_not_written(form: SheetFormat, length: int) -> None:
    with pytest.raises(CannotWrite) as refused:
        write(SheetKind.LISTS, form, [KeywordList("DE", "de", "voting", (Term("x", note="n" * length),))])
    assert refused.value.code == "cell_too_long"


@pytest.mark.parametrize("form", [form for form in SheetFormat if form not in OURS])
def test_the_formats_of_other_programs_are_not_written(form: SheetFormat) -> None:
    with pytest.raises(CannotWrite) as refused:
        write(SheetKind.LISTS, form, [])
    assert refused.value.code == "read_only_format"


def test_values_of_another_kind_are_not_written() -> None:
    with pytest.raises(TypeError):
        write(SheetKind.NOTICES, SheetFormat.CSV, [KeywordList("DE", "de", "voting", ())])
