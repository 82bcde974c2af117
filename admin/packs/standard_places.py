"""The regions as the standards have them: ISO 3166 from pycountry, names and languages from CLDR, zones from tzdata; writes nothing."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import pycountry
from babel import Locale
from babel.languages import get_official_languages

from admin.packs.refreshing import fact_rows
from admin.packs.territories import EU_MEMBERS, OCD_IDS, SAME_AS, UNITED_STATES, VOTES_APART, VOTES_WITH
from elections.places import UNION, WORLD, Region, RegionKind

UNION_ZONES = ("Europe/Berlin", "Asia/Nicosia", "Europe/Helsinki", "Europe/Lisbon", "Atlantic/Azores")
NOT_AT_THE_POLLS = frozenset({"Asia/Urumqi", "Europe/Simferopol"})
"""Zones that tzdata gives a country but by which its polls do not run."""
WRITTEN = {"zh": "zh-Hans", "no": None, "gsw": None, "yue": None}
"""CLDR's tag → ours, None to leave out: the script is told where CLDR takes it for granted, spoken forms are left out."""


def standard_places(facts: Path) -> tuple[Region, ...]:
    """World, union, countries, territories and subdivisions, each group in order of code."""
    zones = _Zones(facts)
    languages = {row["region"]: tuple(row["languages"].split(";")) for row in fact_rows(facts / "languages.csv")}
    states = {row["iso_3166_2"]: row for row in fact_rows(facts / "us_states.csv")}
    return (*_roof(), *_countries(zones, languages), *_subdivisions(zones, languages, states))


def _roof() -> Iterator[Region]:
    names = Locale("en").territories
    yield Region(WORLD, RegionKind.WORLD, "World", None, languages=("en",))
    yield Region(UNION, RegionKind.UNION, names[UNION], WORLD, languages=("en",), zones=UNION_ZONES, ocd_ids=OCD_IDS[UNION])


def _countries(zones: "_Zones", languages: Mapping[str, tuple[str, ...]]) -> Iterator[Region]:
    names = Locale("en").territories
    for code in sorted(country.alpha_2 for country in pycountry.countries):
        if code in UNITED_STATES:
            continue
        above = VOTES_WITH.get(code) or (UNION if code in EU_MEMBERS else WORLD)
        yield Region(
            code,
            RegionKind.TERRITORY if code in VOTES_WITH or code in VOTES_APART else RegionKind.COUNTRY,
            names[code],
            above,
            languages.get(code) or _official_languages(code),
            zones.of_country(code),
            OCD_IDS.get(code, ()),
            SAME_AS.get(code, ()),
        )


def _subdivisions(zones: "_Zones", languages: Mapping[str, tuple[str, ...]], states: Mapping[str, Mapping[str, str]]) -> Iterator[Region]:
    elsewhere = {alias for aliases in SAME_AS.values() for alias in aliases}
    for part in sorted(pycountry.subdivisions, key=lambda part: str(part.code)):
        if part.code in elsewhere:
            continue
        state = states.get(part.code)
        country = f"US-{part.country_code}" if part.country_code in UNITED_STATES else part.country_code
        yield Region(
            part.code,
            RegionKind.SUBDIVISION,
            state["name"] if state else re.sub(r" \[.*\]$", "", part.name),
            part.parent_code or country,
            languages.get(part.code, ()),
            zones.of_subdivision(part.code, part.parent_code, part.country_code),
            (state["ocd_division_id"],) if state else (),
            SAME_AS.get(part.code, ()),
        )


def _official_languages(code: str) -> tuple[str, ...]:
    """CLDR's official and de facto official languages, the most used first."""
    tags = (tag.replace("_", "-") for tag in get_official_languages(code, de_facto=True))
    written = (WRITTEN.get(tag, tag) for tag in tags)
    return tuple(tag for tag in written if tag)


class _Zones:
    """tzdata's zones by country, put in order and given to subdivisions by `zones.csv`."""

    def __init__(self, facts: Path) -> None:
        self._ordered = {row["region"]: tuple(row["zones"].split(";")) for row in fact_rows(facts / "zones.csv")}
        self._by_country: dict[str, list[str]] = defaultdict(list)
        table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
        for line in table.splitlines():
            if line and not line.startswith("#"):
                code, _, zone, *_ = line.split("\t")
                self._by_country[code].append(zone)

    def of_country(self, code: str) -> tuple[str, ...]:
        """All zones of the country proper, the one most people live in first; none for places without a clock of their own."""
        first = self._ordered.get(code, ())
        rest = (zone for zone in self._by_country[code] if zone not in first and zone not in NOT_AT_THE_POLLS)
        return (*first, *rest)

    def of_subdivision(self, code: str, parent: str | None, country: str) -> tuple[str, ...]:
        """Its own, else its parent's, else the one most people of the country live in."""
        alias = SAME_AS.get(code, (code,))[0]
        return (
            self._ordered.get(code)
            or (self.of_country(alias) if alias in UNITED_STATES else ())
            or self._ordered.get(parent or "")
            or self.of_country(country)[:1]
        )
