"""The doorkeeper: who sends a request, by token or session, whether our own page sent it, and whether they have the role that a route takes."""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Final

from aiohttp import hdrs, web

from admin.api.cookies import Cookies
from admin.api.office import REFUSED, Office
from admin.curation.acting import SYSTEM, Act
from admin.curation.people_errors import SessionNeeded
from admin.curation.people_sessions import Admitted, Lack, Rules, by_session, by_token, is_to_be_marked, mark, rules_of
from admin.curation.signing_in import note_refusal
from admin.signing_in.bearers import Kind, digest_of
from review.access import Session
from review.people import Role
from store.errors import StoreError
from web.errors import Forbidden, Unauthorized
from web.routes import CALLER, ROUTES, Access

BEARER: Final = "bearer "
ADMITTED: Final = web.RequestKey("ADMITTED", Admitted)
"""Who sends the request, and through what; set together with CALLER."""
_ROLES: Final = {
    Access.DEVELOPMENT: Role.VIEWER,
    Access.VIEWER: Role.VIEWER,
    Access.CURATOR: Role.CURATOR,
    Access.REVIEWER: Role.REVIEWER,
    Access.ADMIN: Role.ADMIN,
}
_FIRST: Final = {
    Lack.PASSWORD: "Choose a password of your own first: POST /admin/api/v1/me/password.",
    Lack.ONE_TIME: "Admins need a second factor: set up an authenticator first, POST /admin/api/v1/me/one-time, then sign in with its codes.",
}


class Door:
    """Asks the store at each request, so that what is revoked is so at once."""

    def __init__(self, office: Office) -> None:
        """Reads through the office."""
        self._office = office
        self.cookies = Cookies(office.settings)
        self.rules: Rules = rules_of(office.settings)
        self._marking: dict[str, asyncio.Task[None]] = {}

    async def __call__(self, request: web.Request, access: Access) -> None:
        """See web.routes.Doorkeeper."""
        admitted = await self._admitted(request)
        try:
            self._check(request, admitted, access)
        except Forbidden as error:
            await self._note(request, admitted, error.code)
            raise
        request[CALLER], request[ADMITTED] = admitted.actor, admitted
        self._mark(admitted)

    async def close(self, _app: web.Application) -> None:
        """For an application's on_cleanup, before the store is closed."""
        await asyncio.gather(*self._marking.values())

    def _check(self, request: web.Request, admitted: Admitted, access: Access) -> None:
        if admitted.session is not None:
            self.cookies.check_own(request)
        if access is Access.PERSON:
            return
        if admitted.lacks:
            raise Forbidden("set_up_first", _FIRST[admitted.lacks[0]])
        if not admitted.actor.has(_ROLES[access]):
            raise Forbidden("not_allowed", f"This needs the role {_ROLES[access].value}.")

    async def _admitted(self, request: web.Request) -> Admitted:
        given, cookie = request.headers.get(hdrs.AUTHORIZATION), self.cookies.digest(request)
        found: Admitted | None = None
        if given is not None:
            digest = digest_of(Kind.PERSONAL, given[len(BEARER) :].strip()) if given.lower().startswith(BEARER) else None
            found = await self._office.read_as(SYSTEM, lambda act: by_token(act, digest)) if digest else None
        elif cookie is not None:
            found = await self._office.read_as(SYSTEM, lambda act: by_session(act, cookie, self.rules))
        if found is None:
            raise Unauthorized("not_signed_in", "This needs somebody to be signed in.", headers={hdrs.WWW_AUTHENTICATE: "Bearer"})
        return found

    async def _note(self, request: web.Request, admitted: Admitted, code: str) -> None:
        """An audit line, under the route's template: its path may name things that they must not see."""
        declared = request.app[ROUTES].get(request.match_info.route)
        subject = f"{request.method} {declared.path}" if declared else request.method
        await self._office.write_as(admitted.actor, REFUSED, subject, lambda act: note_refusal(act, REFUSED, subject, code))

    def _mark(self, admitted: Admitted) -> None:
        """Have it written down, once a minute and after the answer, that the session or token was used."""
        key = admitted.actor.way + (admitted.session.id if admitted.session else admitted.token.id if admitted.token else "")
        now = self._office.clock()
        if key not in self._marking and is_to_be_marked(admitted, now):
            task = asyncio.create_task(self._marked(admitted, now))
            self._marking[key] = task
            task.add_done_callback(lambda _done: self._marking.pop(key, None))

    async def _marked(self, admitted: Admitted, now: datetime) -> None:
        def do(act: Act) -> None:
            mark(act, admitted, now)

        with suppress(StoreError):  # who is let in does not depend on it, and the next request tries again
            await self._office.write_as(SYSTEM, "session.seen", "", do)


def session_of(request: web.Request) -> Session:
    """The session that a request came with; raises SessionNeeded for tokens."""
    session = request[ADMITTED].session
    if session is None:
        raise SessionNeeded
    return session
