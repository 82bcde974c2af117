"""What there is, for anybody: centers, regions and the current release as JSON; the calendar is in election_data."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from aiohttp import web

from elections.centers import Center
from elections.places import Region
from notices.answer import encode, rfc3339
from notices.caching import LargeBodies, cached
from notices.languages import accept_language, region_name
from notices.live import Live, Serving
from notices.schemas import CenterSchema, CentersSchema, RegionsSchema, ReleaseSchema
from web.routes import Access, route


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
        live, language = self._serving.live, asked_language(request)
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
        return self._json(request, center_document(region, center, live, self._public_url, asked_language(request)))

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
        live, language = self._serving.live, asked_language(request)
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


def asked_language(request: web.Request) -> str:
    """The first language of Accept-Language, else English."""
    header = request.headers.get("Accept-Language", "")
    return next(iter(accept_language(header)), "en") if header else "en"
