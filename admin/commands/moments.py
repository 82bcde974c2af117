"""How commands read a moment: RFC 3339 with offset, in UTC from then on; what it is for is theirs."""

from datetime import UTC, datetime

import click


def moment(_context: object, _parameter: object, text: str | None) -> datetime | None:
    """For an option's callback; None where it was not given."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is None:
            raise ValueError
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter("must be an RFC 3339 time with offset, such as 2026-11-03T20:00:00-06:00.") from None
