"""Declaring routes: no access, no start; who may come in; methods and preflights."""

import pytest
from aiohttp import web

from tests.web.stand import SECRET, Lines, make_app
from web.errors import CannotStart
from web.routes import ROUTES, Access, declared_by, register, route, undeclared


async def anything(_request: web.Request) -> web.StreamResponse:
    return web.Response()


class Pair:
    @route("GET", "/b", access=Access.PUBLIC, summary="Second letter")
    @route("GET", "/a", access=Access.PUBLIC, summary="First letter")
    async def letters(self, _request: web.Request) -> web.StreamResponse:
        """What letters do."""
        return web.Response()


class Limited:
    @route("GET", "/limited", access=Access.PUBLIC, summary="Limited", rate="nobody made it")
    async def limited(self, _request: web.Request) -> web.StreamResponse:
        return web.Response()


def test_a_route_cannot_be_declared_without_access():
    with pytest.raises(TypeError):
        route("GET", "/", summary="No access")


async def test_a_route_added_around_the_decorator_stops_the_start():
    app = make_app(Lines())
    app.router.add_get("/secret-door", anything)
    runner = web.AppRunner(app)
    with pytest.raises(CannotStart, match="GET /secret-door"):
        await runner.setup()
    await runner.cleanup()


def test_a_sub_application_is_looked_into():
    app, inner = make_app(Lines()), web.Application()
    inner.router.add_post("/door", anything)
    app.add_subapp("/inner", inner)
    assert undeclared(app) == ["POST /inner/door"]


def test_a_rate_that_nobody_made_stops_the_start():
    with pytest.raises(CannotStart, match="nobody made it"):
        register(web.Application(), Limited())


def test_a_method_may_declare_two_routes():
    found = [(declared.path, declared.name, declared.description) for declared, _ in declared_by(Pair())]
    assert found == [("/b", "letters", "What letters do."), ("/a", "letters", "What letters do.")]


def test_registering_twice_adds_up():
    app = make_app(Lines())
    before = len(app[ROUTES])
    register(app, Pair())
    assert len(app[ROUTES]) == before + 4
    assert undeclared(app) == []


async def test_development_is_open_in_development_only(aiohttp_client):
    opened = await aiohttp_client(make_app(Lines()))
    closed = await aiohttp_client(make_app(Lines(), open_to=(Access.PUBLIC,)))
    assert (await opened.post("/developers")).status == 200
    answer = await closed.post("/developers")
    assert (answer.status, (await answer.json())["code"]) == (403, "not_allowed")


async def test_what_is_for_people_is_closed(aiohttp_client):
    client = await aiohttp_client(make_app(Lines()))
    answer = await client.get("/people")
    assert answer.status == 403
    assert SECRET not in await answer.text()


async def test_another_method_is_a_405_that_says_which_are_taken(aiohttp_client):
    client = await aiohttp_client(make_app(Lines()))
    answer = await client.delete("/v1/things")
    assert (answer.status, (await answer.json())["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"].split(",") == ["GET", "HEAD", "OPTIONS", "POST"]


async def test_head_is_get_without_the_body(aiohttp_client):
    client = await aiohttp_client(make_app(Lines()))
    got, head = await client.get("/page"), await client.head("/page")
    assert head.status == 200
    assert await head.read() == b""
    assert head.headers["Content-Length"] == got.headers["Content-Length"]
