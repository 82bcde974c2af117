"""The fast matcher and the obvious one find the same, in searches full of near hits."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from keywords.index import build_index
from keywords.lists import KeywordList, Layer, Layers, MatchKind, RealWords, Term
from keywords.matcher import Texts, find
from tests.keywords.reference import Answer, Reference

LISTS = (
    KeywordList(
        "001", "en", "voting",
        (
            Term("polling place", ("polling station",)), Term("vote by post"), Term("voter list", typos=Layers.OFF),
            Term("ballot", match=MatchKind.EXACT),
            Term("elections", near=("@context", "@year"), unless=("guild",), season_only=True), Term("register abroad", match=MatchKind.ALL),
            Term("gerrymand", match=MatchKind.PREFIX), Term("#ihavevoted"), Term("turnout", near=("figures today",)),
        ),
        context=("senate", "council seat"), unless=("kafka", "chess club"),
    ),
    KeywordList("001", "ja", "voting", (Term("投票所"), Term("投票", unless=("人気投票",)), Term("選挙", match=MatchKind.EXACT))),
    KeywordList("001", "th", "voting", (Term("เลือกตั้ง"),)),
    KeywordList("001", "hi", "voting", (Term("चुनाव आयोग"), Term("मतदाता"))),
    KeywordList("001", "ko", "voting", (Term("사전투표소"), Term("선거 공보"), Term("국회"))),
    KeywordList("001", "x-cyrl", "voting", (Term("бюллетень"), Term("участок для выбора"))),
    KeywordList("001", "fr", "election", (Term("elections"), Term("bureau ballot", match=MatchKind.ALL)), unless=("miss prix",)),
    KeywordList("001", "it", "synthetic_media", (Term("gerrymand", match=MatchKind.PREFIX), Term("ballot")), unless=("pizza",)),
    KeywordList("DE", "fr", "voting", (Term("voter list"),), unless=("chats",)),
    KeywordList("001", "hr", "voting", tuple(map(Term, ("pol", "ling", "vo", "ter", "bal", "lot", "li", "st", "sta", "tion place")))),
    KeywordList("001", "mul", "", (), unless=("songcontest",)),
    KeywordList("DE", "en", "voting", (Term("bundesrat", near=("@familiar", "kafka")), Term("kiez ballot")), blocked=("Polling Place", "投票所")),
    KeywordList("DE", "de", "election", (Term("kiez", near=("@place", "kafka")),)),
)  # fmt: skip
NAMES = ("India", "New York")
REAL = RealWords(common=("erections", "ballet", "pooling"), rare=("balloo", "turnouts"))
INDEX = build_index(LISTS, NAMES, REAL)
REFERENCE = Reference(LISTS, NAMES, REAL)
COMPARED = {Layer.EXACT, Layer.JOINED, Layer.NEAR}

WORDS = (
    "polling place station vote by post voter list ballot elections guild register abroad gerrymandering ihavevoted turnout figures today senate "
    "council seat kafka chess club songcontest bundesrat kiez pizza the erections miss prix chats bureau ballet balloo turnouts 2026 2569 1066 india "
    "投票所 投票 投 票 所 人気 は 選挙 เลือกตั้ง วัน चुनाव आयोग मतदाता бюллетень участок для выбора 사전투표소 선거 공보 국회 사전퉆소 석너 ㅅ선거 국ㅎ"
).split()  # fmt: skip
PHRASES = (
    "polling place", "polling station", "voter list", "register abroad", "council seat", "chess club", "figures today",
    "चुनाव आयोग", "kiez ballot", "人気投票", "선거 공보", "사전투표소", "vote by post", "участок для выбора",
    "kiez india", "kiez new york", "kiez in dia", "kiez newwyork",
)  # fmt: skip
TORN = ("pol ling place", "polling sta tion", "vo ter list", "voter li st", "kiez bal lot")
"""Phrases one word of which is torn into two that are curated words, too."""
ROUGH = re.compile(r"(.)\1\1|rn|vv|(?:(.)\2.*){3}|([가-힣])\3")
"""Spellings that are also disguises, which the obvious matcher does not know."""


@st.composite
def typed(draw: st.DrawFn) -> str:
    """A word or phrase as somebody may type it: as it is, run together, split, or with a letter or two wrong."""
    spacing, spelling = ("join", "split"), ("drop", "double", "swap", "replace")
    hands, times = draw(st.sampled_from([(spacing, 0), (spacing, 1), (spelling, 1), (spelling, 1), (spelling, 2)]))
    text = draw(st.sampled_from([*WORDS, *PHRASES, *PHRASES, *TORN]))
    if text in TORN:
        return text
    for _ in range(times):
        at = draw(st.sampled_from([at for at, letter in enumerate(text) if letter != " "]))
        how = draw(st.sampled_from(hands))
        before, letter, after = text[:at], text[at], text[at + 1 :]
        text = {
            "join": text.replace(" ", "", 1),
            "split": f"{before} {letter}{after}",
            "drop": before + after,
            "double": f"{before}{letter}{letter}{after}",
            "swap": text if after[:1] == " " else before + after[:1] + letter + after[1:],
            "replace": before + draw(st.sampled_from(text.replace(" ", ""))) + after,
        }[how] or text
    return text


@st.composite
def tags(draw: st.DrawFn) -> str:
    """A hashtag: words run together or in capitals, perhaps with a place or a year."""
    words = draw(st.lists(typed(), min_size=1, max_size=2))
    parts = [part for word in words for part in word.split()]
    body = draw(st.sampled_from([str, str.capitalize]))
    year = draw(st.sampled_from(["", "", "2026", "26"]))
    return "#" + "".join(map(body, parts)) + year


def fast(texts: Texts, regions: tuple[str, ...], *, in_season: bool) -> set[Answer]:
    return {
        (match.entry.list_id, match.entry.term.text, match.entry.term.match, match.hit.layer, match.edits)
        for match in find(INDEX, texts, regions, in_season=in_season).matches
        if match.hit.layer in COMPARED
    }


REGIONS = st.sampled_from([("001",), ("DE", "001")])


@settings(max_examples=1200, deadline=None)
@given(st.lists(typed(), min_size=1, max_size=4), REGIONS, st.booleans())
def test_searches_mean_the_same_to_both(pieces: list[str], regions: tuple[str, ...], in_season: bool) -> None:  # noqa: FBT001
    query = " ".join(pieces)
    if not any(map(ROUGH.search, query.split())):
        texts = Texts(query)
        assert fast(texts, regions, in_season=in_season) == REFERENCE.answers(texts, regions, in_season=in_season)


@settings(max_examples=800, deadline=None)
@given(st.lists(tags(), min_size=1, max_size=2), st.lists(typed(), max_size=2), REGIONS)
def test_hashtags_mean_the_same_to_both(hashtags: list[str], pieces: list[str], regions: tuple[str, ...]) -> None:
    if not any(map(ROUGH.search, (*(tag.lower() for tag in hashtags), *pieces))):
        for texts in (Texts(" ".join(pieces), tuple(hashtags)), Texts(text=" ".join((*pieces, *hashtags)))):
            assert fast(texts, regions, in_season=True) == REFERENCE.answers(texts, regions, in_season=True)


@settings(max_examples=400, deadline=None)
@given(st.lists(typed(), max_size=3), st.lists(typed(), max_size=3), st.booleans())
def test_a_query_and_a_post_mean_the_same_to_both(query: list[str], text: list[str], in_season: bool) -> None:  # noqa: FBT001
    if not any(map(ROUGH.search, (*query, *text))):
        texts = Texts(query=" ".join(query), text=" ".join(text))
        assert fast(texts, ("DE", "001"), in_season=in_season) == REFERENCE.answers(texts, ("DE", "001"), in_season=in_season)


@settings(max_examples=800, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"人気投票所選挙へ行กัวน", "投票所", "人気投票", "เลือกตั้ง", "เลอกตั้ง", "เลืกอตั้ง", *"เลือก", "ตั้ง", "選挙", "vote", "2026", " "]
        ),
        max_size=8,
    )
)
def test_substrings_mean_the_same_to_both(pieces: list[str]) -> None:
    texts = Texts("".join(pieces))
    assert fast(texts, ("001",), in_season=True) == REFERENCE.answers(texts, ("001",), in_season=True)
