"""Languages as BCP 47 tags: canonical form, negotiation by CLDR distance, direction, names; not which wording a notice has."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

import langcodes
from babel import Locale, UnknownLocaleError
from langcodes.tag_parser import LanguageTagError

from notices.errors import UnknownLanguage

FARTHEST: Final = 10
"""CLDR distance up to which one language may stand in for another: regional and script variants, not a neighbour's language."""
LONGEST_TAG: Final = 35
"""Characters a tag may have (RFC 5646 §4.4.1)."""
MOST_WANTED: Final = 10
"""Languages of an Accept-Language header that are looked at."""

_RIGHT_TO_LEFT: Final = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"})


@lru_cache(maxsize=4096)
def canonical(tag: str) -> str:
    """The canonical tag (`iw` → `he`, `zh-TW` → `zh-Hant-TW`); raises UnknownLanguage."""
    if not 0 < len(tag) <= LONGEST_TAG or not tag.isascii():
        raise UnknownLanguage("This is not a BCP 47 language tag.")
    try:
        language = langcodes.Language.get(langcodes.standardize_tag(tag))
    except LanguageTagError as error:
        raise UnknownLanguage("This is not a BCP 47 language tag.") from error
    if not language.is_valid() or not language.language or language.language == "und":
        raise UnknownLanguage("No such language is known.")
    script = language.maximize().script
    if language.territory and not language.script and script != langcodes.Language.get(language.language).maximize().script:
        language = language.update_dict({"script": script})
    return language.to_tag()


@lru_cache(maxsize=65536)
def _distance(wanted: str, offered: str) -> int:
    return langcodes.tag_distance(wanted, offered)


@lru_cache(maxsize=8192)
def _nearest(wanted: str, available: frozenset[str]) -> str | None:
    if wanted in available:
        return wanted
    distance, nearest = min(((_distance(wanted, offered), offered) for offered in sorted(available)), default=(FARTHEST + 1, None))
    return nearest if distance <= FARTHEST else None


def negotiate(wanted: Sequence[str], available: Collection[str]) -> str | None:
    """The first wanted language that is available, or near enough to one that is; None when none is."""
    offered = available if isinstance(available, frozenset) else frozenset(available)
    return next((found for tag in wanted if (found := _nearest(tag, offered)) is not None), None)


@lru_cache(maxsize=4096)
def accept_language(header: str) -> tuple[str, ...]:
    """The canonical languages of an Accept-Language header, best first; what is not a language is passed over (RFC 9110 §12.5.4)."""
    weighted: list[tuple[float, int, str]] = []
    for position, part in enumerate(header[:1000].split(",")):
        tag, _, parameters = part.partition(";")
        name, _, value = parameters.strip().partition("=")
        try:
            weight = float(value) if name.strip() == "q" else 1.0
            language = canonical(tag.strip())
        except (ValueError, UnknownLanguage):
            continue
        if 0 < weight <= 1:
            weighted.append((-weight, position, language))
    return tuple(dict.fromkeys(language for _, _, language in sorted(weighted)))[:MOST_WANTED]


@lru_cache(maxsize=4096)
def direction(tag: str) -> str:
    """`rtl` or `ltr`, by the language's likely script."""
    return "rtl" if langcodes.Language.get(tag).maximize().script in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=512)
def locale(tag: str) -> Locale:
    """CLDR's locale for a tag, or the nearest it has; English where it has none."""
    language = langcodes.Language.get(tag)
    for parts in ((language.language, language.script, language.territory), (language.language, language.script), (language.language,)):
        try:
            return Locale.parse("_".join(part for part in parts if part))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@lru_cache(maxsize=8192)
def region_name(code: str, english_name: str, tag: str) -> str:
    """The region's name in a language by CLDR; the English name where CLDR has none, as for subdivisions."""
    return str(locale(tag).territories.get(code, english_name))


@lru_cache(maxsize=512)
def language_name(tag: str) -> str:
    """The language's own name for itself."""
    return str(locale(tag).get_display_name(tag.replace("-", "_")) or tag)
