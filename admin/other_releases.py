"""Releases that are not served, and drafts, for explanations: read and verified in other processes, a few kept; explaining is notices'."""

import asyncio
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from admin.api.office import Office, actor_of
from admin.curation.acting import SYSTEM, Act, looking
from admin.curation.live_then import stops_then
from admin.jobs import explain_draft_job
from admin.publishing import stored_envelope, write_release_file
from admin.workbench import Workbench
from notices.decision import Request
from notices.disposal import disposal_steps
from notices.errors import ReleaseNotLoaded
from notices.live import Live
from notices.loading import load
from notices.signing import TrustedKey
from notices.stops import Stops
from web.errors import NotFound, Unavailable
from web.routes import CALLER, Access, Doorkeeper
from web.turns import Turns

KEPT: Final = 2
"""Compiled releases that are kept: each takes as much memory as the one being served."""


class OtherReleases:
    """See notices.api.OtherReleases. One is loaded at a time, so that whoever asks for many holds up only others who ask for some."""

    def __init__(self, office: Office, door: Doorkeeper, trusted: Callable[[], Collection[TrustedKey]], turns: Turns) -> None:
        """`turns` are those in which the loop's thread compiles."""
        self._office, self._door, self._trusted, self._turns = office, door, trusted, turns
        self._kept: OrderedDict[int, Live] = OrderedDict()
        self._loading = asyncio.Lock()

    async def __call__(self, request: web.Request, number: int, at: datetime) -> Live:
        """See notices.api."""
        await self._let_in(request)
        async with self._loading:
            live = self._kept.get(number) or await self._load(number)
            self._kept[number] = live
            self._kept.move_to_end(number)
            await self._let_go()
        stops = await self._office.read_as(SYSTEM, lambda act: _stops(act, at))
        return live.with_stops(stops)

    async def draft(self, request: web.Request, change: str, asked: Request, at: datetime) -> dict[str, Any]:
        """See notices.api; decided in the worker, which remembers the drafts it compiled."""
        await self._let_in(request)
        return await self._office.heavy(explain_draft_job, actor_of(request), change, asked, at)

    async def _let_in(self, request: web.Request) -> None:
        """Where explaining is open, what is not being served still takes a viewer."""
        if CALLER not in request:
            await self._door(request, Access.VIEWER)

    async def _load(self, number: int) -> Live:
        with tempfile.TemporaryDirectory(dir=self._office.settings.database.parent, prefix=".release-") as folder:
            file = Path(folder) / "release.json"
            if not await self._office.heavy(release_copy_job, number, file):
                raise NotFound("unknown_release", "There is no release with this number.")
            try:
                live = await load(file, self._trusted(), lambda _head: True, self._turns)
            except ReleaseNotLoaded as error:
                raise Unavailable(
                    error.code, "The release does not verify, so nothing is decided by it; signpost verify says what is wrong."
                ) from error
        if live is None:  # pragma: no cover  every head is wanted
            raise NotFound("unknown_release", "There is no release with this number.")
        return live

    async def _let_go(self) -> None:
        while len(self._kept) > KEPT:
            old = [self._kept.popitem(last=False)[1]]
            await self._turns.through(disposal_steps(old))


def release_copy_job(bench: Workbench, number: int, file: Path) -> bool:
    """Write a stored release to a file of its own; whether there is one."""
    with looking(bench.desk, SYSTEM) as act:
        stored = stored_envelope(act.unit, number)
    if stored is None:
        return False
    write_release_file(stored, file)
    return True


def _stops(act: Act, at: datetime) -> Stops:
    """Those of the moment; that one was lifted since changes nothing about then."""
    return Stops.of(replace(one.stop, ends_at=None) for one in stops_then(act, at))
