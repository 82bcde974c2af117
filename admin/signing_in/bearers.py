"""API tokens and session ids: whoever bears one is let in, so they are random, shown once and kept as digests; not where, nor whose they are.

A text is its kind, an underscore, 32 random characters (190 bits) and a checksum, so that secret scanners find leaked ones and can tell true
ones from look-alikes without asking us: `signpost_(pat|ses)_[0-9A-Za-z]{38}`, where the last six characters are the CRC-32 (zlib's) of all that
stands before them, in base 62 with the digits `0-9A-Za-z`, filled up with zeros on the left. GitHub's tokens are made alike.
"""

import hashlib
import hmac
import re
import secrets
import string
import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM: Final = 32
CHECKSUM: Final = 6


class Kind(StrEnum):
    """What a text is for: a person's token for programs, or a browser's session."""

    PERSONAL = "signpost_pat"
    SESSION = "signpost_ses"


LENGTH: Final = len(Kind.PERSONAL) + 1 + RANDOM + CHECKSUM
PATTERN: Final = re.compile(rf"signpost_(?:pat|ses)_[0-9A-Za-z]{{{RANDOM + CHECKSUM}}}", re.ASCII)
"""For scanners of secrets; what matches is true only where the checksum is."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A new token or session id: the text, to be shown or set once, and the digest to keep."""

    text: str = field(repr=False)
    digest: bytes = field(repr=False)


def new(kind: Kind) -> Bearer:
    """One that has never been."""
    body = f"{kind}_{''.join(secrets.choice(ALPHABET) for _ in range(RANDOM))}"
    text = body + _checksum(body)
    return Bearer(text, _digest(text))


def digest_of(kind: Kind, text: str) -> bytes | None:
    """The digest to look up, 32 bytes; None, before any look-up, where this is no text of the kind or its checksum is wrong."""
    if len(text) != LENGTH or not text.startswith(f"{kind}_") or PATTERN.fullmatch(text) is None:
        return None
    body, checksum = text[:-CHECKSUM], text[-CHECKSUM:]
    return _digest(text) if hmac.compare_digest(_checksum(body).encode(), checksum.encode()) else None


def same(one: bytes, other: bytes) -> bool:
    """Whether two digests are equal, in a time that tells nothing."""
    return hmac.compare_digest(one, other)


def _digest(text: str) -> bytes:
    """SHA-256 without salt: what is random to begin with cannot be guessed, and must be found by its digest."""
    return hashlib.sha256(text.encode()).digest()


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(CHECKSUM):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits
