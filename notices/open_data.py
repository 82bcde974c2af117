"""What there is, for anybody: centers, elections, regions and the current release as JSON, and the calendar as ICS."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from aiohttp import web

from elections.centers import Center
from elections.election import Election, Status
from elections.places import Region
from notices.answer import encode, rfc3339
from notices.caching import LargeBodies, cached
from notices.ics import calendar_file
from notices.languages import accept_language, negotiate, region_name
from notices.live import Live, Serving
from notices.schemas import CenterSchema, CentersSchema, ElectionsQuerySchema, ElectionsSchema, RegionsSchema, ReleaseSchema
from web.query import read_query
from web.routes import Access, route
from web.validation import load


class OpenData:
    """Reads that need no account; all from the release in memory."""

    def __init__(self, serving: Serving, clock: Callable[[], datetime], public_url: str) -> None:
        """`clock` gives the current instant, aware and in UTC."""
        self._serving = serving
        self._clock = clock
        self._public_url = public_url
        self._large = LargeBodies()

    def _json(self, request: web.Request, document: object) -> web.Response:
        return cached(request, encode(document).encode(), self._clock())

    @route("GET", "/v1/centers", access=Access.PUBLIC, summary="All Election Centers", responses={200: CentersSchema}, errors=(503,))
    async def list_centers(self, request: web.Request) -> web.StreamResponse:
        """Each region that has a center of its own."""
        live, language = self._serving.live, _language(request)
        found = [
            {
                "region": center.region,
                "name": _name(live.places.by_code[center.region], language),
                "url": f"{self._public_url}/centers/{center.region}",
                "verified_on": _day(center.verified_on),
            }
            for center in live.centers.by_region.values()
        ]
        return self._json(request, {"centers": sorted(found, key=lambda center: str(center["region"]))})

    @route(
        "GET",
        "/v1/centers/{region}",
        access=Access.PUBLIC,
        summary="The Election Center that answers for a region",
        responses={200: CenterSchema},
        errors=(404, 503),
    )
    async def get_center(self, request: web.Request) -> web.StreamResponse:
        """The region's own or the nearest above it; without one, a neutral document with no authority and no links."""
        live = self._serving.live
        region = live.places.resolve(request.match_info["region"])
        center = live.centers.answering(region.code)
        return self._json(request, center_document(region, center, live, self._public_url, _language(request)))

    @route(
        "GET",
        "/v1/elections",
        access=Access.PUBLIC,
        summary="The election calendar",
        query=ElectionsQuerySchema,
        responses={200: ElectionsSchema},
        errors=(400, 404, 422, 503),
    )
    async def list_elections(self, request: web.Request) -> web.StreamResponse:
        """By first polling day; expected ones too, marked as such."""
        language = _language(request)
        return self._json(request, {"elections": [election_document(election, language) for election in self._chosen(request)]})

    @route(
        "GET",
        "/v1/elections.ics",
        access=Access.PUBLIC,
        summary="The election calendar, to subscribe to",
        query=ElectionsQuerySchema,
        responses={200: "text/calendar"},
        errors=(400, 404, 422, 503),
    )
    async def elections_ics(self, request: web.Request) -> web.StreamResponse:
        """One all-day event a round; expected elections are left out, because their day may be a placeholder."""
        live, language, chosen = self._serving.live, _language(request), self._chosen(request)
        key = (live.digest, language, tuple(one.id for one in chosen))
        body = await self._large.made(key, lambda: calendar_file(chosen, language, live.release.made_at))
        return cached(request, body, self._clock(), content_type="text/calendar")

    def _chosen(self, request: web.Request) -> list[Election]:
        live = self._serving.live
        wanted = load(ElectionsQuerySchema(), read_query(request, ElectionsQuerySchema))
        code = wanted.get("region")
        elections = live.calendar.of(live.places.resolve(code).code) if code else live.release.elections
        first, last = wanted.get("from_day", date.min), wanted.get("to_day", date.max)
        chosen = [one for one in elections if one.rounds[-1].last_day >= first and one.rounds[0].first_day <= last]
        return sorted(chosen, key=lambda one: (one.rounds[0].first_day, one.id))

    @route(
        "GET",
        "/v1/regions",
        access=Access.PUBLIC,
        summary="Regions and how they are covered",
        responses={200: RegionsSchema},
        errors=(503,),
    )
    async def list_regions(self, request: web.Request) -> web.StreamResponse:
        """Every region, its parent, languages, time zones, center and own keyword lists."""
        live, language = self._serving.live, _language(request)
        body = await self._large.made((live.digest, language, "regions"), lambda: regions_document(live, language))
        return cached(request, body, self._clock())

    @route(
        "GET",
        "/v1/releases/current",
        access=Access.PUBLIC,
        summary="The release being served",
        responses={200: ReleaseSchema},
        errors=(503,),
    )
    async def current_release(self, request: web.Request) -> web.StreamResponse:
        """Its number, digest, signatures, time and age."""
        live, now = self._serving.live, self._clock()
        release = live.release
        return self._json(
            request,
            {
                "number": release.number,
                "digest": live.digest,
                "previous": release.previous,
                "made_at": rfc3339(release.made_at),
                "age_seconds": max(0, int((now - release.made_at).total_seconds())),
                "starter": release.starter,
                "signatures": [{"algorithm": one.algorithm, "key_id": one.key_id, "value": one.value} for one in live.signatures],
            },
        )


def center_document(region: Region, center: Center | None, live: Live, public_url: str, language: str) -> dict[str, Any]:
    """A center as JSON, as it answers for a region."""
    answering = center.region if center else None
    return {
        "requested_region": region.code,
        "region": answering,
        "name": _name(live.places.by_code[answering or region.code], language),
        "url": f"{public_url}/centers/{answering or region.code}",
        "authorities": [
            {"names": dict(one.names), "url": one.url, "languages": list(one.languages), "confidence": one.confidence.value}
            for one in (center.authorities if center else ())
        ],
        "links": {slot.value: dict(links) for slot, links in center.links.items()} if center else {},
        "fact_checkers": [
            {
                "name": one.name,
                "url": one.url,
                "networks": [network.value for network in one.networks],
                "verified_until": _day(one.verified_until),
                "confidence": one.confidence.value,
            }
            for one in (center.fact_checkers if center else ())
        ],
        "elections": [election.id for election in live.calendar.of(region.code)],
        "verified_by": center.verified_by or None if center else None,
        "verified_on": _day(center.verified_on) if center else None,
    }


def election_document(election: Election, language: str) -> dict[str, Any]:
    """An election as JSON."""
    return {
        "id": election.id,
        "name": election.names[negotiate((language, "en"), election.names.keys()) or "en"],
        "kind": election.kind.value,
        "regions": list(election.regions),
        "status": election.status.value,
        "confidence": election.confidence.value,
        "rounds": [
            {
                "number": one.number,
                "first_day": one.first_day.isoformat(),
                "last_day": one.last_day.isoformat(),
                "conditional": one.conditional,
                "status": (Status.EXPECTED if election.status is Status.EXPECTED else one.status).value,
            }
            for one in election.rounds
        ],
        "reason": election.reason or None,
        "replaced_by": election.replaced_by,
        "source": election.source,
    }


def regions_document(live: Live, language: str) -> bytes:
    """Every region as JSON."""
    lists: dict[str, list[str]] = defaultdict(list)
    for keywords in live.release.lists:
        lists[keywords.region].append(keywords.id)
    return encode({"regions": [region_document(region, live, lists[region.code], language) for region in live.places]}).encode()


def region_document(region: Region, live: Live, lists: list[str], language: str) -> dict[str, Any]:
    """A region as JSON, with what covers it."""
    center = live.centers.answering(region.code)
    return {
        "code": region.code,
        "name": _name(region, language),
        "kind": region.kind.value,
        "parent": region.parent,
        "languages": list(live.places.languages(region.code)),
        "time_zones": list(live.places.zones(region.code)),
        "ocd_ids": list(region.ocd_ids),
        "aliases": list(region.aliases),
        "center": center.region if center else None,
        "keyword_lists": lists,
    }


def _name(region: Region, language: str) -> str:
    return region_name(region.code, region.name, language)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _language(request: web.Request) -> str:
    header = request.headers.get("Accept-Language", "")
    return next(iter(accept_language(header)), "en") if header else "en"
