"""Following the release file: a new release is served as soon as it is verified and compiled; a bad one never, and the old one stays."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Final

from aiohttp import web
from structlog.typing import FilteringBoundLogger

from admin.errors import AdminError
from elections.errors import ElectionsError
from keywords.errors import KeywordsError
from notices.disposal import disposal_steps
from notices.errors import NoticesError, UntrustedRelease
from notices.live import Live, Serving
from notices.loading import load
from notices.parts import Head
from notices.rehearsal import rehearse
from notices.release import Release
from notices.signing import TrustedKey
from web.logs import facts_of
from web.turns import Turns

LOOK_SECONDS: Final = 0.5
"""How often the file is looked at."""
UNEXPECTED: Final = "unexpected_error"

Mark = tuple[int, int, int] | None
"""What tells one state of the file from another; None while there is none."""


def mark_of(file: Path) -> Mark:
    """The file as it is now: a replaced one has another inode or time."""
    try:
        found = file.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size)


async def again_and_again(look: Callable[[], Awaitable[None]], seconds: float) -> AsyncIterator[None]:
    """For an application's cleanup_ctx: look, and again after so many seconds, until the application ends."""

    async def follow() -> None:
        while True:
            await look()
            await asyncio.sleep(seconds)

    task = asyncio.create_task(follow())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@dataclass(slots=True)
class Follower:
    """Looks at the file, and hands what is new and good to what is being served.

    `seen` is the file as it was before what is served was loaded; `check_may_serve` raises for a release that is good but not to be served
    here; `refused` hears the code of what was wrong.
    """

    file: Path
    serving: Serving
    trusted: Collection[TrustedKey]
    check_may_serve: Callable[[Release], None]
    log: FilteringBoundLogger
    refused: Callable[[str], None]
    turns: Turns
    seen: Mark
    clock: Callable[[], datetime]
    public_url: str = ""
    look_seconds: float = LOOK_SECONDS

    def following(self, _app: web.Application) -> AsyncIterator[None]:
        """For an application's cleanup_ctx: follows as long as the application runs."""
        return again_and_again(self.look, self.look_seconds)

    async def look(self) -> None:
        """Look once; serves what is new and good, and is done with a bad file until it changes again."""
        mark = mark_of(self.file)
        if mark in {None, self.seen}:
            return
        self.seen = mark
        began_at = perf_counter()
        try:
            live = await load(self.file, self.trusted, self._is_wanted, self.turns)
            if live is not None:
                await self._serve(live)
                self.log.info("release_served", number=live.release.number, digest=live.digest, seconds=round(perf_counter() - began_at, 3))
        except (NoticesError, AdminError, KeywordsError, ElectionsError) as error:
            self._refuse(error.code, why=str(error))
        except Exception as error:  # noqa: BLE001  whatever it was, the old release stays and the next one is followed
            self._refuse(UNEXPECTED, **facts_of(error))

    def _is_wanted(self, head: Head) -> bool:
        served = self.serving.live
        if head.digest == served.digest:
            return False
        number = head.release.number
        if number <= served.release.number:
            kind = "older than" if number < served.release.number else "another one with the number of"
            raise UntrustedRelease(f"Release {number} is {kind} the one being served.")
        self.check_may_serve(head.release)
        return True

    async def _serve(self, live: Live) -> None:
        await self.turns.through(live.schedule.make_ahead(self.serving.live.schedule.asked))
        live = live.with_stops(self.serving.live.stops)  # what is prepared under them stays, unless they change meanwhile
        await rehearse(live, self.serving, self.clock, self.turns, public_url=self.public_url)
        old = [self.serving.live]
        self.serving.offer(live.with_stops(old[0].stops))
        await self.turns.through(disposal_steps(old))

    def _refuse(self, code: str, **facts: object) -> None:
        self.refused(code)
        self.log.error("release_refused", code=code, serving=self.serving.live.release.number, **facts)
