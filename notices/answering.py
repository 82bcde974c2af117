"""A request's answer as bytes: `decide`, but what depends on no word of the search is worked out once and then kept (see prepared).

Between the findings and the answer stand only places, languages, topics and the clock, so requests alike in these share an answer.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from keywords.matcher import Findings, Match, Reason
from notices.answer import answer_document, encode
from notices.caching import tag_of
from notices.decide import Consideration, Season, findings_of, place_named, weigh
from notices.decision import Request
from notices.live import Live
from notices.prepared import Answer, Key
from notices.targeting import next_turn


def answer_to(request: Request, live: Live, now: datetime, season: Season = Season.CALENDAR, *, public_url: str = "") -> Answer:
    """The same as `decide`, as the contract's JSON; `public_url` is where hosted pages live."""
    findings = findings_of(request, live, now, season)
    named = place_named(request, findings, live)
    key = _key(request, findings, named, live, now, public_url)
    known = live.prepared.answer(key, now)
    if known is not None:
        return known
    considered = weigh(request, findings, live, now, named=named, public_url=public_url)
    body = encode(answer_document(considered.decision, live)).encode()
    answer = Answer(considered.decision.outcome, body, tag_of(body), considered.decision.expires_at)
    live.prepared.keep(key, answer, now, min(_turns(considered, live, now), default=None) if key else None)
    return answer


def _key(request: Request, findings: Findings, named: str | None, live: Live, now: datetime, public_url: str) -> Key:
    """All that the answer depends on beside the moment; empty where nothing calls for a notice, which is answered alike everywhere."""
    is_seasonal = bool(findings.rejected) and any(fallen.reason is Reason.SEASON for fallen in findings.rejected)
    is_silent = request.is_silent
    if not (findings.matches or is_seasonal or is_silent or request.signals):
        return ()
    return (
        request.region,
        request.voting_region,
        named,
        request.languages,
        request.surface,
        request.signals,
        request.limit,
        is_seasonal,
        is_silent,
        public_url,
        now.date(),
        _found(findings.matches) if live.stops.stops else _called(findings.matches),
    )


def _called(matches: Sequence[Match]) -> Key:
    """For each topic the surest match, which is the one that calls; how long it is only counts between several."""
    firsts: dict[str, Match] = {}
    for match in matches:
        firsts.setdefault(match.entry.topic, match)
    is_one = len(firsts) == 1
    return tuple((topic, match.entry.slot, match.hit.layer, 0 if is_one else len(match.hit.key)) for topic, match in firsts.items())


def _found(matches: Sequence[Match]) -> Key:
    """Every match, because a stop may take its list away and leave another to call."""
    return tuple((match.entry.list_id, match.entry.topic, match.entry.slot, match.hit.layer, len(match.hit.key)) for match in matches)


def _turns(considered: Consideration, live: Live, now: datetime) -> Iterator[datetime]:
    """The moments from now on at which anything may change that was looked at."""
    request = considered.request
    places = (considered.place, live.calendar.at(request.region, now))
    yield from (place.next_change for place in places if place.next_change is not None)
    for turn in (live.stops.next_end(now), *(next_turn(judged.candidate.campaign, now) for judged in considered.judged)):
        if turn is not None:
            yield turn
