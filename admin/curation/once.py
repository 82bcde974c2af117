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
    if key is None:
        return do()
    known = act.unit.once.get(act.actor.person, key)
    if known is not None:
        if known.fingerprint != fingerprint:
            raise KeyUsedBefore("This Idempotency-Key came with another request before; a new request needs a new one.")
        return known.status, known.body
    status, body = do()
    act.unit.once.forget(act.now - KEPT)
    act.unit.once.keep(act.actor.person, key, Answer(fingerprint, status, body, act.now))
    return status, body
