"""What can go wrong in the living room; plain exceptions that know no HTTP."""


class NoticesError(Exception):
    """Base of this room's errors; `code` is stable, the message is one sentence."""

    code = "notices_error"


class NotReady(NoticesError):
    """No release is being served yet."""

    code = "not_ready"


class UnknownLanguage(NoticesError):
    """A language tag is not well-formed BCP 47 or names no known language."""

    code = "unknown_language"


class InvalidDocument(NoticesError):
    """A document does not have the shape of what it should be; `path` is a JSON pointer into it."""

    code = "invalid_document"

    def __init__(self, message: str, path: str = "") -> None:
        """Keep the place beside the sentence."""
        super().__init__(message)
        self.path = path


class UntrustedRelease(NoticesError):
    """A release is unsigned, altered, older than what is served, or signed by nobody whom the settings trust."""

    code = "untrusted_release"


class ReleaseNotLoaded(NoticesError):
    """A release file was not turned into a release; `code` is what was wrong with it, or with verifying it."""

    code = "release_not_loaded"

    def __init__(self, message: str, code: str = code) -> None:
        """Take over the code of what another process found."""
        super().__init__(message)
        self.code = code


class InvalidTexts(NoticesError):
    """A file of the pages' own texts is missing, unreadable or does not match the English one."""

    code = "invalid_texts"
