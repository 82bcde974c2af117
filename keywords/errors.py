"""What can be wrong with a keyword list; plain exceptions that know no HTTP."""


class KeywordsError(Exception):
    """Base of this room's errors; `code` is stable, the message is one sentence."""

    code = "keywords_error"


class InvalidTerm(KeywordsError):
    """A term cannot be compiled: nothing is left of it after normalising, or a prefix is too short."""

    code = "invalid_term"


class TextTooLong(KeywordsError):
    """A text is longer than this room normalises; callers cap first."""

    code = "text_too_long"
