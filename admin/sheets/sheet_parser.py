"""The rows of one worksheet, by openpyxl's parser with a short way for plain texts; turning cells into text is in workbook."""

from collections.abc import Iterator
from typing import IO, Any, Self
from xml.etree.ElementTree import iterparse

from openpyxl.cell.text import Text
from openpyxl.worksheet._reader import INLINE_STRING, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

_TEXT = f"{{{SHEET_MAIN_NS}}}t"


class SheetParser(WorkSheetParser):
    """openpyxl builds an object of its own for each text that stands in its cell, as all do that it wrote; this takes half the time."""

    size: int
    columns: dict[str, int]
    source: IO[bytes]

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

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Every row that the sheet tells, by its number; nothing else of the sheet is looked at."""
        element: Any
        for _, element in iterparse(self.source):  # noqa: S314 -- workbook refuses document types, and so entities; defusedxml's is written in Python: slow
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()

    def part_read(self) -> float:
        """How much of the sheet was read, from 0 to 1."""
        return self.source.tell() / self.size if self.size else 1.0

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """A cell; a text that stands in it is taken as it is."""
        letters = element.get("r", "").rstrip("0123456789")
        if not letters or element.get("t") != "inlineStr" or len(element) != 1 or element[0].tag != INLINE_STRING:
            found: dict[str, Any] = super().parse_cell(element)
            return found
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
