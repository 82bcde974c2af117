"""An answer written in one go from bytes that stand ready: aiohttp's own `Response` spends as long on its headers as on everything else.

Whoever looks at its headers, or asks in a way that is out of the ordinary, gets an ordinary `Response` with the same content.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple, cast

from aiohttp import hdrs, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.helpers import rfc822_formatted_time
from aiohttp.http import HttpVersion11
from aiohttp.web_request import BaseRequest
from multidict import CIMultiDict

_STATUS: Final = b"HTTP/1.1 200 OK\r\n"


def lines_of(headers: Mapping[str, str]) -> bytes:
    """Headers as they are sent, each with its line end; the values must be ours, not the client's."""
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()


class Content(NamedTuple):
    """What a 200 says: its body, and its header lines (from `lines_of`) without Content-Length and Date."""

    body: bytes
    lines: bytes


def written(content: Content, more: bytes = b"") -> bytes:
    """All of a 200 for a connection that stays open, with `more` header lines."""
    body, lines = content
    return b"%b%b%bContent-Length: %d\r\nDate: %b\r\n\r\n%b" % (_STATUS, lines, more, len(body), rfc822_formatted_time().encode(), body)


class Ready(web.Response):
    """A 200 whose body and header lines are given as bytes."""

    _zlib_executor_size = 1024
    _zlib_executor = None

    def __init__(self, body: bytes, lines: bytes) -> None:
        """`lines` come from `lines_of` and hold neither Content-Length nor Date."""
        self._state = {}  # what aiohttp's own would set, without what it would work out
        self._status = 200
        self._reason = "OK"
        self._body = body
        self._lines: bytes | None = lines

    def add_lines(self, lines: bytes) -> bool:
        """Add headers, none of them there already; False, and nothing is added, once this is an ordinary response."""
        if self._lines is None:
            return False
        self._lines += lines
        return True

    @property
    def _headers(self) -> CIMultiDict[str]:  # type: ignore[override] # aiohttp keeps them here, and reads them here
        """The headers, which may be changed: from here on this is an ordinary response."""
        if self._lines is not None:
            self._made_headers = CIMultiDict(_read(self._lines))
            self._lines = None
        return self._made_headers

    @property  # type: ignore[misc] # it cannot be set on aiohttp's either
    def content_length(self) -> int:
        """The body's."""
        return len(cast("bytes", self._body))

    async def prepare(self, request: BaseRequest) -> AbstractStreamWriter | None:
        """Write everything, or leave it to aiohttp."""
        if not self._is_plain(request):
            self.headers  # noqa: B018 -- makes this an ordinary response
            return await super().prepare(request)
        if self._eof_sent:
            return None
        self._keep_alive = True
        self._eof_sent = True
        await request.writer.write_eof(written(Content(cast("bytes", self._body), cast("bytes", self._lines))))
        self._body_length = request.writer.output_size
        return None

    def _is_plain(self, request: BaseRequest) -> bool:
        return (
            self._lines is not None
            and request.version == HttpVersion11
            and request.keep_alive
            and request.method != hdrs.METH_HEAD
            and self._keep_alive is None
            and not self._compression
            and self._cookies is None
            and not (isinstance(request, web.Request) and request.app.on_response_prepare)
        )


def _read(lines: bytes) -> list[tuple[str, str]]:
    pairs = (line.partition(": ") for line in lines.decode().split("\r\n") if line)
    return [(name, value) for name, _, value in pairs]
