"""The OpenAPI document and the page made of it: every documented route, its parameters, its problems."""

import re

from aiohttp import web

from tests.web.stand import Lines, make_app
from web.openapi import openapi_document
from web.routes import Access, register, route


async def document(aiohttp_client) -> dict:
    client = await aiohttp_client(make_app(Lines()))
    return await (await client.get("/openapi.json")).json()


async def test_the_document_is_openapi_31_with_every_documented_route(aiohttp_client):
    found = await document(aiohttp_client)
    assert found["openapi"] == "3.1.0"
    assert set(found["paths"]["/v1/things"]) == {"get", "post"}
    assert found["paths"]["/fails/{how}"]["get"]["parameters"][0]["name"] == "how"


async def test_a_list_is_a_parameter_that_may_be_repeated(aiohttp_client):
    parameters = {one["name"]: one for one in (await document(aiohttp_client))["paths"]["/v1/things"]["get"]["parameters"]}
    assert parameters["words"]["explode"] is True
    assert parameters["words"]["schema"]["type"] == "array"
    assert parameters["region"]["required"] is True
    assert parameters["limit"]["schema"]["type"] == "integer"


async def test_errors_are_problems(aiohttp_client):
    found = await document(aiohttp_client)
    answer = found["paths"]["/v1/things"]["post"]["responses"]["422"]["content"]["application/problem+json"]
    assert answer["schema"]["$ref"] == "#/components/schemas/Problem"
    assert set(found["components"]["schemas"]["Problem"]["required"]) == {
        "type", "title", "status", "detail", "code", "request_id", "errors",
    }  # fmt: skip


async def test_an_example_is_shown(aiohttp_client):
    body = (await document(aiohttp_client))["paths"]["/v1/things"]["post"]["requestBody"]["content"]["application/json"]
    assert body["example"] == {"region": "GB"}


async def test_every_reference_leads_somewhere(aiohttp_client):
    client = await aiohttp_client(make_app(Lines()))
    text = await (await client.get("/openapi.json")).text()
    schemas = (await (await client.get("/openapi.json")).json())["components"]["schemas"]
    assert set(re.findall(r'#/components/schemas/([^"]+)', text)) <= set(schemas)


async def test_the_reference_page_names_every_route_and_needs_no_script(aiohttp_client):
    client = await aiohttp_client(make_app(Lines()))
    answer = await client.get("/docs")
    page = await answer.text()
    assert answer.content_type == "text/html"
    assert "POST /v1/things" in page
    assert "<script" not in page
    assert " style=" not in page
    identifiers = re.findall(r' id="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    assert set(re.findall(r' href="#([^"]+)"', page)) <= set(identifiers)


def test_a_parameters_pattern_with_braces_of_its_own_is_left_out():
    class Numbered:
        @route("GET", r"/v1/numbered/{number:\d{1,9}}/{name:.+}", access=Access.PUBLIC, summary="A number")
        async def numbered(self, _request: web.Request) -> web.StreamResponse:
            return web.Response()

    app = web.Application()
    register(app, Numbered())
    (path,) = openapi_document(app, "")["paths"].items()
    assert path[0] == "/v1/numbered/{number}/{name}"
    assert [one["name"] for one in path[1]["get"]["parameters"]] == ["number", "name"]
