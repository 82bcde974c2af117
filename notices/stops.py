"""The emergency switch: what is stopped, as a value; where stops are kept is the store's and the side door's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

EVERYTHING = ""


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
    """One thing switched off, by whom and why; `target` is its id, empty for everything; without `ends_at` until lifted."""

    kind: StopKind
    target: str
    reason: str
    set_by: str
    set_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stops:
    """All stops in force, ready to be asked."""

    stops: tuple[Stop, ...] = ()

    @classmethod
    def of(cls, stops: Iterable[Stop]) -> "Stops":
        """The stops, in the order they were set."""
        return cls(tuple(sorted(stops, key=lambda stop: stop.set_at)))

    def hit(self, kind: StopKind, targets: Iterable[str], now: datetime) -> Stop | None:
        """The first stop in force on any of the targets of a kind."""
        if not self.stops:
            return None
        wanted = frozenset(targets)
        return next((stop for stop in self.stops if stop.kind is kind and stop.target in wanted and is_in_force(stop, now)), None)

    def next_end(self, now: datetime) -> datetime | None:
        """When the first of them ends by itself."""
        return min((stop.ends_at for stop in self.stops if stop.ends_at and stop.ends_at > now), default=None)


def is_in_force(stop: Stop, now: datetime) -> bool:
    """Whether the stop has not ended."""
    return stop.ends_at is None or now < stop.ends_at
