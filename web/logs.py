"""What is written down, one JSON line an event: times, names and numbers of ours; never a path, a query, a body or an error's own text."""

import asyncio
import json
import logging
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final, Protocol

import structlog
from structlog.typing import FilteringBoundLogger, Processor

LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
MAX_FRAMES: Final = 30
_ROOT: Final = Path(__file__).resolve().parent.parent


class LineSink(Protocol):
    """Where lines go: a binary stream."""

    def write(self, line: bytes, /) -> object:
        """Write one line."""

    def flush(self) -> object:
        """Pass it on."""


def make_log(sink: LineSink, clock: Callable[[], datetime], level: str = "info") -> FilteringBoundLogger:
    """A log of JSON lines; `clock` gives aware times, `level` is a key of LEVELS."""
    processors: list[Processor] = [structlog.processors.add_log_level, _timed(clock), _rendered]
    made: FilteringBoundLogger = structlog.wrap_logger(
        structlog.BytesLogger(sink),  # type: ignore[arg-type] # it writes and flushes, no more
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
    )
    return made


class AccessLog:
    """One line a request, written straight: structlog would take fifteen times as long as the line is worth on the busiest path."""

    def __init__(self, sink: LineSink, clock: Callable[[], datetime]) -> None:
        """Write to `sink`, with the times of `clock`."""
        self._sink = sink
        self._clock = clock
        self._answers: list[tuple[str, str, int, float, int, str]] = []
        self._time = ""

    def __call__(self, method: str, route: str, status: int, seconds: float, size: int, request_id: str) -> None:
        """Note one answer; `route` is the template, never the path. What one turn of the loop answers is written in one go."""
        if not self._answers:
            self._time = self._clock().isoformat(timespec="milliseconds")
            asyncio.get_running_loop().call_soon(self._write)
        self._answers.append((method, route, status, seconds, size, request_id))

    def _write(self) -> None:
        answers, self._answers = self._answers, []
        head = f'{{"event":"request","level":"info","time":"{self._time}","method":"'
        text = "".join(
            [
                f'{head}{method}","route":"{route}","status":{status},"duration_ms":{seconds * 1000:.3f},'
                f'"bytes":{size},"request_id":"{request_id}"}}\n'
                for method, route, status, seconds, size, request_id in answers
            ]
        )
        with suppress(OSError):
            self._sink.write(text.encode())
            self._sink.flush()


def facts_of(error: BaseException | None) -> dict[str, object]:
    """An error's type and frames (`file:line:function`), its causes' too; not its text, which may hold a search."""
    if error is None:
        return {}
    frames = [f"{_short(frame.filename)}:{frame.lineno}:{frame.name}" for frame in extract_tb(error.__traceback__)]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    found: dict[str, object] = {"error": type(error).__name__, "frames": frames[-MAX_FRAMES:]}
    return found if cause is None else {**found, "cause": facts_of(cause)}


def quieten(log: FilteringBoundLogger, loop: asyncio.AbstractEventLoop) -> None:
    """Bring the standard library's log and the loop's stray errors under the same rule."""

    def stray(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        log.error("stray_error", **facts_of(context.get("exception")))

    loop.set_exception_handler(stray)
    logging.basicConfig(handlers=[_Redacting(log)], level=logging.WARNING, force=True)


class _Redacting(logging.Handler):
    """Notes where a record of another library comes from, not what it says."""

    def __init__(self, log: FilteringBoundLogger) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        where = f"{_short(record.pathname)}:{record.lineno}:{record.funcName}"
        self._log.log(record.levelno, "library_record", logger=record.name, where=where, **facts_of(error))


def _short(path: str) -> str:
    """A path below the checkout, or below a library's folder."""
    if path.startswith(f"{_ROOT}/") and "site-packages" not in path:
        return path[len(str(_ROOT)) + 1 :]
    return "/".join(Path(path).parts[-2:])


def _timed(clock: Callable[[], datetime]) -> Processor:
    def add(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["time"] = clock().isoformat(timespec="milliseconds")
        return event

    return add


def _rendered(_logger: object, _method: str, event: MutableMapping[str, Any]) -> bytes:
    return json.dumps(event, separators=(",", ":"), default=lambda value: type(value).__name__).encode()
