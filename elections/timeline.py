"""What becomes of one place over time, from the courses its elections run there; not which elections those are (see calendar)."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

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
    """Sweep through time from edge to edge with what runs then, and keep the cuts at which the state really changes."""
    courses = tuple(courses)
    runs = [(span.starts_at, span.ends_at, course, span) for course in courses for span in course.spans]
    quiets = [(quiet.starts_at, quiet.ends_at, course, quiet) for course in courses for quiet in course.silences]
    polls = [(contest.begins_at, contest.ends_at, course, contest) for course in courses for contest in course.contests]
    sweeps = [_Sweep(sorted(pieces, key=_start)) for pieces in (runs, quiets, polls)]
    changes: list[datetime] = []
    states = [PlaceState()]
    for edge in sorted({edge for course in courses for edge in course.edges()}):
        running, quiet, polling = (sweep.at(edge) for sweep in sweeps)
        state = _state(running, [silence for _, silence in quiet], is_polling=bool(polling), now=edge)
        if state != states[-1]:
            changes.append(edge)
            states.append(state)
    told = tuple(replace(state, next_change=change) for state, change in zip(states, [*changes, None], strict=True))
    return Timeline(tuple(changes), told)


class _Sweep:
    """What runs at an instant; asked for later and later ones."""

    def __init__(self, pieces: list[tuple[datetime, datetime, Course, Any]]) -> None:
        self._ahead = deque(pieces)
        self._running: list[tuple[datetime, datetime, Course, Any]] = []

    def at(self, now: datetime) -> list[tuple[Course, Any]]:
        while self._ahead and self._ahead[0][0] <= now:
            self._running.append(self._ahead.popleft())
        self._running = [piece for piece in self._running if piece[1] > now]
        return [(course, one) for _, _, course, one in self._running]


def _start(piece: tuple[datetime, datetime, Course, Any]) -> datetime:
    return piece[0]


def _state(running: Sequence[tuple[Course, Span]], in_force: Iterable[Silence], *, is_polling: bool, now: datetime) -> PlaceState:
    in_force = tuple(sorted(in_force, key=_order))
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
        results_barred=is_polling or any(Barred.RESULTS in quiet.rule.bars for quiet in in_force),
    )


def _order(quiet: Silence) -> tuple[str, int, datetime, str]:
    return quiet.election.id, quiet.round.number, quiet.starts_at, quiet.rule.source


def leading_order(course: Course, span: Span, now: datetime) -> tuple[int, int, int, str]:
    """The sort key of leading: polls open, then the nearest polling ahead, then the latest past; then the deeper region; then id."""
    if span.phase is Phase.ELECTION_DAY:
        return (0, 0, -course.depth, course.election.id)
    session = span.hours.current(now)
    if now < session.begins_at:
        return (1, session.first_day.toordinal(), -course.depth, course.election.id)
    return (2, -session.last_day.toordinal(), -course.depth, course.election.id)
