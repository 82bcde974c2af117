"""How long an answer may be kept by caches, and how it is asked for again: Cache-Control, strong ETag, 304, Vary."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Final

from aiohttp import ETag, web

LONGEST_SECONDS: Final = 60
"""A stop must reach every client within this."""


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
) -> web.Response:
    """A response that no cache keeps past `expires_at` nor a minute; 304 when a GET already has it."""
    left = LONGEST_SECONDS if expires_at is None else max(0, min(LONGEST_SECONDS, int((expires_at - now).total_seconds())))
    headers = {"Cache-Control": f"{'private' if private else 'public'}, max-age={left}", "Vary": "Accept-Language"}
    tag = hashlib.sha256(body).hexdigest()[:32]
    if request.method in {"GET", "HEAD"}:
        if _has(request, tag):
            return web.Response(status=304, headers={**headers, "ETag": f'"{tag}"'})
        headers["ETag"] = f'"{tag}"'
    return web.Response(body=body, content_type=content_type, charset="utf-8", headers=headers)


def _has(request: web.Request, tag: str) -> bool:
    held = request.if_none_match
    return held is not None and any(one == ETag(value="*") or one.value == tag for one in held)
