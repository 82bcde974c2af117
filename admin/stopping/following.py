"""Following the stops file: what it says is in force within a quarter of a second, and a file that is damaged or gone lifts nothing."""

from collections.abc import AsyncIterator, Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from aiohttp import web
from structlog.typing import FilteringBoundLogger

from admin.errors import AdminError
from admin.following import UNEXPECTED, Mark, again_and_again, mark_of
from admin.stopping.errors import StopsMissing
from admin.stopping.file import read_stops
from notices.live import Serving
from notices.stops import EVERYTHING, Stop, StopKind, is_in_force, united
from web.logs import facts_of

LOOK_SECONDS: Final = 0.25
"""How often the file is looked at; a stop has to work within one second."""
UNKNOWN_ID: Final = "unknown-stops"
"""The id of the stop that stands for stops which cannot be read."""


@dataclass(slots=True)
class StopsFollower:
    """Looks at the file, and puts what it holds, united with what the store holds, in force in what is being served.

    A file that cannot be used changes nothing: the stops last known stay. Where none were known yet, at the start, everything is stopped
    until the file can be read: a stop that vanishes unseen would lead people to a wrong polling place, an answer too few would not.
    """

    file: Path
    serving: Serving
    clock: Callable[[], datetime]
    log: FilteringBoundLogger
    refused: Callable[[str], None]
    look_seconds: float = LOOK_SECONDS
    _known: tuple[Stop, ...] | None = field(default=None, init=False)
    _seen: Mark = field(default=None, init=False)
    _told: tuple[str, Mark] | None = field(default=None, init=False)
    _stored: tuple[Stop, ...] = field(default=(), init=False)
    _lifted: frozenset[str] = field(default=frozenset(), init=False)

    def following(self, _app: web.Application) -> AsyncIterator[None]:
        """For an application's cleanup_ctx: follows as long as the application runs."""
        return again_and_again(self._look_once, self.look_seconds)

    async def _look_once(self) -> None:
        self.look()

    def look(self) -> None:
        """Look once, put in force what is new and let go what has ended; a file that cannot be used is tried again each time, told once."""
        mark = mark_of(self.file)
        if self._known is None or self._told is not None or mark != self._seen:
            self._read(mark)
        self._put_in_force()

    def _read(self, mark: Mark) -> None:
        try:
            if mark is None and self._in_force(self._known or ()):
                raise StopsMissing(
                    f"{self.file.name} is gone; its stops stay in force. Put it back, with an empty list where nothing is stopped."
                )
            self._known = read_stops(self.file)
            self._seen, self._told = mark, None
        except AdminError as error:
            self._refuse(error.code, mark, why=str(error))
        except Exception as error:  # noqa: BLE001  whatever it was, the stops stay in force and the file is looked at again
            self._refuse(UNEXPECTED, mark, **facts_of(error))

    def hear(self, stored: Iterable[Stop], lifted: Collection[str]) -> None:
        """What the store holds, and which stops were lifted there; from whoever reads it, and in force until told otherwise."""
        self._stored, self._lifted = tuple(stored), frozenset(lifted)
        self._put_in_force()

    def in_force(self) -> int:
        """How many stops there are now; for the metrics."""
        return len(self.serving.live.stops.in_force(self.clock()))

    def _put_in_force(self) -> None:
        live, stops = self.serving.live, united(self._in_force(self._known or ()), self._in_force(self._stored), self._lifted)
        if stops != live.stops:
            self.serving.offer(live.with_stops(stops))
            told = [f"{stop.id} {stop.kind} {stop.target}".rstrip() for stop in stops.stops]
            self.log.warning("stops_changed", in_force=len(told), stops=told)

    def _in_force(self, stops: Iterable[Stop]) -> list[Stop]:
        now = self.clock()
        return [stop for stop in stops if is_in_force(stop, now)]

    def _refuse(self, code: str, mark: Mark, **facts: object) -> None:
        if self._known is None:
            now = self.clock()
            self._known = (Stop(StopKind.EVERYTHING, EVERYTHING, "The stops file cannot be read.", "signpost", now, id=UNKNOWN_ID),)
        if self._told != (code, mark):
            self._told = (code, mark)
            self.refused(code)
            self.log.error("stops_refused", code=code, **facts)
