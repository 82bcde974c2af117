"""Near misses that may be words of their own."""

import pytest

from keywords.doubts import is_fumble, may_be_another
from keywords.fuzzy import Near


@pytest.mark.parametrize(
    ("word", "known", "edits", "is_unsure", "expected"),
    [
        pytest.param("electoin", "election", 1, False, False, id="a typo"),
        pytest.param("vots", "vote", 1, False, True, id="a short word"),
        pytest.param("elektiosn", "elections", 2, False, False, id="two typos"),
        pytest.param("klectoins", "elections", 2, False, True, id="two typos and another beginning"),
        pytest.param("ഡോട്ട്", "വോട്ട്", 1, False, True, id="another beginning of a word of few letters and many signs"),
        pytest.param("വോട്ട", "വോട്ട്", 1, False, False, id="another end of it"),
        pytest.param("ᄐ표", "투표", 1, False, False, id="a jamo that found no syllable in a short word"),
        pytest.param("터표", "투표", 1, False, True, id="another syllable in a short word"),
        pytest.param("байлау", "сайлау", 1, True, True, id="where no source tells the words, a short one"),
        pytest.param("сыйлау", "сайлау", 1, True, True, id="there, a short one inside"),
        pytest.param("сйалау", "сайлау", 1, True, False, id="there, two letters swapped"),
        pytest.param("сайллау", "сайлау", 1, True, False, id="there, a letter twice"),
        pytest.param("сайлаучы", "сайлаушы", 1, True, False, id="there, one edit inside a longer word"),
        pytest.param("байлаушы", "сайлаушы", 1, True, True, id="there, another beginning of a longer word"),
        pytest.param("кайлаушылар", "сайлаушылар", 1, True, False, id="there, another beginning of a long word"),
        pytest.param("hautsontzi", "hautestontzi", 2, True, True, id="there, two edits"),
        pytest.param("ምጫር", "ምርጫ", 1, True, False, id="Ethiopic letters are syllables"),
        pytest.param("เลอกตั้ง", "เลือกตั้ง", 1, False, False, id="Thai, a vowel missing"),
        pytest.param("ซื้อเสียม", "ซื้อเสียง", 1, False, True, id="Thai, another letter at the end"),
    ],
)
def test_what_is_too_short_or_too_different_may_be_another_word(
    word: str,
    known: str,
    edits: int,
    is_unsure: bool,  # noqa: FBT001
    expected: bool,  # noqa: FBT001
) -> None:
    assert may_be_another(word, Near(known, edits, is_joined=False), is_unsure=is_unsure) is expected


@pytest.mark.parametrize(
    ("typed", "known", "expected"),
    [
        ("voet", "vote", True),
        ("vvote", "vote", True),
        ("votte", "vote", True),
        ("vots", "vote", False),
        ("vot", "vote", False),
        ("voxte", "vote", False),
    ],
)
def test_fingers_swap_letters_or_press_a_key_twice(typed: str, known: str, expected: bool) -> None:  # noqa: FBT001
    assert is_fumble(typed, known) is expected
