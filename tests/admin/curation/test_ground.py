"""What rules know of the latest release: its places and elections, and where notices are curated."""

import threading
from pathlib import Path

import pytest

from admin.curation.editing import open_change, put, remove
from admin.curation.ground import Grounds, notice_regions
from admin.curation.publishing import publish
from review.change import About
from review.pieces import Key, Kind
from store.sqlite import SqliteStore
from tests.curated import CARLA, RUTH, Curated, small_release, tag, term

NOTICE = Key(Kind.NOTICE, "de-notice")
BODY = {"id": "de-notice", "kind": "media_literacy", "region": "FR"}


def test_the_ground_is_that_of_the_latest_release(curated: Curated) -> None:
    with curated.look() as act:
        first = act.ground
        assert act.ground is first, "it is read once a release"
    assert first.number == 1
    assert [region.code for region in first.places] == [region.code for region in small_release().regions]
    assert first.elections == small_release().elections
    gone = Key(Kind.ELECTION, "us-2026-11-03-legislative")
    with curated.act(CARLA) as act:
        change = open_change(act, About("Out", "Why"))
        remove(act, change.id, gone, tag(act, change, gone))
        assert len(act.ground.elections) == 2, "what is not published holds nowhere"
    publish(curated.press, RUTH, [curated.approved(CARLA, [term("neu")]).id])
    with curated.look() as act:
        assert (act.ground.number, act.ground.elections) == (2, first.elections)


def test_an_empty_store_has_no_places(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "signpost.db")
    with store.reading() as unit:
        ground = Grounds().of(unit)
    assert (ground.number, tuple(ground.places), ground.elections) == (0, (), ())
    store.close()


def test_many_ask_for_the_ground_at_once(curated: Curated) -> None:
    found = []

    def ask() -> None:
        with curated.look() as act:
            found.append(act.ground)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert {one.number for one in found} == {1}
    assert all(one is found[0] for one in found)


@pytest.mark.parametrize(
    ("notice", "published", "drafted"),
    [("de-notice", "DE", "FR"), ("how-to-vote", "001", "001"), ("nothing", "001", "001")],
    ids=["one that the change moves", "one that it leaves", "one that there is not"],
)
def test_a_notice_is_curated_where_the_change_or_else_the_release_says(curated: Curated, notice: str, published: str, drafted: str) -> None:
    change = curated.edited(CARLA, [(NOTICE, BODY)])
    with curated.look() as act:
        assert (notice_regions(act.unit)(notice), notice_regions(act.unit, change.id)(notice)) == (published, drafted)


def test_a_notice_that_the_change_takes_out_is_curated_where_it_is_published(curated: Curated) -> None:
    change = curated.edited(CARLA, [term("x")])
    with curated.act(CARLA) as act:
        remove(act, change.id, NOTICE, tag(act, change, NOTICE))
        assert notice_regions(act.unit, change.id)("de-notice") == "DE"


def test_a_new_notice_is_curated_where_it_says(curated: Curated) -> None:
    with curated.act(CARLA) as act:
        change = open_change(act, About("New", "Why"))
        put(act, change.id, Key(Kind.NOTICE, "fr-notice"), {**BODY, "id": "fr-notice"}, "")
        assert notice_regions(act.unit, change.id)("fr-notice") == "FR"
