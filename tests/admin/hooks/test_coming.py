"""Campaigns about to open or close: when each place's clock or calendar says so, told a day and an hour before, once each."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from aiohttp import web

from admin.api.office import Office
from admin.hooks.coming import Announcer, edge_steps
from admin.hooks.keeping import add_hook, end_hook
from elections.election import Phase
from notices.campaign import Campaign, DailyHours, Surface, Topic, Window
from notices.live import Live, Serving, compile_release
from notices.signing import SignedRelease, digest_of
from review.events import Event, Hook
from tests.curated import ADA, Clock, Curated, curated_store, election, small_release
from web.turns import Turns

STARTING, ENDING = Event.CAMPAIGN_STARTING, Event.CAMPAIGN_ENDING
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
OPENS = datetime(2026, 10, 25, 1, tzinfo=UTC)
"""02:30 in Berlin is twice on this day; 03:00 there is 02:00 in UTC."""


def campaign(name: str, *windows: Window, regions: tuple[str, ...] = ("DE",), **fields: object) -> Campaign:
    return Campaign(name, "de-notice", regions, (Surface.SEARCH,), (Topic.VOTING,), windows=windows, **fields)  # type: ignore[arg-type]


def live_with(campaigns: Iterable[Campaign], **fields: object) -> Live:
    release = replace(small_release(), campaigns=tuple(campaigns), **fields)
    return compile_release(SignedRelease(release, digest_of(release), ()))


def edges(*campaigns: Campaign, **fields: object) -> list[tuple[str, str, str, tuple[str, ...]]]:
    *_, found = edge_steps(live_with(campaigns, **fields))
    return [(one.campaign, one.event.value.partition(".")[2], one.at.isoformat(), one.regions) for one in found or ()]


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2026, 10, number, hour)  # noqa: DTZ001  wall time, as windows have it


WINDOWS = {
    "in a zone east and one west": (
        (
            campaign("east", Window(day(21), day(22), "Pacific/Kiritimati")),
            campaign("west", Window(day(21), day(22), "Pacific/Honolulu")),
        ),
        [
            ("east", "starting", "2026-10-20T10:00:00+00:00", ("DE",)),
            ("east", "ending", "2026-10-21T10:00:00+00:00", ("DE",)),
            ("west", "starting", "2026-10-21T10:00:00+00:00", ("DE",)),
            ("west", "ending", "2026-10-22T10:00:00+00:00", ("DE",)),
        ],
    ),
    "at the hour that is there twice": (
        (campaign("twice", Window(day(25, 2), day(25, 2).replace(hour=3), "Europe/Berlin")),),
        [("twice", "starting", "2026-10-25T00:00:00+00:00", ("DE",)), ("twice", "ending", "2026-10-25T02:00:00+00:00", ("DE",))],
    ),
    "without an end": ((campaign("open", Window(day(21))),), [("open", "starting", "2026-10-21T00:00:00+00:00", ("DE",))]),
    "without a window": ((campaign("always", owner="dora"),), []),
    "windows that meet": (
        (campaign("meet", Window(day(21), day(22)), Window(day(22), day(23))),),
        [("meet", "starting", "2026-10-21T00:00:00+00:00", ("DE",)), ("meet", "ending", "2026-10-23T00:00:00+00:00", ("DE",))],
    ),
    "hours that come back": (
        (campaign("hours", Window(day(21), day(23), only=(DailyHours(day(1, 8).time(), day(1, 9).time()),))),),
        [("hours", "starting", "2026-10-21T00:00:00+00:00", ("DE",)), ("hours", "ending", "2026-10-23T00:00:00+00:00", ("DE",))],
    ),
    "several places at one moment": (
        (campaign("both", Window(day(21), None), regions=("CN-HK", "DE")),),
        [("both", "starting", "2026-10-21T00:00:00+00:00", ("HK", "DE"))],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("campaigns", "expected"), WINDOWS.values(), ids=WINDOWS.keys())
def test_when_windows_open_and_close(campaigns: tuple[Campaign, ...], expected: list) -> None:
    found = edges(*campaigns)
    assert sorted(found) == sorted(expected)
    assert [one[2] for one in found] == sorted(one[2] for one in found)


def test_windows_that_follow_phases_open_by_each_places_own_calendar() -> None:
    polls = (
        election("us-2026-11-03-legislative", "US", date(2026, 11, 3)),
        election("th-2026-11-08-legislative", "TH", date(2026, 11, 8)),
    )
    window = Window(from_phase=Phase.ELECTION_DAY, to_phase=Phase.COUNTING)
    found = edges(campaign("polls", window, regions=("001",), excluded=("FR",)), elections=polls)
    assert [(event, at[:10], regions) for _, event, at, regions in found] == [
        ("starting", "2026-11-03", ("US",)),
        ("ending", "2026-11-04", ("US",)),
        ("starting", "2026-11-07", ("TH",)),
        ("ending", "2026-11-08", ("TH",)),
    ]


@pytest.fixture
def curated(tmp_path) -> Curated:
    return curated_store(tmp_path, Clock(OPENS - 30 * HOUR))


@pytest.fixture
async def announcer(curated: Curated):
    serving = Serving()
    serving.offer(live_with([campaign("c", Window(OPENS.replace(tzinfo=None), None))]))
    office = Office(curated.settings, curated.clock)
    yield Announcer(office, serving, Turns(seconds=0))
    await office.close(web.Application())


def listening(curated: Curated, *events: Event) -> Hook:
    with curated.act(ADA) as act:
        return add_hook(act, "https://city.example/told", [event.value for event in events])


def told(curated: Curated, hook: Hook) -> list[tuple[str, int]]:
    with curated.look() as act:
        return [(one.event, one.body["within_hours"]) for one in reversed(act.unit.events.deliveries(hook.id))]


async def test_it_is_told_a_day_and_an_hour_before_and_never_twice(curated: Curated, announcer: Announcer) -> None:
    hook = listening(curated, STARTING, ENDING)
    for before, expected in (
        (24 * HOUR + SECOND, []),
        (24 * HOUR, [24]),
        (23 * HOUR, [24]),
        (HOUR + SECOND, [24]),
        (HOUR, [24, 1]),
        (SECOND, [24, 1]),
        (0 * HOUR, [24, 1]),
        (-HOUR, [24, 1]),
    ):
        curated.clock.now = OPENS - before
        for _ in range(2):
            await announcer.look()
        assert told(curated, hook) == [("campaign.starting", hours) for hours in expected], before


async def test_what_is_told_says_where_and_when(curated: Curated, announcer: Announcer) -> None:
    hook = listening(curated, STARTING)
    curated.clock.now = OPENS - HOUR
    assert await announcer.look() == 1
    with curated.look() as act:
        (delivery,) = act.unit.events.deliveries(hook.id)
    assert delivery.body == {
        "event": "campaign.starting", "subject": "c 2026-10-25T01:00:00+00:00 1h", "at": "2026-10-25T00:00:00+00:00", "actor": "signpost",
        "campaign": "c", "notice": "de-notice", "regions": ["DE"], "starts_at": "2026-10-25T01:00:00+00:00", "within_hours": 1,
    }  # fmt: skip


async def test_a_process_that_was_down_tells_the_nearest_only(curated: Curated, announcer: Announcer) -> None:
    hook = listening(curated, STARTING)
    curated.clock.now = OPENS - HOUR / 2
    await announcer.look()
    assert told(curated, hook) == [("campaign.starting", 1)]


async def test_two_processes_tell_it_once(curated: Curated, announcer: Announcer) -> None:
    hook = listening(curated, STARTING)
    curated.clock.now = OPENS - HOUR
    office = Office(curated.settings, curated.clock)
    other = Announcer(office, announcer.serving, Turns())
    assert [await announcer.look(), await other.look()] == [1, 0]
    await office.close(web.Application())
    assert told(curated, hook) == [("campaign.starting", 1)]


async def test_nothing_is_written_where_nobody_listens(curated: Curated, announcer: Announcer) -> None:
    ended, deaf = listening(curated, STARTING), listening(curated, ENDING)
    with curated.act(ADA) as act:
        end_hook(act, ended.id)
    curated.clock.now = OPENS - HOUR
    assert await announcer.look() == 0
    assert told(curated, ended) == told(curated, deaf) == []
    hook = listening(curated, STARTING)
    assert await announcer.look() == 1
    assert told(curated, hook) == [("campaign.starting", 1)]


async def test_a_new_release_that_moves_the_window_is_told_anew(curated: Curated, announcer: Announcer) -> None:
    hook = listening(curated, STARTING)
    curated.clock.now = OPENS - HOUR
    await announcer.look()
    moved = live_with([campaign("c", Window(OPENS.replace(tzinfo=None, hour=6), None))])
    announcer.serving.offer(replace(moved, release=replace(moved.release, number=2)))
    await announcer.look()
    assert told(curated, hook) == [("campaign.starting", 1), ("campaign.starting", 24)]
