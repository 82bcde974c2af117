"""Which findings the release's waivers lift, and what is wrong with the waivers themselves; not what they are (see waivers)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from keywords.known_checks import Finding, Severity
from notices.known_checks import CHECKS
from notices.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Lifted:
    """A finding that blocks nothing, and the waiver that says why."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Weighed:
    """The findings that stand, those about waivers included, and those that are lifted."""

    standing: tuple[Finding, ...]
    lifted: tuple[Lifted, ...] = ()


def weigh(findings: Iterable[Finding], waivers: Sequence[Waiver], today: date) -> Weighed:
    """Each finding stands or is lifted by the first waiver in force that covers it."""
    problems = [_problem(waiver, today) for waiver in waivers]
    in_force = [waiver for waiver, problem in zip(waivers, problems, strict=True) if problem is None]
    used: set[Waiver] = set()
    standing: list[Finding] = []
    lifted: list[Lifted] = []
    for finding in findings:
        waiver = next((one for one in in_force if one.covers(finding.code, finding.place)), None)
        if waiver is None:
            standing.append(finding)
        else:
            lifted.append(Lifted(finding, waiver))
            used.add(waiver)
    standing.extend(problem for problem in problems if problem is not None)
    standing.extend(_unused(waiver for waiver in in_force if waiver not in used))
    return Weighed(tuple(standing), tuple(lifted))


def _problem(waiver: Waiver, today: date) -> Finding | None:
    """Why the waiver is not in force."""
    place = f"waiver {waiver.code} {waiver.place}"
    known = CHECKS.get(waiver.code)
    if known is None:
        return Finding(Severity.ERROR, "waiver_not_allowed", place, f"there is no code {waiver.code}")
    if not known.is_waivable:
        return Finding(Severity.ERROR, "waiver_not_allowed", place, f"nobody may waive {waiver.code}")
    if not waiver.reason.strip() or not waiver.by.strip():
        return Finding(Severity.ERROR, "waiver_without_reason", place, "it needs a reason, and who gave it")
    if waiver.is_over(today):
        return Finding(Severity.WARNING, "waiver_expired", place, f"its last day was {waiver.until}")
    return None


def _unused(waivers: Iterable[Waiver]) -> Iterator[Finding]:
    """A code that only a look outside finds cannot tell from a release alone whether it is needed."""
    for waiver in waivers:
        if not CHECKS[waiver.code].is_asked_outside:
            place = f"waiver {waiver.code} {waiver.place}"
            yield Finding(Severity.WARNING, "waiver_unused", place, "there is no such finding there")
