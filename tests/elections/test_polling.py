"""When polls open and close in one place."""

from datetime import time

import pytest

from elections.election import Channel, Confidence, ElectionKind, MilestoneKind, Status
from elections.hours import PollingHours, hours_by_region
from elections.polling import Locality, hours_here, moments_here, rounds_taking_place
from tests.elections.reference_elections import (
    BRAZIL_2026,
    EUROPE_2024,
    INDIA_2024,
    NEW_ZEALAND_2026,
    PLACES,
    UNITED_STATES_2026,
    at,
    election,
    milestone,
    polling,
)

CLOSE = MilestoneKind.POLLS_CLOSE


@pytest.mark.parametrize(
    ("held", "place", "begins", "ends"),
    [
        pytest.param(NEW_ZEALAND_2026, "NZ", "2026-11-07T00:00+13:45", "2026-11-08T00:00+13:00", id="New Zealand, Chatham first"),
        pytest.param(UNITED_STATES_2026, "US", "2026-11-03T00:00-05:00", "2026-11-04T00:00-10:00", id="United States, Hawaii last"),
        pytest.param(UNITED_STATES_2026, "US-TX", "2026-11-03T00:00-06:00", "2026-11-04T00:00-07:00", id="Texas, El Paso last"),
        pytest.param(INDIA_2024, "IN", "2024-04-19T00:00+05:30", "2024-06-02T00:00+05:30", id="India, six weeks"),
        pytest.param(EUROPE_2024, "NL", "2024-06-06T00:00+02:00", "2024-06-06T21:00+02:00", id="Dutch voters of the Union, Thursday"),
        pytest.param(EUROPE_2024, "DE-BY", "2024-06-09T00:00+02:00", "2024-06-09T18:00+02:00", id="Bavarian voters of the Union, Sunday"),
    ],
)
def test_polls_run_from_local_midnight_to_the_last_close(held, place: str, begins: str, ends: str) -> None:  # type: ignore[no-untyped-def]
    hours = hours_here(held.rounds[0], Locality.of(place, PLACES), held.kind)
    assert (hours.begins_at, hours.ends_at) == (at(begins), at(ends))


@pytest.mark.parametrize(
    ("closing", "ends"),
    [
        pytest.param([milestone(CLOSE, "2026-11-03", "20:00")], "2026-11-03T20:00-10:00", id="a clock, in the westernmost zone"),
        pytest.param([milestone(CLOSE, "2026-11-03")], "2026-11-04T00:00-10:00", id="a date without a clock"),
        pytest.param([milestone(CLOSE, None, words="at sunset")], "2026-11-04T00:00-10:00", id="only words"),
        pytest.param(
            [milestone(CLOSE, "2026-11-03", "19:00", "US-HI")], "2026-11-04T00:00-10:00", id="a state below says nothing of the whole"
        ),
        pytest.param(
            [milestone(CLOSE, "2026-11-03", "18:00"), milestone(CLOSE, "2026-11-03", "21:00")],
            "2026-11-03T21:00-10:00",
            id="the later of two",
        ),
        pytest.param(
            [milestone(CLOSE, "2026-11-03", "20:00"), milestone(CLOSE, "2026-11-10", channel=Channel.MAIL)],
            "2026-11-03T20:00-10:00",
            id="letters may come later",
        ),
        pytest.param([milestone(CLOSE, "2026-11-04", "01:00")], "2026-11-04T01:00-10:00", id="past midnight"),
    ],
)
def test_a_known_close_ends_polling(closing, ends: str) -> None:  # type: ignore[no-untyped-def]
    assert hours_here(polling("2026-11-03", None, *closing), Locality.of("US", PLACES), ElectionKind.LEGISLATIVE).ends_at == at(ends)


def test_the_nearest_region_named_overrides_the_general_milestone() -> None:
    general, texan = milestone(CLOSE, "2026-11-03", "20:00"), milestone(CLOSE, "2026-11-03", "19:00", "US-TX")
    held = polling("2026-11-03", None, general, texan)
    assert [moment.at.hour for moment in moments_here(held, CLOSE, Locality.of("US-TX", PLACES)) if moment.at] == [19]
    assert [moment.at.hour for moment in moments_here(held, CLOSE, Locality.of("US-NY", PLACES)) if moment.at] == [20]


def test_a_close_before_polling_begins_closes_nothing() -> None:
    held = polling("2026-11-03", None, milestone(CLOSE, "2026-11-01", "20:00"))
    assert hours_here(held, Locality.of("US-NY", PLACES), ElectionKind.LEGISLATIVE).ends_at == at("2026-11-04T00:00-05:00")


@pytest.mark.parametrize("status", [Status.EXPECTED, Status.POSTPONED, Status.ANNULLED, Status.CANCELLED, Status.REPLACED])
def test_no_round_takes_place_of_an_election_that_is_uncertain_or_void(status: Status) -> None:
    assert rounds_taking_place(election("DE", polling("2025-02-23"), status=status)) == ()
    assert rounds_taking_place(election("DE", polling("2025-02-23", status=status))) == ()


def test_a_conditional_round_counts_until_it_is_cancelled() -> None:
    first = BRAZIL_2026.rounds[0]
    decided = election("BR", first, polling("2026-10-25", number=2, status=Status.CANCELLED))
    assert rounds_taking_place(BRAZIL_2026) == BRAZIL_2026.rounds
    assert rounds_taking_place(decided) == (first,)


@pytest.mark.parametrize(
    ("own", "ends"),
    [
        pytest.param(None, "2024-06-30T20:00-10:00", id="no row of its own: those of the country"),
        pytest.param(Confidence.MEDIUM, "2024-06-30T18:00-10:00", id="its own"),
        pytest.param(Confidence.LOW, "2024-07-01T00:00-10:00", id="its own, not sure: midnight, not those of the country"),
    ],
)
def test_hours_nobody_is_sure_of_are_not_filled_in_from_above(own: Confidence | None, ends: str) -> None:
    rows = [PollingHours("FR", time(20), "law", Confidence.HIGH)]
    rows += [PollingHours("PF", time(18), "practice", own)] if own else []
    here = Locality.of("PF", PLACES, hours_by_region(rows))
    assert hours_here(polling("2024-06-30"), here, ElectionKind.LEGISLATIVE).ends_at == at(ends)
