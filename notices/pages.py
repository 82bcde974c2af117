"""The Election Center pages and their list, over HTTP; not what a page says (see center_view) nor the centers as JSON (see api)."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from aiohttp import web

from elections.errors import UnknownRegion
from elections.places import Region
from notices.center_view import Named, center_languages, center_view, named
from notices.dates_view import day_words
from notices.errors import UnknownLanguage
from notices.languages import accept_language, canonical, negotiate
from notices.live import Live, Serving
from notices.rendering import PAGE_SECONDS, Renderer, page
from notices.texts import ENGLISH, Texts
from web.errors import FieldError, NotFound
from web.routes import Access, route

SEARCH_CODE_POINTS: Final = 100


@dataclass(frozen=True, slots=True)
class Group:
    """Places that have a center and lie in the same country; `country` is None for the countries themselves."""

    country: Named | None
    places: tuple[Named, ...]


class CenterPages:
    """`/centers` and `/centers/{region}` for people: no script, one language each."""

    def __init__(self, serving: Serving, clock: Callable[[], datetime], renderer: Renderer, texts: Texts) -> None:
        """`clock` gives the current instant, aware and in UTC."""
        self._serving = serving
        self._clock = clock
        self._renderer = renderer
        self._texts = texts

    @route("GET", "/centers", access=Access.PUBLIC, summary="All Election Centers, as a page", responses={200: "text/html"})
    async def list_page(self, request: web.Request) -> web.StreamResponse:
        """Every place that has an Election Center, by name in the visitor's language; `q` narrows the list."""
        live = self._serving.live
        language = self._language(request, ())
        wanted = request.query.get("q", "")[:SEARCH_CODE_POINTS].strip()
        groups = center_groups(live, language, wanted)
        html = self._render("centers.html.jinja", language, "/centers", live, groups=groups, wanted=wanted, languages=self._texts.languages)
        return page(request, html, language, max_age=0 if wanted else PAGE_SECONDS)

    @route(
        "GET",
        "/centers/{region}",
        access=Access.PUBLIC,
        summary="One region's Election Center, as a page",
        responses={200: "text/html"},
        errors=(404,),
    )
    async def center_page(self, request: web.Request) -> web.StreamResponse:
        """The Election Center that answers for a region, in the language of `lang`, else of Accept-Language, else of the region."""
        live = self._serving.live
        given = request.match_info["region"]
        try:
            region = live.places.resolve(given)
        except UnknownRegion as unknown:
            return self._not_found(request, live, unknown.suggestion)
        if region.code != given:
            query = f"?{request.rel_url.raw_query_string}" if request.rel_url.raw_query_string else ""
            return web.Response(status=308, headers={"Location": f"{self._renderer.root}/centers/{quote(region.code)}{query}"})
        return self._center(request, live, region)

    def _center(self, request: web.Request, live: Live, region: Region) -> web.StreamResponse:
        now = self._clock()
        language = self._language(request, live.places.languages(region.code))
        view = center_view(region, language, now, live.places, live.centers, live.calendar)
        html = self._render(
            "center.html.jinja",
            language,
            f"/centers/{region.code}",
            live,
            view=view,
            verified_words=day_words(view.verified_on, language) if view.verified_on else "",
            languages=center_languages(view.official_languages, self._texts.languages),
        )
        left = PAGE_SECONDS if view.changes_at is None else int((view.changes_at - now).total_seconds())
        return page(request, html, language, max_age=max(1, min(PAGE_SECONDS, left)))

    def _not_found(self, request: web.Request, live: Live, suggestion: str | None) -> web.StreamResponse:
        """A page for browsers, a problem for programs."""
        if "text/html" not in request.headers.get("Accept", ""):
            meant = FieldError("/region", "unknown_region", "No region has this code.", suggestion)
            raise NotFound("unknown_region", "No region has this code.", errors=(meant,))
        language = self._language(request, ())
        meant_region = named(live.places.by_code[suggestion], language) if suggestion else None
        html = self._render("not_found.html.jinja", language, "/centers", live, meant=meant_region, languages=self._texts.languages)
        return page(request, html, language, max_age=0, status=404)

    def _language(self, request: web.Request, official: tuple[str, ...]) -> str:
        """The `lang` parameter, else Accept-Language, else the region's first language that is written here, else English."""
        wanted = (*asked_language(request.query.get("lang", "")), *accept_language(request.headers.get("Accept-Language", "")), *official)
        return negotiate(wanted, self._texts.languages) or ENGLISH

    def _render(self, template: str, language: str, path: str, live: Live, **values: object) -> bytes:
        speaker = self._texts.speaker(language)
        common = {
            "t": speaker,
            "language": language,
            "path": path,
            "canonical": f"{self._renderer.public_url}{path}?lang={language}",
            "is_draft": live.release.starter,
        }
        return self._renderer.render(template, {**common, **values})


def asked_language(tag: str) -> tuple[str, ...]:
    """The language of a `lang` parameter, or nothing where it names none."""
    try:
        return (canonical(tag),)
    except UnknownLanguage:
        return ()


def center_groups(live: Live, language: str, wanted: str) -> tuple[Group, ...]:
    """All places with a center whose name or code holds what is wanted: countries first, then those inside each country."""
    countries: list[Named] = []
    inside: dict[str, list[Named]] = {}
    for code in live.centers.by_region:
        place = named(live.places.by_code[code], language)
        country = live.places.country(code)
        if not _fits(place, live.places.by_code[code].name, wanted):
            continue
        if country is None or country.code == code:
            countries.append(place)
        else:
            inside.setdefault(country.code, []).append(place)
    nested = (Group(named(live.places.by_code[code], language), _sorted(places)) for code, places in inside.items())
    groups = (Group(None, _sorted(countries)), *sorted(nested, key=lambda group: _plain(group.country.name if group.country else "")))
    return tuple(group for group in groups if group.places)


def _sorted(places: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(sorted(places, key=lambda place: (_plain(place.name), place.code)))


def _fits(place: Named, english_name: str, wanted: str) -> bool:
    sought = _plain(wanted)
    return sought in _plain(place.name) or sought in _plain(english_name) or sought == place.code.casefold()


def _plain(text: str) -> str:
    """For sorting and searching names: no accents, no case."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark)).casefold()
