"""The audit log over HTTP: looked through page by page, and given out whole as JSON lines or as a table; proofs of it are in archive_api."""

from collections.abc import AsyncGenerator
from functools import partial
from typing import Final

from aiohttp import web
from marshmallow import Schema, fields, validate

from admin.api.answers import PageQuerySchema, answer, cut, page, whole_number
from admin.api.changes_api import BASE
from admin.api.office import Office
from admin.audit_files import PAGE, Form, audit_document, filters, following, head_text, lines_text
from admin.curation.acting import Act
from review.audit import AuditLine
from store.values import Lines
from web.query import read_query
from web.routes import Access, route
from web.streaming import streamed
from web.validation import load

LONGEST: Final = 200
TYPES: Final = {Form.JSONL: "application/jsonl", Form.CSV: "text/csv"}
ERRORS: Final = (400, 401, 403, 422, 503)


def _text(description: str) -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=LONGEST), metadata={"description": description})


def _moment(description: str) -> fields.AwareDateTime:
    return fields.AwareDateTime(format="iso", load_default=None, metadata={"description": description})


class AuditFilterSchema(Schema):
    """Which audit lines."""

    actor = _text("Who did it: a person's id, `signpost`, or `operator:…`.")
    action = _text("What was done, or how that begins: `change.` or `change.approved`.")
    subject = _text("To what: a change's id, a release's number, a person's id.")
    outcome = _text("`done`, or the code of a refusal.")
    text = _text("Some text in subject, detail or actor.")
    from_at = _moment("From this moment on, with offset.")
    to_at = _moment("Before this moment, with offset.")


AuditFilterSchema._declared_fields["from_at"].data_key = "from"  # noqa: SLF001  `from` cannot be a name in Python
AuditFilterSchema._declared_fields["to_at"].data_key = "to"  # noqa: SLF001


class AuditQuerySchema(PageQuerySchema, AuditFilterSchema):
    """The same, in pages."""


class AuditLineSchema(Schema):
    """Who did what to which thing, and the hashes that chain it to the line before."""

    number = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    actor = fields.String(required=True)
    way = fields.String(required=True, metadata={"description": "`session`, `token`, `operator` or `system`."})
    action = fields.String(required=True)
    subject = fields.String(required=True)
    outcome = fields.String(required=True)
    detail = fields.Dict(required=True)
    previous = fields.String(required=True)
    hash = fields.String(required=True)


class AuditSchema(Schema):
    """A page of audit lines, the newest first."""

    items = fields.List(fields.Nested(AuditLineSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class AuditApi:
    """`/admin/api/v1/audit`, and the same whole as files."""

    def __init__(self, office: Office) -> None:
        """Reads through the office."""
        self._office = office

    @route(
        "GET",
        f"{BASE}/audit",
        access=Access.REVIEWER,
        summary="Audit lines, the newest first",
        query=AuditQuerySchema,
        responses={200: AuditSchema},
        errors=ERRORS,
    )
    async def list_lines(self, request: web.Request) -> web.StreamResponse:
        """Every write, sign-in, refusal and export."""
        asked = load(AuditQuerySchema(), read_query(request, AuditQuerySchema))
        limit, before = asked.pop("limit"), whole_number(asked.pop("after", None), "/after")
        wanted = Lines(**asked, before=before, limit=limit + 1)
        found, last = cut(await self._office.read(request, lambda act: act.unit.journal.lines(wanted)), limit)
        return answer(page(map(audit_document, found), last.number if last else None))

    @route(
        "GET",
        f"{BASE}/audit.jsonl",
        access=Access.REVIEWER,
        summary="Audit lines as a file of JSON lines",
        query=AuditFilterSchema,
        responses={200: TYPES[Form.JSONL]},
        errors=ERRORS,
    )
    async def export_jsonl(self, request: web.Request) -> web.StreamResponse:
        """The newest first, one line each; that it was exported is an audit line too."""
        return await self._export(request, Form.JSONL)

    @route(
        "GET",
        f"{BASE}/audit.csv",
        access=Access.REVIEWER,
        summary="Audit lines as a table",
        query=AuditFilterSchema,
        responses={200: TYPES[Form.CSV]},
        errors=ERRORS,
    )
    async def export_csv(self, request: web.Request) -> web.StreamResponse:
        """The same for spreadsheets: no cell of it runs as a formula."""
        return await self._export(request, Form.CSV)

    async def _export(self, request: web.Request, form: Form) -> web.StreamResponse:
        wanted = Lines(**load(AuditFilterSchema(), read_query(request, AuditFilterSchema)), limit=PAGE)
        headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="audit.{form.value}"'}
        return await streamed(request, TYPES[form], self._parts(request, wanted, form), headers)

    async def _parts(self, request: web.Request, wanted: Lines, form: Form) -> AsyncGenerator[bytes, None]:
        def begin(act: Act) -> None:
            act.note("audit.exported", form.value, filters(wanted))

        await self._office.write(request, "audit.exported", form.value, begin)
        head = head_text(form)
        part: Lines | None = wanted
        while part is not None:
            found, text = await self._office.read(request, partial(_some, wanted=part, form=form))
            yield (head + text).encode()
            head, part = "", following(part, found)


def _some(act: Act, *, wanted: Lines, form: Form) -> tuple[tuple[AuditLine, ...], str]:
    found = act.unit.journal.lines(wanted)
    return found, lines_text(found, form)
