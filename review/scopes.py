"""Whose business a piece is: the regions and languages whose people edit and review it."""

from collections.abc import Callable

from elections.places import WORLD
from keywords.lists import MANY_LANGUAGES
from notices.documents import Document
from review.people import Scope
from review.pieces import Key, Kind


def scopes_of(key: Key, body: Document, notice_region: Callable[[str], str]) -> tuple[Scope, ...]:
    """Whose business a piece is; `notice_region` tells where a notice is curated, of which wordings do not speak."""
    found: tuple[Scope, ...] = ()
    match key.kind:
        case Kind.LIST | Kind.TERM:
            region, language, *_ = (*key.id.split("/"), "")
            found = (Scope(region, None if language == MANY_LANGUAGES else language),)
        case Kind.WORDING:
            notice, _, language = key.id.rpartition("/")
            found = (Scope(notice_region(notice), language),)
        case Kind.WAIVER:
            region, _, rest = str(body.get("place", "")).partition("/")
            if rest:
                found = (Scope(region, rest.partition("/")[0]),)
        case Kind.CAMPAIGN | Kind.ELECTION:
            found = tuple(Scope(str(region)) for region in body.get("regions", ()))
        case Kind.REGION:
            found = (Scope(str(body.get("code", WORLD))), Scope(str(body.get("parent") or WORLD)))
        case Kind.CENTER | Kind.SILENCE | Kind.POLLING_HOURS | Kind.NOTICE | Kind.ROLL:
            found = (Scope(str(body.get("region", WORLD))),)
        case _:
            pass
    return found or (Scope(),)
