"""ID tokens: a real provider's, altered in every way that matters, and ours where no provider would issue such a thing."""

import base64
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from admin.signing_in.discovery import Directory
from admin.signing_in.errors import SignInRefused
from admin.signing_in.id_tokens import ALGORITHMS, Expected, checked, fitting, half_hash, read_header, read_keys
from admin.signing_in.openid import Provider
from tests.admin.signing_in.real_provider import NOW, running, signed_in, tokens

ISSUER = "https://id.example"
KEY = ECKey.generate_key("P-256", {"kid": "one", "use": "sig", "alg": "ES256"})
EXPECTED = Expected(ISSUER, "signpost", "the nonce", "the access token")
SECONDS = int(NOW.timestamp())
CLAIMS = {"iss": ISSUER, "aud": "signpost", "sub": "person-7", "nonce": "the nonce", "iat": SECONDS, "exp": SECONDS + 300}


def packed(value: Any) -> str:
    return base64.urlsafe_b64encode(value if isinstance(value, bytes) else json.dumps(value).encode()).rstrip(b"=").decode()


def signed(changes: Mapping[str, Any], key: Any = KEY, **header: Any) -> str:
    claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not ...}
    return jws.serialize_compact(
        {"alg": "ES256", "kid": "one", **header}, json.dumps(claims), key, algorithms=list(jws.JWSRegistry.algorithms)
    )


def code_of(token: str, expected: Expected = EXPECTED, now=NOW, key: Any = KEY) -> str | None:
    try:
        algorithm, _ = read_header(token, ALGORITHMS.keys())
        checked(token, key, algorithm, expected, now)
    except SignInRefused as error:
        refusal = error
    else:
        return None
    assert not token or token not in str(refusal)
    return refusal.code


async def test_a_real_token_stands_and_falls_with_each_of_its_parts() -> None:
    with running(algorithm="RS256") as real:
        url, pending = await Provider(real.settings(), real.way()).begin(NOW)
        given = await tokens(real, (await signed_in(url))["code"], pending.verifier)
        token = given["id_token"]
        key = await Directory(real.settings(), real.way()).key(*reversed(read_header(token, ALGORITHMS.keys())), NOW)
    expected = Expected(real.issuer, "signpost", pending.nonce, given["access_token"])
    header, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert "at_hash" not in claims or claims["at_hash"] == half_hash(given["access_token"], "RS256")
    other = packed({**claims, "sub": "person-1"})
    unsigned = packed({"alg": "none"})
    assert code_of(token, expected, key=key) is None
    assert code_of(f"{header}.{other}.{signature}", expected, key=key) == "signature_wrong"
    assert code_of(f"{header}.{payload}.{'A' * len(signature)}", expected, key=key) == "signature_wrong"
    assert code_of(f"{header}.{payload}.", expected, key=key) == "signature_wrong"
    assert code_of(f"{unsigned}.{payload}.", expected, key=key) == "algorithm_not_allowed"
    assert code_of(token, Expected(real.issuer, "another", pending.nonce, given["access_token"]), key=key) == "audience_wrong"
    assert code_of(token, Expected("https://id.example", "signpost", pending.nonce, given["access_token"]), key=key) == "issuer_wrong"
    assert code_of(token, Expected(real.issuer, "signpost", "n" * 43, given["access_token"]), key=key) == "nonce_wrong"
    assert code_of(token, expected, NOW + timedelta(seconds=600 + 59), key=key) is None
    assert code_of(token, expected, NOW + timedelta(seconds=600 + 61 + 30), key=key) == "token_expired"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"iss": f"{ISSUER}/"}, "issuer_wrong"),
        ({"iss": ...}, "token_malformed"),
        ({"aud": ["signpost"]}, None),
        ({"aud": ["signpost", "other"]}, "audience_wrong"),
        ({"aud": ["signpost", "other"], "azp": "signpost"}, None),
        ({"aud": ["signpost", "other"], "azp": "other"}, "audience_wrong"),
        ({"azp": "other"}, "audience_wrong"),
        ({"aud": ["other"]}, "audience_wrong"),
        ({"aud": {"signpost": 1}}, "audience_wrong"),
        ({"aud": ...}, "token_malformed"),
        ({"sub": ...}, "token_malformed"),
        ({"sub": ""}, "token_malformed"),
        ({"sub": 7}, "token_malformed"),
        ({"sub": "s" * 256}, "token_malformed"),
        ({"exp": ...}, "token_malformed"),
        ({"exp": "soon"}, "token_malformed"),
        ({"exp": True}, "token_malformed"),
        ({"exp": SECONDS - 59}, None),
        ({"exp": SECONDS - 60}, "token_expired"),
        ({"iat": ...}, "token_malformed"),
        ({"iat": SECONDS + 60}, None),
        ({"iat": SECONDS + 61}, "token_time_wrong"),
        ({"nbf": SECONDS + 61}, "token_time_wrong"),
        ({"nonce": ...}, "nonce_wrong"),
        ({"nonce": ["the nonce"]}, "nonce_wrong"),
        ({"nonce": "thé nonce"}, "nonce_wrong"),
        ({"at_hash": half_hash("the access token", "ES256")}, None),
        ({"at_hash": half_hash("another", "ES256")}, "access_token_wrong"),
        ({"at_hash": 7}, "access_token_wrong"),
    ],
    ids=str,
)
def test_each_claim_is_checked(changes: Mapping[str, Any], code: str | None) -> None:
    assert code_of(signed(changes)) == code


RSA = RSAKey.generate_key(2048, {"kid": "one"})
SHARED = OctKey.import_key(json.dumps(RSA.as_dict(private=False)))


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (signed({}, SHARED, alg="HS256"), "algorithm_not_allowed"),
        (signed({}, OctKey.import_key("s" * 64), alg="HS512"), "algorithm_not_allowed"),
        (f"{packed({'alg': 'none'})}.{packed(CLAIMS)}.", "algorithm_not_allowed"),
        (f"{packed({'alg': 'None'})}.{packed(CLAIMS)}.", "algorithm_not_allowed"),
        (f"{packed({'alg': ['ES256']})}.{packed(CLAIMS)}.", "token_malformed"),
        (f"{packed({'kid': 'one'})}.{packed(CLAIMS)}.", "token_malformed"),
        (f"{packed({'alg': 'ES256', 'crit': ['x'], 'x': 1})}.{packed(CLAIMS)}.AAAA", "token_malformed"),
        (f"{packed({'alg': 'ES256', 'kid': 7})}.{packed(CLAIMS)}.AAAA", "token_malformed"),
        (f"{packed(['ES256'])}.{packed(CLAIMS)}.AAAA", "token_malformed"),
        (f"{packed(b'[' * 3_000)}.{packed(CLAIMS)}.AAAA", "token_malformed"),
        (signed({}, RSA, alg="RS256"), "token_malformed"),
        (signed({}, ECKey.generate_key("P-256")), "signature_wrong"),
        (jws.serialize_compact({"alg": "ES256"}, b'{"sub": 1, "sub": 2}', KEY), "token_malformed"),
        (jws.serialize_compact({"alg": "ES256"}, b"[]", KEY), "token_malformed"),
        (jws.serialize_compact({"alg": "ES256"}, b"\xff", KEY), "token_malformed"),
        ("", "token_malformed"),
        ("a.b", "token_malformed"),
        ("a.b.c.d.e", "token_malformed"),
        (f"{packed({'alg': 'ES256'})}.{'A' * 300_000}.A", "token_malformed"),
        ("é.é.é", "token_malformed"),
    ],
    ids=["hs256 with the public key", "hs512", "none", "None", "list", "no algorithm", "crit", "kid", "header list", "nested header",
         "another type of key",
         "another key", "claim twice", "claims list", "not utf-8", "empty", "two parts", "encrypted", "endless", "not ascii"],
)  # fmt: skip
def test_a_token_that_is_none_is_refused(token: str, code: str) -> None:
    assert code_of(token) == code


def test_an_algorithm_that_the_provider_does_not_name_is_refused() -> None:
    with pytest.raises(SignInRefused) as error:
        read_header(signed({}), {"RS256"})
    assert error.value.code == "algorithm_not_allowed"


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [("RS256", RSA), ("PS512", RSA), ("ES384", ECKey.generate_key("P-384")), ("EdDSA", OKPKey.generate_key("Ed25519")),
     ("Ed25519", OKPKey.generate_key("Ed25519"))],
    ids=["RS256", "PS512", "ES384", "EdDSA", "Ed25519"],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # by the test's own signing only: the check of it warns of nothing
def test_every_allowed_family_is_understood(algorithm: str, key) -> None:
    token = signed({"at_hash": half_hash("the access token", algorithm)}, key, alg=algorithm)
    (public,) = read_keys({"keys": [key.as_dict(private=False)]})
    assert code_of(token, key=public) is None


def test_only_keys_that_may_sign_are_read() -> None:
    public = KEY.as_dict(private=False)
    rows = [
        public,
        RSAKey.generate_key(2048, {"kid": "two"}).as_dict(private=False),
        {**public, "kid": "encrypts", "use": "enc"},
        {**KEY.as_dict(private=True), "kid": "private"},
        {"kty": "oct", "k": "c2VjcmV0", "kid": "shared"},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "short"},
        OKPKey.generate_key("X25519", {"kid": "agrees"}).as_dict(private=False),
        OKPKey.generate_key("Ed448", {"kid": "other curve"}).as_dict(private=False),
        {"kty": "EC", "crv": "P-256", "kid": "broken"},
        {"kty": "AKP", "kid": "of tomorrow"},
        {"kty": ["EC"], "kid": "list"},
        {**public, "kid": "odd", "alg": ["ES256"]},
        {**public, "kid": ["odd"]},
        7,
    ]
    assert [key.kid for key in read_keys({"keys": rows})] == ["one", "two"]
    assert read_keys({}) == read_keys({"keys": 7}) == ()


def test_a_key_is_found_by_its_id_or_when_there_is_no_other() -> None:
    one, two = KEY, ECKey.generate_key("P-256", {"kid": "two"})
    assert fitting([one, two], "two", "ES256") is two
    assert fitting([one, RSA], None, "ES256") is one
    assert fitting([one, two], None, "ES256") is None
    assert fitting([one, two], "three", "ES256") is None
    assert fitting([one], "one", "RS256") is None
    assert fitting([one], "one", "ES384") is None
    assert fitting([one, one], "one", "ES256") is None
