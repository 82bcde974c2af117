"""The release file on our own disk: read, and verified each time; who replaces it is the side door's business."""

import json
from collections.abc import Collection
from pathlib import Path

from notices.documents import Document
from notices.errors import InvalidDocument
from notices.signing import SignedRelease, TrustedKey, from_envelope


def read_envelope(path: Path) -> Document:
    """The release file's JSON; raises InvalidDocument."""
    try:
        envelope = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InvalidDocument("The release file cannot be read.") from error
    if not isinstance(envelope, dict):
        raise InvalidDocument("The release file does not hold an object.")
    return envelope


def load_release_file(path: Path, trusted: Collection[TrustedKey]) -> SignedRelease:
    """The last release that was verified, from our own disk, verified again."""
    return from_envelope(read_envelope(path), trusted)
