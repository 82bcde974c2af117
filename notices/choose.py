"""Who wins when several campaigns could answer: the total order of DESIGN §7, and one notice a kind. Pure; knows no words."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from keywords.matcher import Match
from notices.campaign import Campaign, Topic
from notices.notice import Notice, NoticeKind
from notices.schedule import PRIORITIES
from notices.targeting import ALWAYS_TRIGGER, signal_trigger, topic_trigger

TOPICS: Final = {
    topic: number
    for number, topic in enumerate(
        (
            Topic.SYNTHETIC_MEDIA,
            Topic.INFLUENCE_OPERATIONS,
            Topic.POLITICAL_ADS,
            Topic.MISINFORMATION,
            Topic.ACCOUNTS,
            Topic.REGISTRATION,
            Topic.RESULTS,
            Topic.CANDIDATES,
            Topic.VOTING,
            Topic.ELECTION,
        )
    )
}
"""From the most specific to the most general."""
NO_MATCH_LAYER: Final = 99


class Call(NamedTuple):
    """What campaigns may listen for: a topic with the surest match on it, a signal, or that nothing was asked."""

    trigger: str
    match: Match | None = None
    topic: str | None = None


class Candidate(NamedTuple):
    """A campaign that could answer, what called it, and how far its region is from the place."""

    campaign: Campaign
    notice: Notice
    distance: int
    call: Call
    days_to_election: int


def calls_of(matches: Iterable[Match], signals: Iterable[str], *, is_silent: bool) -> tuple[Call, ...]:
    """Each thing to listen for once; of several matches on a topic the surest, which comes first, calls."""
    called: dict[str, Call] = {}
    for match in matches:
        trigger = topic_trigger(match.entry.topic)
        if trigger not in called:
            called[trigger] = Call(trigger, match, match.entry.topic)
    for signal in signals:
        trigger = signal_trigger(signal)
        called.setdefault(trigger, Call(trigger))
    if is_silent:
        called[ALWAYS_TRIGGER] = Call(ALWAYS_TRIGGER)
    return tuple(called.values())


def rank(candidate: Candidate) -> tuple[int, int, int, int, int, str]:
    """Lowest wins: priority, the nearer region, the surer match, the more specific topic, the nearer election, then id."""
    call = candidate.call
    return (
        PRIORITIES[candidate.campaign.priority],
        candidate.distance,
        call.match.hit.layer.rank if call.match else NO_MATCH_LAYER,
        TOPICS[Topic(call.topic)] if call.topic else len(TOPICS),
        candidate.days_to_election,
        candidate.campaign.id,
    )


def winners(heads: Iterable[Candidate], limit: int) -> tuple[Candidate, ...]:
    """The best of each kind, the best of all first, up to the limit."""
    best: dict[NoticeKind, Candidate] = {}
    for candidate in heads:
        kind = candidate.notice.kind
        if kind not in best or rank(candidate) < rank(best[kind]):
            best[kind] = candidate
    return tuple(sorted(best.values(), key=rank)[:limit])
