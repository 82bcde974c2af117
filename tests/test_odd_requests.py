"""Odd paths, queries and methods on every route of the whole service: a clear 4xx in the one shape, never a 5xx, nothing repeated."""

import re
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from yarl import URL

from tests.admin.api.bearing import app_over
from tests.admin.api.proofs import sending, session
from tests.curated import ADA, Curated, curated_store
from web.routes import ROUTES, Access, Route

KEYS = {"type", "title", "status", "detail", "code", "request_id", "errors"}
SECRET = "kde-mohu-volit-9471"
JSON = {"Content-Type": "application/json"}
PARAMETER = re.compile(r"{(\w+)(?::(?:[^{}]|{[^{}]*})*)?}")
FILLED = {"region": "GB", "name": "site.css", "kind": "lists", "form": "csv"}
ODD = ("ZZ", SECRET, "%00", "%ff", "%2F", "..%2f..%2fetc%2fpasswd", "%ed%a0%80", "%F0%9F%97%B3", "a" * 2_000)


def declared_in(app: web.Application) -> list[Route]:
    return [declared for declared in app[ROUTES].values() if declared.method != "OPTIONS"]


def address(declared: Route, inserted: str = "", query: str = "") -> URL:
    path = PARAMETER.sub(lambda found: inserted or FILLED.get(found[1], "1"), declared.path)
    return URL(path + (f"?{query}" if query else ""), encoded=True)


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return curated_store(tmp_path)


@pytest.fixture
def app(curated: Curated) -> web.Application:
    return app_over(curated)


@pytest.fixture
def signed_in(curated: Curated) -> dict[str, str]:
    """The headers of somebody who may take every route, signed in with a page of ours."""
    return sending(session(curated, ADA.person))


async def check_problem(answer, status: int, name: str) -> None:
    assert answer.status == status, name
    assert answer.content_type == "application/problem+json", name
    assert SECRET not in await answer.text() + str(answer.headers), name
    if answer.method != "HEAD":
        assert set(await answer.json()) == KEYS, name


@pytest.mark.parametrize(
    "path", [f"/{SECRET}", f"/v1/{SECRET}?q={SECRET}", f"/static/{SECRET}", f"/admin/{SECRET}", "/%ff%00", "/v1/notices/"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
async def test_an_unknown_path_is_unknown_to_every_method(client: TestClient, method: str, path: str):
    answer = await client.request(method, URL(path, encoded=True))
    await check_problem(answer, 405 if path.startswith("/static/") and method not in {"GET", "HEAD"} else 404, f"{method} {path}")


@pytest.mark.parametrize("inserted", ODD)
async def test_an_odd_word_in_a_path_is_a_clear_answer(app: web.Application, client: TestClient, inserted: str, signed_in):
    for declared in declared_in(app):
        if "{" in declared.path and declared.method == "GET":
            answer = await client.get(address(declared, inserted), headers=signed_in)
            assert answer.status in ({404} if declared.access is Access.PUBLIC else {404, 422}), declared.path
            assert SECRET not in await answer.text(), declared.path


async def test_an_odd_query_is_refused_by_every_route_that_reads_one(app: web.Application, client: TestClient, signed_in):
    reading = [declared for declared in declared_in(app) if declared.query is not None]
    assert reading
    for declared in reading:
        for query in ("x=%ff", "x=%4", "x=%ed%a0%80"):
            where = address(declared, query=query)
            await check_problem(await client.request(declared.method, where, headers=signed_in), 400, declared.path)
        for query in (f"{SECRET}={SECRET}", f"{SECRET}", f"x={SECRET}&x={SECRET}"):
            where = address(declared, query=query)
            await check_problem(await client.request(declared.method, where, headers=signed_in), 422, declared.path)


async def test_an_odd_query_breaks_no_page(app: web.Application, client: TestClient):
    for declared in declared_in(app):
        if declared.access is Access.PUBLIC and declared.method == "GET":
            for query in (
                "x=%ff",
                "%",
                "lang=%ff",
                "lang=%00",
                f"lang={SECRET}",
                "lang=de&lang=fr",
                "region=%ff&q=%ff",
                "v=%ff",
                "&" * 1_000,
            ):
                answer = await client.get(address(declared, query=query))
                assert answer.status < 500, f"{declared.path}?{query}"
                assert "Set-Cookie" not in answer.headers, declared.path
                assert answer.headers["X-Content-Type-Options"] == "nosniff", declared.path


async def test_every_route_that_takes_a_body_takes_plain_json_only(app: web.Application, client: TestClient, signed_in):
    taking = [declared for declared in declared_in(app) if declared.body is not None]
    assert taking
    for declared in taking:
        for headers in (
            {"Content-Type": "text/plain"},
            {"Content-Type": "application/json; charset=utf-7"},
        ):
            said = {**signed_in, **headers}
            await check_problem(await client.request(declared.method, address(declared), data=b"{}", headers=said), 415, declared.path)
        for body, status in (
            (f'{{"{SECRET}":'.encode(), 400),
            (f'{{"{SECRET}": "{SECRET}"}}'.encode(), 422),
            (f'"{SECRET}"'.encode(), 422),
        ):
            said = {**signed_in, **JSON}
            await check_problem(await client.request(declared.method, address(declared), data=body, headers=said), status, declared.path)
        assert {400, 413, 415, 422} <= set(declared.errors), declared.path


@pytest.mark.parametrize(
    "header", ["Accept-Language", "Accept", "If-None-Match", "Range", "X-Request-ID", "Cookie", "If-Modified-Since", "Origin"]
)
@pytest.mark.parametrize("text", [SECRET, "\u00e9\u00ff;q=9,,;=", "*" * 5_000, ",".join(["aa;q=0.1"] * 800)])
async def test_an_odd_header_breaks_nothing(app: web.Application, client: TestClient, header: str, text: str):
    for declared in declared_in(app):
        if declared.access is Access.PUBLIC and declared.method == "GET":
            answer = await client.get(address(declared), headers={header: text})
            assert answer.status < 500, declared.path
