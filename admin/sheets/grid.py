"""A table as rows of cells, whichever file it came from, and its header matched to the columns of a layout; not what cells mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from admin.sheets.errors import SheetRefused
from admin.sheets.findings import MOST_ROWS, Findings, Tell
from admin.sheets.layout import Layout
from admin.sheets.rows import Row
from notices.csv_cells import unguarded

STEP: Final = 1_000
"""Rows between two tellings of the progress."""
WIDEST: Final = 256
"""Columns beyond which a table is no longer read."""
_LONGEST_NAME: Final = 40
"""Characters of a header's cell that are compared and told."""


@dataclass(slots=True)
class Grid:
    """Rows as number and cells, and how many there are, which may be an estimate until the last."""

    rows: Iterator[tuple[int, Sequence[str]]]
    total: int


def column_name(cell: str) -> str:
    """A header's cell as a column's name: case, spaces and hyphens do not count."""
    return "_".join(cell.casefold().replace("-", " ").replace("_", " ").split())


def rows_of(grid: Grid, layout: Layout[Any], given: Iterable[str], findings: Findings, tell: Tell) -> Iterator[Row]:
    """The rows below the header, each of a kind that the layout has; columns in `given` may be missing. Empty rows are passed over."""
    header = next(((number, cells) for number, cells in grid.rows if any(map(str.strip, cells))), None)
    if header is None:
        raise SheetRefused("empty_file", "The file has no rows.")
    columns = _columns(*header, layout, frozenset(given), findings)
    strange = {kind: [name for name in columns if name and name not in names] for kind, names in layout.rows.items()}
    done = kept = 0
    for number, cells in grid.rows:
        done += 1
        if done % STEP == 0:
            tell(done, max(done, grid.total))
        found = {name: unguarded(cell) for name, cell in zip(columns, cells, strict=False) if cell}
        if len(cells) > len(columns) or "" in found:
            _check_outside(number, columns, cells, findings)
        row = Row(number, found, findings)
        if not any(map(str.strip, found.values())):
            continue
        kept += 1
        if kept > MOST_ROWS:
            raise SheetRefused("too_many_rows", f"The table has more than {MOST_ROWS} rows; split it.", number)
        kind = _kind(row, layout)
        if kind is not None:
            row.kind = kind
            for name in strange[kind]:
                if found.get(name, "").strip():
                    findings.problem(number, name, "not_in_this_row", f"A row of kind {kind} has no {name}; empty the cell.")
            yield row
    tell(done, done)


def _columns(number: int, cells: Sequence[str], layout: Layout[Any], given: frozenset[str], findings: Findings) -> list[str]:
    names = [column_name(unguarded(cell))[:_LONGEST_NAME] for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > WIDEST:
        raise SheetRefused("too_wide", f"The header has more than {WIDEST} columns.", number)
    for name in {name: None for name in names if name and name not in layout.columns}:
        near = get_close_matches(name, layout.columns, n=1)
        hint = f"perhaps {near[0]} was meant" if near else f"the columns are {', '.join(layout.columns)}"
        findings.problem(number, name, "unknown_column", f"There is no such column; {hint}.")
    for name in {name: None for name in names if name and names.count(name) > 1}:
        findings.problem(number, name, "column_twice", "The header names this column twice.")
    for name in layout.needed:
        if name not in names and name not in given:
            findings.problem(number, name, "column_missing", "The header must name this column.")
    if findings.problems:
        raise SheetRefused("bad_header", "The rows were not read, because the header is not right.", number)
    return names


def _check_outside(number: int, columns: Sequence[str], cells: Sequence[str], findings: Findings) -> None:
    for index, cell in enumerate(cells):
        if cell.strip() and (index >= len(columns) or not columns[index]):
            findings.problem(number, None, "cell_without_column", f"The cell in column {index + 1} has no name in the header.")
            return


def _kind(row: Row, layout: Layout[Any]) -> str | None:
    said = row.cells.get("row", "").strip().lower() or layout.usual
    if said not in layout.rows:
        code, what = ("not_one_of", "This") if said else ("cell_missing", "The kind of the row")
        row.problem("row", code, f"{what} must be one of {', '.join(layout.rows)}.")
        return None
    return said


def cells_of(layout: Layout[Any], rows: Iterable[Mapping[str, str]]) -> Iterator[list[str]]:
    """The header and the rows as lists of cells, in the layout's order."""
    yield list(layout.columns)
    for row in rows:
        yield [row.get(name, "") for name in layout.columns]
