"""Which moves a change may take from which state, who may take them, and when it is approved: the whole rule of four eyes, pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from review.change import Approval, Change, State
from review.errors import FourEyes, MoveNotAllowed
from review.people import Role


class Move(StrEnum):
    """What somebody does to a change."""

    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    PUBLISH = "publish"


MOVES: Final[Mapping[tuple[State, Move], State]] = MappingProxyType(
    {
        (State.DRAFT, Move.EDIT): State.DRAFT,
        (State.DRAFT, Move.SUBMIT): State.IN_REVIEW,
        (State.DRAFT, Move.WITHDRAW): State.WITHDRAWN,
        (State.IN_REVIEW, Move.EDIT): State.DRAFT,
        (State.IN_REVIEW, Move.APPROVE): State.APPROVED,  # with enough approvals; it stays in review until then
        (State.IN_REVIEW, Move.REJECT): State.REJECTED,
        (State.IN_REVIEW, Move.WITHDRAW): State.WITHDRAWN,
        (State.APPROVED, Move.EDIT): State.DRAFT,
        (State.APPROVED, Move.APPROVE): State.APPROVED,  # one more, where more are needed by now
        (State.APPROVED, Move.REJECT): State.REJECTED,
        (State.APPROVED, Move.WITHDRAW): State.WITHDRAWN,
        (State.APPROVED, Move.PUBLISH): State.PUBLISHED,
        (State.REJECTED, Move.EDIT): State.DRAFT,
        (State.REJECTED, Move.WITHDRAW): State.WITHDRAWN,
    }
)
"""Every allowed move; what is not here is refused."""

TAKES: Final[Mapping[Move, Role]] = MappingProxyType(
    {
        Move.EDIT: Role.CURATOR,
        Move.SUBMIT: Role.CURATOR,
        Move.WITHDRAW: Role.CURATOR,
        Move.APPROVE: Role.REVIEWER,
        Move.REJECT: Role.REVIEWER,
        Move.PUBLISH: Role.REVIEWER,
    }
)
"""The role that a move takes, for every piece that the change touches."""


def moved(state: State, move: Move) -> State:
    """Where the move leads; raises MoveNotAllowed."""
    found = MOVES.get((state, move))
    if found is None:
        allowed = sorted(one.value for at, one in MOVES if at is state)
        rest = f"it takes {', '.join(allowed)}" if allowed else "it takes no move any more"
        raise MoveNotAllowed(f"A change that is {state.value.replace('_', ' ')} cannot take the move {move.value}: {rest}.")
    return found


def check_approver(change: Change, approvals: Iterable[Approval], person: str) -> None:
    """Raise FourEyes for whoever wrote any revision of the change, or has approved this very content already."""
    if person in change.authors or person == change.opened_by:
        raise FourEyes("Whoever wrote any revision of a change cannot approve it; somebody else must.")
    if any(approval.person == person for approval in valid(change, approvals)):
        raise FourEyes("You have approved this content already; somebody else must be the second.")


def valid(change: Change, approvals: Iterable[Approval]) -> tuple[Approval, ...]:
    """The approvals that still count: of this very content since it was last submitted, by people who wrote none of it, each once."""
    found: dict[str, Approval] = {}
    for approval in approvals:
        is_of_now = approval.content == change.content and (change.submitted_at is None or approval.at >= change.submitted_at)
        if is_of_now and approval.person not in change.authors and approval.person != change.opened_by:
            found.setdefault(approval.person, approval)
    return tuple(found.values())


def after_approval(change: Change, approvals: Iterable[Approval], needed: int) -> State:
    """The state once these approvals are there."""
    return moved(change.state, Move.APPROVE) if len(valid(change, approvals)) >= needed else State.IN_REVIEW
