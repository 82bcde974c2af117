"""A region's official languages are served alike, by its lists and by what runs there."""

from dataclasses import replace

import pytest

from elections.places import Places, Region, RegionKind
from keywords.known_checks import Severity
from keywords.lists import KeywordList, Term
from notices.language_checks import check_languages_alike
from notices.notice import Notice, NoticeKind, Wording
from tests.notices.small import campaign, live_with

RELEASE = replace(live_with([]).release, lists=(), campaigns=())
MISSING, INHERITED = (Severity.ERROR, "topic_missing_in_language"), (Severity.WARNING, "topic_only_inherited")
NO_WORDING = "wording_missing_in_language"


def region(code: str, parent: str | None, *languages: str) -> Region:
    kind = RegionKind.WORLD if parent is None else RegionKind.COUNTRY
    return Region(code, kind, code, parent, languages=languages)


PLACES = Places.of(
    [
        region("001", None, "en"),
        region("AA", "001", "de", "fr"),
        region("AA-1", "AA"),
        region("BB", "001", "ar"),
        region("CC", "001", "sr", "sr-Latn"),
        region("DD", "001", "th", "my", "he"),
        region("PP", "001", "pt", "gn"),
    ]
)


def words(code: str, language: str, *topics: str) -> tuple[KeywordList, ...]:
    return tuple(KeywordList(code, language, topic, (Term("x"),)) for topic in topics or ("voting",))


def found(*lists: KeywordList) -> list[tuple[tuple[Severity, str], str]]:
    return [((one.severity, one.code), one.place) for one in check_languages_alike(replace(RELEASE, lists=lists), PLACES)]


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        pytest.param((), [], id="no lists"),
        pytest.param(words("001", "de"), [], id="no list of its own, nothing owed"),
        pytest.param((*words("AA", "de"), *words("AA", "fr")), [], id="both"),
        pytest.param(words("AA", "de"), [(MISSING, "AA/fr/voting")], id="one"),
        pytest.param(words("AA", "fr"), [(MISSING, "AA/de/voting")], id="the second one"),
        pytest.param((*words("AA", "de"), *words("001", "fr")), [(INHERITED, "AA/fr")], id="the other inherited"),
        pytest.param(
            (*words("AA", "de", "voting", "results"), *words("AA", "fr")), [(MISSING, "AA/fr/results")], id="a topic less in the other"
        ),
        pytest.param(
            (*words("AA", "de"), *words("AA", "fr"), *words("001", "de", "results")),
            [(MISSING, "AA/fr/results")],
            id="inherited by one only",
        ),
        pytest.param(words("AA-1", "de"), [(MISSING, "AA-1/fr/voting")], id="a part of the country owes the country's languages"),
        pytest.param((*words("AA-1", "de"), *words("AA", "fr")), [(INHERITED, "AA-1/fr"), (MISSING, "AA/de/voting")], id="from above"),
        pytest.param(words("BB", "ar"), [], id="one official language"),
        pytest.param(words("CC", "sr"), [], id="Serbian in either script is found by the lists of one"),
        pytest.param((*words("DD", "th"), *words("DD", "my")), [(MISSING, "DD/he/voting")], id="a third one, right to left"),
        pytest.param((*words("PP", "pt-BR"), *words("001", "gn")), [(INHERITED, "PP/gn")], id="a country's own tag is its language"),
        pytest.param((*words("BB", "ar"), *words("BB", "en")), [], id="a language that is not official counts for nothing"),
        pytest.param((KeywordList("AA", "de", "voting", ()),), [], id="a list without terms covers nothing"),
        pytest.param((KeywordList("AA", "mul", "", (Term("x"),)),), [], id="vetoes are no list"),
        pytest.param(words("XX", "de"), [], id="a region that is none is told elsewhere"),
    ],
)
def test_a_topic_in_one_official_language_is_one_in_all(lists: tuple[KeywordList, ...], expected: list) -> None:
    assert found(*lists) == expected


def notice(*languages: str) -> Notice:
    return Notice("n", NoticeKind.ELECTION_CENTER, {language: Wording("t", "b", "l") for language in languages})


@pytest.mark.parametrize(
    ("languages", "regions", "expected"),
    [
        pytest.param(("en", "de", "fr"), ("AA",), [], id="both"),
        pytest.param(("en", "de"), ("AA",), [(Severity.ERROR, "AA/fr/notice n")], id="one of two"),
        pytest.param(("en",), ("AA",), [(Severity.WARNING, f"AA/{one}/notice n") for one in ("de", "fr")], id="neither, English for both"),
        pytest.param(("en",), ("BB",), [(Severity.WARNING, "BB/ar/notice n")], id="the only one"),
        pytest.param(("en", "sr"), ("CC",), [], id="near enough to be given to the reader"),
        pytest.param(("en", "th", "he"), ("DD",), [(Severity.ERROR, "DD/my/notice n")], id="two of three"),
        pytest.param(("en", "de"), ("AA-1",), [(Severity.ERROR, "AA-1/fr/notice n")], id="a part of the country"),
        pytest.param(("en",), ("001",), [], id="the whole world owes English"),
        pytest.param(("en",), ("XX",), [], id="a region that is none is told elsewhere"),
    ],
)
def test_what_runs_in_a_region_speaks_its_official_languages(languages: tuple[str, ...], regions: tuple[str, ...], expected: list) -> None:
    release = replace(RELEASE, notices=(notice(*languages),), campaigns=(campaign("c", "n", regions=regions),))
    findings = list(check_languages_alike(release, PLACES))
    assert [(one.severity, one.place) for one in findings] == expected
    assert {one.code for one in findings} <= {NO_WORDING}


def test_a_wording_is_missed_once_however_many_campaigns_run_it() -> None:
    campaigns = tuple(campaign(f"c{number}", "n", regions=("AA",)) for number in range(3))
    release = replace(RELEASE, notices=(notice("en", "de"),), campaigns=campaigns)
    assert len(list(check_languages_alike(release, PLACES))) == 1
