"""Real words that could be taken for curated ones."""

import pytest

from keywords.index import build_index
from keywords.lists import KeywordList, Layers, RealWords, Term
from keywords.neighbours import COMMON, SHORT_COMMON, fingerprint, real_words

LEXICON = build_index(
    [
        KeywordList("001", "en", "voting", (Term("election"), Term("vote by mail"), Term("polling place"))),
        KeywordList("001", "ru", "voting", (Term("выборы"),)),
    ]
).lexicon


def sorted_out(*frequencies: tuple[str, float]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = real_words(LEXICON, frequencies, ("en",))
    return found.common, found.rare


@pytest.mark.parametrize(
    ("word", "zipf", "common", "rare"),
    [
        pytest.param("selection", COMMON, ("selection",), (), id="often used"),
        pytest.param("erection", COMMON - 0.01, (), ("erection",), id="seldom used"),
        pytest.param("Selección", 5.0, (), (), id="too far"),
        pytest.param("SÉLECTION", 5.0, ("selection",), (), id="folded first"),
        pytest.param("выворы", 1.0, (), ("выворы",), id="Cyrillic"),
        pytest.param("note", SHORT_COMMON, ("note",), (), id="near a short word only, often enough"),
        pytest.param("note", SHORT_COMMON - 0.01, (), (), id="near a short word only, seldom"),
        pytest.param("rolling", COMMON - 0.5, (), (), id="near a word that answers in phrases only, seldom"),
        pytest.param("election", 6.0, (), (), id="a curated word"),
        pytest.param("pollingplace", 1.0, (), (), id="a curated phrase as one word"),
        pytest.param("pizza", 6.0, (), (), id="near nothing"),
        pytest.param("pollingelection", COMMON, ("pollingelection",), (), id="two curated words in one, often used"),
        pytest.param("pollingelection", 1.0, (), ("pollingelection",), id="two curated words in one, seldom used"),
        pytest.param("mailpolling", 1.0, (), (), id="two curated words in one, seldom used, of which none is a term"),
        pytest.param("two words", 6.0, (), (), id="two words"),
        pytest.param("選挙", 6.0, (), (), id="a script without spaces"),
        pytest.param("!", 6.0, (), (), id="a sign"),
    ],
)
def test_a_real_word_is_common_or_rare_or_of_no_account(word: str, zipf: float, common: tuple[str, ...], rare: tuple[str, ...]) -> None:
    assert sorted_out((word, zipf)) == (common, rare)


def test_a_word_in_two_dictionaries_counts_as_often_as_in_the_one_that_uses_it_most() -> None:
    assert sorted_out(("erection", 1.0), ("erection", 4.0)) == sorted_out(("erection", 4.0), ("erection", 1.0)) == (("erection",), ())


def test_the_result_is_sorted_and_says_what_it_was_made_for() -> None:
    found = real_words(LEXICON, [("selection", 4.0), ("ejection", 4.0), ("erection", 1.0)], ("ru", "en"))
    assert found == RealWords(("ejection", "selection"), ("erection",), fingerprint(LEXICON), ("en", "ru"))


def test_other_words_have_another_fingerprint_and_the_same_in_another_order_have_not() -> None:
    def of(*terms: Term) -> str:
        return fingerprint(build_index([KeywordList("001", "en", "voting", terms)]).lexicon)

    assert of(Term("election"), Term("ballot")) == of(Term("ballot"), Term("election"))
    assert of(Term("election")) != of(Term("elections"))
    assert of(Term("election"), Term("ballot", typos=Layers.OFF)) == of(Term("election"))
    assert len(of()) == 16


def test_real_words_are_no_typos_in_the_release_they_were_made_for() -> None:
    lists = [KeywordList("001", "en", "voting", (Term("election"),))]
    real = real_words(build_index(lists).lexicon, [("selection", 4.0), ("erection", 1.0)], ("en",))
    lexicon = build_index(lists, (), real).lexicon
    assert [found.answers for found in lexicon.candidates("selection")] == []
    assert [found.answers for found in lexicon.candidates("erection")] == [False]
    assert [found.answers for found in lexicon.candidates("electoin")] == [True]
