"""Who wins when several campaigns could answer: the total order of DESIGN §7, and one notice a kind. Pure; knows no words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keywords.matcher import Match
from notices.campaign import Campaign, Priority, Topic
from notices.notice import Notice, NoticeKind

PRIORITIES = tuple(Priority)
TOPICS = (
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
"""From the most specific to the most general."""
NO_MATCH_LAYER = 99


class Verdict(StrEnum):
    """The one reason a campaign did or did not win."""

    WON = "won"
    KIND_TAKEN = "kind_taken"
    LIMIT_REACHED = "limit_reached"
    CLOSED = "closed"
    SILENCED = "silenced"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A campaign that could answer, and why: the match or signal that called it, and how far its region is from the place."""

    campaign: Campaign
    notice: Notice
    distance: int
    match: Match | None
    topic: str | None
    days_to_election: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate and what became of it."""

    candidate: Candidate
    verdict: Verdict
    because: str = ""


def rank(candidate: Candidate) -> tuple[int, int, int, int, int, str]:
    """Lowest wins: priority, the nearer region, the surer match, the more specific topic, the nearer election, then id."""
    topic = TOPICS.index(Topic(candidate.topic)) if candidate.topic else len(TOPICS)
    layer = candidate.match.hit.layer.rank if candidate.match else NO_MATCH_LAYER
    return (
        PRIORITIES.index(candidate.campaign.priority),
        candidate.distance,
        layer,
        topic,
        candidate.days_to_election,
        candidate.campaign.id,
    )


def choose(candidates: Iterable[Candidate], limit: int) -> tuple[Judged, ...]:
    """The candidates in order, the first of each kind winning up to the limit."""
    judged: list[Judged] = []
    taken: dict[NoticeKind, str] = {}
    for candidate in sorted(candidates, key=rank):
        kind = candidate.notice.kind
        if kind in taken:
            judged.append(Judged(candidate, Verdict.KIND_TAKEN, taken[kind]))
        elif len(taken) >= limit:
            judged.append(Judged(candidate, Verdict.LIMIT_REACHED))
        else:
            taken[kind] = candidate.campaign.id
            judged.append(Judged(candidate, Verdict.WON))
    return tuple(judged)


def days_between(polling: date | None, today: date) -> int:
    """How near an election is, in days either way; as far as can be for none."""
    return abs((polling - today).days) if polling else 10**6
