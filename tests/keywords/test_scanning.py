"""Where curated spellings stand in a stretch of words."""

import pytest

from keywords.index import build_index
from keywords.lists import KeywordList, Layer, Layers, RealWords, Term
from keywords.scanning import scan, scan_exactly
from tests.keywords.standing import standing

LISTS = (
    KeywordList(
        "001", "en", "voting",
        (
            Term("polling place"), Term("vote by mail", unless=("chess club",)), Term("how to vote by mail today"), Term("election"), Term("post"),
            Term("one two three four five six seven eight nine"),
        ),
    ),
    KeywordList("001", "ko", "voting", (Term("선거"),)),
)  # fmt: skip
INDEX = build_index(LISTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("an election now", {("election", Layer.EXACT, 0, "election")}, id="a word"),
        pytest.param("a polling place", {("pollingplace", Layer.EXACT, 0, "pollingplace")}, id="a phrase"),
        pytest.param("pollingplace", {("pollingplace", Layer.JOINED, 0, "pollingplace")}, id="a phrase in one word"),
        pytest.param("pol ling place", {("pollingplace", Layer.JOINED, 0, "pollingplace")}, id="a phrase whose first word is torn"),
        pytest.param("polling pl ace", {("pollingplace", Layer.JOINED, 0, "pollingplace")}, id="a phrase whose last word is torn"),
        pytest.param("elec tion", {("election", Layer.JOINED, 0, "election")}, id="a torn word"),
        pytest.param("po st", set(), id="a torn word, too short"),
        pytest.param("vote by mail", {("votebymail", Layer.EXACT, 0, "votebymail")}, id="three words"),
        pytest.param("chess club", {("chessclub", Layer.EXACT, 0, "chessclub")}, id="a veto"),
        pytest.param("polling", set(), id="half a phrase"),
        pytest.param("polling the place", set(), id="a word in between"),
        pytest.param("electoin", {("election", Layer.NEAR, 1, "electoin")}, id="a typo"),
        pytest.param("poling plcae", {("pollingplace", Layer.NEAR, 2, "polingplcae")}, id="two typos in a phrase"),
        pytest.param("myelection", set(), id="inside a word"),
        pytest.param("선거는", {("선거", Layer.ATTACHED, 0, "선거는")}, id="with a particle"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_keys_stand_side_by_side_or_run_together(text: str, expected: set[tuple[str, Layer, int, str]]) -> None:
    assert standing(INDEX, text) == expected


def test_a_phrase_inside_a_longer_one_stands_too() -> None:
    assert standing(INDEX, "how to vote by mail today") == {
        ("howtovotebymailtoday", Layer.EXACT, 0, "howtovotebymailtoday"),
        ("votebymail", Layer.EXACT, 0, "votebymail"),
    }


def test_a_phrase_of_many_words_is_found_whole_only() -> None:
    words = "one two three four five six seven eight nine"
    assert {key for key, *_ in standing(INDEX, words)} == {words.replace(" ", "")}
    assert standing(INDEX, words.removesuffix(" nine")) == set()


def test_two_words_typed_as_one_part_where_that_makes_a_phrase() -> None:
    index = build_index([KeywordList("001", "en", "voting", (Term("polling place"), Term("next")))])
    assert {(hit.key, hit.layer) for hit in scan(index, 0, ("nextpolling", "place"))} == {("pollingplace", Layer.JOINED)}
    only_waited_for = build_index([KeywordList("001", "en", "voting", (Term("polling place", near=("next",)),))])
    assert scan(only_waited_for, 0, ("nextpolling", "place")) == []


def test_a_word_torn_into_two_that_are_curated_too_is_one_in_its_phrase() -> None:
    index = build_index([KeywordList("001", "pt", "voting", (Term("onde votar"), Term("votar onde"), Term("vot"), Term("ar")))])
    assert {hit.key for hit in scan(index, 0, ("onde", "vot", "ar"))} == {"ondevotar", "vot", "ar"}
    assert {hit.key for hit in scan(index, 0, ("vot", "ar", "onde"))} == {"votaronde", "vot", "ar"}
    shorter = build_index([KeywordList("001", "pt", "voting", (Term("onde votar"), Term("onde vot"), Term("ar")))])
    assert {hit.key for hit in scan(shorter, 0, ("onde", "vot", "ar"))} == {"ondevotar", "ondevot", "ar"}


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        pytest.param("ballotcount", {"ballot"}, id="the first of two"),
        pytest.param("countballot", {"ballot"}, id="the second of two"),
        pytest.param("ballotin", set(), id="the other one is short"),
        pytest.param("votecount", set(), id="it is short itself"),
        pytest.param("ballotpizza", set(), id="the other one is no curated word"),
        pytest.param("ballotpost", set(), id="the whole is a word"),
    ],
)
def test_one_of_two_words_typed_as_one_counts_where_neither_is_short(word: str, keys: set[str]) -> None:
    terms = (Term("ballot"), Term("vote"), Term("count them in the post", near=("x",)))
    index = build_index([KeywordList("001", "en", "voting", terms)], real_words=RealWords(rare=("ballotpost",)))
    assert {hit.key for hit in scan(index, 0, (word,))} == keys


def test_only_exact_words_are_looked_at_where_only_those_are_asked_for() -> None:
    assert {hit.key for hit in scan_exactly(INDEX, 0, ("electoin", "polling", "place"))} == {"pollingplace"}


def test_a_term_without_typos_lends_no_words_to_near_misses() -> None:
    index = build_index([KeywordList("001", "en", "voting", (Term("election", typos=Layers.OFF),))])
    assert scan(index, 0, ("electoin",)) == []
