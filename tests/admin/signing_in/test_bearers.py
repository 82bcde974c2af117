"""Tokens and session ids: how they look, what is kept, and that a mistyped one is known before anything is looked up."""

import hashlib
import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.signing_in.bearers import ALPHABET, Kind, digest_of, new, same

DOCUMENTED = re.compile(r"signpost_(pat|ses)_[0-9A-Za-z]{38}")


def number(text: str) -> int:
    value = 0
    for character in text:
        value = value * 62 + ALPHABET.index(character)
    return value


@pytest.mark.parametrize("kind", Kind)
def test_a_new_one_looks_as_documented_and_only_its_digest_is_kept(kind: Kind) -> None:
    made = [new(kind) for _ in range(200)]
    assert len({one.text for one in made}) == 200
    for one in made:
        assert DOCUMENTED.fullmatch(one.text)
        assert number(one.text[-6:]) == zlib.crc32(one.text[:-6].encode())
        assert one.digest == hashlib.sha256(one.text.encode()).digest() == digest_of(kind, one.text)
        assert one.text not in repr(one)
        assert repr(one.digest) not in repr(one)


def test_the_checksum_stays_the_same_for_ever() -> None:
    assert digest_of(Kind.PERSONAL, "signpost_pat_" + "0" * 32 + "3z5PUU") is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: f"{text}0",
        lambda text: f" {text}",
        lambda text: f"{text}\n",
        lambda text: text.upper(),
        lambda text: text.swapcase(),
        lambda text: text.replace("signpost_", "signpost-"),
        lambda text: text[:20] + ("a" if text[20] != "a" else "b") + text[21:],
        lambda text: text[:-1] + ("a" if text[-1] != "a" else "b"),
        lambda text: text.replace("_pat_", "_ses_"),
        lambda text: text[:-1] + "é",
        lambda text: text[:20] + "\ud800" + text[21:],
        lambda text: text[:20] + "٣" + text[21:],
        lambda _text: "",
        lambda _text: "x" * 1_000_000,
    ],
    ids=range(15),
)
def test_an_altered_one_is_refused_before_any_look_up(change) -> None:
    text = new(Kind.PERSONAL).text
    assert digest_of(Kind.PERSONAL, text) is not None
    assert digest_of(Kind.PERSONAL, change(text)) is None


def test_a_token_is_no_session() -> None:
    assert digest_of(Kind.SESSION, new(Kind.PERSONAL).text) is None
    assert digest_of(Kind.PERSONAL, new(Kind.SESSION).text) is None


def test_digests_are_compared_whole() -> None:
    one, other = new(Kind.SESSION), new(Kind.SESSION)
    assert same(one.digest, bytes(one.digest))
    assert not same(one.digest, other.digest)
    assert not same(one.digest, one.digest[:-1])


@given(st.text(max_size=60) | st.from_regex(DOCUMENTED, fullmatch=True))
def test_whatever_is_sent_is_answered(text: str) -> None:
    assert digest_of(Kind.SESSION, text) in {None, hashlib.sha256(text.encode(errors="replace")).digest()}
