"""Local days and clocks as instants, where clocks skip or repeat hours too."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from elections import local_time
from tests.elections.reference_elections import at

EAST, WEST = "Pacific/Auckland", "Pacific/Honolulu"


@pytest.mark.parametrize(
    ("day", "zones", "begins", "ends"),
    [
        pytest.param("2026-11-07", [EAST], "2026-11-07T00:00+13:00", "2026-11-08T00:00+13:00", id="one zone in the east"),
        pytest.param("2026-11-03", [WEST], "2026-11-03T00:00-10:00", "2026-11-04T00:00-10:00", id="one zone in the west"),
        pytest.param(
            "2026-11-03", [WEST, EAST], "2026-11-03T00:00+13:00", "2026-11-04T00:00-10:00", id="the first and the last of several"
        ),
        pytest.param("2026-10-25", ["Europe/Berlin"], "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00", id="a day of 25 hours"),
        pytest.param("2026-09-06", ["America/Santiago"], "2026-09-06T01:00-03:00", "2026-09-07T00:00-03:00", id="a day without a midnight"),
        pytest.param("2026-04-04", ["America/Santiago"], "2026-04-04T00:00-03:00", "2026-04-05T00:00-04:00", id="an evening that repeats"),
        pytest.param("2026-11-01", ["America/Havana"], "2026-11-01T00:00-04:00", "2026-11-02T00:00-05:00", id="a midnight shown twice"),
    ],
)
def test_a_day_begins_in_the_first_zone_and_ends_in_the_last(day: str, zones: list[str], begins: str, ends: str) -> None:
    here = [ZoneInfo(name) for name in zones]
    assert local_time.day_begins(date.fromisoformat(day), here) == at(begins)
    assert local_time.day_ends(date.fromisoformat(day), here) == at(ends)


@pytest.mark.parametrize(
    ("day", "clock", "zones", "opens", "closes"),
    [
        pytest.param("2026-11-07", "19:00", [EAST], "2026-11-07T19:00+13:00", "2026-11-07T19:00+13:00", id="an ordinary hour"),
        pytest.param(
            "2026-11-03", "20:00", [WEST, EAST], "2026-11-03T20:00+13:00", "2026-11-03T20:00-10:00", id="first and last of several"
        ),
        pytest.param(
            "2026-10-25", "02:30", ["Europe/Berlin"], "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", id="an hour shown twice"
        ),
        pytest.param("2026-03-29", "02:30", ["Europe/Berlin"], "2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00", id="an hour skipped"),
        pytest.param(
            "2026-09-06", "00:00", ["America/Santiago"], "2026-09-06T01:00-03:00", "2026-09-06T01:00-03:00", id="midnight skipped"
        ),
    ],
)
def test_a_clock_opens_at_its_first_reading_and_closes_at_its_last(day: str, clock: str, zones: list[str], opens: str, closes: str) -> None:
    here = [ZoneInfo(name) for name in zones]
    assert local_time.opens(date.fromisoformat(day), time.fromisoformat(clock), here) == at(opens)
    assert local_time.closes(date.fromisoformat(day), time.fromisoformat(clock), here) == at(closes)


def test_an_unknown_hour_is_the_whole_day() -> None:
    here = [ZoneInfo("Asia/Bangkok")]
    assert local_time.opens(date(2026, 2, 8), None, here) == at("2026-02-08T00:00+07:00")
    assert local_time.closes(date(2026, 2, 8), None, here) == at("2026-02-09T00:00+07:00")
