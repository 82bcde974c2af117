"""What the worker process is asked to do: use cases that take long, with plain values in and out. No HTTP."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from admin.curation.acting import SYSTEM, Act, acting, looking
from admin.curation.exporting import ACTION as EXPORTED
from admin.curation.exporting import Selection, exported, note_export
from admin.curation.importing import Imported, Order, import_file, not_told
from admin.curation.importing_progress import Progress
from admin.curation.importing_report import imported_document
from admin.curation.once import answered, keep
from admin.curation.previewing import draft_live, findings_now, preview
from admin.curation.publishing import due, publish, roll_back
from admin.curation.telling import findings_document, plain, preview_document, release_line
from admin.errors import AdminError
from admin.publishing import put_out, stored_envelope
from admin.sheets.writing import write
from admin.workbench import Workbench
from notices.consider import consider
from notices.decision import Request
from notices.documents import Document
from notices.errors import InvalidDocument, NoticesError
from notices.explain import explain_document
from notices.release_file import read_envelope
from review.errors import ReviewError, Unknown
from review.events import Event
from review.people import Actor

NotYet = ReviewError | NoticesError | AdminError
NOT_YET: Final = (ReviewError, NoticesError, AdminError)
"""What publishing says no with until something moves; a store that cannot be used now is another matter."""


def effect_job(bench: Workbench, actor: Actor, known_as: str) -> Document:
    """What a change would do."""
    return preview_document(preview(bench, actor, known_as))


def explain_draft_job(bench: Workbench, actor: Actor, known_as: str, asked: Request, at: datetime) -> Document:
    """The explanation of an answer by the release that a change would make."""
    live = draft_live(bench, actor, known_as)
    return explain_document(consider(asked, live, at, public_url=bench.settings.url), live)


def checks_job(bench: Workbench, actor: Actor, number: int | None) -> Document:
    """What does not hold for a stored release, the latest one without a number."""
    return findings_document(findings_now(bench, actor, number))


def envelope_job(bench: Workbench, actor: Actor, number: int) -> bytes:
    """A stored release whole, as JSON in UTF-8."""
    with looking(bench.desk, actor) as act:
        stored = stored_envelope(act.unit, number)
    if stored is None:
        raise Unknown("There is no such release.")
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode()


def publish_job(bench: Workbench, actor: Actor, known_as: Sequence[str], key: str | None, fingerprint: str) -> tuple[int, Any]:
    """Publish changes as one release, once for a key."""
    with looking(bench.desk, actor) as act:
        known = answered(act, key, fingerprint)
    if known is not None:
        return known
    head = publish(bench.press, actor, known_as, lambda act, head: keep(act, key, fingerprint, 201, release_line(head)))
    return 201, release_line(head)


def roll_back_job(bench: Workbench, actor: Actor, number: int, reason: str, key: str | None, fingerprint: str) -> tuple[int, Any]:
    """Roll back to an older release, once for a key."""
    with looking(bench.desk, actor) as act:
        known = answered(act, key, fingerprint)
    if known is not None:
        return known
    head = roll_back(bench.press, actor, number, reason, lambda act, head: keep(act, key, fingerprint, 201, release_line(head)))
    return 201, release_line(head)


def publish_due_job(bench: Workbench) -> list[int]:
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
    except NOT_YET as error:
        if len(ready) == 1:
            _tell_refused(bench, ready[0], number, error)
            return []
    published = []
    for one in ready:
        try:
            published.append(publish(bench.press, SYSTEM, (one,)).number)
        except NOT_YET as error:
            _tell_refused(bench, one, number + len(published), error)
    return published


def import_job(
    bench: Workbench, actor: Actor, order: Order, data: bytes, key: str | None, fingerprint: str, progress: Path | None = None
) -> tuple[int, Any]:
    """Bring a file into a change, once for a key; `progress` is a file that is told how far it is."""
    mark = f"{fingerprint} {hashlib.sha256(data).hexdigest()}"
    with looking(bench.desk, actor) as act:
        known = answered(act, key, mark)
    if known is not None:
        return known
    tell = Progress(progress).tell if progress else not_told

    def told(imported: Imported) -> Any:
        return plain(imported_document(imported, order.mode, is_dry=order.into.is_dry))

    imported = import_file(bench.desk, actor, order, data, tell, lambda act, imported: keep(act, key, mark, 201, told(imported)))
    return 200 if imported.change is None else 201, told(imported)


def export_job(bench: Workbench, actor: Actor, selection: Selection) -> bytes:
    """Published documents as a file, with an audit line; raises CannotWrite where a format cannot hold them."""
    with looking(bench.desk, actor) as act:
        values = exported(act, selection)
    written = write(selection.kind, selection.form, values)
    with acting(bench.desk, actor, EXPORTED, selection.kind.value) as act:
        note_export(act, selection, len(values))
    return written


def release_file_job(bench: Workbench) -> None:
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
        put_out(stored, bench.press.file, bench.desk.store)


def _was_refused(act: Act, known_as: str, number: int) -> bool:
    return act.unit.events.told(Event.RELEASE_FAILED.value, _attempt(act, known_as, number))


def _attempt(act: Act, known_as: str, number: int) -> str:
    change = act.unit.changes.get(known_as)
    return f"{known_as} {change.tag if change else ''} on {number}"


def _tell_refused(bench: Workbench, known_as: str, number: int, error: NotYet) -> None:
    with acting(bench.desk, SYSTEM, "release.failed", known_as) as act:
        act.tell(Event.RELEASE_FAILED, _attempt(act, known_as, number), {"change": known_as, "code": error.code, "why": str(error)})
