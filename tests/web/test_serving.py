"""Starting and leaving: one line when ready, one sentence when it cannot start, requests under way are finished."""

import asyncio
import gc
import logging
import os
import signal
import weakref
from time import perf_counter

import pytest
from aiohttp import web

from tests.web.stand import NOON, TABLE, Lines, connected, make_app
from web.deadlines import Deadlines, Reception
from web.logs import make_log
from web.serving import address, serve, settle, unnoticed
from web.turns import TURN_SECONDS


@pytest.fixture(autouse=True)
def restored_logging():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def reception() -> Reception:
    return Reception(Deadlines(drain=5.0), TABLE, make_log(Lines(), lambda: NOON))


class Told:
    """Keeps the sentences, and lets a test wait for the first."""

    def __init__(self) -> None:
        self.sentences: asyncio.Queue[str] = asyncio.Queue()

    def __call__(self, sentence: str) -> None:
        self.sentences.put_nowait(sentence)

    async def next(self) -> str:
        async with asyncio.timeout(20):
            return await self.sentences.get()


async def test_it_says_where_it_is_ready_and_stops_when_told():
    said, stop = Told(), asyncio.Event()
    serving = asyncio.create_task(serve(make_app(Lines()), "127.0.0.1", 0, reception(), say=said, stop=stop))
    sentence = await said.next()
    assert sentence.startswith("Signpost is ready on http://127.0.0.1:")
    async with connected(int(sentence.rpartition(":")[2])) as client:
        await client.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (await client.answer())[2] == b"ok\n"
    stop.set()
    assert await serving == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_requests_under_way_finish(number: int):
    app, said = make_app(Lines()), Told()
    entered, leave = asyncio.Event(), asyncio.Event()

    @web.middleware
    async def held(request: web.Request, handler) -> web.StreamResponse:
        entered.set()
        await leave.wait()
        return await handler(request)

    app.middlewares.append(held)
    serving = asyncio.create_task(serve(app, "127.0.0.1", 0, reception(), say=said))
    port = int((await said.next()).rpartition(":")[2])
    async with connected(port) as client:
        await client.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        await entered.wait()
        os.kill(os.getpid(), number)
        leave.set()
        assert (await client.answer())[2] == b"ok\n"
    assert await serving == 0


async def test_a_taken_port_is_one_sentence_and_exit_code_1():
    first, second, stop = Told(), Told(), asyncio.Event()
    serving = asyncio.create_task(serve(make_app(Lines()), "127.0.0.1", 0, reception(), say=first, stop=stop))
    port = int((await first.next()).rpartition(":")[2])
    assert await serve(make_app(Lines()), "127.0.0.1", port, reception(), say=second, complain=second) == 1
    assert await second.next() == (
        f"Signpost cannot listen on port {port} of 127.0.0.1: another program is using it. "
        "Stop that one, or choose another with SIGNPOST_PORT."
    )
    stop.set()
    assert await serving == 0


async def test_a_route_without_access_is_one_sentence_and_exit_code_1():
    app, complaints = make_app(Lines()), Told()

    async def door(_request: web.Request) -> web.StreamResponse:
        return web.Response()

    app.router.add_get("/door", door)
    assert await serve(app, "127.0.0.1", 0, reception(), complain=complaints) == 1
    assert "GET /door" in await complaints.next()


ADDRESSES = {
    "127.0.0.1": "http://127.0.0.1:80",
    "0.0.0.0": "http://127.0.0.1:80",
    "::1": "http://[::1]:80",
    "localhost": "http://localhost:80",
}


@pytest.mark.parametrize(("host", "shown"), ADDRESSES.items())
def test_the_address_is_one_a_browser_takes(host: str, shown: str):
    assert address(host, 80) == shown


def test_what_is_loaded_is_taken_out_of_the_collectors_rounds():
    try:
        settle()
        assert gc.get_freeze_count() > 1_000
        assert len(gc.get_objects()) < 1_000
    finally:
        gc.unfreeze()


async def test_what_turns_make_is_taken_out_too_and_never_walked_through():
    made: list[list[int]] = []

    def steps():
        for number in range(2_000):
            made.append([number])
            yield number

    try:
        settle()
        before = gc.get_freeze_count()
        await unnoticed().through(steps())
        assert gc.get_freeze_count() - before >= len(made) // 2
        assert gc.get_count()[2] == 0
    finally:
        gc.unfreeze()


async def test_what_others_have_left_behind_is_collected_before_it_could_be_frozen():
    class Circle:
        def __init__(self) -> None:
            self.itself = self

    async def leave_some():
        while True:
            gone.append(weakref.ref(Circle()))
            await asyncio.sleep(0)

    def steps():
        for _ in range(20):
            ends_at = perf_counter() + 2 * TURN_SECONDS
            while perf_counter() < ends_at:
                pass
            yield

    gone: list[weakref.ref[Circle]] = []
    leaving = asyncio.create_task(leave_some())
    try:
        await unnoticed().through(steps())
        assert len(gone) > 10
        assert sum(one() is not None for one in gone) <= 1
    finally:
        leaving.cancel()
        gc.unfreeze()
