"""The audit log over HTTP: who may look, what is found, in pages and as files that no spreadsheet runs."""

import csv
import io
import json

import pytest
from aiohttp.test_utils import TestClient

from admin.audit_files import PAGE
from tests.admin.api.bearing import app_over, bearer
from tests.curated import ADA, CARLA, RUTH, VERA, Curated
from tests.proven import proven_store

AUDIT = "/admin/api/v1/audit"


@pytest.fixture
def curated(tmp_path) -> Curated:
    return proven_store(tmp_path)


@pytest.fixture
async def client(aiohttp_client, curated: Curated) -> TestClient:
    return await aiohttp_client(app_over(curated), headers=bearer(curated, RUTH))


async def found(client: TestClient, **params: str) -> list[dict]:
    response = await client.get(AUDIT, params=params)
    assert response.status == 200, await response.text()
    return (await response.json())["items"]


async def test_the_newest_stands_first_with_all_that_its_hash_is_over(client: TestClient) -> None:
    lines = await found(client)
    assert [line["action"] for line in lines[:2]] == ["release.published", "change.withdrawn"]
    assert set(lines[0]) == {"number", "at", "actor", "way", "action", "subject", "outcome", "detail", "previous", "hash"}
    assert [line["previous"] for line in lines[:-1]] == [line["hash"] for line in lines[1:]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"actor": "ravi"}, ["change.approved", "change.approved"]),
        ({"action": "change.rej"}, ["change.rejected"]),
        ({"subject": "4"}, ["release.published"]),
        ({"text": "RELEASE 3 WAS"}, ["release.published"]),
        ({"outcome": "four_eyes"}, []),
        ({"from": "2026-10-20T14:00:00+02:00", "to": "2026-10-20T12:00:00.000001Z", "action": "change.published"}, []),
        ({"to": "2026-10-20T00:00:00Z"}, ["release.published"]),
    ],
    ids=["actor", "how an action begins", "subject", "text in any case", "outcome", "moments with offset", "before a moment"],
)
async def test_lines_are_looked_for(client: TestClient, asked: dict[str, str], expected: list[str]) -> None:
    assert [line["action"] for line in await found(client, **asked)] == expected


async def test_pages_hold_everything_once(client: TestClient) -> None:
    everything = [line["number"] for line in await found(client, limit="500")]
    numbers, after = [], {}
    while True:
        page = await (await client.get(AUDIT, params={"limit": "7", **after})).json()
        numbers += [line["number"] for line in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert numbers == everything == sorted(everything, reverse=True)


@pytest.mark.parametrize("path", [AUDIT, f"{AUDIT}.jsonl", f"{AUDIT}.csv"])
@pytest.mark.parametrize(("who", "status"), [(None, 401), (VERA, 403), (CARLA, 403), (RUTH, 200), (ADA, 200)], ids=str)
async def test_reviewers_may_look_and_nobody_below(aiohttp_client, curated: Curated, path: str, who, status: int) -> None:
    client = await aiohttp_client(app_over(curated))
    assert (await client.get(path, headers=bearer(curated, who) if who else {})).status == status


@pytest.mark.parametrize(
    "asked", [{"from": "2026-10-20"}, {"from": "2026-10-20T12:00:00"}, {"after": "x"}, {"limit": "0"}, {"actr": "ada"}, {"text": "x" * 201}], ids=str
)  # fmt: skip
async def test_a_filter_that_is_none_is_refused(client: TestClient, asked: dict[str, str]) -> None:
    response = await client.get(AUDIT, params=asked)
    assert (response.status, response.content_type) == (422, "application/problem+json")


async def test_a_file_of_json_lines_holds_all_and_tells_of_itself(client: TestClient) -> None:
    response = await client.get(f"{AUDIT}.jsonl", params={"action": "change."})
    assert response.content_type == "application/jsonl"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Request-ID"]
    assert response.headers["Content-Security-Policy"]
    lines = [json.loads(line) for line in (await response.text()).splitlines()]
    assert lines == await found(client, action="change.", limit="500")
    (told,) = await found(client, action="audit.")
    assert (told["actor"], told["way"], told["subject"], told["detail"]) == ("ruth", "token", "jsonl", {"action": "change."})


async def test_a_table_runs_nothing(aiohttp_client, curated: Curated) -> None:
    with curated.act(CARLA) as act:
        act.note("test.noted", '=HYPERLINK("https://evil.example")', {"text": "@SUM(1)"})
    client = await aiohttp_client(app_over(curated), headers=bearer(curated, RUTH))
    response = await client.get(f"{AUDIT}.csv", params={"action": "test."})
    assert (response.content_type, response.charset) == ("text/csv", "utf-8")
    head, row = csv.reader(io.StringIO(await response.text()))
    assert head == ["number", "at", "actor", "way", "action", "subject", "outcome", "detail", "previous", "hash"]
    assert row[5] == '\'=HYPERLINK("https://evil.example")'
    assert json.loads(row[7]) == {"text": "@SUM(1)"}


async def test_a_file_longer_than_a_page_holds_all(aiohttp_client, curated: Curated) -> None:
    with curated.store.writing() as unit:
        for number in range(2 * PAGE + 1):
            unit.journal.append(curated.clock(), "carla", "token", "test.noted", str(number), "done", {})
    client = await aiohttp_client(app_over(curated), headers=bearer(curated, RUTH))
    lines = (await (await client.get(f"{AUDIT}.jsonl", params={"action": "test."})).text()).splitlines()
    assert [json.loads(line)["subject"] for line in lines] == [str(number) for number in range(2 * PAGE, -1, -1)]


async def test_looking_at_the_head_only_exports_nothing(client: TestClient) -> None:
    response = await client.head(f"{AUDIT}.csv")
    assert (response.status, await response.read()) == (200, b"")
    assert await found(client, action="audit.") == []


async def test_a_bad_filter_of_a_file_is_a_problem_and_no_export(client: TestClient) -> None:
    response = await client.get(f"{AUDIT}.csv", params={"after": "7"})
    assert (response.status, response.content_type) == (422, "application/problem+json")
    assert await found(client, action="audit.") == []
