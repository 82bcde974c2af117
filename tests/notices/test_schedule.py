"""Lanes made ahead: those that the release before was asked for are there, and nothing else is different."""

from notices.campaign import Surface, Topic
from notices.schedule import MOST_MADE_AHEAD
from tests.notices.small import campaign, live_with

CAMPAIGNS = (campaign("us-voting", "election_center-1"), campaign("us-results", "results_caution-1", topics=(Topic.RESULTS,)))


def test_what_was_asked_before_is_made_ahead_and_is_the_same() -> None:
    before, after, cold = (live_with(CAMPAIGNS) for _ in range(3))
    asked = [("US", Surface.SEARCH, "voting"), ("US-TX", Surface.SEARCH, "results"), ("DE", Surface.FEED, "voting")]
    for one in asked:
        before.schedule.lane(*one)
    assert before.schedule.asked == tuple(asked)
    assert sum(1 for _ in after.schedule.make_ahead(before.schedule.asked)) == len(asked) + 1
    assert after.schedule.asked == tuple(asked)
    for one in asked:
        made, fresh = after.schedule.lane(*one), cold.schedule.lane(*one)
        assert [runner.campaign.id for runner in made.runners] == [runner.campaign.id for runner in fresh.runners]


def test_a_place_that_is_gone_is_passed_over_and_only_the_newest_are_made() -> None:
    live = live_with(CAMPAIGNS)
    asked = (
        ("DE", Surface.SEARCH, "first"),
        *(("US", Surface.SEARCH, f"t{number}") for number in range(MOST_MADE_AHEAD - 1)),
        ("XX", Surface.SEARCH, "t"),
    )
    assert sum(1 for _ in live.schedule.make_ahead(asked)) == MOST_MADE_AHEAD + 1
    assert len(live.schedule.asked) == MOST_MADE_AHEAD - 1
    assert sum(1 for _ in live_with(CAMPAIGNS).schedule.make_ahead(())) == 1
