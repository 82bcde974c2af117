"""Regions, centers, elections and rolls from their pack files; errors name the file and the row."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from admin.errors import PackError
from admin.packs.yaml_reading import read_rows
from elections.centers import Center
from elections.election import Election
from elections.errors import InvalidElection
from elections.local_time import is_zone
from elections.places import Region, RegionKind
from elections.rolls import Roll
from notices.documents import from_document
from notices.errors import InvalidDocument

T = TypeVar("T")
REGION_COLUMNS = ("code", "kind", "name", "parent", "languages", "zones", "ocd_ids", "aliases")
KINDS = tuple(RegionKind)
YEARS = range(1990, 2101)


def read_regions(folder: Path) -> tuple[Region, ...]:
    """All regions of `packs/regions`, the file with the world first, with the other names that `names/` has for them."""
    files = sorted(folder.glob("*.csv"), key=lambda path: (path.name != "world.csv", path.name))
    names = _names(folder / "names" / "subdivisions.csv")
    return tuple(replace(region, names=names.get(region.code, {})) for path in files for region in read_region_file(path))


def _names(path: Path) -> dict[str, dict[str, str]]:
    """Code → language → name."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                found[row["code"]][row["language"]] = row["name"]
    return found


def read_centers(folder: Path) -> tuple[Center, ...]:
    """All centers of `packs/centers`; `source` marks rows that facts own and is no part of a center."""
    return tuple(center for path in sorted(folder.glob("*.yaml")) for center in _center_file(path))


def read_elections(folder: Path) -> tuple[Election, ...]:
    """All elections of `packs/elections`."""
    return tuple(election for path in sorted(folder.glob("*.yaml")) for election in _election_file(path))


def read_rolls(folder: Path) -> tuple[Roll, ...]:
    """All official rolls of `packs/rolls`; there may be none."""
    return tuple(
        _value(path, row, Roll, f"rolls/{number}")
        for path in sorted(folder.glob("*.yaml"))
        for number, row in enumerate(read_rows(path, "rolls"))
    )


def read_region_file(path: Path) -> Iterator[Region]:
    """The regions of one CSV file, line by line."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            if tuple(next(reader, ())) != REGION_COLUMNS:
                raise PackError(f"the columns must be {', '.join(REGION_COLUMNS)}", path, 1)
            yield from (_region(path, cells, reader.line_num) for cells in reader)
    except (csv.Error, UnicodeDecodeError) as error:
        raise PackError("not CSV or not UTF-8", path) from error


def _region(path: Path, cells: list[str], line: int) -> Region:
    if len(cells) != len(REGION_COLUMNS):
        raise PackError(f"expected {len(REGION_COLUMNS)} cells, found {len(cells)}", path, line)
    code, kind, name, parent, *lists = cells
    languages, zones, ocd_ids, aliases = (tuple(cell.split(";")) if cell else () for cell in lists)
    if not code or not name or kind not in KINDS:
        raise PackError(f"a region needs a code, a name and a kind, one of {', '.join(KINDS)}", path, line)
    for zone in zones:
        check_zone(path, zone, line)
    return Region(code, RegionKind(kind), name, parent or None, languages, zones, ocd_ids, aliases)


def check_zone(path: Path, name: str, line: int) -> None:
    """Raise PackError for a time zone that nobody knows."""
    if not is_zone(name):
        raise PackError(f"the time zone {name} is not known", path, line)


def _center_file(path: Path) -> Iterator[Center]:
    for number, row in enumerate(read_rows(path, "centers")):
        place = f"centers/{number}"
        parts = {name: [_without_source(part) for part in row.get(name) or ()] for name in ("authorities", "fact_checkers")}
        center = _value(path, {"links": {}, **row, **parts}, Center, place)
        if not all(url.startswith("https://") for urls in center.links.values() for url in urls.values()):
            raise PackError("a link must begin with https://", path, f"{place}/links")
        yield center


def _without_source(part: object) -> object:
    return {key: value for key, value in part.items() if key != "source"} if isinstance(part, dict) else part


def _election_file(path: Path) -> Iterator[Election]:
    for number, row in enumerate(read_rows(path, "elections")):
        place = f"elections/{number}"
        try:
            election = _value(path, row, Election, place)
        except InvalidElection as error:
            raise PackError(str(error), path, place) from error
        if not all(day.year in YEARS for polling in election.rounds for day in (polling.first_day, polling.last_day)):
            raise PackError(f"a polling day must lie between {YEARS.start} and {YEARS.stop - 1}", path, place)
        yield election


def _value(path: Path, row: dict[str, Any], kind: type[T], place: str) -> T:
    try:
        return from_document(row, kind)
    except InvalidDocument as error:
        raise PackError(str(error), path, " ".join(part for part in (place, error.path) if part)) from error
