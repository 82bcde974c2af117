"""Which terms a search means, by which layer, and where they stand."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keywords.index import build_index
from keywords.lists import EVASION_LAYERS, KeywordList, Layer, Layers, MatchKind, RealWords, Term
from keywords.matcher import Findings, Match, Reason, Texts, find

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
    KeywordList("001", "my", "election", (Term("ရွေးကောက်"),)),
    KeywordList("001", "km", "election", (Term("បោះឆ្នោត"),)),
    KeywordList("001", "lo", "election", (Term("ເລືອກຕັ້ງ"),)),
    KeywordList("001", "ar", "election", (Term("الانتخابات", ("انتخابات",)), Term("مركز الاقتراع"))),
    KeywordList("001", "he", "election", (Term("בחירות"),)),
    KeywordList("001", "ko", "election", (Term("선거"), Term("투표소"))),
    KeywordList("001", "hi", "election", (Term("चुनाव"),)),
    KeywordList("001", "sr", "election", (Term("избори"),)),
    KeywordList("001", "ru", "election", (Term("явка избирателей"),)),
    KeywordList("001", "mul", "", (), unless=("eurovision",)),
    KeywordList("DE", "de", "election", (Term("Bundestagswahl"),), blocked=("Wahlen",)),
)  # fmt: skip
INDEX = build_index(LISTS, ("Bayern", "India", "Texas", "New York"), RealWords(("selection", "reelections"), ("erection",)))


def search(
    query: str = "", *, hashtags: tuple[str, ...] = (), text: str = "", regions: tuple[str, ...] = ("001",), in_season: bool = True
) -> Findings:
    return find(INDEX, Texts(query, hashtags, text), regions, in_season=in_season)


def found(
    query: str = "", *, hashtags: tuple[str, ...] = (), text: str = "", regions: tuple[str, ...] = ("001",), in_season: bool = True
) -> set[str]:
    findings = search(query, hashtags=hashtags, text=text, regions=regions, in_season=in_season)
    return {match.entry.term.text for match in findings.matches}


def only(query: str, *terms: Term, language: str = "en") -> dict[str, Match]:
    """The matches of terms that stand in a list by themselves, by their texts."""
    index = build_index([KeywordList("001", language, "voting", terms)])
    return {match.entry.term.text: match for match in find(index, Texts(query), ("001",), in_season=True).matches}


@pytest.mark.parametrize(
    ("query", "term"),
    [
        pytest.param("nearest POLLING-STATION please", "polling place", id="a form, hyphenated, in capitals"),
        pytest.param("polling/place", "polling place", id="a slash between words"),
        pytest.param("how to votebymail", "vote by mail", id="joined words"),
        pytest.param("pol ling place", "polling place", id="split words"),
        pytest.param("byelection", "by-election", id="a hyphen left out"),
        pytest.param("vote", "vote", id="the whole query"),
        pytest.param("VOTE!", "vote", id="the whole query, shouted"),
        pytest.param("vote for mayor", "vote", id="with context"),
        pytest.param("vote 2026", "vote", id="with a year"),
        pytest.param("vote2026", "vote", id="with a year written to it"),
        pytest.param("vote २०२६", "vote", id="with a year in Devanagari digits"),
        pytest.param("vote ๒๕๖๙", "vote", id="with a Buddhist year in Thai digits"),
        pytest.param("vote ۱۴۰۵", "vote", id="with an Iranian year in Persian digits"),
        pytest.param("how do I register so I can vote", "register vote", id="all words, any order"),
        pytest.param("what is gerrymandering", "gerrymander", id="the beginning of a word"),
        pytest.param("election's date", "election", id="a possessive"),
        pytest.param("l’election", "election", id="behind an apostrophe"),
        pytest.param("(election)", "election", id="in brackets"),
        pytest.param("election_day", "election", id="before an underscore"),
        pytest.param("Wahlen in Bayern", "Wahlen", id="German"),
        pytest.param("waehler", "Wähler", id="umlaut written out"),
        pytest.param("最寄りの投票所はどこ", "投票所", id="Japanese without spaces"),
        pytest.param("NEWS投票所2026", "投票所", id="Japanese between Latin letters and a year"),
        pytest.param("投 票 所", "投票所", id="Japanese with spaces"),
        pytest.param("วันเลือกตั้งวันไหน", "เลือกตั้ง", id="Thai without spaces"),
        pytest.param("ရွေးကောက်ပွဲ", "ရွေးကောက်", id="Burmese without spaces"),
        pytest.param("ការបោះឆ្នោត", "បោះឆ្នោត", id="Khmer without spaces"),
        pytest.param("การเลือกตัง", "เลือกตั้ง", id="Thai without its tone mark"),
        pytest.param("ການເລືອກຕັງ", "ເລືອກຕັ້ງ", id="Lao without its tone mark"),
        pytest.param("موعد بالانتخابات", "الانتخابات", id="Arabic with a prefix"),
        pytest.param("الانْتِخَابات", "الانتخابات", id="Arabic with harakat"),
        pytest.param("مركز اقتراع", "مركز الاقتراع", id="Arabic without its article"),
        pytest.param("אין אני מצביע לבחירות", "בחירות", id="Hebrew with a prefix"),
        pytest.param("선거는 언제", "선거", id="Korean with a particle"),
        pytest.param("चुनाव की तारीख", "चुनाव", id="Hindi"),
        pytest.param("चु\u200dनाव", "चुनाव", id="Hindi with a joiner"),
        pytest.param("izbori u Srbiji", "избори", id="Serbian in the other script"),
        pytest.param("явка 投票所 избирателей", "投票所", id="mixed scripts"),
    ],
)
def test_a_search_is_caught(query: str, term: str) -> None:
    assert term in found(query)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("natural selection", id="inside another word"),
        pytest.param("reelections", id="a word with something before"),
        pytest.param("a common erection", id="a rare word that lies near"),
        pytest.param("electronic", id="a word that begins alike"),
        pytest.param("vote for pizza", id="no context"),
        pytest.param("vote 1066", id="a number that is no year"),
        pytest.param("vote idol mayor", id="vetoed by the term"),
        pytest.param("kafka polling station", id="vetoed by the list"),
        pytest.param("eurovision election", id="vetoed everywhere"),
        pytest.param("register", id="one of two words"),
        pytest.param("place polling", id="the words in the other order"),
        pytest.param("polling a place", id="a word in between"),
        pytest.param("gerry mandolin", id="half a beginning"),
        pytest.param("人気投票", id="a Japanese compound"),
        pytest.param("投げ票", id="a letter in between"),
        pytest.param("เลือกตัวไหน", id="Thai, another word of the same beginning"),
        pytest.param("ရွေးကော", id="Burmese, cut short"),
        pytest.param("ivoted", id="a hashtag's word without its sign"),
        pytest.param("https://example.org/election", id="inside a link"),
        pytest.param("https://example.org/#election", id="a fragment of a link"),
        pytest.param("www.example.org/?q=election", id="inside a link without a scheme"),
        pytest.param("Bundestagswahl", id="another region's term"),
        pytest.param("", id="nothing"),
        pytest.param("!?", id="signs"),
    ],
)
def test_other_searches_are_left_alone(query: str) -> None:
    assert found(query) == set()


@pytest.mark.parametrize(
    ("tag", "term"),
    [
        pytest.param("#iVoted", "#ivoted", id="a tag that is curated as one"),
        pytest.param("ivoted2026", "#ivoted", id="with a year"),
        pytest.param("ivoted26", "#ivoted", id="with two digits of one"),
        pytest.param("#VoteByMail", "vote by mail", id="CamelCase"),
        pytest.param("#vote_by_mail", "vote by mail", id="underscores"),
        pytest.param("#votebymail2026", "vote by mail", id="joined lower case and a year"),
        pytest.param("#2026votebymail", "vote by mail", id="a year before"),
        pytest.param("＃ElectionDay", "election", id="the full-width sign"),
        pytest.param("#indiaelection", "election", id="a country before"),
        pytest.param("#wahlenbayern2026", "Wahlen", id="a country behind, and a year"),
        pytest.param("#newyorkelection", "election", id="a city of two words"),
        pytest.param("#elction", "election", id="mistyped"),
        pytest.param("#ivotd", "#ivoted", id="a curated tag, mistyped"),
        pytest.param("#electionics", "election", id="two letters past a form"),
        pytest.param("#चुनाव2024", "चुनाव", id="Hindi with a year"),
        pytest.param("#चुनाव२०८१", "चुनाव", id="a Bikram Sambat year in Devanagari digits"),
        pytest.param("#เลือกตั้ง๒๕๖๙", "เลือกตั้ง", id="a Buddhist year in Thai digits"),
        pytest.param("#انتخابات۱۴۰۴", "الانتخابات", id="an Iranian year in Persian digits"),
        pytest.param("#선거2026", "선거", id="Korean with a year"),
        pytest.param("#投票所", "投票所", id="Japanese"),
        pytest.param("#投票へ行こう", "投票", id="Japanese, a sentence"),
    ],
)
def test_hashtags_are_read_whole(tag: str, term: str) -> None:
    assert term in found(hashtags=(tag,))
    assert term in found(f"look {tag if tag[0] in '#＃' else '#' + tag}")
    assert term in found(text=f"look {tag if tag[0] in '#＃' else '#' + tag} there")


@pytest.mark.parametrize(
    "tag", ["#selection", "#natoelectionxyz", "#pollutelection", "#electionxyz", "#ivotedtoday", "#人気投票", "#2026", "#"]
)
def test_a_hashtag_with_letters_left_over_is_left_alone(tag: str) -> None:
    assert found(hashtags=(tag,)) == set()


def test_a_hashtag_shows_the_whole_of_it() -> None:
    (match,) = search("see #IndiaElection now").matches
    assert (match.field.name, match.span()) == ("query#0", (5, 18))
    (match,) = search(hashtags=("x", "#IndiaElection")).matches
    assert (match.field.name, match.span()) == ("hashtag:1", (0, 13))


def test_a_typed_accent_counts_only_where_terms_differ_by_it() -> None:
    assert found("wählen") == {"wählen"}
    assert found(unicodedata.normalize("NFD", "wählen")) == {"wählen"}
    assert found("wahlen") == {"Wahlen", "wählen"}
    assert found("wàhlen") == {"Wahlen", "wählen"}


def test_season_only_terms_wait_for_a_season() -> None:
    findings = search("vote", in_season=False)
    assert findings.matches == ()
    assert {fallen.reason for fallen in findings.rejected} == {Reason.SEASON, Reason.CONTEXT}


@pytest.mark.parametrize(
    ("query", "term", "reason", "word"),
    [
        pytest.param("vote for pizza", "vote", Reason.CONTEXT, None, id="no context"),
        pytest.param("vote idol mayor", "vote", Reason.VETO, "idol", id="the term's own veto"),
        pytest.param("polling place kafka", "polling place", Reason.VETO, "kafka", id="the list's veto"),
        pytest.param("eurovision election", "election", Reason.VETO, "eurovision", id="the veto of all lists"),
        pytest.param("人気投票", "投票", Reason.VETO, "人気投票", id="an exclusion compound"),
    ],
)
def test_a_candidate_that_falls_says_why(query: str, term: str, reason: Reason, word: str | None) -> None:
    assert (term, reason, word) in {(fallen.match.entry.term.text, fallen.reason, fallen.word) for fallen in search(query).rejected}


def test_a_region_adds_its_own_lists_and_blocks_inherited_terms() -> None:
    assert found("Bundestagswahl", regions=("DE", "001")) == {"Bundestagswahl"}
    assert found("Wahlen", regions=("DE", "001")) == {"wählen"}
    assert Reason.BLOCKED in {fallen.reason for fallen in search("Wahlen", regions=("DE", "001")).rejected}


def test_a_veto_of_all_lists_holds_below_its_region_only() -> None:
    lists = (KeywordList("001", "en", "voting", (Term("election"),)), KeywordList("DE", "mul", "", (), unless=("gala",)))
    index = build_index(lists)
    assert find(index, Texts("election gala"), ("001",), in_season=True).matches != ()
    assert find(index, Texts("election gala"), ("DE", "001"), in_season=True).matches == ()


@pytest.mark.parametrize(
    ("query", "regions", "answered"),
    [
        pytest.param("referendum", ("001",), {"af", "en"}, id="spelt alike"),
        pytest.param("referendum pizza toppings", ("001",), set(), id="vetoed by one file, vetoed for both"),
        pytest.param("volkstemming pizza toppings", ("001",), {"af"}, id="a word of its own is not"),
        pytest.param("referendum club", ("001",), {"af", "en"}, id="another region's vetoes"),
        pytest.param("referendum club", ("GB", "001"), set(), id="hold in that region"),
        pytest.param("deepfake film", ("001",), {"en"}, id="what is about films is no vote"),
    ],
)
def test_a_word_that_languages_spell_alike_has_the_vetoes_of_all_of_them(query: str, regions: tuple[str, ...], answered: set[str]) -> None:
    lists = (
        KeywordList("001", "en", "election", (Term("referendum"),), unless=("pizza",)),
        KeywordList("001", "af", "election", (Term("referendum"), Term("volkstemming"))),
        KeywordList("GB", "cy", "voting", (Term("referendum"),), unless=("club",)),
        KeywordList("001", "en", "synthetic_media", (Term("deepfake"),)),
        KeywordList("001", "fr", "synthetic_media", (Term("deepfake"),), unless=("film",)),
    )
    found_in = {match.entry.of.language for match in find(build_index(lists), Texts(query), regions, in_season=True).matches}
    assert found_in - {"cy"} == answered


def test_a_context_word_does_not_count_inside_the_match_itself() -> None:
    term = Term("town vote", near=("vote", "council"))
    assert only("town vote", term) == {}
    assert "town vote" in only("town vote council", term)


def test_text_and_query_give_each_other_context() -> None:
    assert "vote" in found("vote", text="the mayor")
    assert "vote" in found("go vote", text="the mayor")
    assert found("go vote", text="the idol mayor") == set()
    assert "vote" in found("go vote", hashtags=("#mayor",))


def test_an_exact_term_is_the_whole_query_or_a_whole_tag_but_no_post() -> None:
    term = Term("vote", match=MatchKind.EXACT)
    index = build_index([KeywordList("001", "en", "voting", (term,))])

    def count(**texts) -> int:
        return len(find(index, Texts(**texts), ("001",), in_season=True).matches)

    assert count(query="Vote?") == count(hashtags=("vote",)) == count(text="see #vote") == 1
    assert count(query="vote now") == count(text="vote") == 0


INFLECTED = [
    pytest.param("ru", ("выборы", "выборов"), "выборами", id="Russian"),
    pytest.param("uk", ("вибори", "виборів"), "виборах", id="Ukrainian"),
    pytest.param("pl", ("wybory", "wyborów"), "wyborach", id="Polish"),
    pytest.param("cs", ("volby", "volbách"), "volbami", id="Czech"),
    pytest.param("bg", ("гласоподавател", "избори", "изборите"), "изборите", id="Bulgarian"),
    pytest.param("hr", ("izbori", "izbora"), "izborima", id="Croatian"),
    pytest.param("lt", ("rinkimai", "rinkimų"), "rinkimuose", id="Lithuanian"),
    pytest.param("fi", ("vaalit", "vaaleissa", "vaalien"), "vaaleista", id="Finnish"),
    pytest.param("et", ("valimised", "valimiste"), "valimistel", id="Estonian"),
    pytest.param("hu", ("választások", "választásokon"), "választásokat", id="Hungarian"),
    pytest.param("tr", ("seçimler", "seçimlerde"), "seçimlerden", id="Turkish"),
    pytest.param("kk", ("сайлаулар", "сайлауларда"), "сайлаулардың", id="Kazakh"),
    pytest.param("el", ("εκλογές", "εκλογών"), "εκλογων", id="Greek"),
    pytest.param("hy", ("ընտրությունները", "ընտրություններ"), "ընտրություններում", id="Armenian"),
    pytest.param("sw", ("kupiga kura",), "nimepiga kura", id="Swahili, one witness is enough for a beginning"),
    pytest.param("zu", ("ukuvota",), "ngivota", id="Zulu"),
]


@pytest.mark.parametrize(("language", "forms", "typed"), INFLECTED)
def test_a_word_with_two_witnesses_takes_the_other_endings(language: str, forms: tuple[str, ...], typed: str) -> None:
    (match,) = only(typed, Term(forms[0], forms[1:], typos=Layers.OFF), language=language).values()
    assert match.edits == 0
    assert match.span() == (0, len(typed))


@pytest.mark.parametrize(
    ("language", "forms", "typed"),
    [
        pytest.param("ru", ("выборы",), "выборами", id="Russian with one witness"),
        pytest.param("hu", ("választások",), "választásokat", id="Hungarian with one witness"),
        pytest.param("ru", ("выборы", "выборов"), "выбор", id="Russian singular"),
        pytest.param("hu", ("választások", "választásokon"), "választás", id="Hungarian singular"),
        pytest.param("ru", ("выборы", "выборов"), "выборный", id="another word with the stem"),
        pytest.param("ru", ("выборы", "выборов"), "перевыборами", id="inside another word"),
        pytest.param("tr", ("seçimler", "seçimlerde"), "seçimlerce", id="an ending that is none of it"),
        pytest.param("en", ("elections", "electionss"), "electionsov", id="a language without endings"),
    ],
)
def test_no_other_word_is_an_inflection(language: str, forms: tuple[str, ...], typed: str) -> None:
    assert only(typed, Term(forms[0], forms[1:], typos=Layers.OFF), language=language) == {}


@pytest.mark.parametrize(
    ("language", "term", "typed", "shown"),
    [
        pytest.param("ko", "선거", "내일 선거는", "선거는", id="Korean particle"),
        pytest.param("ar", "انتخابات", "قبل والانتخابات", "والانتخابات", id="Arabic and the"),
        pytest.param("he", "בחירות", "אני לבחירות", "לבחירות", id="Hebrew to"),
        pytest.param("am", "ምርጫ", "በምርጫ", "በምርጫ", id="Amharic in"),
    ],
)
def test_attached_particles_and_prefixes_are_named_and_shown(language: str, term: str, typed: str, shown: str) -> None:
    match = only(typed, Term(term), language=language)[term]
    assert match.hit.layer is Layer.ATTACHED
    assert typed[slice(*match.span())] == shown


@pytest.mark.parametrize(
    ("language", "term", "typed"),
    [
        pytest.param("ko", "선거", "재선거인", id="Korean with something before"),
        pytest.param("ar", "بلد", "وبلدي", id="Arabic with something behind"),
        pytest.param("he", "קול", "שוקולד", id="inside a Hebrew word"),
    ],
)
def test_nothing_fires_inside_a_word_of_a_script_with_prefixes(language: str, term: str, typed: str) -> None:
    assert only(typed, Term(term), language=language) == {}


NEAR = [
    pytest.param("elecion", "election", 1, "elecion", id="one letter left out"),
    pytest.param("vote by psot", "vote by post", 1, "vote by psot", id="in the third word"),
    pytest.param("the electoin day", "election", 1, "electoin", id="two swapped, among words"),
    pytest.param("elektoins", "elections", 2, "elektoins", id="two edits in nine letters"),
    pytest.param("poling place", "polling place", 1, "poling place", id="in a phrase"),
    pytest.param("poling plcae", "polling place", 2, "poling plcae", id="twice in a phrase"),
    pytest.param("voet by mail", "vote by mail", 1, "voet by mail", id="a short word inside a long phrase"),
    pytest.param("voet now", "vote now", 1, "voet now", id="a short word in a phrase of seven letters"),
    pytest.param("polingplace", "polling place", 1, "polingplace", id="run together and mistyped"),
    pytest.param("투퓨소", "투표소", 1, "투퓨소", id="one jamo"),
    pytest.param("चुणाव", "चुनाव", 1, "चुणाव", id="Hindi"),
    pytest.param("الانتخبات", "الانتخابات", 1, "الانتخبات", id="Arabic"),
    pytest.param("วันเลือกตัง", "เลือกตั้ง", 1, "เลือกตัง", id="Thai, a tone mark left out"),
    pytest.param("วันเลอกตั้ง", "เลือกตั้ง", 1, "เลอกตั้ง", id="Thai, a vowel left out"),
    pytest.param("사전표투소", "사전투표소", 1, "사전표투소", id="Hangul, two syllables swapped"),
    pytest.param("사전투소", "사전투표소", 1, "사전투소", id="Hangul, a syllable left out"),
    pytest.param("선꺼 공보", "선거 공보", 1, "선꺼 공보", id="one jamo of a short word in a phrase"),
]


@pytest.mark.parametrize(("typed", "term", "edits", "shown"), NEAR)
def test_a_near_miss_is_named_counted_and_shown(typed: str, term: str, edits: int, shown: str) -> None:
    match = only(typed, Term(term))[term]
    assert (match.hit.layer, match.edits) == (Layer.NEAR, edits)
    assert typed[slice(*match.span())] == shown


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        pytest.param("voet", "vote", id="four letters"),
        pytest.param("elektoin", "election", id="two edits in eight letters"),
        pytest.param("voet on", "vote on", id="a short word in a phrase of six letters"),
        pytest.param("선고", "선거", id="two syllables"),
        pytest.param("poiing plcas", "polling place", id="three edits in a phrase"),
        pytest.param("2027", "2026", id="a number"),
    ],
)
def test_more_than_a_word_forgives_is_no_near_miss(typed: str, term: str) -> None:
    assert only(typed, Term(term)) == {}


def test_real_words_are_typos_never_or_inside_phrases_only() -> None:
    lists = [KeywordList("001", "en", "voting", (Term("election"), Term("election office")))]
    index = build_index(lists, (), RealWords(common=("selection",), rare=("erection",)))

    def count(query: str) -> int:
        return len(find(index, Texts(query), ("001",), in_season=True).matches)

    assert [count(query) for query in ("selection", "selection office", "erection", "erection office", "electoin")] == [0, 0, 0, 1, 1]


def test_words_of_languages_without_known_words_are_mistyped_inside_phrases_only() -> None:
    lists = [KeywordList("001", "tlh", "voting", (Term("wivmeh"), Term("wivmeh hoch")))]
    index = build_index(lists, (), RealWords(common=("x",), languages=("en",)))

    def names(query: str) -> set[str]:
        return {match.entry.term.text for match in find(index, Texts(query), ("001",), in_season=True).matches}

    assert names("wivmeg") == set()
    assert names("wivmeg hoch") == {"wivmeh hoch"}


@pytest.mark.parametrize("typed", [case.values[0] for case in NEAR])
def test_typos_off_switches_near_misses_off(typed: str) -> None:
    terms = tuple(Term(case.values[1], typos=Layers.OFF) for case in NEAR)
    assert only(typed, *terms) == {}


HIDDEN = [
    pytest.param("bаllot", "ballot", Layer.LOOK_ALIKE, "bаllot", id="a Cyrillic letter"),
    pytest.param("see rnayor", "mayor", Layer.LOOK_ALIKE, "rnayor", id="two letters for one"),
    pytest.param("выбopы", "выборы", Layer.LOOK_ALIKE, "выбopы", id="Latin letters in a Cyrillic word"),
    pytest.param("my b4ll0t", "ballot", Layer.LEET, "b4ll0t", id="digits"),
    pytest.param("выб0ры", "выборы", Layer.LEET, "выб0ры", id="a digit in a Cyrillic word"),
    pytest.param("b@llot box", "ballot", Layer.LEET, "b@llot", id="a symbol"),
    pytest.param("b*llot", "ballot", Layer.STARRED, "b*llot", id="a star"),
    pytest.param("v_te", "vote", Layer.STARRED, "v_te", id="a stroke"),
    pytest.param("baaaallot", "ballot", Layer.REPEATED, "baaaallot", id="one letter repeated"),
    pytest.param("vvoottee", "vote", Layer.REPEATED, "vvoottee", id="every letter doubled"),
    pytest.param("선선거거", "선거", Layer.REPEATED, "선선거거", id="every syllable doubled"),
    pytest.param("%76ote", "vote", Layer.ENCODED, "%76ote", id="percent"),
    pytest.param("&#118;ote", "vote", Layer.ENCODED, "&#118;ote", id="an HTML entity"),
    pytest.param("\\u0076ote", "vote", Layer.ENCODED, "\\u0076ote", id="backslash"),
    pytest.param("%25%37%36ote", "vote", Layer.ENCODED, "%25%37%36ote", id="percent twice"),
    pytest.param("go vybory", "выборы", Layer.ROMANISED, "vybory", id="in Latin letters"),
]


@pytest.mark.parametrize(("typed", "term", "layer", "shown"), HIDDEN)
def test_a_disguised_word_is_found_named_and_shown(typed: str, term: str, layer: Layer, shown: str) -> None:
    match = only(typed, Term(term))[term]
    assert (match.hit.layer, match.edits) == (layer, 0)
    assert typed[slice(*match.span())] == shown


@pytest.mark.parametrize("typed", ["v o t e", "v.o.t.e", "go v - o - t - e now", "v o t e   n o w"])
def test_letters_set_apart_are_found_and_named(typed: str) -> None:
    match = only(typed, Term("vote"))["vote"]
    assert (match.hit.layer, match.edits) == (Layer.SPACED, 0)
    assert match.span()[0] == typed.index("v")


@pytest.mark.parametrize(("typed", "term", "layer", "shown"), [*HIDDEN, pytest.param("v o t e", "vote", Layer.SPACED, "", id="spaced")])
def test_a_layer_is_switched_off_for_one_term_by_its_name_or_with_all_the_others(typed: str, term: str, layer: Layer, shown: str) -> None:
    assert layer in EVASION_LAYERS
    for barred in (Term(term, without=(layer,), typos=Layers.OFF), Term(term, evasion=Layers.OFF, typos=Layers.OFF)):
        index = build_index([KeywordList("001", "en", "voting", (barred,))])
        findings = find(index, Texts(typed), ("001",), in_season=True)
        assert findings.matches == ()
        if layer is not Layer.ROMANISED:
            assert [fallen.reason for fallen in findings.rejected] == [Reason.LAYER_OFF]
    others = tuple(other for other in EVASION_LAYERS if other is not layer)
    assert term in only(typed, Term(term, without=others))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("go v\u200bo\u200bt\u200be!", "v\u200bo\u200bt\u200be", id="zero-width spaces"),
        pytest.param("go \u202evo\u2066te!", "vo\u2066te", id="bidi controls"),
        pytest.param("go v\u0336o\u0336t\u0336e\u0336!", "v\u0336o\u0336t\u0336e\u0336", id="struck through"),
        pytest.param("go v\u0300\u0316\u0301\u0317ote", "v\u0300\u0316\u0301\u0317ote", id="stacked marks"),
        pytest.param("go 𝓿𝓸𝓽𝓮", "𝓿𝓸𝓽𝓮", id="mathematical letters"),
        pytest.param("go 🅥🅞🅣🅔", "🅥🅞🅣🅔", id="circled letters"),
        pytest.param("go ᴠᴏᴛᴇ", "ᴠᴏᴛᴇ", id="small capitals"),
        pytest.param("go ｖｏｔｅ", "ｖｏｔｅ", id="full width"),
    ],
)
def test_what_has_one_reading_only_is_exact_and_shown(typed: str, shown: str) -> None:
    match = only(typed, Term("vote", evasion=Layers.OFF))["vote"]
    assert match.hit.layer is Layer.EXACT
    assert typed[slice(*match.span())].strip("\u202e") == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("so vote by \u202eliam", "vote by \u202eliam", id="its end"),
        pytest.param("so \u202eetov\u202c by mail", "etov\u202c by mail", id="its beginning"),
        pytest.param("so \u202eliam yb etov", "liam yb etov", id="all of it"),
        pytest.param("lᴉɐɯ ʎq ǝʇoʌ", "lᴉɐɯ ʎq ǝʇoʌ", id="upside down"),
    ],
)
def test_what_reads_backwards_is_shown_as_it_was_typed(typed: str, shown: str) -> None:
    match = only(typed, Term("vote by mail"))["vote by mail"]
    assert match.hit.layer is Layer.LOOK_ALIKE
    assert typed[slice(*match.span())] == shown


def test_a_tag_with_a_star_keeps_its_own_words() -> None:
    index = build_index([KeywordList("001", "en", "voting", (Term("polling place"),))])
    findings = find(index, Texts("", ("MyP*llingPlace",)), ("001",), in_season=True)
    assert [match.hit.layer for match in findings.matches] == [Layer.STARRED]


@pytest.mark.parametrize(
    ("typed", "layer", "shown"),
    [
        pytest.param("nearest Polling-Place!", Layer.EXACT, "Polling-Place", id="hyphenated"),
        pytest.param("nearest pollingplace!", Layer.JOINED, "pollingplace", id="joined"),
        pytest.param("nearest pol ling place!", Layer.JOINED, "pol ling place", id="split"),
        pytest.param("nearest polling pl ace!", Layer.JOINED, "polling pl ace", id="split in the second word"),
        pytest.param("nearest#PollingPlace! #PollingPlace", Layer.EXACT, "PollingPlace", id="a tag"),
    ],
)
def test_spaces_may_differ(typed: str, layer: Layer, shown: str) -> None:
    match = only(typed, Term("polling place"))["polling place"]
    assert match.hit.layer is layer
    assert typed[slice(*match.span())] == shown


def test_short_words_are_not_put_together() -> None:
    assert only("vo te", Term("vote")) == {}
    assert only("ele ction", Term("election")).keys() == {"election"}


def test_matches_stand_surest_first() -> None:
    found = only("b4llot electoin vote", Term("ballot"), Term("election"), Term("vote"))
    assert list(found) == ["vote", "election", "ballot"]


def test_each_term_answers_once_by_its_surest_layer() -> None:
    (match,) = search("electoin election").matches
    assert (match.hit.layer, match.span()) == (Layer.EXACT, (9, 17))


def test_composed_and_decomposed_searches_find_the_same() -> None:
    for query in ("wählen", "Wähler", "선거는", "चुनाव", "投票所", "เลือกตั้ง", "الانْتِخَابات"):
        assert found(unicodedata.normalize("NFC", query)) == found(unicodedata.normalize("NFD", query)) != set()


PIECES = st.sampled_from(
    ["vote", "b4llot", "electoin", "#vote", "vo te", "v o t e", "%76", "&#118;", "投票所", "人気", "เลือก", "ตั้ง", "선거는", "الانتخابات", "избори",
     "wählen",
     "\u200b", "\u0301", "\u202e", "*", "_", "-", ".", "/", "https://x.org/", "2026", "๒๕๖๙", " ", " ", " "]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=9), st.lists(PIECES, max_size=5))
def test_every_match_stands_inside_what_was_typed(pieces: list[str], tag: list[str]) -> None:
    query, hashtag = "".join(pieces), "".join(tag)
    for match in search(query, hashtags=(hashtag,)).matches:
        start, end = match.span()
        typed = query if match.field.name.startswith("query") else hashtag.strip().lstrip("#＃")
        assert 0 <= start < end <= len(typed)


@pytest.mark.parametrize(
    ("typed", "term", "layer", "shown"),
    [
        pytest.param("v o t e", "vote", Layer.SPACED, "v o t e", id="spaced"),
        pytest.param("go v.o.t.e now", "vote", Layer.SPACED, "v.o.t.e", id="dotted"),
        pytest.param("म त दा न", "मतदान", Layer.SPACED, "म त दा न", id="clusters set apart"),
        pytest.param("%E6%8A%95%E7%A5%A8%E6%89%80", "投票所", Layer.ENCODED, "%E6%8A%95%E7%A5%A8%E6%89%80", id="percent in UTF-8"),
        pytest.param("go &#118;ote!", "vote", Layer.ENCODED, "&#118;ote", id="an entity"),
    ],
)
def test_the_whole_disguise_is_shown_as_it_was_typed(typed: str, term: str, layer: Layer, shown: str) -> None:
    match = only(typed, Term(term), language="hi")[term]
    start, end = match.span()
    assert (match.hit.layer, typed[start:end]) == (layer, shown)


@pytest.mark.parametrize(
    ("typed", "layer"),
    [
        pytest.param("eleсtion", Layer.LOOK_ALIKE, id="a Cyrillic letter"),
        pytest.param("electi0n", Layer.LEET, id="a digit"),
        pytest.param("&#101;lection", Layer.ENCODED, id="an entity"),
    ],
)
def test_a_disguise_that_explains_every_letter_is_surer_than_a_typo(typed: str, layer: Layer) -> None:
    (match,) = only(typed, Term("election", ("elections",))).values()
    assert (match.hit.layer, match.edits) == (layer, 0)


def test_the_apostrophe_letter_is_an_apostrophe() -> None:
    assert only("обʼєднання", Term("об'єднання", typos=Layers.OFF), language="uk")


def test_a_context_word_counts_outside_the_match_even_where_it_also_stands_inside() -> None:
    assert "town vote" in only("town vote vote", Term("town vote", near=("vote",)))
    assert "town vote" not in only("town vote", Term("town vote", near=("vote",)))


def test_typed_accents_decide_beside_letters_of_several_parts_too() -> None:
    for before in ("선거", "が", "ガ投"):
        assert only(f"{before} wählen", Term("Wahlen"), Term("wählen"), language="de").keys() == {"wählen"}
