"""A request's answer as bytes: `decide`, but what depends on no word of the search is worked out once and then kept (see prepared).

Between the findings and the answer stand only places, languages, topics and the clock, so requests alike in these share an answer.
"""

from collections.abc import Sequence
from datetime import datetime

from keywords.matcher import Findings, Match, Reason
from notices.answer import answer_document, encode
from notices.caching import tag_of
from notices.decide import Season, findings_of, place_named, weigh
from notices.decision import Request
from notices.live import Live
from notices.prepared import Answer, Key


def answer_to(request: Request, live: Live, now: datetime, season: Season = Season.CALENDAR, *, public_url: str = "") -> Answer:
    """The same as `decide`, as the contract's JSON; `public_url` is where hosted pages live."""
    findings = findings_of(request, live, now, season)
    key = _key(request, findings, live, season, public_url)
    known = live.prepared.answer(key, now)
    if known is not None:
        return known
    decision = weigh(request, findings, live, now, season, public_url=public_url)
    body = encode(answer_document(decision, live)).encode()
    answer = Answer(decision.outcome, body, tag_of(body), decision.expires_at)
    live.prepared.keep(key, answer, now, decision.expires_at if key else None)
    return answer


def _key(request: Request, findings: Findings, live: Live, season: Season, public_url: str) -> Key:
    """All that the answer depends on beside the moment; empty where nothing calls for a notice, which is answered alike everywhere."""
    seasonal = [fallen.match for fallen in findings.rejected if fallen.reason is Reason.SEASON] if findings.rejected else []
    is_silent = request.is_silent
    if not (findings.matches or seasonal or is_silent or request.signals):
        return ()
    called = _found if live.stops.stops else _called
    return (
        request.region,
        request.voting_region,
        place_named(request, findings, live),
        request.languages,
        request.surface,
        request.signals,
        request.limit,
        is_silent,
        season,
        public_url,
        called(findings.matches),
        called(seasonal),
    )


def _called(matches: Sequence[Match]) -> Key:
    """For each topic the surest match, which is the one that calls, and the surest that calls out of season too."""
    firsts: dict[tuple[str, bool], Match] = {}
    for match in matches:
        firsts.setdefault((match.entry.topic, match.entry.term.season_only), match)
    return tuple((*called, match.entry.slot, match.hit.layer) for called, match in firsts.items())


def _found(matches: Sequence[Match]) -> Key:
    """Every match, because a stop may take its list away and leave another to call."""
    return tuple(
        (match.entry.list_id, match.entry.topic, match.entry.slot, match.hit.layer, match.entry.term.season_only) for match in matches
    )
