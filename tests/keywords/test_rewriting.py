"""Whole texts that hide words, and the plainer texts behind them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from keywords.apart import are_apart
from keywords.lists import Layer
from keywords.rewriting import hides, plain_words, readings
from keywords.tokens import tokenise

LONGEST = 5000
"""Code points of the longest text that a request may have."""
KNOWN = frozenset({"vote", "election", "голос", "ψηφοσ", "poll", "pall", "pollvote"})


def read(text: str) -> list[tuple[Layer, str]]:
    return [(reading.layer, reading.text) for reading in readings(text, KNOWN.__contains__)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("%76ote", [(Layer.ENCODED, "vote")], id="percent"),
        pytest.param("%E6%8A%95%E7%A5%A8", [(Layer.ENCODED, "投票")], id="percent in UTF-8"),
        pytest.param("%2576ote", [(Layer.ENCODED, "%76ote"), (Layer.ENCODED, "vote")], id="percent twice"),
        pytest.param("&amp;#118;ote", [(Layer.ENCODED, "&#118;ote"), (Layer.ENCODED, "vote")], id="HTML twice"),
        pytest.param("&#118;ote", [(Layer.ENCODED, "vote")], id="a numbered entity"),
        pytest.param("&#x76;ote", [(Layer.ENCODED, "vote")], id="a hexadecimal entity"),
        pytest.param("v&oacute;te", [(Layer.ENCODED, "vóte")], id="a named entity"),
        pytest.param("\\u0076ote", [(Layer.ENCODED, "vote")], id="backslash u"),
        pytest.param("\\x76ote", [(Layer.ENCODED, "vote")], id="backslash x"),
        pytest.param("ʍou ǝʇoʌ", [(Layer.LOOK_ALIKE, "vote now")], id="upside down"),
        pytest.param("go \u202eetov\u202c now", [(Layer.LOOK_ALIKE, "go \u202evote\u202c now")], id="backwards, but shown forwards"),
        pytest.param("v o t e", [(Layer.SPACED, "vote")], id="spaced"),
        pytest.param(
            "v.o.t.e n.o.w", [(Layer.SPACED, "vote now"), (Layer.SPACED, "votenow")], id="dots between letters, spaces between words"
        ),
        pytest.param("v.o.t.e", [(Layer.SPACED, "vote")], id="dotted"),
        pytest.param("v - o - t - e", [(Layer.SPACED, "vote")], id="spaced and hyphenated"),
        pytest.param("v o t e   n o w", [(Layer.SPACED, "vote now")], id="two spaced words"),
        pytest.param("म त दा न", [(Layer.SPACED, "मतदान")], id="spaced with its marks"),
        pytest.param("b@llot $enate el€ction bal|ot", [(Layer.LEET, "ballot senate election ballot")], id="symbols"),
        pytest.param("baIlot", [(Layer.LOOK_ALIKE, "ballot")], id="a capital I"),
        pytest.param("v*te el*ct•on", [(Layer.STARRED, "vote election")], id="stars for vowels"),
        pytest.param("v_te", [(Layer.STARRED, "vote")], id="a stroke for a vowel"),
        pytest.param("г*лос", [(Layer.STARRED, "голос")], id="a star for a Cyrillic vowel"),
        pytest.param("ψηφ*ς ψηφ*σ", [(Layer.STARRED, "ψηφος ψηφοσ")], id="a star for a Greek vowel"),
        pytest.param("él*ct_ón", [(Layer.STARRED, "électión")], id="stars among accents"),
        pytest.param("e\u0301l*ct_o\u0301n", [(Layer.STARRED, "e\u0301lectio\u0301n")], id="stars among accents typed by themselves"),
        pytest.param("PollV*te", [(Layer.STARRED, "PollVote")], id="a star in CamelCase"),
        pytest.param("b@d!@", [(Layer.LEET, "badia")], id="an exclamation mark that is read already"),
        pytest.param("p*ll", [(Layer.STARRED, "pall"), (Layer.STARRED, "poll")], id="a star for several known words"),
        pytest.param("p*ll v*te", [(Layer.STARRED, "pall vote"), (Layer.STARRED, "poll vote")], id="one word of two for several"),
        pytest.param("vo73 election26", [(Layer.LEET, "vote election26")], id="a number that is no year"),
        pytest.param("!n vo†e ₦ow el3ction+@", [(Layer.LEET, "in vote now el3ctionta")], id="symbols at either end"),
        pytest.param("v*o*t*e", [(Layer.SPACED, "vote")], id="stars between letters"),
        pytest.param("*vote* ba*nk", [(Layer.STARRED, "vote* bank")], id="stars around or inside what is no word"),
        pytest.param("v%6fte b@llot", [(Layer.ENCODED, "vote b@llot"), (Layer.LEET, "vote ballot")], id="one layer over another"),
    ],
)
def test_a_disguised_text_has_plainer_readings(text: str, expected: list[tuple[Layer, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "vote",
        "a b c",
        "%zz",
        "50% off",
        "AT&T",
        "x_y snake_case",
        "hello @ 5 $",
        "C++",
        "I am",
        "IT",
        "2 * 3",
        "U.S.A.",
        "btw25",
        "covid19",
        "100 €",
        "25 °C",
        "a-b-c",
        "¡vota!",
    ],
)
def test_a_plain_text_has_no_other_reading(text: str) -> None:
    assert [plain for _, plain in read(text) if tokenise(plain) != tokenise(text)] == []


@pytest.mark.parametrize(
    ("text", "letter", "shown"),
    [
        ("go %76ote", 3, "%76"),
        ("&#118;ote", 0, "&"),
        ("v o t e", 0, "v"),
        ("b@llot", 1, "@"),
        ("el*ction", 2, "*"),
        ("ǝʇoʌ", 0, "ʌ"),
        ("\u202eetov", 2, "o"),
    ],
)
def test_each_letter_of_a_reading_knows_where_it_came_from(text: str, letter: int, shown: str) -> None:
    (reading,) = readings(text, KNOWN.__contains__)
    assert text[reading.origins[letter] :].startswith(shown[0])


@given(st.text(alphabet="voteVI 0173@$!*_.%&#;\\ux76éжч\u0301ǝʇ\u202e\u202c", max_size=30))
@example("ǝʇo67%")
def test_every_letter_of_a_reading_stands_for_some_of_the_text(text: str) -> None:
    for reading in readings(text, KNOWN.__contains__):
        assert len(reading.origins) == len(reading.ends) == len(reading.text)
        assert all(0 <= start < end <= len(text) for start, end in zip(reading.origins, reading.ends, strict=True))


@pytest.mark.parametrize("unit", ["!", "a!", "aa*", "a_", "a *", "аа*бб*вв*гг ", "ﷺ", "1a", "ǝ3%", "\u202eab", "d!d "])
def test_a_text_as_long_as_any_is_read(unit: str) -> None:
    for text in ((unit * LONGEST)[:LONGEST], (unit * LONGEST)[: LONGEST - 2] + " *"):
        assert all(len(reading.text) <= LONGEST for reading in readings(text, KNOWN.__contains__))


@given(st.text(alphabet="voteVI 01@$*_.%&#;/w\\ux76éжч\u0301", max_size=30))
def test_only_a_text_that_hides_something_has_other_readings(text: str) -> None:
    if not hides(text) and not are_apart(tokenise(text)):
        assert read(text) == []


@given(st.text(alphabet="voteVI 019@$*_.%&#;/w\\éжч\u0301", max_size=30))
@example("eII")
def test_the_short_way_to_the_words_of_a_plain_text_gives_the_same(text: str) -> None:
    words = plain_words(text)
    if words is not None:
        assert tuple(words) == tokenise(text)
        assert not hides(text)
