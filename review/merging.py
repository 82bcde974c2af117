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
    started = [] if base is _ABSENT else base
    if all(_is_words(side) for side in (started, ours, theirs)):
        joined = _words(started, ours, theirs)
        return None if joined is None else (joined,)
    return None


def _words(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    """Both sides' words, each new one behind what it stood behind, theirs before ours; None where somebody must say what comes first.

    The first language of a region is its default: a new order is a change like any other.
    """
    known, left = frozenset(base), frozenset(ours).intersection(theirs)
    for side in (ours, theirs):
        kept = frozenset(side)
        if [word for word in side if word in known] != [word for word in base if word in kept]:
            return None
    by_ours, by_theirs = _added(base, ours), _added(base, theirs)
    first = by_ours[None], by_theirs[None]
    if base and all(first) and first[0] != first[1]:
        return None
    joined = [*by_theirs[None], *by_ours[None]]
    for word in base:
        joined += [word] if word in left else []
        joined += [*by_theirs[word], *by_ours[word]]
    return list(dict.fromkeys(joined))


def _added(base: list[str], side: list[str]) -> dict[str | None, list[str]]:
    """The words that a side added, by the word of the base that they stand behind, None for none."""
    found: dict[str | None, list[str]] = {word: [] for word in (None, *base)}
    behind: str | None = None
    for word in side:
        if word in found:
            behind = word
        else:
            found[behind].append(word)
    return found


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value) and len(set(value)) == len(value)
