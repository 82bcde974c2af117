"""Request heads that were read before: only what aiohttp's parser has read as one whole request is known, and it is read as the parser would."""

import asyncio
from collections.abc import Sequence
from itertools import product
from unittest import mock

import pytest
from aiohttp import hdrs
from aiohttp.base_protocol import BaseProtocol
from aiohttp.http import HttpRequestParser, RawRequestMessage
from aiohttp.http_exceptions import HttpProcessingError
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDictProxy

from web import heads
from web.heads import Heads, plain_line, plain_query

POST = b"POST /v1/things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
GET = b"GET /v1/things?q=a HTTP/1.1\r\nHost: x\r\n\r\n"


def read(*pieces: bytes) -> Sequence[tuple[RawRequestMessage, bytes]]:
    """What the parser makes of the pieces, one after the other: of the last, and with the body as far as it came."""
    loop = mock.Mock(spec=asyncio.AbstractEventLoop)
    parser = HttpRequestParser(BaseProtocol(loop), loop, 2**16, auto_decompress=False)
    messages = []
    for piece in pieces:
        messages, _, _ = parser.feed_data(piece)
    return [(message, b"".join(getattr(payload, "_buffer", ()))) for message, payload in messages]


@pytest.mark.parametrize("first", [POST, GET])
def test_what_was_read_once_is_known(first: bytes) -> None:
    known = Heads()
    assert known.again(first) is None
    ((message, body),) = read(first)
    assert known.learn(first, message)
    seen = known.again(first)
    assert seen is not None
    assert seen == (plain_line(message.method, message.path), message.headers, body)


@pytest.mark.parametrize("name", [b"Content-Length", b"content-length", b"CONTENT-LENGTH"])
@pytest.mark.parametrize("body", [b"[]", b"", b"[" + b"1," * 200 + b"1]"])
def test_the_next_one_may_have_another_target_and_another_body(name: bytes, body: bytes) -> None:
    known = Heads()
    first = POST.replace(b"Content-Length", name)
    known.learn(first, read(first)[0][0])
    seen = known.again(first.replace(b"/v1/things", b"/other?x=%41").replace(b": 2", b": %d" % len(body)).replace(b"{}", body))
    if name == b"CONTENT-LENGTH" and len(body) != 2:
        assert seen is None
    else:
        assert seen is not None
        assert (seen[0], seen[2]) == (b"POST /other?x=%41 HTTP/1.1", body)


@pytest.mark.parametrize(
    "data",
    [
        POST.replace(b": 2", b": 20"),
        POST.replace(b": 2", b": 02"),
        POST.replace(b": 2", b": 1"),
        POST.replace(b": 2", b":2"),
        POST.replace(b": 2", b""),
        POST.replace(b": 2", b": "),
        POST.replace(b"Content-Length: 2", b"\r\n"),
        POST.replace(b"Content-Length: 2", b""),
        POST.replace(b"Content-Length: 2\r\n", b""),
        POST.replace(b"Content-Length: 2", b"Content-Length: 2\r\nContent-Length: 2"),
        POST.replace(b"Content-Length: 2", b"Content-Length: 2\r\ncontent-length: 20"),
        POST.replace(b"Host: x", b"Host: x\r\nContent-Length: 2").replace(b"json\r\nContent-Length: 2", b"json"),
        POST.replace(b"{}", b"{" + b" " * heads.LONGEST_REQUEST + b"}").replace(b": 2", b": %d" % (heads.LONGEST_REQUEST + 2)),
        POST.replace(b"/v1", b"/v1?" + b"&" * 140_000),
    ],
)
def test_the_length_of_the_body_must_be_told_as_it_was(data: bytes) -> None:
    known = Heads()
    known.learn(POST, read(POST)[0][0])
    assert known.again(data) is None


@pytest.mark.parametrize(
    "data",
    [POST[:-1], POST + b" ", POST + GET, GET[:-2], GET + GET, GET.replace(b": x", b": y"), GET.replace(b"\r\n", b"\n"), b"\r\n" + GET, b""],
)
def test_what_is_not_one_whole_request_with_such_a_head_is_left_to_the_parser(data: bytes) -> None:
    known = Heads()
    known.learn(POST, read(POST)[0][0])
    known.learn(GET, read(GET)[0][0])
    assert known.again(data) is None


@pytest.mark.parametrize("query", ["", "q=a", "q=%e0%a4%bb&lang=hi+x", "q=where?"])
def test_a_plain_query_is_told_apart(query: str) -> None:
    plain = (plain_line("GET", "/v1/things"), query) if "?" not in query else None
    assert plain_query(f"GET /v1/things?{query} HTTP/1.1".encode()) == plain


@pytest.mark.parametrize("query", ["", "?q=a#b", "?q=é", "?q=a b", "?q=a "])
@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/1.0", ""])
def test_any_other_query_is_left_to_the_parser(query: str, version: str) -> None:
    assert plain_query(f"GET /v1/things{query} {version}".encode()) is None


@pytest.mark.parametrize(
    ("before", "data"),
    [
        (b"", GET + GET[:9]),
        (b"", b"\r\n" + GET),
        (GET[:5], GET[5:]),
        (POST[:-2], b"{}" + GET),
        (b"", POST[:-2]),
        (b"", POST.replace(b"Content-Length: 2", b"Transfer-Encoding: chunked").replace(b"{}", b"2\r\n{}\r\n0\r\n\r\n")),
        (b"GET / HTTP/1.1\r\nA: ", GET),
        (b"GET / HTTP/1.1\r\nA:", b" " + GET),
        (POST.replace(b"Content-Length: 2", b"Content-Length: 37")[:-2], POST[:37] + POST),
    ],
)
def test_only_data_that_is_one_whole_request_is_taken_for_one(before: bytes, data: bytes) -> None:
    known = Heads()
    for message, _ in read(before, data) if before else read(data):
        assert not known.learn(data, message)
    assert len(known) == 0


@pytest.mark.parametrize("line", ["X-Request-ID: abcdef01", "Cookie: a=b", "X-Forwarded-For: 192.0.2.1", "Referer: https://x/?q=y"])
def test_nothing_of_a_person_is_kept(line: str) -> None:
    known = Heads()
    data = GET.replace(b"Host: x", f"Host: x\r\n{line}".encode())
    assert known.learn(data, read(data)[0][0])
    assert len(known) == 0


def test_the_request_line_and_the_body_are_not_kept() -> None:
    known = Heads()
    known.learn(POST.replace(b"{}", b"[]"), read(POST)[0][0])
    known.learn(GET, read(GET)[0][0])
    assert "q=a" not in str(known._known)
    assert "[]" not in str(known._known)
    assert b"Length" not in b"".join(known._known)


def test_there_is_room_for_so_many_heads_of_such_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "MOST", 3)
    known = Heads()
    for number in range(10):
        data = GET.replace(b"Host: x", f"Host: x{number}".encode())
        assert known.learn(data, read(data)[0][0])
        assert known.again(data) is not None
        assert len(known) <= 3
    long = GET.replace(b"Host: x", b"Host: " + b"x" * heads.LONGEST)
    assert known.learn(long, read(long)[0][0])
    assert known.again(long) is None


TARGETS = st.one_of(
    st.text(st.characters(max_codepoint=0x7F), max_size=30),
    st.text(st.sampled_from("/v1things?q=%&+#:@ ab'\"<>|\\^`{}"), max_size=30),
)
NAMES = st.sampled_from(["Accept", "accept-language", "User-Agent", "Origin", "HOST"])
VALUES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)


@given(
    targets=st.lists(TARGETS, min_size=1, max_size=3),
    fields=st.lists(st.tuples(NAMES, VALUES), max_size=4),
    bodies=st.lists(st.binary(max_size=20), min_size=1, max_size=3),
    tail=st.binary(max_size=3),
)
def test_it_reads_as_the_parser_reads(targets: list[str], fields: list[tuple[str, str]], bodies: list[bytes], tail: bytes) -> None:
    known, lane = Heads(), plain_line("POST", "/")
    for target, body in product([f"{sign}{target}" for target in targets for sign in ("/", "/?")] + ["/"], bodies):
        lines = "".join(f"{name}: {value}\r\n" for name, value in [*fields, ("Host", "x"), ("Content-Length", len(body))])
        data = f"POST {target} HTTP/1.1\r\n{lines}\r\n".encode() + body
        for sent in (data + tail, data):
            seen = known.again(sent)
            try:
                found = read(sent)
            except HttpProcessingError:
                found = []
            split = None if seen is None else plain_query(seen[0])
            if seen is not None and lane in {seen[0], split and split[0]}:
                ((message, content),) = found
                assert (seen[0], but_for_length(seen[1]), seen[2]) == (
                    plain_line("POST", message.path),
                    but_for_length(message.headers),
                    content,
                )
                path, _, query = message.path.partition("?")
                assert split in {None, (plain_line("POST", path), query)}
            is_learnt = len(found) == 1 and known.learn(sent, found[0][0])
            assert not is_learnt or sent == data
            assert is_learnt or len(found) != 1 or sent != data or target != "/"


def but_for_length(headers: CIMultiDictProxy[str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers.items() if name != hdrs.CONTENT_LENGTH]
