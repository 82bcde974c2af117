"""Letting go of a release that is no longer served, bit by bit: freeing hundreds of thousands of values at once stops the loop."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from itertools import islice
from typing import Any, Final

from keywords.lists import KeywordList

MANY: Final = 400
"""Values that are freed together with what holds them."""
_PLAIN: Final = (str, bytes, int, float, Enum, type(None))


def disposal_steps(unused: list[Any]) -> Iterator[None]:
    """Free the values of a list, which is emptied, in steps of well under a millisecond.

    First everything of which there are many is held here too, then what held it goes, then it goes itself in small lots. Nothing is
    altered, so whoever still reads one of the values may go on.
    """
    held: deque[list[Any]] = deque()
    for some in _lots(unused, set()):
        if some:
            held.append(some)
        yield
    some = []
    unused.clear()
    yield
    while held:
        held.popleft()  # what holds others goes before them
        yield


def _lots(value: object, seen: set[int]) -> Iterator[list[Any]]:
    """Every container that holds many, wherever in the value it is, and its values in small lots; an empty lot for what holds few."""
    if isinstance(value, _PLAIN) or id(value) in seen:
        return
    seen.add(id(value))
    for size, inner in _inner(value):
        yield [value] if size > MANY else []
        if size <= MANY:
            for one in inner:
                yield from _lots(one, seen)
            continue
        with suppress(RuntimeError):  # somebody still reads, and remembers something in it
            remaining = iter(inner)
            while some := list(islice(remaining, MANY)):
                yield some
                if isinstance(some[0], KeywordList):
                    for one in some:
                        yield from _lots(one, seen)


def _inner(value: object) -> Iterator[tuple[int, Iterable[Any]]]:
    """What a value holds: how many, and which."""
    if isinstance(value, Mapping):
        yield len(value), value.keys()
        yield len(value), value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield len(value), value
    elif is_dataclass(value):
        yield 0, [getattr(value, field.name) for field in fields(value)]
    else:
        yield 0, list(getattr(value, "__dict__", {}).values())
