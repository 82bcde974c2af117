"""How the side door's JSON answers look: never cached, tagged where they may be edited, lists in pages; and how conditions are read."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from aiohttp import hdrs, web
from marshmallow import Schema, fields, validate

from admin.curation.telling import text_of
from web.errors import FieldError, Invalid, Malformed

MOST: Final = 500


class PageQuerySchema(Schema):
    """Which part of a list."""

    after = fields.String(metadata={"description": "Where the page before ended: its `next`."})
    limit = fields.Integer(
        validate=validate.Range(1, MOST), load_default=100, metadata={"description": f"At most so many, 1 to {MOST}; 100 by default."}
    )


class ListSchema(Schema):
    """A whole list."""

    items = fields.List(fields.Dict(), required=True)


class ListPageSchema(ListSchema):
    """A page of a list."""

    next = fields.String(required=True, allow_none=True)


def one_of(kind: type[Any]) -> validate.OneOf:
    """One of the codes of an enumeration."""
    return validate.OneOf([member.value for member in kind])


def said(description: str, **more: Any) -> dict[str, Any]:
    """A field's arguments with a description for the reference."""
    return {"metadata": {"description": description}, **more}


def answer(document: object, *, status: int = 200, tag: str | None = None, headers: Mapping[str, str] | None = None) -> web.Response:
    """A JSON answer; `tag` is what If-Match may name it by."""
    sent = {hdrs.CACHE_CONTROL: "no-store", **(headers or {})}
    if tag:
        sent[hdrs.ETAG] = f'"{tag}"'
    return web.Response(text=text_of(document), status=status, content_type="application/json", headers=sent)


def page(items: Iterable[object], following: str | int | None) -> dict[str, Any]:
    """One page of a list; `next` is null on the last one."""
    return {"items": list(items), "next": None if following is None else str(following)}


def cut(items: tuple[Any, ...], limit: int) -> tuple[tuple[Any, ...], Any | None]:
    """Of one more item than asked for: those of this page, and the last of them where there are more."""
    return (items[:limit], items[limit - 1]) if len(items) > limit else (items, None)


def expected(request: web.Request) -> str | None:
    """The tag that If-Match names; the empty one for `If-None-Match: *`, which asks for something new; None without either."""
    given = request.headers.get(hdrs.IF_MATCH)
    if given is None:
        return "" if request.headers.get(hdrs.IF_NONE_MATCH, "").strip() == "*" else None
    tag = given.strip()
    if len(tag) < 2 or tag[0] != '"' or tag[-1] != '"' or '"' in tag[1:-1]:
        raise Malformed("bad_if_match", 'If-Match names one ETag as it was given, in quotes: "…".')
    return tag[1:-1]


def whole_number(text: str | None, pointer: str) -> int | None:
    """A cursor that is a number; raises Invalid."""
    if text is None:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise Invalid(FieldError(pointer, "invalid_cursor", "This is not a cursor that was given before."))
    return int(text)
