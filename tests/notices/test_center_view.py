"""What a center's page says is to be done now."""

from dataclasses import replace

import pytest

from elections.calendar import Calendar
from elections.centers import Centers
from elections.election import Election, Status
from notices.center_view import CenterView, center_view
from tests.elections.reference_elections import PLACES, UNITED_STATES_2026, at, election, polling


def view(held: Election, now: str, place: str = "US-NY") -> CenterView:
    return center_view(PLACES.by_code[place], "en", at(now), PLACES, Centers((), PLACES), Calendar([held], PLACES))


@pytest.mark.parametrize(
    ("now", "phase", "key"),
    [
        pytest.param("2026-03-01T12:00-05:00", "none", "now_announced", id="listed, but out of season"),
        pytest.param("2026-11-01T12:00-05:00", "final_days", "now_final_days", id="the last days"),
        pytest.param("2026-11-03T23:59-05:00", "election_day", "now_election_day", id="polls open here"),
        pytest.param("2026-11-04T00:00-05:00", None, None, id="polls closed here, open in the west"),
        pytest.param("2026-11-04T00:00-11:00", "counting", "now_counting", id="the last poll has closed"),
        pytest.param("2027-03-01T12:00-05:00", "none", "now_none", id="over"),
    ],
)
def test_what_to_do_now_follows_the_phase_that_may_be_spoken_of(now: str, phase: str | None, key: str | None) -> None:
    seen = view(UNITED_STATES_2026, now)
    assert (seen.phase and seen.phase.value, seen.now_key) == (phase, key)


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED, Status.ANNULLED])
def test_an_election_that_was_to_be_soon_but_will_not_is_told(status: Status) -> None:
    assert view(replace(UNITED_STATES_2026, status=status), "2026-11-01T12:00-05:00").now_key == f"now_{status}"


def test_an_election_that_is_only_expected_is_not_announced() -> None:
    assert view(election("US", polling("2026-11-03"), status=Status.EXPECTED), "2026-11-01T12:00-05:00").now_key == "now_none"
