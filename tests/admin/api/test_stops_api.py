"""Stops over HTTP: one admin sets, two lift, and file and store hold the same."""

import pytest

from admin.stopping.file import read_stops
from review.people import Person, Role
from tests.admin.api.bearing import app_over, bearer
from tests.admin.api.proofs import BASE, problem
from tests.curated import ADA, DIRK, NOW, VERA, Curated, actor, curated_store

STOP = {"kind": "region", "target": "DE", "reason": "A link leads to the wrong office"}
OTTO = actor("otto", Role.ADMIN)
GERD = actor("gerd", Role.ADMIN, "DE")


@pytest.fixture
def curated(tmp_path) -> Curated:
    made = curated_store(tmp_path)
    with made.store.writing() as unit:
        for one in (OTTO, GERD):
            unit.people.add(Person(one.person, one.person, "", one.grants, NOW))
    return made


@pytest.fixture
async def client(aiohttp_client, curated: Curated):
    return await aiohttp_client(app_over(curated))


async def post(client, curated: Curated, who, path: str, body: object = None):
    return await client.post(BASE + path, json=body, headers=bearer(curated, who))


async def test_an_admin_stops_with_a_reason_and_two_lift(client, curated: Curated) -> None:
    made = await (await post(client, curated, ADA, "/stops", STOP)).json()
    assert (made["in_force"], made["set_by"]) == (True, "ada")
    assert [one.id for one in read_stops(curated.settings.stops_file)] == [made["id"]]
    asked = await (await post(client, curated, ADA, f"/stops/{made['id']}/lift")).json()
    assert (asked["in_force"], asked["lift_asked_by"]) == (True, "ada")
    assert await problem(await post(client, curated, ADA, f"/stops/{made['id']}/lift")) == (403, "four_eyes")
    gone = await (await post(client, curated, OTTO, f"/stops/{made['id']}/lift")).json()
    assert (gone["in_force"], gone["lifted_by"]) == (False, "otto")
    assert await problem(await post(client, curated, OTTO, f"/stops/{made['id']}/lift")) == (409, "move_not_allowed")


async def test_a_countrys_admin_stops_what_is_theirs(client, curated: Curated) -> None:
    assert (await post(client, curated, GERD, "/stops", STOP)).status == 201
    assert (await post(client, curated, GERD, "/stops", {**STOP, "kind": "list", "target": "DE/de/voting"})).status == 201
    assert (await post(client, curated, GERD, "/stops", {**STOP, "kind": "campaign", "target": "de-voting"})).status == 201
    for kind, target in (("everything", ""), ("region", "FR"), ("topic", "voting"), ("list", "001/en/voting"), ("notice", "how-to-vote")):
        assert await problem(await post(client, curated, GERD, "/stops", {**STOP, "kind": kind, "target": target})) == (403, "not_allowed")
    assert (await post(client, curated, DIRK, "/stops", STOP)).status == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "everything", "target": "DE", "reason": "r"}, 422), ({"kind": "region", "target": "", "reason": "r"}, 422),
        ({"kind": "region", "target": "DE", "reason": " "}, 422), ({"kind": "region", "target": "DE"}, 422),
        ({"kind": "list", "target": "DE/de/nothing", "reason": "r"}, 404), ({"kind": "region", "target": "UK", "reason": "r"}, 404),
        ({"kind": "town", "target": "x", "reason": "r"}, 422), ({**STOP, "ends_at": "2020-01-01T00:00:00Z"}, 422),
    ],
)  # fmt: skip
async def test_what_cannot_be_stopped_is_refused_and_stops_nothing(client, curated: Curated, body: dict, status: int) -> None:
    assert (await post(client, curated, ADA, "/stops", body)).status == status
    assert read_stops(curated.settings.stops_file) == ()
    listed = await client.get(f"{BASE}/stops", headers=bearer(curated, VERA))
    assert (await listed.json())["items"] == []


async def test_a_repeated_request_stops_once(client, curated: Curated) -> None:
    headers = {**bearer(curated, ADA), "Idempotency-Key": "s-1"}
    first, again = [await (await client.post(f"{BASE}/stops", json=STOP, headers=headers)).json() for _ in range(2)]
    assert first == again
    assert len(read_stops(curated.settings.stops_file)) == 1
