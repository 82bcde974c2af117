"""The rows of one worksheet, by openpyxl's parser with a short way for plain texts; turning cells into text is in workbook."""

from collections.abc import Iterator
from typing import IO, Any, Self

from openpyxl.cell.text import Text
from openpyxl.worksheet._reader import INLINE_STRING, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

_TEXT = f"{{{SHEET_MAIN_NS}}}t"


class SheetParser(WorkSheetParser):
    """openpyxl builds three objects for a text that stands in its cell, as in every workbook that it writes: 15 s for 100,000 rows, so 5."""

    size: int

    @classmethod
    def of(cls, workbook: Any, sheet: Any) -> Self:
        """The parser of a sheet of a workbook that was opened to be read only."""
        source = sheet._get_source()  # noqa: SLF001 -- what openpyxl's own read-only worksheet hands to its parser
        parser = cls(
            source,
            sheet._shared_strings,  # noqa: SLF001 -- the same
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,  # noqa: SLF001 -- the same
            timedelta_formats=workbook._timedelta_formats,  # noqa: SLF001 -- the same
        )
        parser.size = workbook._archive.getinfo(sheet._worksheet_path).file_size  # noqa: SLF001 -- the same
        parser.columns = {}
        return parser

    columns: dict[str, int]
    source: IO[bytes]

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Every row that the sheet tells, by its number."""
        return iter(self.parse())

    def part_read(self) -> float:
        """How much of the sheet was read, from 0 to 1."""
        return self.source.tell() / self.size if self.size else 1.0

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """A cell; a text that stands in it is taken as it is."""
        if element.get("t") != "inlineStr" or len(element) != 1 or element[0].tag != INLINE_STRING:
            found: dict[str, Any] = super().parse_cell(element)
            return found
        coordinate = element.get("r", "")
        letters = coordinate.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            column = self.columns[letters] = super().parse_cell(element)["column"]
        self.col_counter = column
        inner = element[0]
        if len(inner) == 1 and inner[0].tag == _TEXT:
            value = inner[0].text
        else:
            rich = Text.from_tree(inner)
            value = rich.content if rich else None
        return {"column": column, "value": value, "data_type": "s"}
