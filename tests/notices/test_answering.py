"""Prepared answers are what `decide` gives, whoever asked before, for as long as they hold; and they keep no search."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from notices.answer import answer_document, encode
from notices.answering import answer_to
from notices.campaign import Signal, Surface, Window
from notices.decide import Season, decide, findings_of, weigh
from notices.decision import Decision, Outcome, Request
from notices.live import Live, compile_release
from notices.prepared import MOST, Prepared
from notices.signing import SignedRelease, sign
from notices.stops import EVERYTHING, Stop, StopKind, Stops
from tests.conftest import NOW

URL = "https://signpost.example"
QUERIES = (
    "where do I vote",
    "register to vote",
    "election results",
    "election fraud deepfake results",
    "वोट कैसे दें",
    "أين أصوت",
    "投票所はどこ",
    "spaghetti carbonara",
    "kafka leader election",
    "vote",
    "",
    " ",
)
PLACES = (("US-TX", "US-TX"), ("DE-BY", "DE-BY"), ("FR", "US"), ("001", "001"), ("IN-TN", "IN-TN"), ("EG", "EG"))
MOMENTS = (
    NOW,
    datetime(2026, 11, 3, 12, tzinfo=UTC),
    datetime(2026, 11, 4, 9, tzinfo=UTC),
    datetime(2027, 4, 11, tzinfo=UTC),
    datetime(2025, 1, 1, tzinfo=UTC),
    NOW + timedelta(minutes=1),
)


def requests() -> Iterator[Request]:
    for query, (region, voting_region), languages in product(QUERIES, PLACES, ((), ("es-MX", "en"))):
        yield Request(region, voting_region, query, languages=languages)
    for signals, surface, limit in product(((), (Signal.AI_GENERATED, Signal.UNVERIFIED)), (Surface.VIDEO, Surface.UPLOAD), (1, 5)):
        yield Request("FR", "FR", "élection", ("#vote",), "deepfake", (), surface, signals, limit)


def expected(request: Request, live: Live, now: datetime, season: Season = Season.CALENDAR) -> bytes:
    return encode(answer_document(decided(request, live, now, season), live)).encode()


def decided(request: Request, live: Live, now: datetime, season: Season) -> Decision:
    """The decision made anew, kept nowhere."""
    return weigh(request, findings_of(request, live, now, season), live, now, season, public_url=URL)


@pytest.mark.parametrize("season", Season)
def test_a_prepared_answer_is_what_decide_gives(starter: Live, season: Season) -> None:
    live = replace(starter)
    for now in (*MOMENTS, *reversed(MOMENTS)):
        for request in requests():
            answer = answer_to(request, live, now, season, public_url=URL)
            assert answer.body == expected(request, live, now, season), (request, now)
            decision = decided(request, live, now, season)
            assert (answer.outcome, answer.expires_at) == (decision.outcome, decision.expires_at)
            assert decide(request, live, now, season, public_url=URL) == decision
    assert len(live.prepared) < 500


STOPS = {
    "everything": (StopKind.EVERYTHING, EVERYTHING),
    "a region": (StopKind.REGION, "US"),
    "a topic": (StopKind.TOPIC, "voting"),
    "a list": (StopKind.LIST, "001/en/voting"),
}


@pytest.mark.parametrize(("kind", "target"), STOPS.values(), ids=STOPS)
def test_a_stop_holds_at_once_and_ends_when_it_ends(starter: Live, kind: StopKind, target: str) -> None:
    running = replace(starter)
    for request in requests():
        answer_to(request, running, NOW, public_url=URL)
    end = NOW + timedelta(minutes=5)
    stopped = running.with_stops(Stops.of([Stop(kind, target, "a test", "somebody", NOW, end)]))
    for now in (NOW, end - timedelta(seconds=1), end, NOW):
        for request in requests():
            assert answer_to(request, stopped, now, public_url=URL).body == expected(request, stopped, now), (request, now)


def test_a_window_opens_and_closes_on_the_second(signed_starter: SignedRelease) -> None:
    window = Window(datetime(2026, 10, 20, 14), datetime(2026, 10, 20, 15), "Europe/Berlin")  # noqa: DTZ001 -- wall times
    release = signed_starter.release
    live = compile_release(
        sign(replace(release, lists=release.lists, campaigns=tuple(replace(one, windows=(window,)) for one in release.campaigns)), ())
    )
    request = Request("DE", "DE", "wo kann ich wählen")
    outcomes = {}
    for minutes in (-1, 0, 59, 60, 0):
        now = NOW + timedelta(minutes=minutes)
        answer = answer_to(request, live, now, public_url=URL)
        assert answer.body == expected(request, live, now)
        outcomes[minutes] = answer.outcome.value
    assert outcomes == {-1: "not_scheduled", 0: "shown", 59: "shown", 60: "not_scheduled"}


def test_no_search_is_in_the_table(starter: Live) -> None:
    live = replace(starter)
    secret = "kde-mohu-volit-9471"
    for field in ({"query": f"vote {secret}"}, {"hashtags": (f"#vote{secret}",)}, {"text": f"vote {secret}"}):
        answer_to(Request("US", "US", **field), live, NOW)
    assert secret not in repr(live.prepared._kept)
    assert "where do I vote" not in repr(live.prepared._kept)


def test_nothing_found_is_one_answer_for_all(starter: Live) -> None:
    live = replace(starter)
    for region in ("DE", "US-TX", "JP"):
        for language in ("de", "fr", "ja"):
            answer_to(Request(region, region, f"spaghetti {region} {language}", languages=(language,)), live, NOW)
    assert len(live.prepared) == 1


def test_the_table_is_bounded_and_the_oldest_goes_first() -> None:
    prepared = Prepared()
    decision = Decision(Outcome.NO_MATCH, (), None)
    for number in range(MOST + 10):
        prepared.keep((number,), decision, NOW)
    assert len(prepared) == MOST
    assert prepared.at((9,), NOW) is None
    assert prepared.at((10,), NOW).decision is decision


@pytest.mark.parametrize(("seconds", "holds"), [(-1, False), (0, True), (59, True), (60, False)])
def test_a_decision_holds_from_when_it_was_made_until_it_expires(seconds: int, holds: bool) -> None:  # noqa: FBT001
    prepared = Prepared()
    kept = prepared.keep((), Decision(Outcome.NO_MATCH, (), NOW + timedelta(seconds=60)), NOW)
    assert (prepared.at((), NOW + timedelta(seconds=seconds)) is kept) == holds
