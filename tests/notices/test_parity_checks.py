"""Contestants of a contest are covered alike, or nobody is."""

from dataclasses import replace
from datetime import date

import pytest

from elections.rolls import Contestant, Roll
from keywords.known_checks import Severity
from keywords.lists import KeywordList, Layer, Layers, MatchKind, Term
from notices.parity_checks import check_contestants
from tests.elections.reference_elections import PLACES
from tests.notices.small import live_with

RELEASE = replace(live_with([]).release, lists=())
NAMES = {"a": "Ada Greene", "b": "Bo Stone", "c": "Cy Pond"}
ROLL = Roll("mayor", "US-NY", tuple(Contestant(one, {"en": name}) for one, name in NAMES.items()), "https://city.example", date(2026, 1, 1))
UNEQUAL = (Severity.ERROR, "contestants_unequal")


def term(one: str, text: str = "", **fields: object) -> Term:
    return Term(text or NAMES.get(one, one), contest="mayor", contestant=one, **fields)  # type: ignore[arg-type]


def everybody(**fields: object) -> tuple[Term, ...]:
    return tuple(term(one, **fields) for one in NAMES)


def candidates(*terms: Term, region: str = "US-NY", language: str = "en", topic: str = "candidates", **fields: object) -> KeywordList:
    return KeywordList(region, language, topic, terms, **fields)  # type: ignore[arg-type]


def found(*lists: KeywordList, rolls: tuple[Roll, ...] = (ROLL,)) -> list[tuple[Severity, str, str]]:
    findings = check_contestants(replace(RELEASE, lists=lists, rolls=rolls), PLACES)
    return [(one.severity, one.code, one.place) for one in findings]


def codes(*lists: KeywordList, rolls: tuple[Roll, ...] = (ROLL,)) -> set[tuple[Severity, str]]:
    return {(severity, code) for severity, code, _ in found(*lists, rolls=rolls)}


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param((), id="nobody"),
        pytest.param((Term("candidates"),), id="candidates in general"),
        pytest.param(everybody(), id="everybody"),
        pytest.param(everybody(match=MatchKind.ALL, near=("mayor",), unless=("football",)), id="everybody on the same conditions"),
        pytest.param(tuple(term(one, near=(name.split()[0],)) for one, name in NAMES.items()), id="everybody near their own first name"),
        pytest.param(tuple(term(one, near=("MAYOR", "vote")) for one in "abc"), id="conditions in another case"),
        pytest.param((*everybody(), Term("mayor race", contest="mayor")), id="the contest itself is nobody's"),
        pytest.param((*everybody(), term("a", "Greene, Ada"), term("b", "Stone, Bo"), term("c", "Pond, Cy")), id="two terms each"),
        pytest.param((*everybody(), term("a", "Greene")), id="one more term of the same kind"),
        pytest.param((term("a", forms=("Ада Грин",)), term("b", "Бо Стоун"), term("c", "サイ・ポンド")), id="one in each script"),
        pytest.param(tuple(term(one, forms=(f"#{name}",)) for one, name in NAMES.items()), id="everybody as a hashtag too"),
        pytest.param(everybody(verified_on=None, note="x", confidence="high"), id="notes do not matter"),
    ],
)
def test_who_is_covered_alike_gives_no_finding(terms: tuple[Term, ...]) -> None:
    assert codes(candidates(*terms)) == set()


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param(everybody()[:1], id="one of three"),
        pytest.param(everybody()[:2], id="two of three"),
        pytest.param((*everybody()[:2], term("c", match=MatchKind.EXACT)), id="one by another kind of match"),
        pytest.param((*everybody()[:2], term("c", near=("mayor",))), id="one on a condition"),
        pytest.param((*everybody()[:2], term("c", unless=("fishing",))), id="one with a veto"),
        pytest.param((*everybody()[:2], term("c", near=("Ada",))), id="one near another's name"),
        pytest.param((*everybody()[:2], term("c", typos=Layers.OFF)), id="one without typos"),
        pytest.param((*everybody()[:2], term("c", evasion=Layers.OFF)), id="one without disguises"),
        pytest.param((*everybody()[:2], term("c", without=(Layer.LEET,))), id="one without one layer"),
        pytest.param((*everybody()[:2], term("c", season_only=True)), id="one in season only"),
        pytest.param((*everybody()[:2], term("c", slot="results")), id="one leads to the results"),
        pytest.param((*everybody()[:2], term("c", "#CyPond")), id="one as a hashtag only"),
        pytest.param((*everybody()[:2], term("c", forms=("#CyPond",))), id="one as a hashtag too"),
        pytest.param((*everybody(), term("a", "greene2026", match=MatchKind.EXACT)), id="one in one way more"),
    ],
)
def test_who_is_covered_otherwise_is_an_error(terms: tuple[Term, ...]) -> None:
    assert codes(candidates(*terms)) == {UNEQUAL}


@pytest.mark.parametrize("other", [{"language": "es"}, {"topic": "results"}, {"region": "US"}], ids=["language", "topic", "region"])
def test_everybody_is_in_the_same_lists(other: dict[str, str]) -> None:
    assert codes(candidates(*everybody()), candidates(*everybody(), **other)) == set()
    some = found(candidates(*everybody()), candidates(*everybody()[:2], **other))
    assert some == [(*UNEQUAL, candidates(**other).id)]


@pytest.mark.parametrize(
    ("terms", "rolls", "expected"),
    [
        pytest.param(everybody(), (), "no_roll", id="no roll at all"),
        pytest.param((Term("Ada Greene", contest="sheriff", contestant="a"),), (ROLL,), "no_roll", id="the roll of another contest"),
        pytest.param((Term("sheriff race", contest="sheriff"),), (ROLL,), "no_roll", id="a contest without a roll"),
        pytest.param((Term("Ada", contestant="a"),), (ROLL,), "no_roll", id="a contestant of no contest"),
        pytest.param((*everybody(), term("d", "Di Moss")), (ROLL,), "not_on_roll", id="not on the roll"),
        pytest.param((), (replace(ROLL, contestants=ROLL.contestants[:1] * 2),), "duplicated_contestant", id="twice on the roll"),
        pytest.param((), (ROLL, ROLL), "duplicated_contestant", id="two rolls"),
        pytest.param((), (replace(ROLL, region="XX"),), "unknown_region", id="a roll of nowhere"),
        pytest.param((Term("ada GREENE"),), (ROLL,), "contestant_untagged", id="a name that does not say so"),
        pytest.param((Term("mayor", forms=("Cy Pond",)),), (ROLL,), "contestant_untagged", id="a name among the forms"),
    ],
)
def test_ids_and_rolls_agree(terms: tuple[Term, ...], rolls: tuple[Roll, ...], expected: str) -> None:
    assert codes(candidates(*terms), rolls=rolls) == {(Severity.ERROR, expected)}


@pytest.mark.parametrize(
    ("spellings", "expected"),
    [(1, set()), (2, set()), (3, {(Severity.WARNING, "spellings_unequal")})],
    ids=["as many", "twice as many", "more than twice as many"],
)
def test_more_than_twice_the_spellings_of_another_is_a_warning(spellings: int, expected: set) -> None:
    one = term("a", forms=tuple(f"Ada Green{letter}" for letter in "xyz"[: spellings - 1]))
    assert codes(candidates(one, term("b"), term("c"))) == expected


def test_a_spelling_that_the_matcher_reads_alike_counts_once() -> None:
    assert codes(candidates(term("a", forms=("ADA GREENE", "ada greene", "Ada-Greene")), term("b"), term("c"))) == set()


def test_a_name_in_every_script_is_a_warning_at_most() -> None:
    scripts = ("Ада Грин", "אדה גרין", "アダ・グリーン", "에이다 그린", "अदा ग्रीन")
    assert codes(candidates(term("a", forms=scripts), term("b"), term("c"))) == {(Severity.WARNING, "spellings_unequal")}


@pytest.mark.parametrize("silence", [{"blocked": ("Bo Stone",)}, {"unless": ("bo stone",)}], ids=["blocked", "vetoed"])
def test_no_list_silences_one_of_them(silence: dict[str, tuple[str, ...]]) -> None:
    below = candidates(region="US", topic="voting", **silence)
    assert found(candidates(*everybody()), below) == [(*UNEQUAL, "US/en/voting")]
    name = next(iter(silence))
    assert codes(candidates(*everybody()), candidates(region="US", topic="voting", **{name: tuple(NAMES.values())})) == set()


def test_contests_are_looked_at_one_by_one() -> None:
    other = Roll("sheriff", "US-NY", (Contestant("a", {"en": "Al Marsh"}),), "https://city.example")
    sheriff = Term("Al Marsh", contest="sheriff", contestant="a", match=MatchKind.EXACT)
    assert codes(candidates(*everybody(), sheriff), rolls=(ROLL, other)) == set()
