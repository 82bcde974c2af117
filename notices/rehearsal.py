"""Before a new release is served it answers, unheard, what the one being served is asked; not how a release comes in (see loading).

A fresh index remembers no word, and every search takes it two to three times as long: met by all who ask at once, that is a stall.
And what cannot answer what people ask is never served. A request waits here for a turn of the loop or two; none is kept.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import Final

from notices.answering import answer_to
from notices.decision import Request
from notices.live import Live, Serving
from web.turns import Turns

LONGEST_SECONDS: Final = 3.0
"""How long a rehearsal goes on while people ask without a pause."""
PAUSE_SECONDS: Final = 0.05
"""Without a request for so long there is no crowd that could notice."""
MOST_WAITING: Final = 64
"""Requests that wait for their turn; what comes when there are more is not rehearsed."""


async def rehearse(live: Live, serving: Serving, clock: Callable[[], datetime], turns: Turns, *, public_url: str = "") -> None:
    """Let a release answer for itself what is asked meanwhile; raises whatever its answers raise."""
    ends_at = perf_counter() + LONGEST_SECONDS
    waiting = asyncio.Queue[Request](MOST_WAITING)

    def hear(asked: Request) -> None:
        if not waiting.full():
            waiting.put_nowait(asked)

    with serving.overheard_by(hear):
        while perf_counter() < ends_at:
            try:
                async with asyncio.timeout(PAUSE_SECONDS):
                    asked = await waiting.get()
            except TimeoutError:
                return
            if _knows_where(live, asked):
                answer_to(asked, live, clock(), public_url=public_url)
            await turns.give_way()


def _knows_where(live: Live, asked: Request) -> bool:
    """Whether the release has the places that the other one found: asked of it alone, the request would be refused otherwise."""
    return live.places.by_code.keys() >= {asked.region, asked.voting_region}
