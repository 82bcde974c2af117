"""Bare words answer unless the search is about something that no list knows of."""

import pytest

from keywords.index import build_index
from keywords.lists import FAMILIAR, PLACE, KeywordList, Term
from keywords.matcher import Reason, Texts, find

LISTS = (
    KeywordList(
        "001", "en", "election",
        (Term("elections", near=("@context", "@year", FAMILIAR)), Term("when are the elections"), Term("election day"), Term("投票")),
        context=("senate",),
    ),
    KeywordList("001", "de", "election", (Term("Wahl", near=("@year", PLACE)), Term("Wahltermin"), Term("in der"))),
)  # fmt: skip
INDEX = build_index(LISTS, ("New Mexico", "Bayern", "Sachsen", "Wahl", "日本"))


def answers(texts: Texts) -> bool:
    return any(match.entry.term.text == "elections" for match in find(INDEX, texts, ("001",), in_season=True).matches)


@pytest.mark.parametrize(
    ("query", "is_answered"),
    [
        pytest.param("elections", True, id="the word alone"),
        pytest.param("elections springfield", True, id="one stranger: a town"),
        pytest.param("elections beekeepers guild", False, id="two strangers"),
        pytest.param("beekeepers elections of the honey guild", False, id="strangers on either side"),
        pytest.param("elections day of the when", True, id="words that lists know"),
        pytest.param("elections beekeepers guild senate", True, id="a context word"),
        pytest.param("elections beekeepers guild 2026", True, id="a year"),
        pytest.param("elections beekeepers mexico", True, id="a place is no stranger"),
        pytest.param("elections beekeepers electiom", True, id="a typo of a known word is no stranger"),
        pytest.param("elections beekeepers electionday", True, id="known words run together are no stranger"),
        pytest.param("elections in nw of 44711 x y", True, id="short words and numbers"),
        pytest.param("elections beekeepers 投票所", True, id="a stretch of a script without spaces"),
        pytest.param("e%6Cections guild", True, id="a disguised word is read before it is counted"),
        pytest.param("elektions beekeepers guild", False, id="a near miss has no more rights"),
    ],
)
def test_a_bare_word_answers_where_one_word_at_most_is_a_stranger(query: str, is_answered: bool) -> None:  # noqa: FBT001  a column of the table
    assert answers(Texts(query)) is is_answered


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(Texts(hashtags=("#Elections_Beekeepers_Guild",)), id="a hashtag"),
        pytest.param(Texts("#Elections_Beekeepers_Guild"), id="a hashtag in the query"),
        pytest.param(Texts(text="went to the elections with beekeepers from the guild"), id="a caption"),
    ],
)
def test_only_the_words_of_a_query_are_asked_for_strangers(texts: Texts) -> None:
    assert answers(texts)


def test_the_reason_is_the_missing_context() -> None:
    findings = find(INDEX, Texts("elections beekeepers guild"), ("001",), in_season=True)
    assert [fallen.reason for fallen in findings.rejected] == [Reason.CONTEXT]


def is_election(texts: Texts) -> bool:
    return any(match.entry.term.text == "Wahl" for match in find(INDEX, texts, ("001",), in_season=True).matches)


@pytest.mark.parametrize(
    ("query", "is_answered"),
    [
        pytest.param("wahl bayern", True, id="a place behind"),
        pytest.param("Bayern Wahl", True, id="a place before"),
        pytest.param("wahl in bayern", True, id="a short word between"),
        pytest.param("wahl in new mexico", True, id="a name of two words"),
        pytest.param("bayern wahltermin wahl", True, id="words that lists know"),
        pytest.param("whal bayern", False, id="a typo of a short word, which never stands alone"),
        pytest.param("#WahlBayern", True, id="a hashtag"),
        pytest.param("#wahlbayern", True, id="a hashtag run together"),
        pytest.param("wahl", False, id="no place"),
        pytest.param("wahl wahl", True, id="a place that is called like the term, beside it"),
        pytest.param("wahl mexico", False, id="a part of a name"),
        pytest.param("wahl ba yern", True, id="a name torn in two"),
        pytest.param("wahl sachsne", True, id="a long name with two letters swapped"),
        pytest.param("wahl sachssen", True, id="a long name with a letter too many"),
        pytest.param("wahl sachsens", True, id="a long name in its genitive"),
        pytest.param("wahl bayenr", False, id="a short name mistyped"),
        pytest.param("wahl sachsne möbel", False, id="a mistyped name and a stranger"),
        pytest.param("wahl in der bayern in der in der", True, id="eight words"),
        pytest.param("wahl in der bayern in der in der in", False, id="more words, which are about more than a place"),
        pytest.param("möbel wahl bayern", False, id="a stranger"),
        pytest.param("wahl hotel bayern", False, id="a stranger between"),
        pytest.param("#wahl #bayern", False, id="hashtags apart, as under any post"),
    ],
)
def test_a_word_may_wait_for_a_place(query: str, is_answered: bool) -> None:  # noqa: FBT001  a column of the table
    assert is_election(Texts(query)) is is_answered


def test_a_caption_names_places_without_being_about_them() -> None:
    assert not is_election(Texts(text="wahl bayern"))
    assert is_election(Texts(text="in der #wahlbayern"))
