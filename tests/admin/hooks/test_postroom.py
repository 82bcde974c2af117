"""The serving process's part in webhooks goes on whatever goes wrong, and says once what did."""

import asyncio
import json
from dataclasses import replace

import pytest
from aiohttp import web

from admin.api.office import Office
from admin.hooks import postroom as rooms
from admin.hooks.coming import Announcer
from admin.hooks.courier import Courier
from admin.hooks.keeping import add_hook, ping
from admin.hooks.postroom import Postroom
from notices.live import Serving
from tests.admin.api.bearing import live_of
from tests.admin.local_https import served
from tests.curated import ADA, Curated, curated_store
from tests.web.stand import Lines
from web.logs import make_log
from web.turns import Turns


class Said(Lines):
    """A log that can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.coming: asyncio.Queue[dict] = asyncio.Queue()

    def write(self, line: bytes, /) -> int:
        self.coming.put_nowait(json.loads(line))
        return super().write(line)


@pytest.fixture
def curated(tmp_path) -> Curated:
    return curated_store(tmp_path)


async def test_a_ping_arrives_by_itself(curated: Curated, tmp_path) -> None:
    arrived: asyncio.Queue[dict] = asyncio.Queue()

    async def hear(request: web.Request) -> web.Response:
        arrived.put_nowait(await request.json())
        return web.Response()

    receiver = web.Application()
    receiver.router.add_post("/", hear)
    with curated.act(ADA) as act:
        ping(act, add_hook(act, "https://city.example/", ["stop.set"]).id)
    async with served(receiver, tmp_path) as outside:
        office, serving, said = Office(curated.settings, curated.clock), Serving(), Said()
        serving.offer(live_of(curated))
        room = Postroom(Courier(office, outside), Announcer(office, serving, Turns()), make_log(said, curated.clock))
        working = room.working(web.Application())
        await anext(working)
        async with asyncio.timeout(20):
            told = await arrived.get()
        with pytest.raises(StopAsyncIteration):
            await anext(working)
        await office.close(receiver)
    assert (told["type"], told["data"]["actor"]) == ("ping", "ada")
    assert said.coming.empty()


async def test_what_goes_wrong_is_told_once_and_ends_nothing(curated: Curated, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "DUE_SECONDS", 0)
    settings = replace(curated.settings, database=tmp_path / "broken.db")
    settings.database.write_bytes(b"no database at all, but long enough to look like a file" * 30)
    office, said = Office(settings, curated.clock), Said()
    room = Postroom(Courier(office, served_nowhere()), Announcer(office, Serving(), Turns()), make_log(said, curated.clock))
    working = room.working(web.Application())
    await anext(working)
    async with asyncio.timeout(20):
        events = {(line["event"], line["code"]) for line in [await said.coming.get(), await said.coming.get()]}
    for _ in range(200):
        await asyncio.sleep(0)
    with pytest.raises(StopAsyncIteration):
        await anext(working)
    await office.close(web.Application())
    assert events == {("webhooks_failed", "damaged_database"), ("campaigns_not_told", "not_ready")}
    assert said.coming.empty()


def served_nowhere():
    from admin.outside import Outside

    return Outside()
