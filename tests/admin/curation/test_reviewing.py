"""Moving changes on: submitted, approved by others, rejected, withdrawn, rebased; what each leaves, and who may."""

from dataclasses import replace
from pathlib import Path

import pytest

from admin.curation.editing import describe, open_change, put, remove, revert
from admin.curation.publishing import publish
from admin.curation.reviewing import Take, approve, conflicts, needed_for, rebase, reject, submit, withdraw
from admin.errors import Unconditional
from keywords.lists import Term
from notices.errors import InvalidDocument
from review.change import About, Change, State
from review.errors import Conflicting, FourEyes, MoveNotAllowed, NotAllowed, Stale, Unknown
from review.events import Event, Hook
from review.people import Actor, Role
from review.pieces import Key, Kind
from review.quorum import Risk
from tests.admin.curation.state import lines, refusing
from tests.curated import (
    ADA,
    CARLA,
    DIRK,
    DORA,
    FLEUR,
    FROZEN,
    NOW,
    RAVI,
    RUTH,
    VERA,
    Curated,
    actor,
    curated_store,
    small_release,
    tag,
    term,
)

OLD, OLD_BODY = term("wo wähle ich")
NEW, NEW_BODY = term("wie wähle ich")
NAMED, NAMED_BODY = term("partei", contest="de-2029", contestant="p1")
AMERICAN, AMERICAN_BODY = term("polling place", "001/en/voting")
CAMPAIGN = Key(Kind.CAMPAIGN, "de-voting")


def move(curated: Curated, who: Actor, do, change: Change, *more) -> Change:
    with curated.act(who) as act:
        return do(act, change.id, change.tag, *more)


# Submitting


def test_submitting_binds_the_content_and_tells_who_listens(curated: Curated) -> None:
    with curated.store.writing() as unit:
        unit.events.add_hook(Hook("h1", "https://hooks.example/", "secret", (Event.CHANGE_SUBMITTED,), "ada", NOW))
    change = curated.submitted(DORA, [(NEW, NEW_BODY)])
    assert (change.state, len(change.content), change.submitted_by, change.submitted_at) == (State.IN_REVIEW, 64, "dora", NOW)
    assert lines(curated)[0].detail == {"content": change.content, "revision": 1}
    with curated.look() as act:
        (delivery,) = act.unit.events.due(NOW)
    assert (delivery.event, delivery.body["subject"]) == ("change.submitted", change.id)


def test_an_empty_change_and_one_without_a_reason_are_not_reviewed(curated: Curated) -> None:
    with curated.act(DORA) as act:
        empty = open_change(act, About("Nothing", "Why"))
    with refusing(curated, MoveNotAllowed, match="any edit"):
        move(curated, DORA, submit, empty)
    for reason in ("", "  "):
        change = curated.edited(DORA, [(NEW, NEW_BODY)], About("No reason", reason))
        with refusing(curated, InvalidDocument, match="reason"):
            move(curated, DORA, submit, change)


def test_a_change_is_moved_only_by_who_saw_it_as_it_is(curated: Curated) -> None:
    change = curated.edited(DORA, [(NEW, NEW_BODY)])
    with curated.act(CARLA) as act:
        described = describe(act, change.id, About("Other", "Why"), change.tag)
    for expected, error in ((None, Unconditional), ("", Stale), (change.tag, Stale), (described.tag.upper(), Stale)):
        with refusing(curated, error), curated.act(DORA) as act:
            submit(act, change.id, expected)
    with refusing(curated, Unknown), curated.act(DORA) as act:
        submit(act, "nothing", described.tag)


# Approving


@pytest.mark.parametrize("who", [RUTH, DIRK, ADA], ids=lambda who: who.person)
def test_whoever_reviews_all_of_it_and_wrote_none_of_it_approves(curated: Curated, who: Actor) -> None:
    change = curated.submitted(DORA, [(NEW, NEW_BODY)])
    approved = move(curated, who, approve, change)
    assert approved.state is State.APPROVED
    assert approved.content == change.content
    assert lines(curated)[0].detail == {"content": change.content, "approvals": 1, "needed": 1, "risks": []}


@pytest.mark.parametrize(
    "who",
    [VERA, CARLA, FLEUR, actor("f", Role.REVIEWER, "FR"), actor("e", Role.REVIEWER, "DE", "en"), actor("b", Role.ADMIN, "DE-BY")],
    ids=lambda who: who.person,
)
def test_whoever_does_not_review_all_of_it_does_not(curated: Curated, who: Actor) -> None:
    change = curated.submitted(DORA, [(NEW, NEW_BODY)])
    with refusing(curated, NotAllowed):
        move(curated, who, approve, change)


def test_one_piece_out_of_reach_is_enough(curated: Curated) -> None:
    change = curated.submitted(CARLA, [(NEW, NEW_BODY), term("comment voter", "FR/fr/voting")])
    with refusing(curated, NotAllowed, match="FR"):
        move(curated, DIRK, approve, change)


def both(who: Actor) -> Actor:
    """Somebody who curates and reviews everywhere."""
    return actor(who.person, Role.ADMIN)


@pytest.mark.parametrize("wrote", ["opened", "put", "described", "reverted", "rebased", "a revision that was written over"])
def test_whoever_wrote_any_revision_does_not_approve(curated: Curated, wrote: str) -> None:
    author = both(RUTH)
    other, other_body = term("noch ein wort")
    with curated.act(author if wrote == "opened" else CARLA) as act:
        change = open_change(act, About("A", "Why"))
    with curated.act(CARLA) as act:
        change, _ = put(act, change.id, NEW, NEW_BODY, "")
        change, _ = put(act, change.id, other, other_body, "")
        change, _ = put(act, change.id, OLD, {**OLD_BODY, "note": "n"}, tag(act, change, OLD))
    match wrote:
        case "put":
            with curated.act(author) as act:
                put(act, change.id, NEW, {**NEW_BODY, "note": "n"}, tag(act, change, NEW))
        case "described":
            move(curated, author, lambda act, known_as, expected: describe(act, known_as, About("B", "Why"), expected), change)
        case "reverted":
            with curated.act(author) as act:
                revert(act, change.id, other, tag(act, change, other))
        case "rebased":
            publish(curated.press, RUTH, [curated.approved(CARLA, [(OLD, {**OLD_BODY, "source": "s"})], (RAVI,)).id])
            move(curated, author, rebase, change, {})
        case "a revision that was written over":
            with curated.act(author) as act:
                put(act, change.id, NEW, {**NEW_BODY, "note": "n"}, tag(act, change, NEW))
            with curated.act(CARLA) as act:
                put(act, change.id, NEW, NEW_BODY, tag(act, change, NEW))
    change = curated.change(change.id)
    change = move(curated, CARLA, submit, change)
    with refusing(curated, FourEyes):
        move(curated, author, approve, change)
    assert move(curated, RAVI, approve, change).state is State.APPROVED


def test_a_token_does_not_make_two_people_of_one(curated: Curated) -> None:
    change = curated.submitted(both(RUTH), [(NEW, NEW_BODY)])
    with refusing(curated, FourEyes):
        move(curated, Actor("ruth", both(RUTH).grants, "token"), approve, change)


def test_who_only_submits_may_approve(curated: Curated) -> None:
    change = curated.edited(CARLA, [(NEW, NEW_BODY)])
    change = move(curated, RUTH, submit, change)
    assert move(curated, RUTH, approve, change).state is State.APPROVED


@pytest.mark.parametrize(
    ("edits", "now", "risks"),
    [
        pytest.param([(NAMED, NAMED_BODY)], NOW, ["contestants"], id="a contestant is named"),
        pytest.param([(AMERICAN, AMERICAN_BODY)], FROZEN, ["freeze"], id="an election is near"),
        pytest.param([(NAMED, NAMED_BODY), (AMERICAN, AMERICAN_BODY)], FROZEN, ["contestants", "freeze"], id="both"),
    ],
)
def test_a_risk_takes_two_others(curated: Curated, edits: list, now, risks: list[str]) -> None:
    curated.clock.now = now
    change = curated.submitted(CARLA, edits)
    first = move(curated, RUTH, approve, change)
    assert (first.state, lines(curated)[0].detail["needed"], lines(curated)[0].detail["risks"]) == (State.IN_REVIEW, 2, risks)
    with refusing(curated, FourEyes, match="second"):
        move(curated, RUTH, approve, first)
    with refusing(curated, MoveNotAllowed):
        publish(curated.press, RUTH, [change.id])
    assert move(curated, RAVI, approve, first).state is State.APPROVED


def test_a_near_election_elsewhere_takes_no_second(curated: Curated) -> None:
    curated.clock.now = FROZEN
    assert curated.approved(DORA, [(NEW, NEW_BODY)]).state is State.APPROVED


def test_taking_out_a_term_that_names_somebody_takes_two(tmp_path: Path) -> None:
    release = small_release()
    named = replace(release.lists[1], terms=(Term("partei", contest="de-2029", contestant="p1"),))
    curated = curated_store(tmp_path, release=replace(release, lists=(named,)))
    with curated.act(CARLA) as act:
        out = open_change(act, About("Out", "Why"))
        out = remove(act, out.id, NAMED, tag(act, out, NAMED))
        assert (needed_for(act, out).needed, needed_for(act, out).risks) == (2, (Risk.CONTESTANTS,))


def test_an_approval_dies_with_the_next_edit_and_the_same_person_may_approve_again(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    with curated.act(DORA) as act:
        put(act, change.id, NEW, {**NEW_BODY, "note": "n"}, tag(act, change, NEW))
    change = curated.change(change.id)
    with refusing(curated, MoveNotAllowed):
        publish(curated.press, RUTH, [change.id])
    change = move(curated, DORA, submit, change)
    assert change.state is State.IN_REVIEW
    with refusing(curated, MoveNotAllowed):
        publish(curated.press, RUTH, [change.id])
    assert move(curated, RUTH, approve, change).state is State.APPROVED


def test_an_approval_given_before_a_rejection_does_not_come_back_with_the_same_content(curated: Curated) -> None:
    change = curated.submitted(CARLA, [(NAMED, NAMED_BODY)])
    change = move(curated, RUTH, approve, change)
    change = move(curated, RAVI, reject, change, "No.")
    other, other_body = term("noch eins")
    with curated.act(CARLA) as act:
        put(act, change.id, other, other_body, "")
        change = revert(act, change.id, other, tag(act, change, other))
    curated.clock.now = FROZEN
    again = move(curated, CARLA, submit, change)
    with curated.act(RAVI) as act:
        assert approve(act, again.id, again.tag).state is State.IN_REVIEW


def test_a_change_in_conflict_is_not_approved(curated: Curated) -> None:
    change = curated.submitted(DORA, [(OLD, {**OLD_BODY, "note": "ours"})])
    publish(curated.press, RUTH, [curated.approved(CARLA, [(OLD, {**OLD_BODY, "note": "theirs"})]).id])
    with refusing(curated, Conflicting, match="term") as told:
        move(curated, RAVI, approve, change)
    (conflict,) = told.value.conflicts  # type: ignore[attr-defined]
    assert [side.get("note") for side in (conflict.base, conflict.ours, conflict.theirs)] == [
        None,
        "ours",
        "theirs",
    ]


@pytest.mark.parametrize(
    "key", [CAMPAIGN, Key(Kind.NOTICE, "de-notice"), Key(Kind.REGION, "DE"), Key(Kind.ELECTION, "de-2029-03-25-legislative")], ids=str
)
def test_conflicts_are_found_in_every_kind(curated: Curated, key: Key) -> None:
    with curated.act(CARLA) as act:
        change = open_change(act, About("Out", "Why"))
        change = remove(act, change.id, key, tag(act, change, key))
        assert conflicts(act, change) == ()


# Rejecting and withdrawing


def test_rejecting_says_why(curated: Curated) -> None:
    change = curated.submitted(DORA, [(NEW, NEW_BODY)])
    for why in (" ", "x" * 10_001):
        with refusing(curated, InvalidDocument):
            move(curated, RUTH, reject, change, why)
    with refusing(curated, NotAllowed):
        move(curated, CARLA, reject, change, "No")
    rejected = move(curated, RUTH, reject, change, "Nicht so.")
    assert rejected.state is State.REJECTED
    with curated.look() as act:
        assert [one.text for one in act.unit.changes.comments(change.id)] == ["Nicht so."]


def test_its_authors_withdraw_it_even_without_their_rights_and_others_only_with_theirs(curated: Curated) -> None:
    change = curated.submitted(DORA, [(NEW, NEW_BODY)])
    for who in (FLEUR, VERA):
        with refusing(curated, NotAllowed):
            move(curated, who, withdraw, change)
    assert move(curated, Actor("dora", ()), withdraw, change).state is State.WITHDRAWN
    other = curated.submitted(DORA, [(NEW, NEW_BODY)])
    assert move(curated, CARLA, withdraw, other).state is State.WITHDRAWN


def test_an_empty_change_is_not_withdrawn_by_anybody(curated: Curated) -> None:
    with curated.act(DORA) as act:
        change = open_change(act, About("Nothing"))
    with refusing(curated, NotAllowed):
        move(curated, VERA, withdraw, change)


# Rebasing


def published_meanwhile(curated: Curated, body: dict, ours: dict) -> Change:
    """A change of ours to a term that somebody else then published with this body."""
    change = curated.submitted(DORA, [(OLD, ours)])
    publish(curated.press, RUTH, [curated.approved(CARLA, [(OLD, body)]).id])
    return change


def test_rebasing_joins_what_was_changed_apart(curated: Curated) -> None:
    change = published_meanwhile(curated, {**OLD_BODY, "source": "s"}, {**OLD_BODY, "note": "n"})
    rebased = move(curated, CARLA, rebase, change, {})
    assert (rebased.state, rebased.content, rebased.revision, rebased.authors) == (State.DRAFT, "", 2, ("dora", "carla"))
    with curated.look() as act:
        edit = act.unit.changes.edit(change.id, OLD)
        assert edit is not None
        assert edit.body == {**OLD_BODY, "note": "n", "source": "s"}
        assert conflicts(act, rebased) == ()


def test_rebasing_asks_where_both_changed_the_same_and_takes_the_side_that_is_named(curated: Curated) -> None:
    change = published_meanwhile(curated, {**OLD_BODY, "note": "theirs"}, {**OLD_BODY, "note": "ours"})
    with refusing(curated, Conflicting, match="ours or theirs"):
        move(curated, DORA, rebase, change, {})
    with refusing(curated, Conflicting):
        move(curated, DORA, rebase, change, {NEW: Take.OURS})
    ours = move(curated, DORA, rebase, change, {OLD: Take.OURS})
    with curated.look() as act:
        edit = act.unit.changes.edit(change.id, OLD)
        kept = act.unit.releases.piece(OLD)
        assert edit is not None
        assert kept is not None
        assert (edit.body, edit.base) == ({**OLD_BODY, "note": "ours"}, kept.hash)
    publish(curated.press, RUTH, [move(curated, RUTH, approve, move(curated, DORA, submit, ours)).id])


def test_taking_the_published_side_takes_the_edit_back(curated: Curated) -> None:
    change = published_meanwhile(curated, {**OLD_BODY, "note": "theirs"}, {**OLD_BODY, "note": "ours"})
    rebased = move(curated, DORA, rebase, change, {OLD: Take.THEIRS})
    with curated.look() as act:
        assert act.unit.changes.count(change.id) == 0
    with refusing(curated, MoveNotAllowed, match="any edit"):
        move(curated, DORA, submit, rebased)


def test_both_that_did_the_same_leave_nothing_to_do(curated: Curated) -> None:
    change = published_meanwhile(curated, {**OLD_BODY, "note": "same"}, {**OLD_BODY, "note": "same"})
    rebased = move(curated, DORA, rebase, change, {})
    with curated.look() as act:
        assert (act.unit.changes.count(change.id), conflicts(act, rebased)) == (0, ())


def test_rebasing_what_is_in_no_conflict_changes_nothing(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    assert move(curated, DORA, rebase, change, {}) == change


def test_a_piece_that_was_moved_out_of_reach_is_not_taken_over_by_rebasing(curated: Curated) -> None:
    hugo = actor("hugo", Role.CURATOR, "DE")
    with curated.look() as act:
        kept = act.unit.releases.piece(CAMPAIGN)
        assert kept is not None
        body = kept.piece.body
    change = curated.submitted(hugo, [(CAMPAIGN, {**body, "note": "ours"})])
    publish(curated.press, RUTH, [curated.approved(CARLA, [(CAMPAIGN, {**body, "regions": ["FR"]})]).id])
    try:
        rebased = move(curated, hugo, rebase, change, {CAMPAIGN: Take.OURS})
    except NotAllowed:
        return
    with refusing(curated, NotAllowed):
        move(curated, hugo, submit, rebased)


@pytest.mark.parametrize("who", [VERA, FLEUR], ids=lambda who: who.person)
def test_whoever_may_not_edit_may_not_rebase(curated: Curated, who: Actor) -> None:
    change = published_meanwhile(curated, {**OLD_BODY, "source": "s"}, {**OLD_BODY, "note": "n"})
    with refusing(curated, NotAllowed):
        move(curated, who, rebase, change, {})
