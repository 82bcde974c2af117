"""One round over all the places it is held in: until when no results may be told; not the phase in any one of them."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from elections.election import Election, Phase, Round
from elections.hours import PollingHours
from elections.interiors import Interiors, drained
from elections.places import Places
from elections.polling import Hours, Locality, hours_here, rounds_taking_place

_BATCH: Final = 32
"""Regions between two steps."""


@dataclass(frozen=True, slots=True)
class Contest:
    """A round from the first place's first midnight to the last place's close, and the last close by country.

    The country is None for what lies in none, such as the union itself; territories with a code of their own count as countries.
    """

    round: Round
    begins_at: datetime
    ends_at: datetime
    last_closes: Mapping[str | None, datetime]


def contests(
    election: Election,
    places: Places,
    interiors: Interiors,
    hours_of: Mapping[str, tuple[PollingHours, ...]] | None = None,
) -> tuple[Contest, ...]:
    """The election's rounds that take place; results wait for the latest poll over all its regions (DESIGN §7)."""
    return drained(contest_steps(election, places, interiors, hours_of))


def contest_steps(
    election: Election,
    places: Places,
    interiors: Interiors,
    hours_of: Mapping[str, tuple[PollingHours, ...]] | None,
) -> Generator[None, None, tuple[Contest, ...]]:
    """The same in steps, yielding None after each."""
    localities = yield from _localities(election, places, interiors, hours_of)
    found = []
    for polling in rounds_taking_place(election):
        hours: dict[str | None, list[Hours]] = {}
        for country, held in localities.items():
            hours[country] = list(_hours(polling, held, election))
            yield
        closes = {country: max(place.ends_at for place in held) for country, held in hours.items() if held}
        begins_at = min(place.begins_at for held in hours.values() for place in held)
        found.append(Contest(polling, begins_at, prolonged(max(closes.values()), election), closes))
    return tuple(found)


def prolonged(ends_at: datetime, election: Election) -> datetime:
    """The last close, or the end of a person's word that polls are open beyond it, as by a court's order."""
    words = (word for word in election.overrides if word.phase is Phase.ELECTION_DAY and word.starts_at <= ends_at)
    return max((ends_at, *(word.ends_at.astimezone(UTC) for word in words)))


def _hours(polling: Round, held: Mapping[Locality, bool], election: Election) -> Iterator[Hours]:
    """Of places that others make up, only those that tell a close themselves."""
    for here, is_made_up in held.items():
        hours = hours_here(polling, here, election.kind)
        if not is_made_up or hours.sessions[-1].is_told:
            yield hours


def over_all(hours: Hours, contest: Contest, election: Election, region: str, country: str | None) -> Hours:
    """The hours of a place that others make up: where nobody tells its own close, the last one inside it, as far as the contest knows."""
    if hours.sessions[-1].is_told:
        return hours
    inside_all = contest.ends_at if region in election.regions else contest.last_closes.get(country) if region == country else None
    return hours if inside_all is None else hours.ending(max(inside_all, hours.sessions[-1].begins_at))


def _localities(
    election: Election,
    places: Places,
    interiors: Interiors,
    hours_of: Mapping[str, tuple[PollingHours, ...]] | None,
) -> Generator[None, None, dict[str | None, dict[Locality, bool]]]:
    """Every place of the election by country, and whether others make it up, all its zones being theirs.

    Alike in zones, hours and overrides they fall together, so few are left.
    """
    overridden = {code for polling in election.rounds for told in polling.milestones for code in told.regions}
    found: dict[str | None, dict[Locality, bool]] = {}
    for number, region in enumerate(dict.fromkeys(code for top in election.regions for code in interiors.within[top])):
        if number % _BATCH == 0:
            yield
        here = Locality.of(region, places, hours_of)
        if set(here.chain).isdisjoint(election.excluded):
            country = places.country(region)
            alike = Locality(tuple(code for code in here.chain if code in overridden), here.zones, here.hours)
            held = found.setdefault(country.code if country else None, {})
            held[alike] = region in interiors.made_up and held.get(alike, True)
    return found
