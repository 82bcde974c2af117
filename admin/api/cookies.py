"""The session's cookie, and how a request that carries it shows that our own page sent it; whose session it is, the door asks the store."""

import base64
import hashlib
import hmac
from typing import Final
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from admin.settings import Settings
from admin.signing_in.bearers import Kind, digest_of
from web.errors import Forbidden

SECURE: Final = "__Host-signpost"
PLAIN: Final = "signpost-development"
CSRF_HEADER: Final = "X-CSRF-Token"
FETCH_SITE: Final = "Sec-Fetch-Site"
SAFE_METHODS: Final = frozenset({hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_OPTIONS})


class Cookies:
    """Sets, reads and drops cookies as the settings say: secure ones, but on a developer's machine over plain http."""

    def __init__(self, settings: Settings) -> None:
        """The name says of a secure one that no other host and no plain page can have set it (RFC 6265bis §4.1.3.2)."""
        self._is_plain = settings.has_plain_cookies
        self._is_development = settings.is_development
        self.session = PLAIN if self._is_plain else SECURE
        self._origin = _origin(settings.url)

    def secret(self, request: web.Request) -> str | None:
        """The secret in the session's cookie; None where there is none, or what cannot be one."""
        text = request.cookies.get(self.session)
        return text if text and digest_of(Kind.SESSION, text) else None

    def digest(self, request: web.Request) -> bytes | None:
        """What the store knows the session by."""
        text = request.cookies.get(self.session)
        return digest_of(Kind.SESSION, text) if text else None

    def set(self, response: web.StreamResponse, name: str, text: str, seconds: int | None = None) -> None:
        """Let the browser keep it: for itself, for no script, and not for requests that other sites send, but for a link followed here."""
        response.set_cookie(name, text, max_age=seconds, path="/", secure=not self._is_plain, httponly=True, samesite="Lax")

    def drop(self, response: web.StreamResponse, name: str) -> None:
        """Let the browser forget it."""
        response.del_cookie(name, path="/", secure=not self._is_plain, httponly=True, samesite="Lax")

    def dropped(self, name: str) -> str:
        """The same as a header's value."""
        response = web.Response()
        self.drop(response, name)
        return response.cookies[name].OutputString()

    def named(self, purpose: str) -> str:
        """The name of another cookie."""
        return f"{self.session}-{purpose}"

    def check_own(self, request: web.Request) -> None:
        """Raise Forbidden unless our own page sends a request with the session's cookie: by its origin, and by the session's token."""
        if request.method in SAFE_METHODS:
            return
        if not self.is_from_here(request) or not (request.headers.get(hdrs.ORIGIN) or request.headers.get(FETCH_SITE)):
            raise Forbidden("wrong_origin", "A change with a session must come from a page of this service.")
        given, secret = request.headers.get(CSRF_HEADER, ""), self.secret(request) or ""
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), csrf_token(secret).encode()):
            raise Forbidden(
                "csrf_token_wrong", f"A change with a session needs the header {CSRF_HEADER}, as GET /admin/api/v1/me tells it."
            )

    def is_from_here(self, request: web.Request) -> bool:
        """Whether nothing says that a page of another site sends the request."""
        origin, site = request.headers.get(hdrs.ORIGIN), request.headers.get(FETCH_SITE)
        own = {self._origin, *((f"{request.scheme}://{request.host}".lower(),) if self._is_development else ())}
        return (origin is None or origin.lower() in own) and site in {None, "same-origin"}


def csrf_token(secret: str) -> str:
    """What only a page can know that has read the session's `me`: bound to the session, and no way back to its secret."""
    digest = hmac.digest(secret.encode(), b"signpost csrf", hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    port = parts.port
    is_usual = port in {None, {"http": 80, "https": 443}[parts.scheme]}
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}" if is_usual else f"{parts.scheme}://{host}:{port}"
