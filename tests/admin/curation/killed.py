"""Work for a process that is killed in the middle of it: somebody writes changes, others approve them and publish, again and again."""

from itertools import count
from pathlib import Path

from admin.curation.publishing import publish, roll_back
from tests.curated import ADA, CARLA, RUTH, Curated, opened_store, term


def publish_on(folder: str) -> None:
    """Write, approve and publish two changes as one release, over and over, and now and then roll back."""
    curated = opened_store(Path(folder))
    for turn in count():
        step(curated, turn)


def step(curated: Curated, turn: int) -> None:
    """One round: both changes set the same note, so that a release in which they differ was half-published."""
    with curated.look() as act:
        latest = act.unit.releases.latest()
        number = latest.number if latest else 0
    note = f"{number + 1}"
    changes = [
        curated.approved(CARLA, [term("wo wähle ich", note=note), term(f"neu {number % 7}", note=note)]),
        curated.approved(CARLA, [term("where do i vote", "001/en/voting", note=note)]),
    ]
    publish(curated.press, RUTH, [change.id for change in changes])
    if turn % 5 == 4:
        roll_back(curated.press, ADA, number, "Back, and on again.")
