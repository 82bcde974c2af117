"""The short way for what is asked most: a whole, plain request is answered where its bytes come in, with no task, router or middleware.

What it may not or cannot answer goes the long way untouched, and is told there what is wrong; tests/web/test_lanes.py compares the two.
"""

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Final, NamedTuple

from aiohttp import StreamReader, hdrs, web
from aiohttp.http import HttpVersion11, RawRequestMessage
from multidict import CIMultiDictProxy

from web.errors import CannotStart
from web.heads import Heads, plain_line, plain_query
from web.middleware import REQUEST_ID_HEADER, Noted, manner_lines, request_id_of
from web.ready import Content, written
from web.routes import ROUTES, Access, Route

JSON_TYPES: Final = frozenset({"application/json", "application/json; charset=utf-8", "application/json;charset=utf-8"})


class Whole(NamedTuple):
    """A request that is all there: headers, the query string as it was sent, the body."""

    headers: CIMultiDictProxy[str]
    query: str
    body: bytes


Quick = Callable[[Whole], Content | None]
"""Answers at once, within microseconds, or declines; until it answers it must leave no trace."""


class Lanes:
    """The routes that have a short way."""

    def __init__(self, app: web.Application, quick: Mapping[tuple[str, str], Quick], *noted: Noted) -> None:
        """`quick` by method and path, each of a registered route that anybody may take at any rate; `noted` hear of every answer."""
        declared = {(route.method, route.path): route for route in app[ROUTES].values()}
        self._lanes = {plain_line(*key): (_open(declared.get(key), key), answer) for key, answer in quick.items()}
        self._noted = noted
        self._heads = Heads()

    def answer(self, message: object, payload: StreamReader) -> bytes | None:
        """The whole answer for the wire, or None to go the long way."""
        if not isinstance(message, RawRequestMessage):
            return None
        path, _, query = message.path.partition("?")
        lane = self._lanes.get(plain_line(message.method, path))
        if lane is None or not payload.is_eof() or not _is_plain(message):
            return None
        body = b"".join(getattr(payload, "_buffer", ()))  # only looked at, so that the long way still finds it
        return self._answer(*lane, Whole(message.headers, query, body))

    def again(self, data: bytes) -> bytes | None:
        """The same for what arrived between two requests, if it is one that differs from an earlier one in its target and body only."""
        seen = self._heads.again(data)
        if seen is None:
            return None
        line, headers, body = seen
        line, query = plain_query(line) or (line, "")
        lane = self._lanes.get(line)
        return None if lane is None else self._answer(*lane, Whole(headers, query, body))

    def learn(self, data: bytes, message: object) -> bool:
        """Whether `data` is the answered request that was read as `message`, whole and nothing else: `again` knows the like from now on."""
        return isinstance(message, RawRequestMessage) and self._heads.learn(data, message)

    def _answer(self, declared: Route, quick: Quick, whole: Whole) -> bytes | None:
        started = perf_counter()
        headers = whole.headers
        if declared.body is not None and headers.get(hdrs.CONTENT_TYPE) not in JSON_TYPES:
            return None
        try:
            content = quick(whole)
        except Exception:  # noqa: BLE001 -- whatever it is, the long way meets it again and tells it
            return None
        if content is None:
            return None
        request_id = request_id_of(headers.get(REQUEST_ID_HEADER))
        seconds = perf_counter() - started
        for note in self._noted:
            note(declared.method, declared.path, 200, seconds, len(content.body), request_id)
        return written(content, manner_lines(request_id, declared))


LANES: Final = web.AppKey("LANES", Lanes)


def _open(declared: Route | None, key: tuple[str, str]) -> Route:
    if declared is None or declared.access is not Access.PUBLIC or declared.rate is not None:
        raise CannotStart(f"Only a declared public route without a rate may have a short way: {' '.join(key)}.")
    return declared


def _is_plain(message: RawRequestMessage) -> bool:
    return (
        message.version == HttpVersion11
        and not message.should_close
        and not message.upgrade
        and message.path.isascii()
        and "#" not in message.path
        and hdrs.EXPECT not in message.headers
        and hdrs.CONTENT_ENCODING not in message.headers
        and hdrs.IF_NONE_MATCH not in message.headers
    )
