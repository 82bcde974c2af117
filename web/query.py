"""The one strict reader of query strings: the same kind of dictionary as a body, for a schema to judge."""

import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Final, NamedTuple

from aiohttp import web
from marshmallow import Schema, fields

from web.errors import FieldError, Invalid, Malformed

MAX_PAIRS: Final = 200
"""Parameters in one query string; the contract's fullest has some forty."""

_WHOLE: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,8})", re.ASCII)
_TRUTHS: Final[Mapping[str, object]] = {"true": True, "false": False}


class _Kind(NamedTuple):
    """What a parameter may be: given several times, something else than text, namely a whole number, or a truth."""

    is_list: bool
    is_typed: bool
    is_whole: bool
    is_truth: bool


def read_query(request: web.Request, schema: type[Schema]) -> dict[str, object]:
    """The parameters by name, as `schema` wants them: a list for a List field, a number for an Integer, true and false for a Boolean.

    Raises Malformed for bytes that are not percent-encoded UTF-8, Invalid when a parameter is given twice that is not a list.
    """
    return parse_query(request.rel_url.raw_query_string, schema)


def parse_query(query: str, schema: type[Schema]) -> dict[str, object]:
    """The same from the raw query string; a parameter that the schema does not know stays in, for the schema to refuse."""
    kinds = _kinds(schema)
    values: dict[str, object] = {}
    if query.count("&") >= MAX_PAIRS and sum(map(bool, query.split("&"))) > MAX_PAIRS:
        raise Malformed("too_many_parameters", f"The query string has more than {MAX_PAIRS} parameters.")
    is_ascii = query.isascii()
    for pair in query.split("&"):
        if not pair:
            continue
        name, _, text = pair.partition("=")
        if name not in kinds:
            name = decoded(name)
        if not is_ascii or "%" in text or "+" in text:
            text = decoded(text)
        kind = kinds.get(name)
        value = _typed(text, kind) if kind and kind.is_typed else text
        if kind and kind.is_list:
            values.setdefault(name, []).append(value)  # type: ignore[attr-defined] # made here, as a list
        elif name in values:
            raise Invalid(FieldError(f"/{name}" if kind else "", "given_twice", "This parameter may be given once only."))
        else:
            values[name] = value
    return values


def decoded(text: str) -> str:
    """A name or value without `+` and percent signs; raises Malformed."""
    if not text.isascii():
        raise Malformed("bad_percent", "The query string is not percent-encoded.")
    text = text.replace("+", " ").replace("%20", " ")
    if "%" not in text:
        return text
    escapes = text.replace("\\", "%5C").replace("%", "\\x")  # as Python writes bytes, so that its own decoder reads them
    try:
        octets = escapes.encode("ascii").decode("unicode_escape").encode("latin-1")
    except UnicodeDecodeError:
        raise Malformed("bad_percent", "The query string is not percent-encoded.") from None
    try:
        return octets.decode()
    except UnicodeDecodeError:
        raise Malformed("bad_utf8", "The query string is not UTF-8.") from None


def as_query(body: type[Schema], names: Mapping[str, str]) -> type[Schema]:
    """The schema of a body as one of a query: the fields of `names` under their parameter names, loading to the same dictionary."""
    declared = {}
    for field_name, parameter in names.items():
        field = deepcopy(body._declared_fields[field_name])  # noqa: SLF001 -- marshmallow's own place for them
        field.data_key = parameter
        declared[field_name] = field
    left_out = tuple(name for name in body._declared_fields if name not in names)  # noqa: SLF001
    meta = type("Meta", (body.Meta,), {"exclude": left_out, "register": False})
    return type(f"{body.__name__}Query", (body,), {**declared, "Meta": meta})


@cache
def _kinds(schema: type[Schema]) -> dict[str, _Kind]:
    return {field.data_key or name: _kind(field) for name, field in schema().load_fields.items()}


def _kind(field: fields.Field[object]) -> _Kind:
    inner = field.inner if isinstance(field, fields.List) else field
    is_whole, is_truth = isinstance(inner, fields.Integer), isinstance(inner, fields.Boolean)
    return _Kind(isinstance(field, fields.List), is_whole or is_truth, is_whole, is_truth)


def _typed(text: str, kind: _Kind) -> object:
    """Text as the number or truth a strict field asks for; anything else stays text, for the field to refuse."""
    if kind.is_whole and _WHOLE.fullmatch(text):
        return int(text)
    if kind.is_truth:
        return _TRUTHS.get(text, text)
    return text
