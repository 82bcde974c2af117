"""The election calendar for anybody: as JSON, as a calendar to subscribe to and as a table; what else there is, is in open_data."""

from collections.abc import Callable
from datetime import date, datetime

from aiohttp import web

from elections.election import Election
from notices.answer import encode
from notices.caching import LargeBodies, cached
from notices.election_documents import elections_document, elections_of
from notices.election_schemas import ElectionsQuerySchema, ElectionsSchema
from notices.elections_csv import csv_file
from notices.ics import calendar_file
from notices.languages import negotiate
from notices.live import Serving
from notices.open_data import asked_language
from notices.texts import ENGLISH, Texts
from web.query import read_query
from web.routes import Access, route
from web.validation import load

ERRORS = (400, 404, 422, 503)


class ElectionData:
    """Reads that need no account; all from the release in memory."""

    def __init__(self, serving: Serving, clock: Callable[[], datetime], texts: Texts) -> None:
        """`clock` gives the current instant, aware and in UTC; `texts` name the deadlines."""
        self._serving = serving
        self._clock = clock
        self._texts = texts
        self._large = LargeBodies()

    @route(
        "GET",
        "/v1/elections",
        access=Access.PUBLIC,
        summary="The election calendar",
        query=ElectionsQuerySchema,
        responses={200: ElectionsSchema},
        errors=ERRORS,
    )
    async def list_elections(self, request: web.Request) -> web.StreamResponse:
        """By first polling day, with milestones; expected ones too, marked as such."""
        language = asked_language(request)
        return await self._answer(request, language, lambda chosen, _region: encode(elections_document(chosen, language)).encode())

    @route(
        "GET",
        "/v1/elections.ics",
        access=Access.PUBLIC,
        summary="The election calendar, to subscribe to",
        query=ElectionsQuerySchema,
        responses={200: "text/calendar"},
        errors=ERRORS,
    )
    async def elections_ics(self, request: web.Request) -> web.StreamResponse:
        """One all-day event a round and one event a deadline, with reminders; expected elections are left out.

        With a region: only the deadlines that hold there, in its time.
        """
        live, language = self._serving.live, asked_language(request)
        say = self._texts.speaker(negotiate((language,), self._texts.languages) or ENGLISH).plain
        places, stamped_at = live.places, live.release.made_at
        return await self._answer(
            request,
            language,
            lambda chosen, region: calendar_file(chosen, places, region, language, stamped_at, say),
            content_type="text/calendar",
        )

    @route(
        "GET",
        "/v1/elections.csv",
        access=Access.PUBLIC,
        summary="The election calendar, as a table",
        query=ElectionsQuerySchema,
        responses={200: "text/csv"},
        errors=ERRORS,
    )
    async def elections_csv(self, request: web.Request) -> web.StreamResponse:
        """One row a round, milestone and override, without loss: `signpost import elections csv` reads it. Formulas are disarmed."""
        return await self._answer(request, "", lambda chosen, _region: csv_file(chosen), content_type="text/csv")

    async def _answer(
        self,
        request: web.Request,
        language: str,
        make: Callable[[list[Election], str | None], bytes],
        content_type: str = "application/json",
    ) -> web.StreamResponse:
        live = self._serving.live
        wanted = load(ElectionsQuerySchema(), read_query(request, ElectionsQuerySchema))
        region = live.places.resolve(wanted["region"]).code if wanted.get("region") else None
        first, last = wanted.get("from_day", date.min), wanted.get("to_day", date.max)
        chosen = elections_of(live.release.elections, live.places, region, first, last)
        key = (live.digest, content_type, language, region, tuple(one.id for one in chosen))
        body = await self._large.made(key, lambda: make(chosen, region))
        return cached(request, body, self._clock(), content_type=content_type)
