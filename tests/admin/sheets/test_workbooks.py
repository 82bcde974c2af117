"""Workbooks as people save them: numbers and dates become text, formulas and bombs are refused, nothing is ever run."""

import io
import re
from datetime import date, datetime, time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from admin.sheets.findings import Defaults, Reading, SheetFormat, SheetKind
from admin.sheets.reading import read
from admin.sheets.workbook import LARGEST_UNPACKED, MOST_TAGS
from admin.sheets.writing import write
from admin.sheets.xml_text import escaped, unescaped
from keywords.lists import KeywordList, Term

HERE = Defaults("DE", "de", "voting")


def saved(*rows: list[object], sheets: tuple[str, ...] = ("Tabelle1",)) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def shared(data: bytes) -> bytes:
    """The workbook with its texts in one table for all sheets, as other programs save it."""
    texts: list[bytes] = []

    def move(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    moved = altered(data, "xl/worksheets/sheet1.xml", lambda part: re.sub(rb't="inlineStr"><is>(.*?)</is>', move, part))
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s" /></Types>' % kind
    moved = altered(moved, "[Content_Types].xml", lambda part: part.replace(b"</Types>", override))
    table = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>'
    out = io.BytesIO(moved)
    with ZipFile(out, "a", ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", table % b"".join(b"<si>%s</si>" % text for text in texts))
    return out.getvalue()


def told(data: bytes, kind: SheetKind = SheetKind.LISTS) -> Reading:
    return read(kind, SheetFormat.XLSX, data, HERE)


def altered(data: bytes, name: str, change) -> bytes:
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


def test_numbers_truths_and_dates_are_read_as_people_typed_them() -> None:
    midnight = datetime(2026, 1, 3)  # noqa: DTZ001 -- spreadsheets know no zones
    data = saved(["text", "season_only", "verified_on"], [2026, True, date(2026, 1, 2)], [1.0, None, midnight], [2.5, False, None])
    (found,) = told(data).values
    assert found.terms == (
        Term("2026", season_only=True, verified_on=date(2026, 1, 2)),
        Term("1", verified_on=date(2026, 1, 3)),
        Term("2.5"),
    )


def test_dates_and_clock_times_of_windows_and_milestones_are_read() -> None:
    rows = (["row", "campaign", "notice", "starts"], ["campaign", "a", "n"], ["window", "a", None, datetime(2026, 11, 3, 10, 30)])  # noqa: DTZ001
    (campaign,) = told(saved(*rows), SheetKind.CAMPAIGNS).values
    assert campaign.windows[0].starts == datetime(2026, 11, 3, 10, 30)  # noqa: DTZ001 -- a wall time
    header = ["row", "election", "regions", "kind", "first_day", "milestone", "on", "at"]
    day = date(2027, 5, 9)
    (election,) = told(
        saved(header, ["round", "e", "DE", "local", day], ["milestone", "e", None, None, None, "polls_close", day, time(18)]),
        SheetKind.ELECTIONS,
    ).values
    assert (election.rounds[0].milestones[0].on, election.rounds[0].milestones[0].at) == (day, time(18))


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("https://x")', "=SUM(A1:A2)"])
def test_a_formula_is_refused_by_its_cell(formula: str) -> None:
    reading = told(saved(["text", "note"], ["x", formula]))
    assert [(problem.row, problem.column, problem.code) for problem in reading.problems] == [(2, "B", "formula")]


def test_an_error_value_is_refused_by_its_cell() -> None:
    reading = told(saved(["text", "note"], ["x", "#REF!"]))
    assert [(problem.row, problem.column, problem.code) for problem in reading.problems] == [(2, "B", "error_value")]


def test_a_text_that_a_person_marked_as_text_is_no_formula() -> None:
    data = altered(saved(["text"], ["marked"]), "xl/worksheets/sheet1.xml", lambda part: part.replace(b"marked", b"=1+1"))
    assert told(data).values[0].terms == (Term("=1+1"),)
    assert told(shared(data)).values[0].terms == (Term("=1+1"),)


def test_the_sheet_of_the_kind_is_read_before_the_first_and_the_rest_is_noted() -> None:
    data = saved(["text"], ["x"], sheets=("Notizen", "lists"))
    reading = told(data)
    assert reading.values[0].terms == (Term("x"),)
    assert [(note.code, note.message) for note in reading.notes] == [
        ("one_sheet_read", "Only the sheet lists was read; the workbook has 2.")
    ]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = altered(saved(["text"], ["x"]), "xl/worksheets/sheet1.xml", lambda _: b" " * (LARGEST_UNPACKED + 1))
    assert len(data) < 1_000_000
    assert [problem.code for problem in told(data).problems] == ["too_large"]


def test_a_size_that_lies_gains_nothing() -> None:
    data = bytearray(altered(saved(["text"], ["x"]), "xl/worksheets/sheet1.xml", lambda part: part + b" " * 5_000_000))
    with ZipFile(io.BytesIO(data)) as parts:
        size = parts.getinfo("xl/worksheets/sheet1.xml").file_size
    told_size = size.to_bytes(4, "little")
    assert data.count(told_size) == 2
    lying = bytes(data).replace(told_size, (100).to_bytes(4, "little"))
    assert [problem.code for problem in told(lying).problems] == ["not_a_workbook"]


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_endless_tags_are_refused_before_they_are_parsed(part: str) -> None:
    data = altered(shared(saved(["text"], ["x"])), part, lambda _: SHEET % (b"<x/>" * (MOST_TAGS + 1)))
    assert [problem.code for problem in told(data).problems] == ["too_large"]


def test_a_part_with_a_password_is_refused() -> None:
    data = bytearray(saved(["text"], ["x"]))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + at] |= 1
    assert [problem.code for problem in told(bytes(data)).problems] == ["damaged_workbook"]


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused(part: str) -> None:
    data = altered(shared(saved(["text"], ["x"])), part, lambda old: ENTITY + re.sub(rb"<\?xml.*?\?>", b"", old))
    assert [problem.code for problem in told(data).problems] == ["damaged_workbook"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "koi8-r"])
@pytest.mark.parametrize("room", [0, 1024 * 1024 - 40, 1024 * 1024 - 30])
def test_entities_are_refused_in_any_encoding_and_wherever_they_stand(encoding: str, room: int) -> None:
    text = ENTITY.decode().replace("?>", f' encoding="{encoding}"?>{"<!--" + "x" * room + "-->" if room else ""}', 1) + "<x>&b;</x>"
    data = altered(saved(["text"], ["x"]), "xl/worksheets/sheet1.xml", lambda _: text.encode(encoding))
    assert [problem.code for problem in told(data).problems] == ["damaged_workbook"]


def test_a_row_that_reaches_to_the_end_of_the_world_is_refused() -> None:
    data = altered(saved(["text"], ["x"]), "xl/worksheets/sheet1.xml", lambda part: part.replace(b'r="A2"', b'r="XFD2"'))
    assert [(problem.row, problem.code) for problem in told(data).problems] == [(2, "too_wide")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"text\nx", "not_a_workbook"),
        (b"PK\x03\x04 and no more", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_workbook"),
        (altered(saved(["text"], ["x"]), "xl/worksheets/sheet1.xml", lambda part: part[:-40]), "damaged_workbook"),
        (altered(saved(["text"], ["x"]), "xl/workbook.xml", lambda _: b"<x/>"), "damaged_workbook"),
        (altered(saved(["text"], ["x"]), "[Content_Types].xml", lambda _: b""), "damaged_workbook"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, code: str) -> None:
    reading = told(data)
    assert [problem.code for problem in reading.problems] == [code]
    assert reading.values == ()


def test_the_progress_grows_and_ends_with_the_last_row() -> None:
    calls: list[tuple[int, int]] = []
    values = [KeywordList("DE", "de", "voting", tuple(Term(f"wahl {number}") for number in range(3_000)))]
    data = write(SheetKind.LISTS, SheetFormat.XLSX, values)
    read(SheetKind.LISTS, SheetFormat.XLSX, data, tell=lambda done, total: calls.append((done, total)))
    assert [done for done, _ in calls] == [1000, 2000, 3000, 3001]
    assert all(done <= total for done, total in calls)
    assert calls[-1] == (3001, 3001)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x0bb", "a_x000B_b"), ("_x000B_", "_x005F_x000B_"), ("a\r\nb", "a_x000D_\nb"), ("\uffff", "_xFFFF_"), (" ", "_x0020_"),
        ("_x00", "_x00"), ("x_x0041_", "x_x005F_x0041_"), ("tab\tline\n", "tab\tline\n"), ("_x_x0041_", "_x_x005F_x0041_"),
    ],
)  # fmt: skip
def test_what_xml_cannot_hold_is_escaped_as_office_does(text: str, kept: str) -> None:
    assert escaped(text) == kept
    assert unescaped(kept) == text


def test_texts_in_a_shared_table_and_rich_ones_are_read() -> None:
    data = saved(["text", "note"], ["wählen", "two words"])
    rich = altered(
        data, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"<t>two words</t>", b"<r><t>two </t></r><r><t>words</t></r>")
    )
    for form in (data, rich, shared(data), shared(rich)):
        assert told(form).values[0].terms[0].text == "wählen"
        assert told(form).values[0].terms[0].note.split() == ["two", "words"]


def test_cells_need_not_say_where_they_stand() -> None:
    data = altered(saved(["text", "note"], ["x", "y"]), "xl/worksheets/sheet1.xml", lambda part: re.sub(rb' r="[A-Z]?\d+"', b"", part))
    assert told(data).values[0].terms == (Term("x", note="y"),)


def test_what_else_a_sheet_has_is_not_looked_at() -> None:
    more = b'<conditionalFormatting><x/></conditionalFormatting><extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    data = altered(saved(["text"], ["x"]), "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</worksheet>", more))
    assert told(data).values[0].terms == (Term("x"),)


def test_half_a_character_is_not_restored() -> None:
    assert unescaped("_xD83D_") == "_xD83D_"
