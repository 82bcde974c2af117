"""What the side door takes and gives about people, what they may, and how they sign in, sessions and tokens."""

from typing import Any, Final

from marshmallow import Schema, fields, post_load, validate

from admin.api.answers import PageQuerySchema
from admin.curation.people_grants import MOST
from admin.curation.people_sessions import Lack, Way
from elections.places import WORLD
from review.people import Grant, Role

LONGEST_SECRET: Final = 1_024
"""Code points of what may be typed as a password; how many a password may have is for signing_in to say."""
LONGEST_CODE: Final = 100


def _said(description: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": description}, **more}


def _typed(description: str, longest: int = LONGEST_SECRET, **more: Any) -> fields.String:
    return fields.String(validate=validate.Length(max=longest), metadata={"description": description}, **more)


class GrantSchema(Schema):
    """A role in a region and all that lies in it, in some languages or, without any, in all."""

    role = fields.String(required=True, validate=validate.OneOf([role.value for role in Role]))
    region = fields.String(load_default=WORLD, validate=validate.Length(1, 35), **_said("By default the whole world."))
    languages = fields.List(
        fields.String(validate=validate.Length(1, 35)), load_default=list, validate=validate.Length(max=50), **_said("BCP 47; none: all.")
    )

    @post_load
    def make(self, data: dict[str, Any], **_given: Any) -> Grant:
        """The value."""
        return Grant(Role(data["role"]), data["region"], tuple(data["languages"]))


def _grants(**more: Any) -> fields.List[Any]:
    return fields.List(fields.Nested(GrantSchema), validate=validate.Length(max=MOST), **more)


class SignInSchema(Schema):
    """Name and password, and the code of an authenticator or a recovery code where one is set up."""

    name = _typed("Your id or e-mail address.", required=True)
    password = _typed("Your password.", required=True)
    code = _typed("The authenticator's code, or a recovery code.", LONGEST_CODE, load_default="")


class WaysSchema(Schema):
    """How one may sign in here."""

    password = fields.Boolean(required=True)
    openid = fields.Boolean(required=True, **_said("Whether GET /admin/api/v1/sign-in/openid leads to a provider."))


class SessionSchema(Schema):
    """A session on one device."""

    id = fields.String(required=True)
    way = fields.String(required=True, validate=validate.OneOf([way.value for way in Way]))
    device = fields.String(required=True, **_said("What the browser says it is."))
    created_at = fields.DateTime(required=True)
    seen_at = fields.DateTime(required=True, **_said("To within a minute."))
    expires_at = fields.DateTime(required=True)
    is_current = fields.Boolean(required=True)


class SessionsSchema(Schema):
    """Open sessions, the newest first."""

    items = fields.List(fields.Nested(SessionSchema), required=True)


class MeSchema(Schema):
    """Who is signed in, what they may now, and what they must set up first."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    grants = fields.List(fields.Nested(GrantSchema), required=True, **_said("With a token those that it leaves."))
    way = fields.String(required=True, validate=validate.OneOf(["session", "token"]))
    session = fields.Nested(SessionSchema, required=True, allow_none=True)
    csrf_token = fields.String(required=True, allow_none=True, **_said("For X-CSRF-Token, with each change; null with a token."))
    lacks = fields.List(fields.String(validate=validate.OneOf([lack.value for lack in Lack])), required=True)
    has_password = fields.Boolean(required=True)
    has_one_time = fields.Boolean(required=True, **_said("Whether an authenticator is set up."))
    recovery_codes_left = fields.Integer(required=True)


class PasswordSchema(Schema):
    """Your password, to prove once more that it is you."""

    password = _typed("Your password.", required=True)


class NewPasswordSchema(PasswordSchema):
    """Your password, and the one that you choose."""

    new = _typed("12 to 256 characters; 15 without an authenticator.", required=True)


class CodeSchema(Schema):
    """A code."""

    code = _typed("What the authenticator shows now.", LONGEST_CODE, required=True)


class AuthenticatorSchema(Schema):
    """A new authenticator, told this once."""

    secret = fields.String(required=True, **_said("To be typed into an authenticator app."))
    uri = fields.String(required=True, **_said("The same as an otpauth address, for a QR code."))


class RecoveryCodesSchema(Schema):
    """Ten recovery codes, told this once."""

    recovery_codes = fields.List(fields.String(), required=True)


class ConfirmedSchema(RecoveryCodesSchema):
    """Recovery codes, with the new session's token."""

    csrf_token = fields.String(required=True)


class RotatedSchema(Schema):
    """The session goes on under a new secret."""

    csrf_token = fields.String(required=True)


class PersonSchema(Schema):
    """Somebody who signs in."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    grants = fields.List(fields.Nested(GrantSchema), required=True)
    created_at = fields.DateTime(required=True, allow_none=True)
    retired_at = fields.DateTime(required=True, allow_none=True)
    tag = fields.String(required=True, **_said("What If-Match must name; also the ETag."))


class PeopleSchema(Schema):
    """A page of people, by id."""

    items = fields.List(fields.Nested(PersonSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class NewPersonSchema(Schema):
    """Somebody to be added."""

    id = fields.String(required=True, validate=validate.Length(max=40), **_said("Short, never changed, never given twice."))
    name = fields.String(required=True, validate=validate.Length(1, 200))
    email = fields.String(load_default="", validate=validate.Length(max=254))
    grants = _grants(load_default=list)


class DescribedPersonSchema(Schema):
    """Another name or address; what is left out stays."""

    name = fields.String(validate=validate.Length(1, 200))
    email = fields.String(validate=validate.Length(max=254))


class GrantsSchema(Schema):
    """The grants that are to hold, and no others."""

    grants = _grants(required=True)


class TemporaryPasswordSchema(Schema):
    """A password to sign in with and then to change, told this once."""

    temporary_password = fields.String(required=True)


class TokenSchema(Schema):
    """An API token without its text."""

    id = fields.String(required=True)
    person = fields.String(required=True)
    name = fields.String(required=True)
    hint = fields.String(required=True, **_said("How its text begins."))
    grants = fields.List(fields.Nested(GrantSchema), required=True)
    created_at = fields.DateTime(required=True)
    expires_at = fields.DateTime(required=True)
    used_at = fields.DateTime(required=True, allow_none=True, **_said("To within a minute."))
    ended_at = fields.DateTime(required=True, allow_none=True)


class TokensSchema(Schema):
    """A person's tokens, the newest first."""

    items = fields.List(fields.Nested(TokenSchema), required=True)


class TokensQuerySchema(PageQuerySchema):
    """Whose tokens."""

    person = fields.String(validate=validate.Length(1, 40), **_said("By default your own."))


class NewTokenSchema(Schema):
    """A token to be made for yourself."""

    name = fields.String(required=True, validate=validate.Length(1, 100), **_said("What it is for."))
    grants = _grants(required=True)
    expires_at = fields.AwareDateTime(load_default=None, allow_none=True, format="iso", **_said("Within a year; by default in 90 days."))


class MadeTokenSchema(TokenSchema):
    """A token with its text, told this once; null where the same request is repeated under its Idempotency-Key."""

    token = fields.String(required=True, allow_none=True)
