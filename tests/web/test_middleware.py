"""The manners of every answer: ids, headers, the line in the access log; nothing of the client's own text in it."""

import pytest

from tests.web.stand import SECRET, Lines, make_app
from web.middleware import STRICT_CSP


@pytest.fixture
def lines() -> Lines:
    return Lines()


@pytest.fixture
async def client(aiohttp_client, lines: Lines):
    return await aiohttp_client(make_app(lines))


@pytest.mark.parametrize("given", ["abcdef01", "A-b_9" * 4, "0" * 64])
async def test_a_sane_request_id_is_kept(client, given: str):
    assert (await client.get("/healthz", headers={"X-Request-ID": given})).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "short", "0" * 65, 'with"quote', "with space", "\u00e9lection", "abcdefgh."])
async def test_any_other_request_id_is_replaced(client, given: str):
    made = (await client.get("/healthz", headers={"X-Request-ID": given})).headers["X-Request-ID"]
    assert len(made) == 32
    assert int(made, 16) >= 0


@pytest.mark.parametrize(
    "path", ["/healthz", "/v1/things?region=GB", "/v1/things", "/nowhere", "/fails/anything", "/people", "/fails/moved"]
)
async def test_every_answer_carries_the_safe_headers(client, path: str):
    headers = (await client.get(path, allow_redirects=False)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"] == STRICT_CSP
    assert headers["Server"] == "Signpost"
    assert "Set-Cookie" not in headers


async def test_a_page_keeps_its_own_policy(client):
    assert (await client.get("/page")).headers["Content-Security-Policy"] == "default-src 'self'"


async def test_a_redirect_stays_one(client):
    answer = await client.get("/fails/moved", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/page")


@pytest.mark.parametrize("path", ["/v1/things?region=GB", "/v1/things", "/openapi.json"])
async def test_browsers_of_other_sites_may_read_what_is_public_and_their_errors(client, path: str):
    answer = await client.get(path, headers={"Origin": "https://app.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/page", "/people", "/metrics", "/nowhere"])
async def test_they_may_not_read_the_rest(client, path: str):
    assert "Access-Control-Allow-Origin" not in (await client.get(path)).headers


async def test_a_preflight_is_answered(client):
    headers = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = await client.options("/v1/things", headers=headers)
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
    assert int(answer.headers["Access-Control-Max-Age"]) > 0


async def test_the_access_log_has_the_route_and_nothing_of_the_request(client, lines: Lines):
    answer = await client.get(f"/v1/things?region={SECRET}", headers={"User-Agent": SECRET, "Referer": SECRET})
    (event,) = lines.events()
    assert set(event) == {"event", "level", "time", "method", "route", "status", "duration_ms", "bytes", "request_id"}
    assert (event["event"], event["method"], event["route"], event["status"]) == ("request", "GET", "/v1/things", 200)
    assert event["bytes"] == len(await answer.read())
    assert event["request_id"] == answer.headers["X-Request-ID"]
    assert event["time"] == "2026-11-03T12:00:00.000+00:00"
    assert SECRET.encode() not in lines.text


@pytest.mark.parametrize("path", [f"/{SECRET}", f"/v1/things/{SECRET}", f"/nowhere?q={SECRET}", f"/fails/{SECRET}"])
async def test_a_path_is_never_logged(client, lines: Lines, path: str):
    answer = await client.get(path)
    assert SECRET not in await answer.text()
    assert SECRET.encode() not in lines.text
    assert lines.events()


async def test_a_log_that_cannot_be_written_is_no_error_of_the_request(aiohttp_client):
    class Full(Lines):
        def write(self, line: bytes, /) -> int:
            raise OSError

    client = await aiohttp_client(make_app(Full()))
    assert (await client.get("/healthz")).status == 200
