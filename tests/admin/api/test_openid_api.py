"""Signing in through a real OpenID Connect provider over HTTP: who comes in with which rights, and what is refused on the way."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import aiohttp
import pytest

from admin.api.cookies import PLAIN
from admin.api.openid_api import RETURN
from admin.api.pending import Seals
from admin.commands.context import operator
from admin.curation.people import retire, set_grants, tag_of
from admin.curation.people_sessions import Rules, Way, open_sessions
from admin.settings import Settings, SettingsError, read_settings
from admin.signing_in.openid import Pending
from notices.live import Serving
from review.people import Grant, Person, Role
from server import make_app
from store.values import Lines
from tests.admin.api.proofs import BASE, bearing, client_of, lines, problem, sending, session, token, with_one_time, with_password
from tests.admin.signing_in.real_provider import NOW, SECRET, RealProvider, running
from tests.curated import ADA, Clock, Curated, curated_store

URL = "http://localhost:8080"
PENDING = f"{PLAIN}-openid"
GROUPS = {"groups": {"de-curators": [{"role": "curator", "region": "de", "languages": ["de"]}], "admins": [{"role": "admin"}]}}
GERMAN = [{"role": "curator", "region": "DE", "languages": ["de"]}]
WORLD = [{"role": "admin", "region": "001", "languages": []}]


@pytest.fixture(scope="module")
def provider() -> Iterator[RealProvider]:
    with running(redirects=[f"{URL}{RETURN}"]) as found:
        yield found


@pytest.fixture
def real(provider: RealProvider) -> RealProvider:
    provider.change(groups=["de-curators", "unknown"], verified=True, refuses=False)
    return provider


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return curated_store(tmp_path, Clock(NOW))


def settings(curated: Curated, real: RealProvider, **given) -> Settings:
    """As the environment would say it."""
    file = curated.settings.database.parent / "groups.json"
    file.write_text(json.dumps(GROUPS), encoding="utf-8")
    said = {
        "PUBLIC_URL": URL,
        "OPENID_ISSUER": real.issuer,
        "OPENID_CLIENT_ID": "signpost",
        "OPENID_SCOPES": "openid profile email groups",
        "OPENID_NETWORK": "development",
        "OPENID_GROUPS_FILE": str(file),
    }
    read = read_settings({f"SIGNPOST_{name}": text for name, text in said.items()})
    return replace(read, database=curated.settings.database, openid_client_secret=SECRET, **given)


class Browser:
    """Signs in as people do: off to the provider, and back with what it says."""

    def __init__(self, client) -> None:
        self.client = client
        self.cookies: dict[str, str] = {}

    async def get(self, path: str):
        sent = {"Cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items())}
        response = await self.client.get(path, headers=sent, allow_redirects=False)
        for name, morsel in response.cookies.items():
            self.cookies.pop(name, None)
            if morsel["max-age"] != "0" and morsel.value:
                self.cookies[name] = morsel.value
        return response

    async def sent_off(self, return_to: str = "") -> str:
        response = await self.get(f"{BASE}/sign-in/openid{f'?return_to={return_to}' if return_to else ''}")
        assert response.status == 303, await response.text()
        return response.headers["Location"]

    async def sent_back(self, url: str) -> str:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            for _ in range(10):
                async with browser.get(url, allow_redirects=False) as response:
                    url = urljoin(url, response.headers["Location"])
                if url.startswith(f"{URL}{RETURN}?"):
                    return urlsplit(url).path + "?" + urlsplit(url).query
        raise AssertionError("The provider redirects without end.")

    async def signed_in(self, return_to: str = ""):
        return await self.get(await self.sent_back(await self.sent_off(return_to)))

    async def me(self) -> dict:
        return await (await self.get(f"{BASE}/me")).json()


async def browser(aiohttp_client, curated: Curated, given: Settings) -> Browser:
    return Browser(await client_of(aiohttp_client, curated, given))


async def test_somebody_comes_anew_with_the_rights_of_their_groups_and_goes_where_they_wanted(aiohttp_client, curated, real) -> None:
    one = await browser(aiohttp_client, curated, settings(curated, real))
    response = await one.signed_in("/admin/lists?region=DE")
    assert (response.status, response.headers["Location"]) == (303, "/admin/lists?region=DE")
    assert response.headers["Cache-Control"] == "no-store"
    assert set(one.cookies) == {PLAIN}
    me = await one.me()
    assert (me["id"], me["name"], me["email"], me["grants"]) == ("nila", "नीला शर्मा", "nila@example.org", GERMAN)
    assert (me["session"]["way"], me["has_password"], me["lacks"]) == ("openid", False, [])
    assert lines(curated, "person.added") == [("signpost", "nila", "done")]
    assert lines(curated, "person.linked") == [("signpost", "nila", "done")]
    assert lines(curated, "session.opened") == [("nila", "nila", "done")]


async def test_the_same_person_comes_back_as_the_same_and_another_process_may_finish(aiohttp_client, curated, real) -> None:
    given = settings(curated, real)
    first = await browser(aiohttp_client, curated, given)
    await first.signed_in()
    back = await first.sent_back(await first.sent_off())
    second = await browser(aiohttp_client, curated, given)
    second.cookies = dict(first.cookies)
    assert (await second.get(back)).status == 303
    assert (await second.me())["id"] == "nila"
    with curated.look() as act:
        assert len([one for one in act.unit.people.all() if one.id.startswith("nila")]) == 1
        assert len(open_sessions(act, "nila", Rules())) == 1


async def test_the_provider_decides_what_its_people_may_at_each_sign_in(aiohttp_client, curated, real) -> None:
    given = settings(curated, real)
    one = await browser(aiohttp_client, curated, given)
    await one.signed_in()
    with curated.act(ADA) as act:
        nila = act.unit.people.get("nila")
        set_grants(act, "nila", (*nila.grants, Grant(Role.REVIEWER, "FR")), tag_of(nila))
    assert (await one.get(f"{BASE}/me")).status == 401
    await one.signed_in()
    assert (await one.me())["grants"] == GERMAN
    real.change(groups=["admins"])
    await one.signed_in()
    assert (await one.me())["grants"] == WORLD
    real.change(groups=[])
    gone = await one.signed_in()
    assert await problem(gone) == (403, "no_rights")
    assert await problem(await one.get(f"{BASE}/me")) == (401, "not_signed_in")
    with curated.look() as act:
        assert act.unit.people.get("nila").grants == ()
        assert act.unit.journal.lines(Lines(action="session.opened"))[0].outcome == "no_rights"


async def test_the_file_of_groups_is_read_anew_and_a_broken_one_lets_nobody_in(aiohttp_client, curated, real) -> None:
    given = settings(curated, real)
    one = await browser(aiohttp_client, curated, given)
    given.openid_groups_file.write_text(json.dumps({"groups": {"unknown": [{"role": "viewer", "region": "FR"}]}}), encoding="utf-8")
    await one.signed_in()
    assert (await one.me())["grants"] == [{"role": "viewer", "region": "FR", "languages": []}]
    given.openid_groups_file.write_text("{", encoding="utf-8")
    response = await one.get(f"{BASE}/sign-in/openid")
    assert await problem(response) == (503, "invalid_groups_file")
    assert str(given.database.parent) not in await response.text()
    with curated.look() as act:
        assert "groups.json: not strict JSON" in act.unit.journal.lines(Lines(outcome="invalid_groups_file"))[0].detail["why"]


async def test_the_last_admin_of_the_world_stays_that_whatever_their_groups_say(aiohttp_client, curated, real) -> None:
    real.change(groups=["admins"])
    one = await browser(aiohttp_client, curated, settings(curated, real))
    await one.signed_in()
    with curated.act(operator()) as act:
        retire(act, "ada")
    real.change(groups=["de-curators"])
    await one.signed_in()
    assert (await one.me())["grants"] == [*WORLD, *GERMAN]
    assert lines(curated, "person.kept") == [("signpost", "nila", "done")]


async def test_without_groups_that_are_known_nobody_is_made(aiohttp_client, curated, real) -> None:
    real.change(groups=["unknown"])
    one = await browser(aiohttp_client, curated, settings(curated, real))
    assert await problem(await one.signed_in()) == (403, "no_rights")
    with curated.look() as act:
        assert act.unit.people.get("nila") is None
        assert act.unit.people.by_identity(real.issuer, "person-7") is None


@pytest.mark.parametrize(
    ("links", "verified", "expected"),
    [
        pytest.param(True, True, "kollegin", id="configured and verified"),
        pytest.param(False, True, "address_taken", id="not configured"),
        pytest.param(True, False, "nila", id="not verified, so somebody else"),
    ],
)
async def test_an_address_makes_somebody_the_person_who_has_it_only_where_it_is_so_configured(
    aiohttp_client, curated, real, links, verified, expected: str
) -> None:
    with curated.act(ADA) as act:
        act.unit.people.add(Person("kollegin", "Nila", "Nila@Example.org", (Grant(Role.VIEWER, "FR"),), act.now))
    real.change(verified=verified)
    one = await browser(aiohttp_client, curated, settings(curated, real, openid_link_by_email=links))
    response = await one.signed_in()
    if expected == "address_taken":
        assert await problem(response) == (403, expected)
        return
    me = await one.me()
    assert me["grants"] == GERMAN
    if verified:
        assert me["id"] == expected
    else:
        assert (me["id"], me["email"]) != ("kollegin", "nila@example.org")
        assert me["email"] == ""


async def test_who_made_an_account_for_an_address_cannot_open_it_once_its_person_has_come(aiohttp_client, curated, real) -> None:
    with curated.act(ADA) as act:
        act.unit.people.add(Person("kollegin", "Nila", "nila@example.org", (Grant(Role.CURATOR, "DE", ("de",)),), act.now))
    with_password(curated, "kollegin")
    with_one_time(curated, "kollegin")
    planted, kept = session(curated, "kollegin"), token(curated, "kollegin", Grant(Role.CURATOR, "DE", ("de",)))
    one = await browser(aiohttp_client, curated, settings(curated, real, openid_link_by_email=True))
    await one.signed_in()
    me = await one.me()
    assert (me["id"], me["has_password"], me["has_one_time"]) == ("kollegin", False, False)
    assert (await one.client.get(f"{BASE}/me", headers=bearing(kept))).status == 401
    assert (await one.client.get(f"{BASE}/me", headers=sending(planted))).status == 401
    assert lines(curated, "credentials.dropped") == [("signpost", "kollegin", "done")]
    with_password(curated, "kollegin")
    await one.signed_in()
    assert (await one.me())["has_password"], "only the first time"


async def test_without_a_file_of_groups_rights_stay_what_admins_gave(aiohttp_client, curated, real) -> None:
    with curated.act(ADA) as act:
        act.unit.people.add(Person("nila", "Nila", "nila@example.org", (Grant(Role.VIEWER, "FR"),), act.now))
    given = settings(curated, real, openid_groups_file=None, openid_link_by_email=True)
    one = await browser(aiohttp_client, curated, given)
    await one.signed_in()
    assert (await one.me())["grants"] == [{"role": "viewer", "region": "FR", "languages": []}]


async def test_who_is_retired_here_is_not_let_in_by_the_provider(aiohttp_client, curated, real) -> None:
    one = await browser(aiohttp_client, curated, settings(curated, real))
    await one.signed_in()
    with curated.act(ADA) as act:
        retire(act, "nila")
    real.change(groups=["admins"])
    assert await problem(await one.signed_in()) == (403, "no_rights")
    with curated.look() as act:
        assert act.unit.people.get("nila").grants == (Grant(Role.CURATOR, "DE", ("de",)),)


async def test_a_session_that_was_brought_along_ends(aiohttp_client, curated, real) -> None:
    one = await browser(aiohttp_client, curated, settings(curated, real))
    planted = session(curated, "vera", Way.PASSWORD)
    one.cookies[PLAIN] = planted.secret
    await one.signed_in()
    assert one.cookies[PLAIN] != planted.secret
    assert (await one.client.get(f"{BASE}/me", headers=sending(planted))).status == 401


async def test_what_is_pending_is_sealed_kept_by_the_browser_and_tried_once(aiohttp_client, curated, real) -> None:
    one = await browser(aiohttp_client, curated, settings(curated, real))
    response = await one.get(f"{BASE}/sign-in/openid")
    flags = {part.strip().partition("=")[0] for part in response.headers["Set-Cookie"].split(";")}
    assert flags == {PENDING, "HttpOnly", "Max-Age", "Path", "SameSite"}
    back = await one.sent_back(response.headers["Location"])
    state = dict(part.partition("=")[::2] for part in back.partition("?")[2].split("&"))["state"]
    assert state not in one.cookies[PENDING]
    kept = dict(one.cookies)
    assert (await one.get(back)).status == 303
    assert PENDING not in one.cookies
    one.cookies = kept
    assert await problem(await one.get(back)) == (403, "code_refused")
    assert PENDING not in one.cookies


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(lambda cookies, back: ({}, back), "sign_in_expired", id="another browser"),
        pytest.param(lambda cookies, back: ({PENDING: cookies[PENDING][:-4] + "AAA="}, back), "sign_in_expired", id="altered cookie"),
        pytest.param(lambda cookies, back: ({PENDING: "x"}, back), "sign_in_expired", id="made up cookie"),
        pytest.param(lambda cookies, back: (cookies, back.replace("state=", "state=x")), "state_mismatch", id="another state"),
        pytest.param(lambda cookies, back: (cookies, back.partition("?")[0]), "state_mismatch", id="nothing brought back"),
        pytest.param(lambda cookies, back: (cookies, back.replace("code=", "code=x")), "code_refused", id="another code"),
    ],
)
async def test_an_answer_that_is_not_for_this_browser_is_refused_and_written_down(aiohttp_client, curated, real, spoil, code: str) -> None:
    one = await browser(aiohttp_client, curated, settings(curated, real))
    back = await one.sent_back(await one.sent_off())
    one.cookies, back = spoil(dict(one.cookies), back)
    response = await one.get(back)
    assert await problem(response) == (403, code)
    assert PLAIN not in one.cookies
    assert lines(curated, "session.opened") == [("nobody", "", code)]


async def test_who_takes_longer_than_ten_minutes_starts_again(aiohttp_client, curated, real) -> None:
    one = await browser(aiohttp_client, curated, settings(curated, real))
    back = await one.sent_back(await one.sent_off())
    curated.clock.forward(timedelta(minutes=10, seconds=5))
    assert await problem(await one.get(back)) == (403, "sign_in_expired")


async def test_who_the_provider_does_not_let_in_is_not_let_in_here(aiohttp_client, curated, real) -> None:
    real.change(refuses=True)
    one = await browser(aiohttp_client, curated, settings(curated, real))
    assert await problem(await one.signed_in()) == (403, "provider_refused")


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/%5Cevil.example", "javascript:alert(1)", "/%09/evil.example"])
async def test_nobody_is_led_elsewhere_afterwards(aiohttp_client, curated, real, path: str) -> None:
    one = await browser(aiohttp_client, curated, settings(curated, real))
    response = await one.get(f"{BASE}/sign-in/openid?return_to={path}")
    assert await problem(response) == (403, "return_not_local")
    assert not one.cookies


async def test_a_provider_that_is_gone_is_the_providers_failure(aiohttp_client, curated) -> None:
    with running(redirects=[f"{URL}{RETURN}"]) as gone:
        given = settings(curated, gone)
    one = await browser(aiohttp_client, curated, given)
    response = await one.get(f"{BASE}/sign-in/openid")
    assert await problem(response) == (503, "provider_unreachable")
    assert response.headers["Retry-After"] == "30"


async def test_that_there_is_a_provider_is_told_to_anybody(aiohttp_client, curated, real) -> None:
    one = await browser(aiohttp_client, curated, settings(curated, real))
    assert await (await one.get(f"{BASE}/sign-in")).json() == {"password": True, "openid": True}


def test_seals_of_another_secret_or_process_do_not_open() -> None:
    pending = Pending("https://id.example", "s" * 43, "n" * 43, "v" * 43, "/", NOW)
    assert Seals("one").opened(Seals("one").sealed(pending), NOW) == pending
    for one, other in ((Seals("one"), Seals("two")), (Seals(""), Seals(""))):
        assert other.opened(one.sealed(pending), NOW) is None
    assert len(Seals("one").sealed(replace(pending, return_to="/" + "a" * 1_999))) < 4_000


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"OPENID_ISSUER": "https://id.example"}, "SIGNPOST_OPENID_ISSUER and SIGNPOST_OPENID_CLIENT_ID go together"),
        ({"OPENID_CLIENT_ID": "x"}, "SIGNPOST_OPENID_ISSUER and SIGNPOST_OPENID_CLIENT_ID go together"),
        ({"OPENID_NETWORK": "development", "MODE": "production"}, "SIGNPOST_OPENID_NETWORK may be development in development mode only"),
        ({"OPENID_NETWORK": "everywhere"}, "SIGNPOST_OPENID_NETWORK must be public, company or development"),
        ({"OPENID_SCOPES": "profile"}, "SIGNPOST_OPENID_SCOPES must hold openid"),
        ({"OPENID_LINK_BY_EMAIL": "perhaps"}, "SIGNPOST_OPENID_LINK_BY_EMAIL must be true or false"),
        ({"SESSION_HOURS": "25"}, "SIGNPOST_SESSION_HOURS must be how many hours a session lasts at most, from 1 to 24"),
        ({"SESSION_IDLE_MINUTES": "0"}, "SIGNPOST_SESSION_IDLE_MINUTES must be"),
        ({"TRUSTED_PROXIES": "10.0.0.1/8"}, "SIGNPOST_TRUSTED_PROXIES must be"),
        ({"TRUSTED_PROXIES": "proxy.example"}, "SIGNPOST_TRUSTED_PROXIES must be"),
        ({"PUBLIC_URL": "https://signpost.example:port"}, "SIGNPOST_PUBLIC_URL must be"),
        ({"PUBLIC_URL": "https://:443"}, "SIGNPOST_PUBLIC_URL must be"),
        ({"TOKEN": "two words"}, "SIGNPOST_TOKEN must be"),
    ],
    ids=str,
)
def test_a_setting_that_cannot_work_names_itself(given, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as error:
        read_settings({f"SIGNPOST_{name}": text for name, text in given.items()})
    assert "two words" not in str(error.value)


def test_a_provider_that_cannot_be_asked_stops_the_start(tmp_path: Path) -> None:
    given = {"SIGNPOST_OPENID_ISSUER": "http://id.example", "SIGNPOST_OPENID_CLIENT_ID": "x"}
    with pytest.raises(SettingsError, match="issuer must be an https address"):
        make_app(replace(read_settings(given), database=tmp_path / "signpost.db"), Serving(), Clock())
