"""What a single word may stand for."""

from collections.abc import Iterator

import pytest

from keywords.candidates import LAYERS, LONGEST_WORD, MOST, Lexicon
from keywords.index import build_index
from keywords.lists import KeywordList, Layer, Layers, MatchKind, RealWords, Term

LISTS = (
    KeywordList("001", "en", "voting", (Term("election", ("elections",)), Term("vote by mail"), Term("ballot"), Term("polling place"), Term("mayor"),
                                        Term("gerrymander", match=MatchKind.PREFIX), Term("turnout", typos=Layers.OFF))),
    KeywordList("001", "de", "voting", (Term("Wahlen"), Term("Lokal"))),
    KeywordList("001", "ru", "voting", (Term("выборы", ("выборов", "выборам")), Term("явка"))),
    KeywordList("001", "ko", "voting", (Term("선거"), Term("투표"), Term("투표소"))),
    KeywordList("001", "ar", "voting", (Term("انتخابات"),)),
    KeywordList("001", "tlh", "voting", (Term("wIvmeHboch"), Term("wIvmeHHa"))),
    KeywordList("001", "ml", "voting", (Term("വോട്ട്"), Term("തിരഞ്ഞെടുപ്പ്"))),
)  # fmt: skip
REAL = RealWords(common=("selection",), rare=("erection", "pollen"), languages=("en", "ru", "de", "ko", "ar", "ml"))
LEXICON = build_index(LISTS, (), REAL).lexicon


def meant(word: str, lexicon: Lexicon = LEXICON) -> dict[str, tuple[Layer, int, bool]]:
    return {found.word: (found.layer, found.edits, found.answers) for found in lexicon.candidates(word)}


@pytest.mark.parametrize(
    ("word", "known", "layer", "edits"),
    [
        pytest.param("votebymail", "votebymail", Layer.JOINED, 0, id="a phrase run together"),
        pytest.param("선거는", "선거", Layer.ATTACHED, 0, id="a Korean particle"),
        pytest.param("بالانتخابات", "انتخابات", Layer.ATTACHED, 0, id="an Arabic prefix"),
        pytest.param("gerrymandering", "gerrymander*", Layer.EXACT, 0, id="the beginning of a word"),
        pytest.param("выборами", "выборы", Layer.INFLECTED, 0, id="a Russian ending"),
        pytest.param("electoin", "election", Layer.NEAR, 1, id="a typo"),
        pytest.param("elektiosn", "elections", Layer.NEAR, 2, id="two typos"),
        pytest.param("wivmehboc", "wivmehboch", Layer.NEAR, 1, id="a typo in a long word of a language whose real words are not known"),
        pytest.param("wivmegha", "wivmehha", Layer.NEAR, 1, id="the same inside a shorter word"),
        pytest.param("iwvmehha", "wivmehha", Layer.NEAR, 1, id="the same, two letters swapped"),
        pytest.param("wwivmehha", "wivmehha", Layer.NEAR, 1, id="the same, one typed twice"),
        pytest.param("\u1110표", "투표", Layer.NEAR, 1, id="a short Korean word with a jamo left alone"),
        pytest.param("വോട്ട", "വോട്ട്", Layer.NEAR, 1, id="a sign left out"),
        pytest.param("bаllot", "ballot", Layer.LOOK_ALIKE, 0, id="a Cyrillic letter"),
        pytest.param("rnayor", "mayor", Layer.LOOK_ALIKE, 0, id="two letters for one"),
        pytest.param("b4ll0t", "ballot", Layer.LEET, 0, id="digits for letters"),
        pytest.param("baaaallot", "ballot", Layer.REPEATED, 0, id="a letter repeated"),
    ],
)
def test_a_word_may_stand_for_a_known_one(word: str, known: str, layer: Layer, edits: int) -> None:
    assert meant(word)[known] == (layer, edits, True)


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("selection", id="a common real word"),
        pytest.param("turnou", id="near a term without typos"),
        pytest.param("votr", id="near a word of four letters that begins a phrase, too far"),
        pytest.param("2026", id="a number"),
        pytest.param("e", id="one letter"),
        pytest.param("pizza", id="nothing like it"),
        pytest.param("wahlenlokal", id="two words of a language that makes long words"),
        pytest.param("x" * (LONGEST_WORD + 1), id="too long"),
    ],
)
def test_other_words_stand_for_nothing_alone(word: str) -> None:
    assert [found for found, (_, _, answers) in meant(word).items() if answers] == []


@pytest.mark.parametrize(
    ("word", "known"),
    [
        pytest.param("erection", "election", id="a rare real word"),
        pytest.param("vots", "vote", id="a short word"),
        pytest.param("wivmehh", "wivmehha", id="a language whose real words are not known"),
        pytest.param("wivmeboc", "wivmehboch", id="such a language, two edits in a long word"),
        pytest.param("ഡോട്ട്", "വോട്ട്", id="another beginning of a word with few letters and many signs"),
        pytest.param("klectoins", "elections", id="two edits and another beginning"),
    ],
)
def test_a_doubtful_near_miss_counts_inside_phrases_only(word: str, known: str) -> None:
    layer, _, answers = meant(word)[known]
    assert layer is Layer.NEAR
    assert not answers


def test_a_word_that_a_known_language_has_too_is_not_doubted() -> None:
    def lists(*languages: str) -> list[KeywordList]:
        return [KeywordList("001", language, "election", (Term("चुनाव"),)) for language in languages]

    known = RealWords(common=("x",), languages=("hi",))
    assert not build_index(lists("ne"), (), known).lexicon.candidates("चनाव")[0].answers
    assert build_index(lists("ne", "hi"), (), known).lexicon.candidates("चनाव")[0].answers


def test_without_any_real_words_no_language_is_doubted() -> None:
    lexicon = build_index(LISTS).lexicon
    assert meant("wivmehboc", lexicon)["wivmehboch"] == (Layer.NEAR, 1, True)
    assert meant("selection", lexicon)["election"] == (Layer.NEAR, 1, True)


def test_two_known_words_typed_as_one_are_parted_at_the_joint() -> None:
    assert LEXICON.joint("mayorballot") == 5
    assert LEXICON.joint("ballot") == LEXICON.joint("mayor12345") == 0


def test_the_surest_guess_comes_first_and_each_word_once() -> None:
    found = LEXICON.candidates("bаllots")
    assert [one.word for one in found] == list(dict.fromkeys(one.word for one in found))
    certain = [one.edits == 0 for one in found]
    assert certain == sorted(certain, reverse=True)
    assert len(found) <= MOST


def test_the_memory_holds_no_text() -> None:
    lexicon = build_index(LISTS).lexicon
    typed = ("electoin", "xyzzyprivatewords", "b4ll0t", "mayorballot", "выборами")
    for word in typed:
        lexicon.candidates(word)
    curated = {*lexicon.words, *lexicon.keys, *(f"{stem}*" for stem in lexicon.prefixes), *Layer, ""}
    assert 0 < len(lexicon.memory) <= len(typed)
    assert {type(key) for key in lexicon.memory} == {int}
    kept = set(strings(tuple(lexicon.memory.values())))
    assert kept <= curated
    assert not set(typed) & kept


def strings(value: object) -> Iterator[str]:
    """Every string inside nested tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from (found for one in value for found in strings(one))


def test_remembered_and_worked_out_candidates_are_the_same() -> None:
    lexicon = build_index(LISTS, (), REAL).lexicon
    words = ("electoin", "b4ll0t", "선거는", "pizza")
    first = [lexicon.candidates(word) for word in words]
    assert [lexicon.candidates(word) for word in words] == first == [lexicon.work_out(word) for word in words]
    lexicon.forget()
    assert dict(lexicon.memory) == {}


def test_every_layer_has_the_same_shape() -> None:
    for layer in LAYERS:
        assert list(layer(LEXICON, "zzzzzz")) == []


def test_a_word_that_exists_is_no_disguise_but_where_it_mixes_scripts() -> None:
    lists = [KeywordList("001", "uk", "voting", (Term("modem"), Term("діти"), Term("misisipi")))]
    real = RealWords(common=("modern", "дiти", "mississippi"))
    lexicon = build_index(lists, (), real).lexicon
    assert {word: set(meant(word, lexicon)) for word in real.common} == {"modern": set(), "дiти": {"діти"}, "mississippi": set()}
