"""Signed releases in the store and in the file beside it, and from there to what is served; how changes become one is in curation."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from admin.errors import NothingToServe
from admin.whole_files import write_whole
from notices.documents import Document, to_document
from notices.errors import InvalidDocument, UntrustedRelease
from notices.release import Release
from notices.release_file import load_release_file
from notices.signing import SignedRelease, TrustedKey, from_envelope, sign
from review.assembly import assemble, head_of, pieces_of
from review.errors import NotAPiece
from review.pieces import plain_document
from review.proof_rows import StoredHead
from store.errors import StoreError
from store.protocol import Store, Unit


def publish_starter(release: Release, keys: Collection[Ed25519PrivateKey], store: Store, file: Path, now: datetime) -> SignedRelease:
    """Sign the starter, store it, and keep it beside the database."""
    signed = sign(release, keys)
    document = plain_document(to_document(release))
    with store.writing() as unit:
        unit.releases.add(stored_head(signed, head_of(document)), (), pieces_of(document))
        unit.journal.append(now, "operator", "operator", "release.published", str(release.number), "done", {"digest": signed.digest})
    write_release_file(envelope(document, signed.digest, (to_document(one) for one in signed.signatures)), file)
    return signed


def stored_head(signed: SignedRelease, head: Document) -> StoredHead:
    """A signed release without its pieces, as it is stored."""
    release = signed.release
    signatures = tuple(plain_document(to_document(signature)) for signature in signed.signatures)
    return StoredHead(release.number, signed.digest, release.previous, release.made_at.isoformat(), plain_document(head), signatures)


def envelope(release: Document, digest: str, signatures: Iterable[Document]) -> Document:
    """The signed release as the JSON document that is kept on disk."""
    return {"release": release, "digest": digest, "signatures": list(signatures)}


def stored_envelope(unit: Unit, number: int | None = None) -> Document | None:
    """A stored release, the latest one without a number, put together again; None where there is none. Raises InvalidDocument."""
    try:
        head = unit.releases.latest() if number is None else unit.releases.head(number)
        if head is None:
            return None
        document = assemble(head.head, (kept.piece for kept in unit.releases.pieces(head.number)))
    except (NotAPiece, KeyError, TypeError, ValueError) as error:
        raise InvalidDocument(f"What is stored of {f'release {number}' if number else 'the latest release'} does not make one.") from error
    return envelope(document, head.digest, head.signatures)


def unaltered(stored: Document, trusted: Collection[TrustedKey]) -> Release:
    """A stored release; raises UntrustedRelease where it is not what was signed, so that nothing is built upon it and signed again."""
    try:
        return from_envelope(stored, trusted).release
    except (UntrustedRelease, InvalidDocument) as error:
        number = stored["release"].get("number")
        raise UntrustedRelease(
            f"Release {number} in the database is not what a trusted key signed. {error} Nothing is built upon it: "
            "put a copy of the database back, and see `signpost audit` for what was altered."
        ) from error


def write_release_file(document: dict[str, Any], file: Path) -> None:
    """Replace the file in one step, durable when this returns; a reader sees the old one or the new one."""
    write_whole(file, json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def put_out(document: Document, file: Path, store: Store) -> None:
    """Write the file, and again where a newer release was stored meanwhile: whoever writes it last has looked afterwards."""
    newer: Document | None = document
    while newer is not None:
        write_release_file(newer, file)
        written = int(newer["release"]["number"])
        try:
            with store.reading() as unit:
                latest = unit.releases.latest()
                newer = stored_envelope(unit) if latest is not None and latest.number > written else None
        except StoreError:
            return  # what is stored and written stands; whoever starts next puts the rest right


def latest_release(store: Store | None, file: Path, trusted: Collection[TrustedKey]) -> SignedRelease:
    """The newest release that verifies, of the store's and the file's; raises NothingToServe with what was wrong with each.

    Where the store's is newer, or the file is missing or bad, the file is written anew.
    """
    found: list[SignedRelease] = []
    problems: list[str] = []
    stored: Document | None = None
    verified: SignedRelease | None = None
    if store is not None:
        try:
            with store.reading() as unit:
                stored = stored_envelope(unit)
            if stored is not None:
                verified = from_envelope(stored, trusted)
                found.append(verified)
        except (UntrustedRelease, InvalidDocument, StoreError) as error:
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
    is_behind = not any(one is not verified and one.digest == newest.digest for one in found)
    if store is not None and stored is not None and newest is verified and is_behind:
        put_out(stored, file, store)  # never what does not verify: the file may be the last that does
    return newest
