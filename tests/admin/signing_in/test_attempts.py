"""How long somebody waits after which failures; nobody for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.signing_in.attempts import Failures, Verdict, address_key, after_failure, taken_back, verdict, wait_after

NOW = datetime(2026, 11, 3, 23, 59, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("count", "minutes"), [(0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (10, 15), (1_000, 15), (10**9, 15)]
)
def test_five_failures_are_free_then_the_wait_grows_to_a_quarter_of_an_hour(count: int, minutes: int) -> None:
    assert wait_after(count) == minutes * MINUTE


@pytest.mark.parametrize(
    ("person", "address", "wait"),
    [
        (None, None, 0),
        (Failures(4, NOW), None, 0),
        (Failures(5, NOW), None, 1),
        (Failures(5, NOW - MINUTE), None, 0),
        (None, Failures(6, NOW), 2),
        (Failures(5, NOW), Failures(8, NOW), 8),
        (Failures(8, NOW), Failures(5, NOW), 8),
        (Failures(9, NOW - 10 * MINUTE), Failures(5, NOW), 5),
        (Failures(50, NOW - 15 * MINUTE), None, 0),
        (Failures(9, NOW + MINUTE), None, 16),
        (Failures(9, NOW + timedelta(hours=5)), None, 0),
    ],
    ids=["nothing", "four", "five", "five a minute ago", "address", "address longer", "person longer", "later of the two", "long enough ago",
         "a clock a little ahead", "a clock put right"],
)  # fmt: skip
def test_the_stricter_record_decides(person, address, wait: int) -> None:
    assert verdict(person, address, NOW) == Verdict(wait == 0, NOW + wait * MINUTE)


def test_a_wait_is_over_on_the_second() -> None:
    failures = Failures(5, NOW)
    assert not verdict(failures, None, NOW + MINUTE - timedelta(microseconds=1)).may_try
    assert verdict(failures, None, NOW + MINUTE).may_try


def test_failures_add_up_and_a_day_without_any_forgives_them() -> None:
    record = None
    for minute in range(6):
        record = after_failure(record, NOW + minute * MINUTE)
    assert record == Failures(6, NOW + 5 * MINUTE)
    assert after_failure(record, record.last_at + timedelta(hours=23)).count == 7
    assert after_failure(record, record.last_at + timedelta(days=1)) == Failures(1, record.last_at + timedelta(days=1))


def test_a_success_takes_its_own_try_back_and_no_other() -> None:
    assert taken_back(Failures(4, NOW)) == Failures(3, NOW)
    assert taken_back(Failures(1, NOW)) is None


@given(st.lists(st.integers(0, 3_600), max_size=60))
def test_nobody_ever_waits_longer_than_a_quarter_of_an_hour(seconds: list[int]) -> None:
    record, now = None, NOW
    for second in seconds:
        now += timedelta(seconds=second)
        record = after_failure(record, now)
        found = verdict(record, record, now)
        assert timedelta(0) <= found.may_try_at - now <= 15 * MINUTE
        assert verdict(record, record, found.may_try_at).may_try


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_an_address_is_counted_as_its_owner(address: str, key: str) -> None:
    assert address_key(address) == key


@pytest.mark.parametrize("text", ["", "nowhere", "192.0.2.7:80"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="does not appear"):
        address_key(text)
