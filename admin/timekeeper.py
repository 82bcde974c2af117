"""What the serving process does when a time has come: publishing what is due, and keeping file and store of one mind about stops and releases."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from structlog.typing import FilteringBoundLogger

from admin.api.office import Office
from admin.curation.acting import REFUSALS, SYSTEM, Act
from admin.curation.publishing import due
from admin.curation.stopping import prune, take_over
from admin.errors import AdminError
from admin.jobs import publish_due_job, release_file_job
from admin.stopping.file import add_stop, read_stops
from admin.stopping.following import StopsFollower
from notices.live import Serving
from notices.stops import is_in_force
from web.logs import facts_of

LOOK_SECONDS: Final = 0.5
"""How often the store is looked at: a stop set on another host works within a second."""
TIDY_SECONDS: Final = 3_600.0
KEPT: Final = timedelta(days=90)
"""How long ended sessions and deliveries are kept; what people did stands in the audit for ever."""
_UNEXPECTED: Final = "timekeeper_failed"


@dataclass(slots=True)
class Timekeeper:
    """Looks at the store again and again; what cannot be done now is tried again, and told once."""

    office: Office
    serving: Serving
    stops: StopsFollower
    log: FilteringBoundLogger
    _told: str = field(default="", init=False)
    _busy: asyncio.Task[None] | None = field(default=None, init=False)
    _tidied_at: float = field(default=0.0, init=False)

    async def keeping(self, _app: web.Application) -> AsyncIterator[None]:
        """For an application's cleanup_ctx."""
        task = asyncio.create_task(self._keep())
        yield
        for one in (task, self._busy):
            if one is not None:
                one.cancel()
                with suppress(asyncio.CancelledError):
                    await one

    async def _keep(self) -> None:
        while True:
            try:
                await self.look()
                self._told = ""
            except REFUSALS as error:
                self._tell(str(getattr(error, "code", _UNEXPECTED)), why=str(error))
            except Exception as error:  # noqa: BLE001  whatever it was, time goes on
                self._tell(_UNEXPECTED, **facts_of(error))
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Look once."""
        if not self.office.settings.database.exists():
            return
        stops, ready, latest = await self.office.read_as(SYSTEM, _look)
        self.stops.hear([one.stop for one in stops if one.lifted_at is None], {one.stop.id for one in stops if one.lifted_at is not None})
        await self._agree(stops)
        await self._tidy()
        is_behind = latest is not None and latest > self.serving.live.release.number
        if (ready or is_behind) and (self._busy is None or self._busy.done()):
            self._busy = asyncio.create_task(self._press(is_behind=is_behind))

    async def _agree(self, stops: Any) -> None:
        """Let the file and the store hold the same stops: what only one has the other takes over, and lifted ones leave the file."""
        file = self.office.settings.stops_file
        try:
            written = read_stops(file)
        except AdminError:
            return  # its follower tells, and keeps what it knows
        known = {one.stop.id for one in stops}
        held, now = {stop.id for stop in written}, self.office.clock()
        for one in stops:
            if one.lifted_at is None and is_in_force(one.stop, now) and one.stop.id not in held:
                add_stop(file, one.stop)
        if new := tuple(stop for stop in written if stop.id and stop.id not in known):
            await self.office.write_as(SYSTEM, "stop.set", "", lambda act: take_over(act, new))
        if {one.stop.id for one in stops if one.lifted_at} & {stop.id for stop in written}:
            await self.office.write_as(SYSTEM, "stop.lifted", "", lambda act: _prune(file, act))

    async def _tidy(self) -> None:
        """Once an hour, let go of what nobody asks about any more."""
        moment = asyncio.get_running_loop().time()
        if self._tidied_at and moment - self._tidied_at < TIDY_SECONDS:
            return
        self._tidied_at = moment
        await self.office.write_as(SYSTEM, "store.tidied", "", _forget)

    async def _press(self, *, is_behind: bool) -> None:
        """Publish what is due; where another process stored a release and could not write the file any more, write it."""
        try:
            published = await self.office.press(publish_due_job)
            if not published and is_behind:
                await self.office.press(release_file_job)
        except REFUSALS as error:
            self._tell(str(getattr(error, "code", _UNEXPECTED)), why=str(error))
        except Exception as error:  # noqa: BLE001  whatever it was, time goes on
            self._tell(_UNEXPECTED, **facts_of(error))

    def _tell(self, code: str, **facts: object) -> None:
        if code != self._told:
            self._told = code
            self.log.error("timekeeper_failed", code=code, **facts)


def _look(act: Act) -> tuple[Any, tuple[str, ...], int | None]:
    latest = act.unit.releases.latest()
    return act.unit.stops.all(), due(act), latest.number if latest else None


def _forget(act: Act) -> None:
    act.unit.people.forget(act.now - KEPT)
    act.unit.events.forget(act.now - KEPT)


def _prune(file: Path, act: Act) -> None:
    prune(file, act.unit.stops.all(), act.now)
