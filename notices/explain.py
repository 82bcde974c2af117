"""Why, and why not: a consideration told as JSON, with the words as they were typed. It is given back to whoever asked and kept nowhere."""

from typing import Any, Final

from elections.silence import Silence
from keywords.lists import Layer
from keywords.matcher import Match, Rejected
from keywords.reading import Field, Texts, read_fields
from keywords.why_not import RealWord, real_words_in
from notices.answer import answer_document, rfc3339
from notices.consider import Consideration, Judged
from notices.decide import is_silenced
from notices.live import Live
from notices.would_show import Change

MOST_CAMPAIGNS: Final = 1000
"""Campaigns that one explanation tells of, those that came furthest first."""


def explain_document(considered: Consideration, live: Live) -> dict[str, Any]:
    """The answer with its trace; the same inputs always give the same document."""
    place, request = considered.place, considered.request
    fields = tuple(read_fields(live.index, Texts(request.query, request.hashtags, request.text)))
    return {
        **answer_document(considered.decision, live),
        "at": rfc3339(considered.now),
        "trace": {
            "asked": {
                "languages": list(request.languages),
                "surface": request.surface.value,
                "signals": [signal.value for signal in request.signals],
                "limit": request.limit,
            },
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
                "silenced": is_silenced(request, live, considered.now),
                "barred": _barred_in_places(considered, live),
                "results_barred": place.results_barred,
                "next_change": rfc3339(place.next_change) if place.next_change else None,
                "named": considered.named,
                "elections": _elections(considered, live),
            },
            "campaigns": [_judged(judged) for judged in considered.judged[:MOST_CAMPAIGNS]],
            "campaigns_left_out": max(0, len(considered.judged) - MOST_CAMPAIGNS),
            "wording": [
                {
                    "notice": shown.id,
                    "language": shown.language,
                    "fallback": shown.fallback.value,
                    "reviewed": shown.reviewed,
                    "written_in": sorted(live.notices[shown.id].wordings),
                }
                for shown in considered.decision.notices
            ],
            "would_show": considered.change.sentence if considered.change else None,
            "change": _change(considered.change) if considered.change else None,
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
    return {
        "id": judged.campaign.id,
        "notice": judged.campaign.notice,
        "topic": judged.topic,
        "priority": judged.campaign.priority.value,
        "result": judged.verdict.value,
        "reason": judged.because,
    }


def _barred_in_places(considered: Consideration, live: Live) -> list[dict[str, Any]]:
    """The rules in force where the person votes, and where they are."""
    places = dict.fromkeys((considered.request.voting_region, considered.request.region))
    return [_barred(silence, place) for place in places for silence in live.calendar.at(place, considered.now).in_force]


def _barred(silence: Silence, place: str) -> dict[str, Any]:
    """A rule in force, and where it comes from."""
    return {
        "region": place,
        "election": silence.election.id,
        "bars": [barred.value for barred in silence.rule.bars],
        "law": silence.rule.source or None,
        "confidence": silence.rule.confidence.value,
        "from": rfc3339(silence.starts_at),
        "to": rfc3339(silence.ends_at),
        "note": silence.rule.note or None,
    }


def _elections(considered: Consideration, live: Live) -> list[dict[str, Any]]:
    """Every election held in the place whose season runs then, with its own phase."""
    region, now = considered.request.voting_region, considered.now
    return [
        {"id": election.id, "round": span.round.number, "date": span.hours.current(now).first_day.isoformat(), "phase": span.phase.value}
        for election, span in live.calendar.running(region, now)
    ]


def _change(change: Change) -> dict[str, Any]:
    return {"kind": change.kind.value, "value": change.value, "tried": change.is_tried}
