"""What the side door takes and gives about releases, checks and stops."""

from marshmallow import Schema, fields, validate

from admin.api.answers import PageQuerySchema, one_of, said
from admin.api.change_schemas import LONGEST
from notices.stops import StopKind


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
    changes = fields.List(fields.Dict(), required=True, **said("Each change with authors, approvers and the content they approved."))
    rollback_of = fields.Integer(required=True, allow_none=True)
    signatures = fields.List(fields.Dict(), required=True)


class StoredReleasesSchema(Schema):
    """A page of releases, the newest first."""

    items = fields.List(fields.Nested(StoredReleaseSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class DifferencesQuerySchema(PageQuerySchema):
    """Compared with which release."""

    since = fields.Integer(validate=validate.Range(1), **said("By default the release before."))


class ReleaseQuerySchema(Schema):
    """Of which release."""

    release = fields.Integer(validate=validate.Range(1), **said("By default the latest one."))


class FindingsSchema(Schema):
    """What does not hold."""

    errors = fields.Integer(required=True)
    findings = fields.List(fields.Dict(), required=True, **said("Each with severity, code, place, message and hint (docs/checks.md)."))


class NewStopSchema(Schema):
    """Something to be stopped at once."""

    kind = fields.String(required=True, validate=one_of(StopKind))
    target = fields.String(load_default="", validate=validate.Length(max=200), **said("Its id; empty for everything."))
    reason = fields.String(required=True, validate=validate.Length(1, 1_000))
    ends_at = fields.AwareDateTime(
        load_default=None, allow_none=True, format="iso", **said("When it ends by itself; null: when two admins lift it.")
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
