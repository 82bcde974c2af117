"""From approved changes, or an older release, to a new one: built, checked, signed and stored whole, with its audit lines, or not at all."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from admin.curation.acting import REFUSALS, Act, Desk, looking, refused
from admin.curation.editing import LONGEST_TEXT, check_scopes
from admin.curation.ground import notice_regions
from admin.curation.reviewing import needed_for, refuse_conflicts
from admin.publishing import check_unaltered, envelope, put_out, stored_envelope, stored_head
from elections.places import WORLD
from keywords.checks import Finding, errors
from notices.checks import check_release
from notices.documents import Document, from_document, to_document
from notices.errors import InvalidDocument
from notices.release import Authorship, Release
from notices.signing import sign
from review.assembly import assemble
from review.change import Change, Edit, State, When, content_hash
from review.errors import Blocked, Conflicting, FourEyes, MoveNotAllowed, Stale, Unknown
from review.events import Event
from review.moves import Move, moved, valid
from review.people import Actor, Role, Scope
from review.pieces import Key, Kind, Piece, hash_of, plain_document, scopes_of
from review.proof_rows import StoredHead

TRIES: Final = 3
"""How often a release is built anew because another one was published meanwhile."""
SYSTEM_WAY: Final = "system"


@dataclass(frozen=True, slots=True)
class Press:
    """What publishing needs beside the desk: the keys, and the file that serving processes follow."""

    desk: Desk
    keys: Callable[[], Collection[Ed25519PrivateKey]]
    file: Path


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


Also = Callable[[Act, StoredHead], None]


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be pressed: under which audit action and subject a refusal is written, how it is built, what is done beside it."""

    action: str
    subject: str
    build: Callable[[Act], Built]
    also: Also
    is_gated: bool


def publish(press: Press, actor: Actor, known_as: Sequence[str], also: Also = lambda _act, _head: None) -> StoredHead:
    """Publish approved changes as one release; raises Blocked, Conflicting, FourEyes, MoveNotAllowed, NotAllowed or Unknown.

    `also` is done in the unit that stores the release.
    """
    job = _Job("release.published", ",".join(known_as), lambda act: _from_changes(act, known_as), also, is_gated=True)
    return _pressed(press, actor, job)


def roll_back(press: Press, actor: Actor, number: int, reason: str, also: Also = lambda _act, _head: None) -> StoredHead:
    """Publish what an older release held as a new one, at once: an admin of everything that differs may, since it was approved before."""
    job = _Job("release.rolled_back", str(number), lambda act: _from_release(act, number, reason), also, is_gated=False)
    return _pressed(press, actor, job)


def due(act: Act) -> tuple[str, ...]:
    """The approved changes that are to be published by now without anybody saying so."""
    found = act.unit.changes.find((State.APPROVED,), limit=10_000)
    return tuple(one.id for one in found if _is_due(one, act))


def _is_due(change: Change, act: Act) -> bool:
    about = change.about
    return about.when is When.APPROVED or (about.when is When.AT and about.publish_at is not None and about.publish_at <= act.now)


def _pressed(press: Press, actor: Actor, job: _Job) -> StoredHead:
    """Build and check without holding anybody up, then store in one short act, if nothing else was published meanwhile."""
    for attempt in range(1, TRIES + 1):
        try:
            return _once(press, actor, job)
        except REFUSALS as error:
            if isinstance(error, Stale) and attempt < TRIES:
                continue
            refused(press.desk, actor, job.action, job.subject, error)
            raise
    raise Stale("Others keep publishing; try again.")  # pragma: no cover  the last try returns or raises


def _once(press: Press, actor: Actor, job: _Job) -> StoredHead:
    with looking(press.desk, actor) as act:
        built = job.build(act)
        numbers = (built.base.number, built.rollback_of)
        rests_on = tuple(found for number in numbers if number and (found := stored_envelope(act.unit, number)))
    for stored in rests_on:
        check_unaltered(stored, press.keys())
    document = _document(built, act.now.isoformat(), "")
    release = from_document(document, Release)
    if plain_document(to_document(release)) != document:
        raise InvalidDocument("A document of it is not in its normal form, so that its signature could not be verified.")
    if job.is_gated:
        _gate(built, release, press.desk)
    with press.desk.store.writing() as unit:
        act = Act(unit, actor, press.desk.clock(), press.desk.grounds)
        _check_unmoved(act, built)
        last = act.unit.journal.last()
        document = _document(built, act.now.isoformat(), last.hash if last else "")
        signed = sign(from_document(document, Release), press.keys())
        head = stored_head(signed, {name: value for name, value in document.items() if name in _HEAD})
        act.unit.releases.add(head, built.gone, built.new)
        _write_down(act, built, head)
        job.also(act, head)
    put_out(envelope(document, signed.digest, head.signatures), press.file, press.desk.store)
    return head


_HEAD: Final = frozenset({"number", "made_at", "previous", "changes", "rollback_of", "audit", "format"})


def _from_changes(act: Act, known_as: Sequence[str]) -> Built:
    changes = tuple(_ready(act, one) for one in dict.fromkeys(known_as))
    if not changes:
        raise MoveNotAllowed("Name at least one change to publish.")
    base = _latest(act)
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
        why = ", ".join(risk.value for risk in needed.risks)
        raise FourEyes(f"The change {change.id} takes {needed.needed} approvals by now ({why}) and has {counted}.")
    refuse_conflicts(act, change)
    _check_content(act, change)
    return change


def _check_content(act: Act, change: Change) -> None:
    """Raise FourEyes where what is kept is not what the approvals are bound to, whatever else changed it."""
    edits = tuple(act.unit.changes.edits(change.id))
    are_whole = all(edit.hash == (None if edit.body is None else hash_of(edit.key, edit.body)) for edit in edits)
    if not are_whole or content_hash(change.about, edits) != change.content:
        raise FourEyes(f"The change {change.id} is not what was approved; edit it, and have it reviewed again.")


def _from_release(act: Act, number: int, reason: str) -> Built:
    base = _latest(act)
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
    base = _latest(act)
    edits = tuple(act.unit.changes.edits(change.id))
    held = {kept.piece.key: kept.piece for kept in act.unit.releases.pieces(base.number)}
    gone = tuple(edit.key for edit in edits if edit.key in held)
    new = tuple(Piece(edit.key, edit.body) for edit in edits if edit.body is not None)
    return _document(Built(base, gone, new, _joined(held, gone, new), (change,), ()), act.now.isoformat(), "")


def _document(built: Built, made_at: str, audit: str) -> Document:
    made = [plain_document(to_document(one)) for one in built.authorship]
    head: Document = {"number": built.base.number + 1, "made_at": made_at, "previous": built.base.digest, "changes": made}
    if built.rollback_of is not None:
        head["rollback_of"] = built.rollback_of
    if audit:
        head["audit"] = audit
    return assemble(head, built.pieces)


def _gate(built: Built, release: Release, desk: Desk) -> None:
    """Raise Blocked for errors that the release before it did not have: an old one must not keep a mending change out."""
    found = errors(check_release(release))
    if not found:
        return
    with desk.store.reading() as unit:
        before = assemble(built.base.head, (kept.piece for kept in unit.releases.pieces(built.base.number)))
    standing = {mark_of(one) for one in errors(check_release(replace(from_document(before, Release), made_at=release.made_at)))}
    if new := tuple(one for one in found if mark_of(one) not in standing):
        raise Blocked(new)


def mark_of(finding: Finding) -> tuple[str, str, str]:
    """What tells one finding from another."""
    return finding.code, finding.place, finding.message


def _check_unmoved(act: Act, built: Built) -> None:
    """Raise Stale where anything that the release was built on has moved since."""
    latest = act.unit.releases.latest()
    if latest is None or latest.number != built.base.number:
        raise Stale("Another release was published meanwhile.")
    for change in built.changes:
        now = act.unit.changes.get(change.id)
        if now is None or now.tag != change.tag:
            raise Stale("A change moved on while it was being published; look at it again.")


def _write_down(act: Act, built: Built, head: StoredHead) -> None:
    for change in built.changes:
        act.unit.changes.save(replace(change, state=moved(change.state, Move.PUBLISH), changed_at=act.now, release=head.number))
        act.note("change.published", change.id, {"release": head.number, "content": change.content})
    made = [plain_document(to_document(one)) for one in built.authorship]
    detail: Document = {"digest": head.digest, "previous": head.previous, "changes": made}
    if built.rollback_of is not None:
        detail["rollback_of"] = built.rollback_of
    act.note("release.published", str(head.number), detail)
    act.tell(Event.RELEASE_PUBLISHED, str(head.number), {"digest": head.digest, "changes": [one.change for one in built.authorship]})


def _latest(act: Act) -> StoredHead:
    latest = act.unit.releases.latest()
    if latest is None:
        raise Unknown("There is no release yet to build on; `signpost init` makes the first.")
    return latest
