"""What the worker process is asked to do: use cases that take long, with plain values in and out. No HTTP."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from admin.api.answers import plain
from admin.bench import Bench
from admin.curation.acting import SYSTEM, Act, acting, looking
from admin.curation.exporting import ACTION as EXPORTED
from admin.curation.exporting import Selection, exported, note_export
from admin.curation.importing import Imported, Order, import_file, not_told
from admin.curation.importing_progress import Progress
from admin.curation.importing_report import imported_document
from admin.curation.once import KEPT, LONGEST_KEY, once
from admin.curation.previewing import draft_live, findings_now, preview
from admin.curation.publishing import due, publish, roll_back
from admin.curation.telling import findings_document, preview_document, release_line
from admin.publishing import stored_envelope, write_release_file
from admin.sheets.writing import write
from notices.consider import consider
from notices.decision import Request
from notices.documents import Document
from notices.errors import InvalidDocument
from notices.explain import explain_document
from notices.release_file import read_envelope
from review.access import Answer
from review.errors import ReviewError, Unknown
from review.events import Event
from review.people import Actor
from review.proof_rows import StoredHead


def effect_job(bench: Bench, actor: Actor, known_as: str) -> Document:
    """What a change would do."""
    return preview_document(preview(bench, actor, known_as))


def explain_draft_job(bench: Bench, actor: Actor, known_as: str, asked: Request, at: datetime) -> Document:
    """The explanation of an answer by the release that a change would make."""
    live = draft_live(bench, actor, known_as)
    return explain_document(consider(asked, live, at, public_url=bench.settings.url), live)


def checks_job(bench: Bench, actor: Actor, number: int | None) -> Document:
    """What does not hold for a stored release, the latest one without a number."""
    return findings_document(findings_now(bench, actor, number))


def envelope_job(bench: Bench, actor: Actor, number: int) -> bytes:
    """A stored release whole, as JSON in UTF-8."""
    with looking(bench.desk, actor) as act:
        stored = stored_envelope(act.unit, number)
    if stored is None:
        raise Unknown("There is no such release.")
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode()


def publish_job(bench: Bench, actor: Actor, known_as: Sequence[str], key: str | None, fingerprint: str) -> tuple[int, Any]:
    """Publish changes as one release, once for a key."""
    known = _answered(bench, actor, key, fingerprint)
    if known is not None:
        return known
    head = publish(bench.press, actor, known_as, lambda act, head: _keep(act, head, key, fingerprint))
    return 201, release_line(head)


def roll_back_job(bench: Bench, actor: Actor, number: int, reason: str, key: str | None, fingerprint: str) -> tuple[int, Any]:
    """Roll back to an older release, once for a key."""
    known = _answered(bench, actor, key, fingerprint)
    if known is not None:
        return known
    head = roll_back(bench.press, actor, number, reason, lambda act, head: _keep(act, head, key, fingerprint))
    return 201, release_line(head)


def publish_due_job(bench: Bench) -> list[int]:
    """Publish what is due: all of it as one release; where that is refused, each change by itself. The releases' numbers.

    What is refused is told once, until the change or what is published moves on.
    """
    with looking(bench.desk, SYSTEM) as act:
        latest = act.unit.releases.latest()
        number = latest.number if latest else 0
        ready = tuple(one for one in due(act) if not _was_refused(act, one, number))
    if not ready:
        return []
    try:
        return [publish(bench.press, SYSTEM, ready).number]
    except ReviewError as error:
        if len(ready) == 1:
            _tell_refused(bench, ready[0], number, error)
            return []
    published = []
    for one in ready:
        try:
            published.append(publish(bench.press, SYSTEM, (one,)).number)
        except ReviewError as error:
            _tell_refused(bench, one, number + len(published), error)
    return published


def import_job(
    bench: Bench, actor: Actor, order: Order, data: bytes, key: str | None, fingerprint: str, progress: Path | None = None
) -> tuple[int, Any]:
    """Bring a file into a change, once for a key; `progress` is a file that is told how far it is."""
    mark = f"{fingerprint} {hashlib.sha256(data).hexdigest()}"
    known = _answered(bench, actor, key, mark)
    if known is not None:
        return known
    tell = Progress(progress).tell if progress else not_told

    def keep(act: Act, imported: Imported) -> None:
        if key is not None:
            act.unit.once.forget(act.now - KEPT)
            act.unit.once.keep(
                actor.person, key, Answer(mark, 201, plain(imported_document(imported, order.mode, is_dry=order.into.is_dry)), act.now)
            )

    imported = import_file(bench.desk, actor, order, data, tell, keep)
    return 200 if imported.change is None else 201, plain(imported_document(imported, order.mode, is_dry=order.into.is_dry))


def export_job(bench: Bench, actor: Actor, selection: Selection) -> bytes:
    """Published documents as a file, with an audit line; raises CannotWrite where a format cannot hold them."""
    with looking(bench.desk, actor) as act:
        values = exported(act, selection)
    written = write(selection.kind, selection.form, values)
    with acting(bench.desk, actor, EXPORTED, selection.kind.value) as act:
        note_export(act, selection, len(values))
    return written


def release_file_job(bench: Bench) -> None:
    """Write the latest release to the file that serving processes follow, where the file holds an older one."""
    with looking(bench.desk, SYSTEM) as act:
        latest = act.unit.releases.latest()
        stored = stored_envelope(act.unit)
    if latest is None or stored is None:
        return
    try:
        number = read_envelope(bench.press.file)["release"]["number"]
    except (InvalidDocument, KeyError, TypeError):
        number = 0
    if number < latest.number:
        write_release_file(stored, bench.press.file)


def _was_refused(act: Act, known_as: str, number: int) -> bool:
    return act.unit.events.told(Event.RELEASE_FAILED.value, _attempt(act, known_as, number))


def _attempt(act: Act, known_as: str, number: int) -> str:
    change = act.unit.changes.get(known_as)
    return f"{known_as} {change.tag if change else ''} on {number}"


def _tell_refused(bench: Bench, known_as: str, number: int, error: ReviewError) -> None:
    with acting(bench.desk, SYSTEM, "release.failed", known_as) as act:
        act.tell(Event.RELEASE_FAILED, _attempt(act, known_as, number), {"change": known_as, "code": error.code, "why": str(error)})


def _answered(bench: Bench, actor: Actor, key: str | None, fingerprint: str) -> tuple[int, Any] | None:
    """What was answered when the key came first; raises KeyUsedBefore for another request under it."""
    if key is None:
        return None
    with looking(bench.desk, actor) as act:
        if act.unit.once.get(actor.person, key) is None:
            return None
        return once(act, key, fingerprint, lambda: (0, None))


def _keep(act: Act, head: StoredHead, key: str | None, fingerprint: str) -> None:
    if key is not None:
        act.unit.once.keep(act.actor.person, key[:LONGEST_KEY], Answer(fingerprint, 201, release_line(head), act.now))
