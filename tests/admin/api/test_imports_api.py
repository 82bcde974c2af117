"""Files over HTTP: a report, a change, or every problem by row; progress of long ones; published documents taken out, with an audit line."""

import asyncio
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from aiohttp.test_utils import TestClient

from admin.sheets.findings import SheetKind
from review.people import Actor
from store.values import Lines
from tests.admin.api.bearing import app_over, bearer, moment
from tests.admin.sheets.values import OURS
from tests.curated import CARLA, DORA, FLEUR, VERA, Curated, curated_store, term

BASE = "/admin/api/v1"
LISTS = {"kind": "lists", "format": "csv"}
TABLE = "region,language,topic,text,match,note\nDE,de,voting,wahllokal finden,,\nDE,de,voting,wo wähle ich,,official\n"


@pytest.fixture
def curated(tmp_path) -> Curated:
    return curated_store(tmp_path)


@pytest.fixture
async def client(aiohttp_client, curated: Curated) -> TestClient:
    return await aiohttp_client(app_over(curated, moment))


@pytest.fixture
def post(client: TestClient, curated: Curated):
    async def sent(who: Actor, body: bytes | str, *, headers=None, **query: str):
        data = BytesIO(body.encode() if isinstance(body, str) else body)
        response = await client.post(
            f"{BASE}/imports", params={**LISTS, **query}, data=data, headers={**bearer(curated, who), **(headers or {})}
        )
        return response.status, await response.json(content_type=None), response.headers

    return sent


def counted(report: dict) -> list[int]:
    return [report[name] for name in ("added", "changed", "removed", "unchanged")]


def opened(curated: Curated) -> int:
    with curated.look() as act:
        return len(act.unit.changes.find())


async def test_a_dry_run_reports_and_then_the_file_comes_into_a_change(post, curated: Curated) -> None:
    status, report, _ = await post(DORA, TABLE, dry_run="true")
    assert (status, counted(report), report["change"], opened(curated)) == (200, [1, 1, 0, 1], None, 0)
    assert report["documents"][0] == {
        "kind": "list",
        "id": "DE/de/voting",
        "outcome": "unchanged",
        "inner": {"added": 1, "changed": 1, "removed": 0, "unchanged": 0},
        "words": {"gained": {"count": 1, "first": ["wahllokal finden"]}, "lost": {"count": 0, "first": []}},
    }
    status, report, _ = await post(DORA, TABLE, title="Polling places", reason="Seen in support mail")
    assert (status, counted(report), report["change"]["title"], report["change"]["revision"]) == (201, [1, 1, 0, 1], "Polling places", 1)
    status, again, _ = await post(DORA, TABLE, change=report["change"]["id"])
    assert (status, again["change"], opened(curated)) == (200, None, 1)
    status, more, _ = await post(DORA, TABLE.replace("finden", "suchen"), change=report["change"]["id"], mode="replace")
    assert (status, more["change"]["revision"], counted(more)) == (201, 2, [1, 1, 2, 1])


@pytest.mark.parametrize("kind", SheetKind)
@pytest.mark.parametrize("form", OURS)
async def test_what_is_taken_out_and_sent_back_is_no_edit(post, client: TestClient, curated: Curated, kind, form) -> None:
    response = await client.get(f"{BASE}/exports/{kind}.{form}", headers=bearer(curated, VERA))
    assert response.status == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="{kind}.{form}"'
    assert response.headers["Cache-Control"] == "no-store"
    status, report, _ = await post(CARLA, await response.read(), kind=kind.value, format=form.value, mode="replace")
    assert (status, counted(report)[:3], report["change"]) == (200, [0, 0, 0], None)


async def test_every_problem_is_told_with_its_row_and_column(post, curated: Curated) -> None:
    status, told, _ = await post(DORA, f"{TABLE}DE,de,voting,wahlkabine,often\nDE,de,voting,,\n")
    assert (status, told["code"]) == (422, "invalid_request")
    assert [(one["pointer"], one["code"]) for one in told["errors"]] == [("/row/4/match", "not_one_of"), ("/row/5/text", "cell_missing")]
    assert "often" not in str(told)
    assert opened(curated) == 0


@pytest.mark.parametrize(
    ("form", "body", "pointer", "code"),
    [
        pytest.param(
            "json",
            '{"lists": [{"region": "DE", "language": 7, "topic": "voting", "terms": []}]}',
            "/row/1/language",
            "invalid_document",
            id="a place in JSON",
        ),
        pytest.param(
            "json",
            '{"lists": [{"region": "DE", "language": "de", "topic": "voting", "terms": [{"text": 7}]}]}',
            "/row/1/terms/0/text",
            "invalid_document",
            id="a place inside",
        ),
        pytest.param("yaml", "lists: [", "/row/2", "malformed_yaml", id="a line of YAML"),
        pytest.param("csv", "text,nonsense\nx,y\n", "/row/1/nonsense", "unknown_column", id="a column"),
        pytest.param("csv", "", "", "empty_file", id="nothing"),
        pytest.param("xlsx", "x", "", "not_a_workbook", id="no workbook"),
    ],
)
async def test_problems_point_to_their_place_in_every_format(post, form: str, body: str, pointer: str, code: str) -> None:
    status, told, _ = await post(CARLA, body, format=form)
    assert status == 422
    assert (told["errors"][0]["pointer"], told["errors"][0]["code"]) == (pointer, code)


async def test_where_there_are_too_many_problems_their_number_is_told_first(post) -> None:
    _, told, _ = await post(CARLA, "region,language,topic,text\n" + "DE,de,voting,\n" * 600)
    assert (told["errors"][0]["code"], len(told["errors"])) == ("more_problems", 501)
    assert "600" in told["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        pytest.param({"kind": "words"}, "/kind", id="kind"),
        pytest.param({"format": "doc"}, "/format", id="format"),
        pytest.param({"mode": "both"}, "/mode", id="mode"),
        pytest.param({"topic": "weather"}, "/topic", id="topic"),
        pytest.param({"dry_run": "perhaps"}, "/dry_run", id="dry_run"),
        pytest.param({"change": "x", "title": "y"}, "/title", id="a title for a change that has one"),
    ],
)
async def test_a_query_that_is_not_valid_is_told(post, query: dict[str, str], pointer: str) -> None:
    status, told, _ = await post(CARLA, TABLE, **query)
    assert (status, told["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize(
    ("who", "status"), [pytest.param(FLEUR, 403, id="another region's curator"), pytest.param(VERA, 403, id="somebody who only looks")]
)
async def test_who_may_not_edit_it_may_not_bring_it_in(post, curated: Curated, who: Actor, status: int) -> None:
    assert (await post(who, TABLE))[0] == status
    assert (await post(who, TABLE, dry_run="true"))[0] == status
    assert opened(curated) == 0


async def test_an_unknown_change_and_an_ended_one_are_refused(post) -> None:
    assert (await post(CARLA, TABLE, change="nowhere"))[0] == 404


async def test_the_same_key_brings_a_file_in_once_and_another_file_not_at_all(post, curated: Curated) -> None:
    key = {"Idempotency-Key": "once"}
    first, again = await post(DORA, TABLE, headers=key), await post(DORA, TABLE, headers=key)
    assert first[:2] == again[:2]
    assert opened(curated) == 1
    assert (await post(DORA, TABLE + " ", headers=key))[0] == 422


async def test_a_compressed_body_is_refused(post) -> None:
    assert (await post(CARLA, TABLE, headers={"Content-Encoding": "gzip"}))[0] == 415


async def test_files_that_are_too_large_or_unpack_without_end_are_refused(post) -> None:
    assert (await post(CARLA, b" " * (32 * 1024 * 1024 + 1)))[0] == 413
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * (170 * 1024 * 1024))
    status, told, _ = await post(CARLA, bomb.getvalue(), format="xlsx")
    assert (status, told["errors"][0]["code"]) == (422, "too_large")


async def test_a_file_larger_than_other_bodies_may_be_is_taken(post) -> None:
    note = "x" * 100_000
    rows = "".join(f"DE,de,voting,wort {number},,{note}\n" for number in range(60))
    status, report, _ = await post(CARLA, f"region,language,topic,text,match,note\n{rows}", dry_run="true")
    assert (status, counted(report)[0]) == (200, 60)


async def finished(client: TestClient, where: str, headers: dict[str, str]):
    while True:
        response = await client.get(where, headers=headers)
        told = await response.json(content_type=None)
        if response.status != 200 or told["state"] == "done":
            return response.status, told
        await asyncio.to_thread(bytes)


async def test_a_long_import_is_asked_about_until_its_report_is_there(post, client: TestClient, curated: Curated) -> None:
    status, told, headers = await post(DORA, TABLE, **{"async": "true"})
    assert (status, told["state"], headers["Location"]) == (202, "running", f"{BASE}/imports/{told['id']}")
    assert (await client.get(headers["Location"], headers=bearer(curated, CARLA))).status == 404
    status, done = await finished(client, headers["Location"], bearer(curated, DORA))
    assert (status, done["state"], counted(done["report"])) == (200, "done", [1, 1, 0, 1])
    assert done["report"]["change"]["authors"] == ["dora"]


async def test_a_long_import_that_was_refused_is_told_as_that_problem(post, client: TestClient, curated: Curated) -> None:
    for who, body, expected in ((DORA, f"{TABLE}DE,de,voting,,\n", 422), (FLEUR, TABLE, 403)):
        _, _, headers = await post(who, body, **{"async": "true"})
        status, _ = await finished(client, headers["Location"], bearer(curated, who))
        assert status == expected
    assert opened(curated) == 0


async def test_an_import_that_nobody_began_is_unknown(client: TestClient, curated: Curated) -> None:
    assert (await client.get(f"{BASE}/imports/ab12", headers=bearer(curated, CARLA))).status == 404


async def test_an_export_comes_to_the_audit_with_what_was_asked_for(client: TestClient, curated: Curated) -> None:
    response = await client.get(f"{BASE}/exports/lists.csv", params={"region": "EU", "language": "de"}, headers=bearer(curated, VERA))
    assert (await response.read()).count(b"\nterm,DE,de") == 2
    with curated.look() as act:
        (line,) = act.unit.journal.lines(Lines(action="documents.exported"))
    assert (line.actor, line.subject) == ("vera", "lists")
    assert line.detail == {"format": "csv", "documents": 1, "region": "EU", "language": "de"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("words.csv", 404, id="a kind"),
        pytest.param("lists.querqy", 404, id="a format of another program"),
        pytest.param("lists.doc", 404, id="a format"),
        pytest.param("lists.csv?region=UK", 404, id="a region"),
        pytest.param("lists.csv?topic=weather", 422, id="a topic"),
    ],
)
async def test_what_there_is_not_cannot_be_taken_out(client: TestClient, curated: Curated, path: str, status: int) -> None:
    assert (await client.get(f"{BASE}/exports/{path}", headers=bearer(curated, VERA))).status == status


async def test_without_a_token_nothing_comes_in_or_out(client: TestClient) -> None:
    assert (await client.post(f"{BASE}/imports", params=LISTS, data=b"x")).status == 401
    assert (await client.get(f"{BASE}/exports/lists.csv")).status == 401


async def test_a_change_under_way_is_compared_with(post, curated: Curated) -> None:
    change = curated.edited(DORA, [term("wahllokal finden")])
    status, report, _ = await post(DORA, TABLE, change=change.id, dry_run="true")
    assert (status, counted(report)) == (200, [0, 1, 0, 2])
