"""From packs to a signed release in the store and in the file beside it, and from there to what is served."""

import json
import os
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from admin.errors import NothingToServe
from notices.errors import InvalidDocument, UntrustedRelease
from notices.release import Release, SignedRelease, from_envelope, sign, to_envelope
from notices.release_file import load_release_file
from store.protocol import Store, StoredRelease


def publish_starter(release: Release, keys: Collection[Ed25519PrivateKey], store: Store, file: Path) -> SignedRelease:
    """Sign the starter, store it, and keep it beside the database."""
    signed = sign(release, keys)
    envelope = to_envelope(signed)
    store.add_release(StoredRelease(release.number, signed.digest, release.previous, release.made_at.isoformat(), envelope))
    write_release_file(envelope, file)
    return signed


def write_release_file(envelope: dict[str, Any], file: Path) -> None:
    """Replace the file in one step, durable when this returns; a reader sees the old one or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".release-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(envelope, out, ensure_ascii=False, separators=(",", ":"))
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def latest_release(store: Store | None, file: Path, trusted: Collection[Ed25519PublicKey]) -> SignedRelease:
    """The newest release that verifies, of the store's and the file's; raises NothingToServe with what was wrong with each."""
    found: list[SignedRelease] = []
    problems: list[str] = []
    stored = store.latest_release() if store is not None else None
    if stored is not None:
        try:
            found.append(from_envelope(stored.envelope, trusted))
        except (UntrustedRelease, InvalidDocument) as error:
            problems.append(f"database: {error}")
    if file.exists():
        try:
            found.append(load_release_file(file, trusted))
        except (UntrustedRelease, InvalidDocument) as error:
            problems.append(f"{file.name}: {error}")
    if not found:
        why = " ".join(problems) or "There is no release yet."
        raise NothingToServe(f"{why} Run `signpost init` to make the starter release from the packs.")
    newest = max(found, key=lambda signed: signed.release.number)
    if stored is not None and not file.exists() and newest.digest == stored.digest:
        write_release_file(stored.envelope, file)
    return newest
