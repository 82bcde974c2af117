"""Values of every curated kind, made up from their types: what properties are tried with. No expectations."""

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import cache
from typing import Any

from hypothesis import strategies as st

from elections.election import Election, PhaseOverride, Round
from notices.release import Release

SAFE = 2**53 - 1
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8) | st.sampled_from(
    ["", "null", "0", "1.0", "[]", '"', "où voter", "ไปเลือกตั้ง", "איפה", "हिन्दी", "a\nb", "-"]
)
"""Texts in any script, and such as could be taken for something else on their way through a database."""
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0/"), max_size=6)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  zones are given beside


def _optional(hint: Any) -> list[Any] | None:
    return list(typing.get_args(hint)) if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union else None


@cache
def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type as the rooms write it."""
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXTS,
        bool: st.booleans(),
        int: st.integers(-SAFE, SAFE),
        date: DAYS,
        datetime: INSTANTS,
        time: st.times(),
        types.NoneType: st.none(),
        Round: _made(Round, first_day=st.just(date(2027, 3, 7)), last_day=DAYS.filter(lambda day: day >= date(2027, 3, 7))),
        PhaseOverride: _made(
            PhaseOverride,
            reason=st.just("why"),
            starts_at=st.just(datetime(2027, 3, 1, tzinfo=UTC)),
            ends_at=st.just(datetime(2027, 3, 8, tzinfo=UTC)),
        ),
    }
    if hint in plain:
        return plain[hint]
    if hint is Election:
        return _made(Election, regions=st.just(("DE",)), rounds=st.tuples(values(Round)))
    if (either := _optional(hint)) is not None:
        return st.one_of([values(one) for one in either])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return _made(hint) if is_dataclass(hint) else _many(hint)


def _many(hint: Any) -> st.SearchStrategy[Any]:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return st.lists(values(inner[0]), max_size=3).map(tuple)
    if origin in {Mapping, dict}:
        return st.dictionaries(NAMES if inner[0] is str else values(inner[0]), values(inner[1]), max_size=3)
    raise TypeError(f"No values are made up for {hint}.")


def _made(kind: Any, **own: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def build() -> st.SearchStrategy[Any]:
        hints = typing.get_type_hints(kind)
        told = {one.name: own[one.name] if one.name in own else values(hints[one.name]) for one in fields(kind)}
        required = {name: told.pop(name) for name in [*told] if not _has_default(kind, name)}
        return st.fixed_dictionaries(required, optional=told).map(lambda given: kind(**given))

    return st.deferred(build)


def _has_default(kind: Any, name: str) -> bool:
    (one,) = [one for one in fields(kind) if one.name == name]
    return one.default is not MISSING or one.default_factory is not MISSING


RELEASES = _made(Release)
