"""What a release is built of, from approved changes or an older release; how it is checked, signed and stored is in publishing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from admin.curation.acting import Act
from admin.curation.editing import LONGEST_TEXT
from admin.curation.ground import notice_regions
from admin.curation.reviewing import needed_for, refuse_conflicts
from admin.curation.standing import check_scopes
from elections.places import WORLD
from notices.documents import Document, to_document
from notices.errors import InvalidDocument
from notices.release import Authorship
from review.assembly import assemble
from review.change import Change, Edit, content_hash
from review.errors import Conflicting, FourEyes, MoveNotAllowed, Unknown
from review.moves import Move, moved, valid
from review.people import Role, Scope
from review.pieces import Key, Kind, Piece, hash_of, plain_document
from review.proof_rows import StoredHead
from review.scopes import scopes_of

SYSTEM_WAY: Final = "system"


@dataclass(frozen=True, slots=True)
class Built:
    """A release that is ready but for its number's last facts: what it is built on, what goes, what comes, who made it."""

    base: StoredHead
    gone: tuple[Key, ...]
    new: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...]
    authorship: tuple[Authorship, ...]
    rollback_of: int | None = None


def from_changes(act: Act, known_as: Sequence[str]) -> Built:
    """What approved changes make together; raises Conflicting, FourEyes, MoveNotAllowed, NotAllowed, Stale or Unknown."""
    changes = tuple(_ready(act, one) for one in dict.fromkeys(known_as))
    if not changes:
        raise MoveNotAllowed("Name at least one change to publish.")
    base = latest_of(act)
    edits: dict[Key, tuple[Change, Edit]] = {}
    authorship = []
    for change in changes:
        for edit in act.unit.changes.edits(change.id):
            if edit.key in edits:
                raise Conflicting(f"Two of the changes edit the {edit.key}; publish one, and rebase the other.")
            edits[edit.key] = (change, edit)
        approvals = valid(change, act.unit.changes.approvals(change.id))
        people = tuple(approval.person for approval in approvals)
        authorship.append(Authorship(change.id, change.authors, people, change.about.title, change.content))
    held = {kept.piece.key: kept.piece for kept in act.unit.releases.pieces(base.number)}
    gone = tuple(key for key in edits if key in held)
    new = tuple(Piece(key, edit.body) for key, (_, edit) in edits.items() if edit.body is not None)
    return Built(base, gone, new, _joined(held, gone, new), changes, tuple(authorship))


def _ready(act: Act, known_as: str) -> Change:
    """The change, if it may be published now: approved by as many as it takes today, and in conflict with nothing."""
    change = act.unit.changes.get(known_as)
    if change is None:
        raise Unknown("There is no such change.")
    moved(change.state, Move.PUBLISH)
    if act.actor.way != SYSTEM_WAY:
        check_scopes(act, change, Move.PUBLISH)
    needed, counted = needed_for(act, change), len(valid(change, act.unit.changes.approvals(change.id)))
    if counted < needed.needed:
        why = f" ({', '.join(risk.value for risk in needed.risks)})" if needed.risks else ""
        many = f"{needed.needed} approval{'' if needed.needed == 1 else 's'}"
        raise FourEyes(f"The change {change.id} takes {many} by now{why} and has {counted}.")
    refuse_conflicts(act, change)
    _check_content(act, change)
    return change


def _check_content(act: Act, change: Change) -> None:
    """Raise FourEyes where what is kept is not what the approvals are bound to, whatever else changed it."""
    edits = tuple(act.unit.changes.edits(change.id))
    are_whole = all(edit.hash == (None if edit.body is None else hash_of(edit.key, edit.body)) for edit in edits)
    if not are_whole or content_hash(change.about, edits) != change.content:
        raise FourEyes(f"The change {change.id} is not what was approved; edit it, and have it reviewed again.")


def from_release(act: Act, number: int, reason: str) -> Built:
    """What an older release held, once more; raises NotAllowed, Unknown or InvalidDocument."""
    base = latest_of(act)
    if number >= base.number or act.unit.releases.head(number) is None:
        raise Unknown("There is no such older release.")
    if not reason.strip() or len(reason) > LONGEST_TEXT:
        raise InvalidDocument(f"Say why, in at most {LONGEST_TEXT} characters.", "/reason")
    differing = act.unit.releases.differing(base.number, number)
    published = notice_regions(act.unit)
    brought = {key.id: str(then.piece.body.get("region", WORLD)) for key, _, then in differing if then and key.kind is Kind.NOTICE}
    sides = [side.piece for _, now, then in differing for side in (now, then) if side is not None]
    scopes = dict.fromkeys(scope for one in sides for scope in scopes_of(one.key, one.body, lambda id_: brought.get(id_) or published(id_)))
    act.actor.check(Role.ADMIN, scopes or (Scope(),), act.ground.places)
    if not differing:
        raise MoveNotAllowed(f"The latest release holds the same as release {number} already.")
    held = {kept.piece.key: kept.piece for kept in act.unit.releases.pieces(base.number)}
    gone = tuple(key for key, now, _ in differing if now is not None)
    new = tuple(then.piece for _, _, then in differing if then is not None)
    made = Authorship(f"rollback-{number}", (act.actor.person,), (), reason)
    return Built(base, gone, new, _joined(held, gone, new), (), (made,), number)


def _joined(held: Mapping[Key, Piece], gone: Iterable[Key], new: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces as the store will give them back: what is new in the place of what goes under its key, else last of its kind."""
    left = dict.fromkeys(gone)
    coming = {piece.key: piece for piece in new}
    joined = [coming.pop(key, piece) if key in left else piece for key, piece in held.items() if key not in left or key in coming]
    return (*joined, *coming.values())


def draft_document(act: Act, change: Change) -> Document:
    """The release that a change alone would make now, whatever its state, conflicts included; raises NotAPiece where it makes none."""
    base = latest_of(act)
    edits = tuple(act.unit.changes.edits(change.id))
    held = {kept.piece.key: kept.piece for kept in act.unit.releases.pieces(base.number)}
    gone = tuple(edit.key for edit in edits if edit.key in held)
    new = tuple(Piece(edit.key, edit.body) for edit in edits if edit.body is not None)
    return document_of(Built(base, gone, new, _joined(held, gone, new), (change,), ()), act.now.isoformat(), "")


def document_of(built: Built, made_at: str, audit: str) -> Document:
    """The document of the release; `audit` is the hash of the last audit line before it."""
    made = [plain_document(to_document(one)) for one in built.authorship]
    head: Document = {"number": built.base.number + 1, "made_at": made_at, "previous": built.base.digest, "changes": made}
    if built.rollback_of is not None:
        head["rollback_of"] = built.rollback_of
    if audit:
        head["audit"] = audit
    return assemble(head, built.pieces)


def latest_of(act: Act) -> StoredHead:
    """The release to build on; raises Unknown where there is none yet."""
    latest = act.unit.releases.latest()
    if latest is None:
        raise Unknown("There is no release yet to build on; `signpost init` makes the first.")
    return latest
