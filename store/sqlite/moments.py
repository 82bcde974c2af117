"""Instants in cells: ISO 8601 in UTC with microseconds, so that they sort as text; nothing else about time."""

from datetime import UTC, datetime
from typing import overload


@overload
def text_of(at: datetime) -> str: ...
@overload
def text_of(at: None) -> None: ...
def text_of(at: datetime | None) -> str | None:
    """An aware instant as it stands in a cell."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The instant of a cell, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def moment_or_none(text: str | None) -> datetime | None:
    """The same for a cell that may be empty."""
    return None if text is None else moment(text)
