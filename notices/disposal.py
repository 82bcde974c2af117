"""Letting go of a release that is no longer served, bit by bit: freeing hundreds of thousands of values at once stops the loop."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Final

MANY: Final = 400
"""Values that are freed together with what holds them."""
_PLAIN: Final = (str, bytes, int, float, Enum, type(None))


def disposal_steps(unused: list[Any]) -> Iterator[None]:
    """Free the values of a list, which is emptied, in steps of well under a millisecond.

    First everything of which there are many is held here too, then what held it goes, then it goes itself in small lots. Nothing is
    altered, so whoever still reads one of the values may go on.
    """
    held: list[Any] = []
    for values in _large(unused, set()):
        held.extend(values)
        yield
    unused.clear()
    yield
    while held:
        del held[-MANY:]
        yield


def _large(value: object, seen: set[int]) -> Iterator[list[Any]]:
    """The values of every container that holds many, wherever in the value it is."""
    if isinstance(value, _PLAIN) or id(value) in seen:
        return
    seen.add(id(value))
    inner = _inner(value)
    if len(inner) > MANY:
        yield inner
    for one in inner:
        yield from _large(one, seen)


def _inner(value: object) -> list[Any]:
    if isinstance(value, Mapping):
        return [*value, *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    return list(getattr(value, "__dict__", {}).values())
