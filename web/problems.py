"""Problem details (RFC 9457): the one shape of every error, rendered; which error means which status is told by a table filled outside."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from aiohttp import web
from marshmallow import Schema, ValidationError, fields

from web.errors import NO_HEADERS, FieldError, WebError
from web.validation import MAX_ERRORS, field_errors

MEDIA_TYPE: Final = "application/problem+json"
URN: Final = "urn:signpost:problem:"


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal as the client is told it; every sentence is ours, none holds what the client sent."""

    status: int
    code: str
    title: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)

    def document(self, request_id: str) -> dict[str, Any]:
        """The JSON object; also the `problem` of a bad item in a batch."""
        return {
            "type": URN + self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "request_id": request_id,
            "errors": [_document(error) for error in self.errors],
        }


@dataclass(frozen=True, slots=True)
class Told:
    """How one type of exception is told: its status, a title, and in how many seconds to come back, where that helps."""

    status: int
    title: str
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class ProblemTable:
    """Exception type → how it is told; a subclass is told as the nearest base that has an entry."""

    told: Mapping[type[Exception], Told] = field(default_factory=lambda: MappingProxyType({}))

    def problem(self, error: BaseException) -> Problem | None:
        """The problem that an error means, or None when nobody expected it."""
        if isinstance(error, WebError):
            return Problem(error.status, error.code, error.title, error.detail, error.errors, error.headers)
        if isinstance(error, ValidationError):
            detail = "The request is well-formed, but some of it is not valid."
            return Problem(422, "invalid_request", "Not valid", detail, field_errors(error))
        if isinstance(error, web.HTTPException):
            return _from_aiohttp(error)
        told = next((self.told[kind] for kind in type(error).__mro__ if kind in self.told), None)
        return None if told is None else _from_room(error, told)


class FieldErrorSchema(Schema):
    """One entry of a problem's `errors`."""

    pointer = fields.String(required=True, metadata={"description": "JSON pointer into the body; for a query `/` and the parameter."})
    code = fields.String(required=True)
    detail = fields.String(required=True)
    suggestion = fields.String(metadata={"description": "What was probably meant; absent where nothing is known."})


class ProblemSchema(Schema):
    """Problem details as every error is told."""

    type = fields.String(required=True, metadata={"description": "A stable name of the kind of problem.", "format": "uri"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata={"description": "A sentence that never repeats what was sent."})
    code = fields.String(required=True, metadata={"description": "Stable, for programs."})
    request_id = fields.String(required=True, metadata={"description": "Name it when asking for help."})
    errors = fields.List(fields.Nested(FieldErrorSchema), required=True)


UNEXPECTED: Final = Problem(
    500, "unexpected_error", "Unexpected error", "Something went wrong on our side; it has been noted under the request id."
)
MALFORMED_HTTP: Final = Problem(400, "malformed_http", "Malformed request", "The request is not well-formed HTTP.")
HEADER_TIMEOUT: Final = Problem(408, "header_timeout", "Too slow", "The request's headers did not arrive in time.")
TOO_MANY_CONNECTIONS: Final = Problem(
    503, "too_many_connections", "Unavailable", "Too many connections are open; come back in a moment.", headers={"Retry-After": "1"}
)

_SENTENCES: Final[Mapping[int, tuple[str, str]]] = {
    400: ("bad_request", "The request is not well-formed."),
    401: ("not_signed_in", "This needs somebody to be signed in."),
    403: ("not_allowed", "This is not allowed."),
    404: ("unknown_path", "There is nothing at this path."),
    405: ("method_not_allowed", "This path does not take this method; the Allow header says which it takes."),
    408: ("too_slow", "The request did not arrive in time."),
    413: ("body_too_large", "The body is larger than this route takes."),
    415: ("unsupported_media_type", "The body is not of a type that this route takes."),
    417: ("expectation_failed", "The only expectation that is met is 100-continue."),
    503: ("unavailable", "The service cannot answer now; come back in a moment."),
}
_KEPT_HEADERS: Final = ("Allow", "Retry-After")


def render(problem: Problem, request_id: str) -> web.Response:
    """The response that tells the problem; never stored by a cache."""
    headers = {"Cache-Control": "no-store", **problem.headers}
    return web.Response(status=problem.status, body=encode(problem, request_id), content_type=MEDIA_TYPE, headers=headers)


def encode(problem: Problem, request_id: str) -> bytes:
    """The problem's JSON in UTF-8."""
    return json.dumps(problem.document(request_id), ensure_ascii=False, separators=(",", ":")).encode()


def _document(error: FieldError) -> dict[str, str]:
    document = {"pointer": error.pointer, "code": error.code, "detail": error.detail}
    return document if error.suggestion is None else {**document, "suggestion": error.suggestion}


def _from_aiohttp(error: web.HTTPException) -> Problem:
    """Aiohttp's own refusals in our words: its sentences may repeat the request."""
    title = HTTPStatus(error.status).phrase
    code, detail = _SENTENCES.get(error.status, (title.lower().replace(" ", "_"), f"{title}."))
    return Problem(
        error.status, code, title, detail, headers={name: error.headers[name] for name in _KEPT_HEADERS if name in error.headers}
    )


def _from_room(error: BaseException, told: Told) -> Problem:
    code = getattr(error, "code", "refused")
    suggestion, pointer = getattr(error, "suggestion", None), getattr(error, "path", "") or getattr(error, "pointer", "")
    errors: tuple[FieldError, ...] = () if suggestion is None and not pointer else (FieldError(str(pointer), code, str(error), suggestion),)
    parts = getattr(error, "parts", ())
    errors = tuple(FieldError("", one, sentence) for one, sentence in parts[:MAX_ERRORS]) or errors
    headers = NO_HEADERS if told.retry_after is None else {"Retry-After": str(told.retry_after)}
    return Problem(told.status, code, told.title, str(error), errors, headers)
