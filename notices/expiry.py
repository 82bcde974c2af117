"""When an answer next differs by the clock alone: turn after turn is tried until one makes a difference."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

MOST_TURNS: Final = 200
"""Turns tried; an answer that outlives them is told to expire at the next one, which is sooner than need be."""


def next_difference(
    sketch: Callable[[datetime], object],
    answer: Callable[[datetime], object],
    now: datetime,
    turns: Callable[[datetime], Iterable[datetime | None]],
) -> datetime | None:
    """The first moment after `now` at which `answer` gives something else, None for never; it may only change at one of `turns`.

    `sketch` costs less and stays the same only where the answer does.
    """
    today, moment = sketch(now), now
    for _ in range(MOST_TURNS):
        turn = min((turn for turn in turns(moment) if turn is not None), default=None)
        if turn is None or (sketch(turn) != today and answer(turn) != answer(now)):
            return turn
        moment = turn
    return moment
