"""What the side door takes and gives about changes; documents, releases and people have theirs beside their handlers."""

from typing import Final

from marshmallow import Schema, fields, validate

from admin.api.answers import PageQuerySchema, one_of, said
from review.change import State, When
from review.pieces import Kind

LONGEST: Final = 10_000


class NewChangeSchema(Schema):
    """A change to be opened."""

    title = fields.String(required=True, validate=validate.Length(1, 200))
    reason = fields.String(load_default="", validate=validate.Length(max=LONGEST), metadata={"description": "Needed before review."})
    source = fields.String(load_default="", validate=validate.Length(max=2_000), metadata={"description": "An https address."})
    publish = fields.String(
        load_default=When.ASKED.value,
        validate=one_of(When),
        metadata={"description": "`asked`: when somebody says so; `approved`: as soon as it is; `at`: at `publish_at`."},
    )
    publish_at = fields.AwareDateTime(load_default=None, allow_none=True, format="iso")


class ChangedAboutSchema(Schema):
    """What a change is to say of itself; what is left out stays."""

    title = fields.String(validate=validate.Length(1, 200))
    reason = fields.String(validate=validate.Length(max=LONGEST))
    source = fields.String(validate=validate.Length(max=2_000))
    publish = fields.String(validate=one_of(When))
    publish_at = fields.AwareDateTime(allow_none=True, format="iso")


class ChangeLineSchema(Schema):
    """A change as lists show it."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    reason = fields.String(required=True)
    source = fields.String(required=True, allow_none=True)
    publish = fields.String(required=True, validate=one_of(When))
    publish_at = fields.DateTime(required=True, allow_none=True)
    state = fields.String(required=True, validate=one_of(State))
    revision = fields.Integer(required=True)
    tag = fields.String(required=True, **said("What If-Match must name to move the change; also its ETag."))
    opened_by = fields.String(required=True)
    opened_at = fields.DateTime(required=True)
    changed_at = fields.DateTime(required=True)
    authors = fields.List(fields.String(), required=True, **said("Whoever wrote any revision; none of them can approve it."))
    submitted_by = fields.String(required=True, allow_none=True)
    submitted_at = fields.DateTime(required=True, allow_none=True)
    release = fields.Integer(required=True, allow_none=True, **said("The release that published it."))


class ApprovalSchema(Schema):
    """One approval; it counts while it is about the content as it stands."""

    person = fields.String(required=True)
    at = fields.DateTime(required=True)
    counts = fields.Boolean(required=True)


class ChangeSchema(ChangeLineSchema):
    """A change with where it stands."""

    content = fields.String(required=True, allow_none=True, **said("The fingerprint that approvals bind to; null until it is submitted."))
    edits = fields.Integer(required=True)
    approvals = fields.List(fields.Nested(ApprovalSchema), required=True)
    approvals_needed = fields.Integer(required=True)
    risks = fields.List(fields.String(), required=True, **said("Why it takes two: `contestants`, `emergency`, `freeze`."))
    freeze_of = fields.List(fields.String(), required=True, **said("Elections in whose freeze window it falls today."))
    conflicts = fields.Integer(required=True)
    comments = fields.Integer(required=True)
    moves = fields.List(fields.String(), required=True)


class ChangesSchema(Schema):
    """A page of changes."""

    items = fields.List(fields.Nested(ChangeLineSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class ChangesQuerySchema(PageQuerySchema):
    """Which changes."""

    state = fields.List(fields.String(validate=one_of(State)), load_default=list, **said("In any of these states."))
    person = fields.String(**said("Written by this person; `me` is you."))
    kind = fields.String(validate=one_of(Kind), **said("Together with `id`: those that edit this document."))
    id = fields.String()


class WhySchema(Schema):
    """A reason that others will read."""

    why = fields.String(required=True, validate=validate.Length(1, LONGEST))


class TextSchema(Schema):
    """A comment."""

    text = fields.String(required=True, validate=validate.Length(1, LONGEST))


class ConflictSchema(Schema):
    """Something that was published differently since the change was written."""

    kind = fields.String(required=True)
    id = fields.String(required=True)
    base = fields.Raw(required=True, allow_none=True, **said("What both sides started from."))
    ours = fields.Raw(required=True, allow_none=True, **said("What the change wants."))
    theirs = fields.Raw(required=True, allow_none=True, **said("What is published now."))


class ConflictsSchema(Schema):
    """A page of a change's conflicts."""

    items = fields.List(fields.Nested(ConflictSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class SettledSchema(Schema):
    """How one conflict is settled."""

    kind = fields.String(required=True, validate=one_of(Kind))
    id = fields.String(required=True)
    take = fields.String(required=True, validate=validate.OneOf(["ours", "theirs"]))


class RebaseSchema(Schema):
    """How conflicts are settled that do not settle themselves."""

    settled = fields.List(fields.Nested(SettledSchema), load_default=list)


class EffectSchema(Schema):
    """What a change would do, told by deciding before and after it."""

    words = fields.List(fields.Dict(), required=True, **said("Terms gained and lost, by list."))
    searches = fields.Dict(required=True, **said("How many samples were tried, how many flip from what to what, and examples."))
    over_reach = fields.Dict(required=True, **said("How many ordinary searches get a notice before and after, and which do so anew."))
    touches = fields.Dict(required=True, **said("Regions, languages, notices and campaigns."))
    windows = fields.List(fields.Dict(), required=True, **said("When campaigns are open, where that moves."))
    findings = fields.Dict(required=True, **said("Findings of checks that it brings, and that it mends."))
    approvals_needed = fields.Integer(required=True)
    risks = fields.List(fields.String(), required=True)
    conflicts = fields.List(fields.Nested(ConflictSchema), required=True)
