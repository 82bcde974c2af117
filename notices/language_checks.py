"""Parity between a region's official languages: topics in its lists, wordings of what runs there; not between contestants (see parity_checks)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

import langcodes
from langcodes.tag_parser import LanguageTagError

from elections.places import WORLD, Places
from keywords.known_checks import Finding, Severity
from keywords.lists import MANY_LANGUAGES
from notices.languages import negotiate
from notices.release import Release

BOTH_SCRIPTS: Final = frozenset({"sr", "uz", "zh"})
"""Languages whose words the matcher finds in either of their scripts."""

Lists = Mapping[str, Mapping[str, set[str]]]
"""Region → language → topics."""


def check_languages_alike(release: Release, places: Places) -> Iterator[Finding]:
    """Every finding about official languages that are left behind another one of their region."""
    yield from _topics(release, places)
    yield from _wordings(release, places)


def _topics(release: Release, places: Places) -> Iterator[Finding]:
    """A topic in one language is one in all; only regions with a list of their own owe that."""
    lists: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for keywords in release.lists:
        if keywords.terms and keywords.language != MANY_LANGUAGES:
            lists[keywords.region][_spoken(keywords.language)].add(keywords.topic)
    for region in lists:
        tags = places.languages(region) if region != WORLD and region in places.by_code else ()
        official = tuple({_spoken(tag): tag for tag in reversed(tags)}.values())[::-1]
        if len(official) > 1:
            yield from _topics_of(region, official, lists, places)


def _topics_of(region: str, official: tuple[str, ...], lists: Lists, places: Places) -> Iterator[Finding]:
    own = {language: lists[region].get(_spoken(language), set()) for language in official}
    covered = {
        language: set().union(*(lists.get(code, {}).get(_spoken(language), set()) for code in places.chain(region)))
        for language in official
    }
    for language in official:
        for topic in sorted(set().union(*covered.values()) - covered[language]):
            others = ", ".join(other for other in official if topic in covered[other])
            message = f"{topic} is covered in {others} and not in {language}, which is official there as well"
            yield Finding(Severity.ERROR, "topic_missing_in_language", f"{region}/{language}/{topic}", message)
        inherited = (set().union(*own.values()) & covered[language]) - own[language]
        if inherited:
            others = ", ".join(other for other in official if own[other] & inherited)
            message = f"{', '.join(sorted(inherited))}: lists of its own in {others}, and in {language} only those for all regions or a region above"
            yield Finding(Severity.WARNING, "topic_only_inherited", f"{region}/{language}", message)


@lru_cache(maxsize=1024)
def _spoken(tag: str) -> str:
    """What two tags have in common whose words the matcher finds in each other's lists: the language, and its script where that matters."""
    try:
        language = langcodes.Language.get(tag)
    except LanguageTagError:
        return tag
    name = language.language or tag
    return name if name in BOTH_SCRIPTS else f"{name}-{language.maximize().script}"


def _wordings(release: Release, places: Places) -> Iterator[Finding]:
    """What runs in a region speaks all its official languages, or near enough to them for a reader to be given it."""
    notices = {notice.id: frozenset(notice.wordings) for notice in release.notices}
    runs = dict.fromkeys((campaign.notice, code) for campaign in release.campaigns for code in campaign.regions if code in places.by_code)
    for notice, region in runs:
        official = places.languages(region) if notice in notices else ()
        lacking = [language for language in official if negotiate((language,), notices[notice]) is None]
        severity = Severity.ERROR if len(lacking) < len(official) else Severity.WARNING
        for language in lacking:
            message = f"{notice} runs in {region}, and has no wording in {language}"
            yield Finding(severity, "wording_missing_in_language", f"{region}/{language}/notice {notice}", message)
