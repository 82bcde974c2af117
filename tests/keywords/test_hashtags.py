"""Reading a hashtag as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.hashtags import LONGEST_BODY, SHORTEST_EDGE, read_tag, take_apart, whole_keys
from keywords.index import build_index
from keywords.lists import KeywordList, Term

INDEX = build_index(
    (
        KeywordList("001", "en", "voting", (Term("vote by mail"), Term("election"), Term("#ivoted"))),
        KeywordList("001", "hi", "voting", (Term("चुनाव"),)),
        KeywordList("001", "de", "voting", (Term("wählen"),)),
    ),
    ("India", "New York", "2026"),
)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param("VoteByMail", ("vote", "by", "mail"), id="CamelCase"),
        pytest.param("vote_by_mail", ("vote", "by", "mail"), id="underscores"),
        pytest.param("votebymail", ("votebymail",), id="a known phrase stays whole"),
        pytest.param("mailelection", ("mail", "election"), id="two words"),
        pytest.param("indiaelection2026", ("india", "election", "2026"), id="a country, a word, a year"),
        pytest.param("newyorkelection", ("newyork", "election"), id="a name of two words"),
        pytest.param("electionmailbymail", ("election", "mail", "by", "mail"), id="a short word in between"),
        pytest.param("indiaचुनाव", ("india", "चुनाव"), id="two scripts"),
        pytest.param("waehlenindia", ("waehlen", "india"), id="an umlaut written out"),
        pytest.param("natoelection", ("natoelection",), id="letters left over stay with the rest"),
        pytest.param("electionxyz", ("electionxyz",), id="at the end, too"),
        pytest.param("xyz", ("xyz",), id="an unknown word"),
        pytest.param("投票所へ行こう", ("投票所へ行こう",), id="a script without spaces"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_a_tag_is_read_as_words(body: str, words: tuple[str, ...]) -> None:
    assert read_tag(INDEX, body) == words


WORDS = {"vote", "mail", "by", "election", "elect", "ion", "now", "or", "never", "y", "в", "госдуму", "выборы"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param("electionvote", ("election", "vote"), id="the fewest words"),
        pytest.param("votebymail", ("vote", "by", "mail"), id="a word of two letters inside"),
        pytest.param("выборывгосдуму", ("выборы", "в", "госдуму"), id="a word of one letter inside"),
        pytest.param("yvotemail", (), id="not at the edge"),
        pytest.param("bymailvote", (), id="none at the beginning"),
        pytest.param("votemailby", (), id="none at the end"),
        pytest.param("vote2026mail", ("vote", "2026", "mail"), id="a year in between"),
        pytest.param("votexmail", (), id="a letter left over"),
        pytest.param("vote", (), id="too short for two words"),
        pytest.param("mail" * 16, (), id="too long"),
    ],
)
def test_every_letter_of_a_run_together_body_is_accounted_for(body: str, words: tuple[str, ...]) -> None:
    assert take_apart(WORDS, (), body) == words


@given(st.lists(st.sampled_from(sorted(WORDS)), min_size=2, max_size=9))
def test_words_run_together_come_apart_again(words: list[str]) -> None:
    body = "".join(words)
    parts = take_apart(WORDS, (), body)
    if len(body) <= LONGEST_BODY and len(words[0]) >= SHORTEST_EDGE <= len(words[-1]):
        assert "".join(parts) == body
        assert len(parts) <= len(words)
        assert all(part in WORDS for part in parts)


@given(st.text(alphabet="votemailx", max_size=LONGEST_BODY + 4))
def test_parts_are_the_whole_body_or_nothing(body: str) -> None:
    assert "".join(take_apart(WORDS, (), body)) in {"", body}


@pytest.mark.parametrize(
    ("tokens", "keys"),
    [
        (("vote", "2026"), ("vote2026", "vote")),
        (("2026", "vote"), ("2026vote", "vote")),
        (("vote", "26"), ("vote26", "vote")),
        (("2025", "vote", "2026"), ("2025vote2026", "2025vote", "vote")),
        (("vote", "2026", "now"), ("vote2026now",)),
        (("2026",), ("2026",)),
        (("2025", "2026"), ("20252026", "2026")),
        (("3", "lection", "2026"), ("3lection2026", "3lection", "lection")),
        (("eleccione", "52027"), ("eleccione52027", "eleccione5", "eleccione")),
    ],
)
def test_a_tag_is_asked_for_without_the_years_at_its_ends_too(tokens: tuple[str, ...], keys: tuple[str, ...]) -> None:
    assert whole_keys(tokens) == keys
