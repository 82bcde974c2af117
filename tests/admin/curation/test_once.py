"""A request with a key is done once: the same one gets the same answer, another one under the key is refused."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from admin.curation.acting import Act
from admin.curation.editing import open_change
from admin.curation.once import KEPT, once
from admin.errors import KeyUsedBefore
from review.change import About
from review.errors import MoveNotAllowed
from review.people import Actor
from store.sqlite import SqliteStore
from tests.admin.curation.state import lines, refusing
from tests.curated import CARLA, DORA, VERA, Curated


def opening(act: Act) -> tuple[int, Any]:
    return 201, {"id": open_change(act, About("Слова")).id}


def ask(curated: Curated, who: Actor = CARLA, key: str | None = "k1", mark: str = "f1") -> tuple[int, Any]:
    with curated.act(who) as act:
        return once(act, key, mark, lambda: opening(act))


def changes(curated: Curated) -> int:
    with curated.look() as act:
        return len(act.unit.changes.find())


def test_the_same_request_gets_the_same_answer_and_is_done_once(curated: Curated) -> None:
    first = ask(curated)
    curated.clock.forward(timedelta(hours=1))
    known = len(lines(curated))
    assert ask(curated) == first
    assert (changes(curated), len(lines(curated))) == (1, known)


def test_another_request_under_the_key_is_refused(curated: Curated) -> None:
    ask(curated)
    with refusing(curated, KeyUsedBefore):
        ask(curated, mark="f2")


def test_keys_are_each_actors_own(curated: Curated) -> None:
    assert ask(curated) != ask(curated, DORA)
    assert ask(curated, DORA, "k2", "f2")[0] == 201
    assert changes(curated) == 3


def test_without_a_key_it_is_done_each_time(curated: Curated) -> None:
    assert ask(curated, key=None) != ask(curated, key=None)
    assert changes(curated) == 2


def test_a_refusal_is_not_kept_as_an_answer(curated: Curated) -> None:
    def refuse(_act: Act) -> tuple[int, Any]:
        raise MoveNotAllowed("Not now.")

    with refusing(curated, MoveNotAllowed), curated.act(CARLA) as act:
        once(act, "k1", "f1", lambda: refuse(act))
    assert ask(curated)[0] == 201


def test_answers_are_forgotten_after_some_days(curated: Curated) -> None:
    first = ask(curated)
    curated.clock.forward(KEPT)
    assert ask(curated) == first
    curated.clock.forward(timedelta(seconds=1))
    ask(curated, DORA)
    assert ask(curated) != first


def test_the_same_request_at_the_same_time_is_done_once(curated: Curated) -> None:
    answers: list[tuple[int, Any]] = []
    stores = [SqliteStore(curated.settings.database) for _ in range(2)]

    def send(store: SqliteStore) -> None:
        with store.writing() as unit:
            act = Act(unit, CARLA, curated.clock(), curated.desk.grounds)
            answers.append(once(act, "k1", "f1", lambda: opening(act)))

    threads = [threading.Thread(target=send, args=(store,)) for store in (*stores, *stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(answers), len({str(one) for one in answers}), changes(curated)) == (4, 1, 1)
    for store in stores:
        store.close()


def test_whoever_may_not_is_refused_with_a_key_too(curated: Curated) -> None:
    for _ in range(2):
        with pytest.raises(Exception, match="curator"):
            ask(curated, VERA)
    assert changes(curated) == 0
