"""How often one client may ask, for the routes that declare a rate; counts are kept in memory, by address, for a minute."""

from collections.abc import Callable

from aiohttp import web
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from web.errors import TooMany
from web.routes import RateCheck


def peer_of(request: web.Request) -> str:
    """The address at the other end of the connection."""
    return request.remote or ""


def client_limit(rate: str, address_of: Callable[[web.Request], str] = peer_of) -> RateCheck:
    """A check for a rate such as `60/minute`, each client address by itself; raises TooMany with Retry-After."""
    allowed = parse(rate)
    limiter = MovingWindowRateLimiter(MemoryStorage())

    def check(request: web.Request) -> None:
        client = address_of(request) or "unknown"
        if not limiter.hit(allowed, client):
            raise TooMany(
                "too_many_requests", "This was asked too often; come back in a moment.", headers={"Retry-After": str(allowed.get_expiry())}
            )

    return check
