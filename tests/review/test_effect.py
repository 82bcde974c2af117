"""What a change would do: over the small release, with one thing edited at a time."""

from dataclasses import replace
from datetime import date

import pytest

from elections.election import Phase
from keywords.lists import KeywordList, Term
from notices.campaign import Campaign, Surface, Topic, Window
from notices.documents import to_document
from notices.live import Live, compile_release
from notices.release import Release
from notices.signing import sign
from review.effect import Effect, Origin, effect
from review.people import Scope
from review.pieces import Key, Kind, plain_document
from review.quorum import Touched
from tests.curated import NOW, election, small_release

ORDINARY = {"de": ("wetter morgen", "wo parken"), "en": ("pizza near me",), "th": ("สูตรข้าวผัด",)}


def compiled(release: Release) -> Live:
    return compile_release(sign(release, ()))


def with_term(release: Release, list_id: str, term: Term) -> Release:
    lists = tuple(replace(one, terms=(*one.terms, term)) if one.id == list_id else one for one in release.lists)
    return replace(release, lists=lists)


def told(after: Release, *touched: Touched) -> Effect:
    return effect(compiled(small_release()), compiled(after), touched, ORDINARY, NOW, "https://signpost.example")


def added(list_id: str, term: Term) -> Touched:
    region, language, _ = list_id.split("/")
    return Touched(Key(Kind.TERM, f"{list_id}/x"), None, plain_document(to_document(term)), (Scope(region, language),))


def test_nothing_changes_nothing() -> None:
    found = told(small_release())
    assert (found.words, found.flipped, found.flips, found.windows) == ((), {}, (), ())
    assert (found.over_reach.searches, found.over_reach.before, found.over_reach.after) == (4, 0, 0)
    assert found.tried == 6


@pytest.mark.parametrize(
    ("list_id", "text", "search"),
    [
        pytest.param("DE/de/voting", "parken", "wo parken", id="German"),
        pytest.param("TH/th/voting", "ข้าวผัด", "สูตรข้าวผัด", id="Thai, inside what is written without spaces"),
        pytest.param("001/en/voting", "pizza", "pizza near me", id="the world's English"),
    ],
)
def test_a_word_that_reaches_too_far_is_seen(list_id: str, text: str, search: str) -> None:
    term = Term(text)
    found = told(with_term(small_release(), list_id, term), added(list_id, term))
    assert [one.text for one in found.over_reach.new] == [search]
    assert (found.over_reach.before, found.over_reach.after) == (0, 1)
    assert found.flipped == {("no_match", "shown"): 2}
    assert [(flip.sample.origin, flip.sample.text, flip.before.notice, flip.after.topic) for flip in found.flips] == [
        (Origin.ORDINARY, search, None, "voting"),
        (Origin.WORD, text, None, "voting"),
    ]
    assert [(one.list_id, one.gained, one.lost) for one in found.words] == [(list_id, (text,), ())]


def test_a_term_that_goes_takes_its_sample_along() -> None:
    release = small_release()
    after = replace(release, lists=tuple(replace(one, terms=one.terms[1:]) if one.id == "DE/de/voting" else one for one in release.lists))
    gone = Touched(Key(Kind.TERM, "DE/de/voting/x"), {"text": "wo wähle ich"}, None, (Scope("DE", "de"),))
    found = told(after, gone)
    assert [(flip.sample.text, flip.sample.origin, flip.after.outcome) for flip in found.flips] == [
        ("wo wähle ich heute", Origin.MUST_MATCH, "no_match"),
        ("wo wähle ich", Origin.WORD, "no_match"),
    ]
    assert [(one.gained, one.lost) for one in found.words] == [((), ("wo wähle ich",))]


def test_another_wording_is_a_flip_only_where_something_else_is_shown() -> None:
    release = small_release()
    notices = tuple(replace(one, action="https://elections.example/x") if one.id == "how-to-vote" else one for one in release.notices)
    found = told(replace(release, notices=notices), Touched(Key(Kind.NOTICE, "how-to-vote"), {}, {}, (Scope(),)))
    assert {flip.after.url for flip in found.flips} == {"https://elections.example/x"}
    assert found.notices == ("how-to-vote",)


def test_a_window_that_moves_with_its_election_is_told() -> None:
    release = small_release()
    bound = Campaign(
        "us-bound",
        "how-to-vote",
        ("US",),
        (Surface.SEARCH,),
        (Topic.VOTING,),
        windows=(Window(from_phase=Phase.ELECTION_DAY, to_phase=Phase.COUNTING),),
        election="us-2026-11-03-legislative",
    )
    before = replace(release, campaigns=(*release.campaigns, bound))
    moved = replace(before, elections=(election("us-2026-11-03-legislative", "US", date(2026, 11, 10)), *release.elections[1:]))
    touched = Touched(Key(Kind.ELECTION, "us-2026-11-03-legislative"), {"regions": ["US"]}, {"regions": ["US"]}, (Scope("US"),))
    found = effect(compiled(before), compiled(moved), (touched,), {}, NOW, "https://signpost.example")
    ((campaign, region, old, new),) = [(one.campaign, one.region, one.before, one.after) for one in found.windows]
    assert (campaign, region) == ("us-bound", "US")
    assert [(later[0] - earlier[0]).days for earlier, later in zip(old, new, strict=True)] == [7]
    assert found.regions == ("US",)


def test_a_list_of_a_place_that_is_new_is_asked_there() -> None:
    new = KeywordList(
        "FR", "fr", "registration", (Term("inscription liste électorale"),), must_match=("inscription liste électorale mairie",)
    )
    campaign = Campaign("fr-reg", "how-to-vote", ("FR",), (Surface.SEARCH,), (Topic.REGISTRATION,), owner="x", review_on=date(2027, 1, 1))
    release = small_release()
    after = replace(release, lists=(*release.lists, new), campaigns=(*release.campaigns, campaign))
    found = told(after, added("FR/fr/registration", new.terms[0]))
    assert [(flip.sample.region, flip.sample.list_id, flip.after.outcome) for flip in found.flips] == [
        ("FR", "FR/fr/registration", "shown")
    ] * 2
