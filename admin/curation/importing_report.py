"""What came of an import as plain JSON, the same for the API and the command line; no rules."""

from admin.curation.importing import Imported
from admin.curation.importing_comparison import Compared, Outcome, Words
from admin.curation.importing_values import Mode
from admin.curation.telling import change_line, key_document
from notices.documents import Document

MOST_DOCUMENTS = 500
"""Documents that are told one by one, those that differ first; the rest is counted."""

MOST_NOTES = 500


def imported_document(imported: Imported, mode: Mode, *, is_dry: bool) -> Document:
    """The report, with the change if there is one."""
    found = imported.comparison
    return {
        "change": change_line(imported.change) if imported.change else None,
        "dry_run": is_dry,
        "mode": mode.value,
        "encoding": imported.encoding,
        **{outcome.value: found.count(outcome) for outcome in Outcome},
        "document_count": len(found.documents),
        "documents": [_compared(one) for one in found.documents[:MOST_DOCUMENTS]],
        "note_count": len(imported.notes),
        "notes": [
            {"row": note.row, "column": note.column, "code": note.code, "detail": note.message} for note in imported.notes[:MOST_NOTES]
        ],
    }


def _compared(one: Compared) -> Document:
    return {
        **key_document(one.key),
        "outcome": one.outcome.value,
        "inner": {outcome.value: one.inner[outcome] for outcome in Outcome},
        "words": {"gained": _words(one.gained), "lost": _words(one.lost)},
    }


def _words(words: Words) -> Document:
    return {"count": words.count, "first": list(words.first)}
