"""Where a change stands: what it holds of a document, and whether somebody may edit or move it; what they then do is in editing and reviewing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from admin.curation.acting import Act
from admin.curation.ground import notice_regions
from admin.errors import Unconditional
from review.change import Change, Edit
from review.errors import Stale, Unknown
from review.moves import TAKES, Move, moved
from review.people import Scope
from review.pieces import Key
from review.scopes import scopes_of

ABSENT: Final = ""
"""The tag of a piece that is not there."""
TAG_DIGITS: Final = 32


def tag_of(hash_: str | None) -> str:
    """What `If-Match` names a piece by."""
    return ABSENT if hash_ is None else hash_[:TAG_DIGITS]


def held(act: Act, change: Change, key: Key) -> str | None:
    """The hash of a piece as the change has it: edited, else published; None where it is not there."""
    edit = act.unit.changes.edit(change.id, key)
    if edit is not None:
        return edit.hash
    kept = act.unit.releases.piece(key)
    return kept.hash if kept else None


def change_of(act: Act, known_as: str) -> Change:
    """A change by its id; raises Unknown."""
    change = act.unit.changes.get(known_as)
    if change is None:
        raise Unknown("There is no such change.")
    return change


def change_to_move(act: Act, known_as: str, move: Move, expected: str | None, *, is_bound: bool = True) -> Change:
    """The change, if it takes the move and is still what the actor saw; raises Unknown, MoveNotAllowed, Unconditional or Stale."""
    change = change_of(act, known_as)
    moved(change.state, move)
    if is_bound:
        check_same(change.tag, expected, "The change has moved on since you read it: read it again, and then decide.")
    return change


def next_revision(act: Act, change: Change) -> Change:
    """The change edited once more: a draft again, whose approvals no longer count, with the actor among its authors."""
    authors = tuple(dict.fromkeys((*change.authors, act.actor.person)))
    state = moved(change.state, Move.EDIT)
    edited = replace(change, state=state, revision=change.revision + 1, content="", changed_at=act.now, authors=authors)
    act.unit.changes.save(edited)
    return edited


def check_scopes(act: Act, change: Change, move: Move) -> None:
    """Raise NotAllowed unless the actor has the role that the move takes for everything that the change touches."""
    regions = notice_regions(act.unit, change.id)
    scopes = dict.fromkeys(scope for edit in act.unit.changes.telling(change.id) for scope in edit_scopes(act, edit, regions))
    if not scopes and act.actor.has(TAKES[move]):
        return
    act.actor.check(TAKES[move], scopes or (Scope(),), act.ground.places)


def edit_scopes(act: Act, edit: Edit, regions: Callable[[str], str]) -> Iterator[Scope]:
    """Whose business an edit is: as it was, and as it is to be; `regions` tells where notices are curated."""
    before = act.unit.releases.version(edit.key, edit.base) if edit.base else None
    for body in (edit.body, before.piece.body if before else None):
        if body is not None:
            yield from scopes_of(edit.key, body, regions)


def check_same(tag: str, expected: str | None, sentence: str) -> None:
    """Raise Unconditional without an expected tag, and Stale, with the sentence, for another one."""
    if expected is None:
        raise Unconditional("Say which state this is about, with If-Match (or If-None-Match: * for something new).")
    if expected != tag:
        raise Stale(sentence)


def check_expected(there: str | None, expected: str | None) -> None:
    """The same for a document, by the hash of what is there."""
    sentence = "The document is not what you read: somebody has edited it since. Read it again, and then edit that."
    check_same(tag_of(there), expected, sentence)
