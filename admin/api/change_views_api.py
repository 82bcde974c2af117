"""What there is to look at and to say about a change over HTTP: its effect, conflicts, comments, revisions; moving it is in changes_api."""

from typing import Any

from aiohttp import web

from admin.api.answers import ListPageSchema, ListSchema, PageQuerySchema, answer, cut, page, whole_number
from admin.api.change_schemas import ConflictsSchema, EffectSchema, TextSchema
from admin.api.changes_api import BASE, BODY_BYTES, READ
from admin.api.office import Office, actor_of
from admin.curation.acting import Act
from admin.curation.editing import comment
from admin.curation.reviewing import conflicts
from admin.curation.standing import change_of
from admin.curation.telling import comment_document, conflict_document, cursor_of, plain, written_document
from admin.jobs import effect_job
from web.body import read_json
from web.query import read_query
from web.routes import Access, route
from web.validation import load


class ChangeViewsApi:
    """What lies below `/admin/api/v1/changes/{change}` beside its moves and documents."""

    def __init__(self, office: Office) -> None:
        """Use cases are done through the office."""
        self._office = office

    @route(
        "GET",
        f"{BASE}/changes/{{change}}/conflicts",
        access=Access.VIEWER,
        summary="Where something else was published since",
        query=PageQuerySchema,
        responses={200: ConflictsSchema},
        errors=(400, *READ, 422),
    )
    async def list_conflicts(self, request: web.Request) -> web.StreamResponse:
        """Both sides of each, and what they started from; by kind and id."""
        wanted = load(PageQuerySchema(), read_query(request, PageQuerySchema))
        after = wanted.get("after", "")

        def look(act: Act) -> Any:
            every = sorted(conflicts(act, change_of(act, request.match_info["change"])), key=lambda one: cursor_of(one.key))
            left = tuple(one for one in every if cursor_of(one.key) > after)
            found, last = cut(left[: wanted["limit"] + 1], wanted["limit"])
            return page(map(conflict_document, found), cursor_of(last.key) if last else None)

        return answer(await self._office.read(request, look))

    @route(
        "GET",
        f"{BASE}/changes/{{change}}/effect",
        access=Access.VIEWER,
        summary="What a change would do",
        responses={200: EffectSchema},
        errors=READ,
    )
    async def get_effect(self, request: web.Request) -> web.StreamResponse:
        """Decided before and after it: takes some seconds, while everything else goes on."""
        return answer(await self._office.heavy(effect_job, actor_of(request), request.match_info["change"]))

    @route(
        "GET",
        f"{BASE}/changes/{{change}}/comments",
        access=Access.VIEWER,
        summary="What was said about a change",
        responses={200: ListSchema},
        errors=READ,
    )
    async def list_comments(self, request: web.Request) -> web.StreamResponse:
        """The oldest first."""

        def look(act: Act) -> Any:
            found = act.unit.changes.comments(change_of(act, request.match_info["change"]).id)
            return {"items": [comment_document(one) for one in found]}

        return answer(await self._office.read(request, look))

    @route(
        "POST",
        f"{BASE}/changes/{{change}}/comments",
        access=Access.VIEWER,
        summary="Say something about a change",
        body=TextSchema,
        responses={201: "application/json"},
        errors=(400, 401, 403, 404, 413, 415, 422, 503),
    )
    async def post_comment(self, request: web.Request) -> web.StreamResponse:
        """Plain text."""
        text = load(TextSchema(), data := await read_json(request, BODY_BYTES))["text"]
        known_as = request.match_info["change"]

        def do(act: Act) -> tuple[int, Any]:
            return 201, plain(comment_document(comment(act, known_as, text)))

        return await self._office.create(request, "change.commented", known_as, data, do)

    @route(
        "GET",
        f"{BASE}/changes/{{change}}/revisions",
        access=Access.VIEWER,
        summary="Every edit ever made in a change",
        query=PageQuerySchema,
        responses={200: ListPageSchema},
        errors=(400, *READ, 422),
    )
    async def list_revisions(self, request: web.Request) -> web.StreamResponse:
        """The oldest first, those that were taken back too."""
        wanted = load(PageQuerySchema(), read_query(request, PageQuerySchema))
        skipped = whole_number(wanted.get("after"), "/after") or 0

        def look(act: Act) -> Any:
            written = act.unit.changes.written(change_of(act, request.match_info["change"]).id)
            end = skipped + wanted["limit"]
            return page([written_document(*one) for one in written[skipped:end]], end if end < len(written) else None)

        return answer(await self._office.read(request, look))
