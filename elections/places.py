"""Regions and the tree they hang in; no names beyond the English one (CLDR gives the others), no elections."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from elections.errors import InvalidPlaces, UnknownRegion

_BATCH = 64
"""Regions between two steps."""
WORLD = "001"
UNION = "EU"
MEANT = {"UK": "GB", "EL": "GR", "ENG": "GB-ENG", "USA": "US", "GBR": "GB", "DEU": "DE", "FRA": "FR", "WORLD": "001"}
"""Codes people write that are not ISO 3166 codes → the code they mean; an error that suggests, never an alias."""


class RegionKind(StrEnum):
    """What kind of place a code names."""

    WORLD = "world"
    UNION = "union"
    COUNTRY = "country"
    TERRITORY = "territory"
    SUBDIVISION = "subdivision"


@dataclass(frozen=True, slots=True)
class Region:
    """A place: ISO 3166-1 alpha-2, ISO 3166-2, `EU` or `001`.

    `name` is the ISO or English one, `names` others by language; `languages` are BCP 47 tags, the first the default; `zones` are IANA
    names, the one most people live in first.
    """

    code: str
    kind: RegionKind
    name: str
    parent: str | None
    languages: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    ocd_ids: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """Every region of a release, by code; looks up aliases, chains and children."""

    by_code: dict[str, Region]
    _aliases: dict[str, str] = field(repr=False)
    _chains: dict[str, tuple[str, ...]] = field(repr=False)
    _countries: dict[str, Region | None] = field(repr=False)

    @classmethod
    def of(cls, regions: Iterable[Region]) -> "Places":
        """Build the tree; raises InvalidPlaces when a code is given twice, a parent is missing or the tree has a loop."""
        places = cls({}, {}, {}, {})
        for _ in places._planted(regions):
            pass
        return places

    @classmethod
    def in_steps(cls, regions: Iterable[Region]) -> Generator[None, None, "Places"]:
        """The same in steps of well under a millisecond, yielding None after each and returning the places."""
        places = cls({}, {}, {}, {})
        yield from places._planted(regions)
        return places

    def _planted(self, regions: Iterable[Region]) -> Iterator[None]:
        for number, region in enumerate(regions):
            if region.code in self.by_code:
                raise InvalidPlaces(f"The region {region.code} is given twice.")
            self.by_code[region.code] = region
            if number % _BATCH == 0:
                yield
        for number, region in enumerate(self.by_code.values()):
            for alias in region.aliases:
                if alias in self.by_code or self._aliases.get(alias, region.code) != region.code:
                    raise InvalidPlaces(f"The alias {alias} of {region.code} already names another region.")
                self._aliases[alias] = region.code
            self._chains[region.code] = _chain(region.code, self.by_code)
            self._countries[region.code] = self._country(region.code)
            if number % _BATCH == 0:
                yield

    def __iter__(self) -> Iterator[Region]:
        """All regions, in the order given."""
        return iter(self.by_code.values())

    def resolve(self, code: str) -> Region:
        """The region of a code or alias, in any case; raises UnknownRegion, with a suggestion where one is known."""
        region = self.by_code.get(code)
        if region is None:
            upper = code.upper() if code.isascii() else code
            region = self.by_code.get(self._aliases.get(upper, upper))
        if region is None:
            raise UnknownRegion(self._suggestion(code))
        return region

    def chain(self, code: str) -> tuple[str, ...]:
        """The canonical code and its ancestors, nearest first: `US-TX`, `US`, `001`."""
        return self._chains[code]

    def country(self, code: str) -> Region | None:
        """The country or territory that a region is or lies in; None for the world and the union."""
        return self._countries[code]

    def languages(self, code: str) -> tuple[str, ...]:
        """The region's official languages, or the nearest ancestor's that has any."""
        return next((self.by_code[above].languages for above in self._chains[code] if self.by_code[above].languages), ())

    def zones(self, code: str) -> tuple[str, ...]:
        """The region's IANA time zones, or the nearest ancestor's that has any; UTC as a last resort."""
        return next((self.by_code[above].zones for above in self._chains[code] if self.by_code[above].zones), ("UTC",))

    def _country(self, code: str) -> Region | None:
        above = (self.by_code[each] for each in self._chains[code])
        return next((region for region in above if region.kind in {RegionKind.COUNTRY, RegionKind.TERRITORY}), None)

    def _suggestion(self, code: str) -> str | None:
        upper = code.upper().replace("_", "-") if code.isascii() else ""
        meant = MEANT.get(upper, upper)
        country, _, rest = upper.partition("-")
        swapped = f"{MEANT[country]}-{rest}" if rest and country in MEANT else meant
        for candidate in (meant, swapped, country):
            if candidate in self.by_code or candidate in self._aliases:
                return self._aliases.get(candidate, candidate)
        return None


def _chain(code: str, by_code: dict[str, Region]) -> tuple[str, ...]:
    chain: list[str] = []
    above: str | None = code
    while above is not None:
        if above in chain:
            raise InvalidPlaces(f"The region {code} is its own ancestor.")
        if above not in by_code:
            raise InvalidPlaces(f"The parent {above} of {chain[-1]} is not a region.")
        chain.append(above)
        above = by_code[above].parent
    return tuple(chain)
