"""All elections of a release, and the state of every place at any instant; how a state comes about is in phases, silence and timeline."""

from bisect import bisect_right
from collections.abc import Generator, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from elections.contests import Contest, contests, inside
from elections.election import Election
from elections.errors import InvalidElection
from elections.phases import SEASON_DAYS, spans
from elections.places import Places
from elections.polling import Locality, hours_here
from elections.silence import Silence, SilenceRule, rule_here, rules_by_region, silence_start
from elections.timeline import Course, Leading, PlaceState, Timeline, timeline

__all__ = ["Calendar", "Leading", "PlaceState"]


class Calendar:
    """Every place's timeline is worked out once; a look-up is a dictionary and a bisection, however many elections there are."""

    def __init__(
        self, elections: Iterable[Election], places: Places, silence: Iterable[SilenceRule] = (), season_days: int = SEASON_DAYS
    ) -> None:
        """Raise InvalidElection for an id given twice or a region that does not exist."""
        for _ in self._work_out(elections, places, silence, season_days):
            pass

    @classmethod
    def in_steps(
        cls, elections: Iterable[Election], places: Places, silence: Iterable[SilenceRule] = (), season_days: int = SEASON_DAYS
    ) -> Generator[None, None, "Calendar"]:
        """The same in steps of well under a millisecond, yielding None after each and returning the calendar."""
        made = cls.__new__(cls)
        yield from made._work_out(elections, places, silence, season_days)  # noqa: SLF001  its own
        return made

    def _work_out(
        self, elections: Iterable[Election], places: Places, silence: Iterable[SilenceRule], season_days: int
    ) -> Generator[None, None, None]:
        self.by_id: Mapping[str, Election] = MappingProxyType(_by_id(elections, places))
        self._places = places
        self._rules = rules_by_region(silence)
        self._season_days = season_days
        self._held_in: dict[str, list[Election]] = {}
        for election in self.by_id.values():
            for code in election.regions:
                self._held_in.setdefault(code, []).append(election)
        yield
        within = inside(places)
        yield
        self._contests: dict[str, tuple[Contest, ...]] = {}
        for election in self.by_id.values():
            self._contests[election.id] = contests(election, places, within)
            yield
        self._of: dict[str, tuple[Election, ...]] = {}
        self._timelines: dict[str, Timeline] = {}
        alike: dict[tuple[object, ...], Timeline] = {}
        for region in places:
            here = Locality.of(region.code, places)
            depths = self._depths(here)
            held = sorted((self.by_id[each] for each in depths), key=lambda election: (election.rounds[0].first_day, election.id))
            likeness = self._likeness(here, depths)
            if likeness not in alike:
                alike[likeness] = timeline(self._course(election, depths[election.id], here) for election in held)
            self._of[region.code] = tuple(held)
            self._timelines[region.code] = alike[likeness]
            yield

    def at(self, region: str, now: datetime) -> PlaceState:
        """The state of a place, by canonical code, at an aware instant."""
        course = self._timelines[region]
        return course.states[bisect_right(course.changes, now)]

    def of(self, region: str) -> tuple[Election, ...]:
        """The elections held in a place, `expected` and void ones too, in order of their first day."""
        return self._of[region]

    def _depths(self, here: Locality) -> dict[str, int]:
        """Election id → how deep the nearest region it is held in lies; those that exclude the place are left out."""
        depths: dict[str, int] = {}
        for above, code in enumerate(here.chain):
            for election in self._held_in.get(code, ()):
                if set(here.chain).isdisjoint(election.excluded):
                    depths.setdefault(election.id, len(here.chain) - above)
        return depths

    def _course(self, election: Election, depth: int, here: Locality) -> Course:
        held = self._contests[election.id]
        rule = rule_here(here, self._rules)
        silences = tuple(self._silence(election, contest, rule, here) for contest in held) if rule.silences else ()
        return Course(election, depth, spans(election, here, self._season_days), held, silences)

    def _silence(self, election: Election, contest: Contest, rule: SilenceRule, here: Locality) -> Silence:
        """Until the country's last close, so that a place in the east stays silent while its own country's west still votes."""
        hours = hours_here(contest.round, here)
        return Silence(election, contest.round, rule, silence_start(rule, hours, here), contest.last_closes[self._country(here)])

    def _country(self, here: Locality) -> str | None:
        country = self._places.country(here.chain[0])
        return country.code if country else None

    def _likeness(self, here: Locality, depths: Mapping[str, int]) -> tuple[object, ...]:
        """What a timeline depends on: places alike in all of it share one."""
        named = {code for each in depths for polling in self.by_id[each].rounds for told in polling.milestones for code in told.regions}
        overrides = tuple(code for code in here.chain if code in named)
        return (tuple(depths.items()), here.zones, self._country(here), rule_here(here, self._rules), overrides)


def _by_id(elections: Iterable[Election], places: Places) -> dict[str, Election]:
    by_id: dict[str, Election] = {}
    for election in elections:
        if election.id in by_id:
            raise InvalidElection(f"The election {election.id} is given twice.")
        by_id[election.id] = election
        told = (code for polling in election.rounds for milestone in polling.milestones for code in milestone.regions)
        for code in (*election.regions, *election.excluded, *told):
            if code not in places.by_code:
                raise InvalidElection(f"The election {election.id} names the region {code}, which does not exist.")
    return by_id
