"""The emergency switch: what is stopped, as a value; where stops are kept is the store's and the side door's."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from elections.places import Places

EVERYTHING: Final = ""
_FOR_EVER: Final = datetime.max.replace(tzinfo=UTC)


class StopKind(StrEnum):
    """What a stop may switch off."""

    EVERYTHING = "everything"
    REGION = "region"
    TOPIC = "topic"
    LIST = "list"
    CAMPAIGN = "campaign"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing switched off, by whom and why; `target` is its id, empty for everything; without `ends_at` until lifted.

    `id` is given when it is set and stays the same wherever the stop is kept; empty for one that is kept nowhere.
    """

    kind: StopKind
    target: str
    reason: str
    set_by: str
    set_at: datetime
    ends_at: datetime | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Stops:
    """All stops in force, ready to be asked."""

    stops: tuple[Stop, ...] = ()

    @classmethod
    def of(cls, stops: Iterable[Stop]) -> "Stops":
        """The stops, in the order they were set."""
        return cls(tuple(sorted(stops, key=lambda stop: (stop.set_at, stop.id))))

    def hit(self, kind: StopKind, targets: Iterable[str], now: datetime) -> Stop | None:
        """The first stop in force on any of the targets of a kind."""
        if not self.stops:
            return None
        wanted = frozenset(targets)
        return next((stop for stop in self.stops if stop.kind is kind and stop.target in wanted and is_in_force(stop, now)), None)

    def on_places(self, codes: Iterable[str], places: Places, now: datetime) -> Stop | None:
        """The first stop in force on any of the regions or on what lies above one; a stop may name a region by an alias."""
        above = (places.by_code[code] for region in codes for code in places.chain(region))
        return self.hit(StopKind.REGION, (name for region in above for name in (region.code, *region.aliases)), now)

    def in_force(self, now: datetime) -> tuple[Stop, ...]:
        """Those that have not ended."""
        return tuple(stop for stop in self.stops if is_in_force(stop, now))

    def next_end(self, now: datetime) -> datetime | None:
        """When the first of them ends by itself."""
        return min((stop.ends_at for stop in self.stops if stop.ends_at and stop.ends_at > now), default=None)


def is_in_force(stop: Stop, now: datetime) -> bool:
    """Whether the stop has not ended."""
    return stop.ends_at is None or now < stop.ends_at


def united(file_stops: Iterable[Stop], store_stops: Iterable[Stop], lifted: Collection[str] = ()) -> Stops:
    """The stops of both, each id once, without those that were lifted: a lifted id wins, wherever the stop is still kept.

    Where the two differ about when a stop ends, it lasts the longer: only lifting makes it shorter. Stops without an id are all kept.
    """
    by_id: dict[object, Stop] = {}
    for number, stop in enumerate((*file_stops, *store_stops)):
        key = stop.id or number
        if stop.id in lifted and stop.id:
            continue
        known = by_id.get(key)
        if known is None or (stop.ends_at or _FOR_EVER) > (known.ends_at or _FOR_EVER):
            by_id[key] = stop
    return Stops.of(by_id.values())
