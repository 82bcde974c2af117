"""Why a campaign did not run and what would have shown a notice, told so that the answer alone suffices."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from elections.election import Confidence, Phase, Status
from elections.silence import Barred, SilenceRule
from notices.campaign import Campaign, DailyHours, Signal, Surface, Topic, Window
from notices.consider import consider
from notices.decide import Verdict
from notices.decision import Outcome, Request
from notices.explain import explain_document
from tests.elections.reference_elections import FRANCE_2024, UNITED_STATES_2026, at, election, polling
from tests.notices.small import campaign, live_with

VOTE = Request("US-NY", "US-NY", "where do i vote", languages=("en",))
NOON = at("2026-11-03T12:00-05:00")
ALL_DAY = DailyHours(time(0), time(0))
ELSEWHERE = election("US", polling("2026-11-10"), excluded=("US-NY",))
CALLED_OFF = replace(election("US", polling("2026-11-17")), status=Status.CANCELLED)
ELECTIONS = (UNITED_STATES_2026, ELSEWHERE, CALLED_OFF)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(
            campaign("c", "urgent-1", Window(datetime.fromisoformat("2026-11-04T00:00"), None, "America/New_York")),
            "opens 2026-11-04T05:00:00Z",
            id="later",
        ),
        pytest.param(campaign("c", "urgent-1", Window(None, datetime.fromisoformat("2026-11-01T00:00"))), "over", id="before"),
        pytest.param(
            campaign("c", "urgent-1", Window(zone="America/New_York", blackouts=(ALL_DAY,))), "its hours leave it no time", id="hours"
        ),
        pytest.param(
            campaign("c", "urgent-1", Window(from_phase=Phase.FINAL_DAYS, from_days=400, to_phase=Phase.COUNTING)),
            "opens never here",
            id="moved past its end",
        ),
        pytest.param(campaign("c", "urgent-1", election=ELSEWHERE.id), f"{ELSEWHERE.id} is not held here", id="held elsewhere"),
        pytest.param(campaign("c", "urgent-1", election=CALLED_OFF.id), f"{CALLED_OFF.id} is cancelled", id="called off"),
        pytest.param(campaign("c", "urgent-1", election="nothing"), "there is no election nothing", id="no such election"),
    ],
)
def test_a_closed_campaign_tells_when_it_opens_or_what_keeps_it_closed(one: Campaign, expected: str) -> None:
    judged = consider(VOTE, live_with([one], ELECTIONS), NOON).judged
    assert [(told.verdict, told.because) for told in judged] == [(Verdict.CLOSED, expected)]


def test_of_those_not_called_the_ones_that_listen_for_what_was_asked_come_first() -> None:
    campaigns = [
        campaign("a-deaf", "urgent-1", topics=(Topic.RESULTS,)),
        campaign("b-elsewhere", "urgent-1", regions=("FR",)),
        campaign("c-on-video", "urgent-1", surfaces=(Surface.VIDEO,)),
    ]
    judged = consider(VOTE, live_with(campaigns), NOON).judged
    assert [told.campaign.id for told in judged] == ["c-on-video", "a-deaf", "b-elsewhere"]


def test_silence_where_the_person_is_is_told_and_ends_when_it_does() -> None:
    """A Frenchman's notice about New York on the day France votes."""
    laws = [SilenceRule("FR", (Barred.CAMPAIGN,), "L49", Confidence.HIGH, days_before=1), SilenceRule("US", (), "none", Confidence.HIGH)]
    live = live_with([campaign("c", "custom-1")], [FRANCE_2024, UNITED_STATES_2026], laws)
    considered = consider(VOTE._replace(region="FR"), live, at("2024-06-30T12:00+02:00"))
    assert considered.decision.outcome is Outcome.SILENCED
    assert considered.change is not None
    assert (considered.change.kind, considered.change.value) == ("moment", "2024-06-30T22:00:00Z")
    place = explain_document(considered, live)["trace"]["place"]
    assert place["silenced"] is True
    assert [(rule["region"], rule["law"]) for rule in place["barred"]] == [("FR", "L49")]


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(VOTE._replace(query=""), id="silent"),
        pytest.param(VOTE._replace(query="", signals=(Signal.AI_GENERATED,)), id="a signal"),
    ],
)
def test_where_nothing_was_typed_no_term_is_proposed(request_: Request) -> None:
    change = consider(request_, live_with([campaign("c", "urgent-1")]), NOON).change
    assert change is not None
    assert change.kind == "campaign"


def test_an_explanation_tells_what_was_asked_and_which_languages_there_are() -> None:
    live = live_with([campaign("c", "urgent-1")])
    trace = explain_document(consider(VOTE._replace(languages=("ar",)), live, NOON), live)["trace"]
    assert trace["asked"] == {"languages": ["ar"], "surface": "search", "signals": [], "limit": 1}
    assert [wording["written_in"] for wording in trace["wording"]] == [["en"]]
