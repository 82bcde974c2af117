"""Signing in through an OpenID Connect provider: the authorization code flow with PKCE, state and nonce; not the session that follows.

Two steps: `begin` gives an address to send the browser to and a `Pending` to keep; `finish` takes the `Pending` and the answer that the browser
brings back. The caller keeps each `Pending` on the server, bound to the browser by a cookie, and strikes it off before `finish`: one try each.
"""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

from admin.outside import Outside, OutsideError
from admin.signing_in.discovery import OK, Directory, Facts, fetched, read_object
from admin.signing_in.errors import ProviderFailed, SignInRefused, Why
from admin.signing_in.groups import grants_of
from admin.signing_in.id_tokens import Expected, checked, read_header
from admin.signing_in.openid_settings import OpenIdSettings
from review.people import Grant

LONGEST_SIGN_IN: Final = timedelta(minutes=10)
SKEW: Final = timedelta(seconds=60)
LONGEST_CODE: Final = 4_096
LONGEST_RETURN: Final = 2_000
LONGEST_NAME: Final = 200
LONGEST_EMAIL: Final = 254
REFUSED: Final = frozenset({400, 401, 403})
_LOCAL: Final = re.compile(r"/(?!/)[!-\[\]-~]*", re.ASCII)
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+")


@dataclass(frozen=True, slots=True)
class Pending:
    """What is to be remembered between the two steps; `return_to` is a path on this service."""

    issuer: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    return_to: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says somebody is: issuer and subject together never change, all else may."""

    issuer: str
    subject: str
    name: str
    email: str
    email_verified: bool
    groups: tuple[str, ...]
    grants: tuple[Grant, ...]


class Provider:
    """One provider; `outside` is the way to it, as `way_to` makes it."""

    def __init__(self, settings: OpenIdSettings, outside: Outside) -> None:
        """Nothing is asked before somebody signs in."""
        self._settings = settings
        self._outside = outside
        self._directory = Directory(settings, outside)

    async def begin(self, now: datetime, return_to: str = "/") -> tuple[str, Pending]:
        """The address to send the browser to, and what to keep; raises SignInRefused."""
        path = local_path(return_to)
        facts = await self._directory.facts(now)
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": self._settings.redirect_url,
            "scope": " ".join(self._settings.scopes),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        joint = "&" if "?" in facts.authorization_endpoint else "?"
        url = f"{facts.authorization_endpoint}{joint}{urlencode(asked)}"
        return url, Pending(self._settings.issuer, state, nonce, verifier, path, now)

    async def finish(self, pending: Pending, answer: Mapping[str, str], now: datetime) -> Identity:
        """Who came back; `answer` is the query of the redirect address; raises SignInRefused."""
        if not -SKEW <= now - pending.started_at <= LONGEST_SIGN_IN:
            raise SignInRefused(Why.SIGN_IN_EXPIRED)
        if pending.issuer != self._settings.issuer or not _equal(answer.get("state", ""), pending.state):
            raise SignInRefused(Why.STATE_MISMATCH)
        facts = await self._directory.facts(now)
        if ("iss" in answer or facts.names_itself) and answer.get("iss") != self._settings.issuer:
            raise SignInRefused(Why.ISSUER_WRONG)
        if "error" in answer:
            raise SignInRefused(Why.PROVIDER_REFUSED)
        code = answer.get("code", "")
        if not 0 < len(code) <= LONGEST_CODE:
            raise SignInRefused(Why.CODE_MISSING)
        id_token, access_token = await self._redeemed(code, pending, facts)
        algorithm, kid = read_header(id_token, facts.algorithms)
        key = await self._directory.key(kid, algorithm, now)
        expected = Expected(self._settings.issuer, self._settings.client_id, pending.nonce, access_token)
        claims = checked(id_token, key, algorithm, expected, now)
        return identity_of(await self._completed(claims, access_token, facts), self._settings)

    async def _redeemed(self, code: str, pending: Pending, facts: Facts) -> tuple[str, str]:
        """The ID token and the access token for a code."""
        settings = self._settings
        form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", settings.redirect_url),
            ("code_verifier", pending.verifier),
        ]
        headers = {"Accept": "application/json"}
        if settings.client_secret and facts.takes_basic:
            pair = f"{quote_plus(settings.client_id)}:{quote_plus(settings.client_secret)}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form.append(("client_id", settings.client_id))
            form += [("client_secret", settings.client_secret)] if settings.client_secret else []
        try:
            reply = await self._outside.post(facts.token_endpoint, tuple(form), headers=headers)
        except OutsideError as error:
            raise ProviderFailed(Why.PROVIDER_UNREACHABLE) from error
        if reply.status not in {OK, *REFUSED}:
            raise ProviderFailed(Why.PROVIDER_UNREACHABLE)
        tokens = read_object(reply)
        if reply.status in REFUSED:
            raise SignInRefused(Why.CODE_REFUSED) if tokens.get("error") == "invalid_grant" else ProviderFailed(Why.CLIENT_REFUSED)
        id_token, access_token = tokens.get("id_token"), tokens.get("access_token")
        if not isinstance(id_token, str) or not isinstance(access_token, str) or str(tokens.get("token_type")).lower() != "bearer":
            raise ProviderFailed(Why.PROVIDER_MALFORMED)
        return id_token, access_token

    async def _completed(self, claims: Mapping[str, Any], access_token: str, facts: Facts) -> Mapping[str, Any]:
        """The claims, with those of the profile where the token leaves groups or address out; what is signed wins."""
        if facts.userinfo_endpoint is None or {self._settings.groups_claim, "email"} <= claims.keys():
            return claims
        if not access_token.isascii() or not access_token.isprintable():
            raise ProviderFailed(Why.PROVIDER_MALFORMED)
        profile = await fetched(self._outside, facts.userinfo_endpoint, {"Authorization": f"Bearer {access_token}"})
        if profile.get("sub") != claims["sub"]:
            raise SignInRefused(Why.PROFILE_WRONG)
        is_same_address = profile.get("email") == claims.get("email", profile.get("email"))
        return {**profile, **({} if is_same_address else {"email_verified": False}), **claims}


def local_path(text: str) -> str:
    """The path to go back to, unchanged; raises SignInRefused for whatever a browser could take for another host's address."""
    if len(text) > LONGEST_RETURN or _LOCAL.fullmatch(text) is None or "//" in text.partition("?")[0]:
        raise SignInRefused(Why.RETURN_NOT_LOCAL)
    return text


def identity_of(claims: Mapping[str, Any], settings: OpenIdSettings) -> Identity:
    """Who the claims speak of; an address counts as verified only where the provider says so of this very address."""
    groups = claims.get(settings.groups_claim, [])
    groups = [groups] if isinstance(groups, str) else groups
    if not isinstance(groups, list) or not all(isinstance(group, str) for group in groups):
        raise SignInRefused(Why.PROFILE_WRONG)
    known = tuple(dict.fromkeys(groups))
    email = _text(claims.get("email"))
    is_address = len(email) <= LONGEST_EMAIL and _EMAIL.fullmatch(email) is not None
    return Identity(
        settings.issuer,
        claims["sub"],
        (_text(claims.get("name")) or _text(claims.get("preferred_username")))[:LONGEST_NAME],
        email if is_address else "",
        is_address and str(claims.get("email_verified")).lower() == "true",
        known,
        grants_of(known, settings.mapping),
    )


def _text(value: object) -> str:
    """A text without control and direction characters; nothing for anything else."""
    if not isinstance(value, str):
        return ""
    return "".join(one for one in value[: LONGEST_NAME * 4] if unicodedata.category(one) not in {"Cc", "Cf", "Cs"}).strip()


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="surrogatepass"), other.encode())
