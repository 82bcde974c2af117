"""Webhooks over HTTP, for admins of the world: kept, tried, and their deliveries looked at and sent again; how they are sent is admin/hooks."""

from typing import Any, Final

from aiohttp import web
from marshmallow import Schema, fields, validate

from admin.api.answers import PageQuerySchema, answer, cut, expected, page, whole_number
from admin.api.changes_api import BASE
from admin.api.office import Office, fingerprint, key_of
from admin.curation.acting import Act
from admin.curation.once import once
from admin.curation.telling import plain
from admin.hooks.keeping import LISTENED, LONGEST_URL, add_hook, change_hook, deliveries, end_hook, hook_of, hooks, ping, replay, tag_of
from admin.hooks.telling import delivery_document, hook_document
from review.events import Event
from web.body import read_json
from web.query import read_query
from web.routes import Access, route
from web.validation import load

BODY_BYTES: Final = 16 * 1024
READ: Final = (401, 403, 404, 503)
WRITE: Final = (400, 401, 403, 404, 409, 413, 415, 422, 503)
HOOKS: Final = f"{BASE}/hooks"
HOOK: Final = rf"{HOOKS}/{{hook:[\w-]{{1,64}}}}"
NAMES: Final = [event.value for event in LISTENED]


def _events(**given: Any) -> fields.Field[Any]:
    inner = fields.String(validate=validate.OneOf(NAMES))
    return fields.List(inner, validate=validate.Length(1, len(NAMES)), metadata={"description": "What it is told."}, **given)


class NewHookSchema(Schema):
    """An address that is to be told."""

    url = fields.String(required=True, validate=validate.Length(1, LONGEST_URL), metadata={"description": "Public https address."})
    events = _events(required=True)


class ChangedHookSchema(Schema):
    """What of it is to be otherwise; what is left out stays."""

    url = fields.String(validate=validate.Length(1, LONGEST_URL))
    events = _events()


class HookSchema(Schema):
    """A hook; nobody is shown its secret again."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    events = fields.List(fields.String(), required=True)
    created_by = fields.String(required=True)
    created_at = fields.DateTime(required=True)
    ended_at = fields.DateTime(required=True, allow_none=True)
    tag = fields.String(required=True, metadata={"description": "What If-Match must name to change it; also its ETag."})


class MadeHookSchema(HookSchema):
    """A new hook with its secret, shown this once."""

    secret = fields.String(
        required=True, allow_none=True, metadata={"description": "`whsec_…`, as libraries for Standard Webhooks take it."}
    )


class HooksSchema(Schema):
    """Every hook, ended ones too."""

    items = fields.List(fields.Nested(HookSchema), required=True)


class PingedSchema(Schema):
    """A ping is on its way."""

    hook = fields.String(required=True)
    event = fields.String(required=True)


class DeliverySchema(Schema):
    """One event on its way to one hook."""

    number = fields.Integer(required=True)
    hook = fields.String(required=True)
    event = fields.String(required=True)
    message_id = fields.String(required=True, metadata={"description": "The webhook-id that it is sent under, each time."})
    state = fields.String(required=True, validate=validate.OneOf(["pending", "delivered", "given_up"]))
    created_at = fields.DateTime(required=True)
    attempts = fields.Integer(required=True)
    status = fields.Integer(required=True, allow_none=True, metadata={"description": "The last HTTP status; 0 where there was no answer."})
    next_at = fields.DateTime(required=True, allow_none=True)
    delivered_at = fields.DateTime(required=True, allow_none=True)
    body = fields.Dict(required=True)


class DeliveriesSchema(Schema):
    """A page of deliveries, the newest first."""

    items = fields.List(fields.Nested(DeliverySchema), required=True)
    next = fields.String(required=True, allow_none=True)


class HooksApi:
    """`/admin/api/v1/hooks` and `/admin/api/v1/deliveries`."""

    def __init__(self, office: Office) -> None:
        """Use cases are done through the office."""
        self._office = office

    @route("GET", HOOKS, access=Access.ADMIN, summary="Webhooks", responses={200: HooksSchema}, errors=(401, 403, 503))
    async def list_hooks(self, request: web.Request) -> web.StreamResponse:
        """By id, without their secrets."""
        return answer({"items": await self._office.read(request, lambda act: [hook_document(one) for one in hooks(act)])})

    @route(
        "POST",
        HOOKS,
        access=Access.ADMIN,
        summary="Make a webhook",
        body=NewHookSchema,
        responses={201: MadeHookSchema},
        errors=WRITE,
    )
    async def post_hook(self, request: web.Request) -> web.StreamResponse:
        """Its secret is told this once: the same request again under its Idempotency-Key tells `secret` as null."""
        body = await read_json(request, BODY_BYTES)
        given = load(NewHookSchema(), body)
        key, mark = key_of(request), fingerprint(request, body)
        secrets: list[str] = []

        def make(act: Act) -> tuple[int, Any]:
            made = add_hook(act, given["url"], given["events"])
            secrets.append(made.secret)
            return 201, plain(hook_document(made))

        status, document = await self._office.write(request, "hook.added", "", lambda act: once(act, key, mark, lambda: make(act)))
        return answer({**document, "secret": secrets[0] if secrets else None}, status=status, tag=document["tag"])

    @route("GET", HOOK, access=Access.ADMIN, summary="A webhook", responses={200: HookSchema}, errors=READ)
    async def get_hook(self, request: web.Request) -> web.StreamResponse:
        """Without its secret."""
        found = await self._office.read(request, lambda act: hook_of(act, request.match_info["hook"]))
        return answer(hook_document(found), tag=tag_of(found))

    @route(
        "PATCH",
        HOOK,
        access=Access.ADMIN,
        summary="Change where a webhook leads, or what it is told",
        body=ChangedHookSchema,
        responses={200: HookSchema},
        errors=(*WRITE, 412, 428),
    )
    async def patch_hook(self, request: web.Request) -> web.StreamResponse:
        """Needs If-Match. The secret stays."""
        body, tag, known_as = load(ChangedHookSchema(), await read_json(request, BODY_BYTES)), expected(request), request.match_info["hook"]

        def do(act: Act) -> Any:
            return change_hook(act, known_as, body.get("url"), body.get("events"), tag)

        changed = await self._office.write(request, "hook.changed", known_as, do)
        return answer(hook_document(changed), tag=tag_of(changed))

    @route("DELETE", HOOK, access=Access.ADMIN, summary="End a webhook", responses={200: HookSchema}, errors=(*READ, 409))
    async def delete_hook(self, request: web.Request) -> web.StreamResponse:
        """It is told nothing any more; its deliveries stay to be looked at."""
        known_as = request.match_info["hook"]
        ended = await self._office.write(request, "hook.ended", known_as, lambda act: end_hook(act, known_as))
        return answer(hook_document(ended), tag=tag_of(ended))

    @route(
        "POST",
        f"{HOOK}/ping",
        access=Access.ADMIN,
        summary="Send a ping to a webhook",
        responses={202: PingedSchema},
        errors=(*READ, 409, 422),
    )
    async def post_ping(self, request: web.Request) -> web.StreamResponse:
        """To see whether it arrives: look at the deliveries."""
        known_as = request.match_info["hook"]

        def do(act: Act) -> tuple[int, Any]:
            ping(act, known_as)
            return 202, {"hook": known_as, "event": Event.PING.value}

        return await self._office.create(request, "hook.pinged", known_as, None, do)

    @route(
        "GET",
        f"{HOOK}/deliveries",
        access=Access.ADMIN,
        summary="What a webhook was told, the newest first",
        query=PageQuerySchema,
        responses={200: DeliveriesSchema},
        errors=(400, *READ, 422),
    )
    async def list_deliveries(self, request: web.Request) -> web.StreamResponse:
        """Delivered, still tried, or given up."""
        wanted = load(PageQuerySchema(), read_query(request, PageQuerySchema))
        before, limit = whole_number(wanted.get("after"), "/after"), wanted["limit"]
        known_as = request.match_info["hook"]
        found, last = cut(await self._office.read(request, lambda act: deliveries(act, known_as, before, limit + 1)), limit)
        return answer(page(map(delivery_document, found), last.number if last else None))

    @route(
        "POST",
        rf"{BASE}/deliveries/{{number:\d{{1,15}}}}/replay",
        access=Access.ADMIN,
        summary="Send a delivery again",
        responses={202: DeliverySchema},
        errors=(*READ, 409, 422),
    )
    async def post_replay(self, request: web.Request) -> web.StreamResponse:
        """Under the same message id, with all its tries anew."""
        number = int(request.match_info["number"])

        def do(act: Act) -> tuple[int, Any]:
            return 202, plain(delivery_document(replay(act, number)))

        return await self._office.create(request, "delivery.replayed", str(number), None, do)
