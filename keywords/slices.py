"""Large tables made, turned and given back slice by slice, with a pause after each; and words that are held in slices for that."""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

BATCH: Final = 8
"""Words between two pauses."""
Gathered = TypeVar("Gathered")
Settled = TypeVar("Settled")
Scratch = dict[Any, Any] | list[Any]


def settled(scratch: dict[str, Gathered], settle: Callable[[Gathered], Settled]) -> Generator[None, None, dict[str, Settled]]:
    """What `settle` makes of all that was gathered under each key; the scratch is given back bit by bit."""
    settled: dict[str, Settled] = {}
    while scratch:
        for _ in range(min(len(scratch), BATCH)):
            key, found = scratch.popitem()
            settled[key] = settle(found)
        yield
    return settled


@dataclass(frozen=True, slots=True)
class Words:
    """A large set of words, in parts by their length: to make room for more in a set is to move all of it at once."""

    parts: dict[int, set[str]] = field(default_factory=dict)

    def __contains__(self, word: Any) -> bool:
        """Whether it holds the word."""
        part = self.parts.get(len(word))
        return part is not None and word in part


def gathered(words: Iterable[str]) -> Generator[None, None, Words]:
    """The words as a set, which nobody changes from then on."""
    parts: dict[int, set[str]] = defaultdict(set)
    for at, word in enumerate(words):
        parts[len(word)].add(word)
        if at % BATCH == 0:
            yield
    return Words(dict(parts))


def emptied(scratch: Scratch) -> Iterator[None]:
    """Give back what only building needed: all of it at once would take longer than a step may."""
    drop = scratch.pop if isinstance(scratch, list) else scratch.popitem
    while scratch:
        for _ in range(min(len(scratch), 16 * BATCH)):
            drop()
        yield
