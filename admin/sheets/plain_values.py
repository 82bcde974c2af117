"""Whether the texts, numbers and truths of a document are of the kind that its fields ask for, to the letter; the rest is for notices/documents.

`"false"` in quotes would else become true, and 2026 without them a text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import lru_cache
from typing import Any, Final, get_args, get_origin, get_type_hints

_MUST_BE: Final[Mapping[type, str]] = {
    str: "This must be a text; put it in quotes",
    int: "This must be a whole number without quotes",
    bool: "This must be true or false without quotes",
}
_BELOW_ZERO: Final = re.compile(r"-\d{1,18}")
"""In YAML as the packs are read, only numbers from zero on are numbers; these arrive as text and are taken for what they are."""


def strange_values(item: object, kind: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every place in an item that holds another plain kind than it should, with a sentence; what is wrong otherwise is passed over."""
    if kind in _MUST_BE:
        if type(item) is not kind and not (kind is int and isinstance(item, str) and _BELOW_ZERO.fullmatch(item)):
            yield place, _MUST_BE[kind]
    elif isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        for name, value in item.items() if isinstance(item, dict) else ():
            if name in hints:
                yield from strange_values(value, hints[name], f"{place}.{name}" if place else name)
    else:
        yield from _within(item, get_origin(kind), get_args(kind), place)


def _within(item: object, origin: Any, args: tuple[Any, ...], place: str) -> Iterator[tuple[str, str]]:
    if type(None) in args:
        if item is not None:
            yield from strange_values(item, next(kind for kind in args if kind is not type(None)), place)
    elif origin is tuple and isinstance(item, list):
        for index, value in enumerate(item):
            yield from strange_values(value, args[0], f"{place}[{index}]")
    elif origin is Mapping and isinstance(item, dict):
        for key, value in item.items():
            yield from strange_values(key, args[0], place)
            yield from strange_values(value, args[1], f"{place}[{str(key)[:40]!r}]")


@lru_cache(maxsize=32)
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)
