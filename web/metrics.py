"""Counters for operators, in Prometheus' format: routes, statuses, times, outcomes; never a text, a path or an address."""

from collections import defaultdict
from collections.abc import Callable
from typing import Final

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from web.routes import Access, route
from web.tallies import Tally, Times

COUNTED_AT_ONCE: Final = 256
"""Answers that wait to be counted; few enough to be counted within a fraction of a millisecond."""
BUCKETS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)


METRICS: web.AppKey["Metrics"] = web.AppKey("metrics")
"""Where an application keeps its counters for what runs beside its requests."""


class Metrics:
    """`/metrics`, and what counts for it."""

    def __init__(self, release_number: Callable[[], float]) -> None:
        """`release_number` gives the number of the release being served; any error counts as none."""
        self._registry = CollectorRegistry()
        self._release_number = release_number
        self._requests = Tally("signpost_requests", "Answers by route template and status.", ("method", "route", "status"))
        self._seconds = Times("signpost_request_seconds", "Time to answer.", "route", BUCKETS)
        self._outcomes = Tally("signpost_decisions", "Decisions by outcome.", ("outcome",))
        self._refused = Tally("signpost_release_refused", "New releases that were not served, by what was wrong.", ("code",))
        self._stops_refused = Tally("signpost_stops_refused", "Times the stops file could not be used, by what was wrong.", ("code",))
        self._answers: list[tuple[str, str, int, float]] = []
        self._decisions: list[str] = []
        for counted in (self._requests, self._seconds, self._outcomes, self._refused, self._stops_refused):
            self._registry.register(counted)
        Gauge("signpost_release_number", "The release being served; 0 for none.", registry=self._registry).set_function(self._number)
        self._stops = Gauge("signpost_stops_in_force", "What is switched off now.", registry=self._registry)

    def __call__(self, method: str, route: str, status: int, seconds: float, size: int, request_id: str) -> None:  # noqa: ARG002
        """Put one answer down: counting many in a row costs each of them less. Those that wait are counted before anybody looks."""
        self._answers.append((method, route, status, seconds))
        if len(self._answers) >= COUNTED_AT_ONCE:
            self._count()

    def decided(self, outcome: str) -> None:
        """Count one decision, likewise."""
        self._decisions.append(outcome)
        if len(self._decisions) >= COUNTED_AT_ONCE:
            self._count()

    def release_refused(self, code: str) -> None:
        """Count a release that was found and not served; `code` is its error's."""
        self._refused.add((code,))

    def stops_refused(self, code: str) -> None:
        """Count a state of the stops file that could not be used; `code` is its error's."""
        self._stops_refused.add((code,))

    def stops_counted_by(self, in_force: Callable[[], float]) -> None:
        """Tell as stops in force what this gives when asked."""
        self._stops.set_function(in_force)

    def _number(self) -> float:
        try:
            return float(self._release_number())
        except Exception:  # noqa: BLE001  a gauge must not break the page of gauges
            return 0.0

    def _count(self) -> None:
        answers, self._answers = self._answers, []
        decisions, self._decisions = self._decisions, []
        taken: dict[str, list[float]] = defaultdict(list)
        for _, template, _, seconds in answers:
            taken[template].append(seconds)
        for template, of_template in taken.items():
            self._seconds.add(template, *of_template)
        self._requests.add(*(answer[:3] for answer in answers))
        self._outcomes.add(*((outcome,) for outcome in decisions))

    @route("GET", "/metrics", access=Access.PUBLIC, summary="Counters for operators", responses={200: "text/plain"})
    async def metrics(self, _request: web.Request) -> web.StreamResponse:
        """Prometheus text format."""
        self._count()
        return web.Response(
            body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, "Cache-Control": "no-store"}
        )
