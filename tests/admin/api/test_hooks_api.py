"""Webhooks over HTTP: made with a secret that is shown once, changed, ended, tried; deliveries looked at and sent again."""

import json

import pytest
from aiohttp.test_utils import TestClient

from review.people import Actor, Grant, Role
from tests.admin.api.bearing import app_over, bearer
from tests.curated import ADA, RUTH, Curated, curated_store

HOOKS = "/admin/api/v1/hooks"
NEW = {"url": "https://city.example/told/s3cret-path", "events": ["stop.set", "release.published"]}


@pytest.fixture
def curated(tmp_path) -> Curated:
    return curated_store(tmp_path)


@pytest.fixture
async def client(aiohttp_client, curated: Curated) -> TestClient:
    return await aiohttp_client(app_over(curated), headers=bearer(curated, ADA))


async def made(client: TestClient, **headers: str) -> dict:
    response = await client.post(HOOKS, json=NEW, headers=headers)
    assert response.status == 201, await response.text()
    return await response.json()


async def test_its_secret_is_shown_once_and_stands_nowhere_else(client: TestClient, curated: Curated) -> None:
    hook = await made(client)
    assert hook["secret"].startswith("whsec_")
    assert (hook["url"], hook["events"], hook["created_by"], hook["ended_at"]) == (NEW["url"], NEW["events"], "ada", None)
    for path in (HOOKS, f"{HOOKS}/{hook['id']}", f"{HOOKS}/{hook['id']}/deliveries"):
        assert hook["secret"] not in await (await client.get(path)).text()
    with curated.look() as act:
        lines = [line for line in act.unit.journal.all() if line.action.startswith("hook.")]
    assert [(line.action, line.subject, line.detail["host"]) for line in lines] == [("hook.added", hook["id"], "city.example")]
    assert "s3cret-path" not in json.dumps([dict(line.detail) for line in lines])


async def test_the_same_request_again_makes_none_and_tells_no_secret(client: TestClient) -> None:
    first, second = [await made(client, **{"Idempotency-Key": "k"}) for _ in range(2)]
    assert second == {**first, "secret": None}
    assert len((await (await client.get(HOOKS)).json())["items"]) == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({**NEW, "url": "http://city.example/"}, "/url"),
        ({**NEW, "url": "https://127.0.0.1/"}, "/url"),
        ({**NEW, "url": "https://[::1]/"}, "/url"),
        ({**NEW, "url": "https://169.254.169.254/latest"}, "/url"),
        ({**NEW, "url": "https://localhost/"}, "/url"),
        ({**NEW, "url": "https://me:pass@city.example/"}, "/url"),
        ({**NEW, "url": "https://city.example/#part"}, "/url"),
        ({**NEW, "url": "https://city.example/a b"}, "/url"),
        ({**NEW, "url": "https://city.example:99999/"}, "/url"),
        ({**NEW, "url": "ftp://city.example/"}, "/url"),
        ({**NEW, "url": "//city.example/"}, "/url"),
        ({**NEW, "url": "https://city.example/" + "x" * 2000}, "/url"),
        ({**NEW, "events": []}, "/events"),
        ({**NEW, "events": ["ping"]}, "/events/0"),
        ({**NEW, "events": ["stop.set", "stop.sat"]}, "/events/1"),
        ({"url": NEW["url"]}, "/events"),
        ({**NEW, "secret": "whsec_mine"}, ""),
    ],
    ids=lambda value: str(value)[:70],
)
async def test_what_could_not_be_told_is_refused(client: TestClient, body: dict, pointer: str) -> None:
    response = await client.post(HOOKS, json=body)
    told = await response.json(content_type=None)
    assert response.status == 422, told
    assert pointer in [one["pointer"] for one in told["errors"]] or told["code"] == "invalid_document"
    assert (await (await client.get(HOOKS)).json())["items"] == []


async def test_changing_it_takes_the_state_that_was_read(client: TestClient) -> None:
    hook = await made(client)
    path, tag = f"{HOOKS}/{hook['id']}", f'"{hook["tag"]}"'
    assert (await client.get(path)).headers["ETag"] == tag
    assert (await client.patch(path, json={"events": ["stop.set"]})).status == 428
    assert (await client.patch(path, json={"events": ["stop.set"]}, headers={"If-Match": '"other"'})).status == 412
    response = await client.patch(path, json={"events": ["stop.set"]}, headers={"If-Match": tag})
    told = await response.json()
    assert (response.status, told["events"], told["url"]) == (200, ["stop.set"], NEW["url"])
    assert told["tag"] != hook["tag"]
    assert (await client.patch(path, json={"url": "https://other.example/"}, headers={"If-Match": tag})).status == 412
    changed = await client.patch(path, json={"url": "https://other.example/"}, headers={"If-Match": f'"{told["tag"]}"'})
    assert (await changed.json())["url"] == "https://other.example/"


async def test_an_ended_one_stays_to_be_seen_and_takes_nothing(client: TestClient) -> None:
    hook = await made(client)
    path = f"{HOOKS}/{hook['id']}"
    assert (await (await client.delete(path)).json())["ended_at"] is not None
    assert [one["id"] for one in (await (await client.get(HOOKS)).json())["items"]] == [hook["id"]]
    tag = (await client.get(path)).headers["ETag"]
    for response in (
        await client.delete(path),
        await client.post(f"{path}/ping"),
        await client.patch(path, json={"events": ["stop.set"]}, headers={"If-Match": tag}),
    ):
        assert response.status == 409


async def test_a_ping_is_a_delivery_and_can_be_sent_again(client: TestClient) -> None:
    hook = await made(client)
    path = f"{HOOKS}/{hook['id']}"
    for _ in range(2):
        assert (await client.post(f"{path}/ping", headers={"Idempotency-Key": "p"})).status == 202
    (delivery,) = (await (await client.get(f"{path}/deliveries")).json())["items"]
    assert (delivery["event"], delivery["state"], delivery["attempts"], delivery["status"]) == ("ping", "pending", 0, None)
    response = await client.post(f"/admin/api/v1/deliveries/{delivery['number']}/replay")
    assert (response.status, (await response.json())["message_id"]) == (202, delivery["message_id"])


async def test_deliveries_come_in_pages(client: TestClient) -> None:
    path = f"{HOOKS}/{(await made(client))['id']}"
    for _ in range(5):
        await client.post(f"{path}/ping")
    first = await (await client.get(f"{path}/deliveries", params={"limit": "3"})).json()
    second = await (await client.get(f"{path}/deliveries", params={"limit": "3", "after": first["next"]})).json()
    assert [one["number"] for one in (*first["items"], *second["items"])] == [5, 4, 3, 2, 1]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", f"{HOOKS}/hook-0"), ("DELETE", f"{HOOKS}/hook-0"), ("POST", f"{HOOKS}/hook-0/ping"), ("GET", f"{HOOKS}/hook-0/deliveries"),
     ("POST", "/admin/api/v1/deliveries/7/replay")],
)  # fmt: skip
async def test_what_there_is_not_is_not_found(client: TestClient, method: str, path: str) -> None:
    assert (await client.request(method, path)).status == 404


async def test_only_admins_of_the_world_keep_them(aiohttp_client, curated: Curated) -> None:
    german = Actor("dirk", (Grant(Role.ADMIN, "DE"),))
    with curated.store.writing() as unit:
        unit.people.grant("dirk", german.grants)
    client = await aiohttp_client(app_over(curated))
    for who, status in ((None, 401), (RUTH, 403), (german, 403)):
        headers = bearer(curated, who) if who else {}
        assert (await client.get(HOOKS, headers=headers)).status == status
        assert (await client.post(HOOKS, json=NEW, headers=headers)).status == status
