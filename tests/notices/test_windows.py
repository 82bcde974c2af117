"""When a campaign is open in a place."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elections.calendar import Calendar
from elections.election import MilestoneKind, Phase, Status
from notices.campaign import Campaign, DailyHours, Surface, Topic, Weekday, Window
from notices.windows import openings
from tests.elections.reference_elections import BRAZIL_2026, PLACES, UNITED_STATES_2026, at, election, milestone, polling

SECOND = timedelta(seconds=1)


def campaign(*windows: Window, **fields: object) -> Campaign:
    """A campaign of no account beside its windows."""
    return Campaign("c", "n", ("001",), (Surface.SEARCH,), (Topic.VOTING,), windows=windows, **fields)  # type: ignore[arg-type]


def is_open(one: Campaign, now: datetime, calendar: Calendar, place: str = "US-NY") -> bool:
    return any(opening.holds(now) for opening in openings(one, calendar, place))


def turns(one: Campaign, calendar: Calendar, place: str, begins: str, ends: str) -> list[bool]:
    """Whether it is open the second before and at the two edges."""
    return [is_open(one, now, calendar, place) for edge in (begins, ends) for now in (at(edge) - SECOND, at(edge))]


@pytest.mark.parametrize(
    ("window", "place", "begins", "ends"),
    [
        pytest.param(
            Window(from_phase=Phase.FINAL_DAYS, to_phase=Phase.COUNTING),
            "US-NY",
            "2026-10-31T00:00-04:00",
            "2026-11-04T00:00-05:00",
            id="from phase to phase",
        ),
        pytest.param(
            Window(from_phase=Phase.ELECTION_DAY, from_days=-7, to_phase=Phase.COUNTING, to_hours=6),
            "US-NY",
            "2026-10-27T00:00-04:00",
            "2026-11-04T06:00-05:00",
            id="seven local days before, six hours after",
        ),
        pytest.param(
            Window(from_phase=Phase.ELECTION_DAY, to_phase=Phase.COUNTING),
            "US-HI",
            "2026-11-03T00:00-10:00",
            "2026-11-04T00:00-10:00",
            id="by Hawaii's own clock",
        ),
        pytest.param(
            Window(datetime.fromisoformat("2026-11-01T01:30"), datetime.fromisoformat("2026-11-02T00:00"), "America/New_York"),
            "US-NY",
            "2026-11-01T01:30-04:00",
            "2026-11-02T00:00-05:00",
            id="a wall time that comes twice: from the first",
        ),
        pytest.param(
            Window(datetime.fromisoformat("2026-10-01T00:00"), datetime.fromisoformat("2026-11-01T01:30"), "America/New_York"),
            "US-NY",
            "2026-10-01T00:00-04:00",
            "2026-11-01T01:30-05:00",
            id="a wall time that comes twice: to the second",
        ),
        pytest.param(
            Window(
                datetime.fromisoformat("2026-11-03T12:00"),
                datetime.fromisoformat("2026-12-01T00:00"),
                "UTC",
                from_phase=Phase.FINAL_DAYS,
                to_phase=Phase.COUNTING,
            ),
            "US-NY",
            "2026-11-03T12:00+00:00",
            "2026-11-04T00:00-05:00",
            id="dates and phases: both must hold",
        ),
    ],
)
def test_a_window_is_half_open(window: Window, place: str, begins: str, ends: str) -> None:
    assert turns(campaign(window), Calendar([UNITED_STATES_2026], PLACES), place, begins, ends) == [False, True, True, False]


def test_moving_the_election_moves_every_bound_window() -> None:
    bound = campaign(Window(from_phase=Phase.FINAL_DAYS, to_phase=Phase.COUNTING), election="us-2026-11-03-legislative")
    moved = election("US", polling("2026-11-10"))
    for day, told in (("2026-10-31", UNITED_STATES_2026), ("2026-11-07", moved)):
        held = replace(told, id="us-2026-11-03-legislative")
        offset = "-04:00" if day < "2026-11-01" else "-05:00"
        assert is_open(bound, at(f"{day}T00:00{offset}"), Calendar([held], PLACES))
        assert not is_open(bound, at(f"{day}T00:00{offset}") - SECOND, Calendar([held], PLACES))


@pytest.mark.parametrize("status", [Status.EXPECTED, Status.CANCELLED, Status.POSTPONED, Status.ANNULLED, Status.REPLACED])
def test_an_election_that_is_uncertain_or_void_opens_nothing(status: Status) -> None:
    held = election("US", polling("2026-11-03"), status=status)
    assert openings(campaign(Window(from_phase=Phase.ANNOUNCED), election=held.id), Calendar([held], PLACES), "US") == ()
    assert openings(campaign(election=held.id), Calendar([held], PLACES), "US") == ()


def test_a_bound_campaign_follows_its_own_election_while_another_leads() -> None:
    city = election("US-NY", polling("2026-11-17"), kind=UNITED_STATES_2026.kind)
    calendar = Calendar([UNITED_STATES_2026, city], PLACES)
    bound = campaign(Window(from_phase=Phase.ANNOUNCED, to_phase=Phase.FINAL_DAYS), election=city.id)
    now = at("2026-11-03T12:00-05:00")
    assert calendar.at("US-NY", now).leading.election is UNITED_STATES_2026  # type: ignore[union-attr]
    assert is_open(bound, now, calendar)
    assert not is_open(bound, now, calendar, "US-HI")


def test_each_round_opens_the_window_again() -> None:
    opened = openings(campaign(Window(from_phase=Phase.FINAL_DAYS, to_phase=Phase.COUNTING)), Calendar([BRAZIL_2026], PLACES), "BR-SP")
    assert [opening.starts_at for opening in opened] == [at("2026-10-01T00:00-03:00"), at("2026-10-22T00:00-03:00")]


DAYTIME = Window(
    zone="Europe/Berlin", only=(DailyHours(time(8), time(22)),), blackouts=(DailyHours(time(12), time(13), (Weekday.SUNDAY,)),)
)
NIGHT = Window(zone="Europe/Berlin", only=(DailyHours(time(22), time(2)),))


@pytest.mark.parametrize(
    ("window", "clock", "expected"),
    [
        pytest.param(DAYTIME, "2026-06-06T07:59:59+02:00", False, id="before the hours"),
        pytest.param(DAYTIME, "2026-06-06T08:00:00+02:00", True, id="at their start"),
        pytest.param(DAYTIME, "2026-06-06T22:00:00+02:00", False, id="at their end"),
        pytest.param(DAYTIME, "2026-06-06T12:30:00+02:00", True, id="noon on Saturday"),
        pytest.param(DAYTIME, "2026-06-07T12:30:00+02:00", False, id="noon on Sunday, blacked out"),
        pytest.param(DAYTIME, "2026-12-05T08:00:00+01:00", True, id="by the winter clock"),
        pytest.param(NIGHT, "2026-06-07T01:59:00+02:00", True, id="past midnight"),
        pytest.param(NIGHT, "2026-06-07T02:00:00+02:00", False, id="past midnight, over"),
        pytest.param(NIGHT, "2026-03-29T03:00:00+02:00", False, id="the end falls in the hour that is skipped"),
        pytest.param(NIGHT, "2026-10-25T01:59:00+02:00", True, id="before the clock is put back"),
    ],
)
def test_hours_come_back_by_the_local_clock(window: Window, clock: str, *, expected: bool) -> None:
    assert is_open(campaign(window), at(clock), Calendar([], PLACES)) is expected


HOURS = st.builds(DailyHours, st.times(), st.times(), st.lists(st.sampled_from(Weekday), max_size=3, unique=True).map(tuple))
WINDOWS = st.builds(
    Window,
    zone=st.sampled_from(["Europe/Berlin", "Pacific/Chatham", "America/Havana", "Asia/Kathmandu"]),
    from_phase=st.sampled_from([None, Phase.FINAL_DAYS]),
    to_phase=st.sampled_from([None, Phase.COUNTING]),
    from_days=st.integers(-9, 9),
    to_hours=st.integers(-30, 30),
    only=st.lists(HOURS, max_size=2).map(tuple),
    blackouts=st.lists(HOURS, max_size=1).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(
    window=WINDOWS,
    place=st.sampled_from(["US-NY", "US-HI", "US"]),
    now=st.datetimes(datetime.fromisoformat("2026-10-15T00:00"), datetime.fromisoformat("2026-11-20T00:00"), timezones=st.just(UTC)),
)
def test_nothing_opens_or_closes_before_the_next_turn(window: Window, place: str, now: datetime) -> None:
    one = campaign(window)
    calendar = Calendar([UNITED_STATES_2026], PLACES)
    opened = openings(one, calendar, place)
    turn = min((turn for opening in opened if (turn := opening.next_turn(now))), default=now + timedelta(days=12))
    assert turn > now
    state = is_open(one, now, calendar, place)
    step = max(SECOND, (turn - now) / 40)
    between = [now + step * number for number in range(40) if now + step * number < turn]
    assert {is_open(one, moment, calendar, place) for moment in (*between, max(now, turn - SECOND))} == {state}


def test_registration_differs_by_state() -> None:
    closes = milestone(MilestoneKind.REGISTRATION_CLOSES, "2026-10-05", None, "US-TX")
    calendar = Calendar([election("US", polling("2026-11-03", None, closes))], PLACES)
    window = campaign(Window(from_phase=Phase.REGISTRATION, to_phase=Phase.EARLY_VOTING))
    assert openings(window, calendar, "US-NY") == ()
    assert openings(window, calendar, "US-TX")[0].ends_at == at("2026-10-06T00:00-06:00")
    assert date(2026, 10, 5) == closes.on


FIRST, LAST = datetime.fromisoformat("0001-01-01T00:00"), datetime.fromisoformat("9999-12-31T23:59")


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        pytest.param(Window(from_phase=Phase.FINAL_DAYS, from_days=10**7, to_phase=Phase.COUNTING), False, id="days past the calendar"),
        pytest.param(Window(from_phase=Phase.FINAL_DAYS, from_days=-(10**7), to_phase=Phase.COUNTING), True, id="days before the calendar"),
        pytest.param(Window(from_phase=Phase.FINAL_DAYS, to_phase=Phase.COUNTING, to_hours=10**9), True, id="hours past the calendar"),
        pytest.param(Window(None, LAST, "America/New_York"), True, id="to the end of the calendar"),
        pytest.param(Window(FIRST, None, "Asia/Tokyo"), True, id="from its beginning"),
        pytest.param(Window(LAST, None, "America/New_York"), False, id="from its end"),
        pytest.param(Window(None, LAST, "America/New_York", only=(DailyHours(time(8), time(20)),)), True, id="hours to its end"),
    ],
)
def test_the_ends_of_the_calendar_are_no_obstacle(window: Window, *, expected: bool) -> None:
    calendar, noon = Calendar([UNITED_STATES_2026], PLACES), at("2026-11-03T12:00-05:00")
    assert is_open(campaign(window), noon, calendar) is expected
    for now in (noon, at("1900-01-01T00:00+00:00"), at("9999-12-31T12:00+00:00")):
        for opening in openings(campaign(window), calendar, "US-NY"):
            assert (opening.next_turn(now) or now) >= now


ALL_DAY = DailyHours(time(0), time(0))
MORNING = DailyHours(time(8), time(9))


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        pytest.param(Window(zone="Europe/Berlin", only=(MORNING,)), "2026-06-07T08:00+02:00", id="tomorrow morning"),
        pytest.param(Window(zone="Europe/Berlin", blackouts=(MORNING,)), "2026-06-06T12:00+02:00", id="now"),
        pytest.param(
            Window(zone="Europe/Berlin", only=(DailyHours(time(8), time(9), (Weekday.FRIDAY,)),)), "2026-06-12T08:00+02:00", id="on Friday"
        ),
        pytest.param(
            Window(datetime.fromisoformat("2027-01-01T08:30"), None, "Europe/Berlin", only=(MORNING,)), "2027-01-01T08:30+01:00", id="later"
        ),
        pytest.param(Window(zone="Europe/Berlin", blackouts=(ALL_DAY,)), None, id="blacked out all day"),
        pytest.param(Window(zone="Europe/Berlin", only=(MORNING,), blackouts=(MORNING,)), None, id="blacked out when it alone runs"),
        pytest.param(
            Window(None, datetime.fromisoformat("2026-06-07T08:00"), "Europe/Berlin", only=(MORNING,)), None, id="over before its hours"
        ),
    ],
)
def test_the_next_time_it_opens_is_found_or_there_is_none(window: Window, expected: str | None) -> None:
    found = [opening.next_open(at("2026-06-06T12:00+02:00")) for opening in openings(campaign(window), Calendar([], PLACES), "DE")]
    assert found == [at(expected) if expected else None]
