"""That every change stands where its audit lines leave it: state, revision, content, who and when; and its approvals are those of the audit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from review.audit import AuditLine
from review.change import Approval, Change, State, about_hash, content_hash
from review.proof_rows import EditRow, Exported, Problem, lines_about, named, whole_number

WRITING: Final = frozenset({"change.opened", "change.edited", "change.described", "change.rebased"})
"""The actions that make somebody one of those who wrote the change."""
_LEAVES: Final = {
    **dict.fromkeys(WRITING, State.DRAFT),
    "change.submitted": State.IN_REVIEW,
    "change.rejected": State.REJECTED,
    "change.withdrawn": State.WITHDRAWN,
    "change.published": State.PUBLISHED,
}


def change_problems(exported: Exported) -> Iterator[Problem]:
    """Changes, and their approvals, that are not what was done."""
    lines = lines_about(exported, "change.")
    edits: dict[str, list[EditRow]] = defaultdict(list)
    for row in exported.edits:
        edits[row.change].append(row)
    for change in exported.changes:
        for name, is_so in _claims(change, lines.get(change.id, [])):
            if not is_so:
                yield Problem(named(change), f"its {name} is not what the audit says")
        if change.content and change.content != _content(change, edits[change.id]):
            yield Problem(named(change), "what it says of itself and its edits do not have the content that was reviewed")
    yield from _approval_problems(exported, lines)


def holding(rows: Iterable[EditRow]) -> Iterator[EditRow]:
    """The edits that hold in the end."""
    return (row for row in rows if row.until_revision is None)


def _content(change: Change, rows: Iterable[EditRow]) -> str | None:
    return content_hash(change.about, (row.edit for row in holding(rows)))


def _claims(change: Change, lines: list[AuditLine]) -> Iterator[tuple[str, bool]]:
    """Each fact of a change, and whether its lines say the same."""
    moves = [line for line in lines if line.action in WRITING or line.action in _LEAVES or line.action == "change.approved"]
    writing = [line for line in moves if line.action in WRITING]
    submitted = [line for line in moves if line.action == "change.submitted"]
    published = [line for line in moves if line.action == "change.published"]
    told = [line.detail["about"] for line in writing if "about" in line.detail]
    opened = [line for line in writing if line.action == "change.opened"]
    yield "opening", [(line.actor, line.at) for line in opened] == [(change.opened_by, change.opened_at)]
    yield "description", told[-1:] == [about_hash(change.about)]
    yield "revision", change.revision == max((whole_number(line, "revision") for line in writing), default=0)
    yield "list of authors", change.authors == tuple(dict.fromkeys(line.actor for line in writing))
    yield "time of the last move", [line.at for line in moves[-1:]] == [change.changed_at]
    yield "state", change.state is _state(moves)
    asked: tuple[str | None, datetime | None] = (submitted[-1].actor, submitted[-1].at) if submitted else (None, None)
    yield "submission", asked == (change.submitted_by, change.submitted_at)
    is_edited_since = bool(submitted and writing and writing[-1].number > submitted[-1].number)
    content = submitted[-1].detail.get("content") if submitted and not is_edited_since else ""
    yield "content", change.content == content
    yield "release", [line.detail.get("release") for line in published] == [one for one in (change.release,) if one is not None]


def _state(moves: list[AuditLine]) -> State:
    state = State.DRAFT
    for line in moves:
        if line.action == "change.approved":
            is_enough = whole_number(line, "approvals") >= whole_number(line, "needed")
            state = State.APPROVED if is_enough else State.IN_REVIEW
        else:
            state = _LEAVES[line.action]
    return state


def _approval_problems(exported: Exported, lines: dict[str, list[AuditLine]]) -> Iterator[Problem]:
    """Each approval has its audit line and each line its approval, in the same order."""
    kept: dict[str, list[Approval]] = defaultdict(list)
    for approval in exported.approvals:
        kept[approval.change].append(approval)
    for change in dict.fromkeys((*kept, *lines)):
        told = [
            Approval(change, line.actor, str(line.detail.get("content")), line.at)
            for line in lines.get(change, ())
            if line.action == "change.approved"
        ]
        for approval in kept[change]:
            if approval not in told:
                yield Problem(named(approval), "no audit line tells of it as it is kept")
        for approval in told:
            if approval not in kept[change]:
                yield Problem(named(approval), "the audit tells of it, but it is not kept so")
        if kept[change] != told and sorted(map(str, kept[change])) == sorted(map(str, told)):
            yield Problem(f"change {change}", "its approvals are not in the order of the audit")
