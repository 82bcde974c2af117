"""Where handlers have use cases done: off the event loop, by whoever sends the request, once where it was asked so. No routes."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from aiohttp import hdrs, web

from admin.api.answers import answer
from admin.cellar import Cellar
from admin.curation.acting import Act, acting, looking, refused
from admin.curation.once import LONGEST_KEY, once
from admin.settings import Settings
from admin.workbench import Workbench, workbench_of
from admin.workshop import Workshop
from notices.documents import canonical_bytes
from review.errors import NotAllowed
from review.people import Actor
from web.errors import FieldError, Invalid, Unauthorized
from web.routes import CALLER

P = ParamSpec("P")
T = TypeVar("T")

REFUSED = "request.refused"
"""The audit action of a request that is let in nowhere."""
IDEMPOTENCY_KEY = "Idempotency-Key"


class Office:
    """The store is opened when it is first needed, and again after it could not be: the front door needs none."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        """Nothing is opened yet."""
        self.settings, self.clock = settings, clock
        self._cellar = Cellar()
        self._workshop, self._pressroom = Workshop(settings, clock), Workshop(settings, clock)
        self._bench: Workbench | None = None

    async def write(self, request: web.Request, action: str, subject: str, do: Callable[[Act], T]) -> T:
        """Do it in one unit as the one who sends the request; refusals are written down under `action` and `subject`."""
        actor = actor_of(request)
        return await self.write_as(actor, action, subject, do)

    async def write_as(self, actor: Actor, action: str, subject: str, do: Callable[[Act], T]) -> T:
        """The same for an actor who is known otherwise."""

        def act() -> T:
            with acting(self.bench().desk, actor, action, subject) as unit:
                return do(unit)

        return await self._cellar.write(act)

    async def read(self, request: web.Request, do: Callable[[Act], T]) -> T:
        """Look at one state of everything; that somebody may not look is written down, under the route."""
        actor = actor_of(request)
        try:
            return await self.read_as(actor, do)
        except NotAllowed as error:
            found = request.match_info.route.resource
            subject = f"{request.method} {found.canonical if found else ''}"
            await self._cellar.write(partial(refused, self.bench().desk, actor, REFUSED, subject, error))
            raise

    async def read_as(self, actor: Actor, do: Callable[[Act], T]) -> T:
        """The same for an actor who is known otherwise."""

        def look() -> T:
            with looking(self.bench().desk, actor) as unit:
                return do(unit)

        return await self._cellar.read(look)

    async def create(
        self, request: web.Request, action: str, subject: str, body: object, do: Callable[[Act], tuple[int, Any]]
    ) -> web.Response:
        """Do it once for an Idempotency-Key; `do` gives the status and the JSON body of the answer."""
        key, mark = key_of(request), fingerprint(request, body)
        status, document = await self.write(request, action, subject, lambda act: once(act, key, mark, lambda: do(act)))
        return answer(document, status=status, tag=document.get("tag") if isinstance(document, dict) else None)

    async def heavy(self, work: Callable[Concatenate[Workbench, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Have it done in the worker process; `work` is a function of a module, its arguments and results are plain values."""
        return await self._workshop.run(work, *args, **named)

    async def press(self, work: Callable[Concatenate[Workbench, P], T], *args: P.args, **named: P.kwargs) -> T:
        """The same in a worker that only publishes, so that nobody who looks at effects holds up a release."""
        return await self._pressroom.run(work, *args, **named)

    def bench(self) -> Workbench:
        """The bench; raises StoreError where the store cannot be opened. Not for the event loop."""
        if self._bench is None:
            self._bench = workbench_of(self.settings, self.clock)
        return self._bench

    async def close(self, _app: web.Application) -> None:
        """For an application's on_cleanup."""
        self._cellar.close()
        self._workshop.close()
        self._pressroom.close()
        if self._bench is not None:
            self._bench.desk.store.close()


def actor_of(request: web.Request) -> Actor:
    """Who sends the request, as the doorkeeper found out."""
    found = request.get(CALLER)
    if not isinstance(found, Actor):
        raise Unauthorized("not_signed_in", "This needs somebody to be signed in.")
    return found


def key_of(request: web.Request) -> str | None:
    """The Idempotency-Key, if one was sent; raises Invalid for one that is none."""
    key = request.headers.get(IDEMPOTENCY_KEY)
    if key is not None and not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise Invalid(FieldError("", "invalid_idempotency_key", f"An Idempotency-Key has 1 to {LONGEST_KEY} printable ASCII characters."))
    return key


def fingerprint(request: web.Request, body: object) -> str:
    """Tells whether another request asks for the same: method, path, condition and body."""
    said: Any = [request.method, request.path_qs, request.headers.get(hdrs.IF_MATCH), body]
    return hashlib.sha256(canonical_bytes(said)).hexdigest()
