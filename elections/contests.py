"""One round over all the places it is held in: until when no results may be told; not the phase in any one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from elections.election import Election, Round
from elections.places import Places
from elections.polling import Locality, hours_here, rounds_taking_place


@dataclass(frozen=True, slots=True)
class Contest:
    """A round from the first place's first midnight to the last place's close, and the last close by country.

    The country is None for what lies in none, such as the union itself; territories with a code of their own count as countries.
    """

    round: Round
    begins_at: datetime
    ends_at: datetime
    last_closes: Mapping[str | None, datetime]


def inside(places: Places) -> Mapping[str, tuple[str, ...]]:
    """Region → itself and all that lie in it."""
    found: dict[str, list[str]] = {}
    for region in places:
        for above in places.chain(region.code):
            found.setdefault(above, []).append(region.code)
    return {code: tuple(regions) for code, regions in found.items()}


def contests(election: Election, places: Places, within: Mapping[str, tuple[str, ...]]) -> tuple[Contest, ...]:
    """The election's rounds that take place; results wait for the latest poll over all its regions (DESIGN §7)."""
    localities = _localities(election, places, within)
    found = []
    for polling in rounds_taking_place(election):
        hours = {country: [hours_here(polling, here) for here in held] for country, held in localities.items()}
        closes = {country: max(place.ends_at for place in held) for country, held in hours.items()}
        begins_at = min(place.begins_at for held in hours.values() for place in held)
        found.append(Contest(polling, begins_at, max(closes.values()), closes))
    return tuple(found)


def _localities(election: Election, places: Places, within: Mapping[str, tuple[str, ...]]) -> dict[str | None, set[Locality]]:
    """Every place of the election by country; places alike in zones and overrides fall together, so few are left."""
    overridden = {code for polling in election.rounds for told in polling.milestones for code in told.regions}
    found: dict[str | None, set[Locality]] = {}
    for region in {code for top in election.regions for code in within[top]}:
        here = Locality.of(region, places)
        if set(here.chain).isdisjoint(election.excluded):
            country = places.country(region)
            alike = Locality(tuple(code for code in here.chain if code in overridden), here.zones)
            found.setdefault(country.code if country else None, set()).add(alike)
    return found
