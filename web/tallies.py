"""Counts kept as plain numbers and told in Prometheus' terms when asked: the library's own counters cost more than an answer is worth."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector


class Tally(Collector):
    """How often each combination of labels was seen; counted on the event loop only."""

    def __init__(self, name: str, help_text: str, labels: Sequence[str]) -> None:
        """Nothing is counted yet."""
        self._name, self._help, self._labels = name, help_text, labels
        self._counts: Counter[tuple[str | int, ...]] = Counter()

    def add(self, *seen: tuple[str | int, ...]) -> None:
        """Count each; the values of the labels must be few."""
        self._counts.update(seen)

    def collect(self) -> Iterator[CounterMetricFamily]:
        """What Prometheus is told."""
        family = CounterMetricFamily(self._name, self._help, labels=self._labels)
        for labels, count in self._counts.items():
            family.add_metric(tuple(map(str, labels)), count)
        yield family


class Times(Collector):
    """How many seconds things took, by one label, in buckets; counted on the event loop only."""

    def __init__(self, name: str, help_text: str, label: str, buckets: Sequence[float]) -> None:
        """`buckets` are upper bounds in order, infinity left out."""
        self._name, self._help, self._label = name, help_text, label
        self._bounds = tuple(buckets)
        self._counts: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}

    def add(self, label: str, *seconds: float) -> None:
        """Count each; the values of the label must be few."""
        counts = self._counts.setdefault(label, [0] * (len(self._bounds) + 1))
        for taken in seconds:
            counts[bisect_left(self._bounds, taken)] += 1
        self._sums[label] = self._sums.get(label, 0.0) + sum(seconds)

    def collect(self) -> Iterator[HistogramMetricFamily]:
        """What Prometheus is told: each bucket with all that are below it."""
        family = HistogramMetricFamily(self._name, self._help, labels=(self._label,))
        for label, counts in self._counts.items():
            reached, told = 0, []
            for bound, count in zip((*map(str, self._bounds), "+Inf"), counts, strict=True):
                reached += count
                told.append((bound, reached))
            family.add_metric((label,), told, self._sums[label])
        yield family
