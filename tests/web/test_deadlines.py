"""Slow clients, too many clients and clients that do not speak HTTP, over raw sockets with small deadlines."""

import asyncio
import json

import pytest

from tests.web.stand import BODY_LIMIT, SECRET, Lines, connected, running, served
from web.deadlines import MAX_LINE, Deadlines

LONG = 60.0
ASK = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def brief(**given: float) -> Deadlines:
    """Only the deadlines given are short enough to be met in a test."""
    rest = {"header": LONG, "body": LONG, "keep_alive": LONG, "reading": LONG, "drain": 1.0}
    return Deadlines(**{**rest, **given})


def problem(answer: tuple[int, dict[str, str], bytes]) -> dict:
    status, headers, body = answer
    assert headers["content-type"].startswith("application/problem+json")
    document = json.loads(body)
    assert document["status"] == status
    return document


async def test_a_silent_client_is_closed():
    async with served(Lines(), brief(header=0.05)) as port, connected(port) as client:
        await client.rest()


@pytest.mark.parametrize("start", [b"G", b"GET /v1/things?q=secret HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: "])
async def test_half_a_header_is_a_408_and_closed(start: bytes):
    async with served(Lines(), brief(header=0.05)) as port, connected(port) as client:
        await client.send(start)
        assert problem(await client.answer())["code"] == "header_timeout"
        assert await client.rest() == b""


async def test_half_a_header_after_a_good_request_is_closed_by_the_header_deadline():
    async with served(Lines(), brief(header=0.05)) as port, connected(port) as client:
        await client.send(ASK)
        assert (await client.answer())[0] == 200
        await client.send(b"GET /heal")
        assert problem(await client.answer())["code"] == "header_timeout"
        assert await client.rest() == b""


async def test_an_idle_client_is_closed_after_the_keep_alive():
    async with served(Lines(), brief(keep_alive=0.05)) as port, connected(port) as client:
        await client.send(ASK)
        assert (await client.answer())[0] == 200
        assert await client.rest() == b""


async def test_a_header_in_pieces_is_answered():
    async with served(Lines(), brief()) as port, connected(port) as client:
        for number in range(len(ASK)):
            await client.send(ASK[number : number + 1])
        assert (await client.answer())[0] == 200


@pytest.mark.parametrize("framing", [b"Content-Length: 20", b"Transfer-Encoding: chunked"])
async def test_half_a_body_is_a_408_and_closed(framing: bytes):
    async with served(Lines(), brief(body=0.05)) as port, connected(port) as client:
        await client.send(b"POST /v1/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + framing + b"\r\n\r\n")
        assert problem(await client.answer())["code"] == "body_timeout"
        assert await client.rest() == b""


async def test_a_body_nobody_reads_does_not_hold_the_connection():
    async with served(Lines(), brief(body=0.05)) as port, connected(port) as client:
        await client.send(b"POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\nhalf")
        assert problem(await client.answer())["code"] == "unknown_path"
        assert await client.rest() == b""


async def test_a_client_that_does_not_take_its_answer_is_closed():
    async with running(Lines(), brief(reading=0.05)) as runner, connected(runner.addresses[0][1]) as client:
        client.writer.transport.pause_reading()
        await client.send(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        async with asyncio.timeout(20):
            while runner.server.requests_count == 0 or runner.server.connections:  # noqa: ASYNC110 -- nothing tells when it is gone
                await asyncio.sleep(0)


async def test_one_connection_too_many_is_a_503_and_closed():
    async with served(Lines(), Deadlines(connections=1, drain=1.0)) as port, connected(port) as first:
        await first.send(ASK)
        assert (await first.answer())[0] == 200
        async with connected(port) as second:
            answer = await second.answer()
            assert problem(answer)["code"] == "too_many_connections"
            assert answer[1]["retry-after"] == "1"
            assert await second.rest() == b""
        await first.send(ASK)
        assert (await first.answer())[0] == 200


MALFORMED = {
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "a bad version": b"GET /?q=%s HTTP/9.x\r\n\r\n",
    "a space in the target": b"GET /v1/things?q=%s and more HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a bad header": b"GET /v1/things?q=%s HTTP/1.1\r\nBad Header\x00: 1\r\n\r\n",
    "two lengths": b"POST /v1/things?q=%s HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
    "length and chunks": b"POST /v1/things?q=%s HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a header that is too long": b"GET /v1/things?q=%s HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n",
    "a request line that is too long": b"GET /v1/things?q=%s" + b"x" * (MAX_LINE + 1) + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "too many headers": b"GET /?q=%s HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X-%d: 1\r\n" % number for number in range(300)) + b"\r\n",
    "a bad port in the target": b"GET http://localhost:bad/?q=%s HTTP/1.1\r\nHost: a\r\n\r\n",
}


@pytest.mark.parametrize("request_bytes", MALFORMED.values(), ids=MALFORMED)
async def test_malformed_http_is_a_problem_that_repeats_nothing(request_bytes: bytes):
    lines = Lines()
    async with served(lines, brief()) as port, connected(port) as client:
        await client.send(request_bytes.replace(b"%s", SECRET.encode()))
        answer = await client.answer()
        assert problem(answer)["code"] == "malformed_http"
        assert answer[1]["x-content-type-options"] == "nosniff"
        assert SECRET.encode() not in answer[2] + lines.text
        assert await client.rest() == b""


@pytest.mark.parametrize("chunk", [b"zz\r\nabc\r\n", b"3\r\nabcdef\r\n"])
async def test_a_badly_framed_body_is_a_400(chunk: bytes):
    lines = Lines()
    async with served(lines, brief()) as port, connected(port) as client:
        head = b"POST /v1/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        await client.send(head + chunk)
        assert problem(await client.answer())["status"] == 400
        await client.rest()
    assert not [event for event in lines.events() if event["level"] == "error"]


@pytest.mark.parametrize("coding", [b"gzip", b"br", b"deflate", b"unheard-of"])
async def test_a_compressed_body_is_a_415_and_never_unpacked(coding: bytes):
    lines = Lines()
    async with served(lines, brief()) as port, connected(port) as client:
        head = b"POST /v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 4\r\nContent-Encoding: "
        await client.send(head + coding + b"\r\n\r\nnot!")
        assert problem(await client.answer())["code"] == "compressed_body"
        await client.send(ASK)
        assert (await client.answer())[0] == 200
    assert not [event for event in lines.events() if event["level"] == "error"]


async def test_an_unknown_expectation_is_a_417_that_repeats_nothing():
    lines = Lines()
    async with served(lines, brief()) as port, connected(port) as client:
        await client.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: %s\r\n\r\n" % SECRET.encode())
        answer = await client.answer()
        assert problem(answer)["code"] == "expectation_failed"
        assert SECRET.encode() not in answer[2] + lines.text


async def test_a_chunked_body_over_the_limit_is_a_413():
    async with served(Lines(), brief()) as port, connected(port) as client:
        head = b"POST /v1/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        await client.send(head + b"%x\r\n%s\r\n" % (BODY_LIMIT + 1, b" " * (BODY_LIMIT + 1)))
        assert problem(await client.answer())["code"] == "body_too_large"


async def test_a_client_that_leaves_mid_body_is_no_error():
    lines = Lines()
    async with served(lines, brief()) as port:
        async with connected(port) as client:
            await client.send(b"POST /v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{")
        async with connected(port) as other:
            await other.send(ASK)
            assert (await other.answer())[0] == 200
    assert not [event for event in lines.events() if event["level"] == "error"]


async def test_the_fullest_query_string_of_the_contract_fits_the_request_line():
    async with served(Lines(), brief()) as port, connected(port) as client:
        words = b"&words=" + b"%F0%9F%97%B3" * 5_000
        await client.send(b"GET /v1/things?region=GB" + words + b"&words=" + b"%F0%9F%97%B3" * 4_500 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (await client.answer())[0] == 200
