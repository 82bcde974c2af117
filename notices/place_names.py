"""What places are called, for searches and hashtags: countries by CLDR in every official language, their parts, and large cities."""

from collections.abc import Iterator

from elections.places import UNION, WORLD, Places
from keywords.places import PlaceName
from keywords.spellings import spellings
from notices.languages import locale

BATCH = 50
"""Names between two steps."""
ENGLISH = "en"
NO_CODE = ""
"""Stands for a city: a word that a hashtag may hold, but no place with a center of its own."""


def names_in_steps(places: Places) -> Iterator[tuple[PlaceName, ...] | None]:
    """Every name in every spelling with its code and language: None after each step, at last all of them."""
    names: dict[PlaceName, None] = {}
    for number, region in enumerate(places):
        names.update(dict.fromkeys(PlaceName(region.name, region.code, tag) for tag in (ENGLISH, *places.languages(region.code))))
        names.update(dict.fromkeys(PlaceName(name, region.code, tag) for tag, name in region.names.items()))
        if number % BATCH == 0:
            yield None
    countries = {region.code for region in places if region.parent in {None, WORLD, UNION}}
    for tag in sorted({ENGLISH, *(language for region in places for language in region.languages)}):
        spoken = locale(tag)
        names.update((PlaceName(str(name), code, tag), None) for code, name in spoken.territories.items() if code in countries)
        yield None
        names.update((PlaceName(city, NO_CODE, tag), None) for zone in spoken.time_zones.values() if (city := zone.get("city")))
        yield None
    for zone in sorted({zone for region in places for zone in region.zones}):
        names[PlaceName(zone.rpartition("/")[2].replace("_", " "), NO_CODE, ENGLISH)] = None
    for number, name in enumerate(tuple(names)):
        names.update((name._replace(name=other), None) for other in spellings(name.name, name.language))
        if number % BATCH == 0:
            yield None
    yield tuple(names)
