"""Changes, documents, releases and effects as plain JSON, the same for the API, the console and the command line; no rules."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from admin.curation.acting import Act
from admin.curation.previewing import Preview
from admin.curation.reviewing import Conflict, conflicts, needed_for
from admin.curation.standing import change_of, tag_of
from keywords.checks import Finding
from notices.documents import Document
from notices.errors import InvalidDocument
from review.change import Change, Comment, Edit
from review.effect import Flip, Sample, Seen
from review.errors import Unknown
from review.moves import MOVES, valid
from review.pieces import Key, Kind
from review.proof_rows import StoredHead
from store.values import Kept

MOST_WORDS: Final = 1_000
"""Words of a list that a preview shows; all are counted."""


def change_document(act: Act, change: Change) -> Document:
    """A change with where it stands: its approvals, how many it takes, its conflicts, and what may be done with it."""
    needed = needed_for(act, change)
    known = act.unit.changes.approvals(change.id)
    counted = valid(change, known) if change.content else ()
    return {
        **change_line(change),
        "content": change.content or None,
        "edits": act.unit.changes.count(change.id),
        "approvals": [{"person": one.person, "at": one.at, "counts": one in counted} for one in known],
        "approvals_needed": needed.needed,
        "risks": [risk.value for risk in needed.risks],
        "freeze_of": list(needed.elections),
        "conflicts": len(conflicts(act, change)) if change.release is None else 0,
        "comments": len(act.unit.changes.comments(change.id)),
        "moves": sorted(move.value for state, move in MOVES if state is change.state),
    }


def change_line(change: Change) -> Document:
    """A change as lists show it."""
    about = change.about
    return {
        "id": change.id,
        "title": about.title,
        "reason": about.reason,
        "source": about.source or None,
        "publish": about.when.value,
        "publish_at": about.publish_at,
        "state": change.state.value,
        "revision": change.revision,
        "tag": change.tag,
        "opened_by": change.opened_by,
        "opened_at": change.opened_at,
        "changed_at": change.changed_at,
        "authors": list(change.authors),
        "submitted_by": change.submitted_by,
        "submitted_at": change.submitted_at,
        "release": change.release,
    }


def edit_document(act: Act, edit: Edit) -> Document:
    """One edit with what it makes of what."""
    before = act.unit.releases.version(edit.key, edit.base) if edit.base else None
    action = "removed" if edit.body is None else "added" if edit.base is None else "changed"
    return {
        **key_document(edit.key),
        "action": action,
        "before": before.piece.body if before else None,
        "after": edit.body,
        "author": edit.author,
        "at": edit.at,
        "tag": tag_of(edit.hash) or None,
    }


def written_document(revision: int, edit: Edit) -> Document:
    """One edit as it was once written."""
    return {**key_document(edit.key), "revision": revision, "document": edit.body, "author": edit.author, "at": edit.at}


def comment_document(comment: Comment) -> Document:
    """One comment."""
    return {"number": comment.number, "person": comment.person, "at": comment.at, "text": comment.text}


def conflict_document(conflict: Conflict) -> Document:
    """Both sides of a conflict and what they started from."""
    return {**key_document(conflict.key), "base": conflict.base, "ours": conflict.ours, "theirs": conflict.theirs}


def key_document(key: Key) -> Document:
    """Which document."""
    return {"kind": key.kind.value, "id": key.id}


def held_document(act: Act, key: Key, known_as: str | None = None) -> Document:
    """A document as a change has it, edited or as published; without a change as published. Raises Unknown."""
    edit = act.unit.changes.edit(change_of(act, known_as).id, key) if known_as else None
    kept = act.unit.releases.piece(key)
    body, hash_ = (edit.body, edit.hash) if edit else (kept.piece.body, kept.hash) if kept else (None, None)
    if body is None:
        raise Unknown("There is no such document.")
    return {**key_document(key), "document": body, "tag": tag_of(hash_), "edited": edit is not None}


def cursor_of(key: Key) -> str:
    """A document's place in lists by kind and id."""
    return f"{key.kind.value} {key.id}"


def kept_document(kept: Kept) -> Document:
    """A published document, and since which release."""
    document = {**key_document(kept.piece.key), "document": kept.piece.body, "tag": tag_of(kept.hash)}
    return {**document, "first_release": kept.first_release, "last_release": kept.last_release}


def release_line(head: StoredHead) -> Document:
    """A release without its documents: who made and who approved each change of it."""
    return {
        "number": head.number,
        "digest": head.digest,
        "previous": head.previous,
        "made_at": head.made_at,
        "changes": head.head.get("changes", []),
        "rollback_of": head.head.get("rollback_of"),
        "signatures": list(head.signatures),
    }


def difference_document(key: Key, before: Kept | None, after: Kept | None) -> Document:
    """One document that two releases do not have in common."""
    return {**key_document(key), "before": before.piece.body if before else None, "after": after.piece.body if after else None}


def finding_document(finding: Finding) -> Document:
    """One finding of a check."""
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "place": finding.place,
        "message": finding.message,
        "hint": finding.hint,
    }


def findings_document(findings: Iterable[Finding]) -> Document:
    """Findings, the errors first."""
    told = sorted(map(finding_document, findings), key=lambda one: (one["severity"], one["code"], one["place"]))
    return {"errors": sum(one["severity"] == "error" for one in told), "findings": told}


def preview_document(preview: Preview) -> Document:
    """What a change would do."""
    found = preview.effect
    reach = found.over_reach
    return {
        "words": [
            {
                "list": one.list_id,
                "gained": list(one.gained[:MOST_WORDS]),
                "gained_count": len(one.gained),
                "lost": list(one.lost[:MOST_WORDS]),
                "lost_count": len(one.lost),
            }
            for one in found.words
        ],
        "searches": {
            "tried": found.tried,
            "flipped": [{"from": old, "to": new, "count": count} for (old, new), count in sorted(found.flipped.items())],
            "examples": [_flip(flip) for flip in found.flips],
        },
        "over_reach": {
            "searches": reach.searches,
            "before": reach.before,
            "after": reach.after,
            "new": [_sample(sample) for sample in reach.new],
        },
        "touches": {
            "regions": list(found.regions),
            "languages": list(found.languages),
            "notices": list(found.notices),
            "campaigns": list(found.campaigns),
        },
        "windows": [
            {"campaign": one.campaign, "region": one.region, "before": _stretches(one.before), "after": _stretches(one.after)}
            for one in found.windows
        ],
        "findings": {"new": findings_document(preview.new), "mended": findings_document(preview.mended)},
        "approvals_needed": preview.quorum.needed,
        "risks": [risk.value for risk in preview.quorum.risks],
        "conflicts": [conflict_document(one) for one in preview.conflicts],
    }


def key_of(kind: str, known_as: str) -> Key:
    """The key that a path names; raises InvalidDocument for a kind that there is not."""
    try:
        return Key(Kind(kind), known_as)
    except ValueError:
        raise InvalidDocument(f"A document is one of {', '.join(one.value for one in Kind)}.", "/kind") from None


def _flip(flip: Flip) -> Document:
    return {**_sample(flip.sample), "before": _seen(flip.before), "after": _seen(flip.after)}


def _sample(sample: Sample) -> Document:
    return {
        "origin": sample.origin.value,
        "text": sample.text,
        "region": sample.region,
        "languages": list(sample.languages),
        "list": sample.list_id or None,
    }


def _seen(seen: Seen) -> Document:
    return {"outcome": seen.outcome, "notice": seen.notice, "topic": seen.topic, "language": seen.language, "url": seen.url}


def _stretches(stretches: Iterable[tuple[Any, Any]]) -> list[Document]:
    return [{"starts_at": starts_at, "ends_at": ends_at} for starts_at, ends_at in stretches]


def text_of(document: object) -> str:
    """JSON with dates and instants in RFC 3339 and enumerations by value."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=_plain)


def plain(document: object) -> Any:
    """The same as plain JSON values, to be kept."""
    return json.loads(text_of(document))


def _plain(value: object) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
