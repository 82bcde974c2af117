"""The serving process's part in webhooks: looks again and again for what is near and what is due; neither ever ends the other."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web
from structlog.typing import FilteringBoundLogger

from admin.curation.acting import REFUSALS
from admin.hooks.coming import Announcer
from admin.hooks.courier import Courier
from web.logs import facts_of

DUE_SECONDS: Final = 1.0
"""How often the store is asked what is due."""
NEAR_SECONDS: Final = 60.0
"""How often the calendar is."""


@dataclass(slots=True)
class Postroom:
    """Both of them, as long as the application runs."""

    courier: Courier
    announcer: Announcer
    log: FilteringBoundLogger
    _told: dict[str, str] = field(default_factory=dict, init=False)

    async def working(self, _app: web.Application) -> AsyncIterator[None]:
        """For an application's cleanup_ctx; what is on its way at the end is waited for."""
        looks = ((self.courier.look, "webhooks_failed", DUE_SECONDS), (self.announcer.look, "campaigns_not_told", NEAR_SECONDS))
        tasks = [asyncio.create_task(self._again(*one)) for one in looks]
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await self.courier.finish()

    async def _again(self, look: Callable[[], Awaitable[int]], event: str, seconds: float) -> None:
        while True:
            try:
                await look()
                self._told.pop(event, None)
            except REFUSALS as error:
                self._tell(event, str(getattr(error, "code", "refused")), why=str(error))
            except Exception as error:  # noqa: BLE001  whatever it was, the next look may go well
                self._tell(event, "unexpected_error", **facts_of(error))
            await asyncio.sleep(seconds)

    def _tell(self, event: str, code: str, **facts: object) -> None:
        """Once, until it goes well or something else goes wrong."""
        if self._told.get(event) != code:
            self._told[event] = code
            self.log.error(event, code=code, **facts)
