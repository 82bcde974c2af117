"""Deliveries to a real HTTPS server: signed, sent by one process only, tried again with growing waits, given up, sent again by hand."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import ClientTimeout, web

from admin.api.office import Office
from admin.hooks import courier as couriers
from admin.hooks.courier import AT_ONCE, CLAIMED, WAITS, Courier
from admin.hooks.keeping import add_hook, end_hook, replay
from admin.hooks.telling import state_of
from admin.outside import Outside
from review.events import Delivery, Event, Hook
from tests.admin.local_https import served
from tests.curated import ADA, NOW, Curated, curated_store

ALL = [event.value for event in Event if event is not Event.PING]
URL = "https://city.example/told?to=us"


class Receiver:
    """Writes down what it is sent, and answers as it is told to."""

    def __init__(self) -> None:
        self.heard: list[tuple[web.Request, bytes]] = []
        self.status = 204
        self.waits_for: asyncio.Event | None = None
        self.arrived = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        self.heard.append((request, await request.read()))
        self.arrived.set()
        if self.waits_for is not None:
            await self.waits_for.wait()
        headers = {"Location": "https://city.example/elsewhere"} if 300 <= self.status < 400 else {}
        return web.Response(status=self.status, headers=headers)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def curated(tmp_path) -> Curated:
    return curated_store(tmp_path)


@asynccontextmanager
async def standing(curated: Curated, receiver: Receiver, folder, **given) -> AsyncIterator[Courier]:
    app = web.Application()
    app.router.add_post("/told", receiver.answer)
    async with served(app, folder, **given) as outside:
        office = Office(curated.settings, curated.clock)
        try:
            yield Courier(office, outside)
        finally:
            await office.close(app)


def hooked(curated: Curated, url: str = URL) -> Hook:
    with curated.act(ADA) as act:
        return add_hook(act, url, ALL)


def happen(curated: Curated, subject: str = "x") -> None:
    with curated.act(ADA) as act:
        act.tell(Event.CHANGE_SUBMITTED, subject, {"title": "A title"})


def kept(curated: Curated, hook: Hook) -> tuple[Delivery, ...]:
    with curated.look() as act:
        return act.unit.events.deliveries(hook.id)


async def sent(courier: Courier) -> int:
    count = await courier.look()
    await courier.finish()
    return count


async def test_what_happens_is_told_signed_and_once(curated: Curated, receiver: Receiver, tmp_path) -> None:
    hook = hooked(curated)
    happen(curated)
    async with standing(curated, receiver, tmp_path) as courier:
        assert [await sent(courier), await sent(courier)] == [1, 0]
    ((request, body),) = receiver.heard
    assert (request.path_qs, request.content_type, request.headers["User-Agent"]) == (
        "/told?to=us",
        "application/json",
        "Signpost (election notices)",
    )
    signed = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(base64.b64decode(hook.secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    assert request.headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    assert int(request.headers["webhook-timestamp"]) == int(curated.clock().timestamp())
    assert hook.secret.encode() not in body
    (delivery,) = kept(curated, hook)
    assert (state_of(delivery), delivery.status, delivery.attempts) == ("delivered", 204, 1)


async def test_what_did_not_happen_in_the_end_is_never_told(curated: Curated, receiver: Receiver, tmp_path) -> None:
    hook = hooked(curated)
    with pytest.raises(ZeroDivisionError), curated.act(ADA) as act:  # noqa: PT012
        act.tell(Event.CHANGE_SUBMITTED, "x")
        raise ZeroDivisionError
    async with standing(curated, receiver, tmp_path) as courier:
        assert await sent(courier) == 0
    assert kept(curated, hook) == ()


@pytest.mark.parametrize("status", [199 + 1, 202, 299])
async def test_any_success_is_one(curated: Curated, receiver: Receiver, tmp_path, status: int) -> None:
    hook, receiver.status = hooked(curated), status
    happen(curated)
    async with standing(curated, receiver, tmp_path) as courier:
        await sent(courier)
    assert [state_of(one) for one in kept(curated, hook)] == ["delivered"]


@pytest.mark.parametrize("status", [301, 307, 400, 404, 429, 500, 503])
async def test_it_is_tried_again_with_growing_waits_and_then_given_up(curated: Curated, receiver: Receiver, tmp_path, status: int) -> None:
    hook, receiver.status = hooked(curated), status
    happen(curated)
    async with standing(curated, receiver, tmp_path) as courier:
        for wait in WAITS:
            assert await sent(courier) == 1
            (delivery,) = kept(curated, hook)
            assert (state_of(delivery), delivery.status, delivery.next_at) == ("pending", status, curated.clock() + wait)
            curated.clock.forward(wait - timedelta(microseconds=1))
            assert await sent(courier) == 0
            curated.clock.forward(timedelta(microseconds=1))
        assert await sent(courier) == 1
        curated.clock.forward(timedelta(days=365))
        assert await sent(courier) == 0
    (delivery,) = kept(curated, hook)
    assert (state_of(delivery), delivery.attempts, delivery.status) == ("given_up", len(WAITS) + 1, status)
    assert len({request.headers["webhook-id"] for request, _ in receiver.heard}) == 1
    assert len({body for _, body in receiver.heard}) == 1
    assert len(receiver.heard) == 8
    assert max(WAITS) == timedelta(days=1)
    assert list(WAITS) == sorted(WAITS)


async def test_a_receiver_that_is_gone_is_not_asked_again(curated: Curated, receiver: Receiver, tmp_path) -> None:
    hook, receiver.status = hooked(curated), 410
    happen(curated)
    async with standing(curated, receiver, tmp_path) as courier:
        await sent(courier)
    assert [state_of(one) for one in kept(curated, hook)] == ["given_up"]


async def test_it_is_sent_again_by_hand_under_the_same_id(curated: Curated, receiver: Receiver, tmp_path) -> None:
    hook, receiver.status = hooked(curated), 410
    happen(curated)
    async with standing(curated, receiver, tmp_path) as courier:
        await sent(courier)
        number = kept(curated, hook)[0].number
        with curated.act(ADA) as act:
            replay(act, number)
        receiver.status = 200
        assert await sent(courier) == 1
    assert [(state_of(one), one.attempts) for one in kept(curated, hook)] == [("delivered", 1)]
    assert len({request.headers["webhook-id"] for request, _ in receiver.heard}) == 1


async def test_only_one_of_many_processes_sends_it(curated: Curated, receiver: Receiver, tmp_path) -> None:
    hooked(curated)
    for number in range(30):
        happen(curated, str(number))
    async with standing(curated, receiver, tmp_path) as one:
        offices = [Office(curated.settings, curated.clock) for _ in range(3)]
        couriers_ = [one, *(Courier(office, one.outside) for office in offices)]
        for _ in range(3):
            await asyncio.gather(*(sent(courier) for courier in couriers_))
        for office in offices:
            await office.close(web.Application())
    heard = [request.headers["webhook-id"] for request, _ in receiver.heard]
    assert len(heard) == len(set(heard)) == 30


async def test_what_a_killed_process_had_taken_is_sent_by_another_later(curated: Curated, receiver: Receiver, tmp_path) -> None:
    hook = hooked(curated)
    happen(curated)
    with curated.act(ADA) as act:
        assert len(couriers.claim(act, 20)) == 1
    async with standing(curated, receiver, tmp_path) as courier:
        assert await sent(courier) == 0
        curated.clock.forward(CLAIMED)
        assert await sent(courier) == 1
    assert [(state_of(one), one.attempts) for one in kept(curated, hook)] == [("delivered", 2)]


async def test_who_comes_back_too_late_settles_nothing(curated: Curated, receiver: Receiver, tmp_path) -> None:
    hook = hooked(curated)
    happen(curated)
    with curated.act(ADA) as act:
        ((late, _),) = couriers.claim(act, 20)
    curated.clock.forward(CLAIMED)
    async with standing(curated, receiver, tmp_path) as courier:
        await sent(courier)
    before = kept(curated, hook)
    with curated.act(ADA) as act:
        couriers.settle(act, late, 500)
        couriers.settle(act, replace(late, number=10**9), 500)
    assert kept(curated, hook) == before


async def test_an_ended_hook_is_told_nothing_any_more(curated: Curated, receiver: Receiver, tmp_path) -> None:
    hook = hooked(curated)
    happen(curated)
    with curated.act(ADA) as act:
        end_hook(act, hook.id)
    happen(curated, "y")
    async with standing(curated, receiver, tmp_path) as courier:
        assert await sent(courier) == 0
    assert [state_of(one) for one in kept(curated, hook)] == ["given_up"]
    assert receiver.heard == []


async def test_a_receiver_that_never_answers_holds_up_nobody_else(curated: Curated, receiver: Receiver, tmp_path) -> None:
    slow, quick = Receiver(), receiver
    slow.waits_for = asyncio.Event()
    app = web.Application()
    app.router.add_post("/slow", slow.answer)
    app.router.add_post("/told", quick.answer)
    with curated.act(ADA) as act:
        add_hook(act, "https://city.example/slow", [Event.CHANGE_SUBMITTED])
    for number in range(AT_ONCE * 2):
        happen(curated, str(number))
    hooked(curated)
    happen(curated, "last")
    async with served(app, tmp_path) as outside:
        office = Office(curated.settings, curated.clock)
        courier = Courier(office, outside)
        await courier.look()
        async with asyncio.timeout(10):
            await quick.arrived.wait()
        assert await courier.look() <= AT_ONCE
        slow.waits_for.set()
        await courier.finish()
        await office.close(app)
    assert len(quick.heard) == 1


async def test_no_answer_in_time_is_no_success(curated: Curated, receiver: Receiver, tmp_path) -> None:
    hook = hooked(curated)
    happen(curated)
    receiver.waits_for = asyncio.Event()
    async with standing(curated, receiver, tmp_path) as courier:
        assert courier.outside.timeout.total == 10
        courier.outside = replace(courier.outside, timeout=ClientTimeout(total=0.2))
        await sent(courier)
        receiver.waits_for.set()
    assert [(state_of(one), one.status) for one in kept(curated, hook)] == [("pending", 0)]


async def test_an_address_that_turns_private_is_never_asked(curated: Curated, receiver: Receiver, tmp_path) -> None:
    hook = hooked(curated)
    happen(curated)
    async with standing(curated, receiver, tmp_path, allows=Outside().allows) as courier:
        await sent(courier)
    assert receiver.heard == []
    assert [(state_of(one), one.status) for one in kept(curated, hook)] == [("pending", 0)]


async def test_without_a_database_nothing_is_made(tmp_path) -> None:
    from admin.settings import Settings

    office = Office(Settings(database=tmp_path / "none.db"), lambda: NOW)
    assert await Courier(office, Outside()).look() == 0
    await office.close(web.Application())
    assert list(tmp_path.iterdir()) == []
