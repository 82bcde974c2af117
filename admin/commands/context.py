"""What every command gets handed, and what several of them do the same way."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from admin.bench import signing_keys, trusted
from admin.errors import NothingToServe
from admin.outside import Outside
from admin.packs.reading import read_starter
from admin.publishing import latest_release, stored_envelope
from admin.settings import Settings
from notices.live import Serving
from notices.signing import SignedRelease, TrustedKey, from_envelope, sign
from store.sqlite import SqliteStore
from web.problems import ProblemTable


@dataclass(frozen=True, slots=True)
class Context:
    """Handed in by server.py; no command reads the clock or the environment itself."""

    settings: Settings
    clock: Callable[[], datetime]
    make_app: Callable[[Settings, Serving, Callable[[], datetime]], web.Application]
    problems: ProblemTable
    outside: Outside = field(default_factory=Outside)

    def signing_keys(self) -> tuple[Ed25519PrivateKey, ...]:
        """The keys to sign with; in development one is made the first time."""
        return signing_keys(self.settings)

    def trusted(self) -> tuple[TrustedKey, ...]:
        """Whose releases are served."""
        return trusted(self.settings)

    def open_store(self, *, read_only: bool = False) -> SqliteStore:
        """The store of the settings."""
        return SqliteStore(self.settings.database, read_only=read_only)

    def current(self, trusting: Collection[TrustedKey] | None = None) -> SignedRelease:
        """The newest verified release; the store is only read, and may be missing or broken."""
        keys = self.trusted() if trusting is None else trusting
        store = self._store_if_any()
        try:
            return latest_release(store, self.settings.release_file, keys)
        finally:
            if store is not None:
                store.close()

    def numbered(self, number: int) -> SignedRelease:
        """A stored release by its number, verified."""
        store = self.open_store(read_only=True)
        try:
            with store.reading() as unit:
                stored = stored_envelope(unit, number)
        finally:
            store.close()
        if stored is None:
            raise NothingToServe(f"There is no release {number}.")
        return from_envelope(stored, self.trusted())

    def _store_if_any(self) -> SqliteStore | None:
        try:
            return self.open_store(read_only=True) if self.settings.database.exists() else None
        except Exception:
            if self.settings.release_file.exists():
                return None
            raise

    def current_or_packs(self) -> SignedRelease:
        """The newest release, or where nothing was published yet the packs, signed by nobody, in memory only."""
        if self.settings.database.exists() or self.settings.release_file.exists():
            return self.current()
        return self.unpublished(self.settings.packs)

    def unpublished(self, packs: Path) -> SignedRelease:
        """A folder of packs as a release signed by nobody, in memory only."""
        return sign(read_starter(packs), ())


def relative(path: Path) -> str:
    """A path as people would type it from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
