"""The manners of every answer, in one pass: request id, problems for errors, safe headers, a line in the access log."""

import re
from collections.abc import Iterator, Mapping
from secrets import token_hex
from time import perf_counter
from types import MappingProxyType
from typing import Final, Protocol

from aiohttp import hdrs, web
from aiohttp.typedefs import Middleware
from multidict import istr
from structlog.typing import FilteringBoundLogger

from web.errors import WebError
from web.logs import facts_of
from web.problems import UNEXPECTED, Problem, ProblemTable, render
from web.ready import Ready, lines_of
from web.routes import ROUTES, Handler, Route

REQUEST_ID: Final = web.RequestKey("REQUEST_ID", str)
REQUEST_ID_HEADER: Final = istr("X-Request-ID")
NO_ROUTE: Final = "(none)"
"""Stands for the route of a request that none took: its path is the client's own text."""

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD: Final = "(other)"
STRICT_CSP: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

SAFE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Server": "Signpost",  # not which versions it runs on
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
)
"""What every answer carries, beside its id and its policy."""

SHARED: Final[Mapping[str, str]] = MappingProxyType(
    {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Retry-After, X-Request-ID"}
)
"""What an answer carries that browsers of other sites may read."""

_POLICY: Final[Mapping[str, str]] = MappingProxyType({hdrs.CONTENT_SECURITY_POLICY: STRICT_CSP})
_OWN_LINES: Final = lines_of({**SAFE, **_POLICY})
_SHARED_LINES: Final = lines_of({**SAFE, **_POLICY, **SHARED})
_IDS_AT_ONCE: Final = 256
_ID_LENGTH: Final = 32
_SANE_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Noted(Protocol):
    """Is told of every answer: the access log, the metrics."""

    def __call__(self, method: str, route: str, status: int, seconds: float, size: int, request_id: str) -> None:
        """Note it; must be quick and not raise."""


def manners(table: ProblemTable, log: FilteringBoundLogger, *noted: Noted) -> Middleware:
    """The middleware that goes first, around everything: `table` says how errors are told, `noted` hear of every answer."""

    @web.middleware
    async def polite(request: web.Request, handler: Handler) -> web.StreamResponse:
        started = perf_counter()
        request_id = request_id_of(request.headers.get(REQUEST_ID_HEADER))
        request[REQUEST_ID] = request_id
        try:
            response = await handler(request)
        except web.HTTPException as error:
            response = error if error.status < 400 else _told(error, table, log, request_id)
        except Exception as error:
            if isinstance(error, ConnectionError) and request.transport is None:
                raise  # the client has gone; nobody is left to tell
            response = _told(error, table, log, request_id)
        found = request.match_info.route
        declared = request.app[ROUTES].get(found)
        if not response.prepared:
            add_headers(response, request_id, declared)
        method = request.method if request.method in METHODS else OTHER_METHOD
        template = NO_ROUTE if declared is None else declared.path
        seconds = perf_counter() - started
        size = response.content_length or 0
        for note in noted:
            note(method, template, response.status, seconds, size, request_id)
        if isinstance(response, web.HTTPException):
            raise response
        return response

    return polite


def request_id_of(given: str | None) -> str:
    """The inbound id if it is a sane token, else 32 new hexadecimal digits."""
    return given if given is not None and _SANE_ID.fullmatch(given) else next(_new_ids)


def add_headers(response: web.StreamResponse, request_id: str, declared: Route | None) -> None:
    """What every answer carries; a page that has set its own policy keeps it."""
    if isinstance(response, Ready) and response.add_lines(manner_lines(request_id, declared)):
        return
    headers = response.headers
    headers[REQUEST_ID_HEADER] = request_id
    headers.update(SAFE)
    if hdrs.CONTENT_SECURITY_POLICY not in headers:
        headers.update(_POLICY)
    if declared is not None and declared.is_shared:
        headers.update(SHARED)


def manner_lines(request_id: str, declared: Route | None) -> bytes:
    """The same, for an answer that is bytes already."""
    is_shared = declared is not None and declared.is_shared
    return b"X-Request-ID: %s\r\n%s" % (request_id.encode(), _SHARED_LINES if is_shared else _OWN_LINES)


def _drawn_ids() -> Iterator[str]:
    """Random ids, drawn many at a time because each draw asks the system."""
    while True:
        digits = token_hex(_ID_LENGTH * _IDS_AT_ONCE // 2)
        yield from (digits[start : start + _ID_LENGTH] for start in range(0, len(digits), _ID_LENGTH))


_new_ids: Final = _drawn_ids()


def _told(error: Exception, table: ProblemTable, log: FilteringBoundLogger, request_id: str) -> web.Response:
    problem: Problem | None = table.problem(error)
    if problem is None:
        log.error("unexpected_error", request_id=request_id, **facts_of(error))
        problem = UNEXPECTED
    elif problem.status >= 500 and not isinstance(error, WebError):
        log.warning("refused", request_id=request_id, code=problem.code, **facts_of(error))
    return render(problem, request_id)
