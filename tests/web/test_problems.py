"""Errors as problem details: which are expected, what is told, what never is."""

import pytest
from aiohttp import web

from tests.web.stand import SECRET, TABLE, Lines, Lost, make_app
from web.errors import FieldError, Invalid
from web.problems import Problem, ProblemTable, Told

KEYS = {"type", "title", "status", "detail", "code", "request_id", "errors"}


def test_a_document_has_every_member_of_the_contract():
    problem = Problem(422, "invalid_request", "Not valid", "Something.", (FieldError("/region", "unknown_region", "None.", "GB"),))
    assert problem.document("abc") == {
        "type": "urn:signpost:problem:invalid_request",
        "title": "Not valid",
        "status": 422,
        "detail": "Something.",
        "code": "invalid_request",
        "request_id": "abc",
        "errors": [{"pointer": "/region", "code": "unknown_region", "detail": "None.", "suggestion": "GB"}],
    }


def test_a_suggestion_is_absent_where_none_is_known():
    assert "suggestion" not in Problem(422, "c", "t", "d", (FieldError("/a", "b", "c"),)).document("")["errors"][0]


def test_a_subclass_is_told_as_its_nearest_base():
    class Base(Exception):
        pass

    class Near(Base):
        pass

    class Far(Near):
        pass

    table = ProblemTable({Base: Told(400, "Base"), Near: Told(409, "Near")})
    problem = table.problem(Far("A sentence."))
    assert problem is not None
    assert (problem.status, problem.title, problem.detail) == (409, "Near", "A sentence.")


def test_an_unexpected_error_is_no_problem_of_the_table():
    assert TABLE.problem(RuntimeError(SECRET)) is None


def test_an_error_with_a_suggestion_says_it():
    problem = TABLE.problem(Lost("No thing has this name."))
    assert problem is not None
    assert problem.errors == (FieldError("", "lost_thing", "No thing has this name.", "GB"),)


def test_own_refusals_keep_their_fields():
    error = FieldError("/a", "b", "c")
    problem = ProblemTable().problem(Invalid(error))
    assert problem is not None
    assert (problem.status, problem.errors) == (422, (error,))


@pytest.mark.parametrize("kind", [web.HTTPBadRequest, web.HTTPNotFound, web.HTTPGone, web.HTTPServiceUnavailable, web.HTTPTooManyRequests])
def test_refusals_of_the_library_lose_their_own_text(kind: type[web.HTTPError]):
    problem = ProblemTable().problem(kind(text=SECRET, reason=SECRET))
    assert problem is not None
    assert SECRET not in repr(problem)
    assert problem.status == kind.status_code


TOLD = {
    "room": (404, "lost_thing"),
    "later": (503, "not_yet"),
    "schema": (422, "invalid_request"),
    "timeout": (500, "unexpected_error"),
    "anything": (500, "unexpected_error"),
}


@pytest.mark.parametrize(("how", "status", "code"), [(how, *told) for how, told in TOLD.items()])
async def test_every_error_has_the_one_shape(aiohttp_client, how: str, status: int, code: str):
    lines = Lines()
    client = await aiohttp_client(make_app(lines))
    answer = await client.get(f"/fails/{how}")
    document = await answer.json()
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(document) == KEYS
    assert (answer.status, document["status"], document["code"]) == (status, status, code)
    assert document["request_id"] == answer.headers["X-Request-ID"]
    assert SECRET not in str(document)
    assert SECRET.encode() not in lines.text


async def test_an_error_that_passes_says_when_to_come_back(aiohttp_client):
    client = await aiohttp_client(make_app(Lines()))
    assert (await client.get("/fails/later")).headers["Retry-After"] == "5"


async def test_an_unexpected_error_is_noted_with_its_frames_and_request_id(aiohttp_client):
    lines = Lines()
    client = await aiohttp_client(make_app(lines))
    answer = await client.get("/fails/anything")
    (event,) = [event for event in lines.events() if event["level"] == "error"]
    assert event["error"] == "RuntimeError"
    assert event["request_id"] == answer.headers["X-Request-ID"]
    assert any(":fails" in frame for frame in event["frames"])
