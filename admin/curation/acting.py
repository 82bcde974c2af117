"""One act of one actor: its unit of work, its moment, its audit lines; a refusal is written too. What is done is the use cases'."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from admin.curation.ground import Ground, Grounds
from admin.errors import AdminError
from elections.errors import ElectionsError
from notices.documents import Document
from notices.errors import NoticesError
from review.errors import ReviewError
from review.events import Event
from review.people import Actor
from store.errors import DamagedDatabase, ForeignDatabase, StoreError, StoreUnavailable
from store.protocol import Store, Unit

DONE: Final = "done"
REFUSALS: Final = (ReviewError, NoticesError, AdminError, ElectionsError, StoreError)
"""What a use case says no with."""
_UNWRITABLE: Final = (StoreUnavailable, DamagedDatabase, ForeignDatabase)
SYSTEM: Final = Actor("signpost", (), "system")
"""Who acts when a time has come."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every use case works at."""

    store: Store
    clock: Callable[[], datetime]
    grounds: Grounds = field(default_factory=Grounds)


@dataclass(frozen=True, slots=True)
class Act:
    """Handed to a use case: the unit it works in, who acts, and when."""

    unit: Unit
    actor: Actor
    now: datetime
    grounds: Grounds

    @property
    def ground(self) -> Ground:
        """What the latest release says."""
        return self.grounds.of(self.unit)

    def note(self, action: str, subject: str, detail: Mapping[str, Any] | None = None) -> None:
        """Write the audit line of what was done; it holds only if the unit does."""
        self.unit.journal.append(self.now, self.actor.person, self.actor.way, action, subject, DONE, detail or {})

    def tell(self, event: Event, subject: str, detail: Document | None = None) -> None:
        """Put out to webhooks what happened; it is sent only if the unit holds."""
        body = {"event": event.value, "subject": subject, "at": self.now.isoformat(), "actor": self.actor.person, **(detail or {})}
        self.unit.events.emit(event.value, self.now, body)


@contextmanager
def acting(desk: Desk, actor: Actor, action: str, subject: str = "") -> Iterator[Act]:
    """One act, done whole or not at all. What a use case refuses is raised on, after its audit line `action` with the refusal's code."""
    try:
        with desk.store.writing() as unit:
            yield Act(unit, actor, desk.clock(), desk.grounds)
    except REFUSALS as error:
        refused(desk, actor, action, subject, error)
        raise


def refused(desk: Desk, actor: Actor, action: str, subject: str, error: Exception) -> None:
    """Write the audit line of a refusal; a store that cannot be written has none, and the refusal stands all the same."""
    if isinstance(error, _UNWRITABLE):
        return
    code = str(getattr(error, "code", "refused"))
    with suppress(*_UNWRITABLE), desk.store.writing() as unit:
        unit.journal.append(desk.clock(), actor.person, actor.way, action, subject, code, {"why": str(error)})


@contextmanager
def looking(desk: Desk, actor: Actor) -> Iterator[Act]:
    """The same for who only reads; writes no line."""
    with desk.store.reading() as unit:
        yield Act(unit, actor, desk.clock(), desk.grounds)
