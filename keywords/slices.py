"""Making, turning and giving back large tables slice by slice, with a pause after each; not what an index holds."""

from collections.abc import Callable, Generator, Iterator, Sequence
from collections.abc import Set as AbstractSet
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


def gathered(words: Sequence[str]) -> Generator[None, None, AbstractSet[str]]:
    """The words as a set, which nobody changes: to freeze it would be to copy it, all at once."""
    found: set[str] = set()
    for at in range(0, len(words), 64 * BATCH):
        found.update(words[at : at + 64 * BATCH])
        yield
    return found


def emptied(scratch: Scratch) -> Iterator[None]:
    """Give back what only building needed: all of it at once would take longer than a step may."""
    drop = scratch.pop if isinstance(scratch, list) else scratch.popitem
    while scratch:
        for _ in range(min(len(scratch), 16 * BATCH)):
            drop()
        yield
