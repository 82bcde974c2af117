"""Which phase an election is in at one place, on the day before, the day and the day after, to the second."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.election import Channel, Election, MilestoneKind, Phase, PhaseOverride, Status
from elections.phases import spans
from elections.polling import Locality
from tests.elections.reference_elections import (
    BRAZIL_2026,
    FRANCE_2024,
    GERMANY_2025,
    INDIA_2024,
    NEW_ZEALAND_2026,
    PLACES,
    SAMOA_2025,
    SECOND,
    THAILAND_2026,
    UNITED_STATES_2026,
    at,
    election,
    milestone,
    polling,
)

KIND = MilestoneKind


def phase(held: Election, place: str, now: datetime) -> Phase:
    """The phase by plain search."""
    running = [span.phase for span in spans(held, Locality.of(place, PLACES)) if span.starts_at <= now < span.ends_at]
    return running[0] if running else Phase.NONE


@pytest.mark.parametrize(
    ("held", "place", "turn", "before", "after"),
    [
        pytest.param(NEW_ZEALAND_2026, "NZ", "2026-08-09T00:00+12:45", "none", "announced", id="New Zealand's season opens"),
        pytest.param(NEW_ZEALAND_2026, "NZ", "2026-11-04T00:00+13:45", "announced", "final_days", id="New Zealand's final days"),
        pytest.param(NEW_ZEALAND_2026, "NZ", "2026-11-07T00:00+13:45", "final_days", "election_day", id="New Zealand's polling day"),
        pytest.param(NEW_ZEALAND_2026, "NZ", "2026-11-08T00:00+13:00", "election_day", "counting", id="New Zealand counts"),
        pytest.param(NEW_ZEALAND_2026, "NZ", "2026-12-08T00:00+13:00", "counting", "none", id="New Zealand's season ends"),
        pytest.param(UNITED_STATES_2026, "US-HI", "2026-08-05T00:00-10:00", "none", "announced", id="Hawaii's season opens"),
        pytest.param(UNITED_STATES_2026, "US-HI", "2026-10-31T00:00-10:00", "announced", "final_days", id="Hawaii's final days"),
        pytest.param(UNITED_STATES_2026, "US-HI", "2026-11-03T00:00-10:00", "final_days", "election_day", id="Hawaii's polling day"),
        pytest.param(UNITED_STATES_2026, "US-HI", "2026-11-04T00:00-10:00", "election_day", "counting", id="Hawaii counts"),
        pytest.param(UNITED_STATES_2026, "US-HI", "2026-12-04T00:00-10:00", "counting", "none", id="Hawaii's season ends"),
        pytest.param(UNITED_STATES_2026, "US-GU", "2026-11-03T00:00+10:00", "final_days", "election_day", id="Guam votes first"),
        pytest.param(UNITED_STATES_2026, "US-TX", "2026-10-31T00:00-05:00", "announced", "final_days", id="Texas before its clocks change"),
        pytest.param(UNITED_STATES_2026, "US-TX", "2026-11-04T00:00-07:00", "election_day", "counting", id="Texas after they changed"),
        pytest.param(GERMANY_2025, "DE-BY", "2025-02-23T00:00+01:00", "final_days", "election_day", id="Bavaria's polling day"),
        pytest.param(GERMANY_2025, "DE", "2025-02-24T00:00+01:00", "election_day", "counting", id="Germany counts"),
        pytest.param(INDIA_2024, "IN", "2024-04-19T00:00+05:30", "final_days", "election_day", id="India's first phase"),
        pytest.param(INDIA_2024, "IN", "2024-06-02T00:00+05:30", "election_day", "counting", id="India's last phase ends"),
        pytest.param(THAILAND_2026, "TH", "2026-02-08T00:00+07:00", "final_days", "election_day", id="Thailand's polling day"),
        pytest.param(SAMOA_2025, "WS", "2025-08-29T00:00+13:00", "final_days", "election_day", id="Samoa, east of the date line"),
    ],
)
def test_a_phase_turns_at_local_midnight(held: Election, place: str, turn: str, before: str, after: str) -> None:
    assert [phase(held, place, at(turn) - SECOND), phase(held, place, at(turn))] == [before, after]


@pytest.mark.parametrize(
    ("now", "round_number", "expected"),
    [
        pytest.param("2026-10-04T12:00-03:00", 1, Phase.ELECTION_DAY, id="first round"),
        pytest.param("2026-10-07T23:00-03:00", 1, Phase.COUNTING, id="third day of counting"),
        pytest.param("2026-10-08T04:59:59+00:00", 1, Phase.COUNTING, id="its last second, in Acre"),
        pytest.param("2026-10-08T05:00:00+00:00", 2, Phase.ANNOUNCED, id="the second round leads"),
        pytest.param("2026-10-22T12:00-03:00", 2, Phase.FINAL_DAYS, id="final days of the second round"),
        pytest.param("2026-10-25T12:00-03:00", 2, Phase.ELECTION_DAY, id="second round"),
        pytest.param("2026-11-20T12:00-03:00", 2, Phase.COUNTING, id="after it"),
    ],
)
def test_between_rounds_brazil_counts_for_three_days(now: str, round_number: int, expected: Phase) -> None:
    here = Locality.of("BR", PLACES)
    span = next(span for span in spans(BRAZIL_2026, here) if span.starts_at <= at(now) < span.ends_at)
    assert (span.round.number, span.phase) == (round_number, expected)


def test_final_days_cut_the_count_short_when_rounds_are_a_week_apart() -> None:
    assert phase(FRANCE_2024, "FR", at("2024-07-03T23:59:59+02:00")) is Phase.COUNTING
    assert phase(FRANCE_2024, "FR", at("2024-07-04T00:00:00+02:00")) is Phase.FINAL_DAYS


MILESTONES = election(
    "US",
    polling(
        "2026-11-03",
        None,
        milestone(KIND.REGISTRATION_CLOSES, "2026-10-05", None, "US-TX"),
        milestone(KIND.REGISTRATION_OPENS, "2026-09-01", None, "US-NY"),
        milestone(KIND.REGISTRATION_CLOSES, "2026-10-24", "17:00", "US-NY", channel=Channel.MAIL),
        milestone(KIND.REGISTRATION_CLOSES, "2026-10-26", "17:00", "US-NY", channel=Channel.ONLINE),
        milestone(KIND.EARLY_VOTING_OPENS, "2026-10-19", "08:00", "US-TX"),
        milestone(KIND.EARLY_VOTING_CLOSES, "2026-10-30", None, "US-TX"),
        milestone(KIND.EARLY_VOTING_OPENS, "2026-10-24", None, "US-NY"),
        milestone(KIND.POLLS_CLOSE, "2026-11-03", "21:00", "US-NY"),
        milestone(KIND.PROVISIONAL_RESULTS, "2026-11-03", "20:00", "US-NY"),
        milestone(KIND.CERTIFIED, "2026-12-15", None, "US-NY"),
    ),
)


@pytest.mark.parametrize(
    ("place", "turn", "before", "after"),
    [
        pytest.param("US-TX", "2026-10-06T00:00-06:00", "registration", "announced", id="Texas's last day to register ends"),
        pytest.param("US-TX", "2026-10-19T08:00-05:00", "announced", "early_voting", id="Texas's early voting opens, east first"),
        pytest.param("US-TX", "2026-10-31T00:00-05:00", "early_voting", "final_days", id="final days lead early voting"),
        pytest.param("US-NY", "2026-09-01T00:00-04:00", "announced", "registration", id="New York's registration opens"),
        pytest.param("US-NY", "2026-10-24T00:00-04:00", "registration", "early_voting", id="early voting leads registration"),
        pytest.param("US-NY", "2026-11-03T21:00-05:00", "election_day", "provisional_results", id="no result before the close"),
        pytest.param("US-NY", "2026-12-15T00:00-05:00", "provisional_results", "certified", id="certified"),
        pytest.param("US-NY", "2026-12-16T00:00-05:00", "certified", "none", id="the season ends with that day"),
        pytest.param("US-HI", "2026-10-31T00:00-10:00", "announced", "final_days", id="others know nothing of it"),
    ],
)
def test_milestones_move_phases_where_they_hold(place: str, turn: str, before: str, after: str) -> None:
    assert [phase(MILESTONES, place, at(turn) - SECOND), phase(MILESTONES, place, at(turn))] == [before, after]


def test_registration_lasts_to_the_last_channel_and_begins_with_the_season_where_the_opening_is_unknown() -> None:
    online = election("US-HI", polling("2026-11-03", None, milestone(KIND.REGISTRATION_CLOSES, "2026-10-26", channel=Channel.ONLINE)))
    assert phase(online, "US-HI", at("2026-08-05T00:00-10:00")) is Phase.REGISTRATION
    assert phase(online, "US-HI", at("2026-10-26T23:59:59-10:00")) is Phase.REGISTRATION
    assert phase(online, "US-HI", at("2026-10-27T00:00-10:00")) is Phase.ANNOUNCED


def test_registration_without_a_known_close_is_never_told_to_be_open() -> None:
    opened = election("US-HI", polling("2026-11-03", None, milestone(KIND.REGISTRATION_OPENS, "2026-09-01")))
    assert Phase.REGISTRATION not in {span.phase for span in spans(opened, Locality.of("US-HI", PLACES))}


@pytest.mark.parametrize("status", [Status.EXPECTED, Status.POSTPONED, Status.ANNULLED, Status.CANCELLED, Status.REPLACED])
def test_an_uncertain_or_void_election_has_no_season(status: Status) -> None:
    assert spans(election("RO", polling("2024-11-24"), status=status), Locality.of("RO", PLACES)) == ()


@given(
    place=st.sampled_from(["DE", "IN", "TH", "WS", "US-HI", "US-AS", "US-GU", "PF", "CU", "BR-AC"]),
    day=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    offset=st.integers(-95 * 86400, 35 * 86400),
)
def test_without_milestones_the_local_date_alone_decides(place: str, day: date, offset: int) -> None:
    zone = ZoneInfo(PLACES.zones(place)[0])
    now = datetime.combine(day, datetime.min.time(), zone).astimezone(UTC) + timedelta(seconds=offset)
    ahead = (day - now.astimezone(zone).date()).days
    expected = (
        Phase.NONE
        if ahead > 90 or ahead < -30
        else Phase.ANNOUNCED
        if ahead > 3
        else Phase.FINAL_DAYS
        if ahead > 0
        else Phase.ELECTION_DAY
        if ahead == 0
        else Phase.COUNTING
    )
    assert phase(election(place, polling(day.isoformat())), place, now) is expected


@given(gap=st.integers(1, 60), length=st.integers(0, 5))
def test_spans_follow_each_other_without_gap_or_overlap(gap: int, length: int) -> None:
    first = date(2026, 10, 4)
    rounds = [polling(day.isoformat(), (day + timedelta(days=length)).isoformat()) for day in (first, first + timedelta(days=gap + length))]
    found = spans(election("KI", *rounds), Locality.of("KI", PLACES))
    assert all(span.starts_at < span.ends_at for span in found)
    assert all(span.ends_at == following.starts_at for span, following in itertools.pairwise(found))


def word(phase: Phase, starts: str, ends: str) -> PhaseOverride:
    return PhaseOverride(phase, at(f"{starts}T00:00+07:00"), at(f"{ends}T00:00+07:00"), "tried")


def test_a_word_takes_an_election_out_of_its_whole_season() -> None:
    held = replace(THAILAND_2026, overrides=(word(Phase.NONE, "2025-01-01", "2027-01-01"),))
    assert spans(held, Locality.of("TH", PLACES)) == ()


def test_the_last_word_holds_where_an_earlier_one_took_the_election_out_of_season() -> None:
    held = replace(
        THAILAND_2026, overrides=(word(Phase.NONE, "2025-01-01", "2027-01-01"), word(Phase.ANNOUNCED, "2026-01-10", "2026-01-12"))
    )
    told = [phase(held, "TH", at(f"2026-01-{day}T12:00+07:00")) for day in ("09", "10", "11", "12")]
    assert told == [Phase.NONE, Phase.ANNOUNCED, Phase.ANNOUNCED, Phase.NONE]


def test_rounds_that_a_place_votes_in_out_of_order_follow_each_other_all_the_same() -> None:
    """A milestone of the first round moved too far must not lay spans over each other."""
    moved = milestone(KIND.POLLS_OPEN, "2026-10-30", None, "BR-AC"), milestone(KIND.POLLS_CLOSE, "2026-10-30", None, "BR-AC")
    rounds = (polling("2026-10-04", None, *moved), polling("2026-10-11", number=2), polling("2026-10-25", number=3))
    found = spans(election("BR", *rounds), Locality.of("BR-AC", PLACES))
    assert all(span.ends_at == following.starts_at for span, following in itertools.pairwise(found))
