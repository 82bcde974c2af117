"""Changes over HTTP: opened, described, moved on, discussed, looked at; what is in them is in documents_api."""

from dataclasses import replace
from typing import Any, Final

from aiohttp import web

from admin.api.answers import answer, cut, expected, page
from admin.api.change_schemas import (
    ChangedAboutSchema,
    ChangeSchema,
    ChangesQuerySchema,
    ChangesSchema,
    NewChangeSchema,
    RebaseSchema,
    WhySchema,
)
from admin.api.office import Office, actor_of
from admin.curation.acting import Act
from admin.curation.editing import describe, open_change
from admin.curation.reviewing import Take, approve, rebase, reject, submit, withdraw
from admin.curation.standing import change_of
from admin.curation.telling import (
    change_document,
    change_line,
    key_of,
    plain,
)
from review.change import About, Change, State, When
from review.pieces import Key, Kind
from web.body import read_json
from web.query import read_query
from web.routes import Access, route
from web.validation import load

BASE: Final = "/admin/api/v1"
BODY_BYTES: Final = 128 * 1024
READ: Final = (401, 403, 404, 503)
MOVED: Final = (400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 503)


class ChangesApi:
    """`/admin/api/v1/changes`."""

    def __init__(self, office: Office) -> None:
        """Use cases are done through the office."""
        self._office = office

    @route(
        "GET",
        f"{BASE}/changes",
        access=Access.VIEWER,
        summary="Changes, by id",
        query=ChangesQuerySchema,
        responses={200: ChangesSchema},
        errors=(400, 401, 403, 422, 503),
    )
    async def list_changes(self, request: web.Request) -> web.StreamResponse:
        """Open ones and ended ones; an id begins with the day on which the change was opened."""
        wanted = load(ChangesQuerySchema(), read_query(request, ChangesQuerySchema))
        person = wanted.get("person")
        person = actor_of(request).person if person == "me" else person
        touching = key_of(wanted.get("kind", ""), wanted["id"]) if "id" in wanted else None
        states = tuple(State(one) for one in wanted["state"])

        def look(act: Act) -> Any:
            found, last = cut(
                act.unit.changes.find(states, person, touching, wanted.get("after", ""), wanted["limit"] + 1), wanted["limit"]
            )
            return page([change_line(one) for one in found], last.id if last else None)

        return answer(await self._office.read(request, look))

    @route(
        "POST",
        f"{BASE}/changes",
        access=Access.CURATOR,
        summary="Open a change",
        body=NewChangeSchema,
        responses={201: ChangeSchema},
        errors=(400, 401, 403, 413, 415, 422, 503),
        example={
            "title": "How people ask for polling stations in Bavaria",
            "reason": "Seen in support mail",
            "source": "https://example.org",
        },
    )
    async def post_change(self, request: web.Request) -> web.StreamResponse:
        """An empty draft; its documents are edited one by one, and it is submitted for review when it is ready."""
        body = load(NewChangeSchema(), data := await read_json(request, BODY_BYTES))

        def do(act: Act) -> tuple[int, Any]:
            return 201, plain(change_document(act, open_change(act, _about(body))))

        return await self._office.create(request, "change.opened", "", data, do)

    @route("GET", f"{BASE}/changes/{{change}}", access=Access.VIEWER, summary="A change", responses={200: ChangeSchema}, errors=READ)
    async def get_change(self, request: web.Request) -> web.StreamResponse:
        """With its approvals, how many it takes and why, and its conflicts; the ETag is what moving it needs."""

        def look(act: Act) -> Any:
            return change_document(act, change_of(act, request.match_info["change"]))

        return _tagged(await self._office.read(request, look))

    @route(
        "PATCH",
        f"{BASE}/changes/{{change}}",
        access=Access.CURATOR,
        summary="Say otherwise what a change is about, or when it is published",
        body=ChangedAboutSchema,
        responses={200: ChangeSchema},
        errors=MOVED,
    )
    async def patch_change(self, request: web.Request) -> web.StreamResponse:
        """Counts as an edit: what was approved is not any more. Needs If-Match."""
        body = load(ChangedAboutSchema(), await read_json(request, BODY_BYTES))

        def do(act: Act) -> Change:
            known = change_of(act, request.match_info["change"])
            about = known.about
            when = When(body.get("publish", about.when.value))
            publish_at = body.get("publish_at", about.publish_at if when is When.AT else None)
            said = {name: body[name] for name in ("title", "reason", "source") if name in body}
            return describe(act, known.id, replace(about, when=when, publish_at=publish_at, **said), expected(request))

        return await self._moved(request, "change.described", do)

    @route(
        "POST",
        f"{BASE}/changes/{{change}}/submit",
        access=Access.CURATOR,
        summary="Ask for review",
        responses={200: ChangeSchema},
        errors=MOVED,
    )
    async def submit_change(self, request: web.Request) -> web.StreamResponse:
        """From now on approvals bind to exactly this content. Needs If-Match."""
        return await self._moved(request, "change.submitted", lambda act: submit(act, request.match_info["change"], expected(request)))

    @route(
        "POST",
        f"{BASE}/changes/{{change}}/approve",
        access=Access.REVIEWER,
        summary="Approve exactly what is there",
        responses={200: ChangeSchema},
        errors=MOVED,
    )
    async def approve_change(self, request: web.Request) -> web.StreamResponse:
        """Refused to whoever wrote any revision. Needs If-Match, so that it is about what was read."""
        return await self._moved(request, "change.approved", lambda act: approve(act, request.match_info["change"], expected(request)))

    @route(
        "POST",
        f"{BASE}/changes/{{change}}/reject",
        access=Access.REVIEWER,
        summary="Send a change back",
        body=WhySchema,
        responses={200: ChangeSchema},
        errors=MOVED,
    )
    async def reject_change(self, request: web.Request) -> web.StreamResponse:
        """Says why; its authors may edit it again. Needs If-Match."""
        why = load(WhySchema(), await read_json(request, BODY_BYTES))["why"]
        return await self._moved(request, "change.rejected", lambda act: reject(act, request.match_info["change"], expected(request), why))

    @route(
        "POST",
        f"{BASE}/changes/{{change}}/withdraw",
        access=Access.CURATOR,
        summary="Give a change up",
        responses={200: ChangeSchema},
        errors=MOVED,
    )
    async def withdraw_change(self, request: web.Request) -> web.StreamResponse:
        """For good; nothing of it is lost. Needs If-Match."""
        return await self._moved(request, "change.withdrawn", lambda act: withdraw(act, request.match_info["change"], expected(request)))

    @route(
        "POST",
        f"{BASE}/changes/{{change}}/rebase",
        access=Access.CURATOR,
        summary="Bring a change onto what is published now",
        body=RebaseSchema,
        responses={200: ChangeSchema},
        errors=MOVED,
    )
    async def rebase_change(self, request: web.Request) -> web.StreamResponse:
        """What both sides changed apart is joined; of what both changed, say which side to take. Needs If-Match; it is a draft again."""
        body = load(RebaseSchema(), await read_json(request, BODY_BYTES))
        settled = {Key(Kind(one["kind"]), one["id"]): Take(one["take"]) for one in body["settled"]}
        return await self._moved(
            request, "change.rebased", lambda act: rebase(act, request.match_info["change"], expected(request), settled)
        )

    async def _moved(self, request: web.Request, action: str, do: Any) -> web.Response:
        def act(act: Act) -> Any:
            return change_document(act, do(act))

        return _tagged(await self._office.write(request, action, request.match_info["change"], act))


def _about(body: dict[str, Any]) -> About:
    return About(body["title"], body["reason"], body["source"], When(body["publish"]), body["publish_at"])


def _tagged(document: dict[str, Any]) -> web.Response:
    return answer(document, tag=document["tag"])
