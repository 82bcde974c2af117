"""That the edits of every change are those that its audit lines tell of, revision by revision; what became of them is in proof_contents."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from review.audit import AuditLine
from review.change import revision_hash
from review.pieces import Key, hash_of
from review.proof_rows import EditRow, Exported, Problem, lines_about, named, whole_number

EDITING: Final = frozenset({"change.edited", "change.rebased"})


def edit_problems(exported: Exported) -> Iterator[Problem]:
    """Rows that are not what was written, and revisions that are not whole."""
    rows: dict[str, list[EditRow]] = defaultdict(list)
    for row in exported.edits:
        rows[row.change].append(row)
    lines = lines_about(exported, "change.")
    changes = {change.id for change in exported.changes}
    for change in dict.fromkeys((*rows, *lines)):
        edited = [line for line in lines.get(change, ()) if line.action in EDITING]
        yield from _revision_problems(change, rows.get(change, []), {whole_number(line, "revision"): line for line in edited})
        if change not in changes:
            yield Problem(f"change {change}", "the audit or an edit tells of it, but it is not there")


def _revision_problems(change: str, rows: list[EditRow], lines: dict[int, AuditLine]) -> Iterator[Problem]:
    written: dict[int, list[EditRow]] = defaultdict(list)
    ended: dict[int, list[Key]] = defaultdict(list)
    for row in rows:
        yield from _row_problems(row, lines.get(row.revision))
        written[row.revision].append(row)
        if row.until_revision is not None:
            ended[row.until_revision].append(row.edit.key)
            if row.until_revision not in lines or row.until_revision <= row.revision:
                yield Problem(named(row), f"it cannot have ended with revision {row.until_revision}")
    yield from _overlaps(rows)
    for revision, line in lines.items():
        anew = {row.edit.key for row in written[revision]}
        dropped = [key for key in ended[revision] if key not in anew]
        if line.detail.get("edits") != revision_hash((row.edit for row in written[revision]), dropped):
            yield Problem(f"change {change}", f"the edits of its revision {revision} are not those of audit line {line.number}")


def _row_problems(row: EditRow, line: AuditLine | None) -> Iterator[Problem]:
    edit = row.edit
    try:
        is_same = (None if edit.body is None else hash_of(edit.key, edit.body)) == edit.hash
    except (TypeError, ValueError):
        is_same = False
    if not is_same:
        yield Problem(named(row), "its content does not have its hash")
    if line is None:
        yield Problem(named(row), "no audit line tells of it")
    elif (line.actor, line.at) != (edit.author, edit.at):
        yield Problem(named(row), f"audit line {line.number} says that somebody else wrote it, or at another time")


def _overlaps(rows: list[EditRow]) -> Iterator[Problem]:
    last: dict[Key, EditRow] = {}
    for row in sorted(rows, key=lambda one: one.revision):
        before = last.get(row.edit.key)
        if before is not None and (before.until_revision is None or before.until_revision > row.revision):
            yield Problem(named(row), "another edit of the same document holds in that revision")
        last[row.edit.key] = row
