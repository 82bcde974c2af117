"""Recovery codes: how they look, how people type them, what is kept of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.signing_in.recovery import ALPHABET, digest_of, matching, new_codes

CODE = "7K3M-9QXA-2F4T-HN8C-W0ZB-51DE"


def test_ten_codes_are_made_none_like_another_and_none_with_letters_to_mistake() -> None:
    codes = {code for _ in range(20) for code in new_codes()}
    assert len(codes) == 200
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)
    assert set("".join(codes)) - {"-"} == set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.lower(), CODE.replace("-", ""), CODE.replace("-", " "), f"  {CODE}\n", CODE.replace("-", "–"), "7k3m 9qxa 2f4t hn8c wOzb 5Ide",
     "7k3m 9qxa 2f4t hn8c wozb 5lde", "".join(chr(ord(one) + 0xFEE0) for one in CODE)],
    ids=ascii,
)  # fmt: skip
def test_a_code_is_known_however_it_is_typed(typed: str) -> None:
    assert digest_of(typed) == digest_of(CODE)
    assert len(digest_of(typed) or b"") == 32


@pytest.mark.parametrize(
    "typed", ["", CODE[:-1], f"{CODE}2", CODE.replace("K", "U"), CODE.replace("K", "é"), "7" * 100_000, "\ud800" * 24], ids=ascii
)
def test_what_is_no_code_is_not_even_looked_for(typed: str) -> None:
    assert digest_of(typed) is None
    assert matching(typed, [b"\0" * 32]) is None


def test_each_code_finds_its_own_digest_and_no_other() -> None:
    codes = new_codes()
    kept = [digest_of(code) for code in codes]
    assert [matching(code.lower(), kept) for code in codes] == kept
    assert matching(codes[0], kept[1:]) is None
    assert matching(CODE, kept) is None
    assert matching(codes[0], []) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    assert matching(typed, [b"\0" * 32]) is None
