"""What people do about themselves: their password, authenticator, recovery codes and sessions; about others in people_api."""

from typing import Any

from aiohttp import hdrs, web

from admin.api.answers import answer
from admin.api.changes_api import BASE
from admin.api.cookies import csrf_token
from admin.api.door import ADMITTED, Door, session_of
from admin.api.office import Office
from admin.api.people_documents import session_document
from admin.api.people_schemas import (
    AuthenticatorSchema,
    CodeSchema,
    ConfirmedSchema,
    NewPasswordSchema,
    PasswordSchema,
    RecoveryCodesSchema,
    RotatedSchema,
    SessionsSchema,
)
from admin.api.proving import Proving
from admin.api.session_api import BODY_BYTES
from admin.curation.acting import Act
from admin.curation.people_credentials import (
    change_password,
    check_choice,
    confirm_one_time,
    drop_own_one_time,
    new_recovery_codes,
    start_one_time,
)
from admin.curation.people_sessions import Opened, end_named_sessions, open_sessions
from web.body import read_json
from web.routes import Access, route
from web.validation import load

PROVEN = (400, 401, 403, 409, 413, 415, 422, 429, 503)


class MeApi:
    """`/admin/api/v1/me/…`; all of it needs a session, not a token."""

    def __init__(self, office: Office, door: Door, proving: Proving) -> None:
        """Passwords are compared and hashed where nothing else waits."""
        self._office, self._door, self._proving = office, door, proving

    @route(
        "POST",
        f"{BASE}/me/password",
        access=Access.PERSON,
        summary="Choose another password",
        body=NewPasswordSchema,
        responses={200: RotatedSchema},
        errors=PROVEN,
    )
    async def change_password(self, request: web.Request) -> web.StreamResponse:
        """Your other sessions end; this one goes on under a new secret."""
        session, typed = session_of(request), load(NewPasswordSchema(), await read_json(request, BODY_BYTES))
        person, action = request[ADMITTED].person, "password.changed"
        credentials = await self._office.read(request, lambda act: act.unit.people.credentials(person.id))
        check_choice(person, credentials, typed["new"])
        attempt, is_right = await self._proving.once_more(request, typed["password"], action)
        hashed = await self._proving.strongroom.hashed(typed["new"]) if is_right else ""

        def do(act: Act) -> Opened:
            return change_password(act, attempt, session, hashed, is_right=is_right)

        return self._rotated(await self._office.write(request, action, person.id, do), {})

    @route(
        "POST",
        f"{BASE}/me/one-time",
        access=Access.PERSON,
        summary="Begin to set up an authenticator",
        body=PasswordSchema,
        responses={200: AuthenticatorSchema},
        errors=PROVEN,
    )
    async def start_one_time(self, request: web.Request) -> web.StreamResponse:
        """Gives its secret once; it counts when its first code has been confirmed."""
        session, typed = session_of(request), load(PasswordSchema(), await read_json(request, BODY_BYTES))
        attempt, is_right = await self._proving.once_more(request, typed["password"], "one_time.started")
        made = await self._office.write(
            request, "one_time.started", session.person, lambda act: start_one_time(act, attempt, is_right=is_right)
        )
        return answer({"secret": made.secret, "uri": made.uri})

    @route(
        "POST",
        f"{BASE}/me/one-time/confirm",
        access=Access.PERSON,
        summary="Confirm the authenticator by its first code",
        body=CodeSchema,
        responses={200: ConfirmedSchema},
        errors=PROVEN,
        rate="sign_in",
    )
    async def confirm_one_time(self, request: web.Request) -> web.StreamResponse:
        """Gives ten recovery codes once; your other sessions end, this one goes on under a new secret."""
        session, typed = session_of(request), load(CodeSchema(), await read_json(request, BODY_BYTES))
        opened, codes = await self._office.write(
            request, "one_time.confirmed", session.person, lambda act: confirm_one_time(act, session, typed["code"])
        )
        return self._rotated(opened, {"recovery_codes": list(codes)})

    @route(
        "POST",
        f"{BASE}/me/one-time/drop",
        access=Access.PERSON,
        summary="Drop the authenticator",
        body=PasswordSchema,
        responses={200: RotatedSchema},
        errors=PROVEN,
    )
    async def drop_own_one_time(self, request: web.Request) -> web.StreamResponse:
        """With its recovery codes; your other sessions end. Admins must then set up another one where the settings ask for it."""
        session, typed = session_of(request), load(PasswordSchema(), await read_json(request, BODY_BYTES))
        attempt, is_right = await self._proving.once_more(request, typed["password"], "one_time.dropped")

        def do(act: Act) -> Opened:
            return drop_own_one_time(act, attempt, session, is_right=is_right)

        return self._rotated(await self._office.write(request, "one_time.dropped", session.person, do), {})

    @route(
        "POST",
        f"{BASE}/me/recovery-codes",
        access=Access.PERSON,
        summary="Make new recovery codes",
        body=PasswordSchema,
        responses={200: RecoveryCodesSchema},
        errors=PROVEN,
    )
    async def make_recovery_codes(self, request: web.Request) -> web.StreamResponse:
        """Ten, told this once; those before count no more."""
        session, typed = session_of(request), load(PasswordSchema(), await read_json(request, BODY_BYTES))
        attempt, is_right = await self._proving.once_more(request, typed["password"], "recovery_codes.made")
        codes = await self._office.write(
            request, "recovery_codes.made", session.person, lambda act: new_recovery_codes(act, attempt, is_right=is_right)
        )
        return answer({"recovery_codes": list(codes)})

    @route(
        "GET", f"{BASE}/me/sessions", access=Access.PERSON, summary="Your sessions", responses={200: SessionsSchema}, errors=(401, 403, 503)
    )
    async def list_own_sessions(self, request: web.Request) -> web.StreamResponse:
        """Open ones, the newest first."""
        session = session_of(request)
        found = await self._office.read(request, lambda act: open_sessions(act, session.person, self._door.rules))
        return answer({"items": [session_document(one, session.id) for one in found]})

    @route("DELETE", f"{BASE}/me/sessions", access=Access.PERSON, summary="End your other sessions", errors=(401, 403, 503))
    async def end_other_sessions(self, request: web.Request) -> web.StreamResponse:
        """This one goes on."""
        session = session_of(request)

        def do(act: Act) -> None:
            others = [one.id for one in open_sessions(act, session.person, self._door.rules) if one.id != session.id]
            end_named_sessions(act, session.person, others)

        await self._office.write(request, "session.ended", session.person, do)
        return empty()

    @route(
        "DELETE", f"{BASE}/me/sessions/{{session}}", access=Access.PERSON, summary="End one of your sessions", errors=(401, 403, 404, 503)
    )
    async def end_own_session(self, request: web.Request) -> web.StreamResponse:
        """From the next request on."""
        session, named = session_of(request), request.match_info["session"]
        await self._office.write(request, "session.ended", session.person, lambda act: end_named_sessions(act, session.person, (named,)))
        return empty()

    def _rotated(self, opened: Opened, told: dict[str, Any]) -> web.Response:
        """The answer, with the cookie of the session's new secret and the token that goes with it."""
        response = answer({**told, "csrf_token": csrf_token(opened.secret)})
        self._door.cookies.set(response, self._door.cookies.session, opened.secret)
        return response


def empty() -> web.Response:
    """Done, and nothing to tell."""
    return web.Response(status=204, headers={hdrs.CACHE_CONTROL: "no-store"})
