"""A decision with everything it was made from, for explanations: each campaign and the one reason it did or did not win. Slow beside decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from elections.calendar import PlaceState
from elections.polling import OPEN_STATUSES
from keywords.matcher import Findings, Match
from notices.answer import rfc3339
from notices.campaign import Campaign
from notices.choose import Candidate, calls_of, rank
from notices.decide import (
    IN_SILENCE,
    Season,
    Verdict,
    campaign_stop,
    candidate_of,
    findings_of,
    is_silenced,
    judge,
    match_stop,
    place_named,
    refusal,
    weigh,
)
from notices.decision import Decision, Request
from notices.live import Live
from notices.schedule import Runner
from notices.stops import Stop
from notices.targeting import topic_trigger, triggers_of
from notices.would_show import Change, smallest_change


@dataclass(frozen=True, slots=True)
class Judged:
    """A campaign, what became of it, and what made it so: the winner that took its place, the moment it opens, the stop's reason."""

    campaign: Campaign
    topic: str | None
    verdict: Verdict
    because: str = ""


@dataclass(frozen=True, slots=True)
class Consideration:
    """All that an explanation tells."""

    request: Request
    now: datetime
    place: PlaceState
    named: str | None
    findings: Findings
    stopped_matches: tuple[tuple[Match, Stop], ...]
    judged: tuple[Judged, ...]
    decision: Decision
    change: Change | None


def consider(request: Request, live: Live, now: datetime, season: Season = Season.CALENDAR, *, public_url: str = "") -> Consideration:
    """The decision that `decide` gives, and why."""
    findings = findings_of(request, live, now, season)
    decision = weigh(request, findings, live, now, season, public_url=public_url)
    judged = tuple(_Bench(request, findings, live, now).judged())
    return Consideration(
        request=request,
        now=now,
        place=live.calendar.at(request.voting_region, now),
        named=place_named(request, findings, live),
        findings=findings,
        stopped_matches=tuple((match, stop) for match in findings.matches if (stop := match_stop(match, live, now))),
        judged=judged,
        decision=decision,
        change=smallest_change(request, findings, decision, live, now, season),
    )


class _Bench:
    """Every campaign of the release, judged one by one."""

    def __init__(self, request: Request, findings: Findings, live: Live, now: datetime) -> None:
        self.request, self.live, self.now = request, live, now
        self.chain = live.places.chain(request.voting_region)
        self.is_silent = is_silenced(request, live, now)
        free = [match for match in findings.matches if match_stop(match, live, now) is None]
        self.calls = {call.trigger: call for call in calls_of(free, request.signals, is_silent=request.is_silent)}
        self.stopped = {topic_trigger(m.entry.topic): stop for m in findings.matches if (stop := match_stop(m, live, now))}
        self.winners = {winner.campaign.id: winner for winner in judge(request, findings, live, now).winners}
        self.taken = {winner.notice.kind: winner.campaign.id for winner in self.winners.values()}

    def judged(self) -> Iterator[Judged]:
        """Winners first, then those that were called, best first, then the others by reason and id."""
        called, others = [], []
        for campaign in self.live.campaigns.values():
            candidate = self.candidate(campaign)
            if isinstance(candidate, Candidate):
                called.append(candidate)
            else:
                others.append(candidate)
        yield from (
            self.weighed(candidate) for candidate in sorted(called, key=lambda one: (one.campaign.id not in self.winners, rank(one)))
        )
        yield from sorted(others, key=self.closeness)

    def closeness(self, one: Judged) -> tuple[bool, bool, int, str]:
        """The sort key of those that were not called: here before elsewhere, then those that listen for what was asked."""
        is_deaf = not any(trigger in self.calls for trigger in triggers_of(one.campaign))
        return one.verdict is Verdict.ELSEWHERE, is_deaf, tuple(Verdict).index(one.verdict), one.campaign.id

    def candidate(self, campaign: Campaign) -> Candidate | Judged:
        """The campaign as one that was called, or why it was not."""
        distance = next((number for number, code in enumerate(self.chain) if code in campaign.regions), None)
        if distance is None:
            return Judged(campaign, None, Verdict.ELSEWHERE, ", ".join(campaign.regions))
        if excluded := next((code for code in self.chain if code in campaign.excluded), None):
            return Judged(campaign, None, Verdict.EXCLUDED, excluded)
        if self.request.surface not in campaign.surfaces:
            return Judged(campaign, None, Verdict.OTHER_SURFACE, ", ".join(campaign.surfaces))
        calls = [self.calls[trigger] for trigger in triggers_of(campaign) if trigger in self.calls]
        if not calls:
            stop = next((self.stopped[trigger] for trigger in triggers_of(campaign) if trigger in self.stopped), None)
            if stop is not None:
                return Judged(campaign, None, Verdict.STOPPED, stop.reason)
            return Judged(campaign, None, Verdict.NOT_CALLED, ", ".join((*campaign.topics, *campaign.signals, *_always(campaign))))
        runner = self.runner(campaign, distance)
        return min((candidate_of(runner, call, self.now) for call in calls), key=rank)

    def weighed(self, candidate: Candidate) -> Judged:
        """What became of a campaign that was called."""
        verdict, because = self.verdict(candidate)
        return Judged(candidate.campaign, candidate.call.topic, verdict, because)

    def verdict(self, candidate: Candidate) -> tuple[Verdict, str]:
        campaign, kind = candidate.campaign, candidate.notice.kind
        if campaign.id in self.winners:
            return Verdict.WON, ""
        runner = self.runner(campaign, candidate.distance)
        if not runner.is_open(self.now):
            return Verdict.CLOSED, self.unopened(campaign) or next_opening(runner, self.now)
        refused = refusal(runner, self.request, self.live, self.now, is_silent=self.is_silent and kind not in IN_SILENCE)
        if refused is Verdict.SILENCED:
            return refused, self.silence()
        if refused is not None:
            stop = campaign_stop(runner, self.request, self.live, self.now)
            return refused, stop.reason if stop else ""
        return (Verdict.KIND_TAKEN, self.taken[kind]) if kind in self.taken else (Verdict.LIMIT_REACHED, "")

    def unopened(self, campaign: Campaign) -> str:
        """What keeps the campaign's election from opening it in the place, if anything does."""
        if campaign.election is None:
            return ""
        election = self.live.calendar.by_id.get(campaign.election)
        if election is None:
            return f"there is no election {campaign.election}"
        if election.status not in OPEN_STATUSES:
            return f"{election.id} is {election.status}"
        return "" if election in self.live.calendar.of(self.request.voting_region) else f"{election.id} is not held here"

    def silence(self) -> str:
        """The rule that silences here, and until when."""
        places = (self.request.voting_region, self.request.region)
        quiet = next(found for place in places if (found := self.live.calendar.at(place, self.now).silenced))
        return f"{quiet.rule.source or quiet.rule.note} until {rfc3339(quiet.ends_at)}"

    def runner(self, campaign: Campaign, distance: int) -> Runner:
        """The campaign as the schedule has it."""
        return self.live.schedule.runner(campaign, distance, self.request.voting_region)


def _always(campaign: Campaign) -> tuple[str, ...]:
    return ("always",) if campaign.always else ()


def next_opening(runner: Runner, now: datetime) -> str:
    """When a closed campaign opens next in the place, in words for people."""
    ahead = [opening for opening in runner.openings if now < opening.ends_at]
    if moment := min((moment for opening in ahead if (moment := opening.next_open(now))), default=None):
        return f"opens {rfc3339(moment)}"
    if ahead:
        return "its hours leave it no time"
    return "over" if runner.openings else "opens never here"
