"""Counters: routes by template, outcomes, the release; never a path, and no gauge breaks the page."""

from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from tests.web.stand import NOON, SECRET, TABLE, Lines, make_app
from web.logs import make_log
from web.metrics import Metrics
from web.middleware import manners
from web.routes import register


def samples(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value for family in text_string_to_metric_families(text) for sample in family.samples
    }


async def test_answers_are_counted_by_route_template(aiohttp_client):
    client = await aiohttp_client(make_app(Lines()))
    await client.get(f"/fails/{SECRET}")
    await client.get(f"/{SECRET}?q={SECRET}")
    text = await (await client.get("/metrics")).text()
    found = samples(text)
    assert found["signpost_requests_total", "GET", "/fails/{how}", "500"] == 1
    assert found["signpost_requests_total", "GET", "(none)", "404"] == 1
    assert found["signpost_request_seconds_count", "/fails/{how}"] == 1
    assert found["signpost_release_number",] == 12
    assert SECRET not in text


async def test_decisions_are_counted_and_a_missing_release_is_none(aiohttp_client):
    def no_release() -> float:
        raise LookupError

    metrics = Metrics(no_release)
    metrics.decided("shown")
    metrics.decided("shown")
    app = web.Application(middlewares=[manners(TABLE, make_log(Lines(), lambda: NOON))])
    register(app, metrics)
    found = samples(await (await (await aiohttp_client(app)).get("/metrics")).text())
    assert found["signpost_decisions_total", "shown"] == 2
    assert found["signpost_release_number",] == 0


async def test_releases_that_were_not_served_are_counted_by_what_was_wrong(aiohttp_client):
    metrics = Metrics(lambda: 1)
    metrics.release_refused("untrusted_release")
    app = web.Application(middlewares=[manners(TABLE, make_log(Lines(), lambda: NOON))])
    register(app, metrics)
    found = samples(await (await (await aiohttp_client(app)).get("/metrics")).text())
    assert found["signpost_release_refused_total", "untrusted_release"] == 1


async def test_stops_in_force_and_files_of_stops_that_could_not_be_used_are_counted(aiohttp_client):
    metrics, in_force = Metrics(lambda: 1), [0]
    app = web.Application(middlewares=[manners(TABLE, make_log(Lines(), lambda: NOON))])
    register(app, metrics)
    client = await aiohttp_client(app)
    assert samples(await (await client.get("/metrics")).text())["signpost_stops_in_force",] == 0
    metrics.stops_counted_by(lambda: in_force[0])
    metrics.stops_refused("stops_unreadable")
    in_force[0] = 3
    found = samples(await (await client.get("/metrics")).text())
    assert found["signpost_stops_in_force",] == 3
    assert found["signpost_stops_refused_total", "stops_unreadable"] == 1
