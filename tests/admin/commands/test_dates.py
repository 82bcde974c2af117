"""`signpost import elections`, `export elections` and `refresh` as a person types them."""

import asyncio
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from click.testing import CliRunner, Result

from admin.commands.context import Context
from admin.commands.exporting import exporting
from admin.commands.importing import importing
from admin.commands.refresh import refresh
from admin.outside import Outside
from admin.packs.reading_places import read_elections
from admin.settings import SettingsError, read_settings
from server import PROBLEMS, make_app
from tests.admin.local_https import served
from tests.conftest import CHECKOUT

DATA = CHECKOUT / "tests" / "admin" / "dates" / "data"
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    shutil.copytree(CHECKOUT / "packs", tmp_path / "packs")
    return {"SIGNPOST_PACKS": str(tmp_path / "packs"), "SIGNPOST_DATABASE": f"sqlite:///{tmp_path}/signpost.db"}


def run(environ: dict[str, str], command, *words: str, outside: Outside | None = None, now: datetime = NOW) -> Result:
    context = Context(read_settings(environ), lambda: now, make_app, PROBLEMS, outside or Outside())
    return CliRunner().invoke(command, words, obj=context)


def packs(environ: dict[str, str]) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (Path(environ["SIGNPOST_PACKS"]) / "elections").glob("*.yaml")}


def test_a_dry_run_says_what_would_happen_and_writes_nothing(environ) -> None:
    before = packs(environ)
    result = run(environ, importing, "elections", "democracy-works", str(DATA / "democracy_works.json"))
    assert result.exit_code == 0, result.output
    assert "added       us-tx-2027-11-02-legislative  2027-11-02  Texas Constitutional Amendment Election" in result.output
    assert "+ rounds/1/registration_closes online [US-MI]: 2028-10-23 23:59" in result.output
    assert "refused     /data/elections/3/date: This is not a date that exists" in result.output
    assert "1 added, 1 changed, 0 unchanged, 0 conflict, 0 missing, 0 links, 3 refused" in result.output
    assert result.output.endswith("A dry run: nothing was written. --write would write 2 elections.\n")
    assert packs(environ) == before


def test_writing_changes_one_file_and_a_second_run_finds_nothing_to_do(environ) -> None:
    before = packs(environ)
    words = ("elections", "democracy-works", str(DATA / "democracy_works.json"))
    assert "US.yaml: written" in run(environ, importing, *words, "--write").output
    after = packs(environ)
    assert {name for name in after if after[name] != before.get(name)} == {"US.yaml"}
    again = json.loads(run(environ, importing, *words, "--write", "--json").output)
    assert {election["outcome"] for election in again["elections"]} == {"unchanged"}
    assert again["written"] == []
    assert packs(environ) == after


def test_the_report_as_json_has_both_sides_of_a_conflict(environ) -> None:
    result = run(environ, importing, "elections", "google-civic", str(DATA / "google_elections.json"), "--json")
    (conflict,) = [one for one in json.loads(result.output)["elections"] if one["outcome"] == "conflict"]
    (difference,) = conflict["differences"]
    assert difference["there"]["value"] == "U.S. Presidential Election"
    assert difference["here"]["value"] == "United States general election"
    assert conflict["provenance"] == {
        "owner": "google-civic", "reference": "elections/9101", "document_id": "9101", "updated_at": None,
        "retrieved_at": "2026-11-25T09:00:00Z",
    }  # fmt: skip


def test_a_conflict_is_settled_by_naming_the_election(environ) -> None:
    words = ("elections", "google-civic", str(DATA / "google_elections.json"), "--write")
    run(environ, importing, *words, "--take", "us-2028-11-07-presidential")
    folder = Path(environ["SIGNPOST_PACKS"]) / "elections"
    names = {election.id: election.names["en"] for election in read_elections(folder)}
    assert names["us-2028-11-07-presidential"] == "U.S. Presidential Election"
    assert run(environ, importing, *words, "--take", "us-2028-typo").exit_code == 2


def test_a_document_that_cannot_be_read_is_exit_1(environ, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    result = run(environ, importing, "elections", "democracy-works", str(tmp_path / "bad.json"), "--write")
    assert result.exit_code == 1
    assert "refused     document: The document is not JSON: line 1, column 2. [malformed_json]" in result.output


@pytest.mark.parametrize("words", [("--region", "UK"), ("--source-url", "http://a.example"), ("--kind", "regional")])
def test_a_wrong_option_is_told(environ, words: tuple[str, str]) -> None:
    assert run(environ, importing, "elections", "csv", str(DATA / "table.csv"), *words).exit_code != 0


def test_what_is_exported_as_csv_comes_back_unchanged(environ, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    assert run(environ, exporting, "elections", "--packs", "--output", str(file)).exit_code == 0
    report = json.loads(run(environ, importing, "elections", "csv", str(file), "--json").output)
    assert {election["outcome"] for election in report["elections"]} == {"unchanged"}
    assert report["refusals"] == []
    assert len(report["elections"]) == len(read_elections(Path(environ["SIGNPOST_PACKS"]) / "elections"))


def test_the_calendar_is_exported_by_region_and_days(environ) -> None:
    result = run(environ, exporting, "elections", "--format", "json", "--region", "US-TX", "--from", "2026-11-03", "--to", "2026-11-03")
    assert [one["id"] for one in json.loads(result.output)["elections"]] == ["us-2026-11-03-legislative"]
    assert run(environ, exporting, "elections", "--format", "ics", "--packs", "--region", "DE").output.startswith("BEGIN:VCALENDAR")


def server(counts: list[str]) -> web.Application:
    async def democracy_works(request: web.Request) -> web.Response:
        counts.append(request.path)
        assert request.headers["X-API-KEY"] == "k3y"
        return web.Response(body=(DATA / "democracy_works.json").read_bytes(), content_type="application/json")

    async def google(request: web.Request) -> web.Response:
        counts.append(request.path)
        return web.Response(body=(DATA / "google_elections.json").read_bytes(), content_type="application/json")

    async def calendar(_request: web.Request) -> web.Response:
        return web.Response(body=(DATA / "calendar.ics").read_bytes(), content_type="text/calendar")

    async def feed(_request: web.Request) -> web.Response:
        return web.Response(body=(DATA / "vip.xml").read_bytes(), content_type="text/xml")

    async def dates(_request: web.Request) -> web.Response:
        return web.Response(body=(DATA / "table.csv").read_bytes(), content_type="text/csv")

    app = web.Application()
    app.router.add_get("/v2/elections", democracy_works)
    app.router.add_get("/civicinfo/v2/elections", google)
    app.router.add_get("/all.ics", calendar)
    app.router.add_get("/feed.xml", feed)
    app.router.add_get("/dates.csv", dates)
    return app


async def test_democracy_works_is_asked_once_an_hour_and_the_key_is_never_told(environ, tmp_path: Path) -> None:
    counts: list[str] = []
    (tmp_path / "key").write_text("k3y\n")
    environ["SIGNPOST_DEMOCRACY_WORKS_KEY_FILE"] = str(tmp_path / "key")
    cache = tmp_path / "democracy-works.cache.json"
    async with served(server(counts), tmp_path) as outside:
        for minutes, asked in ((0, 1), (30, 1), (60, 2)):
            now = NOW + timedelta(minutes=minutes)
            result = await asyncio.to_thread(run, environ, refresh, "democracy-works", outside=outside, now=now)
            assert result.exit_code == 0, result.output
            assert len(counts) == asked
            assert f"retrieved {'2026-11-25T10:00:00Z' if minutes == 60 else '2026-11-25T09:00:00Z'}" in result.output
            assert "k3y" not in result.output + cache.read_text()


async def test_what_democracy_works_sent_is_gone_once_it_is_written(environ, tmp_path: Path) -> None:
    environ["SIGNPOST_DEMOCRACY_WORKS_KEY"] = "k3y"
    counts: list[str] = []
    async with served(server(counts), tmp_path) as outside:
        for words in ((), ("--write",)):
            result = await asyncio.to_thread(run, environ, refresh, "democracy-works", "--region", "US", *words, outside=outside)
            assert result.exit_code == 0, result.output
    assert len(counts) == 1
    assert "US.yaml: written" in result.output
    assert not (tmp_path / "democracy-works.cache.json").exists()


async def test_google_and_calendars_are_fetched_too(environ, tmp_path: Path) -> None:
    environ["SIGNPOST_GOOGLE_CIVIC_KEY"] = "k3y"
    async with served(server([]), tmp_path) as outside:
        google = await asyncio.to_thread(run, environ, refresh, "google-civic", "--write", outside=outside)
        words = ("ics", "--url", "https://city.example/all.ics", "--region", "NL")
        calendar = await asyncio.to_thread(run, environ, refresh, *words, outside=outside)
    assert "us-la-2027-03-27-local" in google.output
    assert "US.yaml: written" in google.output
    assert "source: ics:city.example https://city.example/2027" in calendar.output


@pytest.mark.parametrize(("source", "page"), [("vip", "feed.xml"), ("csv", "dates.csv")])
async def test_a_feed_and_a_table_are_fetched_from_their_address(environ, tmp_path: Path, source: str, page: str) -> None:
    async with served(server([]), tmp_path) as outside:
        result = await asyncio.to_thread(run, environ, refresh, source, "--url", f"https://city.example/{page}", outside=outside)
    assert result.exit_code == 0, result.output
    assert "added" in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("democracy-works",), "set SIGNPOST_DEMOCRACY_WORKS_KEY"),
        (("google-civic",), "set SIGNPOST_GOOGLE_CIVIC_KEY"),
        (("ics",), "vip, ics and csv need it"),
        (("vip",), "vip, ics and csv need it"),
        (("google-civic", "--url", "https://a.example"), "goes with no other"),
        (("ics", "--url", "http://a.example"), "must be an https address"),
    ],
)
def test_what_is_missing_is_told_before_anything_is_asked(environ, words: tuple[str, ...], told: str) -> None:
    result = run(environ, refresh, *words)
    assert result.exit_code != 0
    assert told in result.output + str(result.exception)


def test_a_region_democracy_works_cannot_know_is_refused(environ) -> None:
    result = run({**environ, "SIGNPOST_DEMOCRACY_WORKS_KEY": "k3y"}, refresh, "democracy-works", "--region", "DE-BY")
    assert result.exit_code == 2


def test_keys_are_in_no_text_of_the_settings_and_a_bad_one_is_not_repeated() -> None:
    settings = read_settings({"SIGNPOST_DEMOCRACY_WORKS_KEY": "k3y-1", "SIGNPOST_GOOGLE_CIVIC_KEY": "k3y-2"})
    assert "k3y" not in repr(settings)
    with pytest.raises(SettingsError, match="SIGNPOST_GOOGLE_CIVIC_KEY") as error:
        read_settings({"SIGNPOST_GOOGLE_CIVIC_KEY": "k3y with spaces"})
    assert "k3y" not in str(error.value)
