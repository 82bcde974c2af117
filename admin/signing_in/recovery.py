"""Recovery codes, for who has lost their second factor: made, read as people type them, compared; not where they are kept.

They are kept as plain SHA-256: each has 120 random bits, so that no search finds it, with or without a salt or a slow hash (NIST SP 800-63B
asks for those only below 112 bits). A person's password is another matter.
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Collection
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L or O to be taken for 1 or 0, no U to spell words with."""
CODES: Final = 10
GROUPS: Final = 6
GROUP: Final = 4
_MEANT: Final = str.maketrans("ILO", "110")
_LONGEST_TYPED: Final = 100


def new_codes() -> tuple[str, ...]:
    """Ten new codes such as `7K3M-9QXA-2F4T-HN8C-W0ZB-5RDE`: shown once, then only their digests are kept."""
    return tuple("-".join(_group() for _ in range(GROUPS)) for _ in range(CODES))


def digest_of(typed: str) -> bytes | None:
    """The SHA-256 to keep or to look for; None where what was typed is no code, whatever its case, spaces and hyphens."""
    if len(typed) > _LONGEST_TYPED:
        return None
    shown = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(one for one in shown if not one.isspace() and unicodedata.category(one) != "Pd").translate(_MEANT)
    if len(code) != GROUPS * GROUP or not set(code) <= set(ALPHABET):
        return None
    return hashlib.sha256(code.encode()).digest()


def matching(typed: str, kept: Collection[bytes]) -> bytes | None:
    """The kept digest that belongs to the code typed, to be struck off in the same transaction; None where none does."""
    digest = digest_of(typed)
    if digest is None:
        return None
    found = [one for one in kept if hmac.compare_digest(one, digest)]
    return found[0] if found else None


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUP))
