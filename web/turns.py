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

    def __init__(
        self, before: Callable[[], None] = lambda: None, after: Callable[[], None] = lambda: None, seconds: float = TURN_SECONDS
    ) -> None:
        """`before` runs when a turn begins, `after` when it ends (see serving.unnoticed); `seconds` of 0 make every step a turn."""
        self._before = before
        self._after = after
        self._seconds = seconds
        self._began_at = perf_counter()
        self._taken = 0

    async def give_way(self) -> None:
        """To be awaited between two steps that others may have come between; returns at once while the turn lasts."""
        if self._is_over():
            self._before()
            self._after()
            await self._rest()

    async def through(self, steps: Iterable[T]) -> T:
        """Take all steps; what the last one gives. Each should be well below a turn."""
        made: list[T] = []
        self._before()
        for step in steps:
            made[:] = (step,)
            if self._is_over():
                self._after()
                await self._rest()
                self._before()
        return made[0]

    def _is_over(self) -> bool:
        return perf_counter() - self._began_at >= self._seconds

    async def _rest(self) -> None:
        self._taken += 1
        await asyncio.sleep(0 if self._taken % TURNS_BETWEEN_RESTS else REST_SECONDS)
        self._began_at = perf_counter()
