"""A verification holds for a while, for less long before an election, and blocks in its last week."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from elections.centers import Center
from elections.election import Election, MilestoneKind, Status
from elections.rolls import Roll
from keywords.known_checks import Severity
from keywords.lists import KeywordList, Term
from notices.stale_checks import LIMITS, check_stale
from tests.elections.reference_elections import PLACES, election, milestone, polling
from tests.notices.small import MADE_AT, live_with

RELEASE = replace(live_with([]).release, lists=())
TODAY = MADE_AT.date()
OLD, OLD_AND_CLOSE = (Severity.WARNING, "stale_verification"), (Severity.ERROR, "stale_verification")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def center(days: int | None, code: str = "US") -> Center:
    return Center(code, (), {}, verified_on=None if days is None else ago(days))


def held(in_days: int, code: str = "US", lasts: int = 0, status: Status = Status.SCHEDULED) -> Election:
    first = TODAY + timedelta(days=in_days)
    return election(code, polling(first.isoformat(), (first + timedelta(days=lasts)).isoformat()), status=status)


def found(**fields: object) -> list[tuple[Severity, str]]:
    return [(one.severity, one.code) for one in check_stale(replace(RELEASE, **fields), PLACES)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "in_days", "expected"),
    [
        pytest.param(None, 3, [], id="never verified is not stale"),
        pytest.param(180, None, [], id="in quiet times for 180 days"),
        pytest.param(181, None, [OLD], id="and not a day longer"),
        pytest.param(181, 61, [OLD], id="an election in 61 days is not near"),
        pytest.param(31, 61, [], id="nor does it ask for more"),
        pytest.param(31, 60, [OLD], id="one in 60 days is"),
        pytest.param(30, 60, [], id="30 days hold then"),
        pytest.param(31, 8, [OLD], id="eight days before, a warning"),
        pytest.param(31, 7, [OLD_AND_CLOSE], id="seven days before, an error"),
        pytest.param(31, 0, [OLD_AND_CLOSE], id="on the day"),
        pytest.param(31, -1, [], id="the day after it is quiet again"),
        pytest.param(30, 0, [], id="fresh enough on the day"),
        pytest.param(-1, None, [], id="tomorrow has begun somewhere"),
        pytest.param(-2, None, [(Severity.WARNING, "verified_in_future")], id="the day after tomorrow has not"),
    ],
)
def test_a_center_is_verified_again(days: int | None, in_days: int | None, expected: list) -> None:
    elections = () if in_days is None else (held(in_days),)
    assert found(centers=(center(days),), elections=elections) == expected


@pytest.mark.parametrize(
    ("code", "where", "expected"),
    [
        pytest.param("US-TX", "US", [OLD_AND_CLOSE], id="part of where it is held"),
        pytest.param("US", "US-TX", [OLD_AND_CLOSE], id="it is held in a part"),
        pytest.param("US-NY", "US-TX", [], id="the neighbour"),
        pytest.param("DE", "US", [], id="another country"),
        pytest.param("DE", "EU DE", [OLD_AND_CLOSE], id="one of several"),
        pytest.param("XX", "US", [], id="a region that is none"),
    ],
)
def test_an_election_is_near_where_it_is_held(code: str, where: str, expected: list) -> None:
    assert found(centers=(center(31, code),), elections=(held(3, where),)) == expected


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.SCHEDULED])
def test_only_a_scheduled_election_is_near(status: Status) -> None:
    assert found(centers=(center(31),), elections=(held(3, status=status),)) == []


def test_polling_of_many_days_is_near_until_its_end() -> None:
    assert found(centers=(center(31),), elections=(held(-5, lasts=5),)) == [OLD_AND_CLOSE]
    assert found(centers=(center(31),), elections=(held(-6, lasts=5),)) == []


def test_an_election_s_own_days_are_verified_again() -> None:
    assert found(elections=(replace(held(200), verified_on=ago(181)),)) == [OLD]
    assert found(elections=(replace(held(50), verified_on=ago(31)),)) == [OLD]
    assert found(elections=(replace(held(-1), verified_on=ago(400)),)) == []
    fresh = tuple(replace(one, verified_on=ago(1)) for one in held(50).rounds)
    assert found(elections=(replace(held(50), verified_on=ago(31), rounds=fresh),)) == []


def test_a_deadline_that_is_still_to_come_is_verified_again_and_one_that_is_over_is_not() -> None:
    closes = replace(milestone(MilestoneKind.REGISTRATION_CLOSES, "2026-02-01"), verified_on=ago(31))
    day = (TODAY + timedelta(days=50)).isoformat()
    assert found(elections=(election("US", polling(day, None, closes)),)) == [OLD]
    assert found(elections=(election("US", polling(day, None, replace(closes, on=ago(1)))),)) == []


def test_terms_and_rolls_are_verified_again() -> None:
    def keywords(*days: int) -> tuple[KeywordList, ...]:
        return (KeywordList("US", "en", "voting", tuple(Term(f"t{day}", verified_on=ago(day)) for day in days)),)

    assert found(lists=keywords(365)) == []
    assert found(lists=keywords(1, 366)) == [OLD]
    assert found(lists=keywords(-9, 366)) == [(Severity.WARNING, "verified_in_future"), OLD]
    assert found(lists=keywords(181), elections=(held(60),)) == [OLD]
    assert found(rolls=(Roll("c", "US", (), "s", ago(31)),), elections=(held(7),)) == [OLD_AND_CLOSE]
    assert found(rolls=(Roll("c", "US", (), "s"),), elections=(held(7),)) == []


def test_near_an_election_less_is_enough_nowhere() -> None:
    assert all(limit.near < limit.quiet for limit in LIMITS.values())
