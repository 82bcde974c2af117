"""Answers that are bytes already: written as they are, and ordinary responses for whoever needs one."""

import json

import pytest
from aiohttp import web

from tests.web.stand import connected
from web.middleware import add_headers
from web.ready import Ready, lines_of

BODY = '{"title": "Ŵahl"}'.encode()
LINES = lines_of({"Content-Type": "application/json; charset=utf-8", "Vary": "Accept-Language"})


@pytest.fixture
async def port():
    async def plain(_request: web.Request) -> web.StreamResponse:
        return Ready(BODY, LINES)

    async def touched(_request: web.Request) -> web.StreamResponse:
        response = Ready(BODY, LINES)
        response.headers["X-More"] = "1"
        return response

    async def compressed(_request: web.Request) -> web.StreamResponse:
        response = Ready(BODY, LINES)
        response.enable_compression(web.ContentCoding.gzip)
        return response

    async def closing(_request: web.Request) -> web.StreamResponse:
        response = Ready(BODY, LINES)
        response.force_close()
        return response

    app = web.Application()
    for path, handler in {"/": plain, "/touched": touched, "/compressed": compressed, "/closing": closing}.items():
        app.router.add_get(path, handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def ask(port: int, first: str) -> tuple[int, dict[str, str], bytes]:
    async with connected(port) as client:
        await client.send(f"{first}\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        raw = await client.rest()
    head, _, body = raw.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    return int(status.split()[1]), {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}, body


async def test_it_is_written_as_it_is(port: int) -> None:
    async with connected(port) as client:
        for _ in range(2):
            await client.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            status, headers, body = await client.answer()
            assert (status, body, headers["content-length"]) == (200, BODY, str(len(BODY)))
            assert {"content-type", "vary", "date", "content-length"} == set(headers)


@pytest.mark.parametrize(
    ("first", "body"),
    [
        ("GET / HTTP/1.1", BODY),
        ("GET / HTTP/1.0", BODY),
        ("HEAD / HTTP/1.1", b""),
        ("GET /touched HTTP/1.1", BODY),
        ("GET /closing HTTP/1.1", BODY),
    ],
)
async def test_out_of_the_ordinary_it_is_an_ordinary_response(port: int, first: str, body: bytes) -> None:
    status, headers, sent = await ask(port, first)
    assert (status, sent, headers["content-length"]) == (200, body, str(len(BODY)))
    assert (headers["content-type"], headers["vary"]) == ("application/json; charset=utf-8", "Accept-Language")
    assert headers.get("x-more") == ("1" if "touched" in first else None)


async def test_it_can_be_compressed_like_any_other(port: int) -> None:
    assert (await ask(port, "GET /compressed HTTP/1.1"))[1]["content-encoding"] == "gzip"


def test_its_headers_can_be_read_and_changed() -> None:
    response = Ready(BODY, LINES)
    assert response.content_length == len(BODY)
    assert (response.content_type, response.charset) == ("application/json", "utf-8")
    assert response.add_lines(b"X-Late: 1\r\n") is False
    response.headers["Vary"] = "*"
    assert response.headers["Vary"] == "*"
    assert json.loads(response.text) == {"title": "Ŵahl"}


@pytest.mark.parametrize("is_touched", [False, True])
def test_manners_are_the_same_on_either(is_touched: bool) -> None:  # noqa: FBT001
    ready, ordinary = Ready(BODY, LINES), web.Response(body=BODY, headers={"Vary": "Accept-Language"})
    if is_touched:
        ready.headers["X-More"] = "1"
    for response in (ready, ordinary):
        add_headers(response, "0" * 32, None)
    left_out = {"Content-Type", "X-More"}
    assert {name: value for name, value in ready.headers.items() if name not in left_out} == dict(ordinary.headers)
