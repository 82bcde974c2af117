"""Moving a change on: submitted, approved, rejected, withdrawn, rebased onto what was published since. Publishing is in publishing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from admin.curation.acting import Act
from admin.curation.editing import LONGEST_TEXT
from admin.curation.ground import notice_regions
from admin.curation.standing import change_to_move, check_scopes, next_revision
from notices.documents import Document
from notices.errors import InvalidDocument
from review.change import Approval, Change, Edit, State, content_hash, revision_hash
from review.errors import Conflicting, MoveNotAllowed
from review.events import Event
from review.merging import Merged, merge
from review.moves import Move, after_approval, check_approver, moved, valid
from review.pieces import Key, piece
from review.quorum import Quorum, Touched, quorum
from review.scopes import scopes_of


@dataclass(frozen=True, slots=True)
class Conflict:
    """A piece that the change edits and that was published differently since: what both started from, and both sides."""

    key: Key
    base: Document | None
    ours: Document | None
    theirs: Document | None


class Take(StrEnum):
    """How a conflict is settled: with the change's side or with the published one."""

    OURS = "ours"
    THEIRS = "theirs"


def submit(act: Act, known_as: str, expected: str | None) -> Change:
    """Ask for review; from now on `content` is what an approval binds to."""
    change = change_to_move(act, known_as, Move.SUBMIT, expected)
    check_scopes(act, change, Move.SUBMIT)
    if not act.unit.changes.count(change.id):
        raise MoveNotAllowed("A change without any edit cannot be reviewed.")
    if not change.about.reason.strip():
        raise InvalidDocument("A change that is to be reviewed gives its reason.", "/reason")
    content = content_hash(change.about, act.unit.changes.edits(change.id))
    person = act.actor.person
    submitted = replace(
        change, state=moved(change.state, Move.SUBMIT), content=content, changed_at=act.now, submitted_by=person, submitted_at=act.now
    )
    act.unit.changes.save(submitted)
    act.note("change.submitted", change.id, {"content": content, "revision": change.revision})
    act.tell(Event.CHANGE_SUBMITTED, change.id, {"title": change.about.title, "revision": change.revision})
    return submitted


def approve(act: Act, known_as: str, expected: str | None) -> Change:
    """Approve exactly this content; raises FourEyes, NotAllowed, Stale, MoveNotAllowed, or Conflicting."""
    change = change_to_move(act, known_as, Move.APPROVE, expected)
    check_scopes(act, change, Move.APPROVE)
    known = act.unit.changes.approvals(change.id)
    check_approver(change, known, act.actor.person)
    refuse_conflicts(act, change)
    approval = Approval(change.id, act.actor.person, change.content, act.now)
    act.unit.changes.approve(approval)
    needed = needed_for(act, change)
    approved = replace(change, state=after_approval(change, (*known, approval), needed.needed), changed_at=act.now)
    act.unit.changes.save(approved)
    counted = len(valid(change, (*known, approval)))
    detail = {"content": change.content, "approvals": counted, "needed": needed.needed, "risks": [risk.value for risk in needed.risks]}
    act.note("change.approved", change.id, detail)
    if approved.state is State.APPROVED:
        act.tell(Event.CHANGE_APPROVED, change.id, {"title": change.about.title, "revision": change.revision})
    return approved


def reject(act: Act, known_as: str, expected: str | None, why: str) -> Change:
    """Send it back; its authors may edit it again."""
    change = change_to_move(act, known_as, Move.REJECT, expected)
    check_scopes(act, change, Move.REJECT)
    if not why.strip() or len(why) > LONGEST_TEXT:
        raise InvalidDocument(f"Say why, in at most {LONGEST_TEXT} characters, so that its authors can do better.", "/why")
    rejected = replace(change, state=moved(change.state, Move.REJECT), changed_at=act.now)
    act.unit.changes.save(rejected)
    act.unit.changes.comment(change.id, act.actor.person, act.now, why)
    act.note("change.rejected", change.id, {"why": why})
    act.tell(Event.CHANGE_REJECTED, change.id, {"title": change.about.title})
    return rejected


def withdraw(act: Act, known_as: str, expected: str | None) -> Change:
    """Give it up for good; its own authors may, and whoever may edit all of it."""
    change = change_to_move(act, known_as, Move.WITHDRAW, expected)
    if act.actor.person not in change.authors:
        check_scopes(act, change, Move.WITHDRAW)
    withdrawn = replace(change, state=moved(change.state, Move.WITHDRAW), changed_at=act.now)
    act.unit.changes.save(withdrawn)
    act.note("change.withdrawn", change.id)
    return withdrawn


def needed_for(act: Act, change: Change) -> Quorum:
    """How many must approve it today, and why."""
    telling = _touched(act, change, tuple(act.unit.changes.telling(change.id)))
    return quorum(telling, act.ground.elections, act.ground.places, act.now.date())


def touched(act: Act, change: Change) -> tuple[Touched, ...]:
    """Every piece of the change before and after."""
    return _touched(act, change, tuple(act.unit.changes.edits(change.id)))


def _touched(act: Act, change: Change, edits: tuple[Edit, ...]) -> tuple[Touched, ...]:
    regions = notice_regions(act.unit, change.id)
    now = act.unit.releases.several(edit.key for edit in edits if edit.base)
    found = []
    for edit in edits:
        base = now.get(edit.key)
        if edit.base and (base is None or base.hash != edit.base):
            base = act.unit.releases.version(edit.key, edit.base)
        before = base.piece.body if base and edit.base else None
        bodies = [body for body in (before, edit.body) if body is not None]
        scopes = dict.fromkeys(scope for body in bodies for scope in scopes_of(edit.key, body, regions))
        found.append(Touched(edit.key, before, edit.body, tuple(scopes)))
    return tuple(found)


def conflicts(act: Act, change: Change) -> tuple[Conflict, ...]:
    """Where something else was published since the change was written."""
    edits = tuple(act.unit.changes.clashing(change.id))
    now = act.unit.releases.several(edit.key for edit in edits)
    found = []
    for edit in edits:
        kept, base = now.get(edit.key), act.unit.releases.version(edit.key, edit.base) if edit.base else None
        found.append(Conflict(edit.key, base.piece.body if base else None, edit.body, kept.piece.body if kept else None))
    return tuple(found)


def refuse_conflicts(act: Act, change: Change) -> None:
    """Raise Conflicting, with both sides, where there are any."""
    if found := conflicts(act, change):
        what = ", ".join(str(one.key) for one in found[:3])
        raise Conflicting(f"Something else was published since: {what}. Rebase the change, and decide between both sides.", found)


def rebase(act: Act, known_as: str, expected: str | None, settled: Mapping[Key, Take]) -> Change:
    """Bring the change onto what is published now: what both sides changed apart is joined, the rest as `settled` says.

    Raises Conflicting for what is neither; the change is a draft afterwards, and counts its rebaser among its authors.
    """
    change = change_to_move(act, known_as, Move.EDIT, expected)
    check_scopes(act, change, Move.EDIT)
    found = conflicts(act, change)
    if not found:
        return change
    edits: list[Edit] = []
    dropped: list[Key] = []
    left: list[Conflict] = []
    for conflict in found:
        merged = _settle(conflict, settled.get(conflict.key))
        if merged is None:
            left.append(conflict)
            continue
        theirs = act.unit.releases.piece(conflict.key)
        base = theirs.hash if theirs else None
        body = merged.body
        hash_ = piece(conflict.key, body).hash if body is not None else None
        if hash_ == base:
            dropped.append(conflict.key)
        else:
            edits.append(Edit(conflict.key, base, hash_, body, act.actor.person, act.now))
    if left:
        refused = ", ".join(str(one.key) for one in left[:3])
        raise Conflicting(f"Both sides changed the same of {refused}: say for each which side to take, ours or theirs.", tuple(left))
    rebased = next_revision(act, change)
    for key in dropped:
        act.unit.changes.drop(change.id, rebased.revision, key)
    act.unit.changes.put(change.id, rebased.revision, edits)
    documents = [str(one.key) for one in found]
    act.note("change.rebased", change.id, {"documents": documents, "revision": rebased.revision, "edits": revision_hash(edits, dropped)})
    return rebased


def _settle(conflict: Conflict, take: Take | None) -> Merged | None:
    match take:
        case Take.OURS:
            return Merged(conflict.ours)
        case Take.THEIRS:
            return Merged(conflict.theirs)
        case _:
            return merge(conflict.base, conflict.ours, conflict.theirs)
