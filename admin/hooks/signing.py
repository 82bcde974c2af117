"""Deliveries as Standard Webhooks writes and signs them (https://www.standardwebhooks.com); where they are sent is courier's."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from admin.curation.telling import text_of
from review.events import Delivery

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32


def new_secret() -> str:
    """A secret that has never been, as receivers' libraries take it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def message_id(delivery: Delivery) -> str:
    """The same for every try, so that a receiver knows what it has heard already."""
    return f"msg_{delivery.created_at.astimezone(UTC):%Y%m%dT%H%M%S%f}_{delivery.number}"


def body_of(delivery: Delivery) -> bytes:
    """What is sent: the type of the event, when it happened, and what it is about."""
    return text_of({"type": delivery.event, "timestamp": delivery.created_at, "data": delivery.body}).encode()


def headers_of(delivery: Delivery, body: bytes, secret: str, now: datetime) -> Mapping[str, str]:
    """What proves to the receiver that it comes from here, and when it was sent."""
    known_as, timestamp = message_id(delivery), int(now.timestamp())
    return {
        "Content-Type": "application/json",
        "webhook-id": known_as,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(known_as, timestamp, body, secret),
    }


def signature(known_as: str, timestamp: int, body: bytes, secret: str) -> str:
    """`v1,` and the base64 of HMAC-SHA256 over id, timestamp and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((known_as.encode(), str(timestamp).encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"
