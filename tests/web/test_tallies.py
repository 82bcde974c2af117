"""Counts as Prometheus reads them."""

import pytest
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from web.tallies import Tally, Times


def told(collector) -> dict[tuple[str, ...], float]:
    registry = CollectorRegistry()
    registry.register(collector)
    families = text_string_to_metric_families(generate_latest(registry).decode())
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


def test_each_combination_is_counted_by_itself() -> None:
    tally = Tally("answers", "Answers.", ("route", "status"))
    for labels in (("/a", "200"), ("/a", "200"), ("/b", "404")):
        tally.add(labels)
    assert told(tally) == {("answers_total", "/a", "200"): 2, ("answers_total", "/b", "404"): 1}


@pytest.mark.parametrize("seconds", [[0.0005], [0.001], [0.2], [0.0, 0.0011, 0.005, 7.0, 7.0]])
def test_times_are_told_as_the_librarys_own_histogram_tells_them(seconds: list[float]) -> None:
    buckets = (0.001, 0.005, 0.1)
    times, library = Times("taken", "Taken.", "route", buckets), Histogram("taken", "Taken.", ("route",), buckets=buckets, registry=None)
    for taken in seconds:
        times.add("/a", taken)
        library.labels("/a").observe(taken)
    theirs = {key: value for key, value in told(library).items() if not key[0].endswith("_created")}
    assert told(times) == theirs
