"""Documents over HTTP: as they are published, and as a change has them, where they are edited one by one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web

from admin.api.answers import ListSchema, PageQuerySchema, answer, cut, expected, page
from admin.api.changes_api import BASE, BODY_BYTES, MOVED, READ
from admin.api.document_schemas import (
    BodySchema,
    DocumentSchema,
    DocumentsQuerySchema,
    DocumentsSchema,
    EditedSchema,
    EditsSchema,
    HeldDocumentSchema,
    NewTermSchema,
)
from admin.api.office import Office
from admin.curation.acting import Act
from admin.curation.editing import add_term, put, remove, revert
from admin.curation.standing import change_of, tag_of
from admin.curation.telling import change_line, edit_document, held_document, kept_document, key_document, key_of, plain
from notices.errors import InvalidDocument
from review.change import Change
from review.errors import Unknown
from review.pieces import Key, Kind, Piece
from store.values import Wanted
from web.body import read_json
from web.query import read_query
from web.routes import Access, route
from web.validation import load

DOCUMENT_BYTES = 8 * 1024 * 1024
"""The words that are never taken for typos are one document of some megabytes; any other is far smaller."""
INSIDE = f"{BASE}/changes/{{change}}"


class DocumentsApi:
    """`/admin/api/v1/documents` and `/admin/api/v1/changes/{change}/documents`."""

    def __init__(self, office: Office) -> None:
        """Use cases are done through the office."""
        self._office = office

    @route(
        "GET",
        f"{BASE}/documents/{{kind}}",
        access=Access.VIEWER,
        summary="Published documents of a kind",
        query=DocumentsQuerySchema,
        responses={200: DocumentsSchema},
        errors=(400, *READ, 422),
    )
    async def list_documents(self, request: web.Request) -> web.StreamResponse:
        """By id; `owner` asks for the terms of a list or the wordings of a notice."""
        wanted = load(DocumentsQuerySchema(), read_query(request, DocumentsQuerySchema))
        kind = key_of(request.match_info["kind"], "").kind
        owner = wanted.get("owner") if kind in {Kind.TERM, Kind.WORDING} else None

        def look(act: Act) -> Any:
            asked = Wanted(owner, wanted.get("text", ""), wanted.get("after", ""), wanted["limit"] + 1)
            found, last = cut(act.unit.releases.find(kind, asked), wanted["limit"])
            return page([kept_document(one) for one in found], last.piece.key.id if last else None)

        return answer(await self._office.read(request, look))

    @route(
        "GET",
        f"{BASE}/documents/{{kind}}/{{id:.+}}",
        access=Access.VIEWER,
        summary="A published document",
        responses={200: DocumentSchema},
        errors=(*READ, 422),
    )
    async def get_document(self, request: web.Request) -> web.StreamResponse:
        """With its ETag."""
        key = _key(request)

        def look(act: Act) -> Any:
            kept = act.unit.releases.piece(key)
            if kept is None:
                raise Unknown("There is no such document in the latest release.")
            return kept_document(kept)

        found = await self._office.read(request, look)
        return answer(found, tag=found["tag"])

    @route(
        "GET",
        f"{BASE}/history/{{kind}}/{{id:.+}}",
        access=Access.VIEWER,
        summary="Everything that was ever published under an id",
        responses={200: ListSchema},
        errors=(*READ, 422),
    )
    async def get_history(self, request: web.Request) -> web.StreamResponse:
        """The oldest first, each with the releases that held it."""
        key = _key(request)
        return answer(
            await self._office.read(request, lambda act: {"items": [kept_document(one) for one in act.unit.releases.history(key)]})
        )

    @route(
        "GET",
        f"{INSIDE}/edits",
        access=Access.VIEWER,
        summary="What a change edits",
        query=PageQuerySchema,
        responses={200: EditsSchema},
        errors=(400, *READ, 422),
    )
    async def list_edits(self, request: web.Request) -> web.StreamResponse:
        """Each document before and after, by kind and id."""
        wanted = load(PageQuerySchema(), read_query(request, PageQuerySchema))
        kind, _, known_as = wanted.get("after", "").partition(" ")
        after = key_of(kind, known_as) if known_as else None

        def look(act: Act) -> Any:
            change = change_of(act, request.match_info["change"])
            found, last = cut(tuple(act.unit.changes.edits(change.id, after, wanted["limit"] + 1)), wanted["limit"])
            return page([edit_document(act, edit) for edit in found], f"{last.key.kind.value} {last.key.id}" if last else None)

        return answer(await self._office.read(request, look))

    @route(
        "GET",
        f"{INSIDE}/documents/{{kind}}/{{id:.+}}",
        access=Access.VIEWER,
        summary="A document as a change has it",
        responses={200: HeldDocumentSchema},
        errors=(*READ, 422),
    )
    async def get_held(self, request: web.Request) -> web.StreamResponse:
        """Edited, else as published; its ETag is what editing it needs."""
        key = _key(request)
        found = await self._office.read(request, lambda act: held_document(act, key, request.match_info["change"]))
        return answer(found, tag=found["tag"])

    @route(
        "PUT",
        f"{INSIDE}/documents/{{kind}}/{{id:.+}}",
        access=Access.CURATOR,
        summary="Edit a document in a change",
        body=BodySchema,
        responses={200: EditedSchema},
        errors=MOVED,
    )
    async def put_document(self, request: web.Request) -> web.StreamResponse:
        """The whole document in the place of the one there. Needs If-Match with its ETag, or `If-None-Match: *` for a new one."""
        body = load(BodySchema(), await read_json(request, DOCUMENT_BYTES))["document"]
        key = _key(request)

        def do(act: Act) -> Any:
            with _inside_document():
                return _edited(*put(act, request.match_info["change"], key, body, expected(request)))

        return await self._edit(request, do)

    @route(
        "DELETE",
        f"{INSIDE}/documents/{{kind}}/{{id:.+}}",
        access=Access.CURATOR,
        summary="Take a document out in a change",
        responses={200: EditedSchema},
        errors=MOVED,
    )
    async def delete_document(self, request: web.Request) -> web.StreamResponse:
        """A list goes with its terms, a notice with its wordings. Needs If-Match."""
        key = _key(request)

        def do(act: Act) -> Any:
            change = remove(act, request.match_info["change"], key, expected(request))
            return {"change": change_line(change), **key_document(key), "document": None, "tag": None}

        return await self._edit(request, do)

    @route(
        "DELETE",
        f"{INSIDE}/edits/{{kind}}/{{id:.+}}",
        access=Access.CURATOR,
        summary="Take an edit back",
        responses={200: EditedSchema},
        errors=MOVED,
    )
    async def delete_edit(self, request: web.Request) -> web.StreamResponse:
        """The change then leaves the published document alone. Needs If-Match with the document's ETag."""
        key = _key(request)

        def do(act: Act) -> Any:
            change = revert(act, request.match_info["change"], key, expected(request))
            kept = act.unit.releases.piece(key)
            body, hash_ = (kept.piece.body, kept.hash) if kept else (None, None)
            return {"change": change_line(change), **key_document(key), "document": body, "tag": tag_of(hash_) or None}

        return await self._edit(request, do)

    @route(
        "POST",
        f"{INSIDE}/terms",
        access=Access.CURATOR,
        summary="Add a term to a list in a change",
        body=NewTermSchema,
        responses={201: EditedSchema},
        errors=MOVED,
        example={"list": "DE/de/voting", "document": {"text": "wo wähle ich", "slot": "where_do_i_vote"}},
    )
    async def post_term(self, request: web.Request) -> web.StreamResponse:
        """It is given an id; needs no If-Match, since it replaces nothing."""
        body = load(NewTermSchema(), data := await read_json(request, BODY_BYTES))
        known_as = request.match_info["change"]

        def do(act: Act) -> tuple[int, Any]:
            with _inside_document():
                return 201, plain(_edited(*add_term(act, known_as, body["list"], body["document"])))

        return await self._office.create(request, "change.edited", known_as, data, do)

    async def _edit(self, request: web.Request, do: Any) -> web.Response:
        found = await self._office.write(request, "change.edited", request.match_info["change"], do)
        return answer(found, tag=found["tag"])


@contextmanager
def _inside_document() -> Iterator[None]:
    """What is wrong in a document is told as a place in the body that holds it."""
    try:
        yield
    except InvalidDocument as error:
        raise InvalidDocument(str(error), f"/document{error.path}") from error


def _key(request: web.Request) -> Key:
    return key_of(request.match_info["kind"], request.match_info["id"])


def _edited(change: Change, piece: Piece) -> dict[str, Any]:
    return {"change": change_line(change), **key_document(piece.key), "document": piece.body, "tag": tag_of(piece.hash)}
