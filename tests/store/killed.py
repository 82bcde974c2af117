"""Work for a process that is killed in the middle of it: units that write several things that must always agree."""

from itertools import count
from pathlib import Path

from review.people import Person
from review.pieces import Key
from store.protocol import Unit
from store.sqlite import SqliteStore
from tests.store.contract import AT, head, term

ROWS = 200


def write_on(path: str) -> None:
    """Write unit after unit: each publishes a release, changes two hundred terms and a counter, and adds a person and an audit line."""
    store = SqliteStore(Path(path))
    for _ in count():
        with store.writing() as unit:
            step(unit)


def step(unit: Unit) -> None:
    latest = unit.releases.latest()
    number = latest.number + 1 if latest else 1
    new = [term(str(row), f"term {row} of {number}") for row in range(ROWS)]
    gone: list[Key] = [one.key for one in new] if latest else []
    unit.releases.add(head(number), gone, new)
    unit.people.set_failures("x", number, AT)
    unit.people.add(Person(f"{number:06}", f"Person {number}"))
    unit.journal.append(AT, "x", "session", "test.written", str(number), "done", {})
