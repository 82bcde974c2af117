"""JSON documents ↔ values, one converter for packs, release file, store and admin alike; no rules about what a value may hold."""

import operator
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache, partial
from typing import Any, TypeVar

import rfc8785
from cattrs import Converter, transform_error
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from notices.errors import InvalidDocument

T = TypeVar("T")

Document = dict[str, Any]


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for kind in (date, datetime, time):
        converter.register_unstructure_hook(kind, kind.isoformat)
    converter.register_structure_hook(datetime, lambda value, _: value if isinstance(value, datetime) else datetime.fromisoformat(value))
    converter.register_structure_hook(date, _date)
    converter.register_structure_hook(time, lambda value, _: time.fromisoformat(value))
    for plain in (str, int, bool):  # not for their subclasses: codes are enumerations of strings
        converter.register_structure_hook_func(partial(operator.is_, plain), _exactly(plain))
    converter.register_unstructure_hook_factory(
        lambda kind: hasattr(kind, "__dataclass_fields__"),
        lambda kind: make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True),
    )
    converter.register_structure_hook_factory(
        lambda kind: hasattr(kind, "__dataclass_fields__"),
        lambda kind: make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True),
    )
    return converter


def _exactly(kind: type) -> Any:
    def structure(value: object, _: object) -> object:
        if type(value) is not kind:
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
    """RFC 8785 canonical JSON."""
    return rfc8785.dumps(document)
