"""The short way: whole, plain requests of routes that have one; everything else the long way, untouched and in order."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from tests.web.stand import BODY_LIMIT, NOON, TABLE, AskedSchema, Lines, connected, make_app
from web.body import parse_json
from web.deadlines import Connection, Deadlines, Reception, Runner
from web.errors import CannotStart
from web.lanes import LANES, Lanes, Whole
from web.logs import AccessLog, make_log
from web.query import parse_query
from web.ready import Content, lines_of
from web.validation import load

JSON_LINES = lines_of({"Content-Type": "application/json; charset=utf-8"})


def content(document: object) -> Content:
    return Content(json.dumps({**document, "way": "short"}).encode(), JSON_LINES)


def ask_at_once(whole: Whole) -> Content | None:
    """Declines what has a limit, fails at what is not valid."""
    asked = load(AskedSchema(), parse_json(whole.body))
    return None if "limit" in asked else content(asked)


def things_at_once(whole: Whole) -> Content | None:
    return content(load(AskedSchema(), parse_query(whole.query, AskedSchema)))


@asynccontextmanager
async def serving(lines: Lines, deadlines: Deadlines | None = None) -> AsyncIterator[int]:
    app = make_app(lines)
    quick = {("POST", "/v1/things"): ask_at_once, ("GET", "/v1/things"): things_at_once}
    app[LANES] = Lanes(app, quick, AccessLog(lines, lambda: NOON))
    runner = Runner(app, Reception(deadlines or Deadlines(), TABLE, make_log(lines, lambda: NOON)))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def post(body: bytes, *more: str, version: str = "1.1", kind: str = "application/json") -> bytes:
    fields = ["Host: localhost", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return f"POST /v1/things HTTP/{version}\r\n".encode() + "".join(f"{field}\r\n" for field in fields).encode() + b"\r\n" + body


def get(target: str, *more: str) -> bytes:
    return f"GET {target} HTTP/1.1\r\nHost: localhost\r\n{''.join(f'{field}{chr(13)}{chr(10)}' for field in more)}\r\n".encode()


GOOD = post(b'{"region": "GB"}')

SHORT = {
    "a body": GOOD,
    "a charset": post(b'{"region": "GB"}', kind="application/json; charset=utf-8"),
    "a query": get("/v1/things?region=GB&words=a&words=b"),
    "Burmese": post('{"region": "ရွေးကောက်ပွဲ"}'.encode()),
    "an id": post(b'{"region": "GB"}', "X-Request-ID: abcdef01"),
}

LONG = {
    "declined": post(b'{"region": "GB", "limit": 1}'),
    "not valid": post(b'{"region": 1}'),
    "malformed": post(b"{"),
    "nothing": post(b""),
    "too large": post(b" " * (BODY_LIMIT + 1)),
    "another type": post(b"{}", kind="text/plain"),
    "another charset": post(b"{}", kind="application/json; charset=latin-1"),
    "compressed": post(b"{}", "Content-Encoding: gzip"),
    "a bad query": get("/v1/things?region=%ff"),
    "a missing parameter": get("/v1/things"),
    "a tag": get("/v1/things?region=GB", 'If-None-Match: "x"'),
    "another path": get("/v1/things/"),
    "another route": get("/healthz"),
    "an escaped path": get("/v1/thing%73?region=GB"),
    "a fragment": get("/v1/things?region=GB#x"),
    "an expectation": post(b'{"region": "GB", "limit": 1}', "Expect: nothing"),
    "an old client": post(b'{"region": "GB"}', version="1.0"),
    "a last request": post(b'{"region": "GB"}', "Connection: close"),
}


@pytest.mark.parametrize("data", SHORT.values(), ids=SHORT)
async def test_what_is_plain_goes_the_short_way_with_the_same_manners(data: bytes) -> None:
    lines = Lines()
    async with serving(lines) as port, connected(port) as client:
        await client.send(data)
        status, headers, body = await client.answer()
        assert (status, json.loads(body)["way"]) == (200, "short")
        long_way = make_app(Lines())
    async with running(long_way) as port, connected(port) as client:
        await client.send(data)
        ordinary = await client.answer()
    assert json.loads(body) == {**json.loads(ordinary[2]), "way": "short"}
    assert set(headers) == set(ordinary[1])
    varying = {"date", "x-request-id", "content-length"}
    assert {name: value for name, value in headers.items() if name not in varying} == {
        name: value for name, value in ordinary[1].items() if name not in varying
    }
    (event,) = lines.events()
    assert (event["route"], event["status"], event["bytes"]) == ("/v1/things", 200, len(body))
    assert event["request_id"] == headers["x-request-id"]


@asynccontextmanager
async def running(app: web.Application) -> AsyncIterator[int]:
    runner = Runner(app, Reception(Deadlines(), TABLE, make_log(Lines(), lambda: NOON)))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("data", LONG.values(), ids=LONG)
async def test_what_is_not_plain_goes_the_long_way_and_gets_the_same_answer(data: bytes) -> None:
    async with serving(Lines()) as port, connected(port) as client:
        await client.send(data)
        status, headers, body = await client.answer()
    async with running(make_app(Lines())) as port, connected(port) as client:
        await client.send(data)
        ordinary = await client.answer()
    assert b"short" not in body
    assert status == ordinary[0]
    assert set(headers) == set(ordinary[1])
    assert body.replace(headers["x-request-id"].encode(), b"") == ordinary[2].replace(ordinary[1]["x-request-id"].encode(), b"")


async def test_answers_come_in_the_order_of_their_requests_whichever_way_they_go() -> None:
    async with serving(Lines()) as port, connected(port) as client:
        kinds = [GOOD, LONG["declined"], GOOD, GOOD, LONG["malformed"], SHORT["a query"], LONG["another route"]] * 8
        await client.send(b"".join(kinds))
        statuses = [(await client.answer())[0] for _ in kinds]
    assert statuses == [200, 200, 200, 200, 400, 200, 200] * 8


class Wire(asyncio.Transport):
    """A connection's other end: keeps what is written, and may send at once what follows an answer."""

    def __init__(self, *following: Callable[[], None]) -> None:
        super().__init__()
        self.written = b""
        self.following = iter(following)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += data
        if following := next(self.following, None):
            asyncio.get_running_loop().call_soon(following)

    def is_closing(self) -> bool:
        return False

    def close(self) -> None:
        """Nothing more comes."""


@asynccontextmanager
async def wired(wire: Wire) -> AsyncIterator[Connection]:
    app = make_app(Lines())
    app[LANES] = Lanes(app, {("POST", "/v1/things"): ask_at_once})
    runner = Runner(app, Reception(Deadlines(), TABLE, make_log(Lines(), lambda: NOON)))
    await runner.setup()
    assert runner.server is not None
    connection = runner.server()
    connection.connection_made(wire)
    try:
        yield connection
    finally:
        connection.connection_lost(None)
        await runner.cleanup()


@pytest.mark.parametrize("turns", range(12))
async def test_a_request_that_comes_while_another_is_on_the_long_way_is_answered_after_it(turns: int) -> None:
    wire = Wire()
    async with wired(wire) as connection:
        connection.data_received(post(b'{"region": "FR", "limit": 1}'))
        for _ in range(turns):
            await asyncio.sleep(0)
        connection.data_received(post(b'{"region": "GB"}'))
        for _ in range(12):
            await asyncio.sleep(0)
    assert wire.written.count(b"HTTP/1.1 200 OK") == 2
    assert wire.written.index(b'"FR"') < wire.written.index(b'"GB"')


@pytest.mark.parametrize("first", [GOOD, LONG["declined"], LONG["malformed"]], ids=["short", "long", "refused"])
async def test_what_follows_an_answer_at_once_goes_the_short_way(first: bytes) -> None:
    wire = Wire(lambda: connection.data_received(GOOD))
    async with wired(wire) as connection:
        connection.data_received(first)
        for _ in range(12):
            await asyncio.sleep(0)
    assert wire.written.rpartition(b"HTTP/1.1")[2].count(b"short") == 1


STAYING = [data for name, data in {**SHORT, **LONG}.items() if name not in {"an old client", "a last request"}]
PIECES = st.lists(st.sampled_from([*STAYING, GOOD, GOOD, SHORT["a query"]]), min_size=1, max_size=8)


@given(requests=PIECES, cuts=st.lists(st.integers(0, 900), max_size=6), turns=st.integers(0, 3))
def test_answers_are_the_same_however_the_requests_arrive(requests: list[bytes], cuts: list[int], turns: int) -> None:
    assert asyncio.run(answers(requests, [], turns=6)) == asyncio.run(answers([b"".join(requests)], cuts, turns=turns))


async def answers(arriving: list[bytes], cuts: list[int], *, turns: int) -> list[tuple[bytes, bytes]]:
    """Status line and body of every answer on one connection; all that arrives is cut at some places, with so many turns in between."""
    pieces = []
    for data in arriving:
        places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
        pieces += [data[first:end] for first, end in pairwise(places)]
    wire = Wire()
    async with wired(wire) as connection:
        for piece in pieces:
            connection.data_received(piece)
            for _ in range(turns):
                await asyncio.sleep(0)
        for _ in range(200):
            await asyncio.sleep(0)
    written = wire.written.split(b"HTTP/1.1 ")[1:]
    return [(one.partition(b"\r\n")[0], without_id(one.rpartition(b"\r\n\r\n")[2])) for one in written]


def without_id(body: bytes) -> bytes:
    """The body but for what is another each time, and for the way it was made."""
    return re.sub(rb', "way": "short"|"request_id":"\w+"', b"", body)


async def test_what_follows_a_last_answer_is_not_answered() -> None:
    wire = Wire(lambda: connection.data_received(GOOD))
    async with wired(wire) as connection:
        connection.data_received(LONG["a last request"])
        for _ in range(12):
            await asyncio.sleep(0)
    assert wire.written.count(b"HTTP/1.1") == 1


async def test_a_body_in_pieces_is_read_the_long_way_and_the_next_request_goes_the_short_one() -> None:
    async with serving(Lines()) as port, connected(port) as client:
        for piece in (GOOD[:40], GOOD[40:-5], GOOD[-5:]):
            await client.send(piece)
            await asyncio.sleep(0.02)
        assert b"short" not in (await client.answer())[2]
        await client.send(GOOD)
        assert b"short" in (await client.answer())[2]


async def test_an_idle_client_is_closed_after_the_keep_alive_on_the_short_way_too() -> None:
    async with serving(Lines(), Deadlines(keep_alive=0.05)) as port, connected(port) as client:
        await client.send(GOOD)
        assert (await client.answer())[0] == 200
        assert await client.rest() == b""


async def test_a_client_that_does_not_read_is_closed_on_the_short_way_too() -> None:
    async with serving(Lines(), Deadlines(reading=0.2)) as port, connected(port) as client:
        client.writer.transport.get_extra_info("socket").setsockopt(1, 8, 4096)
        client.reader._transport.pause_reading()
        for _ in range(2_000):
            client.writer.write(GOOD * 50)
        with pytest.raises(OSError):  # noqa: PT012 -- the server hangs up while we write
            async with asyncio.timeout(10):
                while True:
                    client.writer.write(GOOD)
                    await client.writer.drain()
                    await asyncio.sleep(0.01)


@pytest.mark.parametrize(("method", "path"), [("GET", "/people"), ("POST", "/developers"), ("GET", "/v1/nothing")])
def test_only_a_declared_public_route_without_a_rate_has_a_short_way(method: str, path: str) -> None:
    with pytest.raises(CannotStart, match=f"{method} {path}"):
        Lanes(make_app(Lines()), {(method, path): ask_at_once})
