"""Where words begin and end, and the way back to what was typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.errors import TextTooLong
from keywords.folding import LONGEST
from keywords.tokens import align, ends_cleanly, is_spaceless, is_year, marks_of, split_tags, tag_words, tokenise, without_links

ALPHABET = st.sampled_from("abcxyzéÄßŁıＶ019٢२๒ -_.'’#/&%\u0301\u200b\u202eжЙїσΣאבّابةचुनাক্選挙投票ガあเลืกตั้กးွ선거")
JAMO = unicodedata.normalize("NFD", "선거")
TEXTS = st.text(alphabet=ALPHABET, max_size=40)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        pytest.param("Where do I vote-by-mail?", ("where", "do", "i", "vote", "by", "mail"), id="hyphens"),
        pytest.param("vote‐by‑mail–now—please", ("vote", "by", "mail", "now", "please"), id="four other dashes"),
        pytest.param("L'élection d’Hondt", ("l", "election", "d", "hondt"), id="both apostrophes"),
        pytest.param("snake_case", ("snake", "case"), id="underscore"),
        pytest.param("wahl2026 2026wahl", ("wahl", "2026", "2026", "wahl"), id="a year at either end"),
        pytest.param("wahl26 26wahl", ("wahl", "26", "26wahl"), id="two digits part at the end only"),
        pytest.param("wahl٢٠٢٦", ("wahl", "2026"), id="a year in other digits"),
        pytest.param("vote4me a1b2", ("vote4me", "a1b2"), id="a digit inside a word"),
        pytest.param("投票所 AI", ("投票所", "ai"), id="a stretch of Han"),
        pytest.param("AI投票2026年", ("ai", "投票", "2026", "年"), id="Han beside Latin letters and a year"),
        pytest.param("ကောက်ခံ", ("ကောက်ခံ",), id="a stretch of Burmese"),
        pytest.param("เลือกตั้ง๒๕๖๙", ("เลือกตั้ง", "2569"), id="a Thai year behind its word"),
        pytest.param("선거는 언제", ("선거는", "언제"), id="Korean"),
        pytest.param("مرکز رأی‌گیری", ("مركز", "رايگيري"), id="Persian zero-width non-joiner"),
        pytest.param("!!! 🗳️", (), id="nothing left"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_words(text: str, tokens: tuple[str, ...]) -> None:
    assert tokenise(text) == tokens


@given(TEXTS)
def test_words_are_made_of_the_same_words(text: str) -> None:
    assert tokenise(" ".join(tokenise(text))) == tokenise(text)


@given(st.text(alphabet=st.sampled_from("abc XYZ  "), max_size=30))
def test_plain_latin_words_have_a_short_way_to_the_same_end(text: str) -> None:
    assert tokenise(text) == tokenise(f"{text} é")[:-1]


def test_texts_past_the_bound_are_refused() -> None:
    with pytest.raises(TextTooLong):
        tokenise("a" * (LONGEST + 1))
    assert tokenise("é" * LONGEST) == ("e" * LONGEST,)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("VoteByMail2026", ("vote", "by", "mail", "2026")),
        ("USElection_day", ("us", "election", "day")),
        ("ÉlectionsPrésidentielles", ("elections", "presidentielles")),
        ("ВыборыРФ2026", ("выборы", "рф", "2026")),
        ("जनमत2024", ("जनमत", "2024")),
        ("निर्वाचन२०८४", ("निर्वाचन", "2084")),
        ("投票所2026", ("投票所", "2026")),
        ("votebymail", ("votebymail",)),
        pytest.param("𝐕𝐨𝐭𝐞𝐁𝐲𝐌𝐚𝐢𝐥", ("vote", "by", "mail"), id="capitals that have no small letters"),
    ],
)
def test_hashtags_are_split_by_their_own_signs(body: str, words: tuple[str, ...]) -> None:
    assert tag_words(body) == words


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        pytest.param("go #Wahl now", (("Wahl", 4),), id="among words"),
        pytest.param("#a#b", (("a", 1),), id="the second sign stands inside a word"),
        pytest.param("#a #b", (("a", 1), ("b", 4)), id="two"),
        pytest.param("＃投票所へ", (("投票所へ", 1),), id="the full-width sign"),
        pytest.param("#चुनाव", (("चुनाव", 1),), id="with marks"),
        pytest.param("#رأی‌گیری", (("رأی‌گیری", 1),), id="with a zero-width non-joiner"),
        pytest.param("#vote-now", (("vote", 1),), id="up to a hyphen"),
        pytest.param("a#b &#39; x/#y ##z", (), id="inside a word, an entity, behind a slash, doubled"),
        pytest.param("# vote", (), id="a lone sign"),
    ],
)
def test_hashtags_are_told_from_other_signs(text: str, tags: tuple[tuple[str, int], ...]) -> None:
    assert split_tags(text)[1] == tags


@given(TEXTS)
def test_blanking_tags_and_links_out_keeps_every_position(text: str) -> None:
    rest, tags = split_tags(without_links(text))
    assert len(rest) == len(text)
    assert all(text[start : start + len(body)] == body for body, start in tags)
    assert all(kept in {" ", typed} for kept, typed in zip(rest, text, strict=True))


def test_a_fragment_or_a_word_in_a_link_is_no_search() -> None:
    assert split_tags(without_links("see https://example.org/vote#wahl #Wahl"))[1] == (("Wahl", 35),)
    assert tokenise(without_links("see www.example.org/vote now")) == ("see", "now")
    assert tokenise(without_links("HTTP://EXAMPLE.ORG/VOTE yes/no")) == ("yes", "no")


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("1989", False), ("1990", True), ("2026", True), ("2099", True), ("2100", False),
        ("2532", False), ("2533", True), ("2569", True), ("2642", True), ("2643", False),
        ("1394", False), ("1395", True), ("1447", True), ("1479", True), ("1480", False),
        ("26", False), ("20260", False), ("year", False),
    ],
)  # fmt: skip
def test_years_in_three_calendars(token: str, *, expected: bool) -> None:
    assert is_year(token) is expected


@pytest.mark.parametrize(
    ("token", "expected"),
    [("投票", True), ("ガ", True), ("เลือก", True), ("ເລືອກ", True), ("បោះ", True), ("ရွေး", True), ("선거", False), ("चुनाव", False), ("vote", False)],
)  # fmt: skip
def test_scripts_without_spaces(token: str, *, expected: bool) -> None:
    assert is_spaceless(token) is expected


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        pytest.param("เลือกตั้ง", 9, True, id="at the end"),
        pytest.param("เลือกตั้ง", 7, False, id="before a Thai vowel mark"),
        pytest.param("ကောက်", 4, False, id="before a Burmese asat"),
        pytest.param("投票所", 2, True, id="between Han letters"),
    ],
)
def test_a_substring_ends_where_a_cluster_ends(text: str, end: int, *, expected: bool) -> None:
    assert ends_cleanly(text, end) is expected


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Zähl", ("", "\u0308", "", "")),
        ("a\u0323\u0302 b", ("\u0323\u0302", "")),
        ("æ é", ("", "", "\u0301")),
        ("plain", ("",) * 5),
        ("", ()),
    ],
)
def test_the_marks_each_letter_was_typed_with(text: str, marks: tuple[str, ...]) -> None:
    assert marks_of(text) == marks


@pytest.mark.parametrize(
    ("text", "folded", "shown"),
    [
        pytest.param("Où VOTER à Paris", "voter", "VOTER", id="among accents"),
        pytest.param("ｗｈｅｒｅ　ｔｏ　ｖｏｔｅ", "vote", "ｖｏｔｅ", id="full width"),
        pytest.param("e\u0301lection pre\u0301sidentielle", "presidentielle", "pre\u0301sidentielle", id="decomposed"),
        pytest.param("die Straße", "strasse", "Straße", id="a letter that becomes two"),
        pytest.param("a \ufdfa vote", "vote", "vote", id="behind one that becomes fifteen"),
        pytest.param("𝐯𝐨𝐭𝐞 now", "vote", "𝐯𝐨𝐭𝐞", id="styled letters"),
        pytest.param("v\u200bo\u200bt\u200be!", "vote", "v\u200bo\u200bt\u200be", id="zero-width spaces"),
        pytest.param("go v\u0336o\u0336t\u0336e\u0336!", "vote", "v\u0336o\u0336t\u0336e\u0336", id="struck through"),
        pytest.param("vote-by-mail?", "votebymail", "vote-by-mail", id="over hyphens"),
        pytest.param("私の投票所はどこ", "投票所", "投票所", id="Japanese"),
        pytest.param("วันเลือกตั้งนี้", "เลือกตั้ง", "เลือกตั้ง", id="Thai"),
        pytest.param("أين مركز الاقتراع", "مركزالاقتراع", "مركز الاقتراع", id="Arabic"),
        pytest.param("की चुनाव तिथि", "चुनाव", "चुनाव", id="Hindi"),
        pytest.param("내일 선거는", "선거", "선거", id="Korean, without its particle"),
        pytest.param(f"내일 {JAMO}는", "선거", JAMO, id="Korean in jamo"),
    ],
)  # fmt: skip
def test_letters_of_the_words_lead_back_to_what_was_typed(text: str, folded: str, shown: str) -> None:
    at = "".join(tokenise(text)).index(folded)
    start, end = align(text).span(at, at + len(folded))
    assert text[start:end] == shown


def test_no_letters_stand_nowhere() -> None:
    assert align("").span(0, 4) == (0, 0)
    assert align("vote").span(2, 2) == (0, 0)


@given(TEXTS)
def test_every_word_has_a_place_in_the_text_that_folds_to_it(text: str) -> None:
    alignment, at, before = align(text), 0, 0
    for word in tokenise(text):
        start, end = alignment.span(at, at + len(word))
        assert 0 <= before <= start < end <= len(text)
        assert word in "".join(tokenise(text[start:end]))
        at, before = at + len(word), start


@given(st.text(max_size=40))
def test_the_alignment_counts_the_letters_of_the_words(text: str) -> None:
    letters = "".join(tokenise(text))
    alignment = align(text)
    if letters:
        start, end = alignment.span(0, len(letters))
        assert 0 <= start < end <= len(text)
        assert "".join(tokenise(text[start:end])) == letters
