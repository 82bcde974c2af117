"""The try-it page at `/`: an app's search screen, the notice as a user would see it, and beneath it why; the decision is the api's."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from aiohttp import web

from elections.places import RegionKind
from notices.campaign import Surface
from notices.languages import accept_language, negotiate
from notices.live import Live, Serving
from notices.rendering import Renderer, page
from notices.texts import ENGLISH, Texts
from web.errors import Invalid, WebError
from web.routes import Access, route

EXAMPLES: Final = (
    ("where do I vote", "US-TX", "en"),
    ("¿dónde voto?", "US-TX", "es"),
    ("#Bundestagswahl", "DE", "de"),
    ("मतदाता सूची में नाम", "IN", "hi"),
    ("أين أصوت", "EG", "ar"),
    ("投票所はどこ", "JP", "ja"),
    ("election fraud", "US", "en"),
    ("best pasta recipe", "IT", "en"),
)
FIELD_LENGTH: Final = 300


class Answers(Protocol):
    """What answers a body: the front door."""

    def explanation(self, data: object, accepted: tuple[str, ...] = ()) -> dict[str, Any]:
        """The answer with its trace."""

    def answer(self, data: object, accepted: tuple[str, ...] = ()) -> dict[str, Any]:
        """The answer alone."""


class TryItPage:
    """Works as a plain form; a script makes it quicker."""

    def __init__(
        self, serving: Serving, clock: Callable[[], datetime], renderer: Renderer, texts: Texts, answers: Answers, *, explain_open: bool
    ) -> None:
        """The moment and the reason are shown only where `explain_open`."""
        self._serving = serving
        self._clock = clock
        self._renderer = renderer
        self._texts = texts
        self._answers = answers
        self._explain_open = explain_open

    @route("GET", "/", access=Access.PUBLIC, summary="Try it: an app's search screen", responses={200: "text/html"}, errors=(503,))
    async def try_it(self, request: web.Request) -> web.StreamResponse:
        """A form; with `q` and `region` also the answer, for browsers without script."""
        live = self._serving.live
        asked = {name: request.query.get(name, "")[:FIELD_LENGTH] for name in ("q", "region", "lang", "surface", "at")}
        language = negotiate(accept_language(request.headers.get("Accept-Language", "")), self._texts.languages) or ENGLISH
        asked["region"] = region_code(asked["region"], live)
        answer, errors = self._answer(asked) if asked["q"] or asked["region"] else (None, ())
        values = {
            "t": self._texts.speaker(ENGLISH),
            "language": ENGLISH,
            "path": "/",
            "is_draft": live.release.starter,
            "asked": {**asked, "region": asked["region"] or "US-TX", "lang": asked["lang"] or language},
            "answer": answer,
            "errors": errors,
            "regions": offered_regions(live),
            "surfaces": [surface.value for surface in Surface],
            "languages": self._texts.languages,
            "examples": EXAMPLES,
            "explain_open": self._explain_open,
            "release": live.release.number,
        }
        return page(request, self._renderer.render("try_it.html.jinja", values), ENGLISH, max_age=0)

    def _answer(self, asked: Mapping[str, str]) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
        body: dict[str, Any] = {"region": asked["region"] or "US-TX", "limit": 2}
        if asked["q"]:
            body["query"] = asked["q"]
        if asked["lang"]:
            body["languages"] = [asked["lang"]]
        if asked["surface"]:
            body["surface"] = asked["surface"]
        if asked["at"] and self._explain_open:
            body["at"] = asked["at"] if "+" in asked["at"] or asked["at"].endswith("Z") else f"{asked['at']}:00Z"
        try:
            return (self._answers.explanation(body) if self._explain_open else self._answers.answer(body)), ()
        except Invalid as refusal:
            return None, tuple(f"{one.detail}{f' Did you mean {one.suggestion}?' if one.suggestion else ''}" for one in refusal.errors)
        except WebError as refusal:
            return None, (str(refusal),)


def offered_regions(live: Live) -> list[tuple[str, str]]:
    """Code and English name of each country, territory and place with a center; any other region's code may be typed."""
    kinds = {RegionKind.COUNTRY, RegionKind.TERRITORY, RegionKind.UNION}
    offered = [(region.code, region.name) for region in live.places if region.kind in kinds or region.code in live.centers.by_region]
    return sorted(offered, key=lambda pair: pair[1])


def region_code(typed: str, live: Live) -> str:
    """The code in `Texas (US-TX)`, or of the region named `Texas`; anything else as it was typed."""
    text = typed.strip()
    if text.endswith(")") and "(" in text:
        return text.rpartition("(")[2].removesuffix(")").strip()
    return next((code for code, name in offered_regions(live) if name.casefold() == text.casefold()), text)
