"""What was live at a moment, and who answers for it; read from the store, never from what is served now."""

from datetime import UTC, datetime

from admin.curation.acting import DONE, Act
from admin.curation.telling import release_line
from notices.documents import Document
from review.errors import Unknown
from review.proof_rows import StoredHead
from store.values import Lines, StoredStop


def live_then(act: Act, moment: datetime) -> Document:
    """The release that was the latest one, who made and approved each change of it, and the stops of then; raises Unknown before the first."""
    try:
        at = moment.astimezone(UTC)
    except OverflowError:
        raise Unknown("No release was published by then.") from None
    head = act.unit.releases.at(at.isoformat())
    if head is None:
        raise Unknown("No release was published by then.")
    found = act.unit.journal.lines(Lines(action="release.published", subject=str(head.number), outcome=DONE, limit=1))
    published = {"published_by": found[0].actor, "published_at": found[0].at} if found else {"published_by": None, "published_at": None}
    changes = [_with_approvals(act, one) for one in head.head.get("changes", [])]
    stops = [_stop(one) for one in stops_then(act, at)]
    return {"moment": at, "release": {**release_line(head), **published, "changes": changes, "next": _next(act, head)}, "stops": stops}


def stops_then(act: Act, at: datetime) -> tuple[StoredStop, ...]:
    """The stops that were in force at an instant, as far as the store knows."""
    return tuple(one for one in act.unit.stops.all() if _was_in_force(one, at))


def _with_approvals(act: Act, made: Document) -> Document:
    """A change of the release, with when each of its approvers approved what was published."""
    known = act.unit.changes.approvals(str(made.get("change")))
    counted = [one for one in known if one.content == made.get("content") and one.person in made.get("approvers", ())]
    return {**made, "approvals": [{"person": one.person, "at": one.at} for one in counted]}


def _next(act: Act, head: StoredHead) -> Document | None:
    """What took its place, and when; None while it is still the latest one."""
    after = act.unit.releases.head(head.number + 1)
    return {"number": after.number, "made_at": after.made_at} if after else None


def _was_in_force(stored: StoredStop, at: datetime) -> bool:
    stop = stored.stop
    ends = [end for end in (stop.ends_at, stored.lifted_at) if end is not None]
    return stop.set_at <= at and all(at < end for end in ends)


def _stop(stored: StoredStop) -> Document:
    stop = stored.stop
    told = {"id": stop.id, "kind": stop.kind.value, "target": stop.target, "reason": stop.reason, "set_by": stop.set_by}
    return {**told, "set_at": stop.set_at, "ends_at": stop.ends_at, "lifted_by": stored.lifted_by, "lifted_at": stored.lifted_at}
