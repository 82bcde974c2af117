"""From JSON to a `Request`: the short way where nothing is unusual (see quick_read), else judged by the schema, then resolved."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from marshmallow import Schema

from elections.errors import UnknownRegion
from elections.places import Places
from notices import quick_read
from notices.campaign import Signal, Surface
from notices.decision import Request
from notices.errors import UnknownLanguage
from notices.languages import canonical
from notices.schemas import QUERY_NAMES, NoticeRequestSchema
from web.errors import FieldError, Invalid
from web.query import as_query
from web.validation import load

NoticeQuerySchema: Final = as_query(NoticeRequestSchema, QUERY_NAMES)
LAST_NUMBER: Final = 10**9
DRAFT: Final = "draft:"
"""Before the id of a change, where a release's number could stand."""
LONGEST_DRAFT: Final = 200


def read_request(data: object, places: Places, accepted: tuple[str, ...] = ()) -> Request:
    """The request that a client's JSON means; `accepted` are the languages of its Accept-Language header; raises Invalid."""
    return quick_read.read_body(data, places, accepted) or judge(data, places, accepted)


def read_parameters(values: Mapping[str, object], places: Places, accepted: tuple[str, ...] = ()) -> Request:
    """The request that the parameters of a query string mean; raises Invalid."""
    quick = quick_read.read_parameters(values, places, accepted)
    return quick or judge(values, places, accepted, NoticeQuerySchema)


def judge(data: object, places: Places, accepted: tuple[str, ...] = (), schema: type[Schema] = NoticeRequestSchema) -> Request:
    """The long way, which finds everything that is wrong; raises Invalid."""
    return resolve(load(_made(schema), data), places, accepted)


def wanted_release(body: Mapping[str, Any]) -> Any:
    """The release that is asked about: None, a number, or `draft:` and a change's id; raises Invalid."""
    wanted = body.get("release")
    is_number = isinstance(wanted, int) and not isinstance(wanted, bool) and 0 < wanted <= LAST_NUMBER
    if wanted is None or is_number or (isinstance(wanted, str) and wanted.startswith(DRAFT) and len(wanted) <= LONGEST_DRAFT):
        return wanted
    raise Invalid(FieldError("/release", "invalid_release", "A release is its number, or draft: and the id of a change."))


def resolve(body: Mapping[str, Any], places: Places, accepted: tuple[str, ...] = ()) -> Request:
    """Regions and languages of a loaded body, each error with its place; languages default to `accepted`, then the region's first."""
    errors: list[FieldError] = []
    region = _region(body["region"], "/region", places, errors)
    voting = body.get("voting_region")
    voting_region = region if voting is None else _region(voting, "/voting_region", places, errors)
    languages = [_language(tag, f"/languages/{number}", errors) for number, tag in enumerate(body.get("languages", ()))]
    if errors:
        raise Invalid(*errors)
    return Request(
        region=region,
        voting_region=voting_region,
        query=body.get("query", ""),
        hashtags=tuple(body.get("hashtags", ())),
        text=body.get("text", ""),
        languages=tuple(dict.fromkeys(languages)) or accepted,
        surface=Surface(body.get("surface", Surface.SEARCH)),
        signals=tuple(Signal(signal) for signal in body.get("signals", ())),
        limit=body.get("limit", 1),
    )


@cache
def _made(schema: type[Schema]) -> Schema:
    """One of each: making one takes longer than using it."""
    return schema()


def _region(code: str, pointer: str, places: Places, errors: list[FieldError]) -> str:
    try:
        return places.resolve(code).code
    except UnknownRegion as unknown:
        errors.append(FieldError(pointer, unknown.code, str(unknown), unknown.suggestion))
        return ""


def _language(tag: str, pointer: str, errors: list[FieldError]) -> str:
    try:
        return canonical(tag)
    except UnknownLanguage as unknown:
        errors.append(FieldError(pointer, unknown.code, str(unknown)))
        return ""
