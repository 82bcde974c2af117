"""Signing in through an OpenID provider over HTTP: off to the provider, and back; whom that makes is in curation/signing_in_openid."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from aiohttp import hdrs, web
from marshmallow import Schema, fields, validate

from admin.api.changes_api import BASE
from admin.api.door import Door
from admin.api.office import Office
from admin.api.pending import Seals
from admin.api.session_api import device_of
from admin.curation.acting import SYSTEM, Act
from admin.curation.people_errors import AddressTaken, NoRights
from admin.curation.signing_in import NOBODY, OPENED, SignedIn, note_refusal
from admin.curation.signing_in_openid import Reliance, signed_in_as
from admin.keys import read_secret
from admin.outside import Outside
from admin.settings import Settings
from admin.signing_in.errors import GroupsFileWrong, ProviderFailed, SignInRefused, Why
from admin.signing_in.groups import read_groups
from admin.signing_in.openid import LONGEST_RETURN, LONGEST_SIGN_IN, Provider
from admin.signing_in.openid_settings import Network, OpenIdSettings, way_to
from review.people import Grant
from web.errors import Forbidden, NotFound, Unavailable, WebError
from web.query import read_query
from web.routes import Access, route
from web.validation import load

RETURN: Final = f"{BASE}/sign-in/openid/return"
AFTERWARDS: Final = "/admin/"
TOLD: Final = ("code", "state", "iss", "error")
"""What of a provider's answer matters."""


class OpenIdQuerySchema(Schema):
    """Where to go afterwards."""

    return_to = fields.String(
        load_default=AFTERWARDS,
        validate=validate.Length(max=LONGEST_RETURN),
        metadata={"description": "A path on this service; by default the console."},
    )


class OpenIdApi:
    """`/admin/api/v1/sign-in/openid`; without a provider there is nothing here."""

    def __init__(self, office: Office, door: Door, outside: Outside) -> None:
        """Raises SettingsError or KeyProblem where the settings name a provider that cannot be asked."""
        self._office, self._door, self._outside = office, door, outside
        self._settings = openid_settings(office.settings) if office.settings.openid_issuer else None
        self._provider = Provider(self._settings, way_to(self._settings, outside)) if self._settings else None
        self._seals = Seals(self._settings.client_secret if self._settings else "")
        self._cookie = door.cookies.named("openid")

    @route(
        "GET",
        f"{BASE}/sign-in/openid",
        access=Access.PUBLIC,
        summary="Sign in through the provider",
        query=OpenIdQuerySchema,
        errors=(400, 403, 404, 422, 429, 503),
        rate="sign_in",
        is_shared=False,
    )
    async def sign_in_by_openid(self, request: web.Request) -> web.StreamResponse:
        """Sends the browser to the provider, for ten minutes."""
        return_to = load(OpenIdQuerySchema(), read_query(request, OpenIdQuerySchema))["return_to"]
        url, pending = await (await self._asked()).begin(self._office.clock(), return_to)
        response = _redirect(url)
        self._door.cookies.set(response, self._cookie, self._seals.sealed(pending), int(LONGEST_SIGN_IN.total_seconds()))
        return response

    @route(
        "GET",
        RETURN,
        access=Access.PUBLIC,
        summary="Back from the provider",
        errors=(400, 403, 404, 429, 503),
        rate="sign_in",
        is_shared=False,
    )
    async def return_from_openid(self, request: web.Request) -> web.StreamResponse:
        """Sets the session's cookie and goes on; a sign-in is tried once, whatever comes of it."""
        provider = await self._asked()
        try:
            found, return_to = await self._finished(request, provider)
        except SignInRefused as error:
            code = error.code
            await self._office.write_as(NOBODY, OPENED, "", lambda act: note_refusal(act, OPENED, "", code))
            raise self._struck_off(error) from error
        if not isinstance(found, SignedIn):
            raise self._struck_off(found) from found
        response = _redirect(return_to)
        self._door.cookies.set(response, self._door.cookies.session, found.opened.secret)
        self._door.cookies.drop(response, self._cookie)
        return response

    async def _finished(self, request: web.Request, provider: Provider) -> tuple[SignedIn | NoRights | AddressTaken, str]:
        now = self._office.clock()
        pending = self._seals.opened(request.cookies.get(self._cookie, ""), now)
        if pending is None:
            raise SignInRefused(Why.SIGN_IN_EXPIRED)
        answer = {name: request.query[name] for name in TOLD if name in request.query}
        identity = await provider.finish(pending, answer, now)
        settings = self._office.settings
        reliance = Reliance(settings.openid_groups_file is not None, settings.openid_link_by_email)
        device, brought = device_of(request), self._door.cookies.digest(request)

        def do(act: Act) -> SignedIn | NoRights | AddressTaken:
            return signed_in_as(act, identity, reliance, device, self._door.rules, brought)

        return await self._office.write_as(NOBODY, OPENED, "", do), pending.return_to

    async def _asked(self) -> Provider:
        """The provider, with what groups may as the file says now."""
        if self._settings is None or self._provider is None:
            raise NotFound("openid_off", "Nobody signs in through a provider here.")
        file = self._office.settings.openid_groups_file
        if file is not None:
            mapping = await self._groups(file)
            if mapping != self._settings.mapping:
                self._settings = replace(self._settings, mapping=mapping)
                self._provider = Provider(self._settings, way_to(self._settings, self._outside))
        return self._provider

    async def _groups(self, file: Path) -> Mapping[str, tuple[Grant, ...]]:
        """What the file says now; where it is wrong, the audit line says how, and the person in front of the screen only that it is."""
        try:
            return await self._office.read_as(SYSTEM, lambda act: read_groups(file, act.ground.places))
        except GroupsFileWrong as error:
            code, why = error.code, {"why": str(error)}
            await self._office.write_as(NOBODY, OPENED, "", lambda act: note_refusal(act, OPENED, "", code, why))
            raise Unavailable(code, "The file that gives groups their rights cannot be read; tell whoever runs this service.") from error

    def _struck_off(self, error: SignInRefused | NoRights | AddressTaken) -> WebError:
        """The refusal as a browser is told it; it forgets the sign-in."""
        headers: dict[str, str] = {hdrs.SET_COOKIE: self._door.cookies.dropped(self._cookie)}
        if isinstance(error, ProviderFailed):
            return Unavailable(error.code, str(error), headers={**headers, hdrs.RETRY_AFTER: "30"})
        return Forbidden(error.code, str(error), headers=headers)


def openid_settings(settings: Settings) -> OpenIdSettings:
    """The provider of the settings, before anybody has looked at groups."""
    has_secret = bool(settings.openid_client_secret or settings.openid_client_secret_file)
    name = "SIGNPOST_OPENID_CLIENT_SECRET"
    return OpenIdSettings(
        settings.openid_issuer,
        settings.openid_client_id,
        read_secret(settings.openid_client_secret, settings.openid_client_secret_file, name) if has_secret else "",
        f"{settings.url}{RETURN}",
        settings.openid_scopes,
        settings.openid_groups_claim,
        network=Network(settings.openid_network),
    )


def _redirect(url: str) -> web.Response:
    return web.Response(status=303, headers={hdrs.LOCATION: url, hdrs.CACHE_CONTROL: "no-store"})
