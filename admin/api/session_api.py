"""Signing in by password and out again over HTTP; through a provider in openid_api, one's own passwords and codes in me_api."""

from typing import Final

from aiohttp import hdrs, web

from admin.api.answers import answer
from admin.api.changes_api import BASE
from admin.api.door import ADMITTED, Door, session_of
from admin.api.office import Office
from admin.api.people_documents import me_document
from admin.api.people_schemas import MeSchema, SignInSchema, WaysSchema
from admin.api.proving import Proving
from admin.curation.acting import SYSTEM, Act
from admin.curation.people_credentials import rehash
from admin.curation.people_errors import SignInFailed
from admin.curation.people_sessions import LONGEST_DEVICE, end_named_sessions
from admin.curation.signing_in import NOBODY, OPENED, SignedIn, signed_in
from admin.signing_in.passwords import needs_rehash
from review.people import Person
from web.body import read_json
from web.errors import Forbidden
from web.routes import Access, route
from web.validation import load

BODY_BYTES: Final = 16 * 1024


class SessionApi:
    """`/admin/api/v1/sign-in` and `/sign-out`."""

    def __init__(self, office: Office, door: Door, proving: Proving) -> None:
        """The door knows the cookies and how long sessions last."""
        self._office, self._door, self._proving = office, door, proving

    @route("GET", f"{BASE}/sign-in", access=Access.PUBLIC, summary="How one may sign in", responses={200: WaysSchema}, is_shared=False)
    async def ways_to_sign_in(self, _request: web.Request) -> web.StreamResponse:
        """By password always, for people who have one."""
        return answer({"password": True, "openid": bool(self._office.settings.openid_issuer)})

    @route(
        "POST",
        f"{BASE}/sign-in",
        access=Access.PUBLIC,
        summary="Sign in by password",
        body=SignInSchema,
        responses={200: MeSchema},
        errors=(400, 401, 403, 413, 415, 422, 429, 503),
        rate="sign_in",
        is_shared=False,
    )
    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """Sets the session's cookie. One sentence for everything that is wrong; after five failures the next try must wait."""
        if not self._door.cookies.is_from_here(request):
            raise Forbidden("wrong_origin", "Sign in on a page of this service.")
        typed = load(SignInSchema(), await read_json(request, BODY_BYTES))
        attempt, is_right = await self._proving.tried(request, NOBODY, typed["name"], typed["password"], OPENED)
        brought, device = self._door.cookies.digest(request), device_of(request)

        def do(act: Act) -> SignedIn | None:
            return signed_in(act, attempt, typed["code"], device, self._door.rules, is_right=is_right, ending=brought)

        found = await self._office.write_as(NOBODY, OPENED, "", do)
        if found is None:
            raise SignInFailed
        if needs_rehash(attempt.stored):
            await self._rehash(found.person, attempt.stored, typed["password"])
        admitted = found.admitted
        document = await self._office.read_as(admitted.actor, lambda act: me_document(act, admitted, found.opened.secret))
        response = answer(document)
        self._door.cookies.set(response, self._door.cookies.session, found.opened.secret)
        return response

    async def _rehash(self, person: Person, before: str, password: str) -> None:
        hashed = await self._proving.strongroom.hashed(password)
        await self._office.write_as(SYSTEM, "password.rehashed", person.id, lambda act: rehash(act, person.id, before, hashed))

    @route("POST", f"{BASE}/sign-out", access=Access.PERSON, summary="Sign out", errors=(401, 403, 503))
    async def sign_out(self, request: web.Request) -> web.StreamResponse:
        """Ends the session, from the next request on in every tab."""
        session = session_of(request)
        ids = (session.id,)
        await self._office.write(request, "session.ended", session.person, lambda act: end_named_sessions(act, session.person, ids))
        response = web.Response(status=204, headers={hdrs.CACHE_CONTROL: "no-store"})
        self._door.cookies.drop(response, self._door.cookies.session)
        return response

    @route("GET", f"{BASE}/me", access=Access.PERSON, summary="Who is signed in", responses={200: MeSchema}, errors=(401, 503))
    async def get_me(self, request: web.Request) -> web.StreamResponse:
        """What they may now, what they must set up first, and the token that goes with each change."""
        admitted, secret = request[ADMITTED], self._door.cookies.secret(request)
        return answer(await self._office.read(request, lambda act: me_document(act, admitted, secret)))


def device_of(request: web.Request) -> str:
    """What the browser says it is, for its owner to know it by in a list; one printable line."""
    text = request.headers.get(hdrs.USER_AGENT, "")
    return "".join(one for one in text[:500] if one.isprintable())[:LONGEST_DEVICE]
