"""The audit chain: every line carries the hash of the one before it, so that no row can be altered, added or taken out unnoticed."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from notices.documents import canonical_bytes

BEGINNING: Final = "0" * 64
"""The hash that the first line follows."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what to which thing: `action` is `noun.verb`, `outcome` `done` or the code of a refusal, `detail` plain JSON without secrets."""

    number: int
    at: datetime
    actor: str
    way: str
    action: str
    subject: str
    outcome: str
    detail: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is not as it was written, and what gives it away."""

    number: int
    why: str


def line_hash(line: AuditLine) -> str:
    """The hash that the line should carry: hexadecimal SHA-256 over canonical JSON of everything else in it."""
    document: Any = [
        line.number,
        line.at.isoformat(),
        line.actor,
        line.way,
        line.action,
        line.subject,
        line.outcome,
        dict(line.detail),
        line.previous,
    ]
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def broken_lines(lines: Iterable[AuditLine], last_number: int | None = None) -> Iterator[Broken]:
    """Every line, from the first on, that does not hold; `last_number` is how many were ever written, where that is known."""
    expected, previous = 1, BEGINNING
    for line in lines:
        if line.number < expected:
            yield Broken(line.number, "a line with this number, or a higher one, stands before it")
        elif line.number > expected:
            missing = f"{expected}" if line.number == expected + 1 else f"{expected} to {line.number - 1}"
            yield Broken(line.number, f"audit line {missing} is missing before it")
        elif line.previous != previous:
            yield Broken(line.number, "it does not follow the line before it")
        if not _holds(line):
            yield Broken(line.number, "its content is not what was written")
        expected, previous = max(expected, line.number + 1), line.hash
    if last_number is not None and expected <= last_number:
        yield Broken(expected, f"the last audit lines, {expected} to {last_number}, are missing")


def _holds(line: AuditLine) -> bool:
    try:
        return line_hash(line) == line.hash
    except (TypeError, ValueError):  # somebody wrote into it what no line can hold
        return False
