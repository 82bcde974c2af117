"""The usual ways to find keywords in a search, each with one way in: the terms that a text holds."""

from collections.abc import Iterator, Sequence
from typing import Protocol

LONGEST_WINDOW = 6
"""Words of the longest run that the window peers look up."""


class Peer(Protocol):
    """Made from spellings, once."""

    name: str
    """What it is called in tables."""

    is_slow: bool
    """Whether it is asked only a sample of the searches."""

    def find(self, text: str) -> list[str]:
        """The spellings it takes the text to hold."""

    def close(self) -> None:
        """Let go of what it started."""


def windows(words: Sequence[str]) -> Iterator[str]:
    """Every run of up to six words, longest first from each start."""
    count = len(words)
    for first in range(count):
        for last in range(min(first + LONGEST_WINDOW, count), first, -1):
            yield " ".join(words[first:last])
