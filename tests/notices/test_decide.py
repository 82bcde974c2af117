"""Which notice wins, when that next changes, and that nothing but the request, the release and the clock decides it."""

import inspect
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elections.election import Confidence, ElectionKind, MilestoneKind, Phase, PhaseOverride
from elections.hours import PollingHours
from elections.silence import Barred, SilenceRule
from notices.campaign import Campaign, DailyHours, Priority, Signal, Surface, Topic, Window
from notices.choose import Candidate, calls_of, rank
from notices.consider import consider
from notices.decide import IN_SILENCE, Season, Verdict, answered, decide, findings_of
from notices.decision import Outcome, Request
from notices.live import Live
from notices.notice import NoticeKind
from notices.stops import EVERYTHING, Stop, StopKind, Stops
from notices.targeting import ALWAYS_TRIGGER, signal_trigger, topic_trigger
from notices.windows import openings
from tests.elections.reference_elections import BRAZIL_2026, FRANCE_2024, UNITED_STATES_2026, at, election, milestone, polling
from tests.notices.small import NOTICES, campaign, live_with

SECOND = timedelta(seconds=1)
VOTE = Request("US-NY", "US-NY", "where do i vote", languages=("en",))
NOON = at("2026-11-03T12:00-05:00")


def shown(live: Live, request: Request = VOTE, now: datetime = NOON) -> list[str]:
    return [notice.campaign for notice in decide(request, live, now).notices]


def test_the_order_is_priority_region_match_topic_election_id() -> None:
    later = election("US", polling("2026-11-24"))
    stronger = [
        campaign("z-emergency", "urgent-1", priority=Priority.EMERGENCY),
        campaign("y-nearer", "urgent-1", regions=("US-NY",)),
        campaign("x-near", "urgent-1", regions=("US",)),
        campaign("w-sooner", "urgent-1", election=UNITED_STATES_2026.id),
        campaign("v-later", "urgent-1", election=later.id),
        campaign("a-plain", "urgent-1"),
        campaign("b-plain", "urgent-1"),
    ]
    elections = [UNITED_STATES_2026, later]
    while stronger:
        assert shown(live_with(reversed(stronger), elections)) == [stronger[0].id]
        del stronger[0]


def test_a_kind_appears_once_and_the_limit_holds() -> None:
    live = live_with([campaign(notice.id, notice.id) for notice in NOTICES])
    answered = decide(VOTE._replace(limit=5), live, NOON)
    assert len({notice.kind for notice in answered.notices}) == len(answered.notices) == 5


@pytest.mark.parametrize(
    ("signal", "surface", "kind"),
    [
        (Signal.AI_GENERATED, Surface.VIDEO, "synthetic_media"),
        (Signal.UNVERIFIED, Surface.LIVE, "fact_check"),
        (Signal.STATE_AFFILIATED, Surface.PROFILE, "account_label"),
    ],
)
def test_a_signal_calls_its_notice_on_its_surface_only(signal: Signal, surface: Surface, kind: str) -> None:
    live = live_with([campaign("c", f"{kind}-1", topics=(), signals=(signal,), surfaces=(surface,))])
    asked = Request("US", "US", signals=(signal,), surface=surface)
    assert shown(live, asked) == ["c"]
    assert shown(live, asked._replace(surface=Surface.UPLOAD)) == []
    assert shown(live, asked._replace(signals=())) == []


def test_the_voter_abroad_gets_the_answer_of_where_they_vote() -> None:
    live = live_with([campaign("home", "election_center-1", regions=("BR",)), campaign("there", "election_center-2", regions=("FR",))])
    assert shown(live, VOTE._replace(region="FR", voting_region="BR-SP")) == ["home"]
    assert shown(live, VOTE._replace(region="BR-SP", voting_region="FR")) == ["there"]


def test_a_citizen_of_the_union_abroad_votes_where_they_choose() -> None:
    union = election("EU", polling("2029-06-07", "2029-06-10"), kind=ElectionKind.EUROPEAN)
    live = live_with([campaign("union", "election_center-1", regions=("EU",), election=union.id)], [union])
    now = at("2029-06-01T12:00+02:00")
    for region, voting in (("NL", "NL"), ("NL", "RO"), ("US", "NL")):
        assert shown(live, Request(region, voting, "where do i vote"), now) == ["union"]
    assert shown(live, Request("NL", "US", "where do i vote"), now) == []


def test_two_elections_on_one_day_both_run_and_the_state_s_own_comes_first() -> None:
    state = election("US-NY", polling("2026-11-03"), kind=ElectionKind.LOCAL)
    live = live_with(
        [
            campaign("federal", "election_center-1", regions=("US",), election=UNITED_STATES_2026.id),
            campaign("state", "urgent-1", regions=("US-NY",), election=state.id),
        ],
        [UNITED_STATES_2026, state],
    )
    assert shown(live, VOTE._replace(limit=2)) == ["state", "federal"]
    assert shown(live, VOTE._replace(limit=2, region="US-HI", voting_region="US-HI")) == ["federal"]


def test_a_state_votes_in_a_country_that_does_not() -> None:
    local = election("DE-BY", polling("2028-09-10"), kind=ElectionKind.LOCAL)
    live = live_with([campaign("state", "election_center-1", regions=("DE",), election=local.id)], [local])
    now = at("2028-09-09T12:00+02:00")
    answered = decide(Request("DE-BY", "DE-BY", "where do i vote"), live, now)
    assert [notice.election.phase for notice in answered.notices if notice.election] == [Phase.FINAL_DAYS]
    assert decide(Request("DE", "DE", "where do i vote"), live, now).notices == ()


def test_no_user_attribute_is_in_the_question() -> None:
    """Nothing can be held back from some people or tried on others: the only inputs are the words, the place, the languages and the post."""
    assert set(Request._fields) == {"region", "voting_region", "query", "hashtags", "text", "languages", "surface", "signals", "limit"}
    assert set(get_type_hints(decide)) == {"request", "live", "now", "season", "public_url", "return"}
    assert not any("random" in line for line in inspect.getsource(inspect.getmodule(decide)).splitlines())  # type: ignore[arg-type]


RESULTS = Request("US-NY", "US-NY", "election results", languages=("en",))


def test_words_about_counting_wait_for_the_last_poll_of_the_contest() -> None:
    live = live_with([campaign("c", "election_center-1", topics=(Topic.RESULTS,))], [UNITED_STATES_2026])
    closed_here, last = at("2026-11-04T00:00-05:00"), at("2026-11-04T00:00-11:00")
    titles = [decide(RESULTS, live, now).notices[0].title for now in (closed_here, last - SECOND, last)]
    assert titles == ["How to vote", "How to vote", "Counting"]


def test_nobody_s_word_brings_results_before_polls_have_closed() -> None:
    override = PhaseOverride(Phase.COUNTING, at("2026-11-02T00:00-05:00"), at("2026-11-06T00:00-05:00"), "tried")
    live = live_with([campaign("c", "election_center-1", topics=(Topic.RESULTS,))], [replace(UNITED_STATES_2026, overrides=(override,))])
    assert {decide(RESULTS, live, NOON + timedelta(hours=hours)).notices[0].title for hours in range(-60, 16)} == {"How to vote"}


def test_a_person_s_word_over_a_phase_holds_until_its_end_and_where_it_says() -> None:
    longer = PhaseOverride(
        Phase.ELECTION_DAY, at("2026-11-04T00:00-05:00"), at("2026-11-04T02:00-05:00"), "a court kept polls open", ("US-NY",)
    )
    live = live_with([campaign("c", "election_center-1")], [replace(UNITED_STATES_2026, overrides=(longer,))])
    phases = [live.calendar.at("US-NY", at(f"2026-11-0{clock}-05:00")).phase for clock in ("3T23:59", "4T00:00", "4T01:59", "4T02:00")]
    assert phases == [Phase.ELECTION_DAY, Phase.ELECTION_DAY, Phase.ELECTION_DAY, Phase.COUNTING]
    assert live.calendar.at("US-TX", at("2026-11-04T07:59-00:00")).phase is Phase.COUNTING


CAMPAIGNS = st.builds(
    lambda name, notice, regions, surfaces, topics, signals, always, windows, priority, bound: Campaign(
        name, notice, regions, surfaces, topics, signals, always=always, windows=windows, priority=priority, election=bound
    ),
    name=st.uuids().map(str),
    notice=st.sampled_from([notice.id for notice in NOTICES]),
    regions=st.lists(st.sampled_from(["001", "US", "US-NY", "FR", "RE"]), min_size=1, max_size=2, unique=True).map(tuple),
    surfaces=st.just((Surface.SEARCH, Surface.VIDEO)),
    topics=st.lists(st.sampled_from([Topic.VOTING, Topic.RESULTS, Topic.MISINFORMATION]), max_size=2, unique=True).map(tuple),
    signals=st.lists(st.sampled_from([Signal.AI_GENERATED, Signal.LIVE]), max_size=1).map(tuple),
    always=st.booleans(),
    windows=st.lists(
        st.builds(
            Window,
            starts=st.one_of(st.none(), st.datetimes(datetime.fromisoformat("2026-10-20"), datetime.fromisoformat("2026-11-10"))),
            ends=st.one_of(st.none(), st.datetimes(datetime.fromisoformat("2026-10-25"), datetime.fromisoformat("2026-11-20"))),
            zone=st.sampled_from(["America/New_York", "Indian/Reunion"]),
            from_phase=st.sampled_from([None, Phase.FINAL_DAYS, Phase.ELECTION_DAY]),
            to_phase=st.sampled_from([None, Phase.COUNTING]),
            from_days=st.integers(-3, 3),
            only=st.lists(st.builds(DailyHours, st.just(time(8)), st.just(time(20, 30))), max_size=1).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    priority=st.sampled_from(Priority),
    bound=st.sampled_from([None, None, UNITED_STATES_2026.id, FRANCE_2024.id]),
)
REQUESTS = st.builds(
    Request,
    region=st.sampled_from(["US-NY", "US-HI", "RE"]),
    voting_region=st.sampled_from(["US-NY", "US", "FR"]),
    query=st.sampled_from(
        ["where do i vote", "election results fraud", "election results", "ballot", "ballot where do i vote", "", "soup"]
    ),
    text=st.sampled_from(["", "election fraud"]),
    languages=st.just(("en",)),
    signals=st.sampled_from([(), (Signal.AI_GENERATED,), (Signal.LIVE, Signal.AI_GENERATED)]),
    limit=st.integers(1, 4),
)
STOPS = st.lists(
    st.builds(
        lambda what, **told: Stop(*what, **told),
        what=st.sampled_from(
            [(StopKind.TOPIC, "voting"), (StopKind.REGION, "US"), (StopKind.REGION, "FR"), (StopKind.NOTICE, NOTICES[0].id)]
        ),
        reason=st.just("tried"),
        set_by=st.just("ada"),
        set_at=st.just(NOON),
        ends_at=st.sampled_from([None, NOON + timedelta(hours=5, seconds=7)]),
    ),
    max_size=1,
).map(lambda stops: Stops.of(stops))
MOMENTS = st.datetimes(datetime(2026, 10, 20), datetime(2026, 11, 12), timezones=st.just(UTC))  # noqa: DTZ001 -- the strategy adds the zone
LAWS = (SilenceRule("US-NY", (Barred.CAMPAIGN,), "law", Confidence.HIGH, days_before=1),)
HOURS = (PollingHours("US", time(20), "law", Confidence.HIGH),)


def slowly(request: Request, live: Live, now: datetime) -> list[str]:
    """The winners by looking at every campaign, one after the other."""
    findings = findings_of(request, live, now, Season.CALENDAR)
    stopped = {stop.target for stop in live.stops.stops if stop.ends_at is None or now < stop.ends_at}
    matches = [match for match in findings.matches if match.entry.topic not in stopped]
    calls = calls_of(matches, request.signals, is_silent=request.is_silent)
    above = live.places.chain(request.voting_region)
    silent = any(live.calendar.at(place, now).silenced for place in (request.region, request.voting_region))
    found: list[Candidate] = []
    for one in live.release.campaigns:
        distances = [number for number, code in enumerate(above) if code in one.regions]
        heard = [call for call in calls if call.trigger in triggers(one)]
        if not distances or not heard or request.surface not in one.surfaces:
            continue
        if not any(opening.holds(now) for opening in openings(one, live.calendar, request.voting_region)):
            continue
        notice = live.notices[one.notice]
        if (silent and notice.kind not in IN_SILENCE) or stopped.intersection((*above, *live.places.chain(request.region), notice.id)):
            continue
        found += [Candidate(one, notice, distances[0], call, days(one, live, now)) for call in heard]
    kinds: dict[NoticeKind, Candidate] = {}
    for candidate in sorted(found, key=rank):
        kinds.setdefault(candidate.notice.kind, candidate)
    return [candidate.campaign.id for candidate in list(kinds.values())[: request.limit]]


def triggers(one: Campaign) -> set[str]:
    return {*map(topic_trigger, one.topics), *map(signal_trigger, one.signals), *([ALWAYS_TRIGGER] if one.always else [])}


def days(one: Campaign, live: Live, now: datetime) -> int:
    held = live.calendar.by_id.get(one.election or "")
    return min((abs((polling.first_day - now.date()).days) for polling in held.rounds), default=10**6) if held else 10**6


@settings(max_examples=200, deadline=None)
@given(st.lists(CAMPAIGNS, max_size=8, unique_by=lambda one: one.id), REQUESTS, STOPS, MOMENTS)
def test_the_quick_choice_is_the_slow_one(campaigns: list[Campaign], request: Request, stops: Stops, now: datetime) -> None:
    live = live_with(campaigns, [UNITED_STATES_2026, FRANCE_2024], LAWS, HOURS).with_stops(stops)
    considered = consider(request, live, now)
    told = [notice.campaign for notice in considered.decision.notices]
    assert told == shown(live, request, now) == slowly(request, live, now)
    assert [one.campaign.id for one in considered.judged if one.verdict is Verdict.WON] == told
    assert {one.campaign.id for one in considered.judged} == {one.id for one in campaigns}


def told_at(request: Request, live: Live, now: datetime) -> tuple[object, ...]:
    return answered(request, findings_of(request, live, now, Season.CALENDAR), live, now)


@settings(max_examples=60, deadline=None)
@given(st.lists(CAMPAIGNS, max_size=5, unique_by=lambda one: one.id), REQUESTS, STOPS, MOMENTS)
def test_an_answer_expires_just_when_it_changes(campaigns: list[Campaign], request: Request, stops: Stops, now: datetime) -> None:
    """Beside a search by brute force: every quarter of an hour for ten days, then the microsecond on either side of the change."""
    live = live_with(campaigns, [UNITED_STATES_2026, FRANCE_2024], LAWS, HOURS).with_stops(stops)
    decision = decide(request, live, now)
    first, told = told_at(request, live, now), decision.expires_at or datetime.max.replace(tzinfo=UTC)
    assert (decision.outcome, decision.notices) == first
    for moment in (now + timedelta(minutes=15 * number) for number in range(960)):
        if moment >= told:
            break
        assert told_at(request, live, moment) == first
    if decision.expires_at is not None:
        assert told > now
        assert told_at(request, live, max(now, told - timedelta(microseconds=1))) == first
        has_outlived_its_turns = told - now > timedelta(days=40)  # then it is told to expire sooner than need be (see expiry)
        assert has_outlived_its_turns or told_at(request, live, told) != first


def test_recorded_decisions_replay_to_the_same_bytes() -> None:
    held = election("US", polling("2026-11-03", None, milestone(MilestoneKind.POLLS_CLOSE, "2026-11-03", "20:00")))
    campaigns = [campaign(notice.id, notice.id, Window(from_phase=Phase.FINAL_DAYS, to_phase=Phase.CERTIFIED)) for notice in NOTICES]
    moments = [NOON + timedelta(minutes=37 * number) for number in range(-100, 100)]
    first, second = (
        [decide(VOTE._replace(limit=limit), live_with(order, [held, BRAZIL_2026]), now) for now in moments[::10] for limit in (1, 5)]
        for order in (campaigns, campaigns[::-1])
    )
    assert first == second


def test_everything_stopped_says_so() -> None:
    stop = Stop(StopKind.EVERYTHING, EVERYTHING, "wrong link", "ada", NOON)
    live = live_with([campaign("c", "election_center-1")]).with_stops(Stops.of([stop]))
    considered = consider(VOTE, live, NOON)
    assert considered.decision.outcome is Outcome.STOPPED
    assert [(one.verdict, one.because) for one in considered.judged] == [(Verdict.STOPPED, "wrong link")]
    assert considered.change is not None
    assert considered.change.kind == "stop_lifted"


@pytest.mark.parametrize(
    ("request_", "campaigns", "kind", "value"),
    [
        pytest.param(
            VOTE, [campaign("c", "urgent-1", Window(from_phase=Phase.COUNTING))], "moment", "2026-11-04T05:00:00Z", id="it opens later"
        ),
        pytest.param(VOTE, [campaign("c", "urgent-1", surfaces=(Surface.FEED,))], "surface", "feed", id="on another surface"),
        pytest.param(VOTE, [], "campaign", "voting", id="no campaign at all"),
        pytest.param(VOTE._replace(query="soup"), [campaign("c", "urgent-1")], "term", "US-NY", id="no term at all"),
        pytest.param(
            VOTE._replace(query="ballot", region="TH", voting_region="TH"), [campaign("c", "urgent-1")], "season", "", id="out of season"
        ),
        pytest.param(VOTE, [campaign("c", "custom-1")], "moment", "2026-11-04T11:00:00Z", id="silenced until the country has voted"),
        pytest.param(
            VOTE._replace(query="plebiscite beekeepers guild"), [campaign("c", "urgent-1")], "word_added", "senate", id="among strangers"
        ),
    ],
)
def test_the_smallest_change_that_would_show_a_notice(request_: Request, campaigns: list[Campaign], kind: str, value: str) -> None:
    laws = (SilenceRule("US-NY", (Barred.CAMPAIGN,), "law", Confidence.HIGH),) if campaigns and "custom" in campaigns[0].notice else ()
    live = live_with(campaigns, [UNITED_STATES_2026], laws or (SilenceRule("US", (), "none", Confidence.HIGH),))
    change = consider(request_, live, NOON).change
    assert change is not None
    assert (change.kind.value, change.value) == (kind, value)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("plebiscite beekeepers guild", "or in a search with at most one word that no list knows."),
        ("choice beekeepers", "or beside the name of a place where lists know every other word."),
    ],
)
def test_what_else_a_bare_word_may_wait_for_is_told(query: str, told: str) -> None:
    change = consider(VOTE._replace(query=query), live_with([campaign("c", "urgent-1")]), NOON).change
    assert change is not None
    assert change.sentence.endswith(told)
