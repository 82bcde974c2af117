"""What rules must know of the latest release: its places, elections, and where notices are curated; read once a release."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from threading import Lock

from elections.election import Election
from elections.places import Places
from notices.documents import Document
from review.pieces import Key, Kind, value_of
from store.protocol import Unit


@dataclass(frozen=True, slots=True)
class Ground:
    """The latest release as far as access, quorum and freezes depend on it; `number` 0 where nothing is published yet."""

    number: int
    places: Places
    elections: tuple[Election, ...]


class Grounds:
    """Keeps the newest ground; safe in any thread."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._lock = Lock()
        self._newest: Ground | None = None

    def of(self, unit: Unit) -> Ground:
        """The ground of the unit's latest release."""
        latest = unit.releases.latest()
        number = latest.number if latest else 0
        with self._lock:
            if self._newest is None or self._newest.number != number:
                kept = tuple(unit.releases.pieces(kinds=(Kind.REGION, Kind.ELECTION)))
                values = [value_of(one.piece.key, one.piece.body) for one in kept]
                elections = tuple(value for value in values if isinstance(value, Election))
                self._newest = Ground(number, Places.of(value for value in values if not isinstance(value, Election)), elections)
            return self._newest


def notice_regions(unit: Unit, change: str | None = None) -> Callable[[str], str]:
    """Where a notice is curated: as the change has it, else (where it takes it out, too) as published, else the world."""

    @cache
    def region(notice: str) -> str:
        key = Key(Kind.NOTICE, notice)
        edit = unit.changes.edit(change, key) if change else None
        kept = unit.releases.piece(key) if edit is None or edit.body is None else None
        body: Document | None = kept.piece.body if kept else edit.body if edit else None
        return str((body or {}).get("region", "001"))

    return region
