"""JSON documents ↔ values, one converter for packs, release file, store and admin alike; no rules about what a value may hold."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar, get_origin

import rfc8785
from cattrs import Converter, transform_error
from cattrs.cols import homogenous_tuple_structure_factory
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from notices.errors import InvalidDocument

T = TypeVar("T")

Document = dict[str, Any]

_EXACT: Final = 2**53 - 1


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for kind in (date, datetime, time):
        converter.register_unstructure_hook(kind, kind.isoformat)
    converter.register_structure_hook(datetime, lambda value, _: value if isinstance(value, datetime) else datetime.fromisoformat(value))
    converter.register_structure_hook(date, _date)
    converter.register_structure_hook(time, lambda value, _: time.fromisoformat(value))
    for plain in (str, int, bool):
        converter.register_structure_hook(plain, _exactly(plain))
    converter.register_structure_hook_factory(_is_tuple, lambda kind: _listed(kind, converter))
    converter.register_unstructure_hook_factory(
        lambda kind: hasattr(kind, "__dataclass_fields__"),
        lambda kind: make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True),
    )
    converter.register_structure_hook_factory(
        lambda kind: hasattr(kind, "__dataclass_fields__"),
        lambda kind: make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True),
    )
    return converter


def _is_tuple(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is tuple


def _listed(kind: Any, converter: Converter) -> Any:
    """A list as a tuple; a text is none, although it could be taken apart into letters."""
    structured = homogenous_tuple_structure_factory(kind, converter)

    def structure(value: object, wanted: Any) -> object:
        if not isinstance(value, list | tuple):
            raise TypeError("must be a list")
        return structured(value, wanted)

    return structure


def _exactly(kind: type) -> Any:
    """A value of the kind as it is, never one that could be turned into it; codes, which are enumerations of strings, by their value."""

    def structure(value: object, wanted: type) -> object:
        if wanted is not kind:
            return wanted(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise TypeError(f"must be a {kind.__name__}")
        return value

    return structure


def _date(value: object, _: object) -> date:
    if isinstance(value, datetime):
        raise TypeError("must be a date without a time")
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def to_document(value: object) -> Document:
    """A value as JSON-ready data; fields that have their default are left out."""
    document: Document = _converter().unstructure(value)
    return document


def from_document(document: Mapping[str, Any], kind: type[T]) -> T:
    """The value of a document; raises InvalidDocument with the first place that is wrong."""
    try:
        return _converter().structure(document, kind)
    except Exception as error:
        message, _, path = transform_error(error)[0].partition(" @ ")
        raise InvalidDocument(message, path) from error


def canonical_bytes(document: Document) -> bytes:
    """RFC 8785 canonical JSON; raises ValueError for what has none."""
    return _encode(document).encode() if _is_plain(document) else rfc8785.dumps(document)


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")).encode
"""The same bytes for what is plain, ten times as fast."""


def _is_plain(document: object) -> bool:
    """Whether it holds texts, truths, whole numbers that are exact anywhere, and names in ASCII: nothing that JSON can write in two ways."""
    left = [document]
    while left:
        value = left.pop()
        kind = type(value)
        if kind is str or value is None or kind is bool:
            continue
        if isinstance(value, dict):
            if not all(type(name) is str and name.isascii() for name in value):
                return False
            left.extend(value.values())
        elif kind is list or kind is tuple:
            left.extend(value)  # type: ignore[arg-type]
        elif not (isinstance(value, StrEnum) or (kind is int and -_EXACT <= value <= _EXACT)):  # type: ignore[operator]
            return False
    return True
