"""Timing of several finders over the same searches in one run, so that all share the machine's good and bad moments; not what is asked of them."""

import gc
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter_ns

Finder = Callable[[str], object]

ROUNDS = 5
"""Turns of every finder; a search's time is the median of its turns."""


@dataclass(frozen=True, slots=True)
class Times:
    """Microseconds a search, by position in the searches."""

    taken: Mapping[int, float]

    def mean(self, only: Sequence[int] | None = None) -> float:
        """Over the given positions that were asked, or all."""
        return statistics.fmean(self.taken.values() if only is None else (self.taken[at] for at in only if at in self.taken))

    def median(self) -> float:
        return statistics.median(self.taken.values())


def in_turns(
    finders: Mapping[str, Finder],
    texts: Sequence[str],
    every: Mapping[str, int],
    before: Mapping[str, Callable[[], None]] | None = None,
) -> dict[str, Times]:
    """All searches to one finder, then all to the next, and round again from another beginning: each works as in a service of its own.

    A finder named in `every` gets only each n-th search; what `before` names is done ahead of each of its turns, and not timed.
    """
    taken: dict[str, dict[int, list[float]]] = {name: defaultdict(list) for name in finders}
    names = list(finders)
    for number in range(ROUNDS):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            if before and name in before:
                before[name]()
            with _no_collection():
                for at in range(0, len(texts), every.get(name, 1)):
                    taken[name][at].append(_timed(finders[name], texts[at]))
    return {name: Times({at: statistics.median(times) for at, times in by_place.items()}) for name, by_place in taken.items()}


def one_by_one(finders: Mapping[str, Finder], texts: Sequence[str], every: Mapping[str, int]) -> dict[str, Times]:
    """Each search to every finder before the next search: the processor's caches are full of the others' data every time."""
    taken: dict[str, dict[int, float]] = {name: {} for name in finders}
    names = list(finders)
    with _no_collection():
        for at, text in enumerate(texts):
            turn = at % len(names)
            for name in names[turn:] + names[:turn]:
                if at % every.get(name, 1) == 0:
                    taken[name][at] = _timed(finders[name], text)
    return {name: Times(times) for name, times in taken.items()}


def _timed(finder: Finder, text: str) -> float:
    started = perf_counter_ns()
    finder(text)
    return (perf_counter_ns() - started) / 1000


@contextmanager
def _no_collection() -> Iterator[None]:
    """The garbage collector rests: its work would be charged to whoever is just asked."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
