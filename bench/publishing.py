"""What people who search notice while a release is published: latencies, failures and loop stalls beside those of quiet moments.

The real server, `serve` and all, on one core; on the other 2,000 searches a second by a fixed schedule, each latency counted from the
moment the schedule names, so that a server that stops is charged for all who wait.
"""

import argparse
import asyncio
import gc
import json
import os
import statistics
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

import uvloop
from aiohttp import web

from admin.commands.context import Context
from admin.commands.serve import serve
from admin.keys import make_key
from admin.packs.reading import read_starter
from admin.publishing import write_release_file
from admin.settings import Settings
from bench.endpoint import AT, LOAD_CORE, ROOT, SERVER_CORE, as_get, as_post, searches, stay_awake
from bench.terms import make_lists
from keywords.lists import Term
from notices.live import Serving
from notices.release import Release
from notices.signing import sign, to_envelope
from server import PROBLEMS, clock, make_app

RATE = 2_000
CONNECTIONS = 32
STEADY_SECONDS = 5.0
AFTER_SECONDS = 1.5
"""How long after the new release is served the moments still count as publishing: the old one is let go then."""
PATIENCE_SECONDS = 90.0
NOTED_GAP = 0.002
"""Seconds between two ticks from which on a gap is written down."""


Gap = tuple[float, float, float]
"""When the ticker was late, by how many seconds, and how many of them the server itself worked: the rest other programs took."""


@dataclass(frozen=True, slots=True)
class Answered:
    """When it was to be asked, when the answer was here (both perf_counter), whether it was a 200, and of which release."""

    due_at: float
    at: float
    is_good: bool
    release: bytes


class Connection(asyncio.Protocol):
    """Asks when told to, one after the other in the order of the schedule."""

    def __init__(self, note: Callable[[Answered], None]) -> None:
        self.note, self.held, self.due = note, b"", deque[float]()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def ask(self, request: bytes, due_at: float) -> None:
        self.due.append(due_at)
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        held, at = self.held + data, perf_counter()
        while (end := held.find(b"\r\n\r\n") + 4) > 3:
            start = held.find(b"Content-Length: ") + 16
            size = end + int(held[start : held.index(b"\r", start)])
            if len(held) < size:
                break
            number = held.find(b'"release":{"number":', end, size) + 20
            self.note(Answered(self.due.popleft(), at, held.startswith(b"HTTP/1.1 200"), held[number : held.find(b",", number, size)]))
            held = held[size:]
        self.held = held


class Load:
    """Searches by the clock, for as long as it is wanted."""

    def __init__(self, requests: Sequence[bytes]) -> None:
        self.requests, self.answered, self.asked = requests, list[Answered](), 0

    async def during(self, port: int, script: Callable[[], AsyncIterator[None]]) -> None:
        """Ask until the script, a turn of the loop a step, is over."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        opened = [
            (await loop.create_connection(lambda: Connection(self.answered.append), "127.0.0.1", port))[1] for _ in range(CONNECTIONS)
        ]
        stay_awake(loop, ended)
        began_at = perf_counter()
        async for _ in script():
            due = int((perf_counter() - began_at) * RATE)
            for number in range(self.asked, due):
                opened[number % CONNECTIONS].ask(self.requests[number % len(self.requests)], began_at + number / RATE)
            self.asked = max(due, self.asked)
            await asyncio.sleep(0)
        for _ in range(2_000):
            if len(self.answered) == self.asked:
                break
            await asyncio.sleep(0.001)
        ended.set()
        for one in opened:
            one.transport.close()


@dataclass(slots=True)
class Round:
    """One publication: when its quiet time began, when the file was replaced, when the new release was first seen, when it was over."""

    quiet_at: float
    replaced_at: float = 0.0
    served_at: float = 0.0
    over_at: float = 0.0
    memory: int = 0
    waited: list[float] = field(default_factory=list)


async def publish_under_load(load: Load, port: int, pid: int, folder: Path, rounds: int) -> list[Round]:
    """Quiet, replace the file, wait for the new release, a little more, and again."""
    made: list[Round] = []

    async def script() -> AsyncIterator[None]:
        for number in range(2, rounds + 2):
            one = Round(perf_counter(), waited=[waited_s(pid)])
            made.append(one)
            while perf_counter() < one.quiet_at + STEADY_SECONDS:
                yield
            one.replaced_at = perf_counter()
            one.waited.append(waited_s(pid))
            (folder / f"{number}.json").replace(folder / "signpost.release.json")
            wanted = str(number).encode()
            while not load.answered or load.answered[-1].release != wanted:
                if perf_counter() > one.replaced_at + PATIENCE_SECONDS:
                    raise TimeoutError("The new release was not served in time.")
                yield
            one.served_at = perf_counter()
            while perf_counter() < one.served_at + AFTER_SECONDS:
                yield
            one.over_at, one.memory = perf_counter(), resident(pid)
            one.waited.append(waited_s(pid))

    await load.during(port, script)
    return made


def resident(pid: int) -> int:
    """Megabytes that a process has in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE") // 2**20


def waited_s(pid: int) -> float:
    """Seconds that a process' main thread has waited for its core so far, because other programs had it."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9


def application(folder: Path) -> None:
    """The command itself, with a clock set to the season of a reference election and a ticker on the loop."""
    shift = AT - clock()
    gaps: list[Gap] = []

    async def tick() -> None:
        last, worked = perf_counter(), thread_time()
        while True:
            await asyncio.sleep(0.001)
            now, work = perf_counter(), thread_time()
            if now - last > NOTED_GAP:
                gaps.append((now, now - last - 0.001, work - worked))
            last, worked = now, work

    async def ticking(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(tick())
        yield
        task.cancel()
        (folder / "gaps.json").write_text(json.dumps(gaps), encoding="ascii")

    def make_ticking_app(settings: Settings, serving: Serving, now: Callable[[], datetime]) -> web.Application:
        app = make_app(settings, serving, now)
        app.cleanup_ctx.append(ticking)
        return app

    settings = Settings(database=folder / "signpost.db", port=0, public_url="https://signpost.example")
    serve.main([], obj=Context(settings, lambda: clock() + shift, make_ticking_app, PROBLEMS))


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, int]]:
    """The server in a process of its own; its port and process id."""
    command = [sys.executable, "-m", "bench.publishing", "--role", str(folder)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline().rpartition(":")[2]), process.pid
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def going_first() -> Iterator[None]:
    """Before other programs on this machine, where that is allowed: they would be measured too."""
    group = Path("/proc/self/autogroup")
    with suppress(OSError):
        group.write_text("-15", encoding="ascii")
    try:
        yield
    finally:
        with suppress(OSError):
            group.write_text("0", encoding="ascii")


def releases(terms: int, count: int) -> Iterator[Release]:
    """A release, and as many more, in each of which a term was added to one list."""
    lists = make_lists(terms)
    first = replace(read_starter(ROOT / "packs"), lists=lists, starter=False)
    for number in range(1, count + 2):
        changed = replace(lists[0], terms=(*lists[0].terms, Term(f"a new way of voting number {number}")))
        yield replace(first, number=number, lists=(changed, *lists[1:]))


def report(rounds: Sequence[Round], load: Load, gaps: Sequence[Gap]) -> None:
    """A line a round and the medians."""
    print("Latencies in ms, quiet and while publishing; the longest stalls in ms, in brackets how much of one the server itself worked.")
    print("round    p50    p99      p50    p99  ratio failed    quiet         publishing  until served   memory  waited for its core")
    ratios = []
    for number, one in enumerate(rounds, 1):
        quiet = sorted(each.at - each.due_at for each in load.answered if one.quiet_at <= each.due_at < one.replaced_at)
        busy = sorted(each.at - each.due_at for each in load.answered if one.replaced_at <= each.due_at < one.over_at)
        ratios.append(_share(busy, 0.99) / _share(quiet, 0.99))
        failed = sum(not each.is_good for each in load.answered if one.quiet_at <= each.due_at < one.over_at)
        stalls = [
            max((gap[which] for gap in gaps if begins <= gap[0] < ends), default=0.0) * 1000
            for begins, ends in ((one.quiet_at, one.replaced_at), (one.replaced_at, one.over_at))
            for which in (1, 2)
        ]
        print(
            f"{number:5}  {_share(quiet, 0.5):6.2f} {_share(quiet, 0.99):6.2f}   {_share(busy, 0.5):6.2f} {_share(busy, 0.99):6.2f} {ratios[-1]:6.2f}"
            f" {failed:6}   {stalls[0]:6.1f} ({stalls[1]:4.1f}) {stalls[2]:6.1f} ({stalls[3]:4.1f})"
            f" {one.served_at - one.replaced_at:9.1f} s {one.memory:6} MB"
            f" {_waited(one, 0) / (one.replaced_at - one.quiet_at):8.1%} {_waited(one, 1) / (one.over_at - one.replaced_at):.1%}"
        )
    print(f"\np99 during is {statistics.median(ratios):.2f} times the quiet one (goal 2); {load.asked - len(load.answered)} unanswered")


def _waited(one: Round, part: int) -> float:
    return one.waited[part + 1] - one.waited[part]


def _share(ordered: Sequence[float], share: float) -> float:
    return ordered[int(len(ordered) * share)] * 1000


def main() -> None:
    """Run the whole, or as the server that it starts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--role", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--terms", type=int, default=100_000)
    given = parser.parse_args()
    os.sched_setaffinity(0, {SERVER_CORE if given.role else LOAD_CORE})
    if given.role:
        application(given.role)
        return
    with going_first(), TemporaryDirectory() as name:
        folder = Path(name)
        key = make_key(folder / "signing-key.pem")
        for release in releases(given.terms, given.rounds):
            envelope = to_envelope(sign(release, (key,)))
            write_release_file(envelope, folder / ("signpost.release.json" if release.number == 1 else f"{release.number}.json"))
        asked = searches(given.terms, 2)
        load = Load([as_post(body) if number % 2 else as_get(body) for number, body in enumerate(asked)])
        gc.collect()
        gc.freeze()
        gc.disable()
        with served(folder) as (port, pid), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            print(f"{given.terms} terms, {RATE} searches a second, {given.rounds} publications; {resident(pid)} MB at first", flush=True)
            rounds = runner.run(publish_under_load(load, port, pid, folder, given.rounds))
        report(rounds, load, json.loads((folder / "gaps.json").read_text(encoding="ascii")))
        for line in (folder / "log").read_text(encoding="utf-8").splitlines():
            if '"release_' in line or "error" in line:
                print(line)


if __name__ == "__main__":
    main()
