"""API tokens over HTTP: made for oneself, listed, ended; whom one speaks for is the door's to find out."""

from typing import Any, Final

from aiohttp import web

from admin.api.answers import answer
from admin.api.changes_api import BASE
from admin.api.door import session_of
from admin.api.me_api import empty
from admin.api.office import Office, actor_of, fingerprint, key_of
from admin.api.people_documents import token_document
from admin.api.people_schemas import MadeTokenSchema, NewTokenSchema, TokensQuerySchema, TokensSchema
from admin.curation.acting import Act
from admin.curation.once import once
from admin.curation.people_tokens import Made, end_token, own_token, tokens_of
from admin.curation.telling import plain
from web.body import read_json
from web.query import read_query
from web.routes import Access, route
from web.validation import load

BODY_BYTES: Final = 64 * 1024


class TokensApi:
    """`/admin/api/v1/tokens`."""

    def __init__(self, office: Office) -> None:
        """Use cases are done through the office."""
        self._office = office

    @route(
        "GET",
        f"{BASE}/tokens",
        access=Access.VIEWER,
        summary="Tokens, the newest first",
        query=TokensQuerySchema,
        responses={200: TokensSchema},
        errors=(400, 401, 403, 404, 422, 503),
    )
    async def list_tokens(self, request: web.Request) -> web.StreamResponse:
        """Your own; as an admin those of somebody whose every right you could give."""
        wanted = load(TokensQuerySchema(), read_query(request, TokensQuerySchema))
        person = wanted.get("person", actor_of(request).person)
        found = await self._office.read(request, lambda act: tokens_of(act, person))
        return answer({"items": [token_document(one) for one in found]})

    @route(
        "POST",
        f"{BASE}/tokens",
        access=Access.VIEWER,
        summary="Make a token for yourself",
        body=NewTokenSchema,
        responses={201: MadeTokenSchema},
        errors=(400, 401, 403, 413, 415, 422, 503),
        example={"name": "nightly import", "grants": [{"role": "curator", "region": "DE", "languages": ["de"]}]},
    )
    async def make_token(self, request: web.Request) -> web.StreamResponse:
        """Its text is told this once, and kept nowhere: the same request again under its Idempotency-Key tells `token` as null."""
        session_of(request)
        body = await read_json(request, BODY_BYTES)
        given = load(NewTokenSchema(), body)
        key, mark = key_of(request), fingerprint(request, body)
        texts: list[str] = []

        def make(act: Act) -> tuple[int, Any]:
            made: Made = own_token(act, given["name"], given["grants"], given["expires_at"])
            texts.append(made.text)
            return 201, plain(token_document(made.token))

        status, document = await self._office.write(request, "token.made", "", lambda act: once(act, key, mark, lambda: make(act)))
        return answer({**document, "token": texts[0] if texts else None}, status=status)

    @route("DELETE", f"{BASE}/tokens/{{token}}", access=Access.VIEWER, summary="End a token", errors=(401, 403, 404, 503))
    async def end_token(self, request: web.Request) -> web.StreamResponse:
        """From its next request on. Yours, also by itself; as an admin that of somebody whose every right you could give."""
        named = request.match_info["token"]
        await self._office.write(request, "token.ended", named, lambda act: end_token(act, named))
        return empty()
