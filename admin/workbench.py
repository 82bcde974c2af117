"""What use cases are done at, in the server, in its worker and on the command line alike: the desk, the press, the settings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from admin.curation.acting import Desk
from admin.curation.publishing import Press
from admin.errors import KeyProblem
from admin.keys import make_key, read_key, trusted_keys
from admin.links import asking, not_asked
from admin.outside import Outside
from admin.settings import Settings
from notices.signing import TrustedKey
from store.protocol import Store
from store.sqlite import SqliteStore


@dataclass(frozen=True, slots=True)
class Workbench:
    """Everything but the actor."""

    settings: Settings
    desk: Desk
    press: Press


def workbench_of(settings: Settings, clock: Callable[[], datetime], store: Store | None = None) -> Workbench:
    """A bench over the store of the settings, or one that is open already."""
    desk = Desk(store or SqliteStore(settings.database), clock)
    links = asking(Outside()) if settings.checks_links else not_asked
    return Workbench(settings, desk, Press(desk, lambda: signing_keys(settings), settings.release_file, lambda: trusted(settings), links))


def signing_keys(settings: Settings) -> tuple[Ed25519PrivateKey, ...]:
    """The keys to sign with; in development one is made the first time. Raises KeyProblem."""
    paths = settings.key_files
    if settings.is_development and not settings.signing_key_file and not paths[0].exists():
        return (make_key(paths[0]),)
    if not settings.is_development and not settings.signing_key_file:
        raise KeyProblem("There is no signing key: SIGNPOST_SIGNING_KEY_FILE must name one in production.")
    return tuple(read_key(path) for path in paths)


def trusted(settings: Settings) -> tuple[TrustedKey, ...]:
    """Whose releases are served: the pinned keys; in development, while none are pinned, our own. Raises KeyProblem."""
    keys = trusted_keys(settings.trusted_keys, settings.key_files if settings.is_development else ())
    if not keys and not settings.is_development:
        raise KeyProblem("SIGNPOST_TRUSTED_KEYS must pin at least one public key in production.")
    return keys
