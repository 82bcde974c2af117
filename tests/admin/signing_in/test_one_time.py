"""One-time passwords: the RFC's own vectors, clocks that are off, codes that come twice."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.signing_in.one_time import accepted_step, new_secret, uri

RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of RFC 6238 Appendix B in base32."""
NOW = datetime(2026, 11, 3, 8, 0, 5, tzinfo=UTC)
STEP = int(NOW.timestamp()) // 30


def code(step: int, secret: str = RFC) -> str:
    return pyotp.TOTP(secret).generate_otp(step)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_vectors_of_rfc_6238_are_accepted(second: int, expected: str) -> None:
    assert accepted_step(RFC, expected, datetime.fromtimestamp(second, UTC), None) == second // 30


@pytest.mark.parametrize(("off_by", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(*, off_by: int, accepted: bool) -> None:
    assert accepted_step(RFC, code(STEP + off_by), NOW, None) == (STEP + off_by if accepted else None)


def test_a_code_works_once_and_no_earlier_one_after_it() -> None:
    assert accepted_step(RFC, code(STEP), NOW, None) == STEP
    assert accepted_step(RFC, code(STEP), NOW, STEP) is None
    assert accepted_step(RFC, code(STEP - 1), NOW, STEP) is None
    assert accepted_step(RFC, code(STEP), NOW + timedelta(seconds=30), STEP) is None
    assert accepted_step(RFC, code(STEP + 1), NOW, STEP) == STEP + 1


@pytest.mark.parametrize(
    "typed",
    ["{0}", " {0} ", "{0:.3} {0:.3}", "\u200f{0}", "12345", "1234567", "", "abcdef", "²³¹²³¹", "9" * 10_000, "\ud800" * 6],
    ids=ascii,
)
def test_only_six_digits_are_a_code(typed: str) -> None:
    right = code(STEP)
    shown = typed.replace("{0:.3} {0:.3}", f"{right[:3]} {right[3:]}").replace("{0}", right)
    assert accepted_step(RFC, shown, NOW, None) == (STEP if "{0" in typed and "\u200f" not in typed else None)


@pytest.mark.parametrize("zero", "٠۰०০๐０", ids=ascii)
def test_digits_may_be_typed_in_any_script(zero: str) -> None:
    typed = "".join(chr(ord(zero) + int(digit)) for digit in code(STEP))
    assert accepted_step(RFC, typed, NOW, None) == STEP


def test_a_secret_is_new_long_and_reaches_the_app() -> None:
    secret, other = new_secret(), new_secret()
    assert secret != other
    assert len(secret) * 5 == 160
    address = urlsplit(uri(secret, "nila@example.org"))
    assert (address.scheme, address.netloc, address.path) == ("otpauth", "totp", "/Signpost:nila%40example.org")
    assert parse_qs(address.query) == {"secret": [secret], "issuer": ["Signpost"]}
    assert accepted_step(secret, code(STEP, secret), NOW, None) == STEP
    assert pyotp.parse_uri(uri(secret, "nila")).secret == secret


@given(st.text(max_size=30))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    assert accepted_step(RFC, typed, NOW, STEP + 1) is None
