"""What is asked of Democracy Works and Google, page by page, against a real server."""

import json
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web

from admin.dates.fetching import Fetcher
from admin.outside import Outside, OutsideError
from tests.admin.local_https import served

DAY = date(2026, 11, 25)
KEY = "k3y"


class DemocracyWorks:
    """A server of so many elections that gives at most `heaviest` at once and is busy at first."""

    def __init__(self, total: int, heaviest: int = 100, busy: int = 0, capped: int = 100) -> None:
        self.elections = [{"number": number} for number in range(total)]
        self.heaviest, self.busy, self.capped = heaviest, busy, capped
        self.asked: list[dict[str, list[str]]] = []
        self.retry_after: str | None = None

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append({name: request.query.getall(name) for name in request.query})
        if request.headers.get("X-API-KEY") != KEY:
            return web.json_response({"message": "Forbidden"}, status=403)
        if self.busy:
            self.busy -= 1
            return web.Response(status=429, headers={"Retry-After": self.retry_after} if self.retry_after else {})
        size = min(int(request.query["pageSize"]), self.capped)
        if size > self.heaviest:
            return web.Response(status=413)
        page = int(request.query["page"])
        pagination = {"totalRecordCount": len(self.elections), "currentPage": page, "pageSize": size}
        return web.json_response({"data": {"elections": self.elections[(page - 1) * size : page * size]}, "pagination": pagination})

    def app(self) -> web.Application:
        made = web.Application()
        made.router.add_get("/v2/elections", self.answer)
        return made


def fetcher(outside: Outside, waits: list[float]) -> Fetcher:
    async def pause(seconds: float) -> None:
        waits.append(seconds)

    return Fetcher(outside, pause)


async def fetched(server: DemocracyWorks, folder: Path, waits: list[float], key: str = KEY, divisions: tuple[str, ...] = ()) -> list[int]:
    async with served(server.app(), folder) as outside:
        document = json.loads(await fetcher(outside, waits).democracy_works(key, divisions, DAY))
    assert document["pagination"] == {"totalRecordCount": len(server.elections)}
    return [election["number"] for election in document["data"]["elections"]]


@pytest.mark.parametrize("total", [0, 1, 99, 100, 101, 250])
async def test_every_page_is_fetched_once(tmp_path: Path, total: int) -> None:
    server = DemocracyWorks(total)
    assert await fetched(server, tmp_path, []) == list(range(total))
    assert len(server.asked) == max(1, -(-total // 100))


@pytest.mark.parametrize("heaviest", [50, 30, 7, 1])
async def test_an_answer_that_would_be_too_large_is_asked_for_in_smaller_pages(tmp_path: Path, heaviest: int) -> None:
    assert await fetched(DemocracyWorks(60, heaviest), tmp_path, []) == list(range(60))


async def test_a_server_that_gives_smaller_pages_than_asked_for_is_read_to_the_end(tmp_path: Path) -> None:
    assert await fetched(DemocracyWorks(60, capped=25), tmp_path, []) == list(range(60))


async def test_only_what_is_needed_is_asked_and_never_an_address(tmp_path: Path) -> None:
    server = DemocracyWorks(1)
    await fetched(server, tmp_path, [], divisions=("ocd-division/country:us/state:tx",))
    assert server.asked == [
        {"startDate": ["2026-11-25"], "page": ["1"], "pageSize": ["100"], "ocdId": ["ocd-division/country:us/state:tx"]}
    ]


@pytest.mark.parametrize(("retry_after", "waits"), [(None, [2.0, 4.0]), ("9", [9.0, 9.0]), ("soon", [2.0, 4.0])])
async def test_asked_too_often_it_waits_and_asks_again(tmp_path: Path, retry_after: str | None, waits: list[float]) -> None:
    server, waited = DemocracyWorks(3, busy=2), []
    server.retry_after = retry_after
    assert await fetched(server, tmp_path, waited) == [0, 1, 2]
    assert waited == waits


@pytest.mark.parametrize(("busy", "retry_after", "message"), [(9, None, "asked too often"), (9, "3600", "asks to wait 3600 seconds")])
async def test_it_does_not_wait_for_ever(tmp_path: Path, busy: int, retry_after: str | None, message: str) -> None:
    server = DemocracyWorks(3, busy=busy)
    server.retry_after = retry_after
    with pytest.raises(OutsideError, match=message):
        await fetched(server, tmp_path, [])


async def test_a_key_that_is_not_taken_is_said_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="does not take the key") as error:
        await fetched(DemocracyWorks(1), tmp_path, [], key="wr0ng")
    assert "wr0ng" not in str(error.value)


@pytest.mark.parametrize("body", ["<html>", "[]", ""])
async def test_something_else_than_json_is_an_error(tmp_path: Path, body: str) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=body)

    app = web.Application()
    app.router.add_get("/v2/elections", answer)
    async with served(app, tmp_path) as outside:
        with pytest.raises(OutsideError, match="documented JSON"):
            await fetcher(outside, []).democracy_works(KEY, (), DAY)


async def test_google_is_asked_for_the_list_with_the_key_in_a_header(tmp_path: Path) -> None:
    asked: list[tuple[str, str | None]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((request.path_qs, request.headers.get("X-Goog-Api-Key")))
        return web.json_response({"elections": []})

    app = web.Application()
    app.router.add_get("/civicinfo/v2/elections", answer)
    async with served(app, tmp_path) as outside:
        assert json.loads(await fetcher(outside, []).google_civic(KEY)) == {"elections": []}
    assert asked == [("/civicinfo/v2/elections", KEY)]


async def test_a_page_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    async with served(web.Application(), tmp_path) as outside:
        with pytest.raises(OutsideError, match="status 404"):
            await fetcher(outside, []).page("https://city.example/none.ics")
