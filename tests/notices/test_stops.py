"""What each kind of stop does to answers, and to nothing else; how long it holds; whose stops are united, and which lifted."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.campaign import Signal, Topic
from notices.consider import consider
from notices.decide import Season, Verdict, decide
from notices.decision import Outcome, Request
from notices.live import Live, Serving
from notices.stops import EVERYTHING, Stop, StopKind, Stops, is_in_force, united
from tests.conftest import NOW
from tests.notices.small import campaign, live_with

END = NOW + timedelta(minutes=5)
SECOND = timedelta(seconds=1)
CAMPAIGNS = (
    campaign("voting", "election_center-1"),
    campaign("results", "results_caution-1", topics=(Topic.RESULTS,)),
    campaign("made-by-ai", "synthetic_media-1", topics=(), signals=(Signal.AI_GENERATED,)),
    campaign("quiet", "media_literacy-1", topics=(), always=True),
)
VOTE = Request("US-TX", "US-TX", "where do i vote", languages=("en",))
RESULTS = VOTE._replace(query="election results")
SIGNAL = VOTE._replace(query="", signals=(Signal.AI_GENERATED,))
SILENT = VOTE._replace(query="")
SOUP = VOTE._replace(query="soup")
BALLOT_ABROAD = Request("TH", "TH", "ballot")


def stop(kind: StopKind, target: str = EVERYTHING, ends_at: datetime | None = None, **told: str) -> Stop:
    return Stop(kind, target, "wrong link", "ada", NOW, ends_at, **told)


def stopped(*stops: Stop) -> Live:
    return live_with(CAMPAIGNS).with_stops(Stops.of(stops))


def at(request: Request, region: str, voting_region: str | None = None) -> Request:
    return request._replace(region=region, voting_region=voting_region or region)


CASES = [
    pytest.param(StopKind.EVERYTHING, "", VOTE, True, id="everything: a search"),
    pytest.param(StopKind.EVERYTHING, "", SIGNAL, True, id="everything: a signal"),
    pytest.param(StopKind.EVERYTHING, "", SILENT, True, id="everything: nothing asked"),
    pytest.param(StopKind.EVERYTHING, "", SOUP, True, id="everything: a search that nothing answers"),
    pytest.param(StopKind.EVERYTHING, "", BALLOT_ABROAD, True, id="everything: out of season"),
    pytest.param(StopKind.REGION, "US-TX", VOTE, True, id="a region: there"),
    pytest.param(StopKind.REGION, "US-TX", SOUP, True, id="a region: there, a search that nothing answers"),
    pytest.param(StopKind.REGION, "US-TX", at(VOTE, "US-NY"), False, id="a region: beside it"),
    pytest.param(StopKind.REGION, "US-TX", at(VOTE, "US"), False, id="a region: above it"),
    pytest.param(StopKind.REGION, "US", VOTE, True, id="a country: its state"),
    pytest.param(StopKind.REGION, "EU", at(VOTE, "DE-BY"), True, id="the union: a state of a member"),
    pytest.param(StopKind.REGION, "FR", at(VOTE, "RE"), True, id="a country: its territory"),
    pytest.param(StopKind.REGION, "001", at(VOTE, "TH"), True, id="the world: everywhere"),
    pytest.param(StopKind.REGION, "US-TX", at(VOTE, "DE", "US-TX"), True, id="a region: who votes there"),
    pytest.param(StopKind.REGION, "US-TX", at(VOTE, "US-TX", "DE"), True, id="a region: who is there"),
    pytest.param(StopKind.REGION, "XX", VOTE, False, id="a region that is none"),
    pytest.param(StopKind.TOPIC, "voting", VOTE, True, id="a topic: a search for it"),
    pytest.param(StopKind.TOPIC, "voting", RESULTS, False, id="a topic: a search for another"),
    pytest.param(StopKind.TOPIC, "voting", SOUP, None, id="a topic: a search that nothing answers"),
    pytest.param(StopKind.TOPIC, "voting", SIGNAL, False, id="a topic: a signal"),
    pytest.param(StopKind.LIST, "001/en/voting", VOTE, True, id="a list: a search that it answers"),
    pytest.param(StopKind.LIST, "001/en/voting", RESULTS, False, id="a list: a search that another answers"),
    pytest.param(StopKind.CAMPAIGN, "voting", VOTE, True, id="a campaign: what calls it"),
    pytest.param(StopKind.CAMPAIGN, "voting", RESULTS, False, id="a campaign: what calls another"),
    pytest.param(StopKind.CAMPAIGN, "quiet", SILENT, True, id="a campaign: that runs when nothing is asked"),
    pytest.param(StopKind.NOTICE, "synthetic_media-1", SIGNAL, True, id="a notice: what would show it"),
    pytest.param(StopKind.NOTICE, "synthetic_media-1", VOTE, False, id="a notice: what shows another"),
]


@pytest.mark.parametrize(("kind", "target", "request_", "is_stopped"), CASES)
def test_what_a_stop_covers(kind: StopKind, target: str, request_: Request, is_stopped: bool | None) -> None:  # noqa: FBT001
    decision = decide(request_, stopped(stop(kind, target)), NOW)
    assert decision.outcome == {True: Outcome.STOPPED, False: Outcome.SHOWN, None: Outcome.NO_MATCH}[is_stopped]
    assert bool(decision.notices) == (is_stopped is False)
    assert decision == decide(request_, live_with(CAMPAIGNS), NOW) or is_stopped


@pytest.mark.parametrize(("kind", "target", "request_", "is_stopped"), CASES)
def test_a_stop_that_ends_by_itself_is_told_until_when(
    kind: StopKind,
    target: str,
    request_: Request,
    is_stopped: bool | None,  # noqa: FBT001
) -> None:
    live, free = stopped(stop(kind, target, END)), decide(request_, live_with(CAMPAIGNS), END)
    expires = [decide(request_, live, now).expires_at for now in (NOW, END - SECOND)]
    assert expires == ([END, END] if is_stopped else [free.expires_at] * 2)
    assert decide(request_, live, END - timedelta(microseconds=1)).outcome is (Outcome.STOPPED if is_stopped else free.outcome)
    assert decide(request_, live, END) == free


def test_of_two_stops_the_answer_lasts_as_long_as_the_longer() -> None:
    live = stopped(stop(StopKind.TOPIC, "voting", END), stop(StopKind.REGION, "US", END + SECOND))
    assert decide(VOTE, live, NOW).expires_at == END + SECOND
    for_ever = stopped(stop(StopKind.EVERYTHING, ends_at=END), stop(StopKind.CAMPAIGN, "voting"))
    assert decide(VOTE, for_ever, NOW).expires_at is None
    assert decide(SOUP, for_ever, NOW).expires_at == END


def test_a_campaign_stopped_leaves_the_notice_to_the_next_one() -> None:
    live = live_with([campaign("first", "urgent-1", regions=("US-TX",)), campaign("second", "urgent-2")])
    assert [shown.campaign for shown in decide(VOTE, live, NOW).notices] == ["first"]
    without = live.with_stops(Stops.of([stop(StopKind.CAMPAIGN, "first")]))
    assert [shown.campaign for shown in decide(VOTE, without, NOW).notices] == ["second"]


def test_a_list_stopped_leaves_the_search_to_another_list(starter: Live) -> None:
    request = Request("US-TX", "US-TX", "where do I vote, dónde votar", languages=("en",))
    lists = {match.entry.list_id for match in consider(request, starter, NOW).findings.matches}
    assert len(lists) > 1
    for one in lists:
        assert decide(request, starter.with_stops(Stops.of([stop(StopKind.LIST, one)])), NOW).outcome is Outcome.SHOWN, one
    every = Stops.of(stop(StopKind.LIST, one) for one in lists)
    assert decide(request, starter.with_stops(every), NOW).outcome is Outcome.STOPPED


@pytest.mark.parametrize("target", ["PR", "US-PR"])
def test_a_region_is_stopped_by_any_of_its_codes(starter: Live, target: str) -> None:
    live = starter.with_stops(Stops.of([stop(StopKind.REGION, target)]))
    assert decide(Request("US-PR", "US-PR", "where do I vote"), live, NOW).outcome is Outcome.STOPPED


def test_nothing_leads_to_a_place_that_is_stopped(starter: Live) -> None:
    request = Request("US-CA", "US-CA", "how to vote in texas", languages=("en",))
    live = starter.with_stops(Stops.of([stop(StopKind.REGION, "US-TX", END)]))
    told = [decide(request, live, now, Season.ALWAYS) for now in (NOW, END)]
    assert [[shown.region for shown in one.notices] for one in told] == [["US-CA"], ["US-TX"]]
    assert told[0].expires_at == END


def test_a_stop_on_a_place_is_not_answered_elsewhere_from_what_was_kept() -> None:
    live = stopped(stop(StopKind.REGION, "US"))
    told = [decide(at(SOUP, place), live, NOW).outcome.value for place in ("US-TX", "TH", "US-NY", "FR")]
    assert told == ["stopped", "no_match", "stopped", "no_match"]


def test_what_was_kept_before_a_stop_is_not_answered_after_it_nor_after_it_is_lifted() -> None:
    running = live_with(CAMPAIGNS)
    held = running.with_stops(Stops.of([stop(StopKind.EVERYTHING)]))
    freed = held.with_stops(Stops())
    told = [decide(request, live, NOW).outcome.value for request in (VOTE, SOUP) for live in (running, held, freed, held, running)]
    assert told == ["shown", "stopped", "shown", "stopped", "shown", "no_match", "stopped", "no_match", "stopped", "no_match"]


def test_an_explanation_gives_the_reason() -> None:
    considered = consider(VOTE, stopped(stop(StopKind.REGION, "US")), NOW)
    (judged,) = (one for one in considered.judged if one.campaign.id == "voting")
    assert (considered.decision.outcome, judged.verdict, judged.because) == (Outcome.STOPPED, Verdict.STOPPED, "wrong link")


ASKED = {"query": "where do I vote", "region": "US-TX"}
SOUP_ASKED = {"query": "soup", "region": "FR"}


@pytest.fixture
def all_stopped(serving: Serving, starter: Live) -> Stop:
    one = stop(StopKind.EVERYTHING, ends_at=NOW + timedelta(seconds=40))
    serving.offer(starter.with_stops(Stops.of([one])))
    return one


def told(answer: dict) -> tuple[str, list, str]:
    return answer["outcome"], answer["notices"], answer["expires_at"]


STOPPED = ("stopped", [], "2026-10-20T12:00:40Z")


async def test_everything_stopped_is_told_to_every_kind_of_request(client, all_stopped: Stop) -> None:
    for asked in (ASKED, SOUP_ASKED, {"region": "DE"}, {"region": "DE", "signals": ["ai_generated"]}):
        post = await client.post("/v1/notices", json=asked)
        assert told(await post.json()) == STOPPED
        assert post.headers["Cache-Control"].endswith("max-age=40")
    get = await client.get("/v1/notices", params={"q": "where do I vote", "region": "US-TX"})
    assert told(await get.json()) == STOPPED
    again = await client.get(get.url.relative(), headers={"If-None-Match": get.headers["ETag"]})
    assert (again.status, again.headers["Cache-Control"]) == (304, "private, max-age=40")
    batch = await client.post("/v1/notices/batch", json={"requests": [ASKED, SOUP_ASKED, {"region": "UK"}]})
    first, second, bad = (await batch.json())["responses"]
    assert (told(first), told(second), bad["outcome"]) == (STOPPED, STOPPED, "invalid")


@pytest.mark.parametrize(
    "path",
    [
        "/", "/centers", "/centers/US-TX", "/v1/centers", "/v1/centers/US-TX", "/v1/elections?region=US", "/v1/elections.ics?region=US",
        "/v1/elections.csv?region=US", "/v1/regions", "/v1/releases/current", "/healthz", "/readyz",
    ],
)  # fmt: skip
async def test_pages_and_open_data_stay_up_while_everything_is_stopped(client, all_stopped: Stop, path: str) -> None:
    assert (await client.get(path)).status == 200


FILE = stop(StopKind.TOPIC, "voting", id="a")


@pytest.mark.parametrize(
    ("in_file", "in_store", "lifted", "expected"),
    [
        pytest.param([FILE], [], (), [FILE], id="in the file only"),
        pytest.param([], [FILE], (), [FILE], id="in the store only"),
        pytest.param([FILE], [FILE], (), [FILE], id="in both, once"),
        pytest.param([FILE], [FILE], ("a",), [], id="lifted, and still in both"),
        pytest.param([FILE], [], ("b",), [FILE], id="another was lifted"),
        pytest.param([FILE], [stop(StopKind.TOPIC, "voting", END, id="a")], (), [FILE], id="without an end outlasts one with"),
        pytest.param(
            [stop(StopKind.TOPIC, "voting", END, id="a")],
            [stop(StopKind.TOPIC, "voting", END + SECOND, id="a")],
            (),
            [stop(StopKind.TOPIC, "voting", END + SECOND, id="a")],
            id="the longer one holds",
        ),
        pytest.param(
            [stop(StopKind.TOPIC, "voting")],
            [stop(StopKind.TOPIC, "results")],
            ("",),
            [stop(StopKind.TOPIC, "voting"), stop(StopKind.TOPIC, "results")],
            id="without ids all stay",
        ),
    ],
)
def test_the_stops_of_file_and_store_are_united(
    in_file: list[Stop], in_store: list[Stop], lifted: tuple[str, ...], expected: list[Stop]
) -> None:
    assert list(united(in_file, in_store, lifted).stops) == expected


SOME = st.lists(
    st.builds(
        stop,
        st.just(StopKind.TOPIC),
        st.sampled_from(["voting", "results"]),
        st.sampled_from([None, END, END + SECOND]),
        id=st.sampled_from(["", "a", "b", "c"]),
    ),
    max_size=6,
)


@given(SOME, SOME, st.frozensets(st.sampled_from(["a", "b"])))
def test_nothing_is_lost_but_what_was_lifted(in_file: list[Stop], in_store: list[Stop], lifted: frozenset[str]) -> None:
    both = united(in_file, in_store, lifted).stops
    assert {one.id for one in both} == {one.id for one in (*in_file, *in_store)} - lifted
    for one in (*in_file, *in_store):
        for now in (NOW, END, END + SECOND):
            if one.id not in lifted and is_in_force(one, now):
                assert any(other.id == one.id and is_in_force(other, now) for other in both)


@pytest.mark.parametrize(("ends_at", "holds"), [(None, True), (NOW, False), (NOW + SECOND, True), (NOW - SECOND, False)])
def test_a_stop_holds_until_before_it_ends(ends_at: datetime | None, holds: bool) -> None:  # noqa: FBT001
    one = stop(StopKind.EVERYTHING, ends_at=ends_at)
    assert is_in_force(one, NOW) == holds
    assert bool(Stops.of([one]).in_force(NOW)) == holds
    assert bool(Stops.of([one]).hit(StopKind.EVERYTHING, (EVERYTHING,), NOW)) == holds


@pytest.mark.parametrize("zone_hours", [-11, 14])
def test_an_end_is_an_instant_in_any_zone(zone_hours: int) -> None:

    ends_at = END.astimezone(timezone(timedelta(hours=zone_hours)))
    one = stopped(stop(StopKind.EVERYTHING, ends_at=ends_at))
    assert decide(VOTE, one, END - SECOND).outcome is Outcome.STOPPED
    assert decide(VOTE, one, END.astimezone(UTC)).outcome is Outcome.SHOWN
