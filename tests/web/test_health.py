"""Up is not ready: one answers while the process does, the other only with something to serve."""

from aiohttp import web

from tests.web.stand import NOON, TABLE, Lines, NotYet, make_app
from web.health import Health
from web.logs import make_log
from web.middleware import manners
from web.routes import register


async def test_a_process_with_a_release_is_up_and_ready(aiohttp_client):
    client = await aiohttp_client(make_app(Lines()))
    assert (await (await client.get("/healthz")).text(), await (await client.get("/readyz")).text()) == ("ok\n", "ready\n")


async def test_a_process_without_one_is_up_and_not_ready(aiohttp_client):
    def not_ready() -> None:
        raise NotYet("Nothing is ready.")

    app = web.Application(middlewares=[manners(TABLE, make_log(Lines(), lambda: NOON))])
    register(app, Health(not_ready))
    client = await aiohttp_client(app)
    assert (await client.get("/healthz")).status == 200
    answer = await client.get("/readyz")
    assert (answer.status, answer.headers["Retry-After"], (await answer.json())["code"]) == (503, "5", "not_yet")
