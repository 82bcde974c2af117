"""A request's answer as bytes: what `decide` gives, encoded once and then kept beside the decision (see prepared)."""

from datetime import datetime

from notices.answer import answer_document, encode
from notices.caching import tag_line, tag_of
from notices.decide import Season, settle
from notices.decision import Request
from notices.live import Live
from notices.prepared import Answer


def answer_to(request: Request, live: Live, now: datetime, season: Season = Season.CALENDAR, *, public_url: str = "") -> Answer:
    """The same as `decide`, as the contract's JSON; `public_url` is where hosted pages live."""
    kept = settle(request, live, now, season, public_url=public_url)
    if kept.answer is None:
        body = encode(answer_document(kept.decision, live)).encode()
        tag = tag_of(body)
        kept.answer = Answer(kept.decision.outcome, body, tag, tag_line(tag), kept.decision.expires_at)
    return kept.answer
