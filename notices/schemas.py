"""The public contract's shapes as marshmallow schemas, for judging requests and describing answers; the calendar's are in election_schemas."""

from typing import Any, Final

from marshmallow import Schema, fields, validate

from elections.centers import Network, Slot
from elections.election import Confidence, Phase
from elections.places import RegionKind
from notices.campaign import Priority, Signal, Surface, Topic
from notices.decision import Outcome
from notices.notice import NoticeKind
from web.problems import ProblemSchema

QUERY_LENGTH: Final = 256
TEXT_LENGTH: Final = 5_000
HASHTAGS: Final = 30
HASHTAG_LENGTH: Final = 150
LANGUAGES: Final = 20
CODE_LENGTH: Final = 35
MOST_NOTICES: Final = 5
BATCH: Final = 1_000


def _text(longest: int, description: str, **given: Any) -> fields.String:
    return fields.String(validate=validate.Length(max=longest), metadata={"description": description}, **given)


def _one_of(kind: type, description: str, **given: Any) -> fields.String:
    return fields.String(validate=validate.OneOf([member.value for member in kind]), metadata={"description": description}, **given)  # type: ignore[attr-defined]


class NoticeRequestSchema(Schema):
    """A question: what was searched, by somebody where. Only `region` is required; lengths are in code points."""

    query = _text(QUERY_LENGTH, "What was typed into the search field.")
    hashtags = fields.List(
        fields.String(validate=validate.Length(max=HASHTAG_LENGTH)),
        validate=validate.Length(max=HASHTAGS),
        metadata={"description": "Hashtags, with or without their sign."},
    )
    text = _text(TEXT_LENGTH, "A caption or post.")
    region = _text(CODE_LENGTH, "Where the person is: ISO 3166-1 or 3166-2, `EU` or `001`.", required=True)
    voting_region = _text(CODE_LENGTH, "Where the person may vote; by default `region`.", allow_none=True)
    languages = fields.List(
        fields.String(validate=validate.Length(max=CODE_LENGTH)),
        validate=validate.Length(max=LANGUAGES),
        metadata={"description": "BCP 47, best first; by default Accept-Language, then the region's first official language."},
    )
    surface = _one_of(Surface, "Where the notice would appear; by default `search`.")
    signals = fields.List(
        fields.String(validate=validate.OneOf([signal.value for signal in Signal])),
        validate=validate.Length(max=len(Signal)),
        metadata={"description": "What is already known of the content."},
    )
    limit = fields.Integer(
        strict=True, validate=validate.Range(1, MOST_NOTICES), metadata={"description": "At most so many notices; default 1."}
    )


QUERY_NAMES: Final = {
    "query": "q", "hashtags": "hashtag", "text": "text", "region": "region", "voting_region": "voting_region",
    "languages": "lang", "surface": "surface", "signals": "signal", "limit": "limit",
}  # fmt: skip
"""Field of the body → parameter of the query string."""


class BatchRequestSchema(Schema):
    """Up to 1,000 questions; each item is judged by itself."""

    requests = fields.List(fields.Raw(), required=True, validate=validate.Length(max=BATCH))


class ExplainRequestSchema(NoticeRequestSchema):
    """A question, with the moment and the release to ask about."""

    at = fields.AwareDateTime(format="iso", metadata={"description": "The moment, with offset; by default now."})
    release = fields.Raw(allow_none=True, metadata={"description": "A release's number or `draft:<change>`; by default the current one."})


class ActionSchema(Schema):
    """The notice's link."""

    label = fields.String(required=True)
    url = fields.Url(required=True)
    slot = _one_of(Slot, "Which official link answers.", required=True, allow_none=True)


class ImageSchema(Schema):
    """A picture and its text alternative."""

    url = fields.Url(required=True)
    alt = fields.String(required=True)


class ShownElectionSchema(Schema):
    """The leading election where the person votes."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    date = fields.Date(required=True)
    phase = _one_of(Phase, "Where the election stands there.", required=True)


class FrequencySchema(Schema):
    """A hint: at most so many times a day, hidden so many days after a dismissal."""

    per_day = fields.Integer(required=True)
    dismiss_days = fields.Integer(required=True)


class NoticeSchema(Schema):
    """One notice, in one language."""

    id = fields.String(required=True)
    kind = _one_of(NoticeKind, "What it is for.", required=True)
    topic = _one_of(Topic, "What the search was about.", required=True, allow_none=True)
    campaign = fields.String(required=True)
    title = fields.String(required=True)
    body = fields.String(required=True)
    language = fields.String(required=True)
    direction = fields.String(required=True, validate=validate.OneOf(["ltr", "rtl"]))
    reviewed = fields.Boolean(required=True, metadata={"description": "Whether a person has reviewed this wording."})
    action = fields.Nested(ActionSchema, required=True)
    image = fields.Nested(ImageSchema, required=True, allow_none=True)
    region = fields.String(required=True)
    election = fields.Nested(ShownElectionSchema, required=True, allow_none=True)
    priority = _one_of(Priority, "How it ranks.", required=True)
    dismissible = fields.Boolean(required=True)
    frequency = fields.Nested(FrequencySchema, required=True, allow_none=True)
    revision = fields.Integer(required=True)


class ReleaseRefSchema(Schema):
    """The release that answered."""

    number = fields.Integer(required=True)
    digest = fields.String(required=True)


class NoticeResponseSchema(Schema):
    """The answer; no notice is an answer too, and `outcome` says how far it got."""

    outcome = _one_of(Outcome, "`shown`, or the furthest point reached.", required=True)
    notices = fields.List(fields.Nested(NoticeSchema), required=True)
    release = fields.Nested(ReleaseRefSchema, required=True)
    expires_at = fields.AwareDateTime(required=True, allow_none=True)


class BatchItemSchema(Schema):
    """An answer, or `invalid` with the problem."""

    outcome = fields.String(required=True, validate=validate.OneOf([*(outcome.value for outcome in Outcome), "invalid"]))
    notices = fields.List(fields.Nested(NoticeSchema), required=True)
    release = fields.Nested(ReleaseRefSchema)
    expires_at = fields.AwareDateTime(allow_none=True)
    problem = fields.Nested(ProblemSchema)


class BatchResponseSchema(Schema):
    """Answers in the order of the questions."""

    responses = fields.List(fields.Nested(BatchItemSchema), required=True)


class ExplainResponseSchema(NoticeResponseSchema):
    """The answer, and everything it was made from."""

    at = fields.AwareDateTime(required=True)
    trace = fields.Dict(required=True)


class AuthoritySchema(Schema):
    """Who runs elections there."""

    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    url = fields.Url(required=True)
    languages = fields.List(fields.String(), required=True)
    confidence = _one_of(Confidence, "How sure the source is.", required=True)


class FactCheckerSchema(Schema):
    """A fact-checking organisation of the region."""

    name = fields.String(required=True)
    url = fields.Url(required=True)
    networks = fields.List(_one_of(Network, "A network it is known to belong to; to be confirmed yearly."), required=True)
    verified_until = fields.Date(required=True, allow_none=True)
    confidence = _one_of(Confidence, "How sure the source is.", required=True)


class CenterSchema(Schema):
    """A region's Election Center; `region` is the one that answers, null where none does."""

    requested_region = fields.String(required=True)
    region = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    url = fields.Url(required=True)
    authorities = fields.List(fields.Nested(AuthoritySchema), required=True)
    links = fields.Dict(required=True, metadata={"description": "Slot → language (`*` for all) → official address."})
    fact_checkers = fields.List(fields.Nested(FactCheckerSchema), required=True)
    elections = fields.List(fields.String(), required=True, metadata={"description": "Ids of the region's elections."})
    verified_by = fields.String(required=True, allow_none=True)
    verified_on = fields.Date(required=True, allow_none=True)


class CenterRefSchema(Schema):
    """A center in the list."""

    region = fields.String(required=True)
    name = fields.String(required=True)
    url = fields.Url(required=True)
    verified_on = fields.Date(required=True, allow_none=True)


class CentersSchema(Schema):
    """Every Election Center."""

    centers = fields.List(fields.Nested(CenterRefSchema), required=True)


class RegionSchema(Schema):
    """A region and how well it is covered."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    kind = _one_of(RegionKind, "What kind of place.", required=True)
    parent = fields.String(required=True, allow_none=True)
    languages = fields.List(fields.String(), required=True)
    time_zones = fields.List(fields.String(), required=True)
    ocd_ids = fields.List(fields.String(), required=True)
    aliases = fields.List(fields.String(), required=True)
    center = fields.String(required=True, allow_none=True, metadata={"description": "The region whose Election Center answers."})
    keyword_lists = fields.List(fields.String(), required=True, metadata={"description": "Ids of the region's own lists."})


class RegionsSchema(Schema):
    """Every region."""

    regions = fields.List(fields.Nested(RegionSchema), required=True)


class SignatureSchema(Schema):
    """One key's signature over the digest."""

    key_id = fields.String(required=True)
    algorithm = fields.String(required=True)
    value = fields.String(required=True)


class ReleaseSchema(Schema):
    """The release being served."""

    number = fields.Integer(required=True)
    digest = fields.String(required=True)
    previous = fields.String(required=True, allow_none=True)
    made_at = fields.AwareDateTime(required=True)
    age_seconds = fields.Integer(required=True)
    starter = fields.Boolean(required=True, metadata={"description": "Made from packs: drafts and unverified links, not official advice."})
    signatures = fields.List(fields.Nested(SignatureSchema), required=True)
