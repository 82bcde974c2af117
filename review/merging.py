"""Joining two edits of one document that started from the same one: field by field, and never a guess where both changed the same."""

from dataclasses import dataclass
from typing import Any, Final

from notices.documents import Document

_ABSENT: Final = object()


@dataclass(frozen=True, slots=True)
class Merged:
    """What both sides together make; without a body the document goes."""

    body: Document | None


def merge(base: Document | None, ours: Document | None, theirs: Document | None) -> Merged | None:
    """Both sides joined, or None where a person must decide."""
    if theirs in (base, ours):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    if base is None or ours is None or theirs is None:
        return None
    body: Document = {}
    for name in dict.fromkeys((*theirs, *ours)):
        found = _field(base.get(name, _ABSENT), ours.get(name, _ABSENT), theirs.get(name, _ABSENT))
        if found is None:
            return None
        if found[0] is not _ABSENT:
            body[name] = found[0]
    return Merged(body)


def _field(base: Any, ours: Any, theirs: Any) -> tuple[Any] | None:
    """The value in a tuple; None where both sides changed it differently. Lists of words that only grew or shrank are joined."""
    if theirs in (base, ours):
        return (ours,)
    if ours == base:
        return (theirs,)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        inner = merge(base if isinstance(base, dict) else {}, ours, theirs)
        return None if inner is None or inner.body is None else (inner.body,)
    if all(_is_words(side) for side in (base, ours, theirs)):
        kept = [word for word in theirs if word in ours or word not in base]
        return ([*kept, *(word for word in ours if word not in base and word not in kept)],)
    return None


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value) and len(set(value)) == len(value)
