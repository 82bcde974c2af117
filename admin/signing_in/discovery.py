"""What a provider says of itself and the keys it signs with, fetched and kept for a while; not what it says of people."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from joserfc.jwk import Key

from admin.outside import Outside, OutsideError, Reply
from admin.signing_in.errors import ProviderFailed, SignInRefused, Why
from admin.signing_in.id_tokens import ALGORITHMS, fitting, read_keys
from admin.signing_in.openid_settings import OpenIdSettings
from web.body import parse_json
from web.errors import Malformed

FACTS_KEPT: Final = timedelta(hours=1)
KEYS_KEPT: Final = timedelta(hours=1)
"""Afterwards a key that the provider has withdrawn is not trusted any more."""
BETWEEN_REFRESHES: Final = timedelta(seconds=30)
"""A token with an unknown key id asks for the keys anew, but not more often than this."""
OK: Final = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """The parts of a discovery document that signing in needs (OpenID Connect Discovery 1.0 §3)."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    algorithms: frozenset[str]
    """Those that the provider signs ID tokens with and that are accepted here."""
    takes_basic: bool
    """Whether the client's secret travels in a header; else in the form."""
    names_itself: bool
    """Whether every answer carries `iss` (RFC 9207)."""


@dataclass(frozen=True, slots=True)
class _Keys:
    """A provider's keys as of a moment."""

    keys: tuple[Key, ...]
    fetched_at: datetime


class Directory:
    """One provider's facts and keys, each fetched once for all who wait."""

    def __init__(self, settings: OpenIdSettings, outside: Outside) -> None:
        """Nothing is asked before somebody signs in."""
        self._settings = settings
        self._outside = outside
        self._lock = asyncio.Lock()
        self._facts: tuple[Facts, datetime] | None = None
        self._keys: _Keys | None = None

    async def facts(self, now: datetime) -> Facts:
        """What the provider says of itself, at most an hour old; raises ProviderFailed."""
        async with self._lock:
            if self._facts is None or not timedelta(0) <= now - self._facts[1] < FACTS_KEPT:
                url = f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration"
                self._facts = read_facts(await fetched(self._outside, url), self._settings), now
            return self._facts[0]

    async def key(self, kid: str | None, algorithm: str, now: datetime) -> Key:
        """The one key that a token was signed with; the keys are fetched anew where it is unknown; raises SignInRefused."""
        facts = await self.facts(now)
        async with self._lock:
            kept = self._keys
            if kept is None or not timedelta(0) <= now - kept.fetched_at < KEYS_KEPT:
                kept = await self._refreshed(facts, now)
            found = fitting(kept.keys, kid, algorithm)
            if found is None and now - kept.fetched_at >= BETWEEN_REFRESHES:
                found = fitting((await self._refreshed(facts, now)).keys, kid, algorithm)
        if found is None:
            raise SignInRefused(Why.KEY_UNKNOWN)
        return found

    async def _refreshed(self, facts: Facts, now: datetime) -> _Keys:
        self._keys = _Keys(read_keys(await fetched(self._outside, facts.jwks_uri)), now)
        return self._keys


def read_facts(document: Mapping[str, Any], settings: OpenIdSettings) -> Facts:
    """The facts of a discovery document; raises ProviderFailed where it is another issuer's, incomplete, or names addresses not to be asked."""
    userinfo = document.get("userinfo_endpoint")
    offered = document.get("id_token_signing_alg_values_supported", ["RS256"])
    ways = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if document.get("issuer") != settings.issuer or not isinstance(offered, list) or not isinstance(ways, list):
        raise ProviderFailed(Why.PROVIDER_MALFORMED)
    algorithms = frozenset(name for name in offered if isinstance(name, str)) & ALGORITHMS.keys()
    if not algorithms:
        raise ProviderFailed(Why.ALGORITHM_NOT_ALLOWED)
    return Facts(
        _address(document.get("authorization_endpoint"), settings),
        _address(document.get("token_endpoint"), settings),
        _address(document.get("jwks_uri"), settings),
        None if userinfo is None else _address(userinfo, settings),
        algorithms,
        "client_secret_basic" in ways or "client_secret_post" not in ways,
        document.get("authorization_response_iss_parameter_supported") is True,
    )


async def fetched(outside: Outside, url: str, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    """The JSON object at one of the provider's addresses; raises ProviderFailed."""
    try:
        reply = await outside.get(url, headers=headers)
    except OutsideError as error:
        raise ProviderFailed(Why.PROVIDER_UNREACHABLE) from error
    if reply.status != OK:
        raise ProviderFailed(Why.PROVIDER_UNREACHABLE)
    return read_object(reply)


def read_object(reply: Reply) -> Mapping[str, Any]:
    """The JSON object that a reply holds; raises ProviderFailed."""
    try:
        document = parse_json(reply.body)
    except Malformed:
        raise ProviderFailed(Why.PROVIDER_MALFORMED) from None
    if not isinstance(document, dict):
        raise ProviderFailed(Why.PROVIDER_MALFORMED)
    return document


def _address(value: object, settings: OpenIdSettings) -> str:
    if not isinstance(value, str) or not settings.may_be_asked(value) or "#" in value:
        raise ProviderFailed(Why.PROVIDER_MALFORMED)
    return value
