"""Why, and why not: a consideration told as JSON, with the words as they were typed. It is given back to whoever asked and kept nowhere."""

from typing import Any, Final

from keywords.lists import Layer
from keywords.matcher import Findings, Match, Reason, Rejected
from keywords.reading import Field, Texts, read_fields
from keywords.why_not import RealWord, real_words_in
from notices.answer import answer_document, rfc3339
from notices.choose import Judged
from notices.decide import Consideration
from notices.decision import Outcome
from notices.live import Live

_WOULD_SHOW: Final = {
    Outcome.NO_MATCH: "No term of the region's lists matches; a term for these words in a keyword list would show a notice.",
    Outcome.OUT_OF_SEASON: "A matching term counts only in season; an election in season here would show the notice.",
    Outcome.NOT_SCHEDULED: "A term matches, but no campaign for its topic is open here on this surface; opening one would show the notice.",
    Outcome.SILENCED: "The notice's kind may not run during the silence around polling; it shows again when the silence ends.",
    Outcome.STOPPED: "A stop is in force; lifting it would show the notice.",
}
_WOULD_MATCH: Final = {
    Reason.VETO: "A term matches but another word vetoes it; without that word it would show.",
    Reason.CONTEXT: "A term matches but needs an election word beside it; with one it would show.",
    Reason.BLOCKED: "A term matches but this region blocks it.",
    Reason.LAYER_OFF: "A term matches by a layer that it has switched off; typed as curated it would show.",
}


def explain_document(considered: Consideration, live: Live) -> dict[str, Any]:
    """The answer with its trace; the same inputs always give the same document."""
    place, request = considered.place, considered.request
    fields = tuple(read_fields(live.index, Texts(request.query, request.hashtags, request.text)))
    return {
        **answer_document(considered.decision, live),
        "at": rfc3339(considered.now),
        "trace": {
            "normalised": [_field(field) for field in fields],
            "matches": [_match(match) for match in considered.findings.matches],
            "rejected": [_rejected(fallen) for fallen in considered.findings.rejected]
            + [{**_match(match), "reason": "stopped", "detail": stop.reason} for match, stop in considered.stopped_matches],
            "words": [_word(fallen) for field in fields if field.layer is Layer.EXACT for fallen in real_words_in(live.index, field)],
            "topics": list(dict.fromkeys(match.entry.topic for match in considered.findings.matches)),
            "place": {
                "region": considered.request.region,
                "voting_region": considered.request.voting_region,
                "chain": list(live.places.chain(considered.request.voting_region)),
                "phase": place.phase.value,
                "in_season": place.in_season,
                "election": place.leading.election.id if place.leading else None,
                "silenced": place.silenced is not None,
                "results_barred": place.results_barred,
                "named": considered.named,
            },
            "campaigns": [_judged(judged) for judged in considered.judged],
            "wording": [
                {"notice": shown.id, "language": shown.language, "fallback": shown.fallback.value, "reviewed": shown.reviewed}
                for shown in considered.decision.notices
            ],
            "would_show": _would_show(considered.decision.outcome, considered.findings),
        },
    }


def _field(field: Field) -> dict[str, Any]:
    return {"field": field.name, "text": " ".join(field.words), "layer": field.layer.value}


def _word(fallen: RealWord) -> dict[str, Any]:
    """A word that is near a curated one, and why it is not taken for it."""
    start, end = fallen.field.span(fallen.start, fallen.end)
    return {
        "field": fallen.field.name,
        "start": start,
        "end": end,
        "near": fallen.near,
        "cost": fallen.edits,
        "reason": fallen.reason.value,
    }


def _match(match: Match) -> dict[str, Any]:
    start, end = match.span()
    return {
        "list": match.entry.list_id,
        "term": match.entry.term.text,
        "topic": match.entry.topic,
        "slot": match.entry.slot,
        "layer": match.hit.layer.value,
        "field": match.field.name,
        "start": start,
        "end": end,
        "cost": match.edits,
    }


def _rejected(fallen: Rejected) -> dict[str, Any]:
    return {**_match(fallen.match), "reason": fallen.reason.value, "detail": fallen.word}


def _judged(judged: Judged) -> dict[str, Any]:
    candidate = judged.candidate
    return {
        "id": candidate.campaign.id,
        "notice": candidate.notice.id,
        "topic": candidate.topic,
        "priority": candidate.campaign.priority.value,
        "result": judged.verdict.value,
        "reason": judged.because,
    }


def _would_show(outcome: Outcome, findings: Findings) -> str | None:
    if outcome is Outcome.SHOWN:
        return None
    if outcome is Outcome.NO_MATCH and findings.rejected:
        return _WOULD_MATCH.get(findings.rejected[0].reason, _WOULD_SHOW[outcome])
    return _WOULD_SHOW[outcome]
