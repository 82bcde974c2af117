"""The front door against its contract."""

import json
from datetime import datetime

import pytest
from aiohttp.test_utils import TestClient

from notices.schemas import NoticeResponseSchema
from tests.conftest import NOW

ASK = {"query": "where do I vote", "region": "US-TX", "languages": ["es-MX", "en"]}


async def answer(client: TestClient, **body) -> dict:
    response = await client.post("/v1/notices", json=body)
    assert response.status == 200, await response.text()
    told = await response.json()
    assert NoticeResponseSchema().validate(json.loads(json.dumps(told))) == {}
    return told


async def test_a_spanish_speaker_in_texas_gets_spanish_and_texas(client: TestClient) -> None:
    told = await answer(client, **ASK)
    (notice,) = told["notices"]
    assert told["outcome"] == "shown"
    assert (notice["language"], notice["region"], notice["kind"]) == ("es", "US-TX", "election_center")
    assert notice["action"]["url"] == "https://signpost.example/centers/US-TX?lang=es#where_do_i_vote"
    assert notice["action"]["slot"] == "where_do_i_vote"
    assert (notice["election"]["id"], notice["election"]["date"]) == ("us-2026-11-03-legislative", "2026-11-03")
    assert notice["reviewed"] is False


@pytest.mark.parametrize(
    ("region", "query", "language", "answers", "direction"),
    [
        ("DE-BY", "wo kann ich wählen", "de", "DE", "ltr"),
        ("EG", "أين أصوت", "ar", "EG", "rtl"),
        ("IL", "איפה מצביעים בבחירות", "he", "IL", "rtl"),
        ("JP", "投票所はどこ", "ja", "JP", "ltr"),
        ("TH", "วันเลือกตั้งวันไหน", "th", "TH", "ltr"),
        ("IN-TN", "how to vote in lok sabha election", "ta", "IN", "ltr"),
        ("RE", "élection présidentielle", "fr", "FR", "ltr"),
        ("PR", "registrarse para votar", "es", "US-PR", "ltr"),
        ("KP", "election results", "ko", "KP", "ltr"),
    ],
)
async def test_language_and_center_follow_the_region(client: TestClient, region, query, language, answers, direction) -> None:
    told = await answer(client, region=region, query=query)
    (notice,) = told["notices"][:1]
    assert (notice["language"], notice["region"], notice["direction"]) == (language, answers, direction)


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ({"region": "DE", "query": "spaghetti carbonara"}, "no_match"),
        ({"region": "DE", "query": ""}, "no_match"),
        ({"region": "001", "query": "vote"}, "out_of_season"),
        ({"region": "DE", "query": "Wahlergebnis", "surface": "upload"}, "not_scheduled"),
    ],
)
async def test_nothing_shown_says_how_far_it_got(client: TestClient, body, outcome: str) -> None:
    told = await answer(client, **body)
    assert (told["outcome"], told["notices"]) == (outcome, [])


async def test_signals_call_their_own_notices(client: TestClient) -> None:
    told = await answer(client, region="FR", surface="video", signals=["ai_generated", "unverified"], limit=5)
    assert {notice["kind"] for notice in told["notices"]} == {"synthetic_media", "fact_check"}
    assert all(notice["topic"] is None for notice in told["notices"])


async def test_a_kind_appears_once_and_no_more_than_the_limit(client: TestClient) -> None:
    body = {"region": "US", "query": "election fraud deepfake results", "signals": ["ai_generated"]}
    many = await answer(client, **body, limit=5)
    kinds = [notice["kind"] for notice in many["notices"]]
    assert len(kinds) == len(set(kinds)) > 1
    assert (await answer(client, **body))["notices"] == many["notices"][:1]


async def test_get_gives_the_same_as_post_with_an_etag(client: TestClient) -> None:
    query = [("q", ASK["query"]), ("region", "US-TX"), ("lang", "es-MX"), ("lang", "en")]
    got = await client.get("/v1/notices", params=query)
    assert await got.json() == await answer(client, **ASK)
    assert got.headers["Cache-Control"].startswith("private, max-age=")
    assert not got.headers["ETag"].startswith("W/")
    again = await client.get("/v1/notices", params=query, headers={"If-None-Match": got.headers["ETag"]})
    assert (again.status, await again.read()) == (304, b"")
    assert "Accept-Language" in got.headers["Vary"]


async def test_no_cache_keeps_an_answer_past_its_end(client: TestClient) -> None:
    got = await client.get("/v1/notices", params={"q": "election", "region": "US"})
    told = await got.json()
    left = (datetime.fromisoformat(told["expires_at"]) - NOW).total_seconds()
    assert int(got.headers["Cache-Control"].rpartition("=")[2]) == min(60, int(left))


async def test_accept_language_stands_in_for_languages(client: TestClient) -> None:
    response = await client.post("/v1/notices", json={"region": "US", "query": "election"}, headers={"Accept-Language": "fr;q=0.9, de"})
    assert (await response.json())["notices"][0]["language"] == "de"


async def test_a_batch_answers_in_order_and_goes_on_past_a_bad_item(client: TestClient) -> None:
    items = [ASK, {"region": "UK"}, 5, {"region": "DE", "query": "nichts"}]
    response = await client.post("/v1/notices/batch", json={"requests": items})
    told = (await response.json())["responses"]
    assert [one["outcome"] for one in told] == ["shown", "invalid", "invalid", "no_match"]
    assert told[0] == await answer(client, **ASK)
    assert told[1]["notices"] == []
    assert told[1]["problem"]["errors"][0]["suggestion"] == "GB"


async def test_a_batch_of_more_than_a_thousand_is_refused(client: TestClient) -> None:
    response = await client.post("/v1/notices/batch", json={"requests": [{"region": "DE"}] * 1001})
    assert response.status == 422


async def test_explain_tells_the_same_answer_and_why(client: TestClient) -> None:
    response = await client.post("/v1/explain", json={**ASK, "at": "2026-11-03T12:00:00-06:00", "release": 1})
    told = await response.json()
    assert told["notices"][0]["election"]["phase"] == "election_day"
    trace = told["trace"]
    match = trace["matches"][0]
    assert ASK["query"][match["start"] : match["end"]] == "where do I vote"
    assert {campaign["result"] for campaign in trace["campaigns"]} >= {"won"}
    assert trace["place"]["chain"] == ["US-TX", "US", "001"]


async def test_explain_says_why_not(client: TestClient) -> None:
    told = await (await client.post("/v1/explain", json={"region": "DE", "query": "kafka leader election"})).json()
    assert told["outcome"] == "no_match"
    assert {fallen["reason"] for fallen in told["trace"]["rejected"]} == {"veto"}
    assert told["trace"]["would_show"]


@pytest.mark.parametrize("release", [2, "draft:20261020-1234abcd"])
async def test_explaining_another_release_takes_somebody_who_is_signed_in(client: TestClient, release: object) -> None:
    assert (await client.post("/v1/explain", json={**ASK, "release": release})).status == 401


@pytest.mark.parametrize("release", [0, -1, 10**9 + 1, 1.5, True, "2", "change:7", "draft:" + "x" * 200, [], {}], ids=str)
async def test_a_release_that_is_none_is_refused(client: TestClient, release: object) -> None:
    response = await client.post("/v1/explain", json={**ASK, "release": release})
    assert response.status == 422
    assert [one["pointer"] for one in (await response.json(content_type=None))["errors"]] == ["/release"]


async def test_other_sites_may_read_and_preflight_is_answered(client: TestClient) -> None:
    response = await client.options("/v1/notices", headers={"Origin": "https://app.example", "Access-Control-Request-Method": "POST"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]


async def test_centers_are_told_as_json_and_never_another_countrys(client: TestClient) -> None:
    texas = await (await client.get("/v1/centers/US-TX")).json()
    assert texas["region"] == "US-TX"
    assert texas["links"]["elections"]["*"].startswith("https://")
    assert (await (await client.get("/v1/centers/DE-BY")).json())["region"] == "DE"
    neutral = await (await client.get("/v1/centers/KP")).json()
    assert (neutral["region"], neutral["authorities"], neutral["links"]) == (None, [], {})
    assert (await client.get("/v1/centers/XX")).status == 404


async def test_the_calendar_lists_expected_elections_as_such_and_leaves_them_out_of_the_calendar_file(client: TestClient) -> None:
    told = (await (await client.get("/v1/elections", params={"region": "FR", "from": "2027-01-01"})).json())["elections"]
    (presidential,) = [one for one in told if one["kind"] == "presidential"]
    assert (presidential["status"], len(presidential["rounds"])) == ("expected", 2)
    ics = await (await client.get("/v1/elections.ics", params={"region": "FR"})).text()
    assert "BEGIN:VEVENT" in ics
    assert "20270411" not in ics
    assert "\r\n" in ics


@pytest.mark.parametrize("params", [{"region": "XX"}, {"from": "soon"}, {"until": "2026-01-01"}])
async def test_a_bad_calendar_question_is_refused(client: TestClient, params) -> None:
    assert (await client.get("/v1/elections", params=params)).status in {404, 422}


async def test_regions_and_the_release_are_told(client: TestClient) -> None:
    regions = {one["code"]: one for one in (await (await client.get("/v1/regions")).json())["regions"]}
    assert regions["US-TX"]["parent"] == "US"
    assert regions["DE"]["parent"] == "EU"
    assert "PR" in regions["US-PR"]["aliases"]
    release = await (await client.get("/v1/releases/current")).json()
    assert (release["number"], release["starter"], release["signatures"][0]["algorithm"]) == (1, True, "ed25519")


async def test_the_api_document_is_valid_and_names_every_documented_route(client: TestClient) -> None:
    document = await (await client.get("/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    assert {"/v1/notices", "/v1/notices/batch", "/v1/explain", "/v1/centers/{region}", "/v1/elections.ics"} <= set(document["paths"])
    references = set(__import__("re").findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert references <= set(document["components"]["schemas"])
