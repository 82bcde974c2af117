"""What should hold for the words of notices and the scripts of lists."""

from dataclasses import replace

import pytest

from elections.election import Phase
from keywords.lists import KeywordList, Term
from notices.notice import Notice, NoticeKind, Wording, Words
from notices.wording_checks import check_words, scripts_of
from tests.notices.small import live_with

ENGLISH = Wording(
    "How to vote", "Find out how to vote.", "Open", phases={Phase.COUNTING: Words("Counting", "Votes are counted.", "Open it")}
)
RELEASE = live_with([]).release


def codes(language: str, title: str, body: str = "", label: str = "") -> list[str]:
    """The codes for a wording beside the English one, its parts the title where nothing else is said."""
    wording = Wording(title, body or title, label or title)
    notice = Notice("n", NoticeKind.ELECTION_CENTER, {"en": ENGLISH, language: wording})
    return sorted({finding.code for finding in check_words(replace(RELEASE, notices=(notice,), lists=()))})


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("de", "So wählen Sie", [], id="German"),
        pytest.param("de", "Jetzt wählen!", ["not_plain"], id="an exclamation"),
        pytest.param("es", "¡Vote!", ["not_plain"], id="a Spanish exclamation"),
        pytest.param("zh-Hans", "投票！", ["not_plain"], id="a full-width exclamation"),
        pytest.param("de", "Siehe {url}", ["not_plain"], id="a placeholder"),
        pytest.param("de", "Siehe <b>hier</b>", ["not_plain"], id="markup"),
        pytest.param("de", "Siehe https://wahl.example", ["not_plain"], id="a link"),
        pytest.param("de", "Open", ["untranslated"], id="English label"),
        pytest.param("de", "Votes are counted.", ["untranslated"], id="English words of a phase"),
        pytest.param("hi", "मतदान कैसे करें", [], id="Hindi"),
        pytest.param("hi", "matdan kaise karen", ["wrong_script"], id="Hindi in Latin letters"),
        pytest.param("ru", "Как голосовать", [], id="Russian"),
        pytest.param("uk", "How vote", ["wrong_script"], id="Latin letters in Ukrainian"),
        pytest.param("ja", "投票のしかた", [], id="Japanese in two scripts"),
        pytest.param("ko", "투표 방법", [], id="Korean"),
        pytest.param("ar", "كيف تصوت", [], id="Arabic"),
        pytest.param("ar", "راجع موقع USA.gov", ["direction_mark", "wrong_script"], id="Arabic that ends the other way"),
        pytest.param("sr-Latn", "Kako glasati", [], id="Serbian in Latin letters"),
        pytest.param("th", "วิธีลงคะแนน", [], id="Thai, marks and all"),
        pytest.param("fr", "x" * 31, ["wording_too_long"], id="a label too long"),
        pytest.param("fr", " ", ["empty_wording"], id="nothing"),
    ],
)
def test_a_wording_is_checked(language: str, text: str, expected: list[str]) -> None:
    assert codes(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("hi", "मतदान", False),
        ("hi", "matdan", False),
        ("hi", "ভোট", True),
        ("el", "ψήφος", False),
        ("el", "голос", True),
        ("ja", "選挙", False),
    ],
)
def test_a_term_is_in_its_language_s_script_or_romanised(language: str, text: str, found: bool) -> None:  # noqa: FBT001
    lists = (KeywordList("001", language, "voting", (Term(text),)),)
    assert [finding.code for finding in check_words(replace(RELEASE, notices=(), lists=lists))] == (["wrong_script"] if found else [])


def test_scripts_follow_cldr() -> None:
    assert scripts_of("zh-Hant") == ("Han",)
    assert scripts_of("pa") == ("Gurmukhi",)
    assert scripts_of("ur") == ("Arabic",)
    assert scripts_of("sr") == ("Cyrillic", "Latin")
