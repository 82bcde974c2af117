"""Ways to hide a word, and the plainer spellings behind them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from keywords.disguises import (
    are_apart,
    collapse_repeats,
    fuse_letters,
    has_leet,
    hides,
    is_mixed,
    plain_words,
    read_leet,
    readings,
    skeletons,
)
from keywords.folding import fold
from keywords.lists import Layer
from keywords.tokens import tokenise

KNOWN = frozenset({"vote", "election", "голос", "ψηφοσ"})


def read(text: str) -> list[tuple[Layer, str]]:
    return [(reading.layer, reading.text) for reading in readings(text, KNOWN.__contains__)]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        pytest.param("vоte", "vote", id="a Cyrillic letter among Latin ones"),
        pytest.param("выбopы", "выборы", id="Latin letters among Cyrillic ones"),
        pytest.param("вибοри", "вибори", id="a Greek letter among Cyrillic ones"),
        pytest.param("ψηфoς", "ψηфοσ", id="a Latin letter among Greek ones, the Cyrillic one stays"),
        pytest.param("ψήφoς", "ψηφοσ", id="a Latin letter among Greek ones"),
        pytest.param("ᏙOᎢᎬ", "vote", id="Cherokee letters"),
        pytest.param("ωahl", "wahl", id="Greek omega"),
        pytest.param("vօtе", "vote", id="Armenian and Cyrillic at once"),
    ],
)
def test_look_alike_letters_are_read_in_one_script(typed: str, plain: str) -> None:
    word = fold(typed)
    assert is_mixed(word)
    assert plain in skeletons(word)


@pytest.mark.parametrize("word", ["vote", "голос", "ψήφος", "चुनाव", "선거", "بلد", "投票", "ընտրություն"])
def test_a_word_of_one_script_is_not_mixed(word: str) -> None:
    assert not is_mixed(fold(word))


@pytest.mark.parametrize(("word", "plain"), [("rnayor", ["mayor"]), ("vvahl", ["wahl"]), ("vote", []), ("turnout", ["tumout"])])
def test_two_letters_may_look_like_one(word: str, plain: list[str]) -> None:
    assert list(fuse_letters(word)) == plain


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("v0te", "vote"), ("3l3ct10n", "election"), ("b4ll0t", "ballot"), ("6a11ot", "ballot"), ("p0lling", "polling"), ("выб0ры", "выборы"),
        ("го4ос", "гоаос"), ("ψηφ0σ", "ψηφοσ"),
    ],
)  # fmt: skip
def test_digits_are_read_as_letters(word: str, plain: str) -> None:
    assert has_leet(word)
    assert plain in read_leet(word)


def test_digits_by_themselves_and_letters_by_themselves_are_no_leet() -> None:
    assert not has_leet("2026")
    assert not has_leet("vote")
    assert len(list(read_leet("1" * 40 + "a"))) == 8


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        pytest.param("voooote", ["vote", "voote"], id="once, or twice"),
        pytest.param("ballllot", ["balot", "ballot"], id="a letter that is doubled anyway"),
        pytest.param("vvoottee", ["vote"], id="all doubled"),
        pytest.param("voottteee", ["voote", "voottee", "vote"], id="some tripled, some doubled"),
        pytest.param("선선거거", ["선거"], id="Hangul syllables"),
        pytest.param("선거거", ["선거"], id="one Hangul syllable"),
        pytest.param("letter", [], id="a word with a double letter"),
        pytest.param("vote", [], id="none"),
    ],
)
def test_repeated_letters_are_written_once_or_twice(word: str, plain: list[str]) -> None:
    assert list(collapse_repeats(word)) == plain


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
        pytest.param("v o t e", [(Layer.SPACED, "vote")], id="spaced"),
        pytest.param("v.o.t.e", [(Layer.SPACED, "vote")], id="dotted"),
        pytest.param("v - o - t - e", [(Layer.SPACED, "vote")], id="spaced and hyphenated"),
        pytest.param("v o t e   n o w", [(Layer.SPACED, "vote now")], id="two spaced words"),
        pytest.param("म त दा न", [(Layer.SPACED, "मतदान")], id="spaced with its marks"),
        pytest.param("b@llot $enate el€ction bal|ot", [(Layer.LEET, "ballot senate election ballot")], id="symbols"),
        pytest.param("baIlot", [(Layer.LOOK_ALIKE, "ballot")], id="a capital I"),
        pytest.param("v*te el*ct•on", [(Layer.STARRED, "vote election")], id="stars for vowels"),
        pytest.param("v_te", [(Layer.STARRED, "vote")], id="a stroke for a vowel"),
        pytest.param("г*лос", [(Layer.STARRED, "голос")], id="a star for a Cyrillic vowel"),
        pytest.param("ψηφ*ς ψηφ*σ", [(Layer.STARRED, "ψηφς ψηφοσ")], id="a star for a Greek vowel"),
        pytest.param("v*o*t*e", [(Layer.SPACED, "vote")], id="stars between letters"),
        pytest.param("*vote* ba*nk", [(Layer.STARRED, "vote* bank")], id="stars around or inside what is no word"),
        pytest.param("v%6fte b@llot", [(Layer.ENCODED, "vote b@llot"), (Layer.LEET, "vote ballot")], id="one layer over another"),
    ],
)
def test_a_disguised_text_has_plainer_readings(text: str, expected: list[tuple[Layer, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["vote", "a b c", "%zz", "50% off", "AT&T", "x_y snake_case", "hello @ 5 $", "C++", "I am", "IT", "2 * 3", "U.S.A."]
)
def test_a_plain_text_has_no_other_reading(text: str) -> None:
    assert [plain for _, plain in read(text) if tokenise(plain) != tokenise(text)] == []


@pytest.mark.parametrize(
    ("text", "letter", "shown"),
    [("go %76ote", 3, "%76"), ("&#118;ote", 0, "&"), ("v o t e", 0, "v"), ("b@llot", 1, "@"), ("el*ction", 2, "*")],
)
def test_each_letter_of_a_reading_knows_where_it_came_from(text: str, letter: int, shown: str) -> None:
    (reading,) = readings(text, KNOWN.__contains__)
    assert text[reading.origins[letter] :].startswith(shown[0])


@given(st.text(alphabet="voteVI 01@$*_.%&#;\\ux76éжч\u0301", max_size=30))
def test_origins_stand_in_order_inside_the_text(text: str) -> None:
    for reading in readings(text, KNOWN.__contains__):
        assert len(reading.origins) == len(reading.text)
        assert all(0 <= first <= second < len(text) for first, second in zip(reading.origins, reading.origins[1:], strict=False))


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
