"""What lies inside each region, and which regions are nothing but what lies inside them; not the tree itself (see places)."""

from collections.abc import Generator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, TypeVar

from elections.places import Places

T = TypeVar("T")
_BATCH: Final = 32
"""Regions between two steps."""


@dataclass(frozen=True, slots=True)
class Interiors:
    """Region → itself and all that lie in it; `made_up` are those all of whose zones are lived in by places inside them."""

    within: Mapping[str, tuple[str, ...]]
    made_up: AbstractSet[str]

    @classmethod
    def of(cls, places: Places) -> "Interiors":
        """Of every region, at once."""
        return drained(cls.in_steps(places))

    @classmethod
    def in_steps(cls, places: Places) -> Generator[None, None, "Interiors"]:
        """The same in steps of well under a millisecond, yielding None after each."""
        found: dict[str, list[str]] = {}
        for number, region in enumerate(places):
            for above in places.chain(region.code):
                found.setdefault(above, []).append(region.code)
            if number % _BATCH == 0:
                yield
        within: dict[str, tuple[str, ...]] = {}
        for number, (code, regions) in enumerate(found.items()):
            within[code] = tuple(regions)
            if number % _BATCH == 0:
                yield
        made_up = set()
        for number, (code, inner) in enumerate(within.items()):
            if _is_made_up(code, inner, places):
                made_up.add(code)
            if number % _BATCH == 0:
                yield
        return cls(within, made_up)


def _is_made_up(region: str, inner: tuple[str, ...], places: Places) -> bool:
    left = set(places.zones(region))
    for code in inner:
        if code != region:
            left.difference_update(places.zones(code))
            if not left:
                return True
    return False


def drained(steps: Generator[None, None, T]) -> T:
    """What steps return at last, all taken at once."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            result: T = done.value
            return result
