"""The chain: whatever is altered, taken out, added or swapped in it is found, and the line is named."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.audit import BEGINNING, AuditLine, broken_lines, line_hash

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
COUNT = 6


def chain(count: int = COUNT) -> list[AuditLine]:
    lines: list[AuditLine] = []
    for number in range(1, count + 1):
        previous = lines[-1].hash if lines else BEGINNING
        detail = {"title": "Вибори", "numbers": [number, None]}
        line = AuditLine(number, AT + timedelta(minutes=number), "oksana", "session", "change.edited", "c1", "done", detail, previous, "")
        lines.append(replace(line, hash=line_hash(line)))
    return lines


def broken(lines: list[AuditLine], last: int | None = COUNT) -> list[int]:
    return [one.number for one in broken_lines(lines, last)]


def test_a_whole_chain_holds_however_long() -> None:
    assert [broken(chain(count), count) for count in range(COUNT)] == [[]] * COUNT
    assert broken(chain(), None) == []


OTHER: dict[str, Any] = {
    "number": 40,
    "at": AT,
    "actor": "ivan",
    "way": "token",
    "action": "change.approved",
    "subject": "c2",
    "outcome": "stale",
    "detail": {"title": "Вибори", "numbers": [3, 0]},
    "previous": "a" * 64,
    "hash": "b" * 64,
}


@pytest.mark.parametrize("name", [one.name for one in fields(AuditLine)])
@pytest.mark.parametrize("place", [0, 2, COUNT - 1], ids=["the first", "one between", "the last"])
def test_altering_any_field_of_any_line_is_found_there(name: str, place: int) -> None:
    lines = chain()
    lines[place] = replace(lines[place], **{name: OTHER[name]})
    found = broken(lines)
    assert found[0] == (40 if name == "number" else place + 1)


def test_every_field_has_another_value_to_try() -> None:
    assert set(OTHER) == {one.name for one in fields(AuditLine)}


@pytest.mark.parametrize("place", range(COUNT))
def test_altering_a_line_and_its_hash_breaks_the_one_after_it(place: int) -> None:
    lines = chain()
    altered = replace(lines[place], actor="ivan")
    lines[place] = replace(altered, hash=line_hash(altered))
    assert broken(lines) == ([place + 2] if place + 1 < COUNT else [])


@pytest.mark.parametrize("place", range(COUNT))
def test_taking_a_line_out_is_found_and_named(place: int) -> None:
    lines = chain()
    del lines[place]
    (found,) = broken_lines(lines, COUNT)
    assert str(place + 1) in found.why
    assert "missing" in found.why


@pytest.mark.parametrize("first", range(COUNT - 1))
@pytest.mark.parametrize("width", [1, 2])
def test_swapping_lines_is_found(first: int, width: int) -> None:
    lines = chain()
    second = min(first + width, COUNT - 1)
    lines[first], lines[second] = lines[second], lines[first]
    assert broken(lines)


@pytest.mark.parametrize("place", range(COUNT + 1))
def test_adding_a_line_is_found(place: int) -> None:
    lines = chain()
    copied = lines[min(place, COUNT - 1)]
    assert broken([*lines[:place], copied, *lines[place:]])


def test_a_number_that_was_given_before_is_named_as_that() -> None:
    lines = chain()
    found = list(broken_lines([*lines[:3], lines[2], *lines[3:]], COUNT))
    assert [one.number for one in found] == [3]
    assert "stands before it" in found[0].why


def test_a_tail_that_is_cut_off_is_named_where_it_is_known_how_many_were_written() -> None:
    (found,) = broken_lines(chain()[:3], COUNT)
    assert (found.number, "4 to 6" in found.why) == (4, True)
    assert broken(chain()[:3], None) == []
    assert broken([], COUNT) == [1]


@pytest.mark.parametrize("detail", [[1], None, "x", {"n": float("nan")}, {"n": 10**20}, {"n": b"x"}, {"\ud800": 1}], ids=repr)
def test_what_no_line_can_hold_breaks_that_line_and_not_the_checking(detail: Any) -> None:
    lines = chain()
    lines[2] = replace(lines[2], detail=detail)
    assert broken(lines) == [3]


@given(st.permutations(range(COUNT)), st.integers(0, COUNT))
def test_any_other_order_and_any_loss_is_found(order: list[int], count: int) -> None:
    lines = chain()
    given_lines = [lines[place] for place in order[:count]]
    assert bool(broken(given_lines)) == (given_lines != lines)
