"""A release that is about to be served answers, unheard, what is asked meanwhile: nothing is kept, and what cannot answer is told."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from notices.campaign import Topic
from notices.decision import Request
from notices.live import Live, Serving
from notices.rehearsal import MOST_WAITING, PAUSE_SECONDS, rehearse
from notices.stops import Stop, StopKind, Stops
from tests.conftest import NOW
from tests.notices.small import campaign, live_with
from web.turns import Turns

ASKED = Request("US-TX", "US-TX", query="where do i vote", languages=("en",))
CAMPAIGNS = (campaign("c", "election_center-1", topics=(Topic.VOTING,)),)


@pytest.fixture
def served() -> Serving:
    made = Serving()
    made.offer(live_with(CAMPAIGNS))
    return made


@pytest.fixture
def coming() -> Live:
    return live_with(CAMPAIGNS)


async def while_asked(serving: Serving, live: Live, asked: Callable[[], Iterator[Request]], turns: Turns | None = None) -> None:
    """A rehearsal of the release, during which the requests are made."""
    rehearsal = asyncio.create_task(rehearse(live, serving, lambda: NOW, turns or Turns(seconds=0)))
    await asyncio.sleep(0)
    for one in asked():
        serving.was_asked(one)
        await asyncio.sleep(0)
    await rehearsal


async def test_it_knows_the_words_and_the_answers_afterwards(served: Serving, coming: Live) -> None:
    others = [ASKED._replace(query=f"balot number{number}") for number in range(5)]
    await while_asked(served, coming, lambda: iter((ASKED, *others)))
    lexicon = coming.index.lexicon
    assert len(coming.prepared) > 0
    assert hash("balot") in lexicon.memory
    assert all(hash(f"number{number}") in lexicon.silent for number in range(5))


async def test_without_a_crowd_nobody_is_waited_for(served: Serving, coming: Live) -> None:
    async with asyncio.timeout(PAUSE_SECONDS * 20):
        await rehearse(coming, served, lambda: NOW, Turns())
    assert len(coming.prepared) == 0


async def test_it_ends_while_people_go_on_asking(served: Serving, coming: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notices.rehearsal.LONGEST_SECONDS", 0.1)
    rehearsal = asyncio.create_task(rehearse(coming, served, lambda: NOW, Turns()))
    async with asyncio.timeout(60):
        while not rehearsal.done():
            served.was_asked(ASKED)
            await asyncio.sleep(0)


async def test_more_than_it_has_time_for_is_not_rehearsed(served: Serving, coming: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    answered: list[Request] = []
    monkeypatch.setattr("notices.rehearsal.answer_to", lambda asked, *_, **__: answered.append(asked))
    rehearsal = asyncio.create_task(rehearse(coming, served, lambda: NOW, Turns(seconds=0)))
    await asyncio.sleep(0)
    for _ in range(3 * MOST_WAITING):
        served.was_asked(ASKED)
    await rehearsal
    assert len(answered) == MOST_WAITING


async def test_afterwards_nobody_listens(served: Serving, coming: Live) -> None:
    await while_asked(served, coming, lambda: iter((ASKED,)))
    before = len(coming.prepared)
    served.was_asked(ASKED._replace(languages=("de",)))
    await asyncio.sleep(0)
    assert len(coming.prepared) == before


async def test_what_cannot_answer_is_told_and_nobody_listens_then(served: Serving, coming: Live) -> None:
    broken = replace(coming, campaigns={}, schedule=None)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        await while_asked(served, broken, lambda: iter((ASKED,)))
    served.was_asked(ASKED)


async def test_a_place_that_only_the_old_release_has_is_left_out(served: Serving, coming: Live) -> None:
    nowhere = ASKED._replace(region="US-ZZ", voting_region="US-ZZ")
    await while_asked(served, coming, lambda: iter((nowhere, ASKED)))
    assert len(coming.prepared) > 0


def test_the_same_stops_make_no_other_release_and_others_do(coming: Live) -> None:
    assert coming.with_stops(Stops()) is coming
    stops = Stops((Stop(StopKind.EVERYTHING, "", "a test", "someone", NOW),))
    assert coming.with_stops(stops).prepared is not coming.prepared
