"""Where words begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.errors import TextTooLong
from keywords.folding import LONGEST
from keywords.tokens import align, is_year, split_tags, tag_words, tokenise, without_links


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        pytest.param("Where do I vote-by-mail?", ("where", "do", "i", "vote", "by", "mail"), id="hyphens"),
        pytest.param("L'élection d’Hondt", ("l", "election", "d", "hondt"), id="both apostrophes"),
        pytest.param("snake_case", ("snake", "case"), id="underscore"),
        pytest.param("wahl2026 2026wahl", ("wahl", "2026", "2026", "wahl"), id="a year at either end"),
        pytest.param("vote4me", ("vote4me",), id="a digit inside a word"),
        pytest.param("投票所 AI", ("投", "票", "所", "ai"), id="Han by character"),
        pytest.param("ရွေးကောက်", ("ရွေး", "ကော", "က်"), id="Burmese by cluster"),
        pytest.param("مرکز رأی‌گیری", ("مركز", "رايگيري"), id="Persian zero-width non-joiner"),
        pytest.param("!!! 🗳️", (), id="nothing left"),
    ],
)
def test_words(text: str, tokens: tuple[str, ...]) -> None:
    assert tokenise(text) == tokens


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("VoteByMail2026", ("vote", "by", "mail", "2026")),
        ("USElection_day", ("us", "election", "day")),
        ("जनमत2024", ("जनमत", "2024")),
        ("निर्वाचन२०८४", ("निर्वाचन", "2084")),
    ],
)
def test_hashtags_are_split_by_their_own_signs(body: str, words: tuple[str, ...]) -> None:
    assert tag_words(body) == words


def test_a_fragment_or_a_word_in_a_link_is_no_search() -> None:
    assert split_tags(without_links("see https://example.org/vote#wahl #Wahl"))[1] == (("Wahl", 35),)
    assert tokenise(without_links("see www.example.org/vote now")) == ("see", "now")


def test_an_entity_or_a_sign_inside_a_word_is_no_hashtag() -> None:
    assert split_tags("a#b &#39; x/#y")[1] == ()


@pytest.mark.parametrize(
    ("token", "expected"), [("2026", True), ("2569", True), ("1405", True), ("1066", False), ("3000", False), ("26", False)]
)
def test_years_in_three_calendars(token: str, *, expected: bool) -> None:
    assert is_year(token) is expected


def test_texts_past_the_bound_are_refused() -> None:
    with pytest.raises(TextTooLong):
        tokenise("a" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("text", "first", "last", "shown"),
    [
        ("Où VOTER à Paris", 1, 1, "VOTER"),
        ("ｗｈｅｒｅ　ｔｏ　ｖｏｔｅ", 2, 2, "ｖｏｔｅ"),
        ("e\u0301lection pre\u0301sidentielle", 1, 1, "pre\u0301sidentielle"),
        ("私の投票所はどこ", 2, 4, "投票所"),
        ("أين مركز الاقتراع", 1, 2, "مركز الاقتراع"),
    ],
)
def test_spans_point_at_what_was_typed(text: str, first: int, last: int, shown: str) -> None:
    start, end = align(text).span(first, last)
    assert text[start:end] == shown


@given(st.text(max_size=60))
def test_every_token_has_a_span_inside_the_text(text: str) -> None:
    spans = align(text).spans
    assert len(spans) == len(tokenise(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
