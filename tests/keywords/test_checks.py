"""What should hold for keyword lists."""

import pytest

from keywords.checks import Finding, Severity, check_lists, errors
from keywords.index import build_index
from keywords.lists import KeywordList, MatchKind, RealWords, Term
from keywords.neighbours import fingerprint


def codes(*lists: KeywordList) -> list[tuple[Severity, str]]:
    return [(finding.severity, finding.code) for finding in check_lists(lists)]


def voting(*terms: Term, **fields) -> KeywordList:
    return KeywordList("001", "en", "voting", terms, **fields)


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        pytest.param(voting(Term("polling place"), must_match=("polling-place?",), must_not_match=("pole",)), [], id="all is well"),
        pytest.param(voting(Term("polling place"), must_match=("ballot box",)), [(Severity.ERROR, "sample_missed")], id="a sample missed"),
        pytest.param(voting(Term("ballot"), must_not_match=("ballot",)), [(Severity.ERROR, "sample_caught")], id="a sample caught"),
        pytest.param(
            voting(Term("ballot"), must_not_match=("balllot",)), [(Severity.ERROR, "sample_caught")], id="a sample caught by a near miss"
        ),
        pytest.param(voting(Term("ballot", season_only=True), must_match=("ballot",)), [], id="samples are searched in season"),
        pytest.param(voting(Term("#ivoted"), must_match=("#iVoted",), must_not_match=("ivoted",)), [], id="a hashtag as a sample"),
        pytest.param(voting(Term("ballot", unless=("box",)), must_not_match=("ballot box",)), [], id="a veto"),
        pytest.param(voting(Term("ballot"), Term("Ballot!")), [(Severity.WARNING, "doubled_term")], id="a term twice"),
        pytest.param(voting(Term("ballot", ("BALLOT",))), [(Severity.WARNING, "doubled_term")], id="a form that is its term"),
        pytest.param(voting(Term("ballot"), Term("#ballot"), Term("ballot", match=MatchKind.EXACT)), [], id="other kinds are no doubles"),
        pytest.param(voting(Term("ballot"), Term("ballot", near=("box",))), [], id="a second one with a condition"),
        pytest.param(voting(Term("ballot"), Term("ballot box")), [(Severity.WARNING, "shadowed_term")], id="a term inside a longer one"),
        pytest.param(voting(Term("ballot"), Term("ballot box", slot="rules")), [], id="a longer one that leads elsewhere"),
        pytest.param(voting(Term("ballot", season_only=True), Term("ballot box")), [], id="a longer one that needs no season"),
        pytest.param(voting(Term("sos")), [(Severity.WARNING, "broad_term")], id="three letters"),
        pytest.param(voting(Term("ballot", ("bal",))), [(Severity.WARNING, "broad_term")], id="a form of three letters"),
        pytest.param(
            voting(Term("sos", near=("box",)), Term("uno", match=MatchKind.EXACT), Term("#due")), [], id="three letters with a guard"
        ),
        pytest.param(voting(Term("vote")), [], id="four letters"),
        pytest.param(KeywordList("001", "ja", "voting", (Term("投票"),)), [], id="two letters of Han"),
        pytest.param(voting(Term("vote", near=("@context",))), [(Severity.WARNING, "empty_context")], id="no context words"),
        pytest.param(voting(Term("vote", near=("@familar",))), [(Severity.ERROR, "unknown_sign")], id="a sign misspelt"),
        pytest.param(voting(Term("vote", near=("@context",)), context=("mayor",)), [], id="context words"),
        pytest.param(voting(Term("!")), [(Severity.ERROR, "invalid_term")], id="a term of signs"),
        pytest.param(voting(Term("vot", match=MatchKind.PREFIX)), [(Severity.ERROR, "invalid_term")], id="too short a beginning"),
        pytest.param(KeywordList("001", "mul", "", (), unless=("gala",), must_match=("gala",)), [], id="a list of vetoes has no samples"),
    ],
)
def test_a_list_is_checked(keywords: KeywordList, expected: list[tuple[Severity, str]]) -> None:
    assert codes(keywords) == expected


def test_lists_are_searched_together() -> None:
    guarded = voting(Term("ballot"), must_match=("ballot gala",))
    assert codes(guarded) == []
    assert codes(guarded, KeywordList("001", "mul", "", (), unless=("gala",))) == [(Severity.ERROR, "sample_missed")]


def test_a_sample_that_matches_for_another_topic_is_a_warning() -> None:
    other = KeywordList("001", "en", "results", (Term("tally"),))
    assert codes(voting(Term("ballot"), must_match=("tally",)), other) == [(Severity.WARNING, "sample_elsewhere")]


def test_what_another_list_catches_is_not_this_ones_fault() -> None:
    other = KeywordList("001", "en", "results", (Term("tally"),))
    assert codes(voting(Term("ballot"), must_not_match=("tally",)), other) == []


def test_a_regions_samples_run_through_the_worlds_lists_too_but_not_through_another_regions() -> None:
    world = voting(Term("ballot"))
    own = KeywordList("DE", "de", "voting", (Term("Urne"),), must_match=("ballot", "urne"))
    neighbour = KeywordList("FR", "fr", "voting", (Term("isoloir"),))
    assert codes(world, own, neighbour) == []
    assert codes(world, KeywordList("DE", "de", "voting", (), must_match=("isoloir",)), neighbour) == [(Severity.ERROR, "sample_missed")]


def test_real_words_made_for_other_lists_are_stale() -> None:
    lists = (voting(Term("ballot")),)
    fresh = RealWords(made_for=fingerprint(build_index(lists).lexicon))
    assert check_lists(lists, fresh) == ()
    assert [finding.code for finding in check_lists(lists, RealWords(made_for="other"))] == ["stale_words"]


def test_a_finding_says_where_and_what() -> None:
    (finding,) = check_lists([voting(Term("ballot"), must_match=("tally",))])
    assert finding.place == "001/en/voting"
    assert "tally" in finding.message


def test_only_errors_block() -> None:
    error, warning = (Finding(severity, "code", "place", "message") for severity in (Severity.ERROR, Severity.WARNING))
    assert errors((warning, error, warning)) == (error,)
