"""The whole public endpoint beside a bare aiohttp handler that answers fixed bytes; loopback only, a core each for servers and load."""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter
from urllib.parse import quote

import uvloop
from aiohttp import web

from admin.packs.reading import read_starter
from admin.settings import Settings
from bench.engines import known_words
from bench.queries import Asker
from bench.terms import make_lists
from notices.live import Serving, compile_release
from notices.signing import SignedRelease
from server import PROBLEMS, clock, make_app
from web.deadlines import Deadlines, Reception
from web.logs import make_log
from web.serving import run, serve, settle

ROOT = Path(__file__).parents[1]
AT = datetime(2026, 10, 20, 12, tzinfo=UTC)
TERMS = 100_000
QUERIES = 3_000
CONNECTIONS = 16
GOAL = 0.58
PLACES = ("US-TX", "US", "DE", "DE-BY", "FR", "BR", "IN", "ES", "MX", "TR", "EG", "PL")
SERVER_CORE, LOAD_CORE = 0, 1


@dataclass(frozen=True, slots=True)
class Measured:
    """One round: requests a second, the server's processor time a request in µs, and bytes an answer."""

    rate: float
    cpu: float
    size: float


class Client(asyncio.Protocol):
    """One connection that always has one request under way, drawn from a shared supply."""

    def __init__(self, supply: Iterator[bytes], done: asyncio.Future[None]) -> None:
        """`done` is told when the supply is used up and the last answer is here."""
        self.supply, self.done, self.held, self.size = supply, done, b"", 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.ask()

    def data_received(self, data: bytes) -> None:
        held = self.held + data if self.held else data
        end = held.find(b"\r\n\r\n") + 4
        start = held.find(b"Content-Length: ") + 16
        if end < 4 or len(held) < end + int(held[start : held.index(b"\r", start)]):
            self.held = held
            return
        if not held.startswith(b"HTTP/1.1 200"):
            self.done.set_exception(RuntimeError(held.decode()))
        self.held = b""
        self.size += len(held) - end
        self.ask()

    def ask(self) -> None:
        request = next(self.supply, None)
        if request is not None:
            self.transport.write(request)
        elif not self.done.done():
            self.done.set_result(None)


async def load(port: int, pid: int, requests: Sequence[bytes]) -> Measured:
    """All requests over a few connections."""
    loop = asyncio.get_running_loop()
    supply = iter(requests)
    ended = asyncio.Event()
    stay_awake(loop, ended)
    before, started = cpu_ns(pid), perf_counter()
    opened = [await loop.create_connection(lambda: Client(supply, loop.create_future()), "127.0.0.1", port) for _ in range(CONNECTIONS)]
    await asyncio.gather(*(client.done for _, client in opened))
    taken, spent = perf_counter() - started, cpu_ns(pid) - before
    ended.set()
    for transport, _ in opened:
        transport.close()
    return Measured(len(requests) / taken, spent / len(requests) / 1000, sum(client.size for _, client in opened) / len(requests))


def stay_awake(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    """Keep the load from sleeping: waking it would be charged to the slower server."""
    if not ended.is_set():
        loop.call_soon(stay_awake, loop, ended)


def cpu_ns(pid: int) -> int:
    """Processor time of a process' main thread so far."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0])


def release(terms: int) -> SignedRelease:
    """The starter packs; with `terms` made ones instead of the packs' own lists, where that is not 0."""
    starter = read_starter(ROOT / "packs")
    if terms:
        lists = make_lists(terms)
        starter = replace(starter, lists=lists, real_words=known_words(lists))
    return SignedRelease(starter, f"sha256:{'0' * 64}", ())


def application(terms: int) -> None:
    """Serve the real thing until told to stop, with its clock set to the season of a reference election."""
    live = compile_release(release(terms))
    serving = Serving()
    serving.offer(live)
    shift = AT - clock()
    app = make_app(Settings(public_url="https://signpost.example"), serving, lambda: clock() + shift)
    settle()
    reception = Reception(Deadlines(), PROBLEMS, make_log(sys.stderr.buffer, clock))
    run(serve(app, "127.0.0.1", 0, reception, say=lambda sentence: print(sentence, flush=True)))


def bare(size: int) -> None:
    """Serve fixed bytes with nothing but aiohttp."""
    fixed = b'{"' + b"x" * (size - 6) + b'":0}'

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=fixed, content_type="application/json")

    async def main() -> int:
        app = web.Application()
        app.router.add_get("/v1/notices", answer)
        app.router.add_post("/v1/notices", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        print(f"bare on :{site.port}", flush=True)
        await asyncio.Event().wait()
        return 0

    run(main())


@contextmanager
def serving(role: str, number: int) -> Iterator[tuple[int, int]]:
    """A server of a role in a process of its own; its port and process id."""
    command = [sys.executable, "-m", "bench.endpoint", "--role", role, "--number", str(number)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline().rpartition(":")[2]), process.pid
    finally:
        process.terminate()
        process.wait(30)


def searches(terms: int, seed: int) -> list[dict[str, object]]:
    """As many different searches as are asked: 70 % mean nothing, 20 % are exact, 10 % misspelt; people of a dozen places."""
    random = Random(seed)
    asked = Asker(make_lists(terms), seed).queries(QUERIES)
    return [{"query": one.text, "region": random.choice(PLACES), "languages": [one.language]} for one in asked]


def as_post(body: dict[str, object]) -> bytes:
    """As an app sends it."""
    data = json.dumps(body, ensure_ascii=False).encode()
    head = f"POST /v1/notices HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    return head.encode() + data


def as_get(body: dict[str, object]) -> bytes:
    """As a tool sends it."""
    languages = "".join(f"&lang={language}" for language in body["languages"])  # type: ignore[attr-defined]
    target = f"/v1/notices?q={quote(str(body['query']))}&region={body['region']}{languages}"
    return f"GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".encode()


def compare(terms: int, rounds: int, kinds: Mapping[str, Sequence[bytes]]) -> None:
    """Both servers, interleaved: medians, and the ratio to bare; and what the first time cost, when no word had been seen before."""
    found: dict[tuple[str, str], list[Measured]] = defaultdict(list)
    with serving("app", terms) as real:
        first = {method: asyncio.run(load(*real, requests)) for method, requests in kinds.items()}
        size = round(statistics.mean(one.size for one in first.values()))
        print(f"\n{terms or 'the packs’'} terms, {QUERIES} different queries each, {CONNECTIONS} connections, {size} bytes an answer")
        with serving("bare", size) as plain:
            for number in range(rounds + 1):
                for method, requests in kinds.items():
                    for name, server in (("bare", plain), ("signpost", real)):
                        measured = asyncio.run(load(*server, [*requests, *requests]))
                        if number:  # the first round warms up
                            found[method, name].append(measured)
    for method in kinds:
        rate, cpu = (
            {name: statistics.median(getattr(one, part) for one in found[method, name]) for name in ("bare", "signpost")}
            for part in ("rate", "cpu")
        )
        print(
            f"{method:5} bare {rate['bare']:8.0f}/s {cpu['bare']:6.1f} µs   signpost {rate['signpost']:8.0f}/s {cpu['signpost']:6.1f} µs"
            f"   ratio {rate['signpost'] / rate['bare']:.2f} by requests, {cpu['bare'] / cpu['signpost']:.2f} by processor time (goal {GOAL});"
            f" {first[method].cpu:.1f} µs when first asked"
        )


def main() -> None:
    """Run the whole, or as one of the servers that it starts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--role", choices=("app", "bare"))
    parser.add_argument("--number", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--terms", type=int, nargs="*", default=[TERMS, 0])
    given = parser.parse_args()
    os.sched_setaffinity(0, {SERVER_CORE if given.role else LOAD_CORE})
    if given.role:
        {"app": application, "bare": bare}[given.role](given.number)
        return
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    kinds = {"POST": [as_post(body) for body in searches(TERMS, 2)], "GET": [as_get(body) for body in searches(TERMS, 3)]}
    for terms in given.terms:
        compare(terms, given.rounds, kinds)


if __name__ == "__main__":
    main()
