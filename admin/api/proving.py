"""Comparing what somebody typed with what is kept, between two units of work; for signing in, and for proving once more that it is oneself."""

from collections.abc import Callable
from datetime import datetime
from math import ceil

from aiohttp import web

from admin.api.addresses import address_of
from admin.api.office import Office, actor_of
from admin.curation.acting import Act
from admin.curation.people_errors import TooManyTries
from admin.curation.signing_in import Attempt, Wait, begin
from admin.strongroom import Strongroom
from review.people import Actor
from web.errors import TooMany


class Proving:
    """Begins a try, and has the password compared in a thread."""

    def __init__(self, office: Office, strongroom: Strongroom) -> None:
        """Reads and writes through the office."""
        self._office = office
        self.strongroom = strongroom

    async def tried(self, request: web.Request, actor: Actor, name: str, password: str, action: str) -> tuple[Attempt, bool]:
        """The try, counted as failed until it is said otherwise, and whether the password was right; raises TooMany."""
        address = address_of(request, self._office.settings.trusted_proxies)

        def do(act: Act) -> Attempt | Wait:
            return begin(act, name, address, action)

        attempt = await self._office.write_as(actor, action, "", do)
        if isinstance(attempt, Wait):
            raise too_many(attempt.may_try_at, self._office.clock)
        return attempt, await self.strongroom.is_right(password, attempt.stored)

    async def once_more(self, request: web.Request, password: str, action: str) -> tuple[Attempt, bool]:
        """The same by the one who is signed in."""
        actor = actor_of(request)
        return await self.tried(request, actor, actor.person, password, action)


def too_many(may_try_at: datetime, clock: Callable[[], datetime]) -> TooMany:
    """The refusal that says when to come back."""
    error = TooManyTries(may_try_at)
    seconds = max(1, ceil((may_try_at - clock()).total_seconds()))
    return TooMany(error.code, str(error), headers={"Retry-After": str(seconds)})
