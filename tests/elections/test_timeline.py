"""Which of several elections leads in a place."""

from datetime import datetime

import pytest

from elections.calendar import Calendar
from elections.election import ElectionKind
from tests.elections.reference_elections import PLACES, at, election, polling

NATIONAL = election("DE", polling("2026-09-20"))
BAVARIAN = election("DE-BY", polling("2026-09-20"), kind=ElectionKind.LEGISLATIVE)
REFERENDUM = election("DE", polling("2026-09-20"), kind=ElectionKind.REFERENDUM)
LATER = election("DE", polling("2026-10-11"), kind=ElectionKind.LOCAL)
LONG = election("EU", polling("2026-09-17", "2026-09-20"), kind=ElectionKind.EUROPEAN)


def leading(place: str, now: str, *elections: object) -> str | None:
    state = Calendar(elections, PLACES).at(place, at(now))  # type: ignore[arg-type]
    return state.leading.election.id if state.leading else None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-06-21T23:59:59+02:00", None, id="before any season"),
        pytest.param("2026-06-22T00:00:00+02:00", NATIONAL.id, id="the first season opens"),
        pytest.param("2026-09-19T12:00:00+02:00", NATIONAL.id, id="nearest ahead"),
        pytest.param("2026-09-20T12:00:00+02:00", NATIONAL.id, id="polls open"),
        pytest.param("2026-09-21T00:00:00+02:00", LATER.id, id="one ahead leads one being counted"),
        pytest.param("2026-10-12T00:00:00+02:00", LATER.id, id="the most recent past"),
        pytest.param("2026-11-11T00:00:00+01:00", None, id="after all seasons"),
    ],
)
def test_polls_open_lead_then_the_nearest_ahead_then_the_latest_past(now: str, expected: str | None) -> None:
    assert leading("DE", now, NATIONAL, LATER) == expected


def test_open_polls_lead_before_an_election_nearer_ahead_on_the_calendar() -> None:
    assert leading("DE", "2026-09-18T12:00:00+02:00", NATIONAL, LONG) == LONG.id


def test_on_the_same_day_the_deeper_region_leads_then_the_id() -> None:
    assert leading("DE-BY", "2026-09-20T12:00:00+02:00", NATIONAL, BAVARIAN, LONG) == BAVARIAN.id
    assert leading("DE", "2026-09-20T12:00:00+02:00", REFERENDUM, NATIONAL, BAVARIAN) == NATIONAL.id


def test_the_date_is_that_of_the_round_in_the_place() -> None:
    state = Calendar([LONG], PLACES).at("DE", datetime.fromisoformat("2026-09-18T12:00:00+02:00"))
    assert state.leading is not None
    assert state.leading.date.isoformat() == "2026-09-17"
