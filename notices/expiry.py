"""When an answer next differs by the clock alone: turn after turn is tried until one makes a difference."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, TypeVar

T = TypeVar("T")
MOST_TURNS: Final = 200
"""Turns tried; an answer that outlives them is told to expire at the next one, which is sooner than need be."""


def next_difference(
    today: T, sketch: Callable[[datetime], object], answer: Callable[[datetime], T], now: datetime, turns: Iterable[datetime]
) -> datetime | None:
    """The first of the turns after `now` at which `answer` gives something else than `today`, None for never.

    `sketch` costs less and stays the same only where the answer does.
    """
    outline = sketch(now)
    for number, turn in enumerate(turns):
        if number == MOST_TURNS or (sketch(turn) != outline and answer(turn) != today):
            return turn
    return None
