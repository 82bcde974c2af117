"""What the side door takes and gives about changes, documents, releases, checks and stops; of people, hooks and audit beside their handlers."""

from typing import Any, Final

from marshmallow import Schema, fields, validate

from admin.api.answers import PageQuerySchema
from notices.stops import StopKind
from review.change import State, When
from review.pieces import Kind

LONGEST: Final = 10_000


def _of(kind: type[Any]) -> validate.OneOf:
    return validate.OneOf([member.value for member in kind])


def _said(description: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": description}, **more}


class NewChangeSchema(Schema):
    """A change to be opened."""

    title = fields.String(required=True, validate=validate.Length(1, 200))
    reason = fields.String(load_default="", validate=validate.Length(max=LONGEST), metadata={"description": "Needed before review."})
    source = fields.String(load_default="", validate=validate.Length(max=2_000), metadata={"description": "An https address."})
    publish = fields.String(
        load_default=When.ASKED.value,
        validate=_of(When),
        metadata={"description": "`asked`: when somebody says so; `approved`: as soon as it is; `at`: at `publish_at`."},
    )
    publish_at = fields.AwareDateTime(load_default=None, allow_none=True, format="iso")


class ChangedAboutSchema(Schema):
    """What a change is to say of itself; what is left out stays."""

    title = fields.String(validate=validate.Length(1, 200))
    reason = fields.String(validate=validate.Length(max=LONGEST))
    source = fields.String(validate=validate.Length(max=2_000))
    publish = fields.String(validate=_of(When))
    publish_at = fields.AwareDateTime(allow_none=True, format="iso")


class ChangeLineSchema(Schema):
    """A change as lists show it."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    reason = fields.String(required=True)
    source = fields.String(required=True, allow_none=True)
    publish = fields.String(required=True, validate=_of(When))
    publish_at = fields.DateTime(required=True, allow_none=True)
    state = fields.String(required=True, validate=_of(State))
    revision = fields.Integer(required=True)
    tag = fields.String(required=True, **_said("What If-Match must name to move the change; also its ETag."))
    opened_by = fields.String(required=True)
    opened_at = fields.DateTime(required=True)
    changed_at = fields.DateTime(required=True)
    authors = fields.List(fields.String(), required=True, **_said("Whoever wrote any revision; none of them can approve it."))
    submitted_by = fields.String(required=True, allow_none=True)
    submitted_at = fields.DateTime(required=True, allow_none=True)
    release = fields.Integer(required=True, allow_none=True, **_said("The release that published it."))


class ApprovalSchema(Schema):
    """One approval; it counts while it is about the content as it stands."""

    person = fields.String(required=True)
    at = fields.DateTime(required=True)
    counts = fields.Boolean(required=True)


class ChangeSchema(ChangeLineSchema):
    """A change with where it stands."""

    content = fields.String(required=True, allow_none=True, **_said("The fingerprint that approvals bind to; null until it is submitted."))
    edits = fields.Integer(required=True)
    approvals = fields.List(fields.Nested(ApprovalSchema), required=True)
    approvals_needed = fields.Integer(required=True)
    risks = fields.List(fields.String(), required=True, **_said("Why it takes two: `contestants`, `emergency`, `freeze`."))
    freeze_of = fields.List(fields.String(), required=True, **_said("Elections in whose freeze window it falls today."))
    conflicts = fields.Integer(required=True)
    comments = fields.Integer(required=True)
    moves = fields.List(fields.String(), required=True)


class ChangesSchema(Schema):
    """A page of changes."""

    items = fields.List(fields.Nested(ChangeLineSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class ChangesQuerySchema(PageQuerySchema):
    """Which changes."""

    state = fields.List(fields.String(validate=_of(State)), load_default=list, **_said("In any of these states."))
    person = fields.String(**_said("Written by this person; `me` is you."))
    kind = fields.String(validate=_of(Kind), **_said("Together with `id`: those that edit this document."))
    id = fields.String()


class WhySchema(Schema):
    """A reason that others will read."""

    why = fields.String(required=True, validate=validate.Length(1, LONGEST))


class TextSchema(Schema):
    """A comment."""

    text = fields.String(required=True, validate=validate.Length(1, LONGEST))


class DocumentSchema(Schema):
    """A published document."""

    kind = fields.String(required=True, validate=_of(Kind))
    id = fields.String(required=True)
    document = fields.Raw(
        required=True, allow_none=True, **_said("As docs/curating.md describes it for its kind; what has its default is left out.")
    )
    tag = fields.String(required=True, allow_none=True, **_said("Its ETag."))
    first_release = fields.Integer(**_said("Since which release it holds."))
    last_release = fields.Integer(allow_none=True, **_said("Up to which one; null: still."))


class HeldDocumentSchema(DocumentSchema):
    """A document as a change has it."""

    edited = fields.Boolean(required=True, **_said("Whether the change edits it."))


class DocumentsSchema(Schema):
    """A page of documents."""

    items = fields.List(fields.Nested(DocumentSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class DocumentsQuerySchema(PageQuerySchema):
    """Which documents."""

    owner = fields.String(**_said("The list of terms, the notice of wordings."))
    text = fields.String(validate=validate.Length(max=200), **_said("Holding this text anywhere, in any case."))


class BodySchema(Schema):
    """A document to be kept."""

    document = fields.Dict(required=True, **_said("As docs/curating.md describes it for its kind."))


class NewTermSchema(BodySchema):
    """A term to be added to a list, which gives it an id."""

    list = fields.String(required=True, **_said("The list's id, such as `DE/de/voting`."))


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


class ConflictSchema(Schema):
    """Something that was published differently since the change was written."""

    kind = fields.String(required=True)
    id = fields.String(required=True)
    base = fields.Raw(required=True, allow_none=True, **_said("What both sides started from."))
    ours = fields.Raw(required=True, allow_none=True, **_said("What the change wants."))
    theirs = fields.Raw(required=True, allow_none=True, **_said("What is published now."))


class ConflictsSchema(Schema):
    """Every conflict of a change."""

    items = fields.List(fields.Nested(ConflictSchema), required=True)


class SettledSchema(Schema):
    """How one conflict is settled."""

    kind = fields.String(required=True, validate=_of(Kind))
    id = fields.String(required=True)
    take = fields.String(required=True, validate=validate.OneOf(["ours", "theirs"]))


class RebaseSchema(Schema):
    """How conflicts are settled that do not settle themselves."""

    settled = fields.List(fields.Nested(SettledSchema), load_default=list)


class PublishSchema(Schema):
    """Approved changes to be published together."""

    changes = fields.List(fields.String(validate=validate.Length(1, 200)), required=True, validate=validate.Length(1, 200))


class RollbackSchema(Schema):
    """The older release whose content is to be published again."""

    number = fields.Integer(required=True, strict=True, validate=validate.Range(1))
    reason = fields.String(required=True, validate=validate.Length(1, LONGEST))


class StoredReleaseSchema(Schema):
    """A release without its documents."""

    number = fields.Integer(required=True)
    digest = fields.String(required=True)
    previous = fields.String(required=True, allow_none=True)
    made_at = fields.DateTime(required=True)
    changes = fields.List(fields.Dict(), required=True, **_said("Each change with authors, approvers and the content they approved."))
    rollback_of = fields.Integer(required=True, allow_none=True)
    signatures = fields.List(fields.Dict(), required=True)


class StoredReleasesSchema(Schema):
    """A page of releases, the newest first."""

    items = fields.List(fields.Nested(StoredReleaseSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class DifferencesQuerySchema(PageQuerySchema):
    """Compared with which release."""

    since = fields.Integer(validate=validate.Range(1), **_said("By default the release before."))


class ReleaseQuerySchema(Schema):
    """Of which release."""

    release = fields.Integer(validate=validate.Range(1), **_said("By default the latest one."))


class FindingsSchema(Schema):
    """What does not hold."""

    errors = fields.Integer(required=True)
    findings = fields.List(fields.Dict(), required=True, **_said("Each with severity, code, place, message and hint (docs/checks.md)."))


class EffectSchema(Schema):
    """What a change would do, told by deciding before and after it."""

    words = fields.List(fields.Dict(), required=True, **_said("Terms gained and lost, by list."))
    searches = fields.Dict(required=True, **_said("How many samples were tried, how many flip from what to what, and examples."))
    over_reach = fields.Dict(required=True, **_said("How many ordinary searches get a notice before and after, and which do so anew."))
    touches = fields.Dict(required=True, **_said("Regions, languages, notices and campaigns."))
    windows = fields.List(fields.Dict(), required=True, **_said("When campaigns are open, where that moves."))
    findings = fields.Dict(required=True, **_said("Findings of checks that it brings, and that it mends."))
    approvals_needed = fields.Integer(required=True)
    risks = fields.List(fields.String(), required=True)
    conflicts = fields.List(fields.Nested(ConflictSchema), required=True)


class NewStopSchema(Schema):
    """Something to be stopped at once."""

    kind = fields.String(required=True, validate=_of(StopKind))
    target = fields.String(load_default="", validate=validate.Length(max=200), **_said("Its id; empty for everything."))
    reason = fields.String(required=True, validate=validate.Length(1, 1_000))
    ends_at = fields.AwareDateTime(
        load_default=None, allow_none=True, format="iso", **_said("When it ends by itself; null: when two admins lift it.")
    )


class StopSchema(Schema):
    """A stop and where its lifting stands."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    target = fields.String(required=True)
    reason = fields.String(required=True)
    set_by = fields.String(required=True)
    set_at = fields.DateTime(required=True)
    ends_at = fields.DateTime(required=True, allow_none=True)
    in_force = fields.Boolean(required=True)
    lift_asked_by = fields.String(required=True, allow_none=True)
    lifted_by = fields.String(required=True, allow_none=True)
    lifted_at = fields.DateTime(required=True, allow_none=True)


class StopsSchema(Schema):
    """Every stop, the oldest first."""

    items = fields.List(fields.Nested(StopSchema), required=True)


class ListSchema(Schema):
    """A whole list."""

    items = fields.List(fields.Dict(), required=True)


class ListPageSchema(ListSchema):
    """A page of a list."""

    next = fields.String(required=True, allow_none=True)
