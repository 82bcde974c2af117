"""Making, turning and giving back large tables slice by slice, with a pause after each; not what an index holds."""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, TypeVar

from keywords.keys import LONG_START, SHORT_START, Key

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


def lengths_by_start(keys: Iterable[Key]) -> Generator[None, None, Mapping[str, tuple[int, ...]]]:
    """First two letters → the lengths of the shorter keys that begin so, none where all are longer; first four → those of the longer ones."""
    found: dict[str, set[int]] = defaultdict(set)
    for at, key in enumerate(keys):
        found[key[:SHORT_START]].update({len(key)} if len(key) < LONG_START else ())
        if len(key) >= LONG_START:
            found[key[:LONG_START]].add(len(key))
        if at % BATCH == 0:
            yield
    return {letters: tuple(sorted(lengths)) for letters, lengths in found.items()}
