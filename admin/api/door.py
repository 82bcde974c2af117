"""The doorkeeper: who sends a request, by its token, and whether they have the role that a route takes. Sessions are to come in here too."""

from typing import Final

from aiohttp import hdrs, web

from admin.api.office import Office
from admin.curation.acting import SYSTEM, Act
from admin.signing_in.bearers import Kind, digest_of
from review.people import Actor, Role, within
from web.errors import Forbidden, Unauthorized
from web.routes import CALLER, Access

BEARER: Final = "Bearer "
_ROLES: Final = {
    Access.DEVELOPMENT: Role.VIEWER,
    Access.VIEWER: Role.VIEWER,
    Access.CURATOR: Role.CURATOR,
    Access.REVIEWER: Role.REVIEWER,
    Access.ADMIN: Role.ADMIN,
}


class Door:
    """Asks the store at each request, so that what is revoked is so at once."""

    def __init__(self, office: Office) -> None:
        """Reads through the office."""
        self._office = office

    async def __call__(self, request: web.Request, access: Access) -> None:
        """See web.routes.Doorkeeper."""
        actor = await self._actor(request)
        if not actor.has(_ROLES[access]):
            raise Forbidden("not_allowed", f"This needs the role {_ROLES[access].value}.")
        request[CALLER] = actor

    async def _actor(self, request: web.Request) -> Actor:
        given = request.headers.get(hdrs.AUTHORIZATION, "")
        digest = digest_of(Kind.PERSONAL, given.removeprefix(BEARER)) if given.startswith(BEARER) else None
        actor = await self._office.read_as(SYSTEM, lambda act: _by_token(act, digest)) if digest else None
        if actor is None:
            raise Unauthorized("not_signed_in", "This needs somebody to be signed in.", headers={hdrs.WWW_AUTHENTICATE: "Bearer"})
        return actor


def _by_token(act: Act, digest: bytes) -> Actor | None:
    token = act.unit.people.token(digest.hex())
    if token is None or token.ended_at is not None or token.expires_at <= act.now:
        return None
    person = act.unit.people.get(token.person)
    if person is None or person.retired_at is not None:
        return None
    return Actor(person.id, within(token.grants, person.grants, act.ground.places), "token")
