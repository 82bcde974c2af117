"""A release: one immutable published set of everything curated, its digest and signatures; not how it is served (see live)."""

import base64
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from elections.centers import Center
from elections.election import Election
from elections.hours import PollingHours
from elections.places import Region
from elections.silence import SilenceRule
from keywords.lists import KeywordList, RealWords
from notices.campaign import Campaign
from notices.documents import Document, canonical_bytes, from_document, to_document
from notices.errors import InvalidDocument, UntrustedRelease
from notices.notice import Notice

ALGORITHM: Final = "ed25519"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who made and who approved one change of a release; empty in a starter."""

    change: str
    authors: tuple[str, ...]
    approvers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """Everything published together. `starter` marks the one made from packs: drafts, and links nobody has verified."""

    number: int
    made_at: datetime
    previous: str | None
    starter: bool
    season_days: int
    link_hosts: tuple[str, ...]
    regions: tuple[Region, ...]
    centers: tuple[Center, ...]
    elections: tuple[Election, ...]
    silence: tuple[SilenceRule, ...]
    lists: tuple[KeywordList, ...]
    notices: tuple[Notice, ...]
    campaigns: tuple[Campaign, ...]
    changes: tuple[Authorship, ...] = ()
    polling_hours: tuple[PollingHours, ...] = ()
    real_words: RealWords = field(default_factory=RealWords)
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Signature:
    """One key's word for a digest; `key_id` is the beginning of the public key's SHA-256, `value` base64."""

    key_id: str
    value: str
    algorithm: str = ALGORITHM


@dataclass(frozen=True, slots=True)
class SignedRelease:
    """A release with its digest (`sha256:` and hex, over its canonical JSON) and the signatures over that digest."""

    release: Release
    digest: str
    signatures: tuple[Signature, ...]


def key_id(key: Ed25519PublicKey) -> str:
    """A short name for a public key."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def encode_key(key: Ed25519PublicKey) -> str:
    """A public key as the settings hold it: base64 of its 32 bytes."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def decode_key(text: str) -> Ed25519PublicKey:
    """A public key from base64 of its 32 bytes; raises ValueError."""
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))


def digest_of(release: Release) -> str:
    """The release's digest."""
    return _digest(to_document(release))


def _digest(document: Document) -> str:
    return f"sha256:{hashlib.sha256(canonical_bytes(document)).hexdigest()}"


def sign(release: Release, keys: Collection[Ed25519PrivateKey]) -> SignedRelease:
    """The release with its digest, signed by every key."""
    digest = digest_of(release)
    signatures = tuple(Signature(key_id(key.public_key()), base64.b64encode(key.sign(digest.encode())).decode()) for key in keys)
    return SignedRelease(release, digest, signatures)


def to_envelope(signed: SignedRelease) -> Document:
    """The signed release as the JSON document that is stored and kept on disk."""
    return {
        "release": to_document(signed.release),
        "digest": signed.digest,
        "signatures": [to_document(signature) for signature in signed.signatures],
    }


def from_envelope(envelope: Document, trusted: Collection[Ed25519PublicKey]) -> SignedRelease:
    """The release of a stored document, verified; raises UntrustedRelease or InvalidDocument."""
    try:
        document, digest = envelope["release"], envelope["digest"]
        signatures = tuple(from_document(signature, Signature) for signature in envelope["signatures"])
        actual = _digest(document)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidDocument("The release file does not hold a release, a digest and signatures.") from error
    if actual != digest:
        raise UntrustedRelease("The release does not have the digest that was signed: it was altered.")
    verify_signatures(digest, signatures, trusted)
    return SignedRelease(from_document(document, Release), digest, signatures)


def verify_signatures(digest: str, signatures: Collection[Signature], trusted: Collection[Ed25519PublicKey]) -> None:
    """Raise UntrustedRelease unless a trusted key signed the digest."""
    by_id = {key_id(key): key for key in trusted}
    for signature in signatures:
        key = by_id.get(signature.key_id)
        if key is None or signature.algorithm != ALGORITHM:
            continue
        try:
            key.verify(base64.b64decode(signature.value, validate=True), digest.encode())
        except (InvalidSignature, ValueError):
            continue
        return
    raise UntrustedRelease("No key that the settings trust has signed this release.")
