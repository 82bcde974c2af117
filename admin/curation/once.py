"""Doing a creating request once: the same key again gives the same answer, another request under it is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from admin.curation.acting import Act
from admin.errors import KeyUsedBefore
from review.access import Answer

KEPT: Final = timedelta(days=2)
LONGEST_KEY: Final = 200


def once(act: Act, key: str | None, fingerprint: str, do: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
    """The status and JSON body that `do` gives, or gave when this actor first sent the key; in one unit with what it does.

    Raises KeyUsedBefore where the key came with another request, told by its fingerprint.
    """
    known = answered(act, key, fingerprint)
    if known is not None:
        return known
    status, body = do()
    keep(act, key, fingerprint, status, body)
    return status, body


def answered(act: Act, key: str | None, fingerprint: str) -> tuple[int, Any] | None:
    """What was answered when this actor first sent the key, or None; raises KeyUsedBefore as `once` does."""
    known = act.unit.once.get(act.actor.person, key) if key is not None else None
    if known is None:
        return None
    if known.fingerprint != fingerprint:
        raise KeyUsedBefore("This Idempotency-Key came with another request before; a new request needs a new one.")
    return known.status, known.body


def keep(act: Act, key: str | None, fingerprint: str, status: int, body: Any) -> None:
    """Keep an answer for the key, if there is one, and let go of old ones."""
    if key is not None:
        act.unit.once.forget(act.now - KEPT)
        act.unit.once.keep(act.actor.person, key, Answer(fingerprint, status, body, act.now))
