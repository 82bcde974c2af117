"""The door in: the bytes of a file → all its values, or none and every problem. What becomes of them is for a change to say."""

from admin.sheets import delimited, documents, workbook
from admin.sheets.decoding import check_size, decoded
from admin.sheets.errors import SheetRefused
from admin.sheets.findings import Defaults, Findings, Reading, SheetFormat, SheetKind, Tell, Value
from admin.sheets.foreign.reading import READERS, list_of
from admin.sheets.grid import Grid, rows_of
from admin.sheets.json_text import parse_json
from admin.sheets.kinds import LAYOUTS
from admin.sheets.yaml_text import read_yaml_text

NO_DEFAULTS = Defaults()


def not_told(_done: int, _total: int) -> None:
    """Nobody watches."""


def read(kind: SheetKind, form: SheetFormat, data: bytes, defaults: Defaults = NO_DEFAULTS, tell: Tell = not_told) -> Reading:
    """What a file holds; `defaults` are for keyword lists. A bad file is no exception but a reading with problems and without values."""
    findings = Findings()
    values: list[Value] = []
    try:
        check_size(data)
        values = _values(kind, form, data, defaults, findings, tell)
    except SheetRefused as refusal:
        findings.refused(refusal)
    return Reading(
        () if findings.problem_count else tuple(values),
        tuple(findings.problems),
        findings.problem_count,
        tuple(findings.notes),
        findings.encoding,
    )


def _values(kind: SheetKind, form: SheetFormat, data: bytes, defaults: Defaults, findings: Findings, tell: Tell) -> list[Value]:
    if form is SheetFormat.XLSX:
        return _rows(kind, workbook.read_grid(data, kind, findings), defaults, findings, tell)
    text = decoded(data, findings)
    if form in {SheetFormat.CSV, SheetFormat.TSV}:
        usual = "," if form is SheetFormat.CSV else "\t"
        return _rows(kind, delimited.read_grid(text, LAYOUTS[kind].columns, usual), defaults, findings, tell)
    if form is SheetFormat.JSON:
        return documents.values_of(parse_json(text), kind, findings, tell)
    if form is SheetFormat.YAML:
        return documents.values_of(read_yaml_text(text), kind, findings, tell)
    if kind is not SheetKind.LISTS:
        raise SheetRefused("other_kind", f"Files of {form} hold words to look for; they can only be read as keyword lists.")
    return [list_of(READERS[form], text, defaults, findings, tell)]


def _rows(kind: SheetKind, grid: Grid, defaults: Defaults, findings: Findings, tell: Tell) -> list[Value]:
    layout = LAYOUTS[kind]
    given = [name for name in ("region", "language", "topic") if kind is SheetKind.LISTS and getattr(defaults, name) is not None]
    return layout.read(rows_of(grid, layout, given, findings, tell), defaults, findings)
