"""Discovery documents and keys: what is read of them, how often they are fetched, and providers that answer nonsense."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from joserfc.jwk import ECKey

from admin.signing_in.discovery import Directory, read_facts
from admin.signing_in.errors import ProviderFailed, SignInRefused
from admin.signing_in.openid import Pending, Provider
from admin.signing_in.openid_settings import OpenIdSettings
from tests.admin.local_https import served
from tests.admin.signing_in.real_provider import NOW

ISSUER = "https://city.example"
SETTINGS = OpenIdSettings(ISSUER, "signpost", "the-secret", "https://signpost.example/back")
DOCUMENT = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth?tenant=1",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/jwks",
    "userinfo_endpoint": f"{ISSUER}/me",
    "id_token_signing_alg_values_supported": ["HS256", "none", "ES256", "RS256"],
}
PENDING = Pending(ISSUER, "the state", "the nonce", "v" * 43, "/", NOW)
ANSWER = {"state": "the state", "code": "the-code"}


def test_facts_are_what_is_offered_and_accepted() -> None:
    facts = read_facts(DOCUMENT, SETTINGS)
    assert facts.algorithms == {"ES256", "RS256"}
    assert (facts.takes_basic, facts.names_itself) == (True, False)
    assert not read_facts({**DOCUMENT, "token_endpoint_auth_methods_supported": ["client_secret_post"]}, SETTINGS).takes_basic
    assert read_facts({**DOCUMENT, "userinfo_endpoint": None}, SETTINGS).userinfo_endpoint is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"issuer": f"{ISSUER}/"}, "provider_malformed"),
        ({"issuer": "https://other.example"}, "provider_malformed"),
        ({"issuer": None}, "provider_malformed"),
        ({"authorization_endpoint": "http://city.example/auth"}, "provider_malformed"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "provider_malformed"),
        ({"authorization_endpoint": None}, "provider_malformed"),
        ({"token_endpoint": "http://localhost/token"}, "provider_malformed"),
        ({"token_endpoint": 7}, "provider_malformed"),
        ({"jwks_uri": "file:///etc/passwd"}, "provider_malformed"),
        ({"userinfo_endpoint": "https://a:b@city.example/me"}, "provider_malformed"),
        ({"id_token_signing_alg_values_supported": "RS256"}, "provider_malformed"),
        ({"token_endpoint_auth_methods_supported": 7}, "provider_malformed"),
        ({"id_token_signing_alg_values_supported": ["HS256", "none", ["RS256"], 7]}, "algorithm_not_allowed"),
    ],
    ids=str,
)
def test_a_document_that_would_lead_astray_is_refused(change, code: str) -> None:
    with pytest.raises(ProviderFailed) as error:
        read_facts({**DOCUMENT, **change}, SETTINGS)
    assert error.value.code == code


def app(counted: dict[str, int] | None = None, **answers: Callable[[], web.Response]) -> web.Application:
    """A server with the discovery document and whatever else it is to answer."""
    answers = {".well-known/openid-configuration": lambda: web.json_response(DOCUMENT), **answers}

    async def answer(request: web.Request) -> web.Response:
        name = request.path.removeprefix("/")
        if counted is not None:
            counted[name] = counted.get(name, 0) + 1
        return answers[name]() if name in answers else web.Response(status=404)

    made = web.Application()
    made.router.add_route("*", "/{path:.*}", answer)
    return made


async def test_documents_and_keys_are_fetched_once_an_hour_and_unknown_keys_ask_twice_a_minute_at_most(tmp_path: Path) -> None:
    counted: dict[str, int] = {}
    one, two = (ECKey.generate_key("P-256", {"kid": kid}).as_dict(private=False) for kid in ("one", "two"))
    keys = [one]
    async with served(app(counted, jwks=lambda: web.json_response({"keys": keys})), tmp_path) as outside:
        directory = Directory(SETTINGS, outside)
        for second in (0, 10, 3_599):
            assert (await directory.key("one", "ES256", NOW + timedelta(seconds=second))).kid == "one"
        assert counted == {".well-known/openid-configuration": 1, "jwks": 1}
        later = NOW + timedelta(hours=1)
        assert (await directory.key("one", "ES256", later)).kid == "one"
        assert counted == {".well-known/openid-configuration": 2, "jwks": 2}
        for second in range(90):
            with pytest.raises(SignInRefused):
                await directory.key("two", "ES256", later + timedelta(seconds=second))
        assert counted["jwks"] == 4
        keys[:] = [two]
        assert (await directory.key("two", "ES256", later + timedelta(seconds=90))).kid == "two"
        with pytest.raises(SignInRefused) as error:
            await directory.key("one", "ES256", later + timedelta(seconds=91))
        assert error.value.code == "key_unknown"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda: web.Response(status=500), "provider_unreachable"),
        (lambda: web.Response(status=302, headers={"Location": "https://other.example/"}), "provider_unreachable"),
        (lambda: web.Response(text="<html>"), "provider_malformed"),
        (lambda: web.Response(text='{"issuer": 1, "issuer": 2}'), "provider_malformed"),
        (lambda: web.Response(text="[]"), "provider_malformed"),
        (lambda: web.Response(body=b"x" * 2_000_000), "provider_unreachable"),
    ],
    ids=["500", "redirect elsewhere", "html", "key twice", "list", "endless"],
)
async def test_nonsense_for_a_document_is_the_providers_failure(tmp_path: Path, answer, code: str) -> None:
    async with served(app(**{".well-known/openid-configuration": answer}), tmp_path, largest=1_000_000) as outside:
        with pytest.raises(ProviderFailed) as error:
            await Provider(SETTINGS, outside).begin(NOW)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda: web.Response(status=500), "provider_unreachable"),
        (lambda: web.Response(status=302, headers={"Location": f"{ISSUER}/elsewhere"}), "provider_unreachable"),
        (lambda: web.Response(text="<html>"), "provider_malformed"),
        (lambda: web.Response(status=400, text="<html>"), "provider_malformed"),
        (lambda: web.json_response({"error": "invalid_grant"}, status=400), "code_refused"),
        (lambda: web.json_response({"error": "invalid_client"}, status=401), "client_refused"),
        (lambda: web.json_response({"access_token": "a", "token_type": "Bearer"}), "provider_malformed"),
        (lambda: web.json_response({"access_token": 7, "id_token": "a.b.c", "token_type": "Bearer"}), "provider_malformed"),
        (lambda: web.json_response({"access_token": "a", "id_token": "a.b.c", "token_type": "mac"}), "provider_malformed"),
        (lambda: web.json_response({"access_token": "a", "id_token": "a.b.c", "token_type": "bearer"}), "token_malformed"),
    ],
    ids=["500", "redirect", "html", "html refusal", "grant", "client", "no id token", "number", "another type", "no token"],
)
async def test_nonsense_for_tokens_is_refused_without_repeating_any(tmp_path: Path, answer, code: str) -> None:
    async with served(app(token=answer), tmp_path) as outside:
        with pytest.raises(SignInRefused) as error:
            await Provider(SETTINGS, outside).finish(PENDING, ANSWER, NOW)
    assert error.value.code == code
    assert not any(secret in f"{error.value}{error.value.__cause__}" for secret in ("the-code", "the-secret", "v" * 43))


async def test_the_address_of_the_provider_keeps_its_own_query(tmp_path: Path) -> None:
    async with served(app(), tmp_path) as outside:
        url, _ = await Provider(SETTINGS, outside).begin(NOW)
    assert url.startswith(f"{ISSUER}/auth?tenant=1&response_type=code&")


async def test_a_public_client_sends_no_secret(tmp_path: Path) -> None:
    sent: list[tuple[str, str | None]] = []

    async def token(request: web.Request) -> web.Response:
        sent.append((await request.text(), request.headers.get("Authorization")))
        return web.json_response({"error": "invalid_grant"}, status=400)

    async def document(_request: web.Request) -> web.Response:
        return web.json_response(DOCUMENT)

    made = web.Application()
    made.router.add_get("/.well-known/openid-configuration", document)
    made.router.add_post("/token", token)
    async with served(made, tmp_path) as outside:
        for secret in ("", "p+w:/%"):
            with pytest.raises(SignInRefused):
                await Provider(replace(SETTINGS, client_secret=secret), outside).finish(PENDING, ANSWER, NOW)
    (form, nothing), (other, basic) = sent
    assert nothing is None
    assert form == f"{other}&client_id=signpost"
    assert "the-code" in form
    assert "code_verifier=" in form
    assert basic == "Basic c2lnbnBvc3Q6cCUyQnclM0ElMkYlMjU="
