"""What holds of every election in any time zones on any days, those on which the clock changes too; real ones are in test_real_elections."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from elections.calendar import Calendar
from elections.contests import contests
from elections.election import Election, Milestone, MilestoneKind, Phase, PhaseOverride, Round, Status
from elections.interiors import Interiors
from elections.phases import AFTER_POLLS, Span, spans
from elections.places import Places, RegionKind
from elections.polling import Locality, hours_here
from tests.elections.reference_elections import SECOND, election, region

ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/")))
INNER = ("XX-A", "XX-B", "YY")
ONE_DAY = timedelta(days=1)
CLOCKS = st.one_of(st.none(), st.sampled_from([time(0), time(0, 30), time(2, 30), time(12), time(20), time(23, 59)]))


@cache
def changes(zone: str) -> tuple[date, ...]:
    """The days of two years on which the clock changes there."""
    noons = [datetime(2026, 1, 1, 12, tzinfo=ZoneInfo(zone)) + number * ONE_DAY for number in range(730)]
    return tuple(after.date() for before, after in pairwise(noons) if before.utcoffset() != after.utcoffset())


def days_in(zones: tuple[str, ...]) -> st.SearchStrategy[date]:
    """Any day, and often one on which a clock there changes, or one next to it."""
    any_day = st.dates(date(2026, 1, 1), date(2027, 12, 31))
    turning = sorted({day + step * ONE_DAY for zone in zones for day in changes(zone) for step in (-1, 0, 1)})
    return st.one_of(st.sampled_from(turning), any_day) if turning else any_day


@st.composite
def places(draw: st.DrawFn) -> Places:
    """A country with two parts, and a territory of its own below it."""
    zones = [tuple(draw(st.lists(st.sampled_from(ZONES), min_size=1, max_size=2, unique=True))) for _ in INNER]
    whole = dict.fromkeys(zone for held in zones for zone in held)
    kinds = (RegionKind.SUBDIVISION, RegionKind.SUBDIVISION, RegionKind.TERRITORY)
    return Places.of(
        [
            region("001", None, kind=RegionKind.WORLD),
            region("XX", "001", *whole),
            *(region(code, "XX", *held, kind=kind) for code, held, kind in zip(INNER, zones, kinds, strict=True)),
        ]
    )


@st.composite
def milestones(draw: st.DrawFn, day: date, last: date) -> tuple[Milestone, ...]:
    """Days and hours of polls for some places, in one or two sessions, and results at any hour."""
    found = []
    for code in draw(st.lists(st.sampled_from(["XX-A", "YY"]), max_size=2, unique=True)):
        firsts = sorted(draw(st.lists(st.integers(0, 9), min_size=1, max_size=2, unique=True)))
        for first in firsts:
            found.append(Milestone(MilestoneKind.POLLS_OPEN, day + first * ONE_DAY, draw(CLOCKS), regions=(code,)))
            found.append(Milestone(MilestoneKind.POLLS_CLOSE, day + first * ONE_DAY, draw(CLOCKS), regions=(code,)))
    for kind in (MilestoneKind.PROVISIONAL_RESULTS, MilestoneKind.CERTIFIED, MilestoneKind.REGISTRATION_CLOSES):
        if draw(st.booleans()):
            found.append(Milestone(kind, last + draw(st.integers(-3, 20)) * ONE_DAY, draw(CLOCKS)))
    return tuple(found)


@st.composite
def elections_in(draw: st.DrawFn, here: Places) -> Election:
    day = draw(days_in(here.by_code["XX"].zones))
    rounds = []
    for number in range(1, draw(st.integers(1, 7)) + 1):
        last = day + draw(st.integers(0, 3)) * ONE_DAY
        status = draw(st.sampled_from([Status.SCHEDULED, Status.SCHEDULED, Status.HELD, Status.CANCELLED]))
        rounds.append(Round(number, day, last, status=status, milestones=draw(milestones(day, last))))
        day = last + draw(st.integers(0, 21)) * ONE_DAY
    return election("XX", *rounds, excluded=draw(st.sampled_from([(), (), ("YY",)])))


@st.composite
def held(draw: st.DrawFn) -> tuple[Places, Election]:
    here = draw(places())
    return here, draw(elections_in(here))


def spans_in(here: Places, one: Election, place: str) -> tuple[Span, ...]:
    return spans(one, Locality.of(place, here))


def settled(test: Callable[..., None]) -> Callable[..., None]:
    return settings(max_examples=60, deadline=None)(test)


@settled
@given(held())
def test_sessions_stand_in_order(given_: tuple[Places, Election]) -> None:
    here, one = given_
    for polling in one.rounds:
        for place in ("XX", *INNER):
            sessions = hours_here(polling, Locality.of(place, here), one.kind).sessions
            assert all(session.begins_at <= session.opens_at for session in sessions)
            assert all(session.begins_at <= session.ends_at for session in sessions)
            assert all(before.last_day + ONE_DAY < after.first_day for before, after in pairwise(sessions))
            assert all(before.begins_at < after.begins_at and before.ends_at < after.ends_at for before, after in pairwise(sessions))


@settled
@given(held())
def test_a_season_has_no_gaps_and_holds_every_session(given_: tuple[Places, Election]) -> None:
    here, one = given_
    for place in ("XX", *INNER):
        found = spans_in(here, one, place)
        assert all(span.starts_at < span.ends_at for span in found)
        assert all(before.ends_at == after.starts_at for before, after in pairwise(found))
        taking_place = [polling for polling in one.rounds if polling.status is not Status.CANCELLED]
        assert bool(found) is bool(taking_place)
        for polling in taking_place:
            hours = hours_here(polling, Locality.of(place, here), one.kind)
            assert found[0].starts_at < hours.begins_at
            assert hours.ends_at <= found[-1].ends_at


@settled
@given(held())
def test_no_place_counts_before_its_own_polls_close(given_: tuple[Places, Election]) -> None:
    here, one = given_
    for place in ("XX", *INNER):
        for span in spans_in(here, one, place):
            assert span.phase not in AFTER_POLLS or span.starts_at >= span.hours.ends_at


@settled
@given(held())
def test_results_stay_barred_everywhere_until_the_last_poll_of_the_contest(given_: tuple[Places, Election]) -> None:
    here, one = given_
    calendar = Calendar([one], here)
    for contest in contests(one, here, Interiors.of(here)):
        half = contest.begins_at + (contest.ends_at - contest.begins_at) / 2
        for place in [place for place in ("XX", *INNER) if calendar.of(place)]:
            hours = calendar.hours(one, contest.round, place)
            assert contest.begins_at <= hours.begins_at or place == "XX"  # the whole is only what its parts are
            assert hours.ends_at <= contest.ends_at
            assert all(calendar.at(place, now).results_barred for now in (contest.begins_at, half, contest.ends_at - SECOND))


@st.composite
def moved(draw: st.DrawFn) -> tuple[Places, Election, int]:
    """An election in one zone, and how many days it moves."""
    zone = draw(st.sampled_from(ZONES))
    here = Places.of([region("001", None, kind=RegionKind.WORLD), region("XX", "001", zone), *(region(code, "XX", zone) for code in INNER)])
    return here, draw(elections_in(here)), draw(st.integers(-200, 200))


def later(one: Election, days: int) -> Election:
    """The same with every date so many days later."""
    step = days * ONE_DAY
    return replace(
        one,
        rounds=tuple(
            replace(
                polling,
                first_day=polling.first_day + step,
                last_day=polling.last_day + step,
                milestones=tuple(replace(told, on=told.on + step) for told in polling.milestones if told.on),
            )
            for polling in one.rounds
        ),
    )


@settled
@given(moved())
def test_moving_all_days_of_an_election_moves_the_local_day_of_every_phase(given_: tuple[Places, Election, int]) -> None:
    here, one, days = given_
    for place in INNER:
        zone = ZoneInfo(here.zones(place)[0])
        before, after = (
            [(span.phase, span.starts_at.astimezone(zone).date()) for span in spans_in(here, each, place)]
            for each in (one, later(one, days))
        )
        assert after == [(phase, day + days * ONE_DAY) for phase, day in before]


OVERRIDES = st.lists(
    st.builds(
        lambda phase, starts, hours, regions: PhaseOverride(phase, starts, starts + timedelta(hours=hours), "a court's order", regions),
        phase=st.sampled_from(Phase),
        starts=st.datetimes(datetime.fromisoformat("2025-11-01"), datetime.fromisoformat("2028-03-01"), timezones=st.just(UTC)),
        hours=st.sampled_from([1, 30, 24 * 40, 24 * 800]),
        regions=st.sampled_from([(), ("XX",), ("XX-A",)]),
    ),
    min_size=1,
    max_size=3,
).map(tuple)


def phase_at(found: tuple[Span, ...], now: datetime) -> Phase:
    return next((span.phase for span in found if span.starts_at <= now < span.ends_at), Phase.NONE)


@settled
@given(held(), OVERRIDES)
def test_a_person_s_word_holds_between_its_start_and_its_end_and_nowhere_else(
    given_: tuple[Places, Election], words: tuple[PhaseOverride, ...]
) -> None:
    here, one = given_
    for place in ("XX-A", "XX-B"):
        plain, told = spans_in(here, one, place), spans_in(here, replace(one, overrides=words), place)
        if not plain:
            assert told == ()
            continue
        near = [word for word in words if set(here.chain(place)) & set(word.regions or ("XX",))]
        edges = (
            {edge for word in near for edge in (word.starts_at, word.ends_at)} | {span.starts_at for span in plain} | {plain[-1].ends_at}
        )
        for now in (moment for edge in edges for moment in (edge - SECOND, edge, edge + SECOND)):
            over = [word.phase for word in near if word.starts_at <= now < word.ends_at]
            allowed = [phase for phase in over if phase not in AFTER_POLLS or polls_are_closed(plain, now)]
            assert phase_at(told, now) is (allowed[-1] if allowed else phase_at(plain, now))
        assert all(before.ends_at <= after.starts_at for before, after in pairwise(told))


def polls_are_closed(found: tuple[Span, ...], now: datetime) -> bool:
    """Whether the polls of the round that leads then are over; beyond the season those of its first or last round."""
    leading = next((span for span in found if now < span.ends_at), found[-1])
    return now >= leading.hours.ends_at
