"""From approved changes, or an older release, to a new one: built, checked, signed and stored whole, with its audit lines, or not at all."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from admin.curation.acting import REFUSALS, Act, Desk, looking, refused
from admin.curation.building import Built, document_of, from_changes, from_release
from admin.errors import KeyProblem
from admin.links import not_asked
from admin.publishing import envelope, put_out, stored_envelope, stored_head, unaltered
from keywords.checks import Finding, errors
from notices.checks import check_release
from notices.documents import Document, from_document, to_document
from notices.errors import InvalidDocument, UntrustedRelease
from notices.link_checks import new_links
from notices.release import Release
from notices.signing import SignedRelease, TrustedKey, sign, verify_signatures
from review.change import Change, State, When
from review.errors import Blocked, Stale
from review.events import Event
from review.moves import Move, moved
from review.people import Actor
from review.pieces import plain_document
from review.proof_rows import StoredHead

TRIES: Final = 3
"""How often a release is built anew because another one was published meanwhile."""


Links = Callable[[Release, Collection[str]], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Press:
    """What publishing needs beside the desk: the keys to sign with, the file that serving processes follow, whose releases are built upon.

    `links` asks the servers of the addresses that a release brings.
    """

    desk: Desk
    keys: Callable[[], Collection[Ed25519PrivateKey]]
    file: Path
    trusted: Callable[[], Collection[TrustedKey]]
    links: Links = not_asked


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
    job = _Job("release.published", ",".join(known_as), lambda act: from_changes(act, known_as), also, is_gated=True)
    return _pressed(press, actor, job)


def roll_back(press: Press, actor: Actor, number: int, reason: str, also: Also = lambda _act, _head: None) -> StoredHead:
    """Publish what an older release held as a new one, at once: an admin of everything that differs may, since it was approved before."""
    job = _Job("release.rolled_back", str(number), lambda act: from_release(act, number, reason), also, is_gated=False)
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
    before, *_ = (unaltered(stored, press.trusted()) for stored in rests_on)
    document = document_of(built, act.now.isoformat(), "")
    release = from_document(document, Release)
    if plain_document(to_document(release)) != document:
        raise InvalidDocument("A document of it is not in its normal form, so that its signature could not be verified.")
    if job.is_gated:
        _gate(before, release, press)
    with press.desk.store.writing() as unit:
        act = Act(unit, actor, press.desk.clock(), press.desk.grounds)
        _check_unmoved(act, built)
        last = act.unit.journal.last()
        document = document_of(built, act.now.isoformat(), last.hash if last else "")
        signed = sign(from_document(document, Release), press.keys())
        _check_trusted(signed, press)
        head = stored_head(signed, {name: value for name, value in document.items() if name in _HEAD})
        act.unit.releases.add(head, built.gone, built.new)
        _write_down(act, built, head)
        job.also(act, head)
    put_out(envelope(document, signed.digest, head.signatures), press.file, press.desk.store)
    return head


_HEAD: Final = frozenset({"number", "made_at", "previous", "changes", "rollback_of", "audit", "format"})


def _check_trusted(signed: SignedRelease, press: Press) -> None:
    """Raise KeyProblem for a release that nobody would serve, and nothing could be built upon."""
    try:
        verify_signatures(signed.digest, signed.signatures, press.trusted(), signed.release.made_at)
    except UntrustedRelease as error:
        raise KeyProblem("None of the signing keys is trusted now: SIGNPOST_TRUSTED_KEYS must hold the public half of one.") from error


def _gate(before: Release, release: Release, press: Press) -> None:
    """Raise Blocked for errors that the release before it did not have: an old one must not keep a mending change out."""
    found = errors(check_release(release))
    if found:
        standing = {mark_of(one) for one in errors(check_release(replace(before, made_at=release.made_at)))}
        found = tuple(one for one in found if mark_of(one) not in standing)
    if new := (*found, *errors(press.links(release, new_links(before, release)))):
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
