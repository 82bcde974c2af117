"""Stops over HTTP: set by one admin, lifted by two."""

from typing import Any

from aiohttp import web

from admin.api.answers import answer
from admin.api.changes_api import BASE, BODY_BYTES, READ
from admin.api.office import Office
from admin.api.release_schemas import NewStopSchema, StopSchema, StopsSchema
from admin.curation.acting import Act
from admin.curation.stopping import Wish, lift, set_stop, stop_line
from admin.curation.telling import plain
from notices.stops import StopKind
from web.body import read_json
from web.routes import Access, route
from web.validation import load


class StopsApi:
    """`/admin/api/v1/stops`."""

    def __init__(self, office: Office) -> None:
        """Use cases are done through the office."""
        self._office = office

    @route("GET", f"{BASE}/stops", access=Access.VIEWER, summary="Every stop", responses={200: StopsSchema}, errors=READ)
    async def list_stops(self, request: web.Request) -> web.StreamResponse:
        """Those that ended, too; the oldest first."""

        def look(act: Act) -> Any:
            return {"items": [stop_line(one, act.now) for one in act.unit.stops.all()]}

        return answer(await self._office.read(request, look))

    @route(
        "POST",
        f"{BASE}/stops",
        access=Access.ADMIN,
        summary="Stop something at once",
        body=NewStopSchema,
        responses={201: StopSchema},
        errors=(400, 401, 403, 404, 413, 415, 422, 503),
        example={"kind": "region", "target": "US-TX", "reason": "A polling link leads to the wrong county"},
    )
    async def post_stop(self, request: web.Request) -> web.StreamResponse:
        """Works within a second in every process of this host; clients may show what they hold for up to a minute."""
        body = load(NewStopSchema(), data := await read_json(request, BODY_BYTES))
        wish = Wish(StopKind(body["kind"]), body["target"], body["reason"], body["ends_at"])

        def do(act: Act) -> tuple[int, Any]:
            return 201, plain(stop_line(set_stop(act, self._office.settings.stops_file, wish), act.now))

        return await self._office.create(request, "stop.set", wish.target, data, do)

    @route(
        "POST",
        f"{BASE}/stops/{{stop}}/lift",
        access=Access.ADMIN,
        summary="Lift a stop",
        responses={200: StopSchema},
        errors=(401, 403, 404, 409, 503),
    )
    async def lift_stop(self, request: web.Request) -> web.StreamResponse:
        """The first admin asks, the second lifts; it holds until then."""
        known_as = request.match_info["stop"]
        return answer(await self._office.write(request, "stop.lifted", known_as, lambda act: stop_line(lift(act, known_as), act.now)))
