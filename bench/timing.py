"""Timing of several finders over the same searches in one interleaved run; not what is asked of them."""

import gc
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter_ns

Finder = Callable[[str], object]


@dataclass
class Times:
    """Microseconds a search, by position in the searches."""

    taken: dict[int, float] = field(default_factory=dict)

    def mean(self, only: Sequence[int] | None = None) -> float:
        """Over the given positions that were asked, or all."""
        return statistics.fmean(self.taken.values() if only is None else (self.taken[at] for at in only if at in self.taken))

    def median(self) -> float:
        return statistics.median(self.taken.values())


def interleaved(finders: dict[str, Finder], texts: Sequence[str], every: dict[str, int]) -> dict[str, Times]:
    """Each search to every finder in turn, the order turning round; a finder named in `every` gets only each n-th search."""
    times = {name: Times() for name in finders}
    names = list(finders)
    gc.collect()
    gc.disable()
    for at, text in enumerate(texts):
        turn = at % len(names)
        for name in names[turn:] + names[:turn]:
            if at % every.get(name, 1):
                continue
            finder = finders[name]
            started = perf_counter_ns()
            finder(text)
            times[name].taken[at] = (perf_counter_ns() - started) / 1000
    gc.enable()
    return times
