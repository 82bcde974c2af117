"""Heavy work in a process of its own, so that requests are answered meanwhile: checking, publishing, effects, imports. Not what it is."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Lock, Thread
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from admin.errors import WorkerLost
from admin.settings import Settings
from admin.workbench import Workbench, workbench_of

P = ParamSpec("P")
T = TypeVar("T")

NICENESS: Final = 10
"""Those who ask the server go first."""

_bench: Workbench | None = None
_working: Final = Lock()
"""Held while work is done."""


class Workshop:
    """One worker process with a store of its own; started when it is first needed, and again when it was killed."""

    def __init__(self, settings: Settings, moment: Callable[[], Any]) -> None:
        """`moment` is the clock, a function of a module, which the worker imports too."""
        self._settings, self._moment = settings, moment
        self._pool: ProcessPoolExecutor | None = None

    async def run(self, work: Callable[Concatenate[Workbench, P], T], *args: P.args, **named: P.kwargs) -> T:
        """What the work, a function of a module, gives; its errors are raised here. A client that goes away does not stop it half-way."""
        loop = asyncio.get_running_loop()
        for attempt in (1, 2):
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin, (self._settings, self._moment))
            try:
                found: T = _opened(await asyncio.shield(loop.run_in_executor(self._pool, _Work(work, args, named))))
                return found  # noqa: TRY300  the last line of an attempt
            except BrokenProcessPool as error:
                self._pool = None
                if attempt == 2:
                    raise WorkerLost("The process that does heavy work ended twice before it was done; try again later.") from error
        raise AssertionError  # pragma: no cover  the second attempt returns or raises

    def close(self) -> None:
        """Wait for what is under way."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


class _Work:
    """What is sent over: the function and its arguments; the bench is the worker's own."""

    def __init__(self, work: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> None:
        self._work, self._args, self._named = work, args, named

    def __call__(self) -> Any:
        if _bench is None:  # pragma: no cover  the worker begins with one
            raise RuntimeError("There is no bench to work at.")
        try:
            with _working:
                return self._work(_bench, *self._args, **self._named)
        except Exception as error:  # noqa: BLE001  raised again where it was asked for
            return _Failed(type(error), error.args, error.__dict__)


@dataclass(frozen=True, slots=True)
class _Failed:
    """An exception on its way: one whose constructor takes something else than its arguments does not travel by itself."""

    kind: type[Exception]
    args: tuple[Any, ...]
    fields: dict[str, Any]


def _opened(found: Any) -> Any:
    """What came back, or the exception that it stands for."""
    if isinstance(found, _Failed):
        error = found.kind.__new__(found.kind, *found.args)
        error.args = found.args
        error.__dict__.update(found.fields)
        raise error
    return found


def _begin(settings: Settings, moment: Callable[[], Any]) -> None:
    global _bench  # noqa: PLW0603  a worker process has nothing else that lasts
    os.nice(NICENESS)
    Thread(target=_follow_parent, daemon=True).start()
    _bench = workbench_of(settings, moment)


def _follow_parent() -> None:
    """End once the server has, however it did: what is under way is finished, and nothing else is begun."""
    parent = parent_process()
    if parent is not None:
        wait((parent.sentinel,))
    with _working:
        os._exit(0)
