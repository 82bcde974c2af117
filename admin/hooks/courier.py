"""Deliveries on their way: claimed in the store, sent, and tried again with growing waits; who is told what is decided elsewhere."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Final, NamedTuple

import aiohttp

from admin.api.office import Office
from admin.curation.acting import SYSTEM, Act
from admin.hooks.signing import body_of, headers_of
from admin.outside import Outside, OutsideError
from review.events import Delivery, Hook
from store.errors import StoreError

TIMEOUT: Final = aiohttp.ClientTimeout(total=10)
WAITS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=24),
)
"""Before the second try, the third and so on; after the last one it is given up."""
CLAIMED: Final = timedelta(minutes=1)
"""How long nobody else sends what one process has taken; if that one is killed meanwhile, another does afterwards."""
AT_ONCE: Final = 20
GONE: Final = 410
"""The status of a receiver that wants to hear nothing any more."""


class Claim(NamedTuple):
    """A delivery that is ours to send, and where to."""

    delivery: Delivery
    hook: Hook


@dataclass(slots=True)
class Courier:
    """Sends what is due, at most so many at once; never waits for a slow receiver to send to the others."""

    office: Office
    outside: Outside
    _flying: set[asyncio.Task[None]] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        """Nobody is waited for longer than ten seconds."""
        self.outside = replace(self.outside, timeout=TIMEOUT)

    async def look(self) -> int:
        """Begin to send what is due; how many."""
        free = AT_ONCE - len(self._flying)
        if free <= 0 or not self.office.settings.database.exists():
            return 0
        if not await self.office.read_as(SYSTEM, lambda act: act.unit.events.due(act.now, 1)):
            return 0
        claims = await self.office.write_as(SYSTEM, "delivery.claimed", "", partial(claim, limit=free))
        for one in claims:
            task = asyncio.create_task(self._send(one))
            self._flying.add(task)
            task.add_done_callback(self._flying.discard)
        return len(claims)

    async def finish(self) -> None:
        """Wait for what is on its way; ten seconds at most."""
        if self._flying:
            await asyncio.wait(self._flying)

    async def _send(self, one: Claim) -> None:
        body = body_of(one.delivery)
        headers = headers_of(one.delivery, body, one.hook.secret, self.office.clock())
        try:
            status = await self.outside.hand_over(one.hook.url, body, headers=headers)
        except OutsideError:
            status = 0
        keep = partial(settle, sent=one.delivery, status=status)
        with suppress(StoreError):  # it is sent once more when the claim ends, under the same message id
            await self.office.write_as(SYSTEM, "delivery.settled", str(one.delivery.number), keep)


def claim(act: Act, limit: int) -> tuple[Claim, ...]:
    """Take what is due, so that no other process does; what was meant for a hook that is ended is given up."""
    found = []
    for delivery in act.unit.events.due(act.now, limit):
        hook = act.unit.events.hook(delivery.hook)
        if hook is None or hook.ended_at is not None:
            act.unit.events.save_delivery(replace(delivery, next_at=None))
            continue
        taken = replace(delivery, next_at=act.now + CLAIMED, attempts=delivery.attempts + 1)
        act.unit.events.save_delivery(taken)
        found.append(Claim(taken, hook))
    return tuple(found)


def settle(act: Act, sent: Delivery, status: int) -> None:
    """Keep how it went, unless the delivery was taken, or asked for, again meanwhile."""
    now = act.unit.events.delivery(sent.number)
    if now is None or (now.attempts, now.next_at) != (sent.attempts, sent.next_at):
        return
    if 200 <= status < 300:
        act.unit.events.save_delivery(replace(sent, status=status, next_at=None, delivered_at=act.now))
        return
    is_over = status == GONE or sent.attempts > len(WAITS)
    act.unit.events.save_delivery(replace(sent, status=status, next_at=None if is_over else act.now + WAITS[sent.attempts - 1]))
