"""What every command gets handed, and what several of them do the same way."""

import os
import pwd
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from admin.curation.acting import SYSTEM, Desk, looking
from admin.curation.people_errors import NotSignedIn
from admin.curation.people_sessions import by_token
from admin.errors import NothingToServe
from admin.keys import read_secret
from admin.outside import Outside
from admin.packs.reading import read_starter
from admin.publishing import latest_release, stored_envelope
from admin.settings import Settings
from admin.signing_in.bearers import Kind, digest_of
from admin.workbench import Workbench, signing_keys, trusted, workbench_of
from notices.live import Serving
from notices.signing import SignedRelease, TrustedKey, from_envelope, sign
from review.people import Actor, Grant, Role
from store.protocol import Store
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

    def bench(self) -> Workbench:
        """What use cases are done at, with the store open; whoever asks for it closes that."""
        return workbench_of(self.settings, self.clock)

    def open_store(self, *, read_only: bool = False) -> SqliteStore:
        """The store of the settings."""
        return SqliteStore(self.settings.database, read_only=read_only)

    def acting_person(self, store: Store) -> Actor:
        """Who acts: the person whose token the settings hold, with what it leaves of their rights now; raises NotSignedIn or KeyProblem."""
        settings = self.settings
        if not settings.token and settings.token_file is None:
            raise NotSignedIn("This acts as a person: set SIGNPOST_TOKEN, or SIGNPOST_TOKEN_FILE to a file, to one of your API tokens.")
        digest = digest_of(Kind.PERSONAL, read_secret(settings.token, settings.token_file, "SIGNPOST_TOKEN"))
        with looking(Desk(store, self.clock), SYSTEM) as act:
            found = by_token(act, digest) if digest else None
        if found is None:
            raise NotSignedIn("The token in SIGNPOST_TOKEN or its file is none, or it is over: make a new one.")
        return found.actor

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


def operator() -> Actor:
    """Whoever runs the host, as an actor who may do anything; their system user's name stands in the audit line."""
    try:
        user = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        user = str(os.getuid())
    return Actor(f"operator:{user}", (Grant(Role.ADMIN),), "operator")


def relative(path: Path) -> str:
    """A path as people would type it from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
