"""All elections of a release, and the state of every place at any instant; how a state comes about is in phases, silence and timeline."""

from bisect import bisect_right
from collections.abc import Generator, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from elections.contests import Contest, contest_steps, over_all
from elections.election import Election, Phase, Round
from elections.errors import InvalidElection
from elections.hours import PollingHours, hours_by_region
from elections.interiors import Interiors
from elections.phases import SEASON_DAYS, Span, spans
from elections.places import Places
from elections.polling import Hours, Locality, hours_here
from elections.silence import Rules, SilenceRule, silences
from elections.stretches import Stretch, of_spans, of_timeline
from elections.timeline import Course, Leading, PlaceState, Timeline, timeline

__all__ = ["Calendar", "Leading", "PlaceState"]


class Calendar:
    """Every place's timeline is worked out once; a look-up is a dictionary and a bisection, however many elections there are."""

    def __init__(
        self,
        elections: Iterable[Election],
        places: Places,
        silence: Iterable[SilenceRule] = (),
        season_days: int = SEASON_DAYS,
        hours: Iterable[PollingHours] = (),
    ) -> None:
        """Raise InvalidElection for an id given twice or a region that does not exist."""
        for _ in self._work_out(elections, places, silence, season_days, hours):
            pass

    @classmethod
    def in_steps(
        cls,
        elections: Iterable[Election],
        places: Places,
        silence: Iterable[SilenceRule] = (),
        season_days: int = SEASON_DAYS,
        hours: Iterable[PollingHours] = (),
    ) -> Generator[None, None, "Calendar"]:
        """The same in steps of well under a millisecond, yielding None after each and returning the calendar."""
        made = cls.__new__(cls)
        yield from made._work_out(elections, places, silence, season_days, hours)  # noqa: SLF001  its own
        return made

    def _work_out(
        self,
        elections: Iterable[Election],
        places: Places,
        silence: Iterable[SilenceRule],
        season_days: int,
        hours: Iterable[PollingHours],
    ) -> Generator[None, None, None]:
        self.by_id: Mapping[str, Election] = MappingProxyType(_by_id(elections, places))
        self._places = places
        self._rules = Rules.of(silence)
        self._hours = hours_by_region(hours)
        self._season_days = season_days
        self._held_in: dict[str, list[Election]] = {}
        for election in self.by_id.values():
            for code in election.regions:
                self._held_in.setdefault(code, []).append(election)
        yield
        self._interiors = yield from Interiors.in_steps(places)
        self._contests: dict[str, tuple[Contest, ...]] = {}
        for election in self.by_id.values():
            self._contests[election.id] = yield from contest_steps(election, places, self._interiors, self._hours)
            yield
        self._of: dict[str, tuple[Election, ...]] = {}
        self._timelines: dict[str, Timeline] = {}
        self._spans: dict[str, Mapping[str, tuple[Span, ...]]] = {}
        alike: dict[tuple[object, ...], tuple[Timeline, Mapping[str, tuple[Span, ...]]]] = {}
        for region in places:
            here = self.here(region.code)
            depths = self._depths(here)
            held = sorted((self.by_id[each] for each in depths), key=lambda election: (election.rounds[0].first_day, election.id))
            likeness = self._likeness(here, depths)
            if likeness not in alike:
                courses = []
                for election in held:
                    courses.append(self._course(election, depths[election.id], here))
                    yield
                alike[likeness] = (timeline(courses), {course.election.id: course.spans for course in courses})
            self._of[region.code] = tuple(held)
            self._timelines[region.code], self._spans[region.code] = alike[likeness]
            yield

    def at(self, region: str, now: datetime) -> PlaceState:
        """The state of a place, by canonical code, at an aware instant."""
        course = self._timelines[region]
        return course.states[bisect_right(course.changes, now)]

    def running(self, region: str, now: datetime) -> tuple[tuple[Election, Span], ...]:
        """The elections whose season runs in a place at an instant, leading or not."""
        found = self._spans[region].items()
        return tuple((self.by_id[each], span) for each, spans in found for span in spans if span.starts_at <= now < span.ends_at)

    def stretches(self, region: str, first: Phase | None, last: Phase | None, election: str | None = None) -> tuple[Stretch, ...]:
        """When the place is at `first` or later and not yet at `last`, by its leading election, or by the one named, leading or not."""
        if election is None:
            return of_timeline(self._timelines[region], first, last)
        return of_spans(self._spans[region].get(election, ()), first, last)

    def of(self, region: str) -> tuple[Election, ...]:
        """The elections held in a place, `expected` and void ones too, in order of their first day."""
        return self._of[region]

    def here(self, region: str) -> Locality:
        """The locality of a place, by canonical code, with its usual polling hours."""
        return Locality.of(region, self._places, self._hours)

    def hours(self, election: Election, polling: Round, region: str) -> Hours:
        """When a round polls in a place, by canonical code; where the place tells no close, up to the last one inside it."""
        own = hours_here(polling, self.here(region), election.kind)
        contest = next((held for held in self._contests[election.id] if held.round is polling), None)
        if contest is None or region not in self._interiors.made_up:
            return own
        return over_all(own, contest, election, region, self._country(region))

    def _depths(self, here: Locality) -> dict[str, int]:
        """Election id → how deep the nearest region it is held in lies; those that exclude the place are left out."""
        depths: dict[str, int] = {}
        for above, code in enumerate(here.chain):
            for election in self._held_in.get(code, ()):
                if set(here.chain).isdisjoint(election.excluded):
                    depths.setdefault(election.id, len(here.chain) - above)
        return depths

    def _course(self, election: Election, depth: int, here: Locality) -> Course:
        region, held = here.chain[0], self._contests[election.id]
        country = self._country(region)
        hours = {contest.round.number: self.hours(election, contest.round, region) for contest in held}
        quiet = (
            silence
            for contest in held
            for rule in self._rules.here(here)
            for silence in silences(election, contest, rule, hours[contest.round.number], here, country)
        )
        return Course(election, depth, spans(election, here, self._season_days, hours), held, tuple(quiet))

    def _country(self, region: str) -> str | None:
        country = self._places.country(region)
        return country.code if country else None

    def _likeness(self, here: Locality, depths: Mapping[str, int]) -> tuple[object, ...]:
        """What a timeline depends on: places alike in all of it share one."""
        held = [self.by_id[each] for each in depths]
        named = {code for one in held for polling in one.rounds for told in polling.milestones for code in told.regions}
        named |= {code for one in held for override in one.overrides for code in override.regions}
        overrides = tuple(code for code in here.chain if code in named)
        whole = here.chain[0] if here.chain[0] in self._interiors.made_up else None
        return (tuple(depths.items()), here.zones, here.hours, self._country(here.chain[0]), self._rules.here(here), overrides, whole)


def _by_id(elections: Iterable[Election], places: Places) -> dict[str, Election]:
    by_id: dict[str, Election] = {}
    for election in elections:
        if election.id in by_id:
            raise InvalidElection(f"The election {election.id} is given twice.")
        by_id[election.id] = election
        told = (code for polling in election.rounds for milestone in polling.milestones for code in milestone.regions)
        put = (code for override in election.overrides for code in override.regions)
        for code in (*election.regions, *election.excluded, *told, *put):
            if code not in places.by_code:
                raise InvalidElection(f"The election {election.id} names the region {code}, which does not exist.")
    return by_id
