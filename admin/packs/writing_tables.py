"""Regions, their names, polling hours and silence rules as the CSV of packs, the way back from reading_places and tables."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

from admin.errors import CannotPack
from admin.packs.reading_places import REGION_COLUMNS
from elections.hours import PollingHours
from elections.places import RegionKind
from elections.silence import SilenceRule
from notices.documents import Document

_FILES: Final = {RegionKind.WORLD: "world", RegionKind.UNION: "world", RegionKind.SUBDIVISION: "subdivisions"}
_OTHERS: Final = "countries"
_SEPARATOR: Final = ";"


def region_files(regions: Iterable[Document]) -> Iterator[tuple[str, bytes]]:
    """The world and unions, countries, subdivisions, and the other names of all."""
    rows: dict[str, list[list[str]]] = {"world": [], _OTHERS: [], "subdivisions": []}
    names: list[list[str]] = []
    for region in regions:
        rows[_FILES.get(RegionKind(region["kind"]), _OTHERS)].append([_cell(region.get(column)) for column in REGION_COLUMNS])
        names += [[str(region["code"]), language, name] for language, name in region.get("names", {}).items()]
    for name, found in rows.items():
        if found:
            yield f"regions/{name}.csv", _table(REGION_COLUMNS, found)
    if names:
        yield "regions/names/subdivisions.csv", _table(("code", "language", "name"), sorted(names))


def rule_files(polling_hours: Iterable[Document], silence: Iterable[Document]) -> Iterator[tuple[str, bytes]]:
    """`polling_hours.csv` and `silence.csv`, a row each."""
    for name, kind, rows in (("polling_hours", PollingHours, polling_hours), ("silence", SilenceRule, silence)):
        columns = tuple(field.name for field in fields(kind))
        yield f"{name}.csv", _table(columns, [[_cell(row.get(column)) for column in columns] for row in rows])


def _cell(value: Any) -> str:
    """A value as a cell: several with semicolons between them."""
    if isinstance(value, list):
        if any(_SEPARATOR in str(item) or not item for item in value):
            raise CannotPack("A code in a list is empty or holds a semicolon, which stands between codes in pack files.")
        return _SEPARATOR.join(map(str, value))
    return "" if value is None else str(value)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    try:
        return bytes(out.getvalue(), "utf-8")
    except UnicodeEncodeError:
        raise CannotPack("A text holds half of a surrogate pair, which no file can hold.") from None
