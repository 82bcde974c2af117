"""Rows of a CSV file as values: polling hours and silence rules; errors name the file and the line."""

import csv
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from admin.errors import PackError
from admin.packs.reading_places import check_zone
from elections.hours import PollingHours
from elections.silence import SilenceRule
from notices.documents import from_document
from notices.errors import InvalidDocument

T = TypeVar("T")
SEVERAL = frozenset({"zones", "kinds", "bars"})
"""Columns that hold several values, `;` between them."""
NUMBERS = frozenset({"days_before", "hours_before", "minutes_after"})


def read_polling_hours(folder: Path) -> tuple[PollingHours, ...]:
    """The rows of `polling_hours.csv` in `packs`."""
    path = folder / "polling_hours.csv"
    rules = []
    for line, row in _rows(path, PollingHours):
        rule = _value(path, line, row, PollingHours)
        for zone in (*rule.zones, *((rule.clock,) if rule.clock else ())):
            check_zone(path, zone, line)
        rules.append(rule)
    return tuple(rules)


def read_silence(folder: Path) -> tuple[SilenceRule, ...]:
    """The rows of `silence.csv` in `packs`."""
    path = folder / "silence.csv"
    return tuple(_value(path, line, row, SilenceRule) for line, row in _rows(path, SilenceRule))


def _rows(path: Path, kind: type) -> Iterator[tuple[int, dict[str, Any]]]:
    """The filled cells of each line by column; the columns are the kind's fields, in any order."""
    known = {field.name for field in fields(kind)}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if unknown := set(reader.fieldnames or ()) - known:
                raise PackError(f"there is no column {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}", path, 1)
            for row in reader:
                if None in row or None in row.values():
                    raise PackError(f"expected {len(reader.fieldnames or ())} cells", path, reader.line_num)
                yield (
                    reader.line_num,
                    {name: _cell(path, reader.line_num, name, cell) for name, cell in row.items() if cell or name in SEVERAL},
                )
    except OSError as error:
        raise PackError("the file cannot be read", path) from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise PackError("not CSV or not UTF-8", path) from error


def _cell(path: Path, line: int, name: str, cell: str) -> object:
    if name in SEVERAL:
        return cell.split(";") if cell else []
    if name in NUMBERS:
        if not cell.isdecimal():
            raise PackError(f"{name} must be a whole number", path, line)
        return int(cell)
    return cell


def _value(path: Path, line: int, row: dict[str, Any], kind: type[T]) -> T:
    try:
        return from_document(row, kind)
    except InvalidDocument as error:
        raise PackError(" ".join(part for part in (error.path, str(error)) if part), path, line) from error
