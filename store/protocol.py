"""What any store of Signpost promises; tests/store/contract.py is the same in tests. It holds releases only for now."""

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """A signed release as it is kept: its number, digests and the whole JSON envelope."""

    number: int
    digest: str
    previous: str | None
    made_at: str
    envelope: dict[str, Any]


class Store(Protocol):
    """Releases, each one immutable; when a call returns, what it wrote is durable."""

    def add_release(self, release: StoredRelease) -> None:
        """Keep a release; raises ReleaseConflict unless its number follows the latest one's and `previous` is that one's digest."""

    def latest_release(self) -> StoredRelease | None:
        """The release with the highest number, or None."""

    def release(self, number: int) -> StoredRelease | None:
        """A release by its number, or None."""

    def release_numbers(self) -> tuple[int, ...]:
        """The numbers of all releases, ascending."""

    def check(self) -> None:
        """Raise DamagedDatabase when the store's own integrity check finds anything."""

    def close(self) -> None:
        """Let go of the file."""
