"""The strict reader of JSON bodies: what is refused, with which code; what is taken is what json.loads gives."""

import asyncio
import json
from io import BytesIO

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st

from tests.web.stand import BODY_LIMIT, SECRET, Lines, make_app
from web.body import MAX_DEPTH, MAX_DIGITS, MAX_PIECES, parse_json, read_bytes
from web.errors import Malformed, WebError

REFUSED = {
    "empty": (b"", "empty_body"),
    "byte order mark": (b"\xef\xbb\xbf{}", "byte_order_mark"),
    "latin-1": ('{"query": "\u00e9lection"}'.encode("latin-1"), "bad_utf8"),
    "surrogate in UTF-8": (b'"\xed\xa0\x80"', "bad_utf8"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "bad_utf8"),
    "broken off": (b'{"query": ', "malformed_json"),
    "two values": (b"{} {}", "malformed_json"),
    "comma at the end": (b"[1,]", "malformed_json"),
    "control character": (b'"a\nb"', "malformed_json"),
    "single quotes": (b"{'a': 1}", "malformed_json"),
    "leading zero": (b"01", "malformed_json"),
    "only spaces": (b"  ", "malformed_json"),
    "stray bracket in a string, then nothing": (b'"' + b"[" * 2_000, "malformed_json"),
    "escaped quotes without end": (b'"' + b'\\"' * 100_000, "malformed_json"),
    "same key twice": (b'{"a": 1, "a": 1}', "duplicate_key"),
    "same key twice, one escaped": (b'{"a": 1, "\\u0061": 2}', "duplicate_key"),
    "same key twice, inside": (b'[{"b": {"a": 1, "a": 2}}]', "duplicate_key"),
    "NaN": (b"[NaN]", "number_not_finite"),
    "Infinity": (b"[-Infinity]", "number_not_finite"),
    "too large": (b"[1e999]", "number_not_finite"),
    "lone surrogate": (b'["\\ud83d"]', "lone_surrogate"),
    "lone low surrogate": (b'["\\uDDF3 text"]', "lone_surrogate"),
    "surrogates the wrong way round": (b'["\\uddf3\\ud83d"]', "lone_surrogate"),
    "lone surrogate in a key": (b'{"\\ud83d": 1}', "lone_surrogate"),
    "lone surrogate deep inside": (b'[[{"a": ["\\ud83d"]}]]', "lone_surrogate"),
    "one level too deep": (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "nested_too_deep"),
    "one level too deep, objects": (b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1), "nested_too_deep"),
    "very deep and open": (b"[" * 60_000, "nested_too_deep"),
    "very deep": (b"[" * 60_000 + b"]" * 60_000, "nested_too_deep"),
    "two megabytes of lists": (b"[" + b"[]," * 600_000 + b"[]]", "too_many_values"),
    "one value too many": (b"[" + b"1," * MAX_PIECES + b"1]", "too_many_values"),
    "one digit too long": (b"[" + b"9" * (MAX_DIGITS + 1) + b"]", "number_too_long"),
    "thousands of digits": (b"9" * 5_000, "number_too_long"),
}


@pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED)
def test_a_bad_body_is_refused_with_its_code(body: bytes, code: str):
    with pytest.raises(Malformed) as refused:
        parse_json(body)
    assert refused.value.code == code


TAKEN = {
    "whole pair": b'["\\ud83d\\uddf3"]',
    "escaped backslash before what looks like a surrogate": b'["\\\\ud83d"]',
    "brackets in strings": json.dumps(["[{" * 500]).encode(),
    "deepest": b"[" * MAX_DEPTH + b"]" * MAX_DEPTH,
    "many shallow lists": b"[" + b"[]," * 1_000 + b"[]]",
    "as many values as may be": b"[" + b"1," * (MAX_PIECES - 1) + b"1]",
    "the fullest batch": json.dumps(
        {
            "requests": [
                {
                    "query": "",
                    "hashtags": ["a"] * 30,
                    "text": ",[{",
                    "region": "US",
                    "voting_region": None,
                    "languages": ["en"] * 20,
                    "surface": "search",
                    "signals": ["live"] * 6,
                    "limit": 1,
                }
            ]
            * 1_000
        }
    ).encode(),
    "commas in strings": json.dumps(["," * 200_000]).encode(),
    "longest number": b"9" * MAX_DIGITS,
    "fraction": b"-1.5e3",
    "Devanagari": '{"query": "\u092e\u0924\u0926\u093e\u0928"}'.encode(),
    "Arabic": '{"query": "\u0627\u0644\u0627\u0646\u062a\u062e\u0627\u0628\u0627\u062a"}'.encode(),
    "Thai": '{"query": "\u0e40\u0e25\u0e37\u0e2d\u0e01\u0e15\u0e31\u0e49\u0e07"}'.encode(),
    "null": b" null ",
}


@pytest.mark.parametrize("body", TAKEN.values(), ids=TAKEN)
def test_a_good_body_is_what_json_says(body: bytes):
    assert parse_json(body) == json.loads(body)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=40,
)


@given(VALUES, st.booleans())
def test_whatever_json_writes_is_read_alike(value: object, ascii_only: bool):  # noqa: FBT001
    assert parse_json(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


JSONISH = st.text(st.sampled_from(list('[]{}",:\\u0dD8cC1e.-9 \u00e9nNaIt')), max_size=200).map(str.encode)


@given(st.binary(max_size=300) | JSONISH)
def test_any_bytes_give_a_value_or_a_refusal(body: bytes):
    try:
        value = parse_json(body)
    except Malformed:
        return
    assert value == json.loads(body)


HEADERS = {
    "no content type": ({}, 415, "not_json"),
    "text": ({"Content-Type": "text/plain"}, 415, "not_json"),
    "form": ({"Content-Type": "application/x-www-form-urlencoded"}, 415, "not_json"),
    "another JSON": ({"Content-Type": "application/problem+json"}, 415, "not_json"),
    "another charset": ({"Content-Type": "application/json; charset=utf-16"}, 415, "not_utf8"),
    "an unknown charset": ({"Content-Type": "application/json; charset=bogus"}, 415, "not_utf8"),
}


@pytest.mark.parametrize(("headers", "status", "code"), HEADERS.values(), ids=HEADERS)
async def test_another_media_type_is_a_415(aiohttp_client, headers: dict[str, str], status: int, code: str):
    client = await aiohttp_client(make_app(Lines()))
    skipped = ["Content-Type"] if "Content-Type" not in headers else []
    answer = await client.post("/v1/things", data=b'{"region": "GB"}', headers=headers, skip_auto_headers=skipped)
    assert (answer.status, (await answer.json(content_type=None))["code"]) == (status, code)


@pytest.mark.parametrize(
    "media", ["application/json", "application/json; charset=utf-8", 'application/json; charset="UTF-8"', "Application/JSON"]
)
async def test_json_in_utf8_is_taken(aiohttp_client, media: str):
    client = await aiohttp_client(make_app(Lines()))
    answer = await client.post("/v1/things", data=b'{"region": "GB"}', headers={"Content-Type": media})
    assert await answer.json() == {"region": "GB"}


@pytest.mark.parametrize("size", [BODY_LIMIT - 1, BODY_LIMIT, BODY_LIMIT + 1])
async def test_the_limit_is_exact(aiohttp_client, size: int):
    client = await aiohttp_client(make_app(Lines()))
    body = b'{"region": "GB"}'.ljust(size)
    answer = await client.post("/v1/things", data=body, headers={"Content-Type": "application/json"})
    assert answer.status == (200 if size <= BODY_LIMIT else 413)


async def test_a_refused_body_is_repeated_nowhere(aiohttp_client):
    lines = Lines()
    client = await aiohttp_client(make_app(lines))
    for body in (f'{{"region": "{SECRET}", "{SECRET}": 1}}', f'{{"{SECRET}": ', f'{{"{SECRET}": 1, "{SECRET}": 2}}', SECRET):
        answer = await client.post("/v1/things", data=body, headers={"Content-Type": "application/json"})
        assert answer.status in {400, 422}
        assert SECRET not in await answer.text()
    assert SECRET.encode() not in lines.text


@pytest.fixture
async def files(aiohttp_client) -> TestClient:
    """Answers with what was sent as a file of up to six megabytes within a moment, or with the code of why not."""

    async def take(request: web.Request) -> web.Response:
        try:
            return web.Response(body=await read_bytes(request, 6 * 1024 * 1024, 0.05 if request.query else 60.0))
        except WebError as error:
            return web.Response(status=error.status, text=error.code, headers=error.headers)

    app = web.Application(client_max_size=1024)
    app.router.add_post("/", take)
    return await aiohttp_client(TestServer(app))


@pytest.mark.parametrize("size", [0, 1, 1025, 6 * 1024 * 1024])
async def test_a_file_is_read_as_it_is_whatever_it_says_of_its_type(files: TestClient, size: int) -> None:
    sent = b"\xff" * size
    response = await files.post("/", data=BytesIO(sent), headers={"Content-Type": "application/json"})
    assert (response.status, await response.read()) == (200, sent)


async def test_a_file_that_is_too_large_is_refused_told_or_not(files: TestClient) -> None:
    async def untold():
        for _ in range(7):
            yield b"x" * 1024 * 1024

    for data in (BytesIO(b"x" * (6 * 1024 * 1024 + 1)), untold()):
        response = await files.post("/", data=data)
        assert (response.status, await response.text()) == (413, "body_too_large")


async def test_a_file_that_does_not_arrive_in_time_is_given_up(files: TestClient) -> None:
    never = asyncio.Event()

    async def slowly():
        yield b"half"
        await never.wait()

    response = await files.post("/?slow", data=slowly())
    assert (response.status, await response.text(), response.headers["Connection"]) == (408, "body_timeout", "close")
