"""Which notice, in which words: one pure function from a request, what is live, and a moment to a decision. No text is kept."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from keywords.matcher import Findings, Match, Reason, find
from keywords.places import codes_in
from keywords.reading import Texts
from notices.choose import Call, Candidate, calls_of, winners
from notices.decision import Decision, Outcome, Request, Shown
from notices.expiry import next_difference
from notices.likeness import what_counts
from notices.live import Live
from notices.localise import NEUTRAL_LANGUAGE, spoken_phase
from notices.notice import NoticeKind
from notices.prepared import Kept
from notices.schedule import Lane, Runner
from notices.showing import shown
from notices.stops import EVERYTHING, Stop, StopKind

IN_SILENCE = frozenset(
    {
        NoticeKind.ELECTION_CENTER,
        NoticeKind.MEDIA_LITERACY,
        NoticeKind.FACT_CHECK,
        NoticeKind.SYNTHETIC_MEDIA,
        NoticeKind.RESULTS_CAUTION,
        NoticeKind.URGENT,
    }
)
"""The kinds that run through a campaign silence (DESIGN §7)."""


class Season(StrEnum):
    """Whether `season_only` terms follow the calendar or count as in season; nothing else changes by it."""

    CALENDAR = "calendar"
    ALWAYS = "always"


class Verdict(StrEnum):
    """The one reason a campaign did or did not win."""

    WON = "won"
    KIND_TAKEN = "kind_taken"
    LIMIT_REACHED = "limit_reached"
    STOPPED = "stopped"
    SILENCED = "silenced"
    CLOSED = "closed"
    NOT_CALLED = "not_called"
    OTHER_SURFACE = "other_surface"
    EXCLUDED = "excluded"
    ELSEWHERE = "elsewhere"


class Judgement(NamedTuple):
    """The furthest point reached, and who won."""

    outcome: Outcome
    winners: tuple[Candidate, ...] = ()


def decide(request: Request, live: Live, now: datetime, season: Season = Season.CALENDAR, *, public_url: str = "") -> Decision:
    """The notices for a request at a moment; `public_url` is where hosted pages live."""
    return settle(request, live, now, season, public_url=public_url).decision


def settle(request: Request, live: Live, now: datetime, season: Season = Season.CALENDAR, *, public_url: str = "") -> Kept:
    """The decision, worked out once for all requests that are alike in what it depends on.

    Between the findings and the answer stand only places, languages, topics and the clock: of the words of a search nothing is kept.
    """
    findings = findings_of(request, live, now, season)
    has_stops = bool(live.stops.stops)
    key = what_counts(request, findings, place_named(request, findings, live), season, public_url, has_stops=has_stops)
    if not key and has_stops:  # a stop on a place holds there for searches that nothing answers, too
        key = (request.region, request.voting_region)
    kept = live.prepared.at(key, now)
    return kept or live.prepared.keep(key, weigh(request, findings, live, now, season, public_url=public_url), now)


def findings_of(request: Request, live: Live, now: datetime, season: Season) -> Findings:
    """What the request's words mean, where it is asked; all that a decision takes from them."""
    region = request.voting_region
    above = live.places.chain(region)
    return find(
        live.index,
        Texts(request.query, request.hashtags, request.text),
        above if request.region == region else dict.fromkeys((*above, *live.places.chain(request.region))),
        in_season=season is Season.ALWAYS or live.calendar.at(region, now).in_season,
    )


def place_named(request: Request, findings: Findings, live: Live) -> str | None:
    """The other place inside the voting country that the words name ("vote in Texas"), in the user's languages or English; else None."""
    country = live.places.country(request.voting_region)
    if not findings.matches or country is None or not live.centers.differ_within(country.code):
        return None
    words = dict.fromkeys(match.field.words for match in findings.matches)
    mentions = [mention for each in words for mention in live.place_names.mentions(each)]
    if not mentions:
        return None
    codes = codes_in(mentions, (*request.languages, *live.places.languages(request.voting_region), NEUTRAL_LANGUAGE))
    own = live.places.chain(request.voting_region)
    return next((code for code in codes if code not in own and country.code in live.places.chain(code)), None)


def place_offered(request: Request, findings: Findings, live: Live, now: datetime) -> str | None:
    """The place named, unless it is stopped: then nothing leads there, and the notice leads to the person's own."""
    named = place_named(request, findings, live)
    return None if named is None or live.stops.on_places((named,), live.places, now) else named


def weigh(
    request: Request, findings: Findings, live: Live, now: datetime, season: Season = Season.CALENDAR, *, public_url: str = ""
) -> Decision:
    """From what was found to the decision; the words count again only where the season turns."""
    region, in_season = request.voting_region, live.calendar.at(request.voting_region, now).in_season

    def found(moment: datetime) -> Findings:
        is_same = season is Season.ALWAYS or live.calendar.at(region, moment).in_season == in_season
        return findings if is_same else findings_of(request, live, moment, season)

    def sketch(moment: datetime) -> object:
        outcome, won = judge(request, found(moment), live, moment)
        place = live.calendar.at(region, moment)
        offered = live.stops.stops and place_offered(request, found(moment), live, moment)
        return outcome, [(winner.campaign.id, winner.call.trigger) for winner in won], won and (place.leading, spoken_phase(place), offered)

    def answer(moment: datetime) -> tuple[Outcome, tuple[Shown, ...]]:
        return answered(request, found(moment), live, moment, public_url)

    outcome, notices = today = answer(now)
    turns = coming_turns(request, findings, live, now)
    return Decision(outcome, notices, next_difference(today, sketch, answer, now, turns))


def answered(request: Request, findings: Findings, live: Live, now: datetime, public_url: str = "") -> tuple[Outcome, tuple[Shown, ...]]:
    """The outcome and the notices, without asking how long they hold."""
    judgement = judge(request, findings, live, now)
    if not judgement.winners:
        return judgement.outcome, ()
    place, named = live.calendar.at(request.voting_region, now), place_offered(request, findings, live, now)
    return judgement.outcome, tuple(shown(winner, request, live, place, named, public_url) for winner in judgement.winners)


def judge(request: Request, findings: Findings, live: Live, now: datetime) -> Judgement:
    """Who wins: of each kind the best that is open, not silenced and not stopped. Looks no further than that, however many campaigns there are."""
    if live.stops.stops and place_stop(request, live, now):
        return Judgement(Outcome.STOPPED)
    matches = [match for match in findings.matches if match_stop(match, live, now) is None]
    lanes = [(call, _lane(call, request, live)) for call in calls_of(matches, request.signals, is_silent=request.is_silent)]
    heads: list[Candidate] = []
    refused = {Verdict.STOPPED} if len(matches) < len(findings.matches) else set()
    is_silent = is_silenced(request, live, now)
    for call, lane in lanes:
        for kind, runners in lane.at(now).items():
            for runner in runners:
                verdict = refusal(runner, request, live, now, is_silent=is_silent and kind not in IN_SILENCE)
                if verdict is None:
                    heads.append(candidate_of(runner, call, now))
                    break
                refused.add(verdict)
    return Judgement(_outcome(findings, heads, refused, lanes), winners(heads, request.limit))


def _lane(call: Call, request: Request, live: Live) -> Lane:
    return live.schedule.lane(request.voting_region, request.surface, call.trigger)


def refusal(runner: Runner, request: Request, live: Live, now: datetime, *, is_silent: bool) -> Verdict | None:
    """Why a campaign that listens may not run now, the earliest reason on the way."""
    if runner.has_hours and not runner.is_open(now):
        return Verdict.CLOSED
    if is_silent:
        return Verdict.SILENCED
    return Verdict.STOPPED if live.stops.stops and campaign_stop(runner, request, live, now) else None


def candidate_of(runner: Runner, call: Call, now: datetime) -> Candidate:
    """The campaign as it stands now."""
    return Candidate(runner.campaign, runner.notice, runner.distance, call, runner.days_to_election(now.date()))


def match_stop(match: Match, live: Live, now: datetime) -> Stop | None:
    """The stop on a match's list or topic."""
    return live.stops.hit(StopKind.LIST, (match.entry.list_id,), now) or live.stops.hit(StopKind.TOPIC, (match.entry.topic,), now)


def campaign_stop(runner: Runner, request: Request, live: Live, now: datetime) -> Stop | None:
    """The stop on everything, on the place, on a campaign or on its notice."""
    return (
        place_stop(request, live, now)
        or live.stops.hit(StopKind.CAMPAIGN, (runner.campaign.id,), now)
        or live.stops.hit(StopKind.NOTICE, (runner.notice.id,), now)
    )


def place_stop(request: Request, live: Live, now: datetime) -> Stop | None:
    """The stop on everything, or on where the person is or votes and all that lies above it: no request gets further, whatever it asks."""
    everything = live.stops.hit(StopKind.EVERYTHING, (EVERYTHING,), now)
    return everything or live.stops.on_places((request.region, request.voting_region), live.places, now)


def is_silenced(request: Request, live: Live, now: datetime) -> bool:
    """Whether campaigning is barred where the person votes or where they are."""
    places = dict.fromkeys((request.voting_region, request.region))
    return any(live.calendar.at(place, now).silenced is not None for place in places)


def _outcome(findings: Findings, heads: Sequence[Candidate], refused: set[Verdict], lanes: Sequence[tuple[Call, Lane]]) -> Outcome:
    """The furthest point reached: shown, stopped, silenced, not scheduled, out of season, no match."""
    if heads:
        return Outcome.SHOWN
    if Verdict.STOPPED in refused:
        return Outcome.STOPPED
    if Verdict.SILENCED in refused:
        return Outcome.SILENCED
    if findings.matches or any(lane.runners for _, lane in lanes):
        return Outcome.NOT_SCHEDULED
    if any(fallen.reason is Reason.SEASON for fallen in findings.rejected):
        return Outcome.OUT_OF_SEASON
    return Outcome.NO_MATCH


def coming_turns(request: Request, findings: Findings, live: Live, now: datetime) -> Iterator[datetime]:
    """The moments after now, one after the other, at which the calendar, a campaign that listens or a stop may turn; where nothing calls, stops."""
    seasonal = (fallen.match for fallen in findings.rejected if fallen.reason is Reason.SEASON)
    calls = calls_of((*findings.matches, *seasonal), request.signals, is_silent=request.is_silent)
    lanes = [_lane(call, request, live) for call in calls]
    while lanes or live.stops.stops:
        turn = min((turn for turn in _turns(request, lanes, live, now) if turn is not None), default=None)
        if turn is None:
            return
        yield turn
        now = turn


def _turns(request: Request, lanes: Sequence[Lane], live: Live, now: datetime) -> Iterator[datetime | None]:
    """The next moment at which each thing that was looked at may turn."""
    yield live.stops.next_end(now)
    if not lanes:
        return
    for place in dict.fromkeys((request.voting_region, request.region)):
        yield live.calendar.at(place, now).next_change
    for lane in lanes:
        yield lane.next_turn(now)
    signalled = frozenset().union(*(lane.open_elections(now) for lane in lanes)) if len(request.signals) > 1 else ()
    if len(signalled) > 1 or any(lane.hinges_on_days(now) for lane in lanes):
        yield midnight_after(now)


def midnight_after(now: datetime) -> datetime:
    """The next midnight in UTC, when the nearer of two elections may become the other one."""
    return datetime.combine(date.fromordinal(now.date().toordinal() + 1), datetime.min.time(), now.tzinfo)
