"""The keys behind Korean words, and slips of whole syllables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.folding import fold
from keywords.hangul import MOST_KEYS, has_lone_jamo, is_hangul, is_syllable_slip, keystrokes

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        pytest.param("투표", "ㅌㅜㅍㅛ", id="two syllables"),
        pytest.param("선거", "ㅅㅓㄴㄱㅓ", id="a final consonant is on the key of the first ones"),
        pytest.param("의원", "ㅇㅡㅣㅇㅜㅓㄴ", id="vowels of two keys"),
        pytest.param("값", "ㄱㅏㅂㅅ", id="final consonants of two keys"),
        pytest.param("있다", "ㅇㅣㅆㄷㅏ", id="a double consonant is one key"),
        pytest.param("ㅌ표", "ㅌㅍㅛ", id="a jamo that found no syllable"),
        pytest.param("퉆", "ㅌㅜㅍ", id="what an input method makes of a missed key"),
    ],
)
def test_a_word_is_the_keys_that_make_it(word: str, keys: str) -> None:
    assert keystrokes(fold(word)) == "".join(map(fold, keys))


@given(SYLLABLES, SYLLABLES)
def test_every_syllable_has_a_few_keys_and_words_are_their_syllables(word: str, other: str) -> None:
    assert all(2 <= len(keystrokes(syllable)) <= MOST_KEYS for syllable in word)
    assert keystrokes(word + other) == keystrokes(word) + keystrokes(other)


@pytest.mark.parametrize(
    ("word", "expected"), [("투표", True), ("ㅌ표", True), ("vote", False), ("투", True), ("投票", False), ("", False)]
)
def test_hangul_is_told_by_its_first_letter(word: str, expected: bool) -> None:  # noqa: FBT001
    assert is_hangul(fold(word)) is expected


def test_a_lone_jamo_is_told_from_a_syllable() -> None:
    assert has_lone_jamo(fold("투표ㅛ"))
    assert not has_lone_jamo(fold("투표요"))
    assert not has_lone_jamo("vote")


@pytest.mark.parametrize(
    ("typed", "word", "expected"),
    [
        pytest.param("표투소", "투표소", True, id="swapped"),
        pytest.param("표투", "투표", False, id="swapped, of two"),
        pytest.param("사투표", "사전투표", True, id="missing inside"),
        pytest.param("전투표", "사전투표", False, id="missing at the edge of four"),
        pytest.param("거인명부", "선거인명부", True, id="missing at the edge of five"),
        pytest.param("사전전투표", "사전투표", True, id="too many"),
        pytest.param("사전투료", "사전투표", False, id="another one"),
        pytest.param("사전투표", "사전투표", False, id="none"),
    ],
)
def test_a_syllable_may_be_missing_too_many_or_swapped(typed: str, word: str, expected: bool) -> None:  # noqa: FBT001
    assert is_syllable_slip(typed, word) is expected
