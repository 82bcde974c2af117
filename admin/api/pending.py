"""What is remembered of a sign-in through a provider while the browser is there: sealed, in a cookie of that browser; not what it means.

It needs no table and no memory of the server, so any process of any host may finish what another began, also after a restart, and nobody can
fill the store by beginning sign-ins that are never finished. The seal (Fernet: AES and HMAC) keeps the browser's owner and programs beside it
from reading or making one up; it is made with the client's secret, which all processes share, or without one with a key of this process.
"""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import astuple
from datetime import UTC, datetime
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from admin.signing_in.openid import LONGEST_SIGN_IN, Pending

PURPOSE: Final = b"signpost pending sign-in"
KEY_BYTES: Final = 32


class Seals:
    """Seals and opens what is pending."""

    def __init__(self, client_secret: str) -> None:
        """The key cannot be turned back into the secret."""
        material = client_secret.encode() if client_secret else secrets.token_bytes(KEY_BYTES)
        key = HKDF(SHA256(), KEY_BYTES, salt=None, info=PURPOSE).derive(material)
        self._fernet = Fernet(urlsafe_b64encode(key))

    def sealed(self, pending: Pending) -> str:
        """For the cookie."""
        *texts, started_at = astuple(pending)
        data = json.dumps([*texts, started_at.isoformat()]).encode()
        return self._fernet.encrypt_at_time(data, int(pending.started_at.timestamp())).decode()

    def opened(self, text: str, now: datetime) -> Pending | None:
        """What was sealed; None for what was not, or too long ago."""
        try:
            data = self._fernet.decrypt_at_time(text.encode(), int(LONGEST_SIGN_IN.total_seconds()) + 1, int(now.timestamp()))
        except (InvalidToken, UnicodeEncodeError):
            return None
        issuer, state, nonce, verifier, return_to, started_at = json.loads(data)
        return Pending(issuer, state, nonce, verifier, return_to, datetime.fromisoformat(started_at).astimezone(UTC))
