"""The API reference as a page for people, rendered on the server from the OpenAPI document."""

import json
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web.openapi import OpenApi
from web.routes import Access, route

_CSP: Final = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Reference:
    """`/docs`."""

    def __init__(self, openapi: OpenApi) -> None:
        """The page is made when it is first asked for."""
        self._openapi = openapi
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._page: str | None = None

    @route("GET", "/docs", access=Access.PUBLIC, summary="This API as a page", responses={200: "text/html"})
    async def docs(self, _request: web.Request) -> web.StreamResponse:
        """Every route, its parameters, bodies, answers and errors."""
        if self._page is None:
            document = self._openapi.document()
            self._page = self._environment.get_template("reference.html.jinja").render(
                document=document, operations=_operations(document), schemas=document["components"]["schemas"], type_of=type_of
            )
        headers = {"Content-Security-Policy": _CSP, "Cache-Control": "public, max-age=60", "Content-Language": "en"}
        return web.Response(text=self._page, content_type="text/html", headers=headers)


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {**operation, "method": method.upper(), "path": path, "body": _body(operation)}
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def _body(operation: dict[str, Any]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    example = content.get("example")
    return {"schema": content["schema"], "example": json.dumps(example, ensure_ascii=False, indent=2) if example else None}


def type_of(schema: dict[str, Any]) -> str:
    """A schema's type in a few words; the name of a component as it is."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(type_of(one) for one in schema["anyOf"])
    if "allOf" in schema:
        return " and ".join(type_of(one) for one in schema["allOf"])
    kind = schema.get("type", "any")
    kinds = kind if isinstance(kind, list) else [kind]
    if "array" in kinds:
        return f"list of {type_of(schema.get('items', {}))}"
    return " or ".join(str(schema["format"]) if schema.get("format") and one == "string" else str(one) for one in kinds)
