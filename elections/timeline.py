"""What becomes of one place over time, from the courses its elections run there; not which elections those are (see calendar)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from elections.contests import Contest
from elections.election import Election, Phase, Round
from elections.phases import Span
from elections.silence import Barred, Silence


@dataclass(frozen=True, slots=True)
class Leading:
    """The election that leads in a place: its current round, the polling day there that is on, comes next or was the last, and the phase."""

    election: Election
    round: Round
    date: date
    phase: Phase


@dataclass(frozen=True, slots=True)
class PlaceState:
    """A place at an instant; `next_change` is the earliest later instant at which any other field differs, None for never."""

    in_season: bool = False
    leading: Leading | None = None
    phase: Phase = Phase.NONE
    silenced: Silence | None = None
    in_force: tuple[Silence, ...] = ()
    results_barred: bool = False
    next_change: datetime | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One election as it runs in one place; `depth` is how deep in the tree of regions it is held."""

    election: Election
    depth: int
    spans: tuple[Span, ...]
    contests: tuple[Contest, ...]
    silences: tuple[Silence, ...]

    def edges(self) -> Iterator[datetime]:
        """Every instant at which something about it begins or ends."""
        for span in self.spans:
            yield from (span.starts_at, span.ends_at)
        for quiet in self.silences:
            yield from (quiet.starts_at, quiet.ends_at)
        for contest in self.contests:
            yield from (contest.begins_at, contest.ends_at)
        for span in self.spans:
            yield from (session.ends_at for session in span.hours.sessions)


@dataclass(frozen=True, slots=True)
class Timeline:
    """`states[i]` holds from `changes[i - 1]` until `changes[i]`; the first holds since ever, the last for ever."""

    changes: tuple[datetime, ...]
    states: tuple[PlaceState, ...]


def timeline(courses: Iterable[Course]) -> Timeline:
    """Cut time at every edge and keep the cuts at which the state really changes."""
    courses = tuple(courses)
    changes: list[datetime] = []
    states = [PlaceState()]
    for edge in sorted({edge for course in courses for edge in course.edges()}):
        state = _state(courses, edge)
        if state != states[-1]:
            changes.append(edge)
            states.append(state)
    told = tuple(replace(state, next_change=change) for state, change in zip(states, [*changes, None], strict=True))
    return Timeline(tuple(changes), told)


def _state(courses: tuple[Course, ...], now: datetime) -> PlaceState:
    running = [(course, span) for course in courses for span in course.spans if span.starts_at <= now < span.ends_at]
    in_force = tuple(quiet for course in courses for quiet in course.silences if quiet.starts_at <= now < quiet.ends_at)
    campaign = [quiet for quiet in in_force if quiet.rule.silences]
    leading = None
    if running:
        course, span = min(running, key=lambda run: leading_order(run[0], run[1], now))
        leading = Leading(course.election, span.round, span.hours.current(now).first_day, span.phase)
    return PlaceState(
        in_season=bool(running),
        leading=leading,
        phase=leading.phase if leading else Phase.NONE,
        silenced=max(campaign, key=lambda quiet: (quiet.ends_at, quiet.election.id), default=None),
        in_force=in_force,
        results_barred=any(it.begins_at <= now < it.ends_at for course in courses for it in course.contests)
        or any(Barred.RESULTS in quiet.rule.bars for quiet in in_force),
    )


def leading_order(course: Course, span: Span, now: datetime) -> tuple[int, int, int, str]:
    """The sort key of leading: polls open, then the nearest polling ahead, then the latest past; then the deeper region; then id."""
    if span.phase is Phase.ELECTION_DAY:
        return (0, 0, -course.depth, course.election.id)
    session = span.hours.current(now)
    if now < session.begins_at:
        return (1, session.first_day.toordinal(), -course.depth, course.election.id)
    return (2, -session.last_day.toordinal(), -course.depth, course.election.id)
