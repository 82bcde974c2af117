"""Until when the results of a whole contest may not be told."""

from dataclasses import replace

import pytest

from elections.contests import contests
from elections.election import MilestoneKind, Phase, PhaseOverride, Status
from elections.interiors import Interiors
from tests.elections.reference_elections import (
    BRAZIL_2026,
    EUROPE_2024,
    FRANCE_2024,
    PLACES,
    UNITED_STATES_2026,
    at,
    election,
    milestone,
    polling,
)

INTERIORS = Interiors.of(PLACES)
CLOSE = MilestoneKind.POLLS_CLOSE


@pytest.mark.parametrize(
    ("held", "begins", "ends"),
    [
        pytest.param(UNITED_STATES_2026, "2026-11-03T00:00+10:00", "2026-11-04T00:00-11:00", id="from Guam to American Samoa"),
        pytest.param(FRANCE_2024, "2024-06-30T00:00+04:00", "2024-07-01T00:00-10:00", id="from Réunion to Polynesia"),
        pytest.param(EUROPE_2024, "2024-06-06T00:00+04:00", "2024-06-10T00:00-10:00", id="the Union, its members' territories included"),
        pytest.param(BRAZIL_2026, "2026-10-04T00:00-02:00", "2026-10-05T00:00-05:00", id="from Noronha to Acre"),
    ],
)
def test_a_contest_runs_from_its_first_midnight_to_its_last_close(held, begins: str, ends: str) -> None:  # type: ignore[no-untyped-def]
    contest = contests(held, PLACES, INTERIORS)[0]
    assert (contest.begins_at, contest.ends_at) == (at(begins), at(ends))


def test_a_known_close_shortens_the_contest_only_where_it_holds() -> None:
    close = milestone(CLOSE, "2026-10-04", "17:00")
    everywhere = contests(election("BR", polling("2026-10-04", None, close)), PLACES, INTERIORS)[0]
    in_acre = contests(
        election("BR", polling("2026-10-04", None, close, milestone(CLOSE, "2026-10-04", "19:00", "BR-AC"))), PLACES, INTERIORS
    )[0]
    assert everywhere.ends_at == at("2026-10-04T17:00-05:00")
    assert in_acre.ends_at == at("2026-10-04T19:00-05:00")


def test_excluded_places_are_no_part_of_the_contest() -> None:
    mainland = election("US", polling("2026-11-03"), excluded=("US-AS", "US-GU"))
    contest = contests(mainland, PLACES, INTERIORS)[0]
    assert (contest.begins_at, contest.ends_at) == (at("2026-11-03T00:00-05:00"), at("2026-11-04T00:00-10:00"))


def test_each_country_and_territory_has_its_own_last_close() -> None:
    closes = contests(FRANCE_2024, PLACES, INTERIORS)[0].last_closes
    assert closes == {
        "FR": at("2024-07-01T00:00+02:00"),
        "RE": at("2024-07-01T00:00+04:00"),
        "PF": at("2024-07-01T00:00-10:00"),
    }


def test_only_rounds_that_take_place_bar_results() -> None:
    decided = election("BR", BRAZIL_2026.rounds[0], polling("2026-10-25", number=2, status=Status.CANCELLED))
    assert [contest.round.number for contest in contests(BRAZIL_2026, PLACES, INTERIORS)] == [1, 2]
    assert [contest.round.number for contest in contests(decided, PLACES, INTERIORS)] == [1]


@pytest.mark.parametrize(
    ("phase", "starts", "ends", "expected"),
    [
        (Phase.ELECTION_DAY, "2026-10-04T17:00-05:00", "2026-10-05T02:00-05:00", "2026-10-05T02:00-05:00"),
        (Phase.ELECTION_DAY, "2026-10-04T17:00-05:00", "2026-10-04T19:00-05:00", "2026-10-05T00:00-05:00"),
        (Phase.ELECTION_DAY, "2026-10-25T17:00-05:00", "2026-10-26T02:00-05:00", "2026-10-05T00:00-05:00"),
        (Phase.COUNTING, "2026-10-04T17:00-05:00", "2026-10-05T02:00-05:00", "2026-10-05T00:00-05:00"),
    ],
    ids=["polls kept open past the last close", "polls kept open, another place closes later", "in the second round", "another word"],
)
def test_results_wait_for_polls_that_are_kept_open(phase: Phase, starts: str, ends: str, expected: str) -> None:
    order = PhaseOverride(phase, at(starts), at(ends), "a court kept polls open", ("BR-AC",))
    assert contests(replace(BRAZIL_2026, overrides=(order,)), PLACES, INTERIORS)[0].ends_at == at(expected)
