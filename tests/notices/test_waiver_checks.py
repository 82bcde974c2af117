"""What a waiver lifts, and what it does not."""

from datetime import date

import pytest

from keywords.known_checks import Finding, Severity
from notices.waiver_checks import weigh
from notices.waivers import Waiver

TODAY = date(2026, 1, 1)
CODE = "topic_missing_in_language"
FINDING = Finding(Severity.ERROR, CODE, "ZA/xh/voting", "missing")


def waiver(
    code: str = CODE, place: str = "ZA/xh", reason: str = "No native writer yet.", by: str = "team", until: date | None = None
) -> Waiver:
    return Waiver(code, place, reason, by, until)


def standing(*waivers: Waiver, findings: tuple[Finding, ...] = (FINDING,)) -> list[str]:
    return [finding.code for finding in weigh(findings, waivers, TODAY).standing]


@pytest.mark.parametrize(
    ("place", "lifts"),
    [
        ("ZA/xh/voting", True),
        ("ZA/xh", True),
        ("ZA", False),
        ("", False),
        ("/", False),
        ("ZA/x", False),
        ("ZA/xh/", False),
        ("ZA/xh/vot", False),
        ("ZA/xh/voting/x", False),
        ("za/xh", False),
        ("*", False),
    ],
)
def test_a_waiver_holds_for_a_place_or_a_language_of_a_region(place: str, *, lifts: bool) -> None:
    assert standing(waiver(place=place)) == ([] if lifts else [CODE, "waiver_unused"])


@pytest.mark.parametrize(
    ("until", "expected"),
    [(None, []), (date(2026, 1, 2), []), (TODAY, []), (date(2025, 12, 31), [CODE, "waiver_expired"])],
    ids=["for ever", "the day before its last", "its last day", "the day after"],
)
def test_a_waiver_holds_until_the_end_of_its_last_day(until: date | None, expected: list[str]) -> None:
    assert standing(waiver(until=until)) == expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(waiver(reason=""), "waiver_without_reason", id="no reason"),
        pytest.param(waiver(reason=" \t"), "waiver_without_reason", id="a blank one"),
        pytest.param(waiver(by=""), "waiver_without_reason", id="nobody said so"),
        pytest.param(waiver(code="topic_missing"), "waiver_not_allowed", id="a code that does not exist"),
        pytest.param(waiver(code="waiver_unused"), "waiver_not_allowed", id="waivers are not waived"),
    ],
)
def test_a_waiver_that_is_wrong_lifts_nothing_and_is_told(one: Waiver, expected: str) -> None:
    assert standing(one) == [CODE, expected]


@pytest.mark.parametrize("code", ["link_not_allowed", "unknown_region", "contestants_unequal", "no_roll", "sample_missed", "dead_link"])
def test_what_nobody_may_waive_stands(code: str) -> None:
    finding = Finding(Severity.ERROR, code, "US/en/voting", "wrong")
    assert standing(waiver(code=code, place="US/en/voting"), findings=(finding,)) == [code, "waiver_not_allowed"]


def test_another_code_at_the_same_place_stands() -> None:
    other = Finding(Severity.WARNING, "topic_only_inherited", "ZA/xh", "inherited")
    assert standing(waiver(), findings=(FINDING, other)) == ["topic_only_inherited"]


def test_what_is_lifted_keeps_its_waiver() -> None:
    one = waiver()
    assert [(lifted.finding, lifted.waiver) for lifted in weigh((FINDING,), (one,), TODAY).lifted] == [(FINDING, one)]


def test_a_waiver_of_what_only_asking_finds_is_not_called_unused() -> None:
    assert standing(waiver("link_unsure", "center US"), findings=()) == []
    assert standing(waiver(), findings=()) == ["waiver_unused"]
