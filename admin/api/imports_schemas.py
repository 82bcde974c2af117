"""What importing and exporting takes and gives over HTTP."""

from typing import Any, Final

from marshmallow import Schema, fields, validate

from admin.api.change_schemas import ChangeLineSchema
from admin.curation.importing import OURS
from admin.curation.importing_values import Mode
from admin.sheets.findings import SheetFormat, SheetKind
from notices.campaign import Topic

LONGEST: Final = 10_000


def _of(kind: Any) -> validate.OneOf:
    return validate.OneOf([member.value for member in kind])


def _said(description: str) -> dict[str, Any]:
    return {"metadata": {"description": description}}


class ImportQuerySchema(Schema):
    """What the file is, and what is to be done with it."""

    kind = fields.String(required=True, validate=_of(SheetKind))
    format = fields.String(required=True, validate=_of(SheetFormat))
    mode = fields.String(
        load_default=Mode.MERGE.value,
        validate=_of(Mode),
        **_said("`merge` adds and changes; with `replace` what the file leaves out of a document that it names goes."),
    )
    region = fields.String(**_said("Of keyword lists whose file does not say it."))
    language = fields.String(**_said("Of keyword lists whose file does not say it."))
    topic = fields.String(validate=_of(Topic), **_said("Of keyword lists whose file does not say it."))
    change = fields.String(**_said("The change that it comes into; without one a new one is opened."))
    title = fields.String(validate=validate.Length(1, 200), **_said("Of the new change."))
    reason = fields.String(load_default="", validate=validate.Length(max=LONGEST), **_said("Of the new change; needed before review."))
    dry_run = fields.Boolean(load_default=False, **_said("Only compare, and report."))
    is_async = fields.Boolean(
        load_default=False, data_key="async", **_said("Answer at once with an address at which the progress is told.")
    )


class ExportQuerySchema(Schema):
    """Which documents."""

    region = fields.String(**_said("Of this region and those inside it."))
    language = fields.String(**_said("Lists in it, notices that have words in it; the rest has none."))
    topic = fields.String(validate=_of(Topic), **_said("Lists about it."))
    id = fields.String(**_said("One, such as `DE/de/voting`; a center by its region."))


class _CountsSchema(Schema):
    added = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    removed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)


class InnerSchema(_CountsSchema):
    """Terms of a list or wordings of a notice, by what becomes of them."""


class SomeWordsSchema(Schema):
    """How many words, and the first of them."""

    count = fields.Integer(required=True)
    first = fields.List(fields.String(), required=True)


class ImportedWordsSchema(Schema):
    """Words that a list gains and loses."""

    gained = fields.Nested(SomeWordsSchema, required=True)
    lost = fields.Nested(SomeWordsSchema, required=True)


class ImportedDocumentSchema(Schema):
    """One document of the file."""

    kind = fields.String(required=True)
    id = fields.String(required=True)
    outcome = fields.String(required=True)
    inner = fields.Nested(InnerSchema, required=True)
    words = fields.Nested(ImportedWordsSchema, required=True)


class ImportNoteSchema(Schema):
    """Something that was read otherwise than it stands, or left out."""

    row = fields.Integer(required=True, allow_none=True)
    column = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)


class ImportReportSchema(_CountsSchema):
    """How the file differs from what is there; the first 500 documents, those that differ before the others."""

    change = fields.Nested(ChangeLineSchema, required=True, allow_none=True)
    dry_run = fields.Boolean(required=True)
    mode = fields.String(required=True)
    encoding = fields.String(required=True, allow_none=True)
    document_count = fields.Integer(required=True)
    documents = fields.List(fields.Nested(ImportedDocumentSchema), required=True)
    note_count = fields.Integer(required=True)
    notes = fields.List(fields.Nested(ImportNoteSchema), required=True)


class ImportProgressSchema(Schema):
    """An import that is under way, or done: then with its report."""

    id = fields.String(required=True)
    state = fields.String(required=True, **_said("`running` or `done`; one that was refused is told as that problem."))
    step = fields.String(required=True, **_said("`waiting`, `reading`, `comparing` or `writing`."))
    done = fields.Integer(required=True)
    total = fields.Integer(required=True)
    report = fields.Nested(ImportReportSchema, required=True, allow_none=True)


WRITTEN: Final = tuple(sorted(form.value for form in OURS))
"""Formats that files are given out in."""
