"""Which moves a change takes from which state, and whose approvals count: the whole table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from review.change import About, Approval, Change, State
from review.errors import FourEyes, MoveNotAllowed
from review.moves import MOVES, TAKES, Move, after_approval, check_approver, moved, valid
from review.people import Role

AT = datetime(2026, 11, 23, tzinfo=UTC)
CHANGE = Change("c1", About("A"), State.IN_REVIEW, 2, "now", "olga", AT, AT, ("olga", "anna", "ben"))

ALLOWED = {
    State.DRAFT: "edit>draft submit>in_review withdraw>withdrawn",
    State.IN_REVIEW: "edit>draft approve>approved reject>rejected withdraw>withdrawn",
    State.APPROVED: "edit>draft approve>approved reject>rejected withdraw>withdrawn publish>published",
    State.REJECTED: "edit>draft withdraw>withdrawn",
    State.PUBLISHED: "",
    State.WITHDRAWN: "",
}
LEADS = {(state, Move(move)): State(to) for state, told in ALLOWED.items() for move, to in (pair.split(">") for pair in told.split())}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_every_move_from_every_state(state: State, move: Move) -> None:
    if (state, move) in LEADS:
        assert moved(state, move) is LEADS[state, move]
    else:
        with pytest.raises(MoveNotAllowed, match=move.value):
            moved(state, move)


def test_the_table_holds_nothing_else_and_cannot_be_altered() -> None:
    assert dict(MOVES) == LEADS
    with pytest.raises(TypeError):
        MOVES[State.DRAFT, Move.PUBLISH] = State.PUBLISHED  # type: ignore[index]


def test_only_reviewers_decide() -> None:
    assert {move: TAKES[move] for move in Move} == {
        Move.EDIT: Role.CURATOR,
        Move.SUBMIT: Role.CURATOR,
        Move.WITHDRAW: Role.CURATOR,
        Move.APPROVE: Role.REVIEWER,
        Move.REJECT: Role.REVIEWER,
        Move.PUBLISH: Role.REVIEWER,
    }


def test_only_what_is_approved_is_published_and_every_edit_leads_back_to_a_draft() -> None:
    assert [state for state, move in MOVES if move is Move.PUBLISH] == [State.APPROVED]
    assert {MOVES[state, move] for state, move in MOVES if move is Move.EDIT} == {State.DRAFT}


def approval(person: str, content: str = "now") -> Approval:
    return Approval("c1", person, content, AT)


@pytest.mark.parametrize("person", ["olga", "anna", "ben"])
def test_whoever_wrote_any_revision_cannot_approve(person: str) -> None:
    with pytest.raises(FourEyes):
        check_approver(CHANGE, (), person)
    assert valid(CHANGE, (approval(person),)) == ()


def test_whoever_opened_it_cannot_approve_though_others_wrote_it_all() -> None:
    change = replace(CHANGE, authors=("anna",))
    with pytest.raises(FourEyes):
        check_approver(change, (), "olga")
    assert valid(change, (approval("olga"),)) == ()


def test_nobody_approves_the_same_content_twice() -> None:
    with pytest.raises(FourEyes, match="second"):
        check_approver(CHANGE, (approval("ruth"),), "ruth")
    check_approver(CHANGE, (approval("ruth"),), "ravi")
    assert valid(CHANGE, (approval("ruth"), approval("ruth"))) == (approval("ruth"),)


def test_approvals_of_other_content_never_count_and_may_be_given_anew() -> None:
    old = approval("ruth", "before")
    assert valid(CHANGE, (old, approval("ravi"))) == (approval("ravi"),)
    check_approver(CHANGE, (old,), "ruth")


@pytest.mark.parametrize(("minutes", "counts"), [(-1, False), (0, True), (1, True)], ids=["before", "at", "after"])
def test_an_approval_of_before_the_last_submission_does_not_count(minutes: int, *, counts: bool) -> None:
    given = replace(approval("ruth"), at=AT + timedelta(minutes=minutes))
    assert bool(valid(replace(CHANGE, submitted_at=AT), (given,))) is counts


def test_an_approval_is_void_once_its_giver_writes() -> None:
    change = replace(CHANGE, authors=(*CHANGE.authors, "ruth"))
    assert valid(change, (approval("ruth"), approval("ravi"))) == (approval("ravi"),)


@pytest.mark.parametrize(
    ("state", "approvals", "needed", "expected"),
    [
        pytest.param(State.IN_REVIEW, "ruth", 1, State.APPROVED, id="one of one"),
        pytest.param(State.IN_REVIEW, "ruth", 2, State.IN_REVIEW, id="one of two"),
        pytest.param(State.IN_REVIEW, "ruth ruth", 2, State.IN_REVIEW, id="the same one twice of two"),
        pytest.param(State.IN_REVIEW, "ruth anna", 2, State.IN_REVIEW, id="one of two and an author"),
        pytest.param(State.IN_REVIEW, "ruth ravi", 2, State.APPROVED, id="two of two"),
        pytest.param(State.APPROVED, "ruth ravi", 2, State.APPROVED, id="one more where two are needed by now"),
        pytest.param(State.APPROVED, "ruth ravi", 3, State.IN_REVIEW, id="still not enough by now"),
        pytest.param(State.IN_REVIEW, "", 1, State.IN_REVIEW, id="none"),
    ],
)
def test_it_is_approved_once_enough_have_said_so(state: State, approvals: str, needed: int, expected: State) -> None:
    given = [approval(person) for person in approvals.split()]
    assert after_approval(replace(CHANGE, state=state), given, needed) is expected
