"""That four eyes saw every published change, from the audit alone, and that its release says the same; no rule beyond moves."""

from collections.abc import Iterator

from notices.release import Authorship
from review.audit import AuditLine
from review.proof_changes import WRITING
from review.proof_contents import authorship_of
from review.proof_rows import Exported, Problem, lines_about, whole_number


def eyes_problems(exported: Exported) -> Iterator[Problem]:
    """Changes that were published without the eyes it takes, or by others than the release says."""
    lines = lines_about(exported, "change.")
    said = {
        (one.change, head.number): one
        for head in exported.heads
        if head.head.get("rollback_of") is None
        for one in authorship_of(head) or ()
    }
    told: set[tuple[str, int]] = set()
    for change, found in lines.items():
        for place, line in enumerate(found):
            number = line.detail.get("release")
            if line.action != "change.published" or not isinstance(number, int):
                continue
            told.add((change, number))
            yield from _problems(change, found[:place], line, said.get((change, number)))
    for change, number in said:
        if (change, number) not in told:
            yield Problem(f"change {change}", f"no audit line says that it was published in release {number}")


def _problems(change: str, before: list[AuditLine], published: AuditLine, said: Authorship | None) -> Iterator[Problem]:
    what, content = f"change {change}", published.detail.get("content")
    last = max((place for place, line in enumerate(before) if line.action in WRITING), default=-1)
    writers = tuple(dict.fromkeys(line.actor for line in before if line.action in WRITING))
    since = before[last + 1 :]
    approved = [line for line in since if line.action == "change.approved"]
    approvers = tuple(dict.fromkeys(line.actor for line in approved))
    needed = max((whole_number(line, "needed", 1) for line in approved), default=1)
    if not any(line.action == "change.submitted" and line.detail.get("content") == content for line in since):
        yield Problem(what, "it was published with a content that nobody submitted for review")
    for line in approved:
        if line.actor in writers:
            yield Problem(what, f"{line.actor}, who wrote some of it, approved it (audit line {line.number})")
        if line.detail.get("content") != content:
            yield Problem(what, f"audit line {line.number} approves another content than the published one")
    if len(approvers) < needed:
        yield Problem(what, f"it was published with {len(approvers)} approvals after its last edit, and took {needed}")
    if said is None:
        yield Problem(what, f"release {published.detail.get('release')}, in which it was published, does not name it")
        return
    if said.approvers != approvers:
        yield Problem(what, "its release names other approvers than the audit")
    if said.authors != writers:
        yield Problem(what, "its release names other authors than the audit")
    if said.content != content:
        yield Problem(what, "its release names another content than the audit")
