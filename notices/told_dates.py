"""Whether a text tells one of some days, in the ways its language writes dates; not which days are old (see campaign_checks)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date, format_skeleton

from notices.errors import UnknownLanguage
from notices.languages import locale

DAY_AND_MONTH: Final = ("MMMMd", "MMMd")
ELSEWHERE: Final = {"ar": ("ar_LB", "ar_DZ", "ar_MA"), "de": ("de_AT",), "en": ("en_GB",)}
"""Locales that name months or order dates otherwise, by the language whose wordings may follow them."""
WITHOUT_SPACES: Final = frozenset({"ja", "ko", "yue", "zh"})
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPACES: Final = re.compile(r"\s+")


def told(text: str, days: Iterable[date], language: str) -> date | None:
    """The first of the days that a text tells, as CLDR writes it in the language, in numbers, or as ISO does; in any digits."""
    plain = _plain(text, language)
    years = set(_YEAR.findall(plain))
    return next((day for day in sorted(days) if _tells(plain, years, day, language)), None)


def _tells(plain: str, years: set[str], day: date, language: str) -> bool:
    """Whole forms, or a day and a month where no other year is told."""
    whole, short = _forms(day, language)
    forms = (*whole, *short) if not years or str(day.year) in years else whole
    return any(_stands(form, plain) for form in forms)


def _stands(form: str, plain: str) -> bool:
    """Whether the form stands in the text and not inside a longer number: 6 March is not in 16 March."""
    before = r"(?<!\d)" if form[0].isdigit() else ""
    after = r"(?!\d)" if form[-1].isdigit() else ""
    return form in plain and re.search(f"{before}{re.escape(form)}{after}", plain) is not None


def _plain(text: str, language: str) -> str:
    """Alike whatever its digits, case, compatibility forms and invisible marks are."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = (character for character in folded if unicodedata.category(character) != "Cf")
    digits = "".join(str(unicodedata.decimal(character)) if character.isdecimal() else character for character in kept)
    return _SPACES.sub("" if language.partition("-")[0] in WITHOUT_SPACES else " ", digits)


@lru_cache(maxsize=4096)
def _forms(day: date, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The day with its year, and without."""
    whole, short = {day.isoformat()}, set()
    for spoken in _locales(language):
        whole |= {format_date(day, form, locale=spoken) for form in ("long", "medium", *_numeric(spoken))}
        short |= {format_skeleton(skeleton, day, locale=spoken) for skeleton in DAY_AND_MONTH}
    plain = [tuple(sorted({_plain(form, language) for form in forms})) for forms in (whole, short)]
    return plain[0], plain[1]


def _locales(language: str) -> Iterator[Locale]:
    try:
        yield locale(language)
    except UnknownLanguage:
        return
    for other in ELSEWHERE.get(language.partition("-")[0], ()):
        yield Locale.parse(other)


def _numeric(spoken: Locale) -> Iterator[str]:
    """The locale's order of numbers, with and without noughts, the year in full or in short."""
    pattern = spoken.date_formats["short"].pattern
    for year in ("y", "yy"):
        for day, month in (("d", "M"), ("dd", "MM")):
            yield re.sub("y+", year, re.sub("M+", month, re.sub("d+", day, pattern)))
