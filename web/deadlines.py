"""Connections that cannot be held open by being slow, or in numbers: what aiohttp's own server leaves to us; not what requests mean."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, cast

from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from aiohttp.web_request import BaseRequest
from structlog.typing import FilteringBoundLogger

from web.lanes import LANES, Lanes
from web.logs import facts_of
from web.middleware import NO_ROUTE, OTHER_METHOD, REQUEST_ID, Noted, add_headers, request_id_of
from web.problems import HEADER_TIMEOUT, MALFORMED_HTTP, TOO_MANY_CONNECTIONS, UNEXPECTED, Problem, ProblemTable, encode, render

MAX_LINE: Final = 131_072
"""Bytes of a request line: the fullest query string of the contract, every code point percent-encoded, has some 120,000."""

MAX_FIELD: Final = 8_190
MAX_FIELDS: Final = 100


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds a client has: to send its headers, its body, to ask again, to take the answer; and how many clients there may be."""

    header: float = 10.0
    body: float = 10.0
    keep_alive: float = 15.0
    reading: float = 30.0
    drain: float = 10.0
    connections: int = 1000


@dataclass(frozen=True, slots=True)
class Reception:
    """What a connection needs to answer for itself where no handler can."""

    deadlines: Deadlines
    table: ProblemTable
    log: FilteringBoundLogger
    noted: tuple[Noted, ...] = ()


class Connection(RequestHandler):
    """One client: aiohttp's protocol with deadlines, lanes, and with problems where aiohttp would answer in its own words."""

    __slots__ = ("_done", "_header_timer", "_is_between", "_lanes", "_reading_timer", "_reception")

    def __init__(
        self, manager: "Reached", reception: Reception, lanes: Lanes | None, loop: asyncio.AbstractEventLoop, **kwargs: Any
    ) -> None:
        """Make it for `manager`, which counts the connections."""
        super().__init__(manager, loop=loop, **kwargs)
        self._reception = reception
        self._lanes = lanes
        self._done = 0  # of `_request_count`: those whose answers are written and may be followed by others
        self._is_between = False  # two requests: the last one is answered, and nothing of the next has come
        self._header_timer: asyncio.TimerHandle | None = None
        self._reading_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the header deadline, or turn the client away when there are too many."""
        manager = self._manager
        if isinstance(manager, Reached) and manager.is_full:
            self._force_close = True
            writable = cast("asyncio.Transport", transport)  # uvloop's is one, but does not say so
            writable.write(_bare(TOO_MANY_CONNECTIONS))
            writable.close()
            return
        super().connection_made(transport)
        self._header_timer = self._loop.call_later(self._reception.deadlines.header, self._header_is_late)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Stop all timers."""
        self._stop_header_timer()
        self._stop_reading_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Start the header deadline with the first byte of a request, stop it with the last of its headers."""
        if self._is_between and self._is_answered_again(data):
            return
        before = self._request_count
        waiter, self._waiter = self._waiter, None  # whoever waits is woken only for what goes the long way
        try:
            super().data_received(data)
        finally:
            self._waiter = waiter
        self._is_between = False
        if self._request_count != before:
            is_next = self._done == before  # no earlier request is still on the long way
            only = self._messages[0][0] if len(self._messages) == 1 else None
            if is_next and self._is_answered():
                self._is_between = self._lanes is not None and self._lanes.learn(data, only)
            elif waiter is not None and not waiter.done():
                waiter.set_result(None)
            self._stop_header_timer()
        elif data and self._header_timer is None and self._waiter is not None and not self._waiter.done():
            self.keep_alive(True)
            self._header_timer = self._loop.call_later(self._reception.deadlines.header, self._header_is_late)

    def pause_writing(self) -> None:
        """Start the deadline for a client that does not take its answer."""
        super().pause_writing()
        self._reading_timer = self._loop.call_later(self._reception.deadlines.reading, self._abort)

    def resume_writing(self) -> None:
        """Stop it: the client has taken some."""
        self._stop_reading_timer()
        super().resume_writing()

    async def finish_response(
        self, request: BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Tell as a problem what aiohttp refuses before any middleware runs, such as an unknown expectation; count what is answered."""
        if isinstance(resp, web.HTTPException) and resp.status >= HTTPStatus.BAD_REQUEST:
            resp = self._answer(request, self._reception.table.problem(resp) or UNEXPECTED)
        written, is_broken = await super().finish_response(request, resp, start_time)
        if written.keep_alive and not is_broken:
            self._done += 1
        return written, is_broken

    def handle_error(
        self, request: BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Answer malformed HTTP, and what no middleware caught, without a word of the request or of the error."""
        del message
        if request.transport is None or request.writer.output_size > 0:
            raise ConnectionError("The client has gone, or has had half an answer.") from exc
        if status == HTTPStatus.BAD_REQUEST:
            return self._answer(request, MALFORMED_HTTP)
        self._reception.log.error("unexpected_error", **facts_of(exc))
        return self._answer(request, UNEXPECTED)

    def log_exception(self, *_args: object, **kw: Any) -> None:
        """Note the error's type and frames instead of aiohttp's sentence."""
        self._reception.log.error("connection_error", **facts_of(kw.get("exc_info")))

    def log_debug(self, *_args: object, **_kw: object) -> None:
        """Say nothing: aiohttp's debug lines may hold the request."""

    def _is_answered(self) -> bool:
        """Answer what has arrived and has a short way, in order, up to the first that has none; whether nothing is left."""
        lanes, messages, transport, parser, manager = self._lanes, self._messages, self.transport, self._parser, self._manager
        if lanes is None or transport is None or parser is None or manager is None or self._may_not_answer():
            return False
        while messages:
            if transport.is_closing() or (answer := lanes.answer(*messages[0])) is None:
                return False
            messages.popleft()
            self._done += 1
            parser.message_consumed()
            manager.requests_count += 1
            transport.write(answer)
        self._stay()
        return True

    def _is_answered_again(self, data: bytes) -> bool:
        """Answer what has arrived without the parser, which stands between two requests, if it has read the like before."""
        lanes, transport, manager = self._lanes, self.transport, self._manager
        if lanes is None or transport is None or manager is None or self._may_not_answer() or transport.is_closing():
            return False
        answer = lanes.again(data)
        if answer is None:
            return False
        manager.requests_count += 1
        transport.write(answer)
        self._stay()
        return True

    def _may_not_answer(self) -> bool:
        return self._close or self._force_close or self._upgraded or self._paused or self._buffer_paused or self._reading_paused

    def _stay(self) -> None:
        """Wait for the next request as long as aiohttp would."""
        self._keepalive = True
        self._next_keepalive_close_time = self._loop.time() + self._keepalive_timeout
        if self._keepalive_handle is None:
            self._keepalive_handle = self._loop.call_at(self._next_keepalive_close_time, self._process_keepalive)

    def _answer(self, request: BaseRequest, problem: Problem) -> web.Response:
        request_id = request.get(REQUEST_ID) or request_id_of(None)
        response = render(problem, request_id)
        add_headers(response, request_id, None)
        response.force_close()
        for note in self._reception.noted:
            note(OTHER_METHOD, NO_ROUTE, problem.status, 0.0, response.content_length or 0, request_id)
        return response

    def _header_is_late(self) -> None:
        self._header_timer = None
        if self.transport is not None and self._waiter is not None and not self._waiter.done():
            self.transport.write(_bare(HEADER_TIMEOUT))
            self.force_close()

    def _abort(self) -> None:
        self._reading_timer = None
        if self.transport is not None:
            self.transport.abort()

    def _stop_header_timer(self) -> None:
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None

    def _stop_reading_timer(self) -> None:
        if self._reading_timer is not None:
            self._reading_timer.cancel()
            self._reading_timer = None


class Reached(web.Server):
    """The server that hands out such connections and knows how many are open."""

    def __init__(self, served: web.Server, reception: Reception, lanes: Lanes | None, **kwargs: Any) -> None:
        """Take over what `served` would serve."""
        super().__init__(served.request_handler, request_factory=served.request_factory, **kwargs)
        self._reception = reception
        self._lanes = lanes

    @property
    def is_full(self) -> bool:
        """Whether another connection is one too many."""
        return len(self._connections) >= self._reception.deadlines.connections

    def __call__(self) -> Connection:
        """A protocol for one more client."""
        return Connection(self, self._reception, self._lanes, self._loop, **self._kwargs)


class Runner(web.AppRunner):
    """aiohttp's runner, with such a server in it."""

    def __init__(self, app: web.Application, reception: Reception) -> None:
        """Run `app`; the deadlines are those of `reception`."""
        deadlines = reception.deadlines
        super().__init__(app, access_log=None, shutdown_timeout=deadlines.drain)
        self._reception = reception

    async def _make_server(self) -> web.Server:
        deadlines = self._reception.deadlines
        return Reached(
            await super()._make_server(),
            self._reception,
            self.app.get(LANES),
            access_log=None,
            keepalive_timeout=deadlines.keep_alive,
            lingering_time=deadlines.body,
            auto_decompress=False,
            max_line_size=MAX_LINE,
            max_field_size=MAX_FIELD,
            max_headers=MAX_FIELDS,
        )


def _bare(problem: Problem) -> bytes:
    """A whole answer for a connection that has no request."""
    body = encode(problem, request_id_of(None))
    status = HTTPStatus(problem.status)
    lines = (f"{name}: {value}\r\n" for name, value in problem.headers.items())
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/problem+json\r\nConnection: close\r\n"
    return f"{head}{''.join(lines)}Content-Length: {len(body)}\r\n\r\n".encode() + body
