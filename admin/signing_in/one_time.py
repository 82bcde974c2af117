"""Time-based one-time passwords (RFC 6238) as the second factor; not where secrets and accepted steps are kept."""

import hmac
import unicodedata
from datetime import datetime
from typing import Final

import pyotp

ISSUER: Final = "Signpost"
STEP: Final = 30
"""Seconds; with six digits and SHA-1 the only setting that every authenticator app understands."""
DIGITS: Final = 6
DRIFT: Final = 1
"""Steps by which a phone's clock may be off, either way (RFC 6238 §5.2)."""
_LONGEST_TYPED: Final = 20


def new_secret() -> str:
    """A new shared secret: 160 random bits in base32. Store it where passwords are stored, and never show it twice."""
    return pyotp.random_base32(32)


def uri(secret: str, account: str) -> str:
    """The `otpauth://` address that an authenticator app reads from a QR code; it holds the secret, so it is never logged."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP).provisioning_uri(name=account, issuer_name=ISSUER)


def accepted_step(secret: str, typed: str, now: datetime, last_step: int | None) -> int | None:
    """The time step whose code was typed, or None where it is refused.

    Keep the step and hand it in as `last_step` next time: a code of that step or an earlier one is refused, so none works twice (RFC 6238
    §5.2). Keep it only where the kept one is still `last_step`, or two requests at once may use one code.
    """
    code = _digits(typed)
    if code is None:
        return None
    passwords = pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
    current = passwords.timecode(now)
    steps = range(max(current - DRIFT, 0), current + DRIFT + 1)
    matching = [step for step in steps if hmac.compare_digest(passwords.generate_otp(step).encode(), code)]
    return next((step for step in matching if last_step is None or step > last_step), None)


def _digits(typed: str) -> bytes | None:
    """The six digits, in whatever script and spacing somebody typed them."""
    if len(typed) > _LONGEST_TYPED:
        return None
    kept = [character for character in typed if not character.isspace() and unicodedata.category(character) != "Pd"]
    digits = [unicodedata.decimal(character, None) for character in kept]
    if len(digits) != DIGITS or None in digits:
        return None
    return "".join(map(str, digits)).encode()
