"""XLSX ↔ rows of cells as text; formulas are refused and nothing in a workbook is ever run. What the cells mean is for the layouts."""

import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES

from admin.sheets.errors import CannotWrite, SheetRefused
from admin.sheets.findings import MOST_ROWS, Findings
from admin.sheets.grid import WIDEST, Grid
from admin.sheets.sheet_parser import SheetParser
from admin.sheets.xml_text import escaped, unescaped
from notices.csv_cells import guarded

LARGEST_UNPACKED: Final = 160 * 1024 * 1024
"""Bytes of all parts of a workbook together, told by its directory before anything is unpacked; no more than told is unpacked."""
LONGEST_CELL: Final = 32_767
"""Characters of a cell that spreadsheets keep; those beyond the first plane count twice."""
MOST_TAGS: Final = 16_000_000
"""Opening and closing tags of all parts together; 100,000 terms with every column filled have 14 million."""
TALLEST: Final = 1_048_576
"""Rows of a sheet, empty ones counted; no spreadsheet has more."""
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_CHUNK: Final = 1024 * 1024
_TYPES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
"""XML readers know no other encodings in which these letters are other bytes."""
_LONGEST_TYPE: Final = max(map(len, _TYPES)) - 1
_SMALLER: Final = "delete what is not needed, or split it."
_DAMAGED: Final = "The workbook is damaged and cannot be read; save it again as XLSX."


def read_grid(data: bytes, title: str, findings: Findings) -> Grid:
    """The rows of the sheet with a title, else of the first one; the other sheets are noted."""
    _check_parts(data)
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheets = {sheet.title: sheet for sheet in workbook.worksheets}
        name = title if title in sheets else next(iter(sheets))
        parser = SheetParser.of(workbook, sheets[name])
    except Exception:  # noqa: BLE001 -- the parser raises whatever its parts do
        raise SheetRefused("damaged_workbook", _DAMAGED) from None
    if len(sheets) > 1:
        findings.note(None, None, "one_sheet_read", f"Only the sheet {name[:40]} was read; the workbook has {len(sheets)}.")
    grid = Grid(iter(()), 0)
    grid.rows = _rows(parser, grid, findings)
    return grid


def _check_parts(data: bytes) -> None:
    """Refuse, before anything is parsed, what is no workbook or unpacks to more than anybody curates."""
    if data.startswith(_OLD_OFFICE):
        raise SheetRefused("old_workbook", "The workbook has a password or is in the old XLS format; save it as XLSX without one.")
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            told = parts.infolist()
            if sum(part.file_size for part in told) > LARGEST_UNPACKED:
                raise SheetRefused("too_large", f"The workbook unpacks to more than {LARGEST_UNPACKED // 1024 // 1024} MB; {_SMALLER}")
            if sum(_tags(parts, part) for part in told) > MOST_TAGS:
                raise SheetRefused("too_large", f"The workbook has more parts than {MOST_ROWS} rows can have; {_SMALLER}")
    except BadZipFile:
        raise SheetRefused("not_a_workbook", "The file is not an XLSX workbook, or it is damaged.") from None
    except (ValueError, OSError, RuntimeError, EOFError, zlib.error):
        raise SheetRefused("damaged_workbook", _DAMAGED) from None


def _tags(parts: ZipFile, part: ZipInfo) -> int:
    """How many tags a part has; raises ValueError for a document type, which could declare entities and which no workbook has."""
    found, last = 0, b""
    with parts.open(part) as unpacked:
        for chunk in iter(lambda: unpacked.read(_CHUNK), b""):
            seen = last + chunk
            if any(mark in seen for mark in _TYPES):
                raise ValueError
            found, last = found + chunk.count(b"<"), chunk[-_LONGEST_TYPE:]
    return found


def _rows(parser: SheetParser, grid: Grid, findings: Findings) -> Iterator[tuple[int, Sequence[str]]]:
    source = parser.rows()
    done = 0
    while True:
        try:
            number, cells = next(source)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001 -- the parser raises whatever its parts do
            raise SheetRefused("damaged_workbook", _DAMAGED) from None
        done += 1
        if done > TALLEST:
            raise SheetRefused("too_many_rows", f"The sheet has more than {TALLEST} rows; delete the empty ones.", number)
        grid.total = round(done / max(parser.part_read(), 0.001))
        yield number, _texts(number, cells, findings)


def _texts(number: int, cells: Iterable[dict[str, Any]], findings: Findings) -> list[str]:
    texts: list[str] = []
    for cell in cells:
        value = cell["value"]
        if value is None:
            continue
        column = cell["column"]
        if column > WIDEST:
            raise SheetRefused("too_wide", f"The row reaches beyond {WIDEST} columns; delete what stands on the right.", number)
        if len(texts) < column:
            texts.extend([""] * (column - len(texts)))
        if cell["data_type"] == "f":
            findings.problem(number, _letters(column), "formula", "The cell holds a formula; put its value in its place.")
        elif cell["data_type"] == "e":
            findings.problem(number, _letters(column), "error_value", f"The cell holds an error, {value}.")
        else:
            texts[column - 1] = unescaped(value) if type(value) is str else _told(value)
    return texts


def _letters(column: int) -> str:
    """A column as spreadsheets name it."""
    first, second = divmod(column - 1, 26)
    return f"{chr(ord('A') + first - 1) if first else ''}{chr(ord('A') + second)}"


def _told(value: object) -> str:
    """A number, date or truth as the text that a person would have typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def write_rows(rows: Iterable[Sequence[str]], title: str) -> bytes:
    """A workbook with one sheet, every cell a text; formulas are disarmed and the header stays in sight."""
    texts = [[_text(cell) for cell in row] for row in rows]
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    size = f"A1:{_letters(max(map(len, texts)))}{len(texts)}"
    sheet.calculate_dimension = lambda: size  # openpyxl writes no size otherwise, and whoever reads the sheet has to read it twice
    for texts_of_row in texts:
        sheet.append([_no_error(sheet, text) if text in ERROR_CODES else text for text in texts_of_row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _text(cell: str) -> str | None:
    """A cell as a workbook holds it, None for an empty one; raises CannotWrite or UnicodeEncodeError for what it would not hold."""
    if not cell:
        return None
    text = escaped(guarded(cell))
    if (len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2) > LONGEST_CELL:
        raise CannotWrite("cell_too_long", f"A cell would have more than {LONGEST_CELL} characters; take CSV, JSON or YAML.")
    return text


def _no_error(sheet: Any, text: str) -> object:
    """A text that looks like an error (`#N/A`) and is none."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
