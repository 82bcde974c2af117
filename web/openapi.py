"""The OpenAPI 3.1 document, made from the declared routes and the same schemas that judge requests."""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from aiohttp import web
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields

from web.problems import MEDIA_TYPE, ProblemSchema
from web.routes import ROUTES, Access, Described, Route, route

VERSION: Final = "1.0.0"
_PARAMETER: Final = re.compile(r"{([^{}:]+)(?::(?:[^{}]|{[^{}]*})*)?}")
"""A parameter in a path, perhaps with a pattern that has braces of its own."""
_BODY_METHODS: Final = frozenset({"POST", "PUT", "PATCH"})


def _schema_name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return str(kind.__name__).removesuffix("Schema")


def openapi_document(app: web.Application, url: str) -> dict[str, Any]:
    """The document of an application's documented routes."""
    spec = APISpec(
        title="Signpost",
        version=VERSION,
        openapi_version="3.1.0",
        info={"description": "Election notices for searches. Public reads need no account."},
        servers=[{"url": url}],
        plugins=[MarshmallowPlugin(schema_name_resolver=_schema_name)],
    )
    spec.components.schema("Problem", schema=ProblemSchema)
    paths: dict[str, dict[str, Any]] = {}
    for declared in app[ROUTES].values():
        if declared.is_documented:
            paths.setdefault(_PARAMETER.sub(r"{\1}", declared.path), {})[declared.method.lower()] = _operation(declared)
    for path, operations in sorted(paths.items(), key=lambda one: (not _is_public(one[1]), one[0])):
        spec.path(path=path, operations=operations)
    document: dict[str, Any] = spec.to_dict()
    return document


def _is_public(operations: dict[str, dict[str, Any]]) -> bool:
    """Whether anybody may take one of them; those come first, as most readers look for them."""
    return any(operation["x-access"] == Access.PUBLIC for operation in operations.values())


def _operation(declared: Route) -> dict[str, Any]:
    parameters = [
        {"in": "path", "name": name, "required": True, "schema": {"type": "string"}} for name in _PARAMETER.findall(declared.path)
    ]
    operation: dict[str, Any] = {
        "operationId": declared.name,
        "summary": declared.summary,
        "description": declared.description,
        "x-access": declared.access.value,
        "parameters": [*parameters, *_query(declared.query)],
        "responses": {str(status): _response(status, described) for status, described in (declared.responses or {}).items()},
    }
    for status in declared.errors:
        problem = {MEDIA_TYPE: {"schema": ProblemSchema}}
        operation["responses"][str(status)] = {"description": HTTPStatus(status).phrase, "content": problem}
    if declared.body is not None and declared.method in _BODY_METHODS:
        content: dict[str, Any] = {"schema": declared.body}
        if declared.example is not None:
            content["example"] = declared.example
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    return operation


def _query(schema: type[Schema] | None) -> list[dict[str, Any]]:
    if schema is None:
        return []
    return [_parameter(field.data_key or name, field) for name, field in schema().load_fields.items()]


def _parameter(name: str, field: fields.Field[Any]) -> dict[str, Any]:
    repeated = isinstance(field, fields.List)
    inner = {"type": "integer"} if isinstance(field, fields.Integer) else {"type": "string"}
    parameter: dict[str, Any] = {
        "in": "query",
        "name": name,
        "required": field.required,
        "description": str(field.metadata.get("description", "")),
        "schema": {"type": "array", "items": {"type": "string"}} if repeated else inner,
    }
    return {**parameter, "style": "form", "explode": True} if repeated else parameter


def _response(status: int, described: Described) -> dict[str, Any]:
    content: Mapping[str, Any] = {described: {}} if isinstance(described, str) else {"application/json": {"schema": described}}
    return {"description": HTTPStatus(status).phrase, "content": content}


class OpenApi:
    """`/openapi.json`."""

    def __init__(self, app: web.Application, url: str) -> None:
        """The document is made when it is first asked for, once every route is registered."""
        self._app = app
        self._url = url
        self._body: bytes | None = None

    def document(self) -> dict[str, Any]:
        """The document as data."""
        return openapi_document(self._app, self._url)

    @route("GET", "/openapi.json", access=Access.PUBLIC, summary="This API as an OpenAPI 3.1 document", responses={200: "application/json"})
    async def openapi(self, _request: web.Request) -> web.StreamResponse:
        """Made from the same schemas that judge requests."""
        if self._body is None:
            self._body = json.dumps(self.document(), ensure_ascii=False).encode()
        return web.Response(body=self._body, content_type="application/json", headers={"Cache-Control": "public, max-age=60"})
