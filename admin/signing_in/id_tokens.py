"""ID tokens: whether one is truly the provider's, for us, for this sign-in and for now (OpenID Connect Core 1.0 §3.1.3.7); no network."""

import base64
import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from joserfc import jws
from joserfc.errors import BadSignatureError, ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jwa import EdDSAAlgorithm
from joserfc.jwk import Key, import_key
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from admin.signing_in.errors import SignInRefused, Why
from web.body import parse_json
from web.errors import Malformed

ALGORITHMS: Final[Mapping[str, tuple[str, str]]] = {
    **{f"{family}{bits}": ("RSA", f"sha{bits}") for family in ("RS", "PS") for bits in (256, 384, 512)},
    **{f"ES{bits}": ("EC", f"sha{bits}") for bits in (256, 384, 512)},
    "EdDSA": ("OKP", "sha512"),
    "Ed25519": ("OKP", "sha512"),
}
"""What is accepted → its type of key and the hash that `at_hash` is made with. Never `none`, never HS…: the client's secret signs nothing."""
SKEW: Final = 60
"""Seconds by which the two services' clocks may differ."""
LONGEST_SUBJECT: Final = 255
MOST_KEYS: Final = 100
_SHORTEST_RSA: Final = 342
"""Characters of base64 in a modulus of 2,048 bits."""


class _EdDSA(EdDSAAlgorithm):
    """What providers still call EdDSA; RFC 9864 deprecates the name for leaving the curve open, which `_may_sign` does not."""

    security_warning = ""


class _Registry(JWSRegistry):
    """joserfc's algorithms, with room for a header that holds certificates."""

    algorithms = {**JWSRegistry.algorithms, "EdDSA": _EdDSA()}  # noqa: RUF012 -- the shape of joserfc's own
    max_header_length = 4096


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must agree with."""

    issuer: str
    client_id: str
    nonce: str = field(repr=False)
    access_token: str = field(repr=False)


def read_keys(document: Mapping[str, Any]) -> tuple[Key, ...]:
    """The usable keys of a JWKS document: RSA from 2,048 bits, EC, Ed25519; what cannot be used is passed over (RFC 7517 §5)."""
    rows = document.get("keys")
    found = [_key(row) for row in rows[:MOST_KEYS]] if isinstance(rows, list) else []
    return tuple(key for key in found if key is not None)


def fitting(keys: Iterable[Key], kid: str | None, algorithm: str) -> Key | None:
    """The key with this id for this algorithm; without an id the only one for it, for a guess among several proves nothing."""
    kind = ALGORITHMS[algorithm][0]
    found = [key for key in keys if key.key_type == kind and key.alg in {None, algorithm} and kid in {None, key.kid}]
    return found[0] if len(found) == 1 else None


def read_header(token: str, algorithms: Collection[str]) -> tuple[str, str | None]:
    """The algorithm and the key's id, neither of them trusted yet; raises SignInRefused where the algorithm is not allowed."""
    try:
        header = jws.extract_compact(token.encode(), registry=_Registry()).headers()
    except (JoseError, ValueError, TypeError, RecursionError):
        raise SignInRefused(Why.MALFORMED) from None
    algorithm, kid = header.get("alg"), header.get("kid")
    if "crit" in header or not isinstance(algorithm, str) or not isinstance(kid, str | None):
        raise SignInRefused(Why.MALFORMED)
    if algorithm not in ALGORITHMS or algorithm not in algorithms:
        raise SignInRefused(Why.ALGORITHM_NOT_ALLOWED)
    return algorithm, kid


def checked(token: str, key: Key, algorithm: str, expected: Expected, now: datetime) -> Mapping[str, Any]:
    """The claims of a token that stands every check; raises SignInRefused with the first that it does not."""
    claims = _signed(token, key, algorithm)
    _check_registered(claims, expected, now)
    audience, authorised = claims["aud"], claims.get("azp")
    has_others = isinstance(audience, list) and len(audience) > 1
    if authorised != expected.client_id and (has_others or authorised is not None):
        raise SignInRefused(Why.AUDIENCE_WRONG)
    if not _equal(claims.get("nonce"), expected.nonce):
        raise SignInRefused(Why.NONCE_WRONG)
    if "at_hash" in claims and not _equal(claims["at_hash"], half_hash(expected.access_token, algorithm)):
        raise SignInRefused(Why.ACCESS_WRONG)
    return claims


def half_hash(text: str, algorithm: str) -> str:
    """The left half of a hash in base64, as `at_hash` is made (Core §3.1.3.6)."""
    digest = hashlib.new(ALGORITHMS[algorithm][1], text.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()


def _signed(token: str, key: Key, algorithm: str) -> dict[str, Any]:
    registry = _Registry(algorithms=[algorithm], strict_check_header=False)
    try:
        payload = jws.deserialize_compact(token.encode(), key, registry=registry).payload
        claims = parse_json(payload or b"")
    except BadSignatureError:
        raise SignInRefused(Why.SIGNATURE_WRONG) from None
    except (JoseError, Malformed, ValueError, TypeError):
        raise SignInRefused(Why.MALFORMED) from None
    if not isinstance(claims, dict):
        raise SignInRefused(Why.MALFORMED)
    return claims


def _check_registered(claims: dict[str, Any], expected: Expected, now: datetime) -> None:
    rules = JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=SKEW,
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    wrong = {"iss": Why.ISSUER_WRONG, "aud": Why.AUDIENCE_WRONG, "iat": Why.TIME_WRONG, "nbf": Why.TIME_WRONG}
    try:
        rules.validate(claims)
    except ExpiredTokenError:
        raise SignInRefused(Why.EXPIRED) from None
    except InvalidClaimError as error:
        raise SignInRefused(wrong.get(error.claim, Why.MALFORMED)) from None
    except MissingClaimError:
        raise SignInRefused(Why.MALFORMED) from None
    if len(claims["sub"]) > LONGEST_SUBJECT:
        raise SignInRefused(Why.MALFORMED)


def _key(row: Any) -> Key | None:
    if not isinstance(row, dict) or row.get("use", "sig") != "sig" or "d" in row or not _may_sign(row):
        return None
    try:
        return import_key(row)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _may_sign(row: Mapping[str, Any]) -> bool:
    kind = row.get("kty")
    is_long = kind == "RSA" and len(str(row.get("n", ""))) >= _SHORTEST_RSA
    return is_long or kind == "EC" or (kind == "OKP" and row.get("crv") == "Ed25519")


def _equal(one: object, other: str) -> bool:
    return isinstance(one, str) and hmac.compare_digest(one.encode(), other.encode())
