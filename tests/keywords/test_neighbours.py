"""Real words that could be taken for curated ones."""

import pytest

from keywords.index import build_index
from keywords.lists import KeywordList, Layers, RealWords, Term
from keywords.matcher import find
from keywords.neighbours import COMMON, EVERYWHERE, SHORT_COMMON, fingerprint, real_words
from keywords.reading import Texts

LEXICON = build_index(
    [
        KeywordList("001", "en", "voting", (Term("election"), Term("vote by mail"), Term("polling place"))),
        KeywordList("001", "ru", "voting", (Term("выборы"),)),
        KeywordList("001", "pt", "voting", (Term("tre ma"), Term("treba"))),
    ]
).lexicon


def sorted_out(*frequencies: tuple[str, float]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = real_words(LEXICON, [(*one, EVERYWHERE) for one in frequencies], ("en",))
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
        pytest.param("trema", COMMON, ("trema",), (), id="a curated phrase that is too short to be typed as one word, near a curated word"),
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


POLISH = build_index([KeywordList("001", "pl", "voting", (Term("wybory"),))]).lexicon
OWN = {"pl": (POLISH,), "de": (LEXICON, POLISH)}


@pytest.mark.parametrize(
    ("known", "common", "rare"),
    [
        pytest.param([("electio", 5.0, "pl")], (), ("electio",), id="common in a language without such words, and may answer"),
        pytest.param([("palce", 5.0, "pl")], (), (), id="the same where it answers in phrases only"),
        pytest.param([("electio", 5.0, "pl"), ("electio", 5.0, "de")], ("electio",), (), id="common in a language with such words, too"),
        pytest.param([("electio", 5.0, "pl"), ("electio", 1.0, "de")], (), ("electio",), id="but seldom used in that one"),
        pytest.param([("electio", 5.0, "pl"), ("electio", 5.0, EVERYWHERE)], ("electio",), (), id="met everywhere"),
        pytest.param([("electio", 5.0, "xx")], (), ("electio",), id="of a language without lists"),
        pytest.param([("pollingelection", 5.0, "pl")], (), ("pollingelection",), id="two words in one of another language"),
    ],
)
def test_a_common_word_counts_where_its_own_language_has_such_words(
    known: list[tuple[str, float, str]], common: tuple[str, ...], rare: tuple[str, ...]
) -> None:
    found = real_words(LEXICON, known, ("de", "pl"), OWN)
    assert (found.common, found.rare) == (common, rare)


def test_the_result_is_sorted_and_says_what_it_was_made_for() -> None:
    found = real_words(LEXICON, [("selection", 4.0, "en"), ("ejection", 4.0, "en"), ("erection", 1.0, "en")], ("ru", "en"))
    assert found == RealWords(("ejection", "selection"), ("erection",), fingerprint(LEXICON), ("en", "ru"))


def test_other_words_have_another_fingerprint_and_the_same_in_another_order_have_not() -> None:
    def of(*terms: Term) -> str:
        return fingerprint(build_index([KeywordList("001", "en", "voting", terms)]).lexicon)

    assert of(Term("election"), Term("ballot")) == of(Term("ballot"), Term("election"))
    assert of(Term("election")) != of(Term("elections"))
    assert of(Term("election"), Term("ballot", typos=Layers.OFF)) == of(Term("election"))
    assert len(of()) == 16


def test_another_languages_word_may_be_a_typo_inside_a_phrase_but_never_alone() -> None:
    lists = [KeywordList("001", "en", "voting", (Term("polling place"), Term("places"), Term("ballots")))]
    lexicon = build_index(lists).lexicon
    real = real_words(lexicon, [("palce", 5.0, "pl"), ("ballott", 5.0, "pl")], ("en", "pl"), {"pl": (POLISH,)})
    index = build_index(lists, (), real)
    assert [match.edits for match in find(index, Texts("polling palce"), ("001",), in_season=True).matches] == [1]
    assert not find(index, Texts("ballott"), ("001",), in_season=True).matches
    assert find(build_index(lists), Texts("ballott"), ("001",), in_season=True).matches


def test_real_words_are_no_typos_in_the_release_they_were_made_for() -> None:
    lists = [KeywordList("001", "en", "voting", (Term("election"),))]
    real = real_words(build_index(lists).lexicon, [("selection", 4.0, "en"), ("erection", 1.0, "en")], ("en",))
    lexicon = build_index(lists, (), real).lexicon
    assert [found.answers for found in lexicon.candidates("selection")] == []
    assert [found.answers for found in lexicon.candidates("erection")] == [False]
    assert [found.answers for found in lexicon.candidates("electoin")] == [True]
