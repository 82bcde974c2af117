"""Calls to other people's servers: what is asked, what is refused, what is never said."""

import asyncio
import gzip
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from admin.outside import NotAllowedOutside, Outside, OutsideError, is_public
from tests.admin.local_https import Here, served

SECRET = "k3y-nobody-sees"
URL = "https://city.example"


def app(**handlers) -> web.Application:
    made = web.Application()
    for name, handler in handlers.items():
        made.router.add_get(f"/{name}", handler)
    return made


async def told(request: web.Request) -> web.Response:
    return web.json_response({"key": request.headers.get("X-API-KEY"), "q": request.query.getall("q", []), "host": request.host})


def to(location: str):
    async def handler(_request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": location})

    return handler


async def test_a_reply_is_status_body_and_when_to_ask_again(tmp_path: Path) -> None:
    async def busy(_request: web.Request) -> web.Response:
        return web.Response(status=429, text="later", headers={"Retry-After": "7"})

    async with served(app(told=told, busy=busy), tmp_path) as outside:
        reply = await outside.get(f"{URL}/told", headers={"X-API-KEY": SECRET}, params=(("q", "a"), ("q", "b c")))
        assert reply.body == b'{"key": "k3y-nobody-sees", "q": ["a", "b c"], "host": "city.example"}'
        reply = await outside.get(f"{URL}/busy")
        assert (reply.status, reply.retry_after) == (429, "7")


async def test_a_redirect_within_the_host_is_followed_and_to_another_is_not(tmp_path: Path) -> None:
    handlers = {
        "told": told, "near": to("/told"), "far": to("https://other.example/told"), "plain": to("http://city.example/told"),
        "port": to("https://city.example:8443/told"), "loop": to("/loop"),
    }  # fmt: skip
    async with served(app(**handlers), tmp_path) as outside:
        assert (await outside.get(f"{URL}/near")).status == 200
        for name in ("far", "plain", "port"):
            with pytest.raises(NotAllowedOutside):
                await outside.get(f"{URL}/{name}", headers={"X-API-KEY": SECRET})
        with pytest.raises(OutsideError, match="redirects too often"):
            await outside.get(f"{URL}/loop")


@pytest.mark.parametrize(
    "url", ["http://city.example/", "ftp://city.example/", "https://user:pw@city.example/", "https:///x", "file:///etc/passwd"]
)
async def test_only_https_without_a_password_is_asked(url: str) -> None:
    with pytest.raises(NotAllowedOutside):
        await Outside().get(url)


async def test_too_much_is_not_taken_whether_announced_or_not(tmp_path: Path) -> None:
    async def announced(_request: web.Request) -> web.Response:
        return web.Response(body=b"x" * 2_000)

    async def streamed(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(20):
            await response.write(b"x" * 100)
        return response

    async def packed(_request: web.Request) -> web.Response:
        return web.Response(body=gzip.compress(b"x" * 100_000), headers={"Content-Encoding": "gzip"})

    async with served(app(announced=announced, streamed=streamed, packed=packed), tmp_path, largest=1_000) as outside:
        for name in ("announced", "streamed"):
            with pytest.raises(OutsideError, match="more than 1000 bytes"):
                await outside.get(f"{URL}/{name}")
        with pytest.raises(OutsideError, match="compressed"):
            await outside.get(f"{URL}/packed")


async def test_a_server_that_says_nothing_is_left(tmp_path: Path) -> None:
    async def silent(_request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        return web.Response()

    async with served(app(silent=silent), tmp_path, timeout=aiohttp.ClientTimeout(total=0.2)) as outside:
        with pytest.raises(OutsideError, match=r"city\.example did not answer in time"):
            await outside.get(f"{URL}/silent")


async def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    async with served(app(told=told), tmp_path, trust=None) as outside:
        with pytest.raises(OutsideError, match=r"city\.example could not be asked"):
            await outside.get(f"{URL}/told")


async def test_no_error_holds_a_header_or_a_query() -> None:
    outside = Outside(lambda: Here(9, "127.0.0.1"))
    with pytest.raises(OutsideError) as error:
        await outside.get(f"{URL}/told?key={SECRET}", headers={"X-API-KEY": SECRET})
    assert SECRET not in f"{error.value}{error.value.__cause__}"


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254"])
async def test_a_name_or_number_that_leads_inside_is_not_asked(address: str) -> None:
    with pytest.raises(OutsideError):
        await Outside(lambda: Here(443, address)).get(f"{URL}/")
    with pytest.raises(NotAllowedOutside):
        await Outside().get(f"https://{address}/")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("192.168.1.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("ff02::1", False),
        ("not an address", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(address: str, *, public: bool) -> None:
    assert is_public(address) is public


async def test_a_form_is_sent_once_and_no_redirect_takes_it_elsewhere(tmp_path: Path) -> None:
    sent: list[tuple[str, str, str | None]] = []

    async def take(request: web.Request) -> web.Response:
        sent.append((request.content_type, await request.text(), request.headers.get("Authorization")))
        return web.Response(status=307, headers={"Location": "/other", "Retry-After": "7"})

    made = web.Application()
    made.router.add_post("/form", take)
    async with served(made, tmp_path) as outside:
        reply = await outside.post(f"{URL}/form", (("code", "ä &="), ("code", "2")), headers={"Authorization": SECRET})
    assert (reply.status, reply.retry_after) == (307, "7")
    assert sent == [("application/x-www-form-urlencoded", "code=%C3%A4+%26%3D&code=2", SECRET)]


@pytest.mark.parametrize("url", ["http://city.example/", "https://user:pw@city.example/", "https://127.0.0.1/", "https://[", "nothing"])
async def test_a_form_goes_to_no_address_that_may_not_be_asked_and_is_not_told(url: str) -> None:
    with pytest.raises(OutsideError) as error:
        await Outside(lambda: Here(9, "127.0.0.1")).post(url, (("key", SECRET),), headers={"X-API-KEY": SECRET})
    assert SECRET not in f"{error.value}{error.value.__cause__}"


async def test_plain_http_is_for_the_hosts_that_are_named_and_whose_address_is_allowed() -> None:
    runner = web.AppRunner(app(told=told), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    try:
        here = Outside(allows=lambda address: address == "127.0.0.1", plain=frozenset({"127.0.0.1"}))
        assert (await here.get(f"http://127.0.0.1:{port}/told")).status == 200
        for way in (Outside(allows=here.allows), Outside(plain=here.plain)):
            with pytest.raises(NotAllowedOutside):
                await way.get(f"http://127.0.0.1:{port}/told")
    finally:
        await runner.cleanup()
