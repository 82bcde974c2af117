"""Ways to hide a single word, and the plainer spellings behind them."""

import pytest

from keywords.disguises import collapse_repeats, fuse_letters, has_leet, is_mixed, read_leet, skeletons
from keywords.folding import fold


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
        pytest.param("elесtiоn", "election", id="several Cyrillic letters"),
        pytest.param("poӏӏ", "poll", id="a palochka for an l"),
        pytest.param("wіnӏ", "wini", id="a palochka for an i"),
        pytest.param("vvаhl", "wahl", id="a pair that looks like one letter, too"),
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
        pytest.param("निनिनिर्वाचन", ["निर्वाचन"], id="a letter with its mark"),
        pytest.param("নির্বার্বার্বাচন", ["নির্বাচন"], id="letters bound to each other"),
        pytest.param("चुनानानाववव", ["चुनाव", "चुनानानाव", "चुनानानावव"], id="one with a mark and one without"),
        pytest.param("मामा", [], id="a syllable twice"),
        pytest.param("letter", [], id="a word with a double letter"),
        pytest.param("vote", [], id="none"),
    ],
)
def test_repeated_letters_are_written_once_or_twice(word: str, plain: list[str]) -> None:
    assert list(collapse_repeats(word)) == plain
