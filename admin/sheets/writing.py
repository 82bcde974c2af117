"""The door out: values → the bytes of a file in one of our own formats."""

from collections.abc import Sequence

from admin.sheets import delimited, documents, workbook, yaml_text
from admin.sheets.errors import CannotWrite
from admin.sheets.findings import SheetFormat, SheetKind, Value
from admin.sheets.grid import cells_of
from admin.sheets.kinds import LAYOUTS, TYPES, identity


def write(kind: SheetKind, form: SheetFormat, values: Sequence[Value]) -> bytes:
    """The file of the values; reading it gives them back. Raises CannotWrite where that cannot be promised."""
    if not all(isinstance(value, TYPES[kind]) for value in values):
        raise TypeError(f"these are not {kind}")
    if len({identity(value) for value in values}) != len(values):
        raise CannotWrite("given_twice", f"Two of the {kind} are the same; a file can hold each only once.")
    try:
        return _bytes(kind, form, values)
    except UnicodeEncodeError:
        raise CannotWrite("half_character", "A text holds half of a surrogate pair, which no file can hold.") from None


def _bytes(kind: SheetKind, form: SheetFormat, values: Sequence[Value]) -> bytes:
    if form in {SheetFormat.JSON, SheetFormat.YAML}:
        document = documents.document_of(values, kind)
        text = documents.json_text(document) if form is SheetFormat.JSON else yaml_text.write_yaml_text(document)
        return text.encode()
    layout = LAYOUTS[kind]
    cells = cells_of(layout, (row for value in values for row in layout.write(value)))
    if form is SheetFormat.XLSX:
        return workbook.write_rows(cells, kind)
    if form in {SheetFormat.CSV, SheetFormat.TSV}:
        return delimited.write_rows(cells, "," if form is SheetFormat.CSV else "\t")
    raise CannotWrite("read_only_format", f"Files of {form} are only read; take csv, tsv, xlsx, json or yaml.")
