"""Opening a change and editing what is in it, piece by piece; moving it on is in reviewing."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from secrets import token_hex
from typing import Final
from urllib.parse import urlsplit

from admin.curation.acting import Act
from admin.curation.ground import notice_regions
from admin.curation.standing import change_of, change_to_move, check_expected, check_scopes, edit_scopes, held, next_revision
from elections.places import WORLD
from notices.documents import Document
from notices.errors import InvalidDocument
from review.change import About, Change, Comment, Edit, State, When, about_hash, revision_hash
from review.errors import NotAPiece, Unknown
from review.moves import Move, moved
from review.people import Role, Scope
from review.pieces import Key, Kind, Piece, piece, term_id
from review.scopes import scopes_of
from store.values import Wanted

LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 10_000


def open_change(act: Act, about: About) -> Change:
    """A new, empty change; its opener counts as one of those who wrote it."""
    if not act.actor.has(Role.CURATOR):
        act.actor.check(Role.CURATOR, (Scope(),), act.ground.places)
    _check_about(about, act)
    known_as = f"{act.now:%Y%m%d}-{token_hex(4)}"
    person = act.actor.person
    change = Change(known_as, about, State.DRAFT, 0, "", person, act.now, act.now, (person,))
    act.unit.changes.add(change)
    act.note("change.opened", change.id, {"title": about.title, "about": about_hash(about)})
    return change


def describe(act: Act, known_as: str, about: About, expected: str | None) -> Change:
    """Say otherwise what a change is about and when it is published; counts as an edit."""
    change = change_to_move(act, known_as, Move.EDIT, expected)
    _check_about(about, act)
    check_scopes(act, change, Move.EDIT)
    if about == change.about:
        return change
    changed = next_revision(act, replace(change, about=about))
    act.note("change.described", change.id, {"title": about.title, "revision": changed.revision, "about": about_hash(about)})
    return changed


def put(act: Act, known_as: str, key: Key, body: Document, expected: str | None) -> tuple[Change, Piece]:
    """Let the change hold this body for a piece. `expected` is the tag of what the change held before, ABSENT for a new piece.

    Raises Unconditional without one, Stale for another, NotAllowed, MoveNotAllowed, InvalidDocument and NotAPiece.
    """
    change = change_of(act, known_as)
    wanted = piece(key, body)
    check_expected(held(act, change, key), expected)
    _check_owner(act, change, key)
    return _put(act, change, (wanted,), ()), wanted


def add_term(act: Act, known_as: str, list_id: str, body: Document) -> tuple[Change, Piece]:
    """A new term in a list, under an id that is made for it."""
    change = change_of(act, known_as)
    number = term_id(body)
    while held(act, change, key := Key(Kind.TERM, f"{list_id}/{number}")) is not None:
        number = f"{term_id(body)}-{token_hex(2)}"
    _check_owner(act, change, key)
    wanted = piece(key, body)
    return _put(act, change, (wanted,), ()), wanted


def remove(act: Act, known_as: str, key: Key, expected: str | None) -> Change:
    """Let the change take a piece out, with the terms of a list and the wordings of a notice."""
    change = change_of(act, known_as)
    there = held(act, change, key)
    if there is None:
        raise Unknown("There is no such document to take out.")
    check_expected(there, expected)
    return _put(act, change, (), (key, *_inner(act, change, key)))


def put_many(act: Act, known_as: str, wanted: Iterable[Piece], gone: Iterable[Key]) -> Change:
    """Many at once, as an import brings them: one revision, one audit line. What each replaces is what is published now."""
    return _put(act, change_of(act, known_as), tuple(wanted), tuple(gone))


def revert(act: Act, known_as: str, key: Key, expected: str | None) -> Change:
    """Take back the change's edit of a piece, so that it leaves the published one alone."""
    change = change_to_move(act, known_as, Move.EDIT, None, is_bound=False)
    edit = act.unit.changes.edit(change.id, key)
    if edit is None:
        raise Unknown("The change does not edit this document.")
    check_expected(held(act, change, key), expected)
    act.actor.check(Role.CURATOR, edit_scopes(act, edit, notice_regions(act.unit, change.id)), act.ground.places)
    changed = next_revision(act, change)
    act.unit.changes.drop(change.id, changed.revision, key)
    act.note("change.edited", change.id, {"reverted": str(key), "revision": changed.revision, "edits": revision_hash((), (key,))})
    return changed


def comment(act: Act, known_as: str, text: str) -> Comment:
    """Say something about a change; whoever may view anything of it may."""
    change = change_of(act, known_as)
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise InvalidDocument(f"A comment has 1 to {LONGEST_TEXT} characters.", "/text")
    made = act.unit.changes.comment(change.id, act.actor.person, act.now, text)
    act.note("change.commented", change.id, {"comment": made.number})
    return made


def _put(act: Act, change: Change, wanted: tuple[Piece, ...], gone: tuple[Key, ...]) -> Change:
    moved(change.state, Move.EDIT)
    brought = {one.key.id: str(one.body.get("region", WORLD)) for one in wanted if one.key.kind is Kind.NOTICE}
    known_regions = notice_regions(act.unit, change.id)

    def regions(notice: str) -> str:
        return brought.get(notice) or known_regions(notice)

    keys = (*(one.key for one in wanted), *gone)
    all_kept, all_edits = act.unit.releases.several(keys), act.unit.changes.several(change.id, keys)
    edits: list[Edit] = []
    reverted: list[Key] = []
    seen_keys: set[Key] = set()
    scopes: dict[Scope, None] = {}
    for key, body, hash_ in (*((one.key, one.body, one.hash) for one in wanted), *((key, None, None) for key in gone)):
        if key in seen_keys:
            raise InvalidDocument(f"The {key} is given twice.")
        seen_keys.add(key)
        kept, edit = all_kept.get(key), all_edits.get(key)
        before = edit.hash if edit else kept.hash if kept else None
        for seen in (body, edit.body if edit else None, kept.piece.body if kept else None):
            if seen is not None:
                scopes.update(dict.fromkeys(scopes_of(key, seen, regions)))
        base = edit.base if edit else kept.hash if kept else None
        if hash_ == before:
            continue
        if hash_ == base:
            reverted.append(key)
        else:
            edits.append(Edit(key, base, hash_, body, act.actor.person, act.now))
    act.actor.check(Role.CURATOR, scopes, act.ground.places)
    if not edits and not reverted:
        return change
    changed = next_revision(act, change)
    for key in reverted:
        act.unit.changes.drop(change.id, changed.revision, key)
    act.unit.changes.put(change.id, changed.revision, edits)
    named = [str(edit.key) for edit in edits] + [str(key) for key in reverted]
    detail = {"documents": named[:20], "count": len(named), "revision": changed.revision, "edits": revision_hash(edits, reverted)}
    act.note("change.edited", change.id, detail)
    return changed


def _inner(act: Act, change: Change, key: Key) -> tuple[Key, ...]:
    """The pieces that belong to one, as the change has it."""
    kind = {Kind.LIST: Kind.TERM, Kind.NOTICE: Kind.WORDING}.get(key.kind)
    if kind is None:
        return ()
    there = {kept.piece.key: True for kept in act.unit.releases.find(kind, Wanted(owner=key.id, limit=sys.maxsize))}
    there |= {edit.key: edit.hash is not None for edit in act.unit.changes.edits(change.id) if edit.key.parent == key}
    return tuple(one for one, is_held in there.items() if is_held)


def _check_owner(act: Act, change: Change, key: Key) -> None:
    if key.parent is not None and held(act, change, key.parent) is None:
        raise NotAPiece(f"The {key} belongs to the {key.parent}, which is not there; make that first.")


def _check_about(about: About, act: Act) -> None:
    if not about.title.strip() or len(about.title) > LONGEST_TITLE or not about.title.isprintable():
        raise InvalidDocument(f"A title has 1 to {LONGEST_TITLE} printable characters.", "/title")
    if "\0" in about.reason + about.source:
        raise InvalidDocument("A text cannot hold the character NUL.", "/reason")
    if len(about.reason) > LONGEST_TEXT:
        raise InvalidDocument(f"A reason has at most {LONGEST_TEXT} characters.", "/reason")
    if about.source and not _is_https(about.source):
        raise InvalidDocument("A source is an https address.", "/source")
    if (about.when is When.AT) != (about.publish_at is not None):
        raise InvalidDocument("A time to publish at goes with `at`, and with nothing else.", "/publish_at")
    if about.publish_at is not None and about.publish_at <= act.now:
        raise InvalidDocument("The time to publish at must lie ahead.", "/publish_at")


def _is_https(text: str) -> bool:
    try:
        found = urlsplit(text)
    except ValueError:
        return False
    return found.scheme == "https" and bool(found.hostname)
