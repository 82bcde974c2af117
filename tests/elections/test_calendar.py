"""The state of places over time, and that it changes exactly when it says it will."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elections.calendar import Calendar, Leading, PlaceState
from elections.contests import Contest, contests, over_all
from elections.election import Channel, Confidence, Election, ElectionKind, Milestone, MilestoneKind, Phase, Round, Status
from elections.errors import InvalidElection
from elections.interiors import Interiors
from elections.phases import spans
from elections.polling import Hours, Locality, hours_here
from elections.silence import Barred, Rules, SilenceRule, silences
from elections.timeline import Course, leading_order
from tests.elections.reference_elections import (
    BRAZIL_2026,
    EUROPE_2024,
    FRANCE_2024,
    GERMANY_2025,
    PLACES,
    SECOND,
    UNITED_STATES_2026,
    at,
    election,
    milestone,
    polling,
)

INTERIORS = Interiors.of(PLACES)
CODES = sorted(region.code for region in PLACES)
SILENCE = (
    SilenceRule("FR", (Barred.CAMPAIGN,), "test", Confidence.LOW, days_before=1),
    SilenceRule("US", (), "test", Confidence.LOW),
    SilenceRule("IN", (Barred.CAMPAIGN,), "test", Confidence.LOW, hours_before=48),
)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("place", ["DE", "DE-BY"])
def test_an_election_is_held_in_its_region_and_all_below(place: str) -> None:
    assert Calendar([GERMANY_2025], PLACES).of(place) == (GERMANY_2025,)


@pytest.mark.parametrize("place", ["EU", "001", "FR"])
def test_an_election_is_not_held_above_or_beside_its_region(place: str) -> None:
    calendar = Calendar([GERMANY_2025], PLACES)
    assert calendar.of(place) == ()
    assert calendar.at(place, at("2025-02-23T12:00+01:00")) == PlaceState()


def test_the_elections_of_a_place_stand_in_order_expected_ones_too() -> None:
    expected = election("FR", polling("2027-04-11"), kind=ElectionKind.PRESIDENTIAL, status=Status.EXPECTED)
    assert Calendar([expected, FRANCE_2024, EUROPE_2024], PLACES).of("RE") == (EUROPE_2024, FRANCE_2024, expected)


def test_an_excluded_place_and_all_below_it_have_no_part_in_it() -> None:
    calendar = Calendar([election("EU", polling("2024-06-06"), excluded=("FR",))], PLACES)
    assert [calendar.of(place) != () for place in ("DE", "FR", "RE")] == [True, False, False]


def test_an_expected_election_opens_no_season() -> None:
    expected = election("FR", polling("2027-04-11"), status=Status.EXPECTED)
    state = Calendar([expected], PLACES).at("FR", at("2027-04-11T12:00+02:00"))
    assert state == PlaceState()


def test_the_season_may_be_longer() -> None:
    now = at("2026-05-01T12:00-04:00")
    assert not Calendar([UNITED_STATES_2026], PLACES).at("US", now).in_season
    assert Calendar([UNITED_STATES_2026], PLACES, season_days=200).at("US", now).in_season


def test_results_stay_barred_in_the_east_until_the_west_has_voted() -> None:
    calendar = Calendar([UNITED_STATES_2026], PLACES)
    last = at("2026-11-04T00:00-11:00")
    assert calendar.at("US-GU", last - SECOND).phase is Phase.COUNTING
    assert [calendar.at("US-GU", now).results_barred for now in (last - SECOND, last)] == [True, False]


def test_results_are_barred_where_voting_has_not_begun_as_soon_as_it_has_elsewhere() -> None:
    calendar = Calendar([UNITED_STATES_2026], PLACES)
    first = at("2026-11-03T00:00+10:00")
    assert [calendar.at("US-HI", now).results_barred for now in (first - SECOND, first)] == [False, True]


def test_the_first_round_s_results_may_be_told_before_the_second() -> None:
    assert not Calendar([BRAZIL_2026], PLACES).at("BR", at("2026-10-10T12:00-03:00")).results_barred


def test_after_the_last_change_nothing_changes() -> None:
    assert Calendar([GERMANY_2025], PLACES).at("DE", at("2030-01-01T00:00+00:00")) == PlaceState()


def test_an_unknown_place_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Calendar([], PLACES).at("XX", at("2026-01-01T00:00+00:00"))


@pytest.mark.parametrize(
    "elections",
    [
        pytest.param([GERMANY_2025, GERMANY_2025], id="an id given twice"),
        pytest.param([replace(GERMANY_2025, regions=("XX",))], id="an unknown region"),
        pytest.param([replace(GERMANY_2025, excluded=("XX",))], id="an unknown exclusion"),
        pytest.param(
            [election("DE", polling("2025-02-23", None, milestone(MilestoneKind.POLLS_CLOSE, "2025-02-23", None, "XX")))], id="an override"
        ),
    ],
)
def test_what_contradicts_itself_is_refused(elections: list[Election]) -> None:
    with pytest.raises(InvalidElection):
        Calendar(elections, PLACES)


@st.composite
def some_milestones(draw: st.DrawFn, around: date) -> Milestone:
    return Milestone(
        kind=draw(st.sampled_from(MilestoneKind)),
        on=draw(st.none() | st.integers(-40, 40).map(lambda days: around + timedelta(days=days))),
        at=draw(st.none() | st.times().map(lambda clock: clock.replace(second=0, microsecond=0))),
        channel=draw(st.sampled_from(Channel)),
        regions=tuple(draw(st.lists(st.sampled_from(CODES), max_size=1))),
    )


@st.composite
def some_elections(draw: st.DrawFn) -> Election:
    day = draw(st.dates(date(2026, 2, 1), date(2026, 5, 1)))
    rounds = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        last = day + timedelta(days=draw(st.integers(0, 4)))
        status = draw(st.sampled_from([Status.SCHEDULED, Status.HELD, Status.SCHEDULED, Status.ANNULLED, Status.EXPECTED]))
        milestones = tuple(draw(st.lists(some_milestones(day), max_size=4)))
        rounds.append(Round(number, day, last, status=status, milestones=milestones))
        day = last + timedelta(days=draw(st.integers(1, 30)))
    regions = " ".join(draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True)))
    return election(regions, *rounds, kind=draw(st.sampled_from(ElectionKind)))


def without_next(state: PlaceState) -> PlaceState:
    return replace(state, next_change=None)


@settings(max_examples=60, deadline=None)
@given(
    elections=st.lists(some_elections(), min_size=1, max_size=3, unique_by=lambda each: each.id),
    place=st.sampled_from(CODES),
    now=st.datetimes(datetime(2025, 11, 1), datetime(2026, 9, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- the strategy adds the zone
)
def test_the_state_stays_until_its_next_change_and_then_differs(elections: list[Election], place: str, now: datetime) -> None:
    calendar = Calendar(elections, PLACES, SILENCE)
    state = calendar.at(place, now)
    until = state.next_change or now + timedelta(days=500)
    assert until > now
    between = [now + HOUR * hours for hours in range(int((until - now) / HOUR) + 1) if now + HOUR * hours < until]
    assert all(calendar.at(place, moment) == state for moment in (*between, max(now, until - SECOND)))
    if state.next_change:
        assert without_next(calendar.at(place, state.next_change)) != without_next(state)


def slow_hours(held: Election, contest: Contest, place: str) -> Hours:
    """The hours in a place, or where others make it up and nobody tells its close, up to the last close inside it."""
    own = hours_here(contest.round, Locality.of(place, PLACES), held.kind)
    country = PLACES.country(place)
    if place not in INTERIORS.made_up:
        return own
    return over_all(own, contest, held, place, country.code if country else None)


def slowly(elections: list[Election], place: str, now: datetime) -> PlaceState:
    """The state by looking at everything at one instant, without cutting time or keeping anything."""
    here = Locality.of(place, PLACES)
    country = PLACES.country(place)
    code = country.code if country else None
    running, quiet, barred = [], [], False
    for held in elections:
        depth = max((len(PLACES.chain(code)) for code in held.regions if code in here.chain), default=0)
        if not depth:
            continue
        found = contests(held, PLACES, INTERIORS, {})
        hours = {one.round.number: slow_hours(held, one, place) for one in found}
        course = Course(held, depth, (), (), ())
        running += [(course, span) for span in spans(held, here, known=hours) if span.starts_at <= now < span.ends_at]
        for contest in found:
            barred = barred or contest.begins_at <= now < contest.ends_at
            for rule in Rules.of(SILENCE).here(here):
                stretches = silences(held, contest, rule, hours[contest.round.number], here, code)
                quiet += [one for one in stretches if one.starts_at <= now < one.ends_at]
    if not running:
        leading, phase = None, Phase.NONE
    else:
        course, span = min(running, key=lambda run: leading_order(*run, now))
        leading, phase = Leading(course.election, span.round, span.hours.current(now).first_day, span.phase), span.phase
    silenced = max((one for one in quiet if one.rule.silences), key=lambda one: (one.ends_at, one.election.id), default=None)
    barred = barred or any(Barred.RESULTS in one.rule.bars for one in quiet)
    in_order = tuple(sorted(quiet, key=lambda one: (one.election.id, one.round.number, one.starts_at, one.rule.source)))
    return PlaceState(bool(running), leading, phase, silenced, in_order, barred)


@settings(max_examples=60, deadline=None)
@given(
    elections=st.lists(some_elections(), min_size=1, max_size=3, unique_by=lambda each: each.id),
    place=st.sampled_from(CODES),
    offsets=st.lists(st.integers(0, 300 * 86400), max_size=30),
)
def test_the_state_is_what_a_slow_look_at_everything_gives(elections: list[Election], place: str, offsets: list[int]) -> None:
    calendar = Calendar(elections, PLACES, SILENCE)
    first_days = [polling.first_day for held in elections for polling in held.rounds]
    near = [datetime.combine(day, datetime.min.time(), UTC) + HOUR * hour for day in first_days for hour in range(-36, 60, 3)]
    wide = [datetime(2025, 11, 1, tzinfo=UTC) + SECOND * offset for offset in offsets]
    turns, now = [], datetime(2025, 9, 1, tzinfo=UTC)
    while (change := calendar.at(place, now).next_change) is not None:
        turns += [change - SECOND, change]
        now = change
    for moment in (*near, *wide, *turns):
        assert without_next(calendar.at(place, moment)) == slowly(elections, place, moment)


def test_results_are_never_free_while_polls_are_open() -> None:
    calendar = Calendar([UNITED_STATES_2026, BRAZIL_2026], PLACES)
    for place in CODES:
        now = datetime(2026, 9, 1, tzinfo=UTC)
        while (change := calendar.at(place, now).next_change) is not None:
            now = change
            state = calendar.at(place, now)
            assert state.results_barred or state.phase is not Phase.ELECTION_DAY
