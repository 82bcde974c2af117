"""Signing in and out over HTTP: cookies, codes, throttling, forgery, what ends when, and that no secret or typed word is kept."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from admin.api.cookies import PLAIN, SECURE, csrf_token
from admin.curation.people_sessions import Rules, Way
from admin.settings import Mode, Settings, read_settings
from admin.signing_in import passwords
from admin.signing_in.recovery import digest_of, new_codes
from tests.admin.api.proofs import (
    BASE,
    ORIGIN,
    PASSWORD,
    bearing,
    client_of,
    code,
    everything_said,
    lines,
    problem,
    sending,
    session,
    token,
    with_one_time,
    with_password,
)
from tests.curated import ADA, NOW, Curated, curated_store

PUBLIC = "https://signpost.example"
WRONG = (401, "sign_in_failed")
NOT_IN = (401, "not_signed_in")
SET_UP_FIRST = (403, "set_up_first")


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return curated_store(tmp_path)


def retire(curated: Curated, person: str) -> None:
    with curated.act(ADA) as act:
        act.unit.people.save(replace(act.unit.people.get(person), retired_at=act.now))


async def sign_in(client, name: str, password: str = PASSWORD, typed: str = "", **headers: str):
    body = {"name": name, "password": password, **({"code": typed} if typed else {})}
    return await client.post(f"{BASE}/sign-in", json=body, headers=headers)


async def me(client, secret: str) -> int:
    return (await client.get(f"{BASE}/me", headers={"Cookie": f"{PLAIN}={secret}"})).status


def cookie_of(response) -> str:
    return response.cookies[PLAIN].value


@pytest.mark.parametrize("name", ["dora", " Dora ", "dora@signpost.example", "DORA@Signpost.Example"])
async def test_somebody_signs_in_by_id_or_address_and_is_told_who_they_are(aiohttp_client, curated: Curated, name: str) -> None:
    with_password(curated, "dora")
    client = await client_of(aiohttp_client, curated)
    response = await sign_in(client, name)
    told = await response.json()
    assert response.status == 200
    assert (told["id"], told["way"], told["lacks"]) == ("dora", "session", [])
    assert told["grants"] == [{"role": "curator", "region": "DE", "languages": ["de"]}]
    assert told["csrf_token"] == csrf_token(cookie_of(response))
    again = await client.get(f"{BASE}/me", headers={"Cookie": f"{PLAIN}={cookie_of(response)}"})
    assert await again.json() == told
    assert lines(curated, "session.opened") == [("dora", "dora", "done")]


async def test_the_cookie_is_for_this_host_over_tls_and_for_no_script(aiohttp_client, curated: Curated) -> None:
    with_password(curated, "dora")
    for mode, url, name, is_secure in (
        (Mode.PRODUCTION, PUBLIC, SECURE, True),
        (Mode.DEVELOPMENT, PUBLIC, SECURE, True),
        (Mode.PRODUCTION, "http://signpost.example", SECURE, True),
        (Mode.DEVELOPMENT, "", PLAIN, False),
    ):
        settings = Settings(mode=mode, public_url=url, database=curated.settings.database)
        response = await sign_in(await client_of(aiohttp_client, curated, settings), "dora")
        value, *flags = (part.strip() for part in response.headers["Set-Cookie"].split(";"))
        assert value.startswith(f"{name}=signpost_ses_")
        assert sorted(flags) == sorted(["HttpOnly", "Path=/", "SameSite=Lax", *(["Secure"] if is_secure else [])])
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "password", "typed", "subject"),
    [
        pytest.param("dora", "another one entirely", "", "dora", id="wrong password"),
        pytest.param("somebody-here", PASSWORD, "", "", id="unknown id"),
        pytest.param("somebody@signpost.example", PASSWORD, "", "", id="unknown address"),
        pytest.param("fleur", PASSWORD, "", "fleur", id="without a password"),
        pytest.param("ravi", PASSWORD, "", "ravi", id="retired"),
        pytest.param("ruth", PASSWORD, "", "ruth", id="missing code"),
        pytest.param("ruth", PASSWORD, "000000", "ruth", id="wrong code"),
        pytest.param("ruth", PASSWORD, "7K3M-9QXA-2F4T-HN8C-W0ZB-5RDE", "ruth", id="wrong recovery code"),
        pytest.param("ruth", "another one entirely", "right", "ruth", id="wrong password and right code"),
        pytest.param("", "", "", "", id="nothing"),
        pytest.param("x" * 1_000, PASSWORD, "", "", id="endless name"),
        pytest.param("dora\u0000", PASSWORD, "", "", id="nul"),
        pytest.param("dora", "p" * 1_024, "", "dora", id="endless password"),
    ],
)
async def test_whatever_is_wrong_is_told_in_the_same_sentence_and_nothing_typed_is_written_down(
    aiohttp_client, curated: Curated, name: str, password: str, typed: str, subject: str
) -> None:
    for person in ("dora", "ravi"):
        with_password(curated, person)
    with_one_time(curated, "ruth")
    retire(curated, "ravi")
    client = await client_of(aiohttp_client, curated)
    response = await sign_in(client, name, password, code(curated.clock()) if typed == "right" else typed)
    unknown = await sign_in(client, "unheard-of")
    assert await problem(response) == WRONG
    assert "Set-Cookie" not in response.headers
    one, other = await response.json(content_type=None), await unknown.json(content_type=None)
    assert {**one, "request_id": ""} == {**other, "request_id": ""}
    assert lines(curated, "session.opened")[0] == ("nobody", subject, "sign_in_failed")
    written = "".join(f"{line.actor}{line.subject}{dict(line.detail)}" for line in everything_said(curated))
    assert all(not typed_word or typed_word == subject or typed_word not in written for typed_word in (name, password))


async def test_who_does_not_exist_costs_a_hash_like_anybody(aiohttp_client, curated: Curated, monkeypatch) -> None:
    with_password(curated, "dora")
    spent: list[str] = []
    real = passwords._HASHER

    class Counted:
        def verify(self, stored: str, typed: str) -> bool:
            spent.append(stored)
            return real.verify(stored, typed)

    monkeypatch.setattr(passwords, "_HASHER", Counted())
    client = await client_of(aiohttp_client, curated)
    for name in ("dora", "fleur", "unheard-of"):
        assert await problem(await sign_in(client, name, "another one entirely")) == WRONG
    assert len(spent) == 3
    assert len({stored.rpartition("$")[0].rpartition("$")[0] for stored in spent}) == 1


async def test_a_code_of_the_authenticator_is_asked_for_once_it_is_set_up_and_works_once(aiohttp_client, curated: Curated) -> None:
    with_one_time(curated, "ruth")
    client, typed = await client_of(aiohttp_client, curated), code(curated.clock())
    first = await sign_in(client, "ruth", typed=typed)
    assert (await first.json())["session"]["way"] == "password+one_time"
    assert await problem(await sign_in(client, "ruth", typed=typed)) == WRONG
    curated.clock.forward(timedelta(seconds=30))
    assert (await sign_in(client, "ruth", typed=code(curated.clock()))).status == 200


async def test_two_requests_at_once_cannot_use_one_code(aiohttp_client, curated: Curated) -> None:
    with_one_time(curated, "ruth")
    client, typed = await client_of(aiohttp_client, curated), code(curated.clock())
    found = await asyncio.gather(*(sign_in(client, "ruth", typed=typed) for _ in range(4)))
    assert sorted(one.status for one in found) == [200, 401, 401, 401]


async def test_a_recovery_code_stands_in_once_and_that_is_written_down(aiohttp_client, curated: Curated) -> None:
    codes = new_codes()
    with_one_time(curated, "ruth", recovery=tuple(digest_of(one).hex() for one in codes))
    client = await client_of(aiohttp_client, curated)
    told = await (await sign_in(client, "ruth", typed=codes[3].lower().replace("-", " "))).json()
    assert (told["session"]["way"], told["recovery_codes_left"]) == ("password+recovery", 9)
    assert await problem(await sign_in(client, "ruth", typed=codes[3])) == WRONG
    assert (await sign_in(client, "ruth", typed=codes[4])).status == 200
    assert lines(curated, "recovery_code.used") == [("ruth", "ruth", "done")] * 2


async def test_a_session_that_was_brought_along_is_not_taken_over_and_ends(aiohttp_client, curated: Curated) -> None:
    with_password(curated, "dora")
    client, planted = await client_of(aiohttp_client, curated), session(curated, "vera")
    response = await sign_in(client, "dora", Cookie=f"{PLAIN}={planted.secret}")
    assert response.status == 200
    assert cookie_of(response) != planted.secret
    assert await me(client, planted.secret) == 401
    made_up = "signpost_ses_" + "A" * 38
    assert cookie_of(await sign_in(client, "dora", Cookie=f"{PLAIN}={made_up}")) != made_up


async def test_after_five_failures_a_name_must_wait_longer_each_time_also_with_the_right_password(aiohttp_client, curated: Curated) -> None:
    with_password(curated, "dora")
    settings = Settings(
        database=curated.settings.database, trusted_proxies=read_settings({"SIGNPOST_TRUSTED_PROXIES": "127.0.0.1"}).trusted_proxies
    )
    client = await client_of(aiohttp_client, curated, settings)

    async def tried(name: str, password: str, number: int):
        return await sign_in(client, name, password, **{"X-Forwarded-For": f"192.0.2.{number}"})

    for name in ("dora", "unheard-of"):
        for number in range(5):
            assert await problem(await tried(name, "another one entirely", number)) == WRONG
        waiting = await tried(name, PASSWORD, 99)
        assert await problem(waiting) == (429, "too_many_tries")
        assert waiting.headers["Retry-After"] == "60"
    curated.clock.forward(timedelta(seconds=61))
    assert await problem(await tried("dora", "another one entirely", 100)) == WRONG
    assert (await tried("dora", PASSWORD, 101)).headers["Retry-After"] == "120"
    curated.clock.forward(timedelta(seconds=121))
    assert (await tried("dora", PASSWORD, 101)).status == 200
    assert (await tried("dora", PASSWORD, 101)).status == 200
    outcomes = [outcome for _, subject, outcome in lines(curated, "session.opened") if subject == "dora"]
    assert outcomes == [*["sign_in_failed"] * 5, "too_many_tries", "sign_in_failed", "too_many_tries", "done", "done"]


async def test_an_address_that_tries_many_names_must_wait_and_others_need_not(aiohttp_client, curated: Curated) -> None:
    with_password(curated, "dora")
    proxies = read_settings({"SIGNPOST_TRUSTED_PROXIES": "127.0.0.0/8, ::1"}).trusted_proxies
    client = await client_of(aiohttp_client, curated, Settings(database=curated.settings.database, trusted_proxies=proxies))
    for number in range(5):
        spoofed = {"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.7"}
        assert await problem(await sign_in(client, f"somebody-{number}", **spoofed)) == WRONG
    assert await problem(await sign_in(client, "dora", **{"X-Forwarded-For": "198.51.100.1, 192.0.2.7"})) == (429, "too_many_tries")
    assert (await sign_in(client, "dora", **{"X-Forwarded-For": "192.0.2.8"})).status == 200
    assert (await sign_in(client, "dora", **{"X-Forwarded-For": "192.0.2.7, 127.0.0.3"})).status == 429


async def test_a_hundred_tries_at_once_count_as_many(aiohttp_client, curated: Curated) -> None:
    with_password(curated, "dora")
    client = await client_of(aiohttp_client, curated)
    found = await asyncio.gather(*(sign_in(client, "dora", f"another one {number}") for number in range(25)))
    assert sorted(one.status for one in found) == [401] * 5 + [429] * 20


async def test_signing_in_is_limited_by_address_whatever_comes_of_it(aiohttp_client, curated: Curated) -> None:
    client = await client_of(aiohttp_client, curated)
    statuses = [(await client.post(f"{BASE}/sign-in", json={})).status for _ in range(31)]
    assert statuses == [422] * 30 + [429]


async def test_nothing_waits_for_a_hash_while_the_store_is_held(aiohttp_client, curated: Curated, monkeypatch) -> None:
    with_password(curated, "dora")
    real, held = passwords._HASHER, []

    class Writing:
        def verify(self, stored: str, typed: str) -> bool:
            with curated.act(ADA) as act:  # would wait 20 s for a unit that is open, and fail
                held.append(act.now)
            return real.verify(stored, typed)

        check_needs_rehash = staticmethod(real.check_needs_rehash)

    monkeypatch.setattr(passwords, "_HASHER", Writing())
    assert (await sign_in(await client_of(aiohttp_client, curated), "dora")).status == 200
    assert len(held) == 1


async def test_a_password_hashed_with_older_parameters_is_hashed_anew(aiohttp_client, curated: Curated) -> None:
    from argon2 import PasswordHasher

    with_password(curated, "dora")
    old = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    with curated.act(ADA) as act:
        act.unit.people.set_credentials("dora", replace(act.unit.people.credentials("dora"), password=old))
    client = await client_of(aiohttp_client, curated)
    assert (await sign_in(client, "dora")).status == 200
    with curated.look() as act:
        stored = act.unit.people.credentials("dora").password
    assert "m=19456,t=2,p=1" in stored
    assert (await sign_in(client, "dora")).status == 200


async def test_signing_out_ends_the_session_for_good(aiohttp_client, curated: Curated) -> None:
    client, opened = await client_of(aiohttp_client, curated), session(curated, "dora")
    response = await client.post(f"{BASE}/sign-out", headers=sending(opened))
    assert response.status == 204
    assert response.cookies[PLAIN].value == ""
    assert await problem(await client.get(f"{BASE}/me", headers=sending(opened))) == NOT_IN
    assert lines(curated, "session.ended") == [("dora", "dora", "done")]


@pytest.mark.parametrize(
    ("later", "status"),
    [
        pytest.param(timedelta(minutes=29), 200, id="in time"),
        pytest.param(timedelta(minutes=31), 401, id="idle for too long"),
        pytest.param(timedelta(hours=12), 401, id="over"),
    ],
)
async def test_an_idle_session_ends(aiohttp_client, curated: Curated, later: timedelta, status: int) -> None:
    client, opened = await client_of(aiohttp_client, curated), session(curated, "dora")
    curated.clock.forward(later)
    assert await me(client, opened.secret) == status


async def test_a_session_in_use_goes_on_and_ends_after_twelve_hours_all_the_same(aiohttp_client, curated: Curated) -> None:
    client, opened = await client_of(aiohttp_client, curated), session(curated, "dora")
    for _ in range(35):
        curated.clock.forward(timedelta(minutes=20))
        assert await me(client, opened.secret) == 200
        await client.delete(f"{BASE}/me/sessions/none", headers=sending(opened))  # refused, which is written after what was seen
    curated.clock.forward(timedelta(minutes=20))
    assert await me(client, opened.secret) == 401


async def test_being_seen_is_written_down_once_a_minute_and_writes_no_audit_line(aiohttp_client, curated: Curated) -> None:
    client, opened, text = await client_of(aiohttp_client, curated), session(curated, "dora"), token(curated, "carla")
    before = len(everything_said(curated))
    for seconds in (59, 1, 30, 28):
        curated.clock.forward(timedelta(seconds=seconds))
        assert await me(client, opened.secret) == 200
        assert (await client.get(f"{BASE}/me", headers=bearing(text))).status == 200
    await client.close()
    with curated.look() as act:
        assert act.unit.people.sessions("dora")[0].seen_at == NOW + timedelta(seconds=60)
        assert act.unit.people.tokens("carla")[0].used_at == NOW + timedelta(seconds=59)
    assert len(everything_said(curated)) == before


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, (204, ""), id="our own page"),
        pytest.param({"Origin": None, "Sec-Fetch-Site": "same-origin"}, (204, ""), id="our own page, by what browsers say"),
        pytest.param({"Origin": None}, (403, "wrong_origin"), id="no origin"),
        pytest.param({"Origin": "https://evil.example"}, (403, "wrong_origin"), id="another site"),
        pytest.param({"Origin": "null"}, (403, "wrong_origin"), id="a sandbox"),
        pytest.param({"Origin": ORIGIN + ".evil.example"}, (403, "wrong_origin"), id="a name that begins like ours"),
        pytest.param({"Origin": "https://127.0.0.1:8080"}, (403, "wrong_origin"), id="another scheme"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, (403, "wrong_origin"), id="browser says another site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, (403, "wrong_origin"), id="browser says a sister host"),
        pytest.param({"Origin": None, "Sec-Fetch-Site": "none"}, (403, "wrong_origin"), id="browser says nobody"),
        pytest.param({"X-CSRF-Token": None}, (403, "csrf_token_wrong"), id="no token"),
        pytest.param({"X-CSRF-Token": ""}, (403, "csrf_token_wrong"), id="empty token"),
        pytest.param({"X-CSRF-Token": csrf_token("")}, (403, "csrf_token_wrong"), id="the token of nothing"),
        pytest.param({"X-CSRF-Token": "other"}, (403, "csrf_token_wrong"), id="the token of another session"),
        pytest.param({"X-CSRF-Token": "ü"}, (403, "csrf_token_wrong"), id="no ascii"),
    ],
)
async def test_a_change_with_a_session_must_come_from_our_own_page(aiohttp_client, curated: Curated, change, expected) -> None:
    client, opened, other = await client_of(aiohttp_client, curated), session(curated, "dora"), session(curated, "vera")
    headers = {**sending(opened), **change}
    if headers["X-CSRF-Token"] == "other":
        headers["X-CSRF-Token"] = csrf_token(other.secret)
    response = await client.post(f"{BASE}/sign-out", headers={name: text for name, text in headers.items() if text is not None})
    assert (response.status, "" if response.status == 204 else (await problem(response))[1]) == expected
    assert await me(client, opened.secret) == (401 if expected[0] == 204 else 200)


async def test_a_token_needs_neither_origin_nor_csrf_token_and_a_session_beside_it_counts_for_nothing(
    aiohttp_client, curated: Curated
) -> None:
    client, opened, text = await client_of(aiohttp_client, curated), session(curated, "dora"), token(curated, "carla")
    cookie = {"Cookie": f"{PLAIN}={opened.secret}"}
    told = await (await client.get(f"{BASE}/me", headers=bearing(text, **cookie))).json()
    assert (told["id"], told["way"], told["session"], told["csrf_token"]) == ("carla", "token", None, None)
    for given in ("Bearer x", "Bearer ", "Basic ZG9yYTp4", f"Bearer {opened.secret}", f"Bearer {text[:-1]}", f"Token {text}"):
        assert await problem(await client.get(f"{BASE}/me", headers={"Authorization": given, **cookie})) == NOT_IN
    assert await problem(await client.post(f"{BASE}/sign-out", headers=bearing(text))) == (403, "session_needed")


async def test_another_site_cannot_sign_somebody_in(aiohttp_client, curated: Curated) -> None:
    with_password(curated, "dora")
    client = await client_of(aiohttp_client, curated)
    assert await problem(await sign_in(client, "dora", Origin="https://evil.example")) == (403, "wrong_origin")
    assert await problem(await sign_in(client, "dora", **{"Sec-Fetch-Site": "cross-site"})) == (403, "wrong_origin")
    form = await client.post(f"{BASE}/sign-in", data={"name": "dora", "password": PASSWORD})
    assert form.status == 415
    assert (await sign_in(client, "dora", Origin=ORIGIN)).status == 200


async def test_a_temporary_password_opens_nothing_but_the_choice_of_ones_own(aiohttp_client, curated: Curated) -> None:
    with_password(curated, "dora", must_change=True)
    client = await client_of(aiohttp_client, curated)
    response = await sign_in(client, "dora")
    told, old = await response.json(), cookie_of(response)
    assert told["lacks"] == ["password"]
    headers = {"Cookie": f"{PLAIN}={old}", "X-CSRF-Token": told["csrf_token"], "Origin": ORIGIN}
    assert await problem(await client.get(f"{BASE}/changes", headers=headers)) == SET_UP_FIRST
    body = {"password": PASSWORD, "new": "fünf Esel in Genf"}
    changed = await client.post(f"{BASE}/me/password", json=body, headers=headers)
    assert changed.status == 200
    secret = cookie_of(changed)
    assert secret != old
    assert await me(client, old) == 401
    assert (await client.get(f"{BASE}/changes", headers={"Cookie": f"{PLAIN}={secret}"})).status == 200
    assert await problem(await sign_in(client, "dora")) == WRONG
    assert (await sign_in(client, "dora", "fünf Esel in Genf")).status == 200


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param({"password": "another one entirely", "new": "fünf Esel in Genf"}, (403, "password_wrong"), id="wrong"),
        pytest.param({"password": PASSWORD, "new": "vierzehn Zeich"}, (422, "password_too_short"), id="short without a second factor"),
        pytest.param({"password": PASSWORD, "new": "dora@signpost.example"}, (422, "password_personal"), id="personal"),
        pytest.param({"password": PASSWORD, "new": "x" * 300}, (422, "password_too_long"), id="endless"),
        pytest.param({"password": PASSWORD}, (422, "invalid_request"), id="none"),
    ],
)
async def test_a_password_is_not_changed(aiohttp_client, curated: Curated, typed, expected) -> None:
    with_password(curated, "dora")
    client, opened = await client_of(aiohttp_client, curated), session(curated, "dora")
    assert await problem(await client.post(f"{BASE}/me/password", json=typed, headers=sending(opened))) == expected
    assert await me(client, opened.secret) == 200
    assert (await sign_in(client, "dora")).status == 200


async def test_guessing_the_password_of_an_open_session_must_wait_too(aiohttp_client, curated: Curated) -> None:
    with_password(curated, "dora")
    client, opened = await client_of(aiohttp_client, curated), session(curated, "dora")
    body = {"password": "another one entirely", "new": "fünf Esel in Genf"}
    statuses = [(await client.post(f"{BASE}/me/password", json=body, headers=sending(opened))).status for _ in range(6)]
    assert statuses == [403] * 5 + [429]
    assert [outcome for *_, outcome in lines(curated, "password.changed")] == ["password_wrong"] * 5 + ["too_many_tries"]


async def test_an_admin_in_production_sets_up_a_second_factor_before_anything_else(aiohttp_client, curated: Curated) -> None:
    with_password(curated, "ada")
    settings = Settings(database=curated.settings.database, require_one_time=True)
    client = await client_of(aiohttp_client, curated, settings)
    response = await sign_in(client, "ada")
    told, first = await response.json(), cookie_of(response)
    assert told["lacks"] == ["one_time"]
    headers = {"Cookie": f"{PLAIN}={first}", "X-CSRF-Token": told["csrf_token"], "Origin": ORIGIN}
    for path in ("people", "changes", "tokens"):
        assert await problem(await client.get(f"{BASE}/{path}", headers=headers)) == SET_UP_FIRST
    assert await problem(await client.post(f"{BASE}/me/one-time/confirm", json={"code": "123456"}, headers=headers)) == (
        409,
        "one_time_not_started",
    )
    wrong = await client.post(f"{BASE}/me/one-time", json={"password": "another one entirely"}, headers=headers)
    assert await problem(wrong) == (403, "password_wrong")
    begun = await (await client.post(f"{BASE}/me/one-time", json={"password": PASSWORD}, headers=headers)).json()
    assert begun["uri"].startswith("otpauth://totp/Signpost:ada%40signpost.example?secret=" + begun["secret"])
    refused = await client.post(f"{BASE}/me/one-time/confirm", json={"code": "000000"}, headers=headers)
    assert await problem(refused) == (422, "code_wrong")
    typed = code(curated.clock(), begun["secret"])
    confirmed = await client.post(f"{BASE}/me/one-time/confirm", json={"code": typed}, headers=headers)
    codes, second = (await confirmed.json())["recovery_codes"], cookie_of(confirmed)
    assert (len(codes), await me(client, first)) == (10, 401)
    assert (await client.get(f"{BASE}/people", headers={"Cookie": f"{PLAIN}={second}"})).status == 200
    assert await problem(await sign_in(client, "ada", typed=typed)) == WRONG
    assert (await (await sign_in(client, "ada", typed=codes[0])).json())["lacks"] == []
    written = "".join(str(dict(line.detail)) for line in everything_said(curated))
    assert begun["secret"] not in written
    assert not any(one in written for one in codes)


def test_a_second_factor_is_asked_of_admins_in_production_unless_it_is_said_otherwise() -> None:
    table = (("production", None, True), ("development", None, False), ("production", "false", False), ("development", "true", True))
    for mode, said, expected in table:
        given = {"SIGNPOST_MODE": mode, **({} if said is None else {"SIGNPOST_REQUIRE_ONE_TIME": said})}
        assert read_settings(given).admins_need_one_time is expected


async def test_others_need_no_second_factor_and_one_of_the_provider_is_enough(aiohttp_client, curated: Curated) -> None:
    settings = Settings(database=curated.settings.database, require_one_time=True)
    client = await client_of(aiohttp_client, curated, settings)
    for person, way, status in (
        ("ruth", Way.PASSWORD, 200),
        ("ada", Way.OPENID, 200),
        ("ada", Way.RECOVERY, 200),
        ("ada", Way.PASSWORD, 403),
    ):
        assert (await client.get(f"{BASE}/changes", headers=sending(session(curated, person, way)))).status == status


async def test_an_authenticator_is_dropped_with_the_password_and_takes_the_recovery_codes_along(aiohttp_client, curated: Curated) -> None:
    with_one_time(curated, "ruth", recovery=("ab" * 32,))
    client, opened, other = await client_of(aiohttp_client, curated), session(curated, "ruth"), session(curated, "ruth")
    path, body = f"{BASE}/me/one-time/drop", {"password": PASSWORD}
    assert await problem(await client.post(path, json={"password": "another one entirely"}, headers=sending(opened))) == (
        403,
        "password_wrong",
    )
    assert await problem(await client.post(f"{BASE}/me/one-time", json=body, headers=sending(opened))) == (409, "one_time_confirmed")
    dropped = await client.post(path, json=body, headers=sending(opened))
    assert dropped.status == 200
    assert [await me(client, secret) for secret in (opened.secret, other.secret, cookie_of(dropped))] == [401, 401, 200]
    assert (await (await sign_in(client, "ruth")).json())["recovery_codes_left"] == 0
    with curated.look() as act:
        assert act.unit.people.credentials("ruth").one_time == ""


async def test_new_recovery_codes_take_the_place_of_the_old_ones(aiohttp_client, curated: Curated) -> None:
    old = new_codes()
    with_one_time(curated, "ruth", recovery=tuple(digest_of(one).hex() for one in old))
    with_password(curated, "dora")
    client, opened = await client_of(aiohttp_client, curated), session(curated, "ruth")
    path, body = f"{BASE}/me/recovery-codes", {"password": PASSWORD}
    codes = (await (await client.post(path, json=body, headers=sending(opened))).json())["recovery_codes"]
    assert len({*codes, *old}) == 20
    assert await problem(await sign_in(client, "ruth", typed=old[0])) == WRONG
    assert (await sign_in(client, "ruth", typed=codes[0])).status == 200
    refused = await client.post(path, json=body, headers=sending(session(curated, "dora")))
    assert await problem(refused) == (409, "one_time_missing")


async def test_people_see_and_end_their_own_sessions_only(aiohttp_client, curated: Curated) -> None:
    client = await client_of(aiohttp_client, curated)
    here, there, other = session(curated, "dora"), session(curated, "dora"), session(curated, "vera")
    found = (await (await client.get(f"{BASE}/me/sessions", headers=sending(here))).json())["items"]
    assert {one["id"]: one["is_current"] for one in found} == {here.session.id: True, there.session.id: False}
    assert not any(secret in str(found) for secret in (here.secret, here.session.hash))
    path = f"{BASE}/me/sessions"
    assert await problem(await client.delete(f"{path}/{other.session.id}", headers=sending(here))) == (404, "unknown")
    assert (await client.delete(f"{path}/{there.session.id}", headers=sending(here))).status == 204
    assert [await me(client, one.secret) for one in (here, there, other)] == [200, 401, 200]
    session(curated, "dora")
    assert (await client.delete(path, headers=sending(here))).status == 204
    assert len((await (await client.get(path, headers=sending(here))).json())["items"]) == 1


async def test_nothing_in_the_store_can_be_shown_at_the_door(aiohttp_client, curated: Curated) -> None:
    with_password(curated, "dora")
    opened, text = session(curated, "dora"), token(curated, "dora")
    kept = b"".join(file.read_bytes() for file in curated.settings.database.parent.iterdir() if file.suffix in {".db", ".db-journal"})
    assert not any(secret.encode() in kept for secret in (PASSWORD, opened.secret, text))
    client = await client_of(aiohttp_client, curated)
    assert await problem(await client.get(f"{BASE}/me", headers=bearing(opened.session.hash))) == NOT_IN
    assert await me(client, opened.session.hash) == 401


async def test_a_restart_and_another_process_know_the_session(aiohttp_client, curated: Curated) -> None:
    opened = session(curated, "dora", rules=Rules())
    for _ in range(2):
        client = await client_of(aiohttp_client, curated)
        assert await me(client, opened.secret) == 200
        await client.close()


async def test_how_one_may_sign_in_is_told_to_anybody(aiohttp_client, curated: Curated) -> None:
    client = await client_of(aiohttp_client, curated)
    assert await (await client.get(f"{BASE}/sign-in")).json() == {"password": True, "openid": False}
    assert await problem(await client.get(f"{BASE}/sign-in/openid")) == (404, "openid_off")
    assert await problem(await client.get(f"{BASE}/sign-in/openid/return?code=x&state=y")) == (404, "openid_off")
