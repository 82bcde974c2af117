"""Digests and signatures: what a release is signed with, by whom that is believed and when; not what a release holds."""

import base64
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from notices.documents import Document, canonical_bytes, from_document, to_document
from notices.errors import InvalidDocument, UntrustedRelease
from notices.release import Release

ALGORITHM: Final = "ed25519"


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


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key and when its signatures count: for releases made from `valid_from` on and before `valid_until`; None is for ever."""

    key: Ed25519PublicKey
    valid_from: datetime | None = None
    valid_until: datetime | None = None

    def is_valid_at(self, made_at: datetime) -> bool:
        """Whether a release made then may rest on this key."""
        return (self.valid_from is None or self.valid_from <= made_at) and (self.valid_until is None or made_at < self.valid_until)


def key_id(key: Ed25519PublicKey) -> str:
    """A short name for a public key."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def encode_key(trusted: TrustedKey) -> str:
    """A key as the settings hold it: base64 of its 32 bytes, and after an `@` from when until when it is trusted, where that is limited."""
    text = base64.b64encode(trusted.key.public_bytes_raw()).decode()
    if trusted.valid_from is None and trusted.valid_until is None:
        return text
    return f"{text}@{_moment(trusted.valid_from)}/{_moment(trusted.valid_until)}"


def decode_key(text: str) -> TrustedKey:
    """The key of such a text; moments are RFC 3339, a day stands for its first moment in UTC. Raises ValueError."""
    encoded, at, validity = text.partition("@")
    first, slash, last = validity.partition("/")
    if at and not slash:
        raise ValueError("A validity is written from/until.")
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded, validate=True))
    return TrustedKey(key, _instant(first), _instant(last))


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


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


def from_envelope(envelope: Document, trusted: Collection[TrustedKey]) -> SignedRelease:
    """The release of a stored document, verified; raises UntrustedRelease or InvalidDocument."""
    try:
        document, digest = envelope["release"], envelope["digest"]
        signatures = tuple(from_document(signature, Signature) for signature in envelope["signatures"])
        actual = _digest(document)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidDocument("The release file does not hold a release, a digest and signatures.") from error
    if actual != digest:
        raise UntrustedRelease("The release does not have the digest that was signed: it was altered.")
    release = from_document(document, Release)
    verify_signatures(digest, signatures, trusted, release.made_at)
    return SignedRelease(release, digest, signatures)


def verify_signatures(digest: str, signatures: Collection[Signature], trusted: Collection[TrustedKey], made_at: datetime) -> None:
    """Raise UntrustedRelease unless a key that is trusted for that time signed the digest."""
    by_id = {key_id(one.key): one for one in trusted}
    out_of_time = False
    for signature in signatures:
        one = by_id.get(signature.key_id)
        if one is None or signature.algorithm != ALGORITHM:
            continue
        if not one.is_valid_at(made_at):
            out_of_time = True
            continue
        try:
            one.key.verify(base64.b64decode(signature.value, validate=True), digest.encode())
        except (InvalidSignature, ValueError):
            continue
        return
    if out_of_time:
        raise UntrustedRelease("The key that signed this release was not trusted at the time the release says it was made.")
    raise UntrustedRelease("No key that the settings trust has signed this release.")
