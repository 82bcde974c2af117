"""Counts kept as plain numbers and told in Prometheus' terms when asked: the library's own counters cost more than an answer is worth."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector


class Tally(Collector):
    """How often each combination of labels was seen; counted on the event loop only."""

    def __init__(self, name: str, help_text: str, labels: Sequence[str]) -> None:
        """Nothing is counted yet."""
        self._name, self._help, self._labels = name, help_text, labels
        self._counts: dict[tuple[str, ...], int] = {}

    def add(self, labels: tuple[str, ...]) -> None:
        """Count one; the values of the labels must be few."""
        self._counts[labels] = self._counts.get(labels, 0) + 1

    def collect(self) -> Iterator[CounterMetricFamily]:
        """What Prometheus is told."""
        family = CounterMetricFamily(self._name, self._help, labels=self._labels)
        for labels, count in self._counts.items():
            family.add_metric(labels, count)
        yield family


class Times(Collector):
    """How many seconds things took, by one label, in buckets; counted on the event loop only."""

    def __init__(self, name: str, help_text: str, label: str, buckets: Sequence[float]) -> None:
        """`buckets` are upper bounds in order, infinity left out."""
        self._name, self._help, self._label = name, help_text, label
        self._bounds = tuple(buckets)
        self._counts: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}

    def add(self, label: str, seconds: float) -> None:
        """Count one; the values of the label must be few."""
        counts = self._counts.get(label)
        if counts is None:
            counts = self._counts[label] = [0] * (len(self._bounds) + 1)
            self._sums[label] = 0.0
        counts[bisect_left(self._bounds, seconds)] += 1
        self._sums[label] += seconds

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
