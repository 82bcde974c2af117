"""When campaigning is barred, by law or by care."""

from datetime import time

import pytest

from elections.calendar import Calendar
from elections.election import Confidence, Election, MilestoneKind, Phase
from elections.hours import PollingHours
from elections.polling import Locality
from elections.silence import UNKNOWN_LAW, Barred, CountedFrom, Rules, SilenceRule, Until
from tests.elections.reference_elections import (
    BRAZIL_2026,
    EUROPE_2024,
    FRANCE_2024,
    INDIA_2024,
    NEW_ZEALAND_2026,
    PLACES,
    SECOND,
    THAILAND_2026,
    UNITED_STATES_2026,
    at,
    election,
    milestone,
    polling,
)


def rule(region: str, *bars: Barred, days: int = 0, hours: int = 0) -> SilenceRule:
    """A rule as the seed of DOMAIN 2.1 has them."""
    return SilenceRule(region, bars, "DOMAIN 2.1", Confidence.MEDIUM, days, hours)


RULES = (
    rule("FR", Barred.CAMPAIGN, Barred.POLLS, days=1),
    rule("FR", Barred.RESULTS),
    rule("IN", Barred.CAMPAIGN, hours=48),
    rule("BR", Barred.BROADCAST_ADS, days=3),
    rule("US"),
)


@pytest.mark.parametrize(
    ("held", "place", "begins", "ends"),
    [
        pytest.param(FRANCE_2024, "FR", "2024-06-29T00:00+02:00", "2024-07-01T00:00+02:00", id="France, the day before and the day"),
        pytest.param(FRANCE_2024, "RE", "2024-06-29T00:00+04:00", "2024-07-01T00:00+04:00", id="Réunion, by its own clock"),
        pytest.param(FRANCE_2024, "PF", "2024-06-29T00:00-10:00", "2024-07-01T00:00-10:00", id="Polynesia, by its own clock"),
        pytest.param(INDIA_2024, "IN", "2024-04-17T00:00+05:30", "2024-06-02T00:00+05:30", id="India, 48 hours"),
        pytest.param(BRAZIL_2026, "BR-AC", "2026-10-04T00:00-05:00", "2026-10-05T00:00-05:00", id="Acre, unknown law on campaigning"),
        pytest.param(BRAZIL_2026, "BR-SP", "2026-10-04T00:00-03:00", "2026-10-05T00:00-05:00", id="São Paulo, until Acre has voted"),
        pytest.param(NEW_ZEALAND_2026, "NZ", "2026-11-07T00:00+13:45", "2026-11-08T00:00+13:00", id="New Zealand, unknown law here"),
        pytest.param(THAILAND_2026, "TH", "2026-02-08T00:00+07:00", "2026-02-09T00:00+07:00", id="Thailand, unknown law here"),
        pytest.param(EUROPE_2024, "NL", "2024-06-06T00:00+02:00", "2024-06-06T21:00+02:00", id="Dutch voters, on their Thursday"),
    ],
)
def test_silence_runs_from_a_local_midnight_to_the_country_s_last_close(held: Election, place: str, begins: str, ends: str) -> None:
    calendar = Calendar([held], PLACES, RULES)
    silent = [calendar.at(place, now).silenced is not None for edge in (begins, ends) for now in (at(edge) - SECOND, at(edge))]
    assert silent == [False, True, True, False]


def test_a_place_stays_silent_until_its_country_has_voted_not_until_the_whole_contest_has() -> None:
    close = MilestoneKind.POLLS_CLOSE
    union = election(
        "EU", polling("2024-06-09", None, milestone(close, "2024-06-09", "20:00", "DE"), milestone(close, "2024-06-09", "18:00", "DE-BY"))
    )
    calendar = Calendar([union], PLACES, RULES)
    last = at("2024-06-09T20:00+02:00")
    assert calendar.at("DE-BY", last - SECOND).phase is Phase.COUNTING
    assert [calendar.at("DE-BY", now).silenced is not None for now in (last - SECOND, last)] == [True, False]
    assert calendar.at("DE-BY", last).results_barred


def test_silence_says_which_rule_it_follows() -> None:
    calendar = Calendar([FRANCE_2024, THAILAND_2026], PLACES, RULES)
    french, thai = calendar.at("RE", at("2024-06-30T12:00+04:00")).silenced, calendar.at("TH", at("2026-02-08T12:00+07:00")).silenced
    assert french is not None
    assert french.rule == RULES[0]
    assert thai is not None
    assert thai.rule is UNKNOWN_LAW


def test_where_no_law_bars_campaigning_there_is_no_silence() -> None:
    calendar = Calendar([UNITED_STATES_2026], PLACES, RULES)
    assert calendar.at("US-TX", at("2026-11-03T12:00-06:00")).silenced is None


def test_a_rule_about_polls_or_advertising_alone_leaves_campaigning_unknown() -> None:
    assert UNKNOWN_LAW in Rules.of(RULES).here(Locality.of("BR-AC", PLACES))


def test_the_nearest_rule_holds() -> None:
    rules = Rules.of([*RULES, rule("US-TX", Barred.CAMPAIGN, days=1)])
    assert [one.region for one in rules.here(Locality.of("US-TX", PLACES))] == ["US-TX"]
    assert rules.here(Locality.of("US-NY", PLACES)) == ()


HOURS = (
    PollingHours("FR", time(20), "law", Confidence.HIGH, opens=time(8)),
    PollingHours("IN", time(18), "law", Confidence.HIGH, opens=time(7)),
    PollingHours("TH", time(17), "law", Confidence.MEDIUM, opens=time(8)),
)


@pytest.mark.parametrize(
    ("law", "held", "place", "begins", "ends"),
    [
        pytest.param(
            {"region": "IN", "hours_before": 48, "counted_from": CountedFrom.POLLS_CLOSE, "until": Until.CLOSE_HERE},
            INDIA_2024,
            "IN",
            "2024-05-30T18:00+05:30",
            "2024-06-01T18:00+05:30",
            id="India, the 48 hours that end with the poll",
        ),
        pytest.param(
            {"region": "TH", "days_before": 1, "at": time(18)},
            THAILAND_2026,
            "TH",
            "2026-02-07T18:00+07:00",
            "2026-02-08T17:00+07:00",
            id="Thailand, from 18:00 of the eve",
        ),
        pytest.param(
            {"region": "TH", "hours_before": 24, "counted_from": CountedFrom.POLLS_OPEN, "until": Until.END_OF_DAY},
            THAILAND_2026,
            "TH",
            "2026-02-07T08:00+07:00",
            "2026-02-09T00:00+07:00",
            id="24 hours before polls open, to the end of the day",
        ),
        pytest.param(
            {"region": "TH", "minutes_after": 120},
            THAILAND_2026,
            "TH",
            "2026-02-08T00:00+07:00",
            "2026-02-08T19:00+07:00",
            id="two hours beyond the last close",
        ),
        pytest.param(
            {"region": "FR", "days_before": 1, "until": Until.CONTEST_CLOSE},
            FRANCE_2024,
            "RE",
            "2024-06-29T00:00+04:00",
            "2024-06-30T20:00-10:00",
            id="Réunion, until Polynesia has voted too",
        ),
    ],
)
def test_a_rule_may_count_from_the_clock_and_end_with_the_polls(  # type: ignore[no-untyped-def]
    law, held: Election, place: str, begins: str, ends: str
) -> None:
    calendar = Calendar(
        [held], PLACES, [SilenceRule(bars=(Barred.CAMPAIGN,), source="law", confidence=Confidence.HIGH, **law)], hours=HOURS
    )
    silent = [calendar.at(place, now).silenced is not None for edge in (begins, ends) for now in (at(edge) - SECOND, at(edge))]
    assert silent == [False, True, True, False]


def test_a_bar_on_results_keeps_results_back_and_a_bar_on_polls_is_only_told() -> None:
    laws = [rule("TH", Barred.POLLS, days=7), rule("TH", Barred.RESULTS, days=2)]
    calendar = Calendar([THAILAND_2026], PLACES, laws)
    week, eve = calendar.at("TH", at("2026-02-02T12:00+07:00")), calendar.at("TH", at("2026-02-07T12:00+07:00"))
    assert ([one.rule for one in week.in_force], week.silenced, week.results_barred) == ([laws[0]], None, False)
    assert ([one.rule for one in eve.in_force], eve.silenced, eve.results_barred) == (laws, None, True)


def test_a_rule_until_the_contest_s_close_holds_where_voting_has_not_begun() -> None:
    """Exit polls are barred in a state of the second phase from the first day of the first (Representation of the People Act 1951 s. 126A)."""
    opens, closes = (milestone(kind, "2024-04-26", None, "IN") for kind in (MilestoneKind.POLLS_OPEN, MilestoneKind.POLLS_CLOSE))
    held = election("IN TH", polling("2024-04-19", "2024-06-01", opens, closes))
    law = SilenceRule("IN", (Barred.EXIT_POLLS,), "law", Confidence.HIGH, counted_from=CountedFrom.POLLS_OPEN, until=Until.CONTEST_CLOSE)
    calendar = Calendar([held], PLACES, [law])
    begins, ends = at("2024-04-19T00:00+07:00"), at("2024-06-02T00:00+07:00")
    in_force = [bool(calendar.at("IN", edge + step).in_force) for edge in (begins, ends) for step in (-SECOND, 0 * SECOND)]
    assert in_force == [False, True, True, False]
