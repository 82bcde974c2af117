"""Every route has an access rule, and every error has the one shape."""

import json
import re
from collections import defaultdict
from dataclasses import replace
from io import BytesIO

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from admin.settings import Mode, Settings
from notices.live import Serving
from server import clock, make_app
from web.errors import CannotStart
from web.routes import ROUTES, undeclared

KEYS = {"type", "title", "status", "detail", "code", "request_id", "errors"}


async def problem(response) -> dict:
    assert response.content_type == "application/problem+json"
    told = await response.json(content_type=None)
    assert set(told) == KEYS
    assert told["status"] == response.status
    assert response.headers["X-Request-ID"] == told["request_id"]
    return told


def test_every_route_declares_its_access(app: web.Application) -> None:
    assert undeclared(app) == []
    assert len(app[ROUTES]) > 20


async def test_a_route_without_an_access_rule_stops_the_start(app: web.Application) -> None:
    async def anything(_request: web.Request) -> web.Response:
        return web.Response()

    app.router.add_get("/open", anything)
    runner = web.AppRunner(app)
    with pytest.raises(CannotStart, match="GET /open"):
        await runner.setup()
    await runner.cleanup()


PARAMETER = re.compile(r"{(\w+)(?::(?:[^{}]|{[^{}]*})*)?}")
FILLED = {"region": "DE", "name": "site.css", "kind": "lists", "form": "csv"}


async def test_every_path_answers_a_wrong_method_and_an_unknown_path_with_a_problem(client: TestClient, app: web.Application) -> None:
    taken = defaultdict(set)
    for declared in app[ROUTES].values():
        taken[PARAMETER.sub(lambda found: FILLED.get(found[1], "1"), declared.path)].add(declared.method)
    for path, methods in taken.items():
        response = await client.request(next(one for one in ("PATCH", "PUT", "DELETE", "POST", "GET") if one not in methods), path)
        told = await problem(response)
        assert (response.status, told["code"]) == (405, "method_not_allowed"), path
        assert response.headers["Allow"]
    assert (await problem(await client.get("/no/such/secret-words")))["code"] == "unknown_path"


POSTS = ["/v1/notices", "/v1/notices/batch", "/v1/explain"]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b'{"region": "DE", "region": "FR"}', "application/json", 400),
        (b'{"limit": NaN}', "application/json", 400),
        (b'{"query": "\\ud800"}', "application/json", 400),
        (b'{"query": "\xff"}', "application/json", 400),
        (b'{"limit": 1e999}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"limit": ' + b"9" * 5_000 + b"}", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"{}", "application/json; charset=latin-1", 415),
        (b" " * (3 * 1024 * 1024), "application/json", 413),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
    ],
)
async def test_a_bad_body_is_told_precisely(client: TestClient, path: str, body: bytes, content_type: str, status: int) -> None:
    response = await client.post(path, data=BytesIO(body), headers={"Content-Type": content_type})
    assert response.status == status
    await problem(response)


@pytest.mark.parametrize(
    ("body", "pointer", "code", "suggestion"),
    [
        ({}, "/region", "required", None),
        ({"region": "UK"}, "/region", "unknown_region", "GB"),
        ({"region": "DE", "voting_region": "XX"}, "/voting_region", "unknown_region", None),
        ({"region": "DE", "languages": ["de", "klingonish"]}, "/languages/1", "unknown_language", None),
        ({"region": "DE", "query": "x" * 257}, "/query", "wrong_length", None),
        ({"region": "DE", "text": "x" * 5001}, "/text", "wrong_length", None),
        ({"region": "DE", "hashtags": ["x"] * 31}, "/hashtags", "wrong_length", None),
        ({"region": "DE", "hashtags": ["ok", "x" * 151]}, "/hashtags/1", "wrong_length", None),
        ({"region": "DE", "limit": 6}, "/limit", "out_of_range", None),
        ({"region": "DE", "limit": "1"}, "/limit", "wrong_type", None),
        ({"region": "DE", "surface": "moon"}, "/surface", "not_one_of", None),
        ({"region": "DE", "querry": "x"}, "", "unknown_field", "query"),
        ({"region": ["DE"]}, "/region", "wrong_type", None),
    ],
)
async def test_an_invalid_field_is_named_with_a_pointer_and_never_echoed(
    client: TestClient, body, pointer: str, code: str, suggestion
) -> None:
    response = await client.post("/v1/notices", json=body)
    told = await problem(response)
    assert response.status == 422
    assert [(one["pointer"], one["code"], one.get("suggestion")) for one in told["errors"]] == [(pointer, code, suggestion)]


@examples(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200))
def test_no_body_ever_gives_a_server_error(body: bytes) -> None:
    from web.body import parse_json
    from web.errors import Malformed

    try:
        parse_json(body)
    except Malformed:
        return  # told as a 400; anything else fails this test


async def test_explaining_is_closed_in_production(settings: Settings, serving: Serving, aiohttp_client) -> None:
    client = await aiohttp_client(make_app(replace(settings, mode=Mode.PRODUCTION), serving, clock))
    response = await client.post("/v1/explain", json={"region": "DE"})
    assert response.status == 401
    await problem(response)
    assert 'name="at"' not in await (await client.get("/")).text()


async def test_explaining_is_rate_limited(client: TestClient) -> None:
    statuses = [(await client.post("/v1/explain", json={"region": "DE"})).status for _ in range(62)]
    assert statuses[0] == 200
    last = await client.post("/v1/explain", json={"region": "DE"})
    assert last.status == 429
    assert int(last.headers["Retry-After"]) > 0
    await problem(last)


async def test_nothing_is_served_before_the_first_release(settings: Settings, aiohttp_client) -> None:
    client = await aiohttp_client(make_app(settings, Serving(), clock))
    assert (await client.get("/healthz")).status == 200
    for response in (await client.get("/readyz"), await client.post("/v1/notices", json={"region": "DE"})):
        assert response.status == 503
        assert response.headers["Retry-After"]
        await problem(response)


async def test_search_text_is_in_no_log(capfdbinary, settings: Settings, serving: Serving, aiohttp_client) -> None:
    client = await aiohttp_client(make_app(settings, serving, clock))
    await client.post("/v1/notices", json={"region": "DE", "query": "geheimwort"})
    await client.get("/v1/notices", params={"region": "DE", "q": "geheimwort"})
    await client.get("/v1/notices", params={"region": "geheimwort"})
    await client.get("/geheimwort?q=geheimwort")
    await client.post("/v1/notices", data=json.dumps({"geheimwort": 1}), headers={"Content-Type": "application/json"})
    out, err = capfdbinary.readouterr()
    assert b"geheimwort" not in out + err
    assert b'"route":"/v1/notices"' in err
