"""The one strict reader of JSON bodies, and of files as they are; what the values mean is for the schemas to say."""

import asyncio
import json
import re
from math import isfinite
from typing import Final, NoReturn

from aiohttp import StreamReader, hdrs, web

from web.errors import Malformed, TooLarge, TooSlow, UnsupportedMedia

MAX_DEPTH: Final = 32
"""Levels of arrays and objects; the deepest body of the contract needs five."""

MAX_PIECES: Final = 70_000
"""Commas and opening brackets: the fullest batch of the contract has some 67,000; two megabytes of `[],` would hold up everybody else."""

MAX_DIGITS: Final = 20
"""Digits of a whole number, sign included; the contract's largest has seven."""

BODY_SECONDS: Final = web.AppKey("BODY_SECONDS", float)
"""How long a body may take to arrive; `DEFAULT_BODY_SECONDS` where the application does not say."""

DEFAULT_BODY_SECONDS: Final = 10.0

_BOM: Final = b"\xef\xbb\xbf"
_STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_LEVELS: Final = bytes.maketrans(b"{}", b"[]")
_NOT_LEVELS: Final = bytes(code for code in range(256) if code not in b"[]{}")


async def read_json(request: web.Request, limit: int) -> object:
    """The request's JSON body of at most `limit` bytes; raises UnsupportedMedia, TooLarge, TooSlow or Malformed, and nothing else."""
    _check_media(request)
    if (request.content_length or 0) > limit:
        raise _too_large(limit)
    content = request.content
    if content.is_eof():
        return parse_json(_arrived(content, limit))
    seconds = request.config_dict.get(BODY_SECONDS, DEFAULT_BODY_SECONDS)
    try:
        async with asyncio.timeout(seconds):
            body = await _read(content, limit)
    except TimeoutError:
        raise _too_slow() from None
    return parse_json(body)


async def read_bytes(request: web.Request, limit: int, seconds: float) -> bytes:
    """The request's body as it is, of at most `limit` bytes and whatever type; raises UnsupportedMedia, TooLarge, TooSlow or Malformed."""
    _check_uncompressed(request)
    if (request.content_length or 0) > limit:
        raise _too_large(limit)
    try:
        async with asyncio.timeout(seconds):
            return await _read(request.content, limit)
    except TimeoutError:
        raise _too_slow() from None


def parse_json(body: bytes) -> object:
    """The value of a strict JSON text in UTF-8; raises Malformed with a code for each way to be wrong, and nothing else."""
    if not body:
        raise Malformed("empty_body", "The body is empty; send a JSON value.")
    if body.startswith(_BOM):
        raise Malformed("byte_order_mark", "The body begins with a byte order mark; send plain UTF-8.")
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Malformed("bad_utf8", f"The body is not UTF-8: the byte at {error.start} is wrong.") from None
    _check_structure(body)
    try:
        value = _decoded(text)
    except json.JSONDecodeError as error:
        raise Malformed("malformed_json", f"The body is not JSON: line {error.lineno}, column {error.colno}.") from None
    if b"\\" in body and _SURROGATE.search(text) is not None:
        _check_surrogates(value)
    return value


def _check_uncompressed(request: web.Request) -> None:
    if request.headers.get(hdrs.CONTENT_ENCODING, "identity").lower() != "identity":
        raise UnsupportedMedia("compressed_body", "Bodies are taken uncompressed only.", headers={"Accept-Encoding": "identity"})


def _check_media(request: web.Request) -> None:
    headers = request.headers
    _check_uncompressed(request)
    if headers.get(hdrs.CONTENT_TYPE) == "application/json":
        return
    if hdrs.CONTENT_TYPE not in headers or request.content_type != "application/json":
        raise UnsupportedMedia("not_json", "Send the body with Content-Type: application/json.", headers={"Accept": "application/json"})
    if (request.charset or "utf-8").lower() != "utf-8":
        raise UnsupportedMedia("not_utf8", "Send the body in UTF-8.", headers={"Accept": "application/json"})


def _arrived(content: StreamReader, limit: int) -> bytes:
    """The whole of a body that is here already."""
    try:
        body = content.read_nowait()
    except web.RequestPayloadError:
        raise _broken() from None
    if len(body) > limit:
        raise _too_large(limit)
    return body


async def _read(content: StreamReader, limit: int) -> bytes:
    body = bytearray()
    try:
        while chunk := await content.readany():
            body += chunk
            if len(body) > limit:
                raise _too_large(limit)
    except web.RequestPayloadError:
        raise _broken() from None
    return bytes(body)


def _too_slow() -> TooSlow:
    return TooSlow("body_timeout", "The body did not arrive in time.", headers={"Connection": "close"})


def _broken() -> Malformed:
    return Malformed("malformed_http", "The body breaks off or is not framed as HTTP asks.", headers={"Connection": "close"})


def _too_large(limit: int) -> TooLarge:
    return TooLarge("body_too_large", f"The body is larger than the {limit} bytes that this route takes.")


def _check_structure(body: bytes) -> None:
    """Refuse, before anything is built, what nests too deep or has too many parts; small bodies are told apart by counting alone."""
    opened = body.count(b"[") + body.count(b"{")
    if opened <= MAX_DEPTH and opened + body.count(b",") <= MAX_PIECES:
        return
    bare = _STRING.sub(b"", body)
    if bare.count(b"[") + bare.count(b"{") + bare.count(b",") > MAX_PIECES:
        raise Malformed("too_many_values", f"The body has more than {MAX_PIECES} values.")
    if _is_too_deep(bare.translate(_LEVELS, _NOT_LEVELS)):
        raise Malformed("nested_too_deep", f"The body has more than {MAX_DEPTH} levels of arrays and objects.")


def _is_too_deep(levels: bytes) -> bool:
    """Whether brackets alone nest too deep: pairs go, from the inside out, and each round is a level."""
    for _ in range(MAX_DEPTH):
        shallower = levels.replace(b"[]", b"")
        if len(shallower) == len(levels):
            break
        levels = shallower
    return b"[" * (MAX_DEPTH + 1) in levels or b"[]" in levels


def _check_surrogates(value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Malformed("lone_surrogate", "A string holds half of a surrogate pair.") from None


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Malformed("duplicate_key", "An object has the same key twice.")
    return members


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise Malformed("number_too_long", f"A whole number has more than {MAX_DIGITS} digits.")
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise Malformed("number_not_finite", "A number is too large.")
    return number


def _constant(_name: str) -> NoReturn:
    raise Malformed("number_not_finite", "NaN and Infinity are not JSON.")


_decoder: Final = json.JSONDecoder(object_pairs_hook=_members, parse_int=_whole, parse_float=_fraction, parse_constant=_constant)


def _decoded(text: str) -> object:
    """The value; what does not simply begin and end with it is left to the decoder, which knows white space and says where it is wrong."""
    try:
        value, end = _decoder.raw_decode(text)
    except json.JSONDecodeError:
        return _decoder.decode(text)
    return value if end == len(text) else _decoder.decode(text)
