"""That the audit chain is whole, and that each release is tied into it at its place; what a release holds is in proof_releases."""

from collections.abc import Iterator
from typing import Final

from notices.documents import Document
from review.audit import AuditLine, broken_lines
from review.proof_rows import DONE, Exported, Problem, StoredHead

PUBLISHED: Final = "release.published"
_SAID: Final = ("digest", "previous", "changes", "rollback_of")


def chain_problems(exported: Exported) -> Iterator[Problem]:
    """Broken lines; releases that the audit does not know, or knows otherwise; the hash of the line before each."""
    for broken in broken_lines(exported.audit, exported.ever_written):
        yield Problem(f"audit line {broken.number}", broken.why)
    heads = {head.number: head for head in exported.heads}
    places: dict[str, list[int]] = {}
    for place, line in enumerate(exported.audit):
        if line.action == PUBLISHED and line.outcome == DONE:
            places.setdefault(line.subject, []).append(place)
    for subject, found in places.items():
        if len(found) > 1:
            yield Problem(f"release {subject}", "the audit says more than once that it was published")
        if subject not in map(str, heads):
            yield Problem(f"release {subject}", "the audit says that it was published, but it is not there")
    for head in heads.values():
        found = places.get(str(head.number), [])
        if not found:
            if head.number > 1 or head.head.get("changes"):  # a starter may be older than the audit
                yield Problem(f"release {head.number}", "no audit line says that it was published")
            continue
        yield from _told_otherwise(head, exported.audit[found[0]])
        yield from _tie(head, exported.audit, found[0])


def _told_otherwise(head: StoredHead, line: AuditLine) -> Iterator[Problem]:
    document: Document = {**head.head, "digest": head.digest, "previous": head.previous}
    for name in _SAID:
        is_told = name in line.detail or (name == "digest" or (name in document and head.number > 1))
        if is_told and line.detail.get(name) != document.get(name):
            yield Problem(f"release {head.number}", f"its {name} is not the one in audit line {line.number}, which tells of its publishing")


def _tie(head: StoredHead, lines: tuple[AuditLine, ...], place: int) -> Iterator[Problem]:
    """`audit` in the signed release is the hash of the line before those of its publishing."""
    first = place
    while first and _is_of(lines[first - 1], head.number):
        first -= 1
    before = lines[first - 1].hash if first else ""
    tied = head.head.get("audit", "")
    if head.number == 1 and not tied:
        return
    if tied != before:
        why = "the audit line before its publishing does not have the hash that the signed release carries"
        yield Problem(f"release {head.number}", f"{why} (audit line {lines[first - 1].number if first else 0})")


def _is_of(line: AuditLine, number: int) -> bool:
    return line.action == "change.published" and line.outcome == DONE and line.detail.get("release") == number
