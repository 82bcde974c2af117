"""A small application to try this room's manners on, a log that can be read, a raw connection; no domain word."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import MappingProxyType

from aiohttp import web
from marshmallow import Schema, ValidationError, fields, validate

from web.body import BODY_SECONDS, read_json
from web.deadlines import Deadlines, Reception, Runner
from web.health import Health
from web.limits import client_limit
from web.logs import AccessLog, make_log
from web.metrics import Metrics
from web.middleware import manners
from web.openapi import OpenApi
from web.problems import ProblemTable, Told
from web.query import read_query
from web.reference import Reference
from web.routes import Access, register, route
from web.validation import load

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
BODY_LIMIT = 1_000
SECRET = "kde-mohu-volit-9471"
"""Stands for a search: no answer to a mistake and no line of a log may hold it."""


class Lines:
    """A sink that keeps what is written."""

    def __init__(self) -> None:
        self.text = b""

    def write(self, line: bytes, /) -> int:
        self.text += line
        return len(line)

    def flush(self) -> None:
        pass

    def events(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text.splitlines()]


class Lost(Exception):
    """An error of some room: what is asked for is not there, something like it is."""

    code = "lost_thing"
    suggestion = "GB"


class NotYet(Exception):
    """An error of some room: come back later."""

    code = "not_yet"


class InnerSchema(Schema):
    name = fields.String(required=True, validate=validate.Length(max=3))


class AskedSchema(Schema):
    region = fields.String(required=True, metadata={"description": "Where."})
    words = fields.List(fields.String(), validate=validate.Length(max=2))
    inner = fields.List(fields.Nested(InnerSchema))
    limit = fields.Integer(strict=True, validate=validate.Range(1, 5))
    free = fields.Dict(keys=fields.String(), values=fields.Integer(strict=True))


class FoundSchema(Schema):
    found = fields.Boolean(required=True)


class Things:
    """Routes of each kind."""

    @route("GET", "/v1/things", access=Access.PUBLIC, summary="All", query=AskedSchema, responses={200: FoundSchema}, errors=(400, 422))
    async def things(self, request: web.Request) -> web.StreamResponse:
        """Every thing."""
        return web.json_response(load(AskedSchema(), read_query(request, AskedSchema)))

    @route(
        "POST", "/v1/things", access=Access.PUBLIC, summary="Ask", body=AskedSchema, responses={200: FoundSchema},
        errors=(400, 413, 415, 422), example={"region": "GB"},
    )  # fmt: skip
    async def ask(self, request: web.Request) -> web.StreamResponse:
        """A thing."""
        return web.json_response(load(AskedSchema(), await read_json(request, BODY_LIMIT)))

    @route("GET", "/page", access=Access.PUBLIC, summary="A page", responses={200: "text/html"})
    async def page(self, _request: web.Request) -> web.StreamResponse:
        """A page with a policy of its own."""
        return web.Response(text="<p>page", content_type="text/html", headers={"Content-Security-Policy": "default-src 'self'"})

    @route("GET", "/fails/{how}", access=Access.PUBLIC, summary="Errors", responses={200: "text/plain"})
    async def fails(self, request: web.Request) -> web.StreamResponse:
        """Fail as asked."""
        how = request.match_info["how"]
        if how == "moved":
            raise web.HTTPSeeOther("/page")
        raise {
            "room": Lost("No thing has this name."),
            "later": NotYet("Nothing is ready."),
            "schema": ValidationError({"region": ["Missing data for required field."]}),
            "timeout": TimeoutError(SECRET),
        }.get(how, RuntimeError(SECRET))

    @route("POST", "/developers", access=Access.DEVELOPMENT, summary="For developers", responses={200: "text/plain"}, rate="often")
    async def developers(self, _request: web.Request) -> web.StreamResponse:
        """Only while developing."""
        return web.Response(text="yes")

    @route("GET", "/people", access=Access.VIEWER, summary="For people", responses={200: "text/plain"})
    async def people(self, _request: web.Request) -> web.StreamResponse:
        """Only for viewers."""
        return web.Response(text=SECRET)

    @route("GET", "/large", access=Access.PUBLIC, summary="More than the network buffers", responses={200: "text/plain"})
    async def large(self, _request: web.Request) -> web.StreamResponse:
        """Many bytes."""
        return web.Response(body=bytes(64 * 1024 * 1024), content_type="application/octet-stream")


TABLE = ProblemTable(MappingProxyType({Lost: Told(404, "Lost"), NotYet: Told(503, "Not yet", retry_after=5)}))


def make_app(lines: Lines, *, open_to: tuple[Access, ...] = (Access.PUBLIC, Access.DEVELOPMENT)) -> web.Application:
    """An application with this room's own handlers and the things."""
    log = make_log(lines, lambda: NOON)
    metrics = Metrics(lambda: 12)
    app = web.Application(middlewares=[manners(TABLE, log, AccessLog(lines, lambda: NOON), metrics)])
    openapi = OpenApi(app, "https://signpost.example")
    register(
        app, Things(), Health(lambda: None), metrics, openapi, Reference(openapi), open_to=open_to, rates={"often": client_limit("2/hour")}
    )
    return app


class Raw:
    """A client that says exactly the bytes it is told to, and reads until the server closes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def rest(self) -> bytes:
        """Everything until the connection ends; fails where the server keeps it open."""
        async with asyncio.timeout(20):
            return await self.reader.read()

    async def answer(self) -> tuple[int, dict[str, str], bytes]:
        """One whole answer."""
        async with asyncio.timeout(20):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            body = await self.reader.readexactly(int(headers.get("content-length", "0")))
            return int(first.split()[1]), headers, body


@asynccontextmanager
async def running(lines: Lines, deadlines: Deadlines | None = None) -> AsyncIterator[Runner]:
    """The application behind the real server, listening on some port."""
    given = deadlines or Deadlines()
    app = make_app(lines)
    app[BODY_SECONDS] = given.body
    runner = Runner(app, Reception(given, TABLE, make_log(lines, lambda: NOON), (AccessLog(lines, lambda: NOON),)))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner
    finally:
        await runner.cleanup()


@asynccontextmanager
async def served(lines: Lines, deadlines: Deadlines | None = None) -> AsyncIterator[int]:
    """The same; gives its port."""
    async with running(lines, deadlines) as runner:
        yield runner.addresses[0][1]


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Raw]:
    """A raw connection to it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Raw(reader, writer)
    finally:
        writer.transport.abort()
