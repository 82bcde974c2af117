"""Releases over HTTP: what was published, how two differ, what does not hold; publishing approved changes and rolling back."""

from typing import Any

from aiohttp import web

from admin.api.answers import ListPageSchema, PageQuerySchema, answer, cut, page, whole_number
from admin.api.changes_api import BASE, BODY_BYTES, READ
from admin.api.office import Office, actor_of, fingerprint, key_of
from admin.api.release_schemas import (
    DifferencesQuerySchema,
    FindingsSchema,
    PublishSchema,
    ReleaseQuerySchema,
    RollbackSchema,
    StoredReleaseSchema,
    StoredReleasesSchema,
)
from admin.curation.acting import Act
from admin.curation.telling import cursor_of, difference_document, release_line
from admin.jobs import checks_job, envelope_job, publish_job, roll_back_job
from review.errors import Unknown
from review.proof_rows import StoredHead
from web.body import read_json
from web.query import read_query
from web.routes import Access, route
from web.validation import load

PUBLISHED = (400, 401, 403, 404, 409, 412, 413, 415, 422, 503)


class ReleasesApi:
    """`/admin/api/v1/releases` and `/admin/api/v1/checks`."""

    def __init__(self, office: Office) -> None:
        """Use cases are done through the office."""
        self._office = office

    @route(
        "GET",
        f"{BASE}/releases",
        access=Access.VIEWER,
        summary="Releases, the newest first",
        query=PageQuerySchema,
        responses={200: StoredReleasesSchema},
        errors=(400, 401, 403, 422, 503),
    )
    async def list_releases(self, request: web.Request) -> web.StreamResponse:
        """Each with its changes: who made and who approved them."""
        wanted = load(PageQuerySchema(), read_query(request, PageQuerySchema))
        before = whole_number(wanted.get("after"), "/after")

        def look(act: Act) -> Any:
            found, last = cut(act.unit.releases.heads(before, wanted["limit"] + 1), wanted["limit"])
            return page([release_line(one) for one in found], last.number if last else None)

        return answer(await self._office.read(request, look))

    @route(
        "GET",
        rf"{BASE}/releases/{{number:\d{{1,9}}}}",
        access=Access.VIEWER,
        summary="A release",
        responses={200: StoredReleaseSchema},
        errors=READ,
    )
    async def get_release(self, request: web.Request) -> web.StreamResponse:
        """Without its documents."""
        return answer(await self._office.read(request, lambda act: release_line(_head(act, request))))

    @route(
        "GET",
        rf"{BASE}/releases/{{number:\d{{1,9}}}}/file",
        access=Access.VIEWER,
        summary="A release whole, as it was signed",
        responses={200: "application/json"},
        errors=READ,
    )
    async def get_file(self, request: web.Request) -> web.StreamResponse:
        """What `signpost verify --file` proves."""
        text = await self._office.heavy(envelope_job, actor_of(request), int(request.match_info["number"]))
        name = f'attachment; filename="release-{request.match_info["number"]}.json"'
        return web.Response(body=text, content_type="application/json", headers={"Cache-Control": "no-store", "Content-Disposition": name})

    @route(
        "GET",
        rf"{BASE}/releases/{{number:\d{{1,9}}}}/differences",
        access=Access.VIEWER,
        summary="What a release changed",
        query=DifferencesQuerySchema,
        responses={200: ListPageSchema},
        errors=(400, *READ, 422),
    )
    async def list_differences(self, request: web.Request) -> web.StreamResponse:
        """Each document before and after, by kind and id, compared with the release before or with another."""
        wanted = load(DifferencesQuerySchema(), read_query(request, DifferencesQuerySchema))
        since, after = wanted.get("since"), wanted.get("after", "")

        def look(act: Act) -> Any:
            head = _head(act, request)
            named = ((cursor_of(one[0]), one) for one in act.unit.releases.differing(since or head.number - 1, head.number))
            left = sorted(((name, one) for name, one in named if name > after), key=lambda pair: pair[0])
            found, last = cut(tuple(left[: wanted["limit"] + 1]), wanted["limit"])
            return page([difference_document(*one) for _, one in found], last[0] if last else None)

        return answer(await self._office.read(request, look))

    @route(
        "POST",
        f"{BASE}/releases",
        access=Access.REVIEWER,
        summary="Publish approved changes as one release",
        body=PublishSchema,
        responses={201: StoredReleaseSchema},
        errors=PUBLISHED,
    )
    async def post_release(self, request: web.Request) -> web.StreamResponse:
        """All of them or none: checks are gates now. Takes some seconds, while everything else goes on."""
        body = load(PublishSchema(), data := await read_json(request, BODY_BYTES))
        actor, key, mark = actor_of(request), key_of(request), fingerprint(request, data)
        status, document = await self._office.press(publish_job, actor, tuple(body["changes"]), key, mark)
        return answer(document, status=status)

    @route(
        "POST",
        f"{BASE}/releases/rollback",
        access=Access.ADMIN,
        summary="Publish an older release's content as a new one",
        body=RollbackSchema,
        responses={201: StoredReleaseSchema},
        errors=PUBLISHED,
    )
    async def post_rollback(self, request: web.Request) -> web.StreamResponse:
        """At once: what it brings back was approved before."""
        body = load(RollbackSchema(), data := await read_json(request, BODY_BYTES))
        actor, key, mark = actor_of(request), key_of(request), fingerprint(request, data)
        status, document = await self._office.press(roll_back_job, actor, body["number"], body["reason"], key, mark)
        return answer(document, status=status)

    @route(
        "GET",
        f"{BASE}/checks",
        access=Access.VIEWER,
        summary="What does not hold for a release",
        query=ReleaseQuerySchema,
        responses={200: FindingsSchema},
        errors=(400, *READ, 422),
    )
    async def get_checks(self, request: web.Request) -> web.StreamResponse:
        """Every finding as of today; all codes are in docs/checks.md."""
        number = load(ReleaseQuerySchema(), read_query(request, ReleaseQuerySchema)).get("release")
        return answer(await self._office.heavy(checks_job, actor_of(request), number))


def _head(act: Act, request: web.Request) -> StoredHead:
    head = act.unit.releases.head(int(request.match_info["number"]))
    if head is None:
        raise Unknown("There is no such release.")
    return head
