"""Request heads that aiohttp's parser has read before: the same bytes say the same, and to read them again takes longer than to decide.

Only header lines are kept, byte for byte, and only such as say nothing of a person. The request line, where a search may stand, is
looked at each time, and anything in it but a plain path and query is left to the parser.
"""

from collections.abc import Iterable
from typing import Final

from aiohttp import hdrs
from aiohttp.http import RawRequestMessage
from multidict import CIMultiDictProxy

MOST: Final = 4_096
"""Heads kept; when there are more, all are forgotten."""
LONGEST: Final = 2_048
"""Bytes of a head that is kept."""
LONGEST_REQUEST: Final = 8_192
"""Bytes of a request that is looked at: far below every limit of the parser's."""

IMPERSONAL: Final = frozenset(
    {
        "accept",
        "accept-encoding",
        "accept-language",
        "cache-control",
        "connection",
        "content-length",
        "content-type",
        "host",
        "origin",
        "pragma",
        "sec-fetch-dest",
        "sec-fetch-mode",
        "sec-fetch-site",
        "user-agent",
    }
)
"""Names of the headers that a head may have that is kept: what an app or a browser sends alike with every search."""

_LINE_END: Final = b"\r\n"
_HEAD_END: Final = b"\r\n\r\n"
_LENGTHS: Final = (b"\r\nContent-Length", b"\r\ncontent-length")
"""How a line with the length of the body begins; such a line is not kept, so that searches of any length have one head."""
_LENGTH: Final = b"ength: "
"""Stands in each of those: where it does not, there is none to look for."""
_VERSION: Final = b" HTTP/1.1"
_PLAIN: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%&=+_.,:;~!*'()@$/-"
"""What a query may hold that needs no second look: nothing that ends it, and nothing that must be escaped."""

Seen = tuple[bytes, CIMultiDictProxy[str], bytes]
"""A request the header lines of which were read before: its request line, what the parser made of them, its body."""


def plain_line(method: str, path: str) -> bytes:
    """The request line without a query."""
    return f"{method} {path} HTTP/1.1".encode()


def plain_query(line: bytes) -> tuple[bytes, str] | None:
    """A request line in two: the line without its query, and the query as it was sent; None where there is none or it is not plain."""
    start, sign, rest = line.partition(b"?")
    query = rest.removesuffix(_VERSION)
    return (start + _VERSION, query.decode()) if sign and query != rest and not query.translate(None, _PLAIN) else None


class Heads:
    """The header lines that are known, each with what aiohttp's parser made of it once, and the body's length where their key holds it."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._known: dict[bytes, tuple[CIMultiDictProxy[str], int | None]] = {}

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._known)

    def again(self, data: bytes) -> Seen | None:
        """The request that `data` is, whole and nothing else, if its header lines are known; it must begin where a request begins.

        The headers are those of the first such request: all but the length of the body are the same.
        """
        line, head, body = _split(data)
        known = self._known.get(_key(head, len(body)))
        if known is None or known[1] not in {None, len(body)} or len(data) > LONGEST_REQUEST:
            return None
        return line, known[0], body

    def learn(self, data: bytes, message: RawRequestMessage) -> bool:
        """Whether `data` is the one request that the parser read as `message`, whole and nothing else; its head is then known."""
        line, head, body = _split(data)
        if line != plain_line(message.method, message.path) or hdrs.TRANSFER_ENCODING in message.headers:
            return False
        lines = head.split(_LINE_END)[1:]
        length = int(message.headers.get(hdrs.CONTENT_LENGTH, "0"))
        if len(lines) != len(message.raw_headers) or not all(map(_is_a_line, lines)) or len(body) != length:
            return False
        if len(head) <= LONGEST and _is_impersonal(message.headers):
            if len(self._known) >= MOST:
                self._known.clear()
            key = _key(head, length)
            self._known[key] = message.headers, length if key == head else None
        return True


def _split(data: bytes) -> tuple[bytes, bytes, bytes]:
    """The request line; the header lines, each with the line end before it; the body. No header lines where they do not end."""
    line, end, rest = data.partition(_LINE_END)
    head, ended, body = rest.partition(_HEAD_END)
    return line, end + head if ended else b"", body


def _key(head: bytes, length: int) -> bytes:
    """The head with nothing but a mark, which no head can hold, in the place of the line that tells this length of the body."""
    for name in _LENGTHS if _LENGTH in head else ():
        key = head.replace(b"%b: %d" % (name, length), _HEAD_END, 1)
        if len(key) != len(head):
            return key
    return head


def _is_a_line(line: bytes) -> bool:
    """Whether it is a header line by itself, neither broken in another way nor the rest of the one before."""
    return b"\r" not in line and b"\n" not in line and line[:1] not in {b" ", b"\t", b""}


def _is_impersonal(names: Iterable[str]) -> bool:
    return IMPERSONAL.issuperset(name.lower() for name in names)
