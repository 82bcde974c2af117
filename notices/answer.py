"""A decision as the contract's JSON: one function for HTTP, batch and the command line, so that all three are the same bytes."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from notices.decision import Decision, Shown
from notices.live import Live


def answer_document(decision: Decision, live: Live) -> dict[str, Any]:
    """The response body as data."""
    return {
        "outcome": decision.outcome.value,
        "notices": [_notice(shown) for shown in decision.notices],
        "release": {"number": live.release.number, "digest": live.digest},
        "expires_at": rfc3339(decision.expires_at) if decision.expires_at else None,
    }


def encode(document: object) -> str:
    """JSON without needless spaces, text as it is."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=1024)
def rfc3339(moment: datetime) -> str:
    """An instant in UTC with `Z`, to the second when it is whole."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _notice(shown: Shown) -> dict[str, Any]:
    election, frequency, image = shown.election, shown.frequency, shown.image
    return {
        "id": shown.id,
        "kind": shown.kind.value,
        "topic": shown.topic,
        "campaign": shown.campaign,
        "title": shown.title,
        "body": shown.body,
        "language": shown.language,
        "direction": shown.direction,
        "reviewed": shown.reviewed,
        "action": {"label": shown.label, "url": shown.url, "slot": shown.slot},
        "image": {"url": image.url, "alt": image.alt} if image else None,
        "region": shown.region,
        "election": {"id": election.id, "name": election.name, "date": election.date.isoformat(), "phase": election.phase.value}
        if election
        else None,
        "priority": shown.priority.value,
        "dismissible": shown.dismissible,
        "frequency": {"per_day": frequency.per_day, "dismiss_days": frequency.dismiss_days} if frequency else None,
        "revision": shown.revision,
    }
