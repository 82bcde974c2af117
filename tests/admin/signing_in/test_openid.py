"""Signing in through a real OpenID Connect provider: who comes out, and what is refused on the way."""

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from admin.outside import Outside
from admin.signing_in.errors import ProviderFailed, SignInRefused
from admin.signing_in.openid import Identity, Provider, identity_of, local_path
from admin.signing_in.openid_settings import Network, OpenIdSettings
from review.people import Grant, Role
from tests.admin.local_https import Here, certificate
from tests.admin.signing_in.real_provider import BACK, BACK_IN_PRODUCTION, NOW, SECRET, RealProvider, running, signed_in

MAPPING = {"de-curators": (Grant(Role.CURATOR, "DE", ("de",)),), "admins": (Grant(Role.ADMIN),)}


@pytest.fixture(scope="module")
def real() -> Iterator[RealProvider]:
    with running() as provider:
        yield provider


def nila(real: RealProvider) -> Identity:
    groups = ("de-curators", "unknown")
    return Identity(real.issuer, "person-7", "नीला शर्मा", "nila@example.org", True, groups, MAPPING["de-curators"])


async def refused(provider: Provider, pending, answer, now=NOW) -> str:
    with pytest.raises(SignInRefused) as error:
        await provider.finish(pending, answer, now)
    told = f"{error.value}{error.value.__cause__}"
    assert not any(secret in told for secret in (pending.state, pending.nonce, pending.verifier, answer.get("code") or pending.state))
    return error.value.code


@pytest.mark.parametrize(
    "given",
    [
        {"algorithm": "RS256"},
        {"algorithm": "ES256"},
        {"algorithm": "EdDSA"},
        {"algorithm": "RS256", "claimsInToken": True},
        {"algorithm": "RS256", "authentication": "client_secret_post"},
    ],
    ids=["rs256", "es256", "eddsa", "claims in the token", "secret in the form"],
)
async def test_somebody_signs_in_and_gets_the_grants_of_their_groups(given) -> None:
    with running(**given) as real:
        provider = Provider(real.settings(mapping=MAPPING), real.way())
        url, pending = await provider.begin(NOW, "/admin/lists?region=DE")
        assert pending.return_to == "/admin/lists?region=DE"
        assert await provider.finish(pending, await signed_in(url), NOW) == nila(real)


async def test_somebody_signs_in_over_https_at_an_address_of_the_companys_network(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    trust = ssl.create_default_context(cafile=str(cert))
    with running(cert=str(cert), key=str(key), host="city.example") as real:
        scopes = ("openid", "profile", "email", "groups")
        settings = OpenIdSettings(real.issuer, "signpost", SECRET, BACK_IN_PRODUCTION, scopes, mapping=MAPPING)
        way = Outside(lambda: Here(real.port), lambda address: address == "127.0.0.1", trust)
        provider = Provider(settings, way)
        url, pending = await provider.begin(NOW)
        connector = aiohttp.TCPConnector(resolver=Here(real.port), ssl=trust)
        assert await provider.finish(pending, await signed_in(url, connector=connector), NOW) == nila(real)


async def test_a_provider_at_an_address_that_is_not_allowed_is_not_asked(real: RealProvider) -> None:
    settings = OpenIdSettings("https://city.example", "signpost", "", "https://signpost.example/back")
    with pytest.raises(ProviderFailed) as error:
        await Provider(settings, Outside(lambda: Here(real.port))).begin(NOW)
    assert error.value.code == "provider_unreachable"


async def test_without_a_mapping_or_in_unknown_groups_nobody_may_anything(real: RealProvider) -> None:
    provider = Provider(real.settings(mapping={"others": (Grant(Role.ADMIN),)}), real.way())
    url, pending = await provider.begin(NOW)
    found = await provider.finish(pending, await signed_in(url), NOW)
    assert (found.groups, found.grants) == (("de-curators", "unknown"), ())


async def test_the_browser_is_sent_off_with_a_challenge_and_no_secret(real: RealProvider) -> None:
    provider = Provider(real.settings(), real.way())
    (url, pending), (_, other) = await provider.begin(NOW), await provider.begin(NOW)
    asked = {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert (asked["state"], asked["nonce"], asked["redirect_uri"]) == (pending.state, pending.nonce, BACK)
    assert pending.verifier not in url
    assert len({pending.state, pending.nonce, pending.verifier, other.state, other.nonce, other.verifier}) == 6
    for secret in (pending.state, pending.nonce, pending.verifier, real.settings().client_secret):
        assert secret not in f"{pending!r}{real.settings()!r}"


async def test_an_answer_with_another_state_is_refused_and_the_code_stays_unused(real: RealProvider) -> None:
    provider = Provider(real.settings(mapping=MAPPING), real.way())
    url, pending = await provider.begin(NOW)
    answer = await signed_in(url)
    _, other = await provider.begin(NOW)
    for wrong in ({**answer, "state": other.state}, {**answer, "state": ""}, {"code": answer["code"]}, {**answer, "state": "\ud800"}):
        assert await refused(provider, pending, wrong) == "state_mismatch"
    assert await refused(provider, replace(pending, issuer="https://other.example"), answer) == "state_mismatch"
    assert await provider.finish(pending, answer, NOW) == nila(real)


async def test_a_code_works_once_and_with_its_verifier_only(real: RealProvider) -> None:
    provider = Provider(real.settings(mapping=MAPPING), real.way())
    url, pending = await provider.begin(NOW)
    answer = await signed_in(url)
    assert await provider.finish(pending, answer, NOW) == nila(real)
    assert await refused(provider, pending, answer) == "code_refused"
    url, pending = await provider.begin(NOW)
    assert await refused(provider, replace(pending, verifier="v" * 43), await signed_in(url)) == "code_refused"


async def test_a_token_for_another_sign_in_is_refused(real: RealProvider) -> None:
    provider = Provider(real.settings(), real.way())
    url, pending = await provider.begin(NOW)
    assert await refused(provider, replace(pending, nonce="n" * 43), await signed_in(url)) == "nonce_wrong"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": ""}, "code_missing"),
        ({"code": "c" * 5_000}, "code_missing"),
        ({"code": "made up"}, "code_refused"),
        ({"iss": "https://other.example"}, "issuer_wrong"),
        ({"iss": None}, "issuer_wrong"),
        ({"error": "server_error"}, "provider_refused"),
    ],
    ids=["no code", "endless code", "made up code", "another issuer", "no issuer", "error"],
)
async def test_an_altered_answer_is_refused(real: RealProvider, change, code: str) -> None:
    provider = Provider(real.settings(), real.way())
    url, pending = await provider.begin(NOW)
    answer = {name: value for name, value in {**await signed_in(url), **change}.items() if value is not None}
    assert await refused(provider, pending, answer) == code


async def test_who_is_not_let_in_by_the_provider_is_not_let_in_here() -> None:
    with running(refuses=True) as real:
        provider = Provider(real.settings(), real.way())
        url, pending = await provider.begin(NOW)
        assert await refused(provider, pending, await signed_in(url)) == "provider_refused"


@pytest.mark.parametrize("given", [{"client_secret": "another"}, {"client_id": "another"}], ids=["secret", "id"])
async def test_a_client_that_the_provider_does_not_know_is_told_apart_from_a_person(real: RealProvider, given) -> None:
    known = Provider(real.settings(), real.way())
    url, pending = await known.begin(NOW)
    provider = Provider(real.settings(**given), real.way())
    assert await refused(provider, pending, await signed_in(url)) == "client_refused"


async def test_signing_in_takes_ten_minutes_and_no_longer(real: RealProvider) -> None:
    provider = Provider(real.settings(mapping=MAPPING), real.way())
    url, pending = await provider.begin(NOW)
    answer = await signed_in(url)
    for later in (timedelta(minutes=10, seconds=1), timedelta(days=1), timedelta(minutes=-2)):
        assert await refused(provider, pending, answer, NOW + later) == "sign_in_expired"
    assert await provider.finish(pending, answer, NOW + timedelta(minutes=10)) == nila(real)


@pytest.mark.parametrize(
    ("off_by", "code"),
    [
        (timedelta(seconds=630), None),
        (timedelta(seconds=-50), None),
        (timedelta(hours=2), "token_expired"),
        (timedelta(hours=-2), "token_time_wrong"),
    ],
    ids=["a little late", "a little early", "late", "early"],
)
async def test_clocks_may_differ_by_a_minute(off_by: timedelta, code: str | None) -> None:
    with running() as real:
        now = NOW + off_by
        provider = Provider(real.settings(mapping=MAPPING), real.way())
        url, pending = await provider.begin(now)
        answer = await signed_in(url)
        if code is None:
            assert await provider.finish(pending, answer, now) == nila(real)
        else:
            assert await refused(provider, pending, answer, now) == code


async def test_new_keys_are_fetched_when_a_token_names_one_but_not_twice_within_half_a_minute() -> None:
    with running() as real:
        provider = Provider(real.settings(mapping=MAPPING), real.way())

        async def come(now) -> Identity:
            url, pending = await provider.begin(now)
            return await provider.finish(pending, await signed_in(url), now)

        assert await come(NOW) == nila(real)
        real.rotate()
        with pytest.raises(SignInRefused) as error:
            await come(NOW + timedelta(seconds=29))
        assert error.value.code == "key_unknown"
        assert await come(NOW + timedelta(seconds=30)) == nila(real)


async def test_many_sign_ins_at_once_do_not_disturb_each_other(real: RealProvider) -> None:
    provider = Provider(real.settings(mapping=MAPPING), real.way())

    async def come() -> Identity:
        url, pending = await provider.begin(NOW)
        return await provider.finish(pending, await signed_in(url), NOW)

    assert await asyncio.gather(*(come() for _ in range(5))) == [nila(real)] * 5


async def test_a_provider_that_is_gone_is_said_to_be_unreachable() -> None:
    with running() as real:
        provider = Provider(real.settings(), real.way())
        url, pending = await provider.begin(NOW)
        answer = await signed_in(url)
    assert await refused(provider, pending, answer) == "provider_unreachable"


@pytest.mark.parametrize("path", ["/", "/admin", "/admin/lists?region=DE&next=//x", "/a#b", "/a%2F%2Fb", "/:80"])
def test_a_path_of_this_service_is_gone_back_to(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    ["", "admin", "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil.example",
     "/\n/evil.example", "/a//evil.example", "/.//evil.example", " /admin", "/admin ", "/ü", "/\x00", "/" + "a" * 2_000],
    ids=ascii,
)  # fmt: skip
async def test_whatever_could_lead_elsewhere_is_not(real: RealProvider, path: str) -> None:
    with pytest.raises(SignInRefused) as error:
        await Provider(real.settings(), real.way()).begin(NOW, path)
    assert error.value.code == "return_not_local"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({}, ("", "", False, ())),
        ({"name": "Amína\u202e\x00", "groups": "one"}, ("Amína", "", False, ("one",))),
        ({"preferred_username": "amina", "groups": ["b", "a", "b"]}, ("amina", "", False, ("b", "a"))),
        ({"name": 7, "email": "a@b.example", "email_verified": "true"}, ("", "a@b.example", True, ())),
        ({"email": "a@b.example", "email_verified": 1}, ("", "a@b.example", False, ())),
        ({"email": "a@b.example", "email_verified": [True]}, ("", "a@b.example", False, ())),
        ({"email": "no address", "email_verified": True}, ("", "", False, ())),
        ({"email": "a" * 250 + "@b.example", "email_verified": True}, ("", "", False, ())),
    ],
    ids=[
        "nothing",
        "control characters",
        "user name",
        "verified in words",
        "verified by number",
        "verified in a list",
        "no address",
        "endless",
    ],
)
def test_claims_are_read_with_care(claims, expected) -> None:
    settings = OpenIdSettings("https://id.example", "signpost", "", "https://signpost.example/back")
    found = identity_of({"sub": "s", **claims}, settings)
    assert (found.name, found.email, found.email_verified, found.groups) == expected


@pytest.mark.parametrize("groups", [7, {"a": 1}, ["a", 7], True], ids=str)
def test_groups_that_are_no_list_of_names_are_refused(groups) -> None:
    with pytest.raises(SignInRefused) as error:
        identity_of({"sub": "s", "groups": groups}, OpenIdSettings("https://id.example", "c", "", "https://signpost.example/back"))
    assert error.value.code == "profile_wrong"


def test_only_development_has_a_network_of_its_own() -> None:
    assert [network.value for network in Network] == ["public", "company", "development"]
