"""Searches on the real server: the short way and the long way give the same answer, to the byte, whatever was asked."""

import json
from collections.abc import AsyncIterator
from urllib.parse import quote, quote_plus

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from yarl import URL

from server import PROBLEMS
from tests.conftest import NOW
from tests.web.stand import Lines, Raw, connected
from web.deadlines import Deadlines, Reception, Runner
from web.lanes import LANES
from web.logs import make_log

BODIES = {
    "shown": {"query": "where do I vote", "region": "US-TX", "languages": ["es-MX", "en"]},
    "right to left": {"query": "أين أصوت", "region": "EG"},
    "without spaces": {"query": "投票所はどこ", "region": "JP", "limit": 5},
    "combining marks": {"query": "वोट कैसे दें", "region": "IN", "languages": ["hi"]},
    "decomposed": {"query": "wo kann ich wa\u0308hlen", "region": "DE-BY"},
    "a hashtag": {"hashtags": ["#Election2026"], "region": "US", "surface": "hashtag"},
    "signals": {"region": "FR", "surface": "video", "signals": ["ai_generated", "unverified"], "limit": 5},
    "another place to vote": {"query": "élection", "region": "DE", "voting_region": "FR"},
    "an alias": {"query": "registrarse para votar", "region": "PR"},
    "no match": {"query": "spaghetti carbonara", "region": "DE"},
    "nothing asked": {"region": "001"},
    "a plus and a percent": {"query": "100% + vote & go=1 #x", "region": "US"},
}
NAMES = {"query": "q", "hashtags": "hashtag", "languages": "lang", "signals": "signal"}
VARYING = {"Date", "X-Request-ID"}
REFUSED = {
    "an unknown region": b'{"region":"UK"}',
    "an unknown field": b'{"region":"DE","querry":"x"}',
    "a duplicate key": b'{"region":"DE","region":"FR"}',
    "half a surrogate pair": b'{"region":"DE","query":"\\ud800"}',
    "not a number": b'{"region":"DE","limit":NaN}',
    "a truth for a number": b'{"region":"DE","limit":true}',
    "bad UTF-8": b'{"region":"DE","query":"\xff"}',
}


class Spy:
    """Lanes that remember whether they answered."""

    def __init__(self, lanes) -> None:
        self.lanes, self.answered, self.read_again = lanes, [], []

    def answer(self, message, payload) -> bytes | None:
        given = self.lanes.answer(message, payload)
        self.answered.append(given is not None)
        return given

    def again(self, data) -> bytes | None:
        given = self.lanes.again(data)
        self.read_again.append(given is not None)
        return given

    def learn(self, data, message) -> bool:
        return self.lanes.learn(data, message)


@pytest.fixture
async def raw(app: web.Application, client: TestClient) -> AsyncIterator[tuple[Raw, Spy]]:
    """A raw connection to the real server over the same application that `client` asks the long way."""
    spy = Spy(app[LANES])
    runner = Runner(app, Reception(Deadlines(), PROBLEMS, make_log(Lines(), lambda: NOW)))
    await runner.setup()
    runner.server._lanes = spy
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with connected(runner.addresses[0][1]) as connection:
        yield connection, spy
    await runner.cleanup()


def as_query(body: dict[str, object], escape) -> str:
    pairs = ((NAMES.get(name, name), one) for name, value in body.items() for one in (value if isinstance(value, list) else [value]))
    return "&".join(f"{name}={escape(str(value))}" for name, value in pairs)


async def same(raw: Raw, request: bytes, response) -> None:
    await raw.send(request)
    status, headers, body = await raw.answer()
    assert (status, body) == (response.status, await response.read())
    assert {name: value for name, value in headers.items() if name not in {"date", "x-request-id"}} == {
        name.lower(): value for name, value in response.headers.items() if name not in VARYING
    }


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("accepted", [None, "fr;q=0.9, de"])
async def test_a_post_is_answered_alike_on_both_ways(client: TestClient, raw: tuple[Raw, Spy], body: dict, accepted: str | None) -> None:
    connection, spy = raw
    for data in (json.dumps(body).encode(), json.dumps(body, ensure_ascii=False, indent=1).encode()):
        headers = {"Content-Type": "application/json"} | ({"Accept-Language": accepted} if accepted else {})
        head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "x", **headers, "Content-Length": str(len(data))}.items())
        request = f"POST /v1/notices HTTP/1.1\r\n{head}\r\n".encode() + data
        for _ in range(2):
            await same(connection, request, await client.post("/v1/notices", data=data, headers=headers))
    assert spy.read_again[0]
    assert spy.read_again[-1]
    assert (spy.answered + spy.read_again).count(True) == 4


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("escape", [quote, quote_plus])
async def test_a_get_is_answered_alike_on_both_ways(client: TestClient, raw: tuple[Raw, Spy], body: dict, escape) -> None:
    connection, spy = raw
    target = f"/v1/notices?{as_query(body, escape)}"
    for _ in range(2):
        await same(connection, f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), await client.get(URL(target, encoded=True)))
    assert (spy.answered, spy.read_again) == ([True], [True])


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
async def test_what_is_wrong_is_told_the_long_way(client: TestClient, raw: tuple[Raw, Spy], data: bytes) -> None:
    connection, spy = raw
    headers = {"Content-Type": "application/json", "X-Request-ID": "abcdef01"}
    head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "x", **headers, "Content-Length": str(len(data))}.items())
    request = f"POST /v1/notices HTTP/1.1\r\n{head}\r\n".encode() + data
    await same(connection, request, await client.post("/v1/notices", data=data, headers=headers))
    assert spy.answered == [False]


async def test_a_get_that_holds_the_tag_gets_a_304_on_the_real_server(raw: tuple[Raw, Spy]) -> None:
    connection, _ = raw
    ask = b"GET /v1/notices?q=vote&region=US HTTP/1.1\r\nHost: x\r\n"
    await connection.send(ask + b"\r\n")
    _, headers, _ = await connection.answer()
    await connection.send(ask + f"If-None-Match: {headers['etag']}\r\n\r\n".encode())
    status, again, _ = await connection.answer()
    assert (status, again["etag"], again["cache-control"]) == (304, headers["etag"], headers["cache-control"])
