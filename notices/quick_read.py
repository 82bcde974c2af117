"""The short way from JSON to a `Request` for what has nothing unusual about it; all else is left to the schema, which says what is wrong.

It never takes what `requests` would refuse nor reads it differently: tests/notices/test_quick_read.py compares the two.
"""

from collections.abc import Mapping
from typing import Final

from elections.errors import UnknownRegion
from elections.places import Places
from notices.campaign import Signal, Surface
from notices.decision import Request
from notices.errors import UnknownLanguage
from notices.languages import canonical
from notices.schemas import (
    CODE_LENGTH,
    HASHTAG_LENGTH,
    HASHTAGS,
    LANGUAGES,
    MOST_NOTICES,
    QUERY_LENGTH,
    QUERY_NAMES,
    TEXT_LENGTH,
)

_FIELDS: Final = frozenset(QUERY_NAMES)
_FIELD_OF: Final = {parameter: field for field, parameter in QUERY_NAMES.items()}
_SURFACES: Final = {surface.value: surface for surface in Surface}
_SIGNALS: Final = {signal.value: signal for signal in Signal}
_NONE: Final[list[str]] = []


class _Unusual(Exception):
    """Something for the schema to judge."""


def read_body(data: object, places: Places, accepted: tuple[str, ...] = ()) -> Request | None:
    """The request of a body's JSON value; None to ask the schema."""
    if type(data) is not dict or not data.keys() <= _FIELDS:
        return None
    get = data.get
    region, query, text = get("region"), get("query", ""), get("text", "")
    surface, voting, limit = get("surface", "search"), get("voting_region"), get("limit", 1)
    if type(region) is not str or type(query) is not str or type(text) is not str or type(surface) is not str or type(limit) is not int:
        return None
    if voting is not None and (type(voting) is not str or len(voting) > CODE_LENGTH):
        return None
    if len(region) > CODE_LENGTH or len(query) > QUERY_LENGTH or len(text) > TEXT_LENGTH or not 1 <= limit <= MOST_NOTICES:
        return None
    try:
        home = places.resolve(region).code
        return Request(
            home,
            home if voting is None else places.resolve(voting).code,
            query,
            _texts(get("hashtags", _NONE), HASHTAGS, HASHTAG_LENGTH),
            text,
            tuple(dict.fromkeys(map(canonical, _texts(get("languages", _NONE), LANGUAGES, CODE_LENGTH)))) or accepted,
            _SURFACES[surface],
            tuple(map(_SIGNALS.__getitem__, _texts(get("signals", _NONE), len(Signal), CODE_LENGTH))),
            limit,
        )
    except (_Unusual, UnknownRegion, UnknownLanguage, LookupError):
        return None


def read_parameters(values: Mapping[str, object], places: Places, accepted: tuple[str, ...] = ()) -> Request | None:
    """The request of a query string's parameters, as `web.query` reads them; None to ask the schema."""
    try:
        return read_body({_FIELD_OF[name]: value for name, value in values.items()}, places, accepted)
    except LookupError:
        return None


def _texts(values: object, most: int, longest: int) -> tuple[str, ...]:
    if values is _NONE:
        return ()
    if type(values) is not list or len(values) > most:
        raise _Unusual
    for value in values:
        if type(value) is not str or len(value) > longest:
            raise _Unusual
    return tuple(values)
