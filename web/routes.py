"""A route and who may take it, declared in one place; putting handlers into an application. What a route does is its handler's."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from http import HTTPStatus
from typing import Final, Protocol, TypeVar

from aiohttp import hdrs, web
from aiohttp.web_urldispatcher import AbstractRoute
from marshmallow import Schema

from web.errors import CannotStart, Forbidden

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Method = TypeVar("Method", bound=Callable[..., Awaitable[web.StreamResponse]])
Described = type[Schema] | str
"""A response: the schema of its JSON, or the media type of anything else."""

PREFLIGHT_SECONDS: Final = 86400
_DECLARED: Final = "__signpost_routes__"


class Access(StrEnum):
    """Who may take a route: anybody, anybody in development mode, whoever is signed in, or people with at least this role."""

    PUBLIC = "public"
    DEVELOPMENT = "development"
    PERSON = "person"
    VIEWER = "viewer"
    CURATOR = "curator"
    REVIEWER = "reviewer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Route:
    """One declared route; `rate` names the limit it is under, `is_shared` says browsers of other sites may read it."""

    method: str
    path: str
    access: Access
    summary: str
    name: str = ""
    description: str = ""
    body: type[Schema] | None = None
    query: type[Schema] | None = None
    responses: Mapping[int, Described] | None = None
    errors: tuple[int, ...] = ()
    example: object = None
    rate: str | None = None
    is_shared: bool = False
    is_documented: bool = True


class RateCheck(Protocol):
    """Raises TooMany when whoever sends this request has asked too often."""

    def __call__(self, request: web.Request) -> None:
        """Count the request."""


class Doorkeeper(Protocol):
    """Finds out who sends a request, and raises Unauthorized or Forbidden unless they have the role somewhere; keeps them in CALLER."""

    async def __call__(self, request: web.Request, access: Access) -> None:
        """Let the request pass, or not."""


ROUTES: Final = web.AppKey("ROUTES", dict[AbstractRoute, Route])
CALLER: Final = web.RequestKey("CALLER", object)
"""Who sends the request, once the doorkeeper knows; what that is, the side door says."""


def route(
    method: str,
    path: str,
    *,
    access: Access,
    summary: str,
    body: type[Schema] | None = None,
    query: type[Schema] | None = None,
    responses: Mapping[int, Described] | None = None,
    errors: tuple[int, ...] = (),
    example: object = None,
    rate: str | None = None,
    is_shared: bool | None = None,
    is_documented: bool = True,
) -> Callable[[Method], Method]:
    """Declare that a handler's method answers here; may stand more than once. Nothing is registered until `register`.

    `is_shared` is by default what is public and made for other sites: `/v1/…`, `/static/…` and the OpenAPI document.
    """
    shared = access is Access.PUBLIC and _is_for_others(path) if is_shared is None else is_shared
    declared = Route(method.upper(), path, access, summary, "", "", body, query, responses, errors, example, rate, shared, is_documented)

    def declare(handler: Method) -> Method:
        text = (handler.__doc__ or "").strip()
        named = replace(declared, name=handler.__name__, description=text)
        setattr(handler, _DECLARED, (named, *getattr(handler, _DECLARED, ())))
        return handler

    return declare


def declared_by(handlers: object) -> Iterator[tuple[Route, Handler]]:
    """The routes that an object's methods declare, in the order they are written."""
    kind = type(handlers)
    for name in dict.fromkeys(name for owner in reversed(kind.__mro__) for name in vars(owner)):
        for declared in getattr(getattr(kind, name, None), _DECLARED, ()):
            yield declared, getattr(handlers, name)


def register(
    app: web.Application,
    *handlers: object,
    open_to: Collection[Access] = (Access.PUBLIC,),
    rates: Mapping[str, RateCheck] | None = None,
    doorkeeper: Doorkeeper | None = None,
) -> None:
    """Add what the handlers declare, each behind its access rule and rate; raises CannotStart for a rate that nobody made.

    `open_to` needs no account, everything else asks the doorkeeper; without one it is closed.

    May be called again. Routes that came in any other way stop the start.
    """
    if ROUTES not in app:
        app[ROUTES] = {}
        app.on_startup.append(_check_declared)
    known = app[ROUTES]
    for group in handlers:
        for declared, handler in declared_by(group):
            guarded = _guarded(declared, handler, open_to, rates or {}, doorkeeper)
            known[app.router.add_route(declared.method, declared.path, guarded)] = declared
            if declared.method == hdrs.METH_GET:
                known[app.router.add_route(hdrs.METH_HEAD, declared.path, guarded)] = replace(declared, is_documented=False)
    _add_preflights(app)


def undeclared(app: web.Application) -> list[str]:
    """Routes that declare no access, as `METHOD path`; a sub-application's too."""
    known: dict[AbstractRoute, Route] = app.get(ROUTES, {})
    return [f"{found.method} {found.resource.canonical if found.resource else '?'}" for found in app.router.routes() if found not in known]


async def _check_declared(app: web.Application) -> None:
    if missing := undeclared(app):
        raise CannotStart(f"Every route must declare its access; these do not: {', '.join(missing)}.")


def _guarded(
    declared: Route, handler: Handler, open_to: Collection[Access], rates: Mapping[str, RateCheck], doorkeeper: Doorkeeper | None
) -> Handler:
    if declared.rate is not None and declared.rate not in rates:
        raise CannotStart(f"The route {declared.method} {declared.path} is under the rate {declared.rate!r}, which nobody made.")
    if declared.access not in open_to:
        if doorkeeper is None:
            return _closed
        handler = _kept(handler, declared.access, doorkeeper)
    if declared.rate is None:
        return handler
    check = rates[declared.rate]

    async def counted(request: web.Request) -> web.StreamResponse:
        check(request)
        return await handler(request)

    return counted


def _kept(handler: Handler, access: Access, doorkeeper: Doorkeeper) -> Handler:
    async def asked(request: web.Request) -> web.StreamResponse:
        await doorkeeper(request, access)
        return await handler(request)

    return asked


async def _closed(_request: web.Request) -> web.StreamResponse:
    raise Forbidden("not_allowed", "This is not open to you here.")


def _is_for_others(path: str) -> bool:
    return path.startswith(("/v1/", "/static/")) or path == "/openapi.json"


def _add_preflights(app: web.Application) -> None:
    """Answer OPTIONS on each path that browsers of other sites may read."""
    known = app[ROUTES]
    answered = {declared.path for declared in known.values() if declared.method == hdrs.METH_OPTIONS}
    for path in dict.fromkeys(declared.path for declared in known.values() if declared.is_shared):
        if path not in answered:
            declared = Route(hdrs.METH_OPTIONS, path, Access.PUBLIC, "What browsers may send here", is_shared=True, is_documented=False)
            known[app.router.add_route(hdrs.METH_OPTIONS, path, _preflight(known, path))] = declared


def _preflight(known: Mapping[AbstractRoute, Route], path: str) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        methods = ", ".join(sorted(declared.method for declared in known.values() if declared.path == path and declared.is_shared))
        headers = {
            "Allow": methods,
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": "Content-Type, If-None-Match, X-Request-ID",
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        }
        return web.Response(status=HTTPStatus.NO_CONTENT, headers=headers)

    return answer
