"""Answers that one release has already given, ready to be sent; by what they depend on, and as long as they hold. No search is in it."""

from datetime import datetime
from typing import Final, NamedTuple

from notices.decision import Outcome

MOST: Final = 8_192
"""Answers kept; one takes about two kilobytes, and one that is not kept is only made again."""

Key = tuple[object, ...]
"""Codes of ours: places, languages, topics, layers; see answering."""


class Answer(NamedTuple):
    """What is sent: the outcome, the contract's JSON, its strong entity tag, and the next moment at which it could change by the clock."""

    outcome: Outcome
    body: bytes
    tag: str
    expires_at: datetime | None


class Prepared:
    """A bounded table, the oldest out first; it belongs to one release under one set of stops and goes with them."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        """Nothing is answered yet."""
        self._kept: dict[Key, tuple[Answer, datetime, datetime | None]] = {}

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def answer(self, key: Key, now: datetime) -> Answer | None:
        """The answer that holds now."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        answer, since, until = kept
        return answer if since <= now and (until is None or now < until) else None

    def keep(self, key: Key, answer: Answer, since: datetime, until: datetime | None) -> None:
        """Keep an answer that holds from `since` until before `until`, or for ever."""
        if len(self._kept) >= MOST and key not in self._kept:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = (answer, since, until)
