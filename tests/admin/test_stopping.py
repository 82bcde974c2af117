"""The stops file: what it may hold, who may write it, how it survives; and a server that follows it, whatever becomes of it."""

import asyncio
import json
import multiprocessing
import os
import random
import stat
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter

import pytest
import uvloop
from aiohttp import web

from admin.stopping.errors import StopsNotWritten, StopsUnreadable
from admin.stopping.file import LARGEST, add_stop, lifted, read_stops
from admin.stopping.following import UNKNOWN_ID, StopsFollower
from admin.whole_files import unfinished
from notices.campaign import Topic
from notices.live import Live, Serving
from notices.stops import EVERYTHING, Stop, StopKind
from tests.conftest import NOW
from tests.notices.small import campaign, live_with
from tests.web.stand import Lines
from web.logs import make_log
from web.metrics import METRICS

SECOND = timedelta(seconds=1)
EVERY = Stop(StopKind.EVERYTHING, EVERYTHING, "wrong links", "ada", NOW)
VOTING = Stop(StopKind.TOPIC, "voting", "विकिपीडिया · שלום · 投票", "ada", NOW, NOW + timedelta(hours=1))


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """People are served on uvloop."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "signpost.stops.json"


def kinds(file: Path) -> list[tuple[str, str]]:
    return [(one.kind.value, one.target) for one in read_stops(file)]


def test_what_is_set_is_read_again(file: Path) -> None:
    assert read_stops(file) == ()
    given = [add_stop(file, stop) for stop in (VOTING, EVERY)]
    assert read_stops(file) == tuple(given) == (replace(VOTING, id=given[0].id), replace(EVERY, id=given[1].id))
    assert len({one.id for one in given}) == 2
    assert all(len(one.id) == 8 for one in given)


def test_the_file_is_for_people_and_for_every_user_of_the_host(file: Path) -> None:
    before = os.umask(0o077)
    try:
        given = add_stop(file, VOTING)
    finally:
        os.umask(before)
    text = file.read_text(encoding="utf-8")
    assert json.loads(text) == {
        "stops": [
            {
                "id": given.id, "kind": "topic", "target": "voting", "reason": VOTING.reason, "set_by": "ada",
                "set_at": "2026-10-20T12:00:00Z", "ends_at": "2026-10-20T13:00:00Z",
            }
        ]
    }  # fmt: skip
    assert VOTING.reason in text
    assert text.count("\n") > 8
    assert {stat.S_IMODE(one.stat().st_mode) for one in file.parent.iterdir()} == {0o644}


def test_stops_that_ended_go_with_the_next_one(file: Path) -> None:
    add_stop(file, VOTING)
    late = replace(EVERY, set_at=VOTING.ends_at or NOW)
    add_stop(file, replace(late, set_at=late.set_at - SECOND))
    assert kinds(file) == [("topic", "voting"), ("everything", "")]
    add_stop(file, late)
    assert kinds(file) == [("everything", "")] * 2


def test_lifting_takes_out_by_id_and_leaves_the_rest(file: Path) -> None:
    first, second, third = (add_stop(file, stop) for stop in (VOTING, EVERY, EVERY))
    assert lifted(file, {second.id, "unheard-of"}, NOW) == (first, third) == read_stops(file)
    assert lifted(file, {first.id, third.id}, NOW) == () == read_stops(file)
    assert json.loads(file.read_bytes()) == {"stops": []}


def test_lifting_where_nothing_was_ever_stopped_writes_nothing(file: Path) -> None:
    assert lifted(file, {"a"}, NOW) == ()
    assert not file.exists()


HAND = (
    '{"stops": [{"kind": "region", "target": " us-tx "}, {"kind": "topic", "target": "Voting"}, {"kind": "everything", "target": "all"}]}'
)


def test_a_person_in_a_hurry_writes_only_what_is_stopped(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(HAND)
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    stops = read_stops(file)
    assert [(one.kind.value, one.target) for one in stops] == [("region", "US-TX"), ("topic", "voting"), ("everything", "")]
    assert {one.set_at for one in stops} == {NOW}
    assert len({one.id for one in stops}) == 3
    assert read_stops(file) == stops
    assert lifted(file, {stops[2].id}, NOW) == stops[:2]


def test_an_end_in_any_zone_is_that_instant(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"stops": [{"kind": "everything", "ends_at": "2026-11-04T01:00:00+14:00"}]}')
    assert read_stops(file)[0].ends_at == datetime(2026, 11, 3, 11, tzinfo=UTC)


DAMAGED = [
    pytest.param(b"", "it is empty", id="empty"),
    pytest.param(b'{"stops": [', "line 1, column 12", id="cut off"),
    pytest.param(b"\x00" * 80, "not JSON", id="zeros"),
    pytest.param(b'{"stops": [{"kind": "everything"}],}', "line 1, column 36", id="a comma too many"),
    pytest.param(b"\xff\xfe{}", "not UTF-8", id="another encoding"),
    pytest.param(b"[]", "an object", id="a list"),
    pytest.param(b"{}", "stops", id="without stops"),
    pytest.param(b'{"stops": [], "stops": []}', "twice", id="stops twice"),
    pytest.param(b'{"stops": [{}]}', "$.stops[0].kind", id="without a kind"),
    pytest.param(b'{"stops": [{"kind": "country", "target": "US"}]}', "one of everything, region", id="a kind that is none"),
    pytest.param(b'{"stops": [{"kind": "region"}]}', "must name it at $.stops[0].target", id="a region without its code"),
    pytest.param(b'{"stops": [{"kind": "everything", "end_at": null}]}', "end_at", id="a field that is none"),
    pytest.param(b'{"stops": [{"kind": "everything", "ends_at": "tomorrow"}]}', "ends_at", id="an end in words"),
    pytest.param(
        b'{"stops": [{"kind": "everything", "ends_at": "2026-11-03T12:00:00"}]}', "needs an offset", id="an end without an offset"
    ),
    pytest.param(b'{"stops": [{"kind": "everything", "ends_at": "9999-12-31T23:59:59-23:59"}]}', "calendar", id="an end after all time"),
    pytest.param(b'{"stops": [{"kind": "everything", "reason": "\\ud800"}]}', "surrogate", id="half a character"),
    pytest.param(b" " * (LARGEST + 1), "larger than", id="too large"),
]


@pytest.mark.parametrize(("content", "why"), DAMAGED)
def test_a_damaged_file_says_what_is_wrong_and_where(file: Path, content: bytes, why: str) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(StopsUnreadable, match=r"^signpost\.stops\.json ") as told:
        read_stops(file)
    assert why in str(told.value)
    assert str(file.parent) not in str(told.value)


def test_a_damaged_file_is_never_written_over(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"{")
    for change in (
        lambda: add_stop(file, VOTING),
        lambda: add_stop(file, replace(EVERY, ends_at=NOW + SECOND)),
        lambda: lifted(file, ["a"], NOW),
    ):
        with pytest.raises(StopsUnreadable):
            change()
        assert file.read_bytes() == b"{"


@pytest.mark.parametrize("is_folder", [False, True], ids=["a file", "a folder"])
def test_everything_can_be_stopped_over_a_damaged_file_and_that_is_kept(file: Path, is_folder: bool) -> None:  # noqa: FBT001
    file.parent.mkdir()
    if is_folder:
        file.mkdir()
    else:
        file.write_bytes(b"{")
    given = add_stop(file, EVERY)
    assert read_stops(file) == (given,)
    beside = file.with_name(f"signpost.stops.damaged-{given.id}.json")
    assert beside.is_dir() if is_folder else beside.read_bytes() == b"{"


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_changed(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StopsNotWritten, match="Nothing was changed"):
        add_stop(tmp_path / "taken" / "signpost.stops.json", EVERY)


def test_of_many_who_set_stops_at_once_none_loses_one(file: Path) -> None:
    with ThreadPoolExecutor(8) as crowd:
        given = list(crowd.map(lambda number: add_stop(file, replace(EVERY, kind=StopKind.NOTICE, target=f"n{number}")), range(40)))
    assert {one.id for one in read_stops(file)} == {one.id for one in given}
    assert len(given) == 40


def set_for_ever(file: Path, told: Connection) -> None:
    """Set one stop after the other, telling each id once it is kept; at most sixty in the file."""
    while True:
        kept = read_stops(file)
        if len(kept) > 60:
            lifted(file, {one.id for one in kept[:30]}, NOW)
        told.send_bytes(add_stop(file, replace(EVERY, kind=StopKind.NOTICE, target="n" * 400)).id.encode())


def test_a_writer_that_is_killed_leaves_the_old_file_or_the_new_one(file: Path) -> None:
    chance = random.Random(11)  # noqa: S311 -- moments to kill at
    processes = multiprocessing.get_context("fork")
    for _ in range(40):
        here, there = processes.Pipe(duplex=False)
        writer = processes.Process(target=set_for_ever, args=(file, there), daemon=True)
        writer.start()
        there.close()
        told = [here.recv_bytes().decode() for _ in range(chance.randrange(1, 4))]
        until = perf_counter() + chance.random() * 0.004
        while perf_counter() < until:
            pass
        writer.kill()
        writer.join()
        with suppress(EOFError):
            while True:
                told.append(here.recv_bytes().decode())
        here.close()
        assert told[-1] in {one.id for one in read_stops(file)}
    add_stop(file, EVERY)
    assert unfinished(file) == []
    assert sorted(one.name for one in file.parent.iterdir()) == ["signpost.stops.json", "signpost.stops.lock"]


class Standing:
    """A server over a small release, the file it follows, a clock that is set, and what it said."""

    def __init__(self, file: Path, serving: Serving, app: web.Application) -> None:
        self.file, self.serving, self.now, self.said = file, serving, NOW, Lines()
        file.parent.mkdir()
        metrics = app[METRICS]
        self.follower = StopsFollower(
            file, serving, lambda: self.now, make_log(self.said, lambda: NOW), metrics.stops_refused, look_seconds=0
        )
        metrics.stops_counted_by(self.follower.in_force)

    def stopped(self) -> list[str]:
        return [f"{one.kind} {one.target}".rstrip() for one in self.serving.live.stops.stops]

    def events(self) -> list[tuple[object, object]]:
        return [(said["event"], said.get("code", said.get("in_force"))) for said in self.said.events()]


@pytest.fixture
def small() -> Live:
    return live_with([campaign("voting", "election_center-1"), campaign("results", "results_caution-1", topics=(Topic.RESULTS,))])


@pytest.fixture
def serving(small: Live) -> Serving:
    made = Serving()
    made.offer(small)
    return made


@pytest.fixture
def standing(file: Path, serving: Serving, app: web.Application) -> Standing:
    return Standing(file, serving, app)


def test_where_nothing_is_stopped_nothing_is_swapped(standing: Standing, small: Live) -> None:
    for _ in range(3):
        standing.follower.look()
    assert standing.serving.live is small
    assert standing.events() == []


def test_a_stop_is_in_force_with_the_next_look_and_compiles_nothing(standing: Standing, small: Live) -> None:
    standing.follower.look()
    given = add_stop(standing.file, VOTING)
    standing.follower.look()
    live = standing.serving.live
    assert live.stops.stops == (given,)
    assert (live.index is small.index, live.schedule is small.schedule, live.prepared is small.prepared) == (True, True, False)
    standing.follower.look()
    assert standing.serving.live is live
    assert standing.events() == [("stops_changed", 1)]


def test_what_was_stopped_before_the_start_is_stopped_at_the_start(standing: Standing) -> None:
    add_stop(standing.file, VOTING)
    standing.follower.look()
    assert standing.stopped() == ["topic voting"]


def test_a_stop_lifted_or_ended_is_let_go(standing: Standing) -> None:
    first = add_stop(standing.file, EVERY)
    add_stop(standing.file, VOTING)
    standing.follower.look()
    lifted(standing.file, {first.id}, NOW)
    standing.follower.look()
    assert standing.stopped() == ["topic voting"]
    standing.now = VOTING.ends_at or NOW
    standing.follower.look()
    assert (standing.stopped(), standing.events()) == ([], [("stops_changed", 2), ("stops_changed", 1), ("stops_changed", 0)])


def _gone(file: Path) -> None:
    file.unlink()


def _cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(("damage", "code"), [(_gone, "stops_missing"), (_cut_off, "stops_unreadable"), (_a_folder, "stops_unreadable")])
async def test_what_is_damaged_lifts_nothing_and_is_told_once(
    client, standing: Standing, damage: Callable[[Path], None], code: str
) -> None:
    add_stop(standing.file, VOTING)
    standing.follower.look()
    damage(standing.file)
    for _ in range(3):
        standing.follower.look()
    assert standing.stopped() == ["topic voting"]
    assert standing.events() == [("stops_changed", 1), ("stops_refused", code)]
    counted = await (await client.get("/metrics")).text()
    assert f'signpost_stops_refused_total{{code="{code}"}} 1.0' in counted
    assert "signpost_stops_in_force 1.0" in counted


def test_after_damage_the_mended_file_is_followed(standing: Standing) -> None:
    add_stop(standing.file, VOTING)
    standing.follower.look()
    whole = standing.file.read_bytes()
    standing.file.write_bytes(b"{")
    standing.follower.look()
    standing.file.write_bytes(b"[")
    standing.follower.look()
    standing.file.write_bytes(whole)
    standing.follower.look()
    lifted(standing.file, {one.id for one in read_stops(standing.file)}, NOW)
    standing.follower.look()
    refused = ("stops_refused", "stops_unreadable")
    assert standing.events() == [("stops_changed", 1), refused, refused, ("stops_changed", 0)]


@pytest.mark.parametrize(("content", "_why"), DAMAGED)
def test_a_start_with_a_damaged_file_stops_everything_until_it_is_mended(standing: Standing, content: bytes, _why: str) -> None:
    standing.file.write_bytes(content)
    standing.follower.look()
    standing.follower.look()
    assert [one.id for one in standing.serving.live.stops.stops] == [UNKNOWN_ID]
    assert standing.stopped() == ["everything"]
    assert standing.events() == [("stops_refused", "stops_unreadable"), ("stops_changed", 1)]
    standing.file.write_text('{"stops": []}')
    standing.follower.look()
    assert standing.stopped() == []


def test_a_file_that_is_gone_where_nothing_was_stopped_is_no_news(standing: Standing) -> None:
    standing.file.write_text('{"stops": []}')
    standing.follower.look()
    standing.file.unlink()
    standing.follower.look()
    assert standing.events() == []


def test_what_the_store_holds_is_united_and_what_it_lifted_is_lifted(standing: Standing) -> None:
    first = add_stop(standing.file, VOTING)
    standing.follower.look()
    standing.follower.hear([replace(EVERY, id="b")], ())
    assert standing.stopped() == ["topic voting", "everything"] or standing.stopped() == ["everything", "topic voting"]
    standing.follower.hear([replace(EVERY, id="b")], {first.id})
    assert standing.stopped() == ["everything"]
    standing.file.write_bytes(b"{")
    standing.follower.look()
    assert standing.stopped() == ["everything"]
    standing.follower.hear([], {first.id, "b"})
    assert standing.stopped() == []


def test_a_new_release_is_served_under_the_stops_known(standing: Standing) -> None:
    add_stop(standing.file, VOTING)
    standing.follower.look()
    newer = live_with([campaign("other", "urgent-1")])
    standing.serving.offer(newer)
    standing.follower.look()
    assert (standing.stopped(), standing.serving.live.index is newer.index) == (["topic voting"], True)


async def test_it_follows_while_the_application_runs(aiohttp_client, app: web.Application, standing: Standing) -> None:
    app.cleanup_ctx.append(standing.follower.following)
    client = await aiohttp_client(app)
    asked = {"query": "where do i vote", "region": "US-NY"}
    assert (await (await client.post("/v1/notices", json=asked)).json())["outcome"] == "shown"
    add_stop(standing.file, VOTING)
    async with asyncio.timeout(60):
        while (await (await client.post("/v1/notices", json=asked)).json())["outcome"] != "stopped":
            pass
    assert "signpost_stops_in_force 1.0" in await (await client.get("/metrics")).text()
