"""Audit lines as JSON lines and as a table, page by page, the same over HTTP and on the command line; which are looked for, others say."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Final

from admin.curation.telling import text_of
from notices.csv_cells import guarded
from notices.documents import Document
from review.audit import AuditLine
from store.values import Lines

PAGE: Final = 500
COLUMNS: Final = ("number", "at", "actor", "way", "action", "subject", "outcome", "detail", "previous", "hash")


class Form(StrEnum):
    """How an export is written."""

    JSONL = "jsonl"
    CSV = "csv"


def audit_document(line: AuditLine) -> Document:
    """A line as JSON, with everything that its hash is over."""
    return {
        "number": line.number,
        "at": line.at.isoformat(),
        "actor": line.actor,
        "way": line.way,
        "action": line.action,
        "subject": line.subject,
        "outcome": line.outcome,
        "detail": dict(line.detail),
        "previous": line.previous,
        "hash": line.hash,
    }


def head_text(form: Form) -> str:
    """What an export begins with."""
    return _row(COLUMNS) if form is Form.CSV else ""


def lines_text(lines: Iterable[AuditLine], form: Form) -> str:
    """Some lines of an export; no cell of the table is one that a spreadsheet takes for a formula."""
    if form is Form.JSONL:
        return "".join(f"{text_of(audit_document(line))}\n" for line in lines)
    return "".join(map(_line_row, lines))


def pages(wanted: Lines, find: Callable[[Lines], tuple[AuditLine, ...]]) -> Iterator[tuple[AuditLine, ...]]:
    """Everything that is looked for, the newest first, so many at a time."""
    part: Lines | None = replace(wanted, limit=PAGE)
    while part is not None:
        found = find(part)
        if found:
            yield found
        part = following(part, found)


def following(part: Lines, found: tuple[AuditLine, ...]) -> Lines | None:
    """The next page; None after the last one."""
    return replace(part, before=found[-1].number) if len(found) == part.limit else None


def filters(wanted: Lines) -> Document:
    """What was looked for, for the audit line of the export."""
    asked = (
        ("actor", wanted.actor),
        ("action", wanted.action),
        ("subject", wanted.subject),
        ("outcome", wanted.outcome),
        ("text", wanted.text),
    )
    moments = (("from", wanted.from_at), ("to", wanted.to_at))
    return {**{name: value for name, value in asked if value}, **{name: at.isoformat() for name, at in moments if at}}


def _line_row(line: AuditLine) -> str:
    document = {**audit_document(line), "detail": text_of(dict(line.detail))}
    return _row(tuple(guarded(str(document[name])) for name in COLUMNS))


def _row(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
