"""By what people are known once they have proven who they are: credentials, sessions, tokens; secrets only as hashes, never as they are."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from review.people import Grant


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person proves themselves by. `one_time` is the shared secret of their authenticator, `last_step` the last one it was used for."""

    password: str = field(default="", repr=False)
    one_time: str = field(default="", repr=False)
    one_time_confirmed: bool = False
    last_step: int = 0
    recovery: tuple[str, ...] = field(default=(), repr=False)
    must_change: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in on one device; `hash` is that of the secret in their cookie, `id` a short name for lists."""

    id: str
    hash: str = field(repr=False)
    person: str
    way: str
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """An API token: some of its person's grants, for a time; `hint` is the part of it that lists may show."""

    id: str
    hash: str = field(repr=False)
    person: str
    name: str
    hint: str
    grants: tuple[Grant, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a request that must not be done twice; `fingerprint` tells whether another one is the same."""

    fingerprint: str
    status: int
    body: Any
    at: datetime
