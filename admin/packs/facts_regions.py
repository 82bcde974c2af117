"""Refreshes `packs/regions/*.csv` from the standards and `us_states.csv`; what a team wrote in a row stays."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from io import StringIO
from pathlib import Path

from admin.packs.reading_places import REGION_COLUMNS, read_region_file
from admin.packs.refreshing import Refreshed
from admin.packs.standard_places import standard_places
from elections.places import Region, RegionKind

FILES = {
    RegionKind.WORLD: "world.csv",
    RegionKind.UNION: "world.csv",
    RegionKind.COUNTRY: "countries.csv",
    RegionKind.TERRITORY: "countries.csv",
    RegionKind.SUBDIVISION: "subdivisions.csv",
}


def refresh(facts: Path, folder: Path) -> list[Refreshed]:
    """Add the regions a file lacks and set the OCD ids that facts give; every other cell of a row that is there is the team's."""
    wanted: dict[str, list[Region]] = {}
    for region in standard_places(facts):
        wanted.setdefault(FILES[region.kind], []).append(region)
    folder.mkdir(parents=True, exist_ok=True)
    return [_refresh_file(folder / name, regions) for name, regions in wanted.items()]


def _refresh_file(path: Path, wanted: Iterable[Region]) -> Refreshed:
    there = {region.code: region for region in read_region_file(path)} if path.exists() else {}
    added: list[str] = []
    updated: list[str] = []
    for region in wanted:
        known = there.get(region.code)
        if known is None:
            there[region.code] = region
            added.append(region.code)
        elif region.ocd_ids and known.ocd_ids != region.ocd_ids:
            there[region.code] = replace(known, ocd_ids=region.ocd_ids)
            updated.append(region.code)
    if added or updated:
        path.write_text(written(there[code] for code in sorted(there)), encoding="utf-8", newline="\n")
    return Refreshed(path, tuple(added), tuple(updated))


def written(regions: Iterable[Region]) -> str:
    """The regions as CSV, lists separated by `;`."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(REGION_COLUMNS)
    for region in regions:
        lists = (";".join(items) for items in (region.languages, region.zones, region.ocd_ids, region.aliases))
        writer.writerow([region.code, region.kind, region.name, region.parent or "", *lists])
    return text.getvalue()
