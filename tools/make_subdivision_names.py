"""Writes packs/regions/names/subdivisions.csv from CLDR's names of subdivisions; run by hand, never imported.

Usage: `npm pack cldr-subdivisions-full`, unpack, then `python -m tools.make_subdivision_names package/subdivisions`. For each
subdivision its name in English and in the official languages of the place, where CLDR has one that is not the name it already has.
"""

import csv
import json
import sys
from pathlib import Path

from admin.packs.reading_places import read_regions
from elections.places import Places, RegionKind

REGIONS = Path(__file__).parent.parent / "packs" / "regions"


def names(folder: Path, language: str) -> dict[str, str]:
    """Lower-case code without hyphen → name; empty where CLDR has nothing in the language."""
    for tag in (language, language.partition("-")[0]):
        file = folder / tag / f"{tag}.json"
        if file.exists():
            table = json.loads(file.read_text(encoding="utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
            return {key: str(name) for key, name in table.items()}
    return {}


if __name__ == "__main__":
    places = Places.of(read_regions(REGIONS))
    parts = (code for code, region in places.by_code.items() if region.kind is RegionKind.SUBDIVISION)
    wanted = {code: dict.fromkeys(("en", *places.languages(code))) for code in parts}
    tables = {language: names(Path(sys.argv[1]), language) for language in sorted({one for many in wanted.values() for one in many})}
    (REGIONS / "names").mkdir(exist_ok=True)
    with (REGIONS / "names" / "subdivisions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "language", "name"))
        for code, languages in sorted(wanted.items()):
            for language in languages:
                name = tables[language].get(code.replace("-", "").lower(), "")
                if name and name != places.by_code[code].name:
                    writer.writerow((code, language, name))
