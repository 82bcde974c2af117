"""Signing keys on disk: made, read, and which public ones are trusted; keys for others' services. What they sign is the release's business."""

import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from admin.errors import KeyProblem
from notices.signing import TrustedKey, decode_key


def make_key(path: Path) -> Ed25519PrivateKey:
    """A new private key, readable by its owner only; never over an existing file."""
    key = Ed25519PrivateKey.generate()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return key


def read_key(path: Path) -> Ed25519PrivateKey:
    """The private key of a file; raises KeyProblem."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise KeyProblem(f"The signing key {path.name} cannot be read: it must be an unencrypted Ed25519 key in PEM.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyProblem(f"The signing key {path.name} is not an Ed25519 key.")
    return key


def trusted_keys(pinned: Iterable[str], own: Iterable[Path]) -> tuple[TrustedKey, ...]:
    """The pinned public keys; where none are pinned, the public halves of our `own` signing keys."""
    try:
        keys = tuple(decode_key(text) for text in pinned)
    except ValueError as error:
        raise KeyProblem(
            "A trusted key is not the base64 of a 32-byte Ed25519 public key, with from/until behind an @ where it has a validity."
        ) from error
    return keys or tuple(TrustedKey(read_key(path).public_key()) for path in own if path.exists())


def read_secret(text: str, path: Path | None, setting: str) -> str:
    """A key for somebody's service: as it is set, else from its file; raises KeyProblem that names the setting and never the key."""
    if text:
        return text
    if path is None:
        raise KeyProblem(f"This needs a key: set {setting}, or {setting}_FILE to a file that holds it.")
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise KeyProblem(f"The file of {setting}_FILE cannot be read.") from error
    if not key or not key.isprintable() or " " in key:
        raise KeyProblem(f"The file of {setting}_FILE does not hold one key.")
    return key
