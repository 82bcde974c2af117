"""Long work in short turns, between which others are answered: how long a turn is and what goes with it; not what the work is."""

import asyncio
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Final, TypeVar

T = TypeVar("T")

TURN_SECONDS: Final = 0.0002
"""How long the loop is held at once: about as long as two answers take, so that nobody notices who waits for it."""
TURNS_BETWEEN_RESTS: Final = 5
REST_SECONDS: Final = 0.001
"""After that many turns as long a rest: the work takes half the loop's time at most, and other programs of the machine get theirs."""


class Turns:
    """Gives way to everybody who is waiting whenever its turn is over."""

    def __init__(self, after: Callable[[], None] = lambda: None, seconds: float = TURN_SECONDS) -> None:
        """`after` runs at the end of each turn (see serving.settle_young); `seconds` of 0 make every step a turn."""
        self._after = after
        self._seconds = seconds
        self._began_at = perf_counter()
        self._taken = 0

    async def give_way(self) -> None:
        """To be awaited between two steps; returns at once while the turn lasts."""
        if perf_counter() - self._began_at < self._seconds:
            return
        self._after()
        self._taken += 1
        await asyncio.sleep(0 if self._taken % TURNS_BETWEEN_RESTS else REST_SECONDS)
        self._began_at = perf_counter()

    async def through(self, steps: Iterable[T]) -> T:
        """Take all steps; what the last one gives. Each should be well below a turn."""
        made: list[T] = []
        for step in steps:
            made[:] = (step,)
            await self.give_way()
        return made[0]
