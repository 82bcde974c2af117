"""A new release from its file to something that can be served, while requests are answered; whether it then is, the side door says.

Reading and verifying hold the interpreter for seconds at a stretch, so another process does it (see verifier). Its parts come in
here, and are compiled, in short turns.
"""

import asyncio
import os
import pickle
import sys
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import Final

from notices.errors import ReleaseNotLoaded
from notices.live import Live, compile_steps
from notices.parts import Assembly, Done, Head, Message, Part, Refused
from notices.signing import SignedRelease, TrustedKey, encode_key
from notices.verifier import LENGTH
from web.turns import Turns

CHECKOUT: Final = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS: Final = 600.0
"""How long verifying may take on a busy machine."""


async def load(file: Path, trusted: Collection[TrustedKey], is_wanted: Callable[[Head], bool], turns: Turns) -> Live | None:
    """The release of a file, verified and compiled; None where `is_wanted`, asked as soon as its head is verified, says no.

    Raises ReleaseNotLoaded when it does not verify or verifying did not end well, and the studies' errors when it contradicts itself.
    """
    signed = await receive(file, trusted, is_wanted, turns)
    return None if signed is None else await turns.through(compile_steps(signed))


async def receive(file: Path, trusted: Collection[TrustedKey], is_wanted: Callable[[Head], bool], turns: Turns) -> SignedRelease | None:
    """The verified release, not yet compiled; otherwise as `load`. A relative path is one in the checkout."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), _verifier(file, trusted) as incoming:
            assembly = await _assemble(incoming, is_wanted, turns)
    except TimeoutError as error:
        raise ReleaseNotLoaded("The process that verifies releases took too long.") from error
    return None if assembly is None else await turns.through(assembly.whole())


async def _assemble(incoming: asyncio.StreamReader, is_wanted: Callable[[Head], bool], turns: Turns) -> Assembly | None:
    head = await _next(incoming)
    if not isinstance(head, Head):
        raise ReleaseNotLoaded("The release was not handed over from its beginning.")
    if not is_wanted(head):
        return None
    assembly = Assembly(head)
    while not isinstance(message := await _next(incoming), Done):
        if isinstance(message, Part):
            assembly.add(message)
        await turns.give_way()
    return assembly


async def _next(incoming: asyncio.StreamReader) -> Message:
    try:
        (length,) = LENGTH.unpack(await incoming.readexactly(LENGTH.size))
        message: Message = pickle.loads(await incoming.readexactly(length))  # noqa: S301  from our own process, which has verified it
    except asyncio.IncompleteReadError as error:
        raise ReleaseNotLoaded("The process that verifies releases ended before it was done.") from error
    if isinstance(message, Refused):
        raise ReleaseNotLoaded(message.why, message.code)
    return message


@asynccontextmanager
async def _verifier(file: Path, trusted: Collection[TrustedKey]) -> AsyncIterator[asyncio.StreamReader]:
    """What the other process writes; it knows the file and the public keys, nothing of our environment, and never outlives this.

    Started with the standard library's own Popen, because uvloop forks, which copies the page tables of everything that is served.
    """
    command = (sys.executable, "-m", "notices.verifier", str(file), *map(encode_key, trusted))
    process = Popen(command, cwd=CHECKOUT, env={}, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL)  # noqa: ASYNC220, S603  a millisecond
    _put_last(process.pid)
    try:
        async with _heard(process) as incoming:
            yield incoming
    finally:
        process.kill()
        await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, process.wait))


def _put_last(process: int) -> None:
    """Give a process only the processor time that nobody else wants, from its first instruction on: those who ask the server go first."""
    with suppress(OSError):
        if hasattr(os, "sched_setscheduler"):
            os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0))
        else:
            os.setpriority(os.PRIO_PROCESS, process, 19)


@asynccontextmanager
async def _heard(process: Popen[bytes]) -> AsyncIterator[asyncio.StreamReader]:
    incoming = asyncio.StreamReader()
    try:
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(incoming), process.stdout)
    except BaseException:
        if process.stdout is not None:
            process.stdout.close()
        raise
    try:
        yield incoming
    finally:
        transport.close()
