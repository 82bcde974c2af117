"""Which campaigns are open for a place, a surface and a trigger at an instant, worked out when first asked for; not who wins (see choose)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Final, NamedTuple

from elections.calendar import Calendar
from elections.phases import FOREVER
from elections.places import Places
from notices.campaign import Campaign, Priority, Surface
from notices.notice import Notice, NoticeKind
from notices.targeting import Targets
from notices.windows import Opening, openings

MOST_LANES: Final = 16_384
"""Lanes that are kept; when there are more, all are forgotten and made again as they are asked for."""
MOST_INSTANTS: Final = 32
"""Stretches of time between two turns that a lane keeps ready."""
FAR: Final = 10**6
"""Days to an election that there is not."""
PRIORITIES: Final = {priority: number for number, priority in enumerate(Priority)}


class Runner(NamedTuple):
    """A campaign in a lane: how far up the chain its region lies, when it is open in the place, and the polling days of its election."""

    campaign: Campaign
    notice: Notice
    distance: int
    openings: tuple[Opening, ...]
    polling: tuple[date, ...]

    @property
    def has_hours(self) -> bool:
        """Whether hours that come back matter."""
        return any(opening.has_hours for opening in self.openings)

    def days_to_election(self, today: date) -> int:
        """How near the nearest polling day of its election is, either way; as far as can be for none."""
        return min((abs((day - today).days) for day in self.polling), default=FAR)

    def is_open(self, now: datetime) -> bool:
        """Whether any of its windows holds."""
        return any(opening.holds(now) for opening in self.openings)


Ready = Mapping[NoticeKind, tuple[Runner, ...]]
"""Those open but for hours that come back, by kind of notice, the strongest first by priority, region, the nearer election and id."""


class Lane:
    """The campaigns that listen for one trigger, on one surface, in one place."""

    __slots__ = ("_edges", "_ready", "_with_hours", "elections", "runners")

    def __init__(self, runners: tuple[Runner, ...]) -> None:
        """Sort their turns."""
        self.runners = runners
        self.elections = frozenset(runner.campaign.election for runner in runners if runner.campaign.election)
        self._with_hours = tuple(opening for runner in runners for opening in runner.openings if opening.has_hours)
        self._edges = sorted({turn for runner in runners for opening in runner.openings for turn in (opening.starts_at, opening.ends_at)})
        self._ready: dict[tuple[int, date | None], Ready] = {}

    def at(self, now: datetime) -> Ready:
        """What may run now."""
        key = bisect_right(self._edges, now), now.date() if self.elections else None
        ready = self._ready.get(key)
        if ready is None:
            if len(self._ready) >= MOST_INSTANTS:
                self._ready.clear()
            ready = self._ready[key] = self._open(now)
        return ready

    def _open(self, now: datetime) -> Ready:
        found: dict[NoticeKind, list[Runner]] = {}
        for runner in self.runners:
            if any(opening.starts_at <= now < opening.ends_at for opening in runner.openings):
                found.setdefault(runner.notice.kind, []).append(runner)
        return {kind: tuple(sorted(runners, key=partial(_standing, now.date()))) for kind, runners in found.items()}

    def open_elections(self, now: datetime) -> frozenset[str]:
        """The elections whose campaigns are open now."""
        return frozenset(each for runners in self.at(now).values() for each in _elections(runners)) if self.elections else frozenset()

    def hinges_on_days(self, now: datetime) -> bool:
        """Whether two that are open now stand alike but for how near their elections are, which turns at midnight in UTC."""
        if len(self.elections) < 2:
            return False
        groups = (group for runners in self.at(now).values() for _, group in groupby(runners, key=_rung))
        return any(len(_elections(group)) > 1 for group in groups)

    def next_turn(self, now: datetime) -> datetime | None:
        """The next instant at which anything in it may open or close."""
        place = bisect_right(self._edges, now)
        edge = self._edges[place] if place < len(self._edges) and self._edges[place] < FOREVER else None
        hours = (opening.next_turn(now) for opening in self._with_hours)
        return min((turn for turn in (edge, *hours) if turn is not None), default=None)


def _elections(runners: Iterable[Runner]) -> set[str]:
    return {runner.campaign.election for runner in runners if runner.campaign.election}


def _rung(runner: Runner) -> tuple[int, int]:
    return PRIORITIES[runner.campaign.priority], runner.distance


def _standing(today: date, runner: Runner) -> tuple[int, int, int, str]:
    return PRIORITIES[runner.campaign.priority], runner.distance, runner.days_to_election(today), runner.campaign.id


MOST_MADE_AHEAD: Final = 1_000
"""Lanes that a new release makes before it is served."""


class Schedule:
    """All lanes of a release."""

    def __init__(self, targets: Targets, notices: Mapping[str, Notice], calendar: Calendar, places: Places) -> None:
        """Nothing is worked out yet."""
        self._targets, self._notices, self._calendar, self._places = targets, notices, calendar, places
        self._lanes: dict[tuple[str, Surface, str], Lane] = {}
        self._openings: dict[tuple[str, str], tuple[Opening, ...]] = {}

    def lane(self, region: str, surface: Surface, trigger: str) -> Lane:
        """The lane of a place, by canonical code."""
        key = (region, surface, trigger)
        lane = self._lanes.get(key)
        if lane is None:
            if len(self._lanes) >= MOST_LANES:
                self._lanes.clear()
                self._openings.clear()
            lane = self._lanes[key] = Lane(tuple(self._runners(region, surface, trigger)))
        return lane

    @property
    def asked(self) -> tuple[tuple[str, Surface, str], ...]:
        """Place, surface and trigger of the lanes there are, the newest last."""
        return tuple(self._lanes)

    def make_ahead(self, asked: Sequence[tuple[str, Surface, str]]) -> Iterator[None]:
        """Make the lanes that the release before was lately asked for, one a step, so that whoever asks first need not wait for theirs."""
        for region, surface, trigger in asked[-MOST_MADE_AHEAD:]:
            if region in self._places.by_code:
                self.lane(region, surface, trigger)
            yield
        yield

    def _runners(self, region: str, surface: Surface, trigger: str) -> Iterator[Runner]:
        seen = set()
        for distance, campaign in self._targets.listening(self._places.chain(region), surface, trigger):
            if campaign.id not in seen:  # a campaign may name a place and one above it; the nearer counts
                seen.add(campaign.id)
                yield self.runner(campaign, distance, region)

    def _opened(self, campaign: Campaign, region: str) -> tuple[Opening, ...]:
        """When a campaign is open in a place, worked out once for all its lanes there."""
        key = (campaign.id, region)
        opened = self._openings.get(key)
        if opened is None:
            opened = self._openings[key] = openings(campaign, self._calendar, region)
        return opened

    def runner(self, campaign: Campaign, distance: int, region: str) -> Runner:
        """A campaign as it stands in the lanes of a place."""
        election = self._calendar.by_id.get(campaign.election or "")
        polling = tuple(polling.first_day for polling in election.rounds) if election else ()
        return Runner(campaign, self._notices[campaign.notice], distance, self._opened(campaign, region), polling)
