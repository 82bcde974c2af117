"""What the serving process does when a time has come, over a real store and a real worker."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest

from admin.api.office import Office
from admin.curation.stopping import Wish, lift, set_stop
from admin.stopping.file import add_stop, lifted, read_stops
from admin.stopping.following import StopsFollower
from admin.timekeeper import Timekeeper
from notices.live import Serving
from notices.release_file import read_envelope
from notices.stops import Stop, StopKind
from review.change import About, When
from review.people import Role
from tests.admin.api.bearing import live_of, moment
from tests.curated import ADA, CARLA, DORA, NOW, RUTH, Curated, actor, curated_store, term
from web.logs import make_log

OTTO = actor("otto", Role.ADMIN)


@pytest.fixture
def curated(tmp_path) -> Curated:
    return curated_store(tmp_path)


@pytest.fixture
async def keeper(curated: Curated):
    serving = Serving()
    serving.offer(live_of(curated))
    office = Office(curated.settings, moment)
    log = make_log(BytesIO(), moment)
    follower = StopsFollower(curated.settings.stops_file, serving, moment, log, lambda _code: None)
    follower.look()
    made = Timekeeper(office, serving, follower, log)
    yield made
    await office.close(None)


async def settled(keeper: Timekeeper) -> None:
    """Look, and wait for what that began."""
    await keeper.look()
    if keeper._busy is not None:
        await keeper._busy


def number(curated: Curated) -> int:
    return read_envelope(curated.settings.release_file)["release"]["number"]


async def test_an_approved_change_is_published_by_itself_when_it_is_to_be(keeper: Timekeeper, curated: Curated) -> None:
    change = curated.approved(DORA, [term("wahlkabine wo")], about=About("By itself", "r", when=When.APPROVED))
    await settled(keeper)
    assert (curated.change(change.id).release, number(curated)) == (2, 2)


async def test_a_change_waits_for_its_time(keeper: Timekeeper, curated: Curated) -> None:
    early = About("At its time", "r", when=When.AT, publish_at=NOW + timedelta(hours=23))
    late = About("Later", "r", when=When.AT, publish_at=NOW + timedelta(hours=25))
    ready = curated.approved(DORA, [term("wahlkabine wo")], about=early)
    waiting = curated.approved(CARLA, [term("polling booth", "001/en/voting")], about=late)
    await settled(keeper)
    assert (curated.change(ready.id).release, curated.change(waiting.id).release) == (2, None)


async def test_what_is_due_together_is_one_release_and_what_is_refused_holds_up_nothing(keeper: Timekeeper, curated: Curated) -> None:
    good = [curated.approved(DORA, [term(text)], about=About(text, "r", when=When.APPROVED)) for text in ("wahlkabine wo", "wahlurne wo")]
    await settled(keeper)
    assert {curated.change(one.id).release for one in good} == {2}
    clash = [curated.approved(DORA, [term("wahlzelle wo", note=note)], about=About(note, "r", when=When.APPROVED)) for note in "ab"]
    await settled(keeper)
    assert sorted(curated.change(one.id).release or 0 for one in clash) == [0, 3]
    await settled(keeper)
    with curated.look() as act:
        failed = [line for line in act.unit.journal.all() if line.action == "release.published" and line.outcome == "conflict"]
    assert len(failed) == 2  # together, and by itself; then it is left alone until something moves


async def test_a_release_whose_file_was_not_written_any_more_is_written_by_the_next_look(keeper: Timekeeper, curated: Curated) -> None:
    before = curated.settings.release_file.read_bytes()
    curated.approved(DORA, [term("wahlkabine wo")], about=About("One", "r", when=When.APPROVED))
    await settled(keeper)
    curated.settings.release_file.write_bytes(before)
    await settled(keeper)
    assert number(curated) == 2


async def test_a_stop_set_in_the_file_alone_becomes_the_stores(keeper: Timekeeper, curated: Curated) -> None:
    stop = add_stop(curated.settings.stops_file, Stop(StopKind.TOPIC, "voting", "r", "operator", NOW))
    await settled(keeper)
    with curated.look() as act:
        assert [one.stop.id for one in act.unit.stops.all()] == [stop.id]
        assert [line.subject for line in act.unit.journal.all() if line.action == "stop.set"] == [stop.id]


async def test_a_stop_of_another_host_is_in_force_here_and_stays_when_the_store_is_gone(keeper: Timekeeper, curated: Curated) -> None:
    elsewhere = curated.settings.stops_file.with_name("elsewhere.json")
    with curated.act(ADA) as act:
        found = set_stop(act, elsewhere, Wish(StopKind.REGION, "DE", "r"))
    await settled(keeper)
    assert keeper.stops.in_force() == 1
    assert [one.id for one in read_stops(curated.settings.stops_file)] == [found.stop.id]


async def test_a_lifted_stop_leaves_the_file_and_does_not_come_back(keeper: Timekeeper, curated: Curated) -> None:
    with curated.act(ADA) as act:
        found = set_stop(act, curated.settings.stops_file, Wish(StopKind.REGION, "DE", "r"))
    await settled(keeper)
    for who in (ADA, OTTO):
        with curated.act(who) as act:
            lift(act, found.stop.id)
    await settled(keeper)
    assert (keeper.stops.in_force(), read_stops(curated.settings.stops_file)) == (0, ())
    await settled(keeper)
    assert (keeper.stops.in_force(), read_stops(curated.settings.stops_file)) == (0, ())


async def test_a_store_that_is_not_there_stops_nothing_else(keeper: Timekeeper, curated: Curated) -> None:
    keeper.office.settings = replace(curated.settings, database=curated.settings.database.with_name("none.db"))
    await settled(keeper)
    assert not keeper.office.settings.database.exists()
    assert lifted(curated.settings.stops_file, (), NOW) == ()
    assert RUTH.has(Role.REVIEWER)
