"""API tokens over HTTP: told once, never wider than their person, made by no token, ended for good."""

from datetime import timedelta
from pathlib import Path

import pytest

from admin.signing_in.bearers import PATTERN
from tests.admin.api.proofs import BASE, bearing, client_of, everything_said, lines, problem, sending, session, token
from tests.curated import NOW, Curated, curated_store

GERMAN = {"role": "curator", "region": "DE", "languages": ["de"]}
WANTED = {"name": "nightly import", "grants": [GERMAN]}


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return curated_store(tmp_path)


@pytest.fixture
async def client(aiohttp_client, curated: Curated):
    return await client_of(aiohttp_client, curated)


async def test_a_token_is_told_once_and_speaks_for_its_person(client, curated: Curated) -> None:
    dora = sending(session(curated, "dora"))
    made = await client.post(f"{BASE}/tokens", json=WANTED, headers=dora)
    told = await made.json()
    assert made.status == 201
    assert PATTERN.fullmatch(told["token"])
    assert (told["person"], told["name"], told["grants"]) == ("dora", "nightly import", [GERMAN])
    assert (told["used_at"], told["ended_at"]) == (None, None)
    assert told["token"].startswith(told["hint"])
    listed = await (await client.get(f"{BASE}/tokens", headers=dora)).json()
    assert [one["id"] for one in listed["items"]] == [told["id"]]
    assert told["token"] not in str(listed)
    assert (await (await client.get(f"{BASE}/me", headers=bearing(told["token"]))).json())["id"] == "dora"
    kept = curated.settings.database.read_bytes()
    assert told["token"].encode() not in kept
    assert told["token"] not in str(everything_said(curated))


async def test_a_repeated_request_makes_no_second_token_and_tells_the_first_no_more(client, curated: Curated) -> None:
    dora = sending(session(curated, "dora"), **{"Idempotency-Key": "k-1"})
    first, second = [await (await client.post(f"{BASE}/tokens", json=WANTED, headers=dora)).json() for _ in range(2)]
    assert second == {**first, "token": None}
    assert len(lines(curated, "token.made")) == 1
    assert first["token"].encode() not in curated.settings.database.read_bytes()


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        pytest.param({"grants": [{"role": "reviewer", "region": "DE", "languages": ["de"]}]}, 403, "not_allowed", id="higher role"),
        pytest.param({"grants": [{"role": "curator", "region": "DE"}]}, 403, "not_allowed", id="all languages"),
        pytest.param({"grants": [{"role": "viewer"}]}, 403, "not_allowed", id="the world"),
        pytest.param({"grants": [GERMAN, {"role": "viewer", "region": "FR"}]}, 403, "not_allowed", id="one too many"),
        pytest.param({"grants": []}, 422, "invalid_document", id="nothing"),
        pytest.param({"grants": [{"role": "viewer", "region": "XX"}]}, 422, "unknown_region", id="nowhere"),
        pytest.param({"name": ""}, 422, "invalid_request", id="no name"),
        pytest.param({"expires_at": (NOW + timedelta(days=366)).isoformat()}, 422, "invalid_document", id="over a year"),
        pytest.param({"expires_at": NOW.isoformat()}, 422, "invalid_document", id="over already"),
        pytest.param({"expires_at": "2026-12-01"}, 422, "invalid_request", id="no moment"),
        pytest.param({"expires_at": "2026-12-01T00:00:00"}, 422, "invalid_request", id="no zone"),
        pytest.param({"expires_at": "9999-12-31T23:59:59-23:59"}, 422, "invalid_document", id="the end of time"),
        pytest.param({"expires_at": "0001-01-01T00:00:00+23:59"}, 422, "invalid_document", id="the beginning of time"),
    ],
)
async def test_a_token_that_may_not_be_is_refused(client, curated: Curated, change, status: int, code: str) -> None:
    response = await client.post(f"{BASE}/tokens", json={**WANTED, **change}, headers=sending(session(curated, "dora")))
    assert await problem(response) == (status, code)
    with curated.look() as act:
        assert act.unit.people.tokens("dora") == ()


async def test_a_token_makes_no_other_token_and_changes_no_proof(client, curated: Curated) -> None:
    text = bearing(token(curated, "ada"))
    refused = (403, "session_needed")
    assert await problem(await client.post(f"{BASE}/tokens", json=WANTED, headers=text)) == refused
    for path, body in (
        ("me/password", {"password": "x", "new": "y"}),
        ("me/one-time", {"password": "x"}),
        ("me/one-time/confirm", {"code": "1"}),
        ("me/one-time/drop", {"password": "x"}),
        ("me/recovery-codes", {"password": "x"}),
    ):
        assert await problem(await client.post(f"{BASE}/{path}", json=body, headers=text)) == refused
    assert await problem(await client.get(f"{BASE}/me/sessions", headers=text)) == refused


async def test_an_ended_token_lets_nobody_in_and_may_end_itself(client, curated: Curated) -> None:
    text = bearing(token(curated, "dora"))
    named = (await (await client.get(f"{BASE}/tokens", headers=text)).json())["items"][0]["id"]
    vera = bearing(token(curated, "vera"))
    assert await problem(await client.delete(f"{BASE}/tokens/{named}", headers=vera)) == (404, "unknown")
    assert (await client.delete(f"{BASE}/tokens/{named}", headers=text)).status == 204
    assert await problem(await client.get(f"{BASE}/me", headers=text)) == (401, "not_signed_in")
    ada = bearing(token(curated, "ada"))
    found = (await (await client.get(f"{BASE}/tokens?person=dora", headers=ada)).json())["items"][0]
    assert found["ended_at"] is not None
    assert await problem(await client.delete(f"{BASE}/tokens/none-such", headers=ada)) == (404, "unknown")


async def test_a_token_over_lets_nobody_in(client, curated: Curated) -> None:
    text = bearing(token(curated, "dora", lasts=timedelta(hours=1)))
    curated.clock.forward(timedelta(minutes=59, seconds=59))
    assert (await client.get(f"{BASE}/me", headers=text)).status == 200
    curated.clock.forward(timedelta(seconds=1))
    assert await problem(await client.get(f"{BASE}/me", headers=text)) == (401, "not_signed_in")
