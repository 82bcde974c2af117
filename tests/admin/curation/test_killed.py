"""Whoever edits and publishes may be killed at any moment: releases are whole, the audit chain holds, and the file is put right."""

import random
from pathlib import Path

from admin.publishing import latest_release, stored_envelope
from notices.release_file import load_release_file
from review.audit import broken_lines
from review.change import State
from tests.admin.curation.killed import step
from tests.curated import TRUSTED, curated_store, opened_store, term
from tests.kills import Nursery

KILLS = 24
"""How often; run with hundreds by hand after changing how releases are stored and put out."""
GERMAN, ENGLISH = term("wo wähle ich")[0], term("where do i vote", "001/en/voting")[0]


def test_whoever_publishes_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    curated_store(tmp_path).store.close()
    chance = random.Random(20261123)  # noqa: S311  moments, not secrets
    number = 1
    with Nursery("tests.admin.curation.killed:publish_on") as nursery:
        for _ in range(KILLS):
            nursery.kill_after(chance.uniform(0.002, 0.12), tmp_path)
            number = check_whole(tmp_path, number)
    assert number > KILLS


def check_whole(folder: Path, before: int) -> int:
    """What is left holds together and can be worked on; the latest release's number."""
    before_repair = load_release_file(folder / "signpost.release.json", TRUSTED)
    curated = opened_store(folder)
    curated.store.check()
    with curated.look() as act:
        stored = stored_envelope(act.unit)
        assert stored is not None
        number = stored["release"]["number"]
        lines = list(act.unit.journal.all())
        assert list(broken_lines(lines, act.unit.journal.ever_written())) == []
        notes = {kept.piece.body.get("note") for kept in (act.unit.releases.piece(GERMAN), act.unit.releases.piece(ENGLISH)) if kept}
        published = act.unit.changes.find((State.PUBLISHED,), limit=1_000_000)
        told = [int(line.subject) for line in lines if line.action == "release.published"]
        named = [one["change"] for head in act.unit.releases.heads(limit=1_000_000) for one in head.head.get("changes", ())]
    assert number >= before
    assert len(notes) == 1, "both changes are in the release, or neither"
    assert told == list(range(1, number + 1)), "every release has its line, and no line is without its release"
    assert sorted(one.id for one in published) == sorted(one for one in named if not one.startswith("rollback-"))
    assert number - 1 <= before_repair.release.number <= number
    served = latest_release(curated.store, curated.settings.release_file, TRUSTED)
    assert (served.release.number, served.digest) == (number, stored["digest"])
    assert load_release_file(curated.settings.release_file, TRUSTED).digest == served.digest
    step(curated, 0)
    curated.store.close()
    return int(number) + 1
