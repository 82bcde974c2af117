"""What was live at a moment, over HTTP: the release, who made and who approved each change of it, and what was stopped then."""

from datetime import datetime

from aiohttp import web
from marshmallow import Schema, fields

from admin.api.answers import answer
from admin.api.changes_api import BASE
from admin.api.office import Office
from admin.curation.live_then import live_then
from web.query import read_query
from web.routes import Access, route
from web.validation import load


class MomentQuerySchema(Schema):
    """Which moment."""

    moment = fields.AwareDateTime(format="iso", required=True, metadata={"description": "RFC 3339 with offset."})


class LiveThenSchema(Schema):
    """What was live."""

    moment = fields.DateTime(required=True)
    release = fields.Dict(required=True, metadata={"description": "Number, digest, times, and each change with authors and approvals."})
    stops = fields.List(fields.Dict(), required=True, metadata={"description": "What was stopped then, by whom and why."})


class ReleasesAt:
    """`/admin/api/v1/releases/at`."""

    def __init__(self, office: Office) -> None:
        """Reads through the office."""
        self._office = office

    @route(
        "GET",
        f"{BASE}/releases/at",
        access=Access.VIEWER,
        summary="What was live at a moment",
        query=MomentQuerySchema,
        responses={200: LiveThenSchema},
        errors=(400, 401, 403, 404, 422, 503),
    )
    async def get_release_at(self, request: web.Request) -> web.StreamResponse:
        """The release, who published it, who wrote and who approved each of its changes and when; and the stops in force."""
        moment: datetime = load(MomentQuerySchema(), read_query(request, MomentQuerySchema))["moment"]
        return answer(await self._office.read(request, lambda act: live_then(act, moment)))
