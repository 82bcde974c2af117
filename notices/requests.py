"""From a checked JSON object to a `Request`: regions and languages resolved. The shape itself is judged by schemas."""

from collections.abc import Mapping, Sequence
from typing import Any

from elections.errors import UnknownRegion
from elections.places import Places
from notices.campaign import Signal, Surface
from notices.decision import Request
from notices.errors import UnknownLanguage
from notices.languages import canonical
from notices.schemas import NoticeRequestSchema
from web.errors import FieldError, Invalid
from web.validation import load


def read_request(data: object, places: Places, accepted: Sequence[str] = ()) -> Request:
    """The request that a client's JSON means; `accepted` are the languages of its Accept-Language header; raises Invalid."""
    return resolve(load(NoticeRequestSchema(), data), places, accepted)


def resolve(body: Mapping[str, Any], places: Places, accepted: Sequence[str] = ()) -> Request:
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
        languages=tuple(dict.fromkeys(languages)) or tuple(accepted),
        surface=Surface(body.get("surface", Surface.SEARCH)),
        signals=tuple(Signal(signal) for signal in body.get("signals", ())),
        limit=body.get("limit", 1),
    )


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
