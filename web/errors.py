"""What this room itself refuses, with the HTTP status it is told as; the other rooms' errors are mapped in `problems`."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

NO_HEADERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong in a request: a JSON pointer to it (for a query its parameter), a stable code, a sentence, what was meant."""

    pointer: str
    code: str
    detail: str
    suggestion: str | None = None


class WebError(Exception):
    """Base of this room's refusals: `code` is stable, `detail` a fixed sentence that never holds what the client sent."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Unexpected error"
    code = "web_error"

    def __init__(self, code: str, detail: str, *, errors: tuple[FieldError, ...] = (), headers: Mapping[str, str] = NO_HEADERS) -> None:
        """Keep the sentence as the exception's text."""
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.errors = errors
        self.headers = headers


class Malformed(WebError):
    """The bytes are not what they claim to be."""

    status = 400
    title = "Malformed request"


class Unauthorized(WebError):
    """Nobody knows who asks."""

    status = 401
    title = "Not signed in"


class Forbidden(WebError):
    """This door is closed to whoever asks."""

    status = 403
    title = "Not allowed"


class NotFound(WebError):
    """Nothing lives here."""

    status = 404
    title = "Not found"


class TooSlow(WebError):
    """The request did not arrive in time; the connection is closed."""

    status = 408
    title = "Too slow"


class TooLarge(WebError):
    """More bytes than this route takes."""

    status = 413
    title = "Too large"


class UnsupportedMedia(WebError):
    """Not sent as plain, uncompressed JSON in UTF-8."""

    status = 415
    title = "Unsupported media type"


class Invalid(WebError):
    """Well-formed but not valid; `errors` say where."""

    status = 422
    title = "Not valid"

    def __init__(self, *errors: FieldError) -> None:
        """Say it once for the whole, and field by field."""
        super().__init__("invalid_request", "The request is well-formed, but some of it is not valid.", errors=errors)


class TooMany(WebError):
    """Asked too often."""

    status = 429
    title = "Too many requests"


class Unavailable(WebError):
    """Cannot answer yet, or not any more."""

    status = 503
    title = "Unavailable"


class CannotStart(Exception):
    """The application is put together wrongly, or cannot listen; the sentence says what to mend."""
