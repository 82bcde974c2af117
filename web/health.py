"""Whether the process is up, and whether it can answer; what ready means is handed in."""

from collections.abc import Callable
from typing import Final

from aiohttp import web

from web.routes import Access, route

_NO_STORE: Final = {"Cache-Control": "no-store"}


class Health:
    """`/healthz` and `/readyz`."""

    def __init__(self, check_ready: Callable[[], object]) -> None:
        """`check_ready` raises an error that the problem table tells as 503 while the service cannot answer."""
        self._check_ready = check_ready

    @route("GET", "/healthz", access=Access.PUBLIC, summary="Whether the process is up", responses={200: "text/plain"})
    async def healthz(self, _request: web.Request) -> web.StreamResponse:
        """Always `ok` while the process answers at all."""
        return web.Response(text="ok\n", headers=_NO_STORE)

    @route("GET", "/readyz", access=Access.PUBLIC, summary="Whether it can answer", responses={200: "text/plain"}, errors=(503,))
    async def readyz(self, _request: web.Request) -> web.StreamResponse:
        """`ready` once a verified release is served."""
        self._check_ready()
        return web.Response(text="ready\n", headers=_NO_STORE)
