"""Listening, saying so, and leaving politely; what is served is handed in."""

import asyncio
import errno
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Final

from aiohttp import web

from web.body import BODY_SECONDS
from web.deadlines import Reception, Runner
from web.errors import CannotStart
from web.logs import quieten
from web.turns import Turns

_REASONS: Final = {
    errno.EADDRINUSE: "another program is using it. Stop that one, or choose another with SIGNPOST_PORT",
    errno.EACCES: "this user may not use it. Choose one above 1023 with SIGNPOST_PORT",
    errno.EADDRNOTAVAIL: "this machine does not have that address. Choose another with SIGNPOST_HOST",
}


def settle() -> None:
    """Take what is loaded so far out of the garbage collector's rounds: one through a whole release stops the loop for 100 ms and more."""
    gc.collect()
    gc.freeze()


def unnoticed() -> Turns:
    """Turns that take what they make out of the collector's rounds, too: it is never walked through, however much it is.

    What others have left behind is collected before a turn, so that none of it is frozen.
    """
    return Turns(before=_collect_young, after=gc.freeze)


def _collect_young() -> None:
    gc.collect(0)


def run(main: Coroutine[object, object, int]) -> int:
    """Run to the end on the fastest loop there is; the process's exit code."""
    try:
        import uvloop  # noqa: PLC0415 -- not on every system
    except ImportError:
        factory = None
    else:
        factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(main)


async def serve(
    app: web.Application,
    host: str,
    port: int,
    reception: Reception,
    *,
    say: Callable[[str], None] = print,
    complain: Callable[[str], None] = lambda sentence: print(sentence, file=sys.stderr),
    stop: asyncio.Event | None = None,
) -> int:
    """Serve until `stop` is set or SIGTERM or SIGINT comes, then finish what is under way; 0, or 1 with a sentence when it cannot start."""
    loop = asyncio.get_running_loop()
    quieten(reception.log, loop)
    stopping = stop or asyncio.Event()
    app[BODY_SECONDS] = reception.deadlines.body
    runner = Runner(app, reception)
    try:
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        await _listen(site, host, port)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stopping.set)
        say(f"Signpost is ready on {address(host, site.port)}")
        await stopping.wait()
    except CannotStart as error:
        complain(str(error))
        return 1
    finally:
        await runner.cleanup()
    return 0


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds it."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


async def _listen(site: web.TCPSite, host: str, port: int) -> None:
    try:
        await site.start()
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, "the system does not allow it")
        raise CannotStart(f"Signpost cannot listen on port {port} of {host}: {reason}.") from error
