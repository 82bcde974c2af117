"""Which known words lie within a typo or two of a given one: the table against trying every word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from keywords.fuzzy import (
    SHORTEST_IN_PHRASE,
    SHORTEST_KEYS_IN_PHRASE,
    SHORTEST_TWICE,
    NearWords,
    allowed_edits,
    build,
    spelt,
)
from keywords.hangul import is_hangul

WORDS = st.one_of(
    st.text(alphabet="abcd", min_size=1, max_size=12),
    st.text(alphabet="abc", min_size=5, max_size=16),
    st.text(alphabet="выбор", min_size=2, max_size=11),
    st.text(alphabet="선거투표소일", min_size=1, max_size=8),
    st.text(alphabet="चुनाव", min_size=2, max_size=10),
)
EDITS = st.lists(
    st.tuples(st.sampled_from("insert delete replace swap".split()), st.integers(0, 15), st.sampled_from("abcdвыб선거소\u1109\u1165चु")),
    max_size=3,
)


def table(*words: str, joined: tuple[str, ...] = ()) -> NearWords:
    *_, made = build(words, joined)
    return made


def edited(word: str, edits: list[tuple[str, int, str]]) -> str:
    for edit, at, letter in edits:
        at %= len(word) + 1  # noqa: PLW2901
        before, after = word[:at], word[at:]
        word = {
            "insert": before + letter + after,
            "delete": before + after[1:],
            "replace": before + letter + after[1:],
            "swap": before + after[1:2] + after[:1] + after[2:],
        }[edit]
    return word


def brute(token: str, singles: set[str], joined: set[str]) -> dict[str, tuple[int, bool]]:
    """Every known word that the documented limits let the token stand for."""
    found = {}
    by_keys = is_hangul(token)
    for word in singles | joined:
        if word in singles and len(spelt(word)) < (SHORTEST_KEYS_IN_PHRASE if is_hangul(word) else SHORTEST_IN_PHRASE):
            continue
        if by_keys is not is_hangul(word) or len(spelt(token)) < SHORTEST_IN_PHRASE - 1:
            continue
        twice = word in singles and not by_keys and len(word) >= SHORTEST_TWICE
        edits = OSA.distance(spelt(token), spelt(word))
        if 0 < edits <= (2 if twice else 1):
            found[word] = (edits, word in joined)
        elif by_keys and token in slipped(word):
            found[word] = (1, word in joined)
    return found


def slipped(word: str) -> set[str]:
    """A Hangul word with two syllables swapped, or one too few; with any one of those around too many."""
    size = len(word)
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(size - 1)} if size >= 3 else set()
    places = range(size) if size > 4 else range(1, size - 1) if size == 4 else ()
    dropped = {word[:at] + word[at + 1 :] for at in places}
    doubled = {word[:at] + syllable + word[at:] for at in range(size + 1) for syllable in "선거투표소일"} if size >= 4 else set()
    inside = {more for more in doubled if size > 4 or (more[0] == word[0] and more[-1] == word[-1])}
    return (swapped | dropped | inside) - {word}


@settings(max_examples=500, deadline=None)
@given(st.sets(WORDS, min_size=1, max_size=30), st.sets(WORDS.filter(lambda word: len(word) > 2), max_size=8), st.data())
def test_the_table_finds_what_trying_every_word_finds(singles: set[str], joined: set[str], data: st.DataObject) -> None:
    joined -= singles
    near = table(*sorted(singles), joined=tuple(sorted(joined)))
    for _ in range(4):
        token = edited(data.draw(st.sampled_from(sorted(singles | joined))), data.draw(EDITS))
        assert {found.word: (found.edits, found.is_joined) for found in near.near(token)} == brute(token, singles, joined)


@given(st.sets(WORDS, min_size=1, max_size=20), WORDS)
def test_the_nearest_come_first_and_the_word_itself_never(words: set[str], token: str) -> None:
    found = table(*sorted(words)).near(token)
    assert list(found) == sorted(found, key=lambda near: (near.edits, near.word))
    assert token not in {near.word for near in found}


@pytest.mark.parametrize(
    ("word", "edits"),
    [
        pytest.param("vote", 0, id="four letters"),
        pytest.param("voter", 1, id="five letters"),
        pytest.param("election", 1, id="eight letters"),
        pytest.param("elections", 2, id="nine letters"),
        pytest.param("चुनाव", 1, id="five with marks that are letters"),
        pytest.param("선거", 0, id="two syllables of five keys"),
        pytest.param("투표소", 1, id="three syllables of six keys"),
        pytest.param("사전투표소안내", 1, id="Hangul forgives one at most"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_how_much_a_word_forgives_depends_on_its_length_and_script(word: str, edits: int) -> None:
    assert allowed_edits(word) == edits


@pytest.mark.parametrize(
    ("typed", "known", "edits"),
    [
        pytest.param("electoin", "election", 1, id="two letters swapped"),
        pytest.param("elction", "election", 1, id="one left out"),
        pytest.param("ellection", "election", 1, id="one too many"),
        pytest.param("elaction", "election", 1, id="one replaced"),
        pytest.param("elektoins", "elections", 2, id="two of nine"),
        pytest.param("vybroy", "vybory", 1, id="swapped at the end"),
        pytest.param("выоры", "выборы", 1, id="Cyrillic"),
        pytest.param("الانتخبات", "الانتخابات", 1, id="Arabic"),
        pytest.param("बोटिंग", "वोटिंग", 1, id="Devanagari"),
        pytest.param("투퓨소", "투표소", 1, id="one key"),
        pytest.param("퉆소", "투표소", 1, id="a key left out, which changes two syllables"),
        pytest.param("퉆표소", "투표소", 1, id="a key twice"),
        pytest.param("초엇\u1102", "총선", 1, id="two keys swapped over the edge of a syllable"),
        pytest.param("\u1110표소", "투표소", 1, id="a jamo that found no syllable"),
        pytest.param("표투소", "투표소", 1, id="two of three syllables swapped"),
        pytest.param("사투표", "사전투표", 1, id="one of four syllables left out"),
        pytest.param("사전전투표", "사전투표", 1, id="a syllable too many"),
        pytest.param("거인명부", "선거인명부", 1, id="the first of five syllables left out"),
    ],
)
def test_a_typo_is_one_letter_inserted_left_out_replaced_or_swapped(typed: str, known: str, edits: int) -> None:
    assert [(near.word, near.edits) for near in table(known, "something").near(typed)] == [(known, edits)]


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        pytest.param("lektoin", "elections", id="four of nine"),
        pytest.param("elektoin", "election", id="two of eight"),
        pytest.param("election", "election", id="itself"),
        pytest.param("투푹손", "투표소", id="two keys"),
        pytest.param("투소", "투표소", id="one of three syllables left out"),
        pytest.param("전투표", "사전투표", id="the first of four syllables left out"),
        pytest.param("사전투푹손", "사전투표소", id="two syllables of five, other ones"),
        pytest.param("v", "vot", id="a single letter"),
    ],
)
def test_more_than_a_word_forgives_is_no_typo(typed: str, known: str) -> None:
    assert table(known).near(typed) == ()


def test_phrases_run_together_forgive_one_edit_and_say_so() -> None:
    near = table("polling", joined=("pollingplace",))
    assert [(one.word, one.is_joined) for one in near.near("polingplace")] == [("pollingplace", True)]
    assert near.near("poligplace") == ()


def test_too_short_words_are_not_kept() -> None:
    assert list(table("to", "vote", "표", "당", "선거", "투표소").words) == ["vote", "선거", "투표소"]
    assert table().near("vote") == ()


def test_building_yields_often() -> None:
    words = [f"word{number:05}" for number in range(2000)]
    steps = list(build(words))
    assert len(steps) > 2 * len(words) / 32
    assert all(step is None for step in steps[:-1])
    assert len(steps[-1]) == 2000
