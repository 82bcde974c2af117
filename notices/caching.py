"""How long an answer may be kept by caches, and how it is asked for again: Cache-Control, strong ETag, 304, Vary."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from aiohttp import ETag, hdrs, web

from web.ready import Content, Ready, lines_of

LONGEST_SECONDS: Final = 60
"""A stop must reach every client within this."""


VARY: Final = "Accept-Language"


class LargeBodies:
    """Bodies that take long to make: made off the event loop, and kept until others push them out."""

    def __init__(self, most: int = 32) -> None:
        """Keep at most so many."""
        self._most = most
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()

    async def made(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The body of a key; `make` must be pure."""
        body = self._bodies.get(key)
        if body is None:
            body = await asyncio.to_thread(make)
        self._bodies[key] = body
        self._bodies.move_to_end(key)
        while len(self._bodies) > self._most:
            self._bodies.popitem(last=False)
        return body


def cached(
    request: web.Request,
    body: bytes,
    now: datetime,
    *,
    expires_at: datetime | None = None,
    private: bool = False,
    content_type: str = "application/json",
    tag: str | None = None,
) -> web.Response:
    """A response that no cache keeps past `expires_at` nor a minute; 304 when a GET already has it. `tag` is the body's, where it is known."""
    control = _control(now, expires_at, private=private)
    if request.method in {"GET", "HEAD"}:
        tag = tag or tag_of(body)
        if _has(request, tag):
            return web.Response(status=304, headers={"Cache-Control": control, "Vary": VARY, "ETag": f'"{tag}"'})
        return Ready(body, _lines(control, content_type) + tag_line(tag))
    return Ready(body, _lines(control, content_type))


def cached_at_once(body: bytes, now: datetime, *, expires_at: datetime | None, private: bool, tag: bytes) -> Content:
    """The same for a request without If-None-Match; `tag` is the line that tells it, nothing where the method has no entity tags."""
    return Content(body, _lines(_control(now, expires_at, private=private), "application/json") + tag)


def _control(now: datetime, expires_at: datetime | None, *, private: bool) -> str:
    if expires_at is None or expires_at - now >= _LONGEST:
        return _AS_LONG_AS_MAY_BE[private]
    return _max_age(max(0, int((expires_at - now).total_seconds())), private=private)


def _max_age(seconds: int, *, private: bool) -> str:
    return f"{'private' if private else 'public'}, max-age={seconds}"


_LONGEST: Final = timedelta(seconds=LONGEST_SECONDS)
_AS_LONG_AS_MAY_BE: Final = tuple(_max_age(LONGEST_SECONDS, private=private) for private in (False, True))


def tag_line(tag: str) -> bytes:
    """The header line that tells an entity tag."""
    return b'ETag: "%s"\r\n' % tag.encode()


@lru_cache(maxsize=512)
def _lines(control: str, content_type: str) -> bytes:
    return lines_of({"Content-Type": f"{content_type}; charset=utf-8", "Cache-Control": control, "Vary": VARY})


def tag_of(body: bytes) -> str:
    """The strong entity tag of a body."""
    return hashlib.sha256(body).hexdigest()[:32]


def _has(request: web.Request, tag: str) -> bool:
    if hdrs.IF_NONE_MATCH not in request.headers:
        return False
    held = request.if_none_match
    return held is not None and any(one == ETag(value="*") or one.value == tag for one in held)
