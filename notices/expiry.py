"""When an answer next differs by the clock alone: turn after turn is tried until one makes a difference."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

MOST_TURNS: Final = 64
"""Turns tried; an answer that outlives them is told to expire at the next one, which is sooner than need be."""


def next_difference(
    answer: Callable[[datetime], object], now: datetime, turns: Callable[[datetime], Iterable[datetime | None]]
) -> datetime | None:
    """The first moment after `now` at which `answer` gives something else, None for never; it may only change at one of `turns`."""
    today, moment = answer(now), now
    for _ in range(MOST_TURNS):
        turn = min((turn for turn in turns(moment) if turn is not None), default=None)
        if turn is None or answer(turn) != today:
            return turn
        moment = turn
    return moment
