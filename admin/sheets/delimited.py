"""CSV and TSV ↔ rows of cells, whichever delimiter the file's own spreadsheet set; what the cells mean is for the layouts."""

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from admin.sheets.errors import CannotWrite, SheetRefused
from admin.sheets.findings import MOST_ROWS
from admin.sheets.grid import Grid, column_name
from notices.csv_cells import guarded

DELIMITERS: Final = ",;\t|"
LONGEST_CELL: Final = 131_072
"""Characters of a cell, the limit of Python's csv module."""


def read_grid(text: str, columns: Collection[str], usual: str) -> Grid:
    """The rows of a text, parsed as strictly as RFC 4180 asks. The delimiter is the one that yields the most known columns."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text, columns, usual))
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise SheetRefused("too_many_rows", f"The table has more than {MOST_ROWS} rows; split it.", len(rows))
    except csv.Error as error:
        raise SheetRefused("malformed_table", f"The row cannot be read: {error}.", len(rows) + 1) from None
    return Grid(enumerate(rows, 1), len(rows))


def _delimiter(text: str, columns: Collection[str], usual: str) -> str:
    head = text.lstrip("\r\n\t ,;|")[:20_000].replace("\r", "\n").partition("\n")[0]
    found = {delimiter: sum(column_name(cell.strip('"')) in columns for cell in head.split(delimiter)) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: (found[delimiter], delimiter == usual))


def write_rows(rows: Iterable[Sequence[str]], delimiter: str) -> bytes:
    """UTF-8 with the byte order mark that spreadsheets know it by, lines ended as RFC 4180 says; formulas are disarmed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        if any(len(cell) >= LONGEST_CELL for cell in row):
            raise CannotWrite("cell_too_long", f"A cell would have more than {LONGEST_CELL} characters; take JSON or YAML.")
        writer.writerow([guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")
