"""Decisions that one release has already made; by what they depend on, and as long as they hold. No search is in it."""

from datetime import datetime
from typing import Final, NamedTuple

from notices.decision import Decision, Outcome

MOST: Final = 8_192
"""Decisions kept; one takes about two kilobytes, and one that is not kept is only made again."""

Key = tuple[object, ...]
"""Codes of ours: places, languages, topics, layers; see answering."""


class Answer(NamedTuple):
    """What is sent: the outcome, the contract's JSON, its strong entity tag and the line of a header that tells it, and when it could change."""

    outcome: Outcome
    body: bytes
    tag: str
    tag_line: bytes
    expires_at: datetime | None


class Kept:
    """A decision that holds from `since` until before it expires, and its answer once somebody has asked for the bytes."""

    __slots__ = ("answer", "decision", "since")

    def __init__(self, decision: Decision, since: datetime) -> None:
        """Nobody has asked for the bytes yet."""
        self.decision = decision
        self.since = since
        self.answer: Answer | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is still the decision, and was already."""
        until = self.decision.expires_at
        return self.since <= now and (until is None or now < until)


class Prepared:
    """A bounded table, the oldest out first; it belongs to one release under one set of stops and goes with them."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        """Nothing is decided yet."""
        self._kept: dict[Key, Kept] = {}

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def at(self, key: Key, now: datetime) -> Kept | None:
        """The decision that holds now."""
        kept = self._kept.get(key)
        return kept if kept is not None and kept.holds(now) else None

    def keep(self, key: Key, decision: Decision, since: datetime) -> Kept:
        """Keep a decision made at `since`."""
        if len(self._kept) >= MOST and key not in self._kept:
            del self._kept[next(iter(self._kept))]
        kept = self._kept[key] = Kept(decision, since)
        return kept
