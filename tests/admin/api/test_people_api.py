"""People over HTTP: added once, edited under a condition, helped to sign in again; what is wrong is told with its place and never echoed."""

from pathlib import Path

import pytest
from yarl import URL

from admin.api.cookies import PLAIN
from admin.curation.people_sessions import Way
from tests.admin.api.proofs import (
    BASE,
    PASSWORD,
    bearing,
    client_of,
    everything_said,
    lines,
    problem,
    sending,
    session,
    token,
    with_one_time,
    with_password,
)
from tests.curated import Curated, curated_store

NILA = {
    "id": "nila",
    "name": "नीला शर्मा",
    "email": "nila@example.org",
    "grants": [{"role": "curator", "region": "de", "languages": ["de", "iw"]}],
}
TOLD = [{"role": "curator", "region": "DE", "languages": ["de", "he"]}]


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return curated_store(tmp_path)


@pytest.fixture
async def client(aiohttp_client, curated: Curated):
    return await client_of(aiohttp_client, curated)


@pytest.fixture
def ada(curated: Curated) -> dict[str, str]:
    return sending(session(curated, "ada", Way.ONE_TIME))


async def test_a_person_is_added_given_a_password_and_signs_in(client, ada) -> None:
    added = await client.post(f"{BASE}/people", json=NILA, headers=ada)
    told = await added.json()
    assert added.status == 201
    assert (told["id"], told["name"], told["grants"], told["retired_at"]) == ("nila", "नीला शर्मा", TOLD, None)
    assert added.headers["ETag"] == f'"{told["tag"]}"'
    got = await client.get(f"{BASE}/people/nila", headers=ada)
    assert await got.json() == told
    password = (await (await client.post(f"{BASE}/people/nila/password", headers=ada)).json())["temporary_password"]
    signed_in = await client.post(f"{BASE}/sign-in", json={"name": "nila@example.org", "password": password})
    assert (await signed_in.json())["lacks"] == ["password"]


async def test_a_person_is_added_once_under_one_key(client, curated: Curated, ada) -> None:
    headers = {**ada, "Idempotency-Key": "k-1"}
    answers = [await client.post(f"{BASE}/people", json=NILA, headers=headers) for _ in range(2)]
    assert [one.status for one in answers] == [201, 201]
    assert await answers[0].json() == await answers[1].json()
    assert len(lines(curated, "person.added")) == 1
    other = await client.post(f"{BASE}/people", json={**NILA, "id": "nila-2"}, headers=headers)
    assert await problem(other) == (422, "idempotency_key_reused")
    assert await problem(await client.post(f"{BASE}/people", json=NILA, headers=ada)) == (409, "taken")


@pytest.mark.parametrize(
    ("change", "status", "code", "pointer"),
    [
        ({"id": "Nila!"}, 422, "invalid_document", "/id"),
        ({"id": "nobody"}, 422, "invalid_document", "/id"),
        ({"name": ""}, 422, "wrong_length", "/name"),
        ({"name": "\u202e"}, 422, "invalid_document", "/name"),
        ({"email": "nowhere"}, 422, "invalid_document", "/email"),
        ({"grants": [{"role": "owner"}]}, 422, "not_one_of", "/grants/0/role"),
        ({"grants": [{"role": "viewer", "region": "UK"}]}, 422, "unknown_region", "/grants/0/region"),
        ({"grants": [{"role": "viewer"}, {"role": "viewer", "languages": ["xx-klingon"]}]}, 422, "unknown_language", "/grants/1/languages/0"),
        ({"grants": [{"region": "DE"}]}, 422, "required", "/grants/0/role"),
        ({"grants": [{"role": "viewer"}] * 101}, 422, "wrong_length", "/grants"),
        ({"password": PASSWORD}, 422, "unknown_field", ""),
        ({"email": "dora@signpost.example"}, 409, "taken", None),
    ],
)  # fmt: skip
async def test_a_person_that_is_wrong_is_told_with_its_place_and_nothing_is_kept(
    client, curated: Curated, ada, change, status: int, code: str, pointer: str | None
) -> None:
    response = await client.post(f"{BASE}/people", json={**NILA, **change}, headers=ada)
    told = await response.json(content_type=None)
    assert response.status == status
    assert [(one["pointer"], one["code"]) for one in told["errors"]] == ([] if pointer is None else [(pointer, code)])
    said = await response.text()
    assert not any(str(text) in said for text in change.values() if isinstance(text, str) and len(text) > 5)
    with curated.look() as act:
        assert act.unit.people.get("nila") is None


async def test_rights_are_set_under_a_condition_and_sign_the_person_out(client, curated: Curated, ada) -> None:
    opened, path, body = session(curated, "dora"), f"{BASE}/people/dora/grants", {"grants": TOLD}
    tag = (await client.get(f"{BASE}/people/dora", headers=ada)).headers["ETag"]
    assert await problem(await client.put(path, json=body, headers=ada)) == (428, "precondition_required")
    assert await problem(await client.put(path, json=body, headers={**ada, "If-Match": '"another"'})) == (412, "stale")
    assert await problem(await client.put(path, json=body, headers={**ada, "If-Match": "unquoted"})) == (400, "bad_if_match")
    changed = await client.put(path, json=body, headers={**ada, "If-Match": tag})
    assert (changed.status, (await changed.json())["grants"]) == (200, TOLD)
    assert changed.headers["ETag"] != tag
    assert await problem(await client.put(path, json={"grants": []}, headers={**ada, "If-Match": tag})) == (412, "stale")
    assert await problem(await client.get(f"{BASE}/me", headers={"Cookie": f"{PLAIN}={opened.secret}"})) == (401, "not_signed_in")


async def test_nobody_gives_themselves_anything_or_takes_the_last_admin_away(client, ada) -> None:
    tag = (await client.get(f"{BASE}/people/ada", headers=ada)).headers["ETag"]
    more = {"grants": [{"role": "admin"}, {"role": "curator", "region": "DE"}]}
    assert await problem(await client.put(f"{BASE}/people/ada/grants", json=more, headers={**ada, "If-Match": tag})) == (403, "own_rights")
    assert await problem(await client.post(f"{BASE}/people/ada/retire", headers=ada)) == (409, "last_admin")
    for method, path in (("POST", "password"), ("DELETE", "one-time")):
        assert await problem(await client.request(method, f"{BASE}/people/ada/{path}", headers=ada)) == (403, "own_rights")


async def test_somebody_is_described_retired_and_restored(client, curated: Curated, ada) -> None:
    tag = (await client.get(f"{BASE}/people/dora", headers=ada)).headers["ETag"]
    described = await client.put(f"{BASE}/people/dora", json={"name": "Dora Neu"}, headers={**ada, "If-Match": tag})
    assert (await described.json())["email"] == "dora@signpost.example"
    text = token(curated, "dora")
    retired = await (await client.post(f"{BASE}/people/dora/retire", headers=ada)).json()
    assert retired["retired_at"] is not None
    assert await problem(await client.get(f"{BASE}/me", headers=bearing(text))) == (401, "not_signed_in")
    restored = await (await client.post(f"{BASE}/people/dora/restore", headers=ada)).json()
    assert (restored["name"], restored["retired_at"]) == ("Dora Neu", None)
    assert await problem(await client.get(f"{BASE}/me", headers=bearing(text))) == (401, "not_signed_in")
    assert await problem(await client.post(f"{BASE}/people/none-such/retire", headers=ada)) == (404, "unknown")


async def test_somebody_who_lost_their_device_is_helped(client, curated: Curated, ada) -> None:
    with_one_time(curated, "ruth")
    opened = session(curated, "ruth", Way.ONE_TIME)
    assert await problem(await client.post(f"{BASE}/sign-in", json={"name": "ruth", "password": PASSWORD})) == (401, "sign_in_failed")
    assert (await client.delete(f"{BASE}/people/ruth/one-time", headers=ada)).status == 204
    assert (await client.get(f"{BASE}/me", headers=sending(opened))).status == 401
    assert (await client.post(f"{BASE}/sign-in", json={"name": "ruth", "password": PASSWORD})).status == 200
    assert await problem(await client.delete(f"{BASE}/people/ruth/one-time", headers=ada)) == (409, "one_time_missing")
    assert lines(curated, "one_time.dropped") == [("ada", "ruth", "done"), ("ada", "ruth", "one_time_missing")]


async def test_an_admin_sees_and_ends_somebodys_sessions(client, curated: Curated, ada) -> None:
    first, second = session(curated, "dora"), session(curated, "dora")
    path = f"{BASE}/people/dora/sessions"
    found = (await (await client.get(path, headers=ada)).json())["items"]
    assert {one["id"] for one in found} == {first.session.id, second.session.id}
    assert not any(one["is_current"] for one in found)
    assert (await client.delete(f"{path}/{first.session.id}", headers=ada)).status == 204
    assert await problem(await client.delete(f"{path}/none-such", headers=ada)) == (404, "unknown")
    assert [(await client.get(f"{BASE}/me", headers=sending(one))).status for one in (first, second)] == [401, 200]
    assert (await client.delete(path, headers=ada)).status == 204
    assert (await client.get(f"{BASE}/me", headers=sending(second))).status == 401
    assert (await (await client.get(path, headers=ada)).json())["items"] == []


async def test_people_are_listed_in_pages(client, ada) -> None:
    found, after = [], ""
    for _ in range(5):
        page = await (await client.get(f"{BASE}/people?limit=3{after}", headers=ada)).json()
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert found == ["ada", "carla", "dirk", "dora", "fleur", "ravi", "ruth", "vera"]


async def test_no_password_stands_in_any_audit_line_or_answer_kept(client, curated: Curated, ada) -> None:
    with_password(curated, "dora")
    told = await (await client.post(f"{BASE}/people/dora/password", headers={**ada, "Idempotency-Key": "k-2"})).json()
    kept = curated.settings.database.read_bytes()
    assert told["temporary_password"].encode() not in kept
    assert told["temporary_password"] not in str(everything_said(curated))


@pytest.mark.parametrize("named", ["%00", "%ff", "..%2f..%2fetc", "%ed%a0%80", "%F0%9F%97%B3", "a" * 3_000])
async def test_an_odd_name_is_of_nobody(client, ada, named: str) -> None:
    response = await client.get(URL(f"{BASE}/people/{named}", encoded=True), headers=ada)
    assert response.status == 404
    assert named not in await response.text()
