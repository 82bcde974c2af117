"""Files over HTTP: brought into a change, with a report or with progress, and published documents taken out. How files look is for sheets."""

import re
from collections.abc import AsyncIterator
from typing import Any, Final

from aiohttp import hdrs, web

from admin.api.answers import answer
from admin.api.changes_api import BASE
from admin.api.import_jobs import ImportJobs
from admin.api.imports_schemas import WRITTEN, ExportQuerySchema, ImportProgressSchema, ImportQuerySchema, ImportReportSchema
from admin.api.office import Office, actor_of, fingerprint, key_of
from admin.curation.exporting import Selection
from admin.curation.importing import Into, Order
from admin.curation.importing_errors import ImportRefused
from admin.curation.importing_values import Mode
from admin.jobs import export_job, import_job
from admin.sheets.errors import CannotWrite
from admin.sheets.findings import LARGEST, Defaults, Problem, SheetFormat, SheetKind
from review.change import About
from web.body import read_bytes
from web.errors import FieldError, Invalid, NotFound
from web.query import read_query
from web.routes import Access, route
from web.validation import load

BODY_SECONDS: Final = 120.0
"""How long 32 MB may take to arrive."""
_CHUNK: Final = 256 * 1024
_MEDIA: Final = {
    SheetFormat.CSV: "text/csv",
    SheetFormat.TSV: "text/tab-separated-values",
    SheetFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    SheetFormat.JSON: "application/json",
    SheetFormat.YAML: "application/yaml",
}
_IMPORTED: Final = (400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 503)


class ImportsApi:
    """`/admin/api/v1/imports` and `/admin/api/v1/exports`."""

    def __init__(self, office: Office) -> None:
        """Files are read and written in the office's worker."""
        self._office = office
        self._jobs = ImportJobs()

    @route(
        "POST",
        f"{BASE}/imports",
        access=Access.CURATOR,
        summary="Bring a file into a change",
        query=ImportQuerySchema,
        responses={200: ImportReportSchema, 201: ImportReportSchema, 202: ImportProgressSchema},
        errors=_IMPORTED,
    )
    async def post_import(self, request: web.Request) -> web.StreamResponse:
        """The body is the file as it is, up to 32 MB. It is taken whole or not at all: 422 tells what is wrong by row and column.

        A dry run, and a file that says what is there already, give 200 with the report; else 201 with the change that it came into.
        """
        asked = load(ImportQuerySchema(), read_query(request, ImportQuerySchema))
        order, actor, key, mark = _order(asked), actor_of(request), key_of(request), fingerprint(request, None)
        data = await read_bytes(request, LARGEST, BODY_SECONDS)
        if asked["is_async"]:
            job = self._jobs.begin(actor, lambda progress: self._office.heavy(import_job, actor, order, data, key, mark, progress))
            return answer(await job.document(), status=202, headers={hdrs.LOCATION: f"{BASE}/imports/{job.id}"})
        try:
            status, document = await self._office.heavy(import_job, actor, order, data, key, mark)
        except ImportRefused as error:
            raise _invalid(error) from None
        return answer(document, status=status)

    @route(
        "GET",
        f"{BASE}/imports/{{id}}",
        access=Access.CURATOR,
        summary="How far an import is",
        responses={200: ImportProgressSchema},
        errors=_IMPORTED,
    )
    async def get_import(self, request: web.Request) -> web.StreamResponse:
        """For whoever began it. Once it is done, its report, or the problem that it was refused with."""
        job = self._jobs.of(actor_of(request), request.match_info["id"])
        if job is None:
            raise NotFound("unknown_import", "There is no such import, or it was done long ago.")
        try:
            return answer(await job.document())
        except ImportRefused as error:
            raise _invalid(error) from None

    @route(
        "GET",
        rf"{BASE}/exports/{{kind:[a-z_]+}}.{{form:[a-z]+}}",
        access=Access.VIEWER,
        summary="Published documents as a file",
        query=ExportQuerySchema,
        responses={200: "application/octet-stream"},
        errors=(400, 401, 403, 404, 422, 503),
    )
    async def get_export(self, request: web.Request) -> web.StreamResponse:
        """What importing reads back without loss; `kind` and `form` as there, formats of other programs excepted."""
        asked = load(ExportQuerySchema(), read_query(request, ExportQuerySchema))
        kind, form = request.match_info["kind"], request.match_info["form"]
        if kind not in set(SheetKind) or form not in WRITTEN:
            raise NotFound("unknown_export", f"There are {', '.join(SheetKind)}, each as {', '.join(WRITTEN)}.")
        selection = Selection(SheetKind(kind), SheetFormat(form), **asked)
        try:
            data = await self._office.heavy(export_job, actor_of(request), selection)
        except CannotWrite as error:
            raise Invalid(FieldError("/form", error.code, str(error))) from None
        headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{kind}.{form}"'}
        response = web.StreamResponse(headers={**headers, hdrs.CONTENT_TYPE: _MEDIA[selection.form]})
        response.content_length = len(data)
        await response.prepare(request)
        async for chunk in _chunks(data):
            await response.write(chunk)
        await response.write_eof()
        return response


async def _chunks(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), _CHUNK):
        yield data[start : start + _CHUNK]


def _order(asked: dict[str, Any]) -> Order:
    if "change" in asked and "title" in asked:
        raise Invalid(FieldError("/title", "not_together", "A title is for a new change; the one that you name has its own."))
    kind, form = SheetKind(asked["kind"]), SheetFormat(asked["format"])
    source = f"{form.value} file" if form.value not in WRITTEN else ""
    defaults = Defaults(asked.get("region"), asked.get("language"), asked.get("topic"), source=source)
    about = About(asked.get("title", f"Import of {kind.value} ({form.value})"), asked["reason"])
    change = asked.get("change")
    return Order(kind, form, Mode(asked["mode"]), defaults, Into(change, None if change else about, asked["dry_run"]))


def _invalid(error: ImportRefused) -> Invalid:
    """The first problems, each with a pointer to its row and column; how many there are is said first where not all are told."""
    told = [FieldError(_pointer(problem), problem.code, problem.message) for problem in error.problems]
    if error.problem_count > len(told):
        told.insert(0, FieldError("", "more_problems", f"There are {error.problem_count} problems; the first {len(told)} are told."))
    return Invalid(*told)


def _pointer(problem: Problem) -> str:
    """`/row/17/match`; for JSON and YAML the number of the document and the place in it."""
    column = problem.column or ""
    if problem.row is None:
        return column if column.startswith("/") else ""
    parts = re.findall(r"[^.\[\]'/]+", column)
    return "".join(f"/{part}" for part in ("row", str(problem.row), *(part.replace("~", "~0") for part in parts)))
