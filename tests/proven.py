"""A store in which everything that a proof looks at has happened: changes, removals, rebases, rejections, two approvals, a rollback."""

from datetime import timedelta
from pathlib import Path

from admin.curation.editing import comment, describe, open_change, put, remove, revert
from admin.curation.publishing import publish, roll_back
from admin.curation.reviewing import Take, approve, rebase, reject, submit, withdraw
from review.change import About
from review.pieces import Key, Kind
from tests.curated import ADA, CARLA, DORA, RAVI, RUTH, Clock, Curated, curated_store, tag, term

MINUTE = timedelta(minutes=1)


def proven_store(folder: Path) -> Curated:
    """Three releases over the starter, the last one a rollback; a draft, a rejected and a withdrawn change are left over."""
    curated = curated_store(folder, Clock())
    first = curated.approved(CARLA, [term("alpha beta"), term("wo ist mein wahllokal")])
    _publish(curated, first.id)
    overtaken = curated.edited(CARLA, [(Key(Kind.CAMPAIGN, "de-voting"), _campaign(note="one"))])
    second = curated.edited(CARLA, [term("three four"), term("five six"), (Key(Kind.CAMPAIGN, "voting"), _campaign("voting"))])
    curated.clock.forward(MINUTE)
    with curated.act(DORA) as act:
        key, _ = term("five six")
        revert(act, second.id, key, tag(act, second, key))
    curated.clock.forward(MINUTE)
    with curated.act(CARLA) as act:
        key, _ = term("alpha beta")
        changed = remove(act, second.id, key, tag(act, second, key))
        comment(act, second.id, "נא לבדוק · โปรดตรวจสอบ")
        changed = describe(act, second.id, About("Second", "Needed.", "https://source.example/"), changed.tag)
        submitted = submit(act, second.id, changed.tag)
    with curated.act(RAVI) as act:
        approve(act, second.id, submitted.tag)
    curated.clock.forward(MINUTE)
    with curated.act(CARLA) as act:  # an approval dies with the next edit
        key, body = term("seven eight")
        changed, _ = put(act, second.id, key, body, tag(act, submitted, key))
        submitted = submit(act, second.id, changed.tag)
    for one in (RUTH, RAVI):
        curated.clock.forward(MINUTE)
        known = curated.change(second.id)
        with curated.act(one) as act:
            approve(act, second.id, known.tag)
    other = curated.approved(ADA, [(Key(Kind.CAMPAIGN, "de-voting"), _campaign(note="two"))])
    _publish(curated, second.id, other.id)
    with curated.act(CARLA) as act:
        rebase(act, overtaken.id, overtaken.tag, {Key(Kind.CAMPAIGN, "de-voting"): Take.OURS})
    with curated.act(CARLA) as act:
        draft = open_change(act, About("A draft"))
        key, body = term("nine ten", "TH/th/voting")
        put(act, draft.id, key, body, "")
    rejected = curated.submitted(CARLA, [term("bad words")])
    withdrawn = curated.edited(CARLA, [term("no words")])
    with curated.act(RUTH) as act:
        reject(act, rejected.id, rejected.tag, "No.")
    with curated.act(CARLA) as act:
        withdraw(act, withdrawn.id, withdrawn.tag)
    curated.clock.forward(MINUTE)
    roll_back(curated.press, ADA, 2, "Release 3 was too much.")
    return curated


def _publish(curated: Curated, *changes: str) -> None:
    curated.clock.forward(MINUTE)
    publish(curated.press, RUTH, changes)
    curated.clock.forward(MINUTE)


def _campaign(known_as: str = "de-voting", **fields: object) -> dict[str, object]:
    notice, region = ("how-to-vote", "001") if known_as == "voting" else ("de-notice", "DE")
    body = {"id": known_as, "notice": notice, "regions": [region], "surfaces": ["search"], "topics": ["voting"]}
    return {**body, "owner": "carla", "review_on": "2027-02-01", **fields}
