"""Which terms a search means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keywords.index import build_index
from keywords.lists import KeywordList, Layer, MatchKind, RealWords, Term
from keywords.matcher import Reason, Texts, find
from tests.keywords.reference import found_terms

LISTS = (
    KeywordList(
        "001", "en", "voting",
        (
            Term("polling place", ("polling station",), slot="where_do_i_vote"),
            Term("vote by mail"),
            Term("vote", match=MatchKind.EXACT, season_only=True),
            Term("vote", near=("@context", "@year"), unless=("idol",), season_only=True),
            Term("register vote", match=MatchKind.ALL),
            Term("gerrymander", match=MatchKind.PREFIX),
            Term("#ivoted"),
        ),
        context=("senate", "mayor"), unless=("kafka",),
    ),
    KeywordList("001", "en", "election", (Term("election", ("elections",)), Term("by-election"))),
    KeywordList("001", "de", "election", (Term("Wahlen"), Term("wählen", match=MatchKind.EXACT), Term("Wähler"))),
    KeywordList("001", "ja", "voting", (Term("投票所"), Term("投票", unless=("人気投票",)))),
    KeywordList("001", "th", "election", (Term("เลือกตั้ง"),)),
    KeywordList("001", "ar", "election", (Term("الانتخابات", ("انتخابات",)), Term("مركز الاقتراع"))),
    KeywordList("001", "he", "election", (Term("בחירות"),)),
    KeywordList("001", "ko", "election", (Term("선거"), Term("투표소"))),
    KeywordList("001", "hi", "election", (Term("चुनाव"),)),
    KeywordList("001", "sr", "election", (Term("избори"),)),
    KeywordList("001", "mul", "", (), unless=("eurovision",)),
    KeywordList("DE", "de", "election", (Term("Bundestagswahl"),), blocked=("Wahlen",)),
)  # fmt: skip
INDEX = build_index(LISTS, ("Bayern", "India", "Texas"), RealWords(("selection", "reelections")))


def found(
    query: str = "", *, hashtags: tuple[str, ...] = (), text: str = "", regions: tuple[str, ...] = ("001",), in_season: bool = True
) -> set[str]:
    return {match.entry.term.text for match in find(INDEX, Texts(query, hashtags, text), regions, in_season=in_season).matches}


@pytest.mark.parametrize(
    ("query", "term"),
    [
        pytest.param("nearest POLLING-STATION please", "polling place", id="a form, hyphenated, in capitals"),
        pytest.param("how to votebymail", "vote by mail", id="joined words"),
        pytest.param("vote", "vote", id="the whole query"),
        pytest.param("vote for mayor", "vote", id="with context"),
        pytest.param("vote 2026", "vote", id="with a year"),
        pytest.param("vote २०२६", "vote", id="with a year in Devanagari digits"),
        pytest.param("how do I register so I can vote", "register vote", id="all words, any order"),
        pytest.param("what is gerrymandering", "gerrymander", id="the beginning of a word"),
        pytest.param("Wahlen in Bayern", "Wahlen", id="German"),
        pytest.param("waehler", "Wähler", id="umlaut written out"),
        pytest.param("最寄りの投票所はどこ", "投票所", id="Japanese without spaces"),
        pytest.param("วันเลือกตั้งวันไหน", "เลือกตั้ง", id="Thai without spaces"),
        pytest.param("موعد بالانتخابات", "الانتخابات", id="Arabic with a prefix"),
        pytest.param("אין אני מצביע לבחירות", "בחירות", id="Hebrew with a prefix"),
        pytest.param("선거는 언제", "선거", id="Korean with a particle"),
        pytest.param("चुनाव की तारीख", "चुनाव", id="Hindi"),
        pytest.param("izbori u Srbiji", "избори", id="Serbian in the other script"),
    ],
)
def test_a_search_is_caught(query: str, term: str) -> None:
    assert term in found(query)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("natural selection", id="inside another word"),
        pytest.param("reelections", id="a word with something before"),
        pytest.param("vote for pizza", id="no context"),
        pytest.param("vote idol mayor", id="vetoed by the term"),
        pytest.param("kafka polling station", id="vetoed by the list"),
        pytest.param("eurovision election", id="vetoed everywhere"),
        pytest.param("人気投票", id="a Japanese compound"),
        pytest.param("ivoted", id="a hashtag's word without its sign"),
        pytest.param("https://example.org/election", id="inside a link"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_searches_are_left_alone(query: str) -> None:
    assert found(query) == set()


@pytest.mark.parametrize(
    ("tag", "term"),
    [
        ("#iVoted", "#ivoted"),
        ("ivoted2026", "#ivoted"),
        ("#VoteByMail", "vote by mail"),
        ("#votebymail2026", "vote by mail"),
        ("#ElectionDay", "election"),
        ("#indiaelection", "election"),
        ("#wahlenbayern2026", "Wahlen"),
        ("#चुनाव2024", "चुनाव"),
        ("#投票所", "投票所"),
    ],
)
def test_hashtags_are_read_whole(tag: str, term: str) -> None:
    assert term in found(hashtags=(tag,))
    assert term in found(f"look {tag if tag.startswith('#') else '#' + tag}")


@pytest.mark.parametrize("tag", ["#selection", "#electionics", "#natoelectionxyz", "#pollutelection"])
def test_a_hashtag_with_letters_left_over_is_left_alone(tag: str) -> None:
    assert found(hashtags=(tag,)) == set()


def test_a_typed_accent_counts_only_where_terms_differ_by_it() -> None:
    assert found("wählen") == {"wählen"}
    assert found("wahlen") == {"Wahlen", "wählen"}
    assert found("wàhlen") == {"Wahlen", "wählen"}


def test_season_only_terms_wait_for_a_season() -> None:
    findings = find(INDEX, Texts("vote"), ("001",), in_season=False)
    assert findings.matches == ()
    assert {fallen.reason for fallen in findings.rejected} == {Reason.SEASON, Reason.CONTEXT}


def test_a_region_adds_its_own_lists_and_blocks_inherited_terms() -> None:
    assert found("Bundestagswahl") == set()
    assert found("Bundestagswahl", regions=("DE", "001")) == {"Bundestagswahl"}
    assert found("Wahlen", regions=("DE", "001")) == {"wählen"}


def test_a_match_says_where_it_stands_and_how_it_was_found() -> None:
    (match,) = find(INDEX, Texts("Où? POLLING-PLACE!"), ("001",), in_season=True).matches
    assert (match.span(), match.hit.layer, match.field.name) == ((4, 17), Layer.EXACT, "query")


def test_text_and_query_give_each_other_context() -> None:
    assert "vote" in found("vote", text="the mayor")
    assert "vote" in found("go vote", text="the mayor")


WORDS = st.sampled_from(
    "vote votes polling place station by mail register to idol kafka senate mayor 2026 2569 election elections gerrymandering wahlen pizza "
    "投 票 所 は 人 気 चुनाव eurovision".split()
)


@settings(max_examples=1500)
@given(st.lists(WORDS, max_size=7), st.booleans())
def test_the_fast_matcher_agrees_with_the_obvious_one(words: list[str], in_season: bool) -> None:  # noqa: FBT001
    query = " ".join(words)
    lists = tuple(one for one in LISTS if one.region == "001" and one.language in {"en", "ja", "hi"})
    found_fast = find(build_index(lists), Texts(query), ("001",), in_season=in_season)
    exact = {(match.entry.list_id, match.entry.term.text) for match in found_fast.matches if match.hit.layer is Layer.EXACT}
    assert exact == found_terms(lists, query, in_season=in_season)
