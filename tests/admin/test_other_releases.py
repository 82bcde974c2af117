"""Explaining by a release that is no longer served: over HTTP, for viewers, under the stops of then."""

import asyncio
import sqlite3
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient

from admin.other_releases import KEPT
from admin.settings import Mode
from notices.signing import encode_key
from notices.stops import Stop, StopKind
from store.values import StoredStop
from tests.admin.api.bearing import app_over, bearer, moment
from tests.curated import DORA, NOW, TRUSTED, VERA, Curated, term
from tests.proven import proven_store

ASK = {"query": "alpha beta", "region": "DE", "languages": ["de"]}
PINNED = (encode_key(TRUSTED[0]),)


@pytest.fixture
def curated(tmp_path) -> Curated:
    return proven_store(tmp_path)


async def served(aiohttp_client, curated: Curated, mode: Mode = Mode.DEVELOPMENT, **changed: object) -> TestClient:
    return await aiohttp_client(app_over(curated, moment, mode=mode, trusted_keys=PINNED, public_url="https://signpost.example", **changed))


async def explained(client: TestClient, curated: Curated, **asked: object) -> dict:
    response = await client.post("/v1/explain", json={**ASK, **asked}, headers=bearer(curated, VERA))
    assert response.status == 200, await response.text()
    return await response.json()


async def test_each_release_answers_as_it_did(aiohttp_client, curated: Curated) -> None:
    """Release 2 brought the term, 3 took it out, 4 is a rollback to 2; 1 never had it."""
    client = await served(aiohttp_client, curated)
    told = {number: await explained(client, curated, release=number) for number in (1, 2, 3, 4)}
    assert {number: answer["outcome"] for number, answer in told.items()} == {1: "no_match", 2: "shown", 3: "no_match", 4: "shown"}
    assert [answer["release"]["number"] for answer in told.values()] == [1, 2, 3, 4]


async def test_a_past_release_is_asked_about_a_past_moment(aiohttp_client, curated: Curated) -> None:
    client = await served(aiohttp_client, curated)
    told = await explained(client, curated, release=2, at="2024-02-29T12:00:00+01:00")
    assert (told["at"], told["release"]["number"]) == ("2024-02-29T11:00:00Z", 2)


async def test_what_was_stopped_then_is_stopped_in_the_explanation(aiohttp_client, curated: Curated) -> None:
    stop = Stop(StopKind.EVERYTHING, "", "wrong links", "ada", NOW, id="s1")
    with curated.store.writing() as unit:
        unit.stops.put(stop)
        unit.stops.save(StoredStop(stop, "ada", NOW, "ravi", NOW + timedelta(hours=1)))
    client = await served(aiohttp_client, curated)
    for hours, outcome in ((-1, "shown"), (0, "stopped"), (0.99, "stopped"), (1, "shown")):
        at = (NOW + timedelta(hours=hours)).isoformat()
        assert (await explained(client, curated, release=2, at=at))["outcome"] == outcome, hours


@pytest.mark.parametrize("mode", list(Mode))
async def test_it_takes_a_viewer_and_the_open_part_stays_as_it_was(aiohttp_client, curated: Curated, mode: Mode) -> None:
    client = await served(aiohttp_client, curated, mode)
    statuses = [(await client.post("/v1/explain", json={**ASK, "release": number})).status for number in (2, 4)]
    assert statuses == ([401, 200] if mode is Mode.DEVELOPMENT else [401, 401])
    assert (await explained(client, curated, release=2))["outcome"] == "shown"


async def test_a_draft_is_asked_before_anybody_approves_it(aiohttp_client, curated: Curated) -> None:
    change = curated.edited(DORA, [term("wahlkabine finden")])
    client = await served(aiohttp_client, curated)
    asked = {"query": "wahlkabine finden", "release": f"draft:{change.id}", "at": NOW.isoformat()}
    assert (await client.post("/v1/explain", json={**ASK, **asked})).status == 401
    told = await explained(client, curated, **asked)
    assert (told["outcome"], told["at"]) == ("shown", NOW.isoformat().replace("+00:00", "Z"))
    assert [match["term"] for match in told["trace"]["matches"]] == ["wahlkabine finden"]
    assert (await explained(client, curated, query="wahlkabine finden"))["outcome"] == "no_match"


@pytest.mark.parametrize(("release", "code"), [(5, "unknown_release"), (10**9, "unknown_release"), ("draft:nothing", "unknown")])
async def test_what_there_is_not_is_not_found(aiohttp_client, curated: Curated, release: object, code: str) -> None:
    client = await served(aiohttp_client, curated)
    response = await client.post("/v1/explain", json={**ASK, "release": release}, headers=bearer(curated, VERA))
    assert (response.status, (await response.json(content_type=None))["code"]) == (404, code)


async def test_a_release_that_was_altered_decides_nothing(aiohttp_client, curated: Curated) -> None:
    client = await served(aiohttp_client, curated)
    with sqlite3.connect(curated.settings.database) as database:
        database.execute("UPDATE terms SET text = 'vote on thursday' WHERE text = 'how to vote'")
    response = await client.post("/v1/explain", json={**ASK, "release": 2}, headers=bearer(curated, VERA))
    assert (response.status, (await response.json(content_type=None))["code"]) == (503, "untrusted_release")


async def test_many_are_asked_about_at_once_few_are_kept_and_nothing_is_left_behind(aiohttp_client, curated: Curated) -> None:
    client = await served(aiohttp_client, curated)
    told = await asyncio.gather(*(explained(client, curated, release=number) for number in (1, 2, 3, 2, 1)))
    assert [answer["release"]["number"] for answer in told] == [1, 2, 3, 2, 1]
    assert KEPT < 3
    assert not list(curated.settings.database.parent.glob(".release-*"))
