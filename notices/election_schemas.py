"""The calendar's shapes in the public contract: what may be asked of it and what it answers; the other shapes are in schemas."""

from marshmallow import Schema, fields, validate

from elections.election import Channel, Confidence, ElectionKind, MilestoneKind, Status
from notices.schemas import CODE_LENGTH


def _one_of(kind: type[Channel | Confidence | ElectionKind | MilestoneKind | Status], description: str) -> fields.String:
    members = [member.value for member in kind]
    return fields.String(required=True, validate=validate.OneOf(members), metadata={"description": description})


def _text_or_null(description: str) -> fields.String:
    return fields.String(required=True, allow_none=True, metadata={"description": description})


def _day_or_null(description: str) -> fields.Date:
    return fields.Date(required=True, allow_none=True, metadata={"description": description})


class MilestoneSchema(Schema):
    """One moment of a round: a day, with a local clock time when it is known, or only words."""

    kind = _one_of(MilestoneKind, "Which moment.")
    on = _day_or_null("The local day; null where there are only words.")
    at = _text_or_null("The local clock time, `HH:MM`, where it is held.")
    words = _text_or_null("What the source says beside the day, or in its place.")
    channel = _one_of(Channel, "For whom: those who register or vote this way.")
    regions = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Where it holds, in the place of general ones; empty: everywhere it is held."},
    )
    source = _text_or_null("Who says so; null: the source of the round.")
    confidence = _one_of(Confidence, "How sure the date is.")
    verified_on = _day_or_null("When a person last verified it.")


class RoundSchema(Schema):
    """Polling of one round, in local dates; while it is `expected` its days may be placeholders."""

    number = fields.Integer(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    conditional = fields.Boolean(required=True)
    status = _one_of(Status, "Where the round stands.")
    name = _text_or_null("The round's own name, where it has one.")
    confidence = _one_of(Confidence, "How sure its days are.")
    source = _text_or_null("Who says so; null: the source of the election.")
    verified_on = _day_or_null("When a person last verified its days.")
    moved_from = fields.List(fields.Date(), required=True, metadata={"description": "First days it was once announced for."})
    milestones = fields.List(fields.Nested(MilestoneSchema), required=True)


class ElectionSchema(Schema):
    """An election of the calendar."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    kind = _one_of(ElectionKind, "A general election is filed under its highest office.")
    regions = fields.List(fields.String(), required=True)
    status = _one_of(Status, "An expected one is inferred from terms of office: its day may be a placeholder.")
    confidence = _one_of(Confidence, "How sure the date is.")
    rounds = fields.List(fields.Nested(RoundSchema), required=True)
    reason = fields.String(required=True, allow_none=True)
    replaced_by = fields.String(required=True, allow_none=True)
    source = fields.String(required=True)


class ElectionsSchema(Schema):
    """The calendar, by first polling day."""

    elections = fields.List(fields.Nested(ElectionSchema), required=True)


class ElectionsQuerySchema(Schema):
    """Which part of the calendar; `from` and `to` are inclusive dates of polling."""

    region = fields.String(
        validate=validate.Length(max=CODE_LENGTH), metadata={"description": "Elections held in this region or above it."}
    )
    from_day = fields.Date(data_key="from")
    to_day = fields.Date(data_key="to")
