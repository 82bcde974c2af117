"""Text without regard to case, in every script; SQLite's own lower() and LIKE know ASCII only. Not how searches are matched (see keywords)."""


def folded(text: object) -> str | None:
    """The text as it is compared; registered on every connection, so that queries may call it."""
    return None if text is None else str(text).casefold()
