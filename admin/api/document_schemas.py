"""What the side door takes and gives about documents, published ones and edited ones."""

from marshmallow import Schema, fields, validate

from admin.api.answers import PageQuerySchema, one_of, said
from admin.api.change_schemas import ChangeLineSchema
from review.pieces import Kind


class DocumentSchema(Schema):
    """A published document."""

    kind = fields.String(required=True, validate=one_of(Kind))
    id = fields.String(required=True)
    document = fields.Raw(
        required=True, allow_none=True, **said("As docs/curating.md describes it for its kind; what has its default is left out.")
    )
    tag = fields.String(required=True, allow_none=True, **said("Its ETag."))
    first_release = fields.Integer(**said("Since which release it holds."))
    last_release = fields.Integer(allow_none=True, **said("Up to which one; null: still."))


class HeldDocumentSchema(DocumentSchema):
    """A document as a change has it."""

    edited = fields.Boolean(required=True, **said("Whether the change edits it."))


class DocumentsSchema(Schema):
    """A page of documents."""

    items = fields.List(fields.Nested(DocumentSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class DocumentsQuerySchema(PageQuerySchema):
    """Which documents."""

    owner = fields.String(**said("The list of terms, the notice of wordings."))
    text = fields.String(validate=validate.Length(max=200), **said("Holding this text anywhere, in any case."))


class BodySchema(Schema):
    """A document to be kept."""

    document = fields.Dict(required=True, **said("As docs/curating.md describes it for its kind."))


class NewTermSchema(BodySchema):
    """A term to be added to a list, which gives it an id."""

    list = fields.String(required=True, **said("The list's id, such as `DE/de/voting`."))


class EditedSchema(Schema):
    """What an edit made of the change and of the document."""

    change = fields.Nested(ChangeLineSchema, required=True)
    kind = fields.String(required=True)
    id = fields.String(required=True)
    document = fields.Raw(required=True, allow_none=True)
    tag = fields.String(required=True, allow_none=True)


class EditSchema(Schema):
    """One edit of a change."""

    kind = fields.String(required=True)
    id = fields.String(required=True)
    action = fields.String(required=True, validate=validate.OneOf(["added", "changed", "removed"]))
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)
    author = fields.String(required=True)
    at = fields.DateTime(required=True)
    tag = fields.String(required=True, allow_none=True)


class EditsSchema(Schema):
    """A page of edits."""

    items = fields.List(fields.Nested(EditSchema), required=True)
    next = fields.String(required=True, allow_none=True)
