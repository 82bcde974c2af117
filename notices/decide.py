"""Which notice, in which words: one pure function from a request, what is live, and a moment to a decision. No text is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain
from urllib.parse import quote

from elections.calendar import PlaceState
from keywords.matcher import Findings, Match, Reason, find
from keywords.places import codes_in
from keywords.reading import Texts
from notices.campaign import Campaign
from notices.choose import NO_MATCH_LAYER, Candidate, Judged, Verdict, choose, days_between
from notices.decision import Decision, Outcome, Request, Shown, ShownElection, ShownImage
from notices.languages import direction, negotiate
from notices.live import Live
from notices.localise import NEUTRAL_LANGUAGE, localise, slot_of
from notices.notice import Notice, NoticeKind
from notices.stops import EVERYTHING, Stop, StopKind
from notices.targeting import ALWAYS_TRIGGER, is_open, next_turn, signal_trigger, topic_trigger

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


@dataclass(frozen=True, slots=True)
class Consideration:
    """A decision with everything it was made from, for explanations."""

    request: Request
    now: datetime
    place: PlaceState
    named: str | None
    findings: Findings
    stopped_matches: tuple[tuple[Match, Stop], ...]
    judged: tuple[Judged, ...]
    decision: Decision


def decide(request: Request, live: Live, now: datetime, season: Season = Season.CALENDAR, *, public_url: str = "") -> Decision:
    """The notices for a request at a moment; `public_url` is where hosted pages live."""
    return consider(request, live, now, season, public_url=public_url).decision


def consider(request: Request, live: Live, now: datetime, season: Season = Season.CALENDAR, *, public_url: str = "") -> Consideration:
    """The same, with the reasons."""
    findings = findings_of(request, live, now, season)
    return weigh(request, findings, live, now, named=place_named(request, findings, live), public_url=public_url)


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
    mentions = chain.from_iterable(map(live.place_names.mentions, words))
    codes = codes_in(mentions, (*request.languages, *live.places.languages(request.voting_region), NEUTRAL_LANGUAGE))
    own = live.places.chain(request.voting_region)
    return next((code for code in codes if code not in own and country.code in live.places.chain(code)), None)


def weigh(
    request: Request, findings: Findings, live: Live, now: datetime, *, named: str | None = None, public_url: str = ""
) -> Consideration:
    """From what was found, and the other place that was named, to the decision; of the words only whether there are any still counts."""
    place = live.calendar.at(request.voting_region, now)
    above = live.places.chain(request.voting_region)
    stopped = tuple((match, stop) for match in findings.matches if (stop := _match_stop(match, live, now)))
    halted = {id(match) for match, _ in stopped}
    matches = [match for match in findings.matches if id(match) not in halted]
    candidates = list(_candidates(request, matches, above, live, place, now))
    refused: list[Judged] = []
    running: list[Candidate] = []
    for candidate in candidates:
        refusal = _refusal(candidate, request, live, place, now)
        if refusal is None:
            running.append(candidate)
        else:
            refused.append(refusal)
    judged = (*choose(running, request.limit), *refused)
    winners = [one.candidate for one in judged if one.verdict is Verdict.WON]
    decision = Decision(
        outcome=_outcome(findings, stopped, judged),
        notices=tuple(_shown(winner, request, live, place, named, public_url) for winner in winners),
        expires_at=_expires_at(findings, candidates, live, place, now),
    )
    return Consideration(request, now, place, named, findings, stopped, judged, decision)


def _match_stop(match: Match, live: Live, now: datetime) -> Stop | None:
    return live.stops.hit(StopKind.LIST, (match.entry.list_id,), now) or live.stops.hit(StopKind.TOPIC, (match.entry.topic,), now)


def _candidates(
    request: Request, matches: Sequence[Match], above: Sequence[str], live: Live, place: PlaceState, now: datetime
) -> Iterator[Candidate]:
    """Every campaign that listens for what was found, once, with the surest reason it was called for."""
    triggers: dict[str, Match | None] = {}
    for match in matches:
        triggers.setdefault(topic_trigger(match.entry.topic), match)
    for signal in request.signals:
        triggers.setdefault(signal_trigger(signal), None)
    if request.is_silent:
        triggers[ALWAYS_TRIGGER] = None
    called: dict[str, Candidate] = {}
    for trigger, caller in triggers.items():
        for distance, campaign in live.targets.listening(above, request.surface, trigger):
            topic = caller.entry.topic if caller else None
            candidate = Candidate(campaign, live.notices[campaign.notice], distance, caller, topic, _days(campaign, live, place, now))
            known = called.get(campaign.id)
            if known is None or _strength(candidate) < _strength(known):
                called[campaign.id] = candidate
    yield from called.values()


def _strength(candidate: Candidate) -> tuple[int, int, int]:
    hit = candidate.match.hit if candidate.match else None
    return (candidate.distance, hit.layer.rank, -len(hit.key)) if hit else (candidate.distance, NO_MATCH_LAYER, 0)


def _days(campaign: Campaign, live: Live, place: PlaceState, now: datetime) -> int:
    if campaign.election is None:
        return days_between(None, now.date())
    if place.leading is not None and place.leading.election.id == campaign.election:
        return days_between(place.leading.date, now.date())
    election = live.calendar.by_id.get(campaign.election)
    return days_between(election.rounds[0].first_day if election else None, now.date())


def _refusal(candidate: Candidate, request: Request, live: Live, place: PlaceState, now: datetime) -> Judged | None:
    """Why a called campaign may not run now, the earliest reason on the way."""
    campaign, notice = candidate.campaign, candidate.notice
    if not is_open(campaign, now, place):
        return Judged(candidate, Verdict.CLOSED)
    if notice.kind not in IN_SILENCE and (place.silenced is not None or _is_silent_here(request, live, now)):
        return Judged(candidate, Verdict.SILENCED)
    regions = {*live.places.chain(request.region), *live.places.chain(request.voting_region)}
    for kind, targets in (
        (StopKind.EVERYTHING, (EVERYTHING,)),
        (StopKind.REGION, regions),
        (StopKind.CAMPAIGN, (campaign.id,)),
        (StopKind.NOTICE, (notice.id,)),
    ):
        if stop := live.stops.hit(kind, targets, now):
            return Judged(candidate, Verdict.STOPPED, stop.reason)
    return None


def _is_silent_here(request: Request, live: Live, now: datetime) -> bool:
    return request.region != request.voting_region and live.calendar.at(request.region, now).silenced is not None


def _outcome(findings: Findings, stopped: Sequence[tuple[Match, Stop]], judged: Sequence[Judged]) -> Outcome:
    """The furthest point reached: shown, stopped, silenced, not scheduled, out of season, no match."""
    verdicts = {one.verdict for one in judged}
    if Verdict.WON in verdicts:
        return Outcome.SHOWN
    if stopped or Verdict.STOPPED in verdicts:
        return Outcome.STOPPED
    if Verdict.SILENCED in verdicts:
        return Outcome.SILENCED
    if findings.matches or judged:
        return Outcome.NOT_SCHEDULED
    if any(fallen.reason is Reason.SEASON for fallen in findings.rejected):
        return Outcome.OUT_OF_SEASON
    return Outcome.NO_MATCH


def _expires_at(findings: Findings, candidates: Sequence[Candidate], live: Live, place: PlaceState, now: datetime) -> datetime | None:
    """The next moment at which the calendar, a window or a stop could change the answer; None where the clock cannot."""
    seasonal = any(fallen.reason is Reason.SEASON for fallen in findings.rejected)
    if not candidates and not seasonal:
        return live.stops.next_end(now) if findings.matches else None
    moments = [place.next_change, live.stops.next_end(now), *(next_turn(candidate.campaign, now) for candidate in candidates)]
    return min((moment for moment in moments if moment is not None), default=None)


def _shown(candidate: Candidate, request: Request, live: Live, place: PlaceState, named: str | None, public_url: str) -> Shown:
    notice, campaign = candidate.notice, candidate.campaign
    words = localise(notice, request.languages, request.voting_region, place, live)
    slot = slot_of(candidate.topic, candidate.match.entry.slot if candidate.match else None) if notice.center_part is None else None
    region, url = _link(notice, slot or notice.center_part, named or request.voting_region, words.language, live, public_url)
    return Shown(
        id=notice.id,
        kind=notice.kind,
        topic=candidate.topic,
        campaign=campaign.id,
        title=words.words.title,
        body=words.words.body,
        language=words.language,
        direction=direction(words.language),
        reviewed=words.reviewed,
        label=words.words.label,
        url=words.url or url,
        slot=slot if notice.leads_to_center and words.url is None else None,
        image=_image(notice, words.language),
        region=region,
        election=_election(place, words.language),
        priority=campaign.priority,
        dismissible=notice.dismissible,
        frequency=campaign.frequency,
        revision=notice.revision,
        fallback=words.fallback,
    )


def _link(notice: Notice, part: str | None, voting_region: str, language: str, live: Live, public_url: str) -> tuple[str, str]:
    """The region of the center that the link leads to, else the voting region; and the absolute link."""
    if not notice.leads_to_center:
        return voting_region, notice.action
    center = live.centers.answering(voting_region)
    region = center.region if center else voting_region
    anchor = f"#{part}" if part else ""
    return region, f"{public_url}/centers/{region}?lang={quote(language)}{anchor}"


def _image(notice: Notice, language: str) -> ShownImage | None:
    if notice.image is None:
        return None
    known = negotiate((language, NEUTRAL_LANGUAGE), notice.image.alt.keys())
    return ShownImage(notice.image.url, notice.image.alt[known] if known else "")


def _election(place: PlaceState, language: str) -> ShownElection | None:
    if place.leading is None:
        return None
    names = place.leading.election.names
    known = negotiate((language, NEUTRAL_LANGUAGE), names.keys()) or NEUTRAL_LANGUAGE
    return ShownElection(place.leading.election.id, names[known], place.leading.date, place.leading.phase)
