"""What was live at a moment: the release, who answers for each change of it, and the stops of then."""

from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient

from notices.stops import Stop, StopKind
from tests.admin.api.bearing import app_over, bearer
from tests.curated import NOW, VERA, Curated
from tests.proven import proven_store

AT = "/admin/api/v1/releases/at"


@pytest.fixture
def curated(tmp_path) -> Curated:
    return proven_store(tmp_path)


@pytest.fixture
async def client(aiohttp_client, curated: Curated) -> TestClient:
    return await aiohttp_client(app_over(curated), headers=bearer(curated, VERA))


async def at(client: TestClient, moment: str) -> dict:
    response = await client.get(AT, params={"moment": moment})
    assert response.status == 200, await response.text()
    return await response.json()


async def test_each_moment_has_its_release(client: TestClient) -> None:
    made = [one["made_at"] for one in (await (await client.get("/admin/api/v1/releases")).json())["items"]]
    assert [(await at(client, moment))["release"]["number"] for moment in made] == [4, 3, 2, 1]
    assert (await at(client, "2099-01-01T00:00:00+14:00"))["release"]["next"] is None
    assert (await at(client, made[1]))["release"]["next"] == {"number": 4, "made_at": made[0]}


async def test_who_made_and_who_approved_each_change_is_told_with_the_moment(client: TestClient) -> None:
    made_at = (await (await client.get("/admin/api/v1/releases/3")).json())["made_at"]
    told = (await at(client, made_at))["release"]
    assert (told["number"], told["published_by"]) == (3, "ruth")
    second, other = told["changes"]
    assert (second["title"], second["authors"], second["approvers"]) == ("Second", ["carla", "dora"], ["ruth", "ravi"])
    assert [one["person"] for one in second["approvals"]] == ["ruth", "ravi"]
    assert [one["person"] for one in other["approvals"]] == ["ruth"]


async def test_what_was_stopped_then_is_told(client: TestClient, curated: Curated) -> None:
    stop = Stop(StopKind.TOPIC, "voting", "wrong links", "ada", NOW, NOW + timedelta(hours=1), id="s1")
    with curated.store.writing() as unit:
        unit.stops.put(stop)
    stops = [len((await at(client, (NOW + timedelta(minutes=minutes)).isoformat()))["stops"]) for minutes in (-1, 0, 59, 60)]
    assert stops == [0, 1, 1, 0]


@pytest.mark.parametrize("moment", ["1999-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"])
async def test_before_the_first_release_there_was_nothing(client: TestClient, moment: str) -> None:
    assert (await client.get(AT, params={"moment": moment})).status == 404


@pytest.mark.parametrize("params", [{}, {"moment": "2026-10-20"}, {"moment": "2026-10-20T12:00:00"}, {"moment": "now"}], ids=str)
async def test_what_is_no_moment_is_refused(client: TestClient, params: dict[str, str]) -> None:
    assert (await client.get(AT, params=params)).status == 422
