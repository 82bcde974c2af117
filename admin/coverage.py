"""What the curated content covers and what it does not, as a page: lists by region, language and topic; notices by language; centers, dates."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from elections.election import Confidence
from elections.places import WORLD, Places, RegionKind
from keywords.lists import MANY_LANGUAGES, KeywordList
from notices.campaign import Topic
from notices.release import Release

FEW_SAMPLES = 10
NOTHING, THIN = "–", "*"
SHORT = {
    Topic.VOTING: "voting",
    Topic.REGISTRATION: "regist.",
    Topic.RESULTS: "results",
    Topic.CANDIDATES: "candid.",
    Topic.ELECTION: "election",
    Topic.MISINFORMATION: "misinf.",
    Topic.SYNTHETIC_MEDIA: "AI media",
    Topic.POLITICAL_ADS: "ads",
    Topic.INFLUENCE_OPERATIONS: "infl. op.",
    Topic.ACCOUNTS: "accounts",
}


def coverage_page(release: Release) -> str:
    """The page in Markdown, the same for the same release."""
    return "\n".join(_lines(release))


def _lines(release: Release) -> Iterator[str]:
    lists = [one for one in release.lists if one.language != MANY_LANGUAGES]
    yield "# Coverage"
    yield ""
    yield "What the packs hold, made from them by `signpost check --coverage`. Everything is a draft that nobody has reviewed, and a number says that"
    yield f"there is something, not that it is complete. Numbers are spellings of terms; `{NOTHING}` is nothing at all, `{THIN}` a list with"
    yield f"fewer than {FEW_SAMPLES} samples of what it must catch or of what it must leave alone."
    yield ""
    yield from _totals(release, lists)
    yield from _table("Keyword lists for all regions, by language", [one for one in lists if one.region == WORLD], by_region=False)
    yield from _table("Keyword lists of regions", [one for one in lists if one.region != WORLD], by_region=True)
    yield from _missing(release, lists)
    yield from _notices(release)


def _totals(release: Release, lists: list[KeywordList]) -> Iterator[str]:
    reviewed = sum(bool(one.reviewed_by) for one in lists)
    regions = {one.region for one in lists} - {WORLD}
    hours = {row.region for row in release.polling_hours if row.confidence is not Confidence.LOW}
    verified = sum(center.verified_on is not None for center in release.centers)
    languages = {one.language for one in lists}
    yield f"- {len(lists)} keyword lists in {len(languages)} languages, {len(regions)} regions with lists of their own; {reviewed} reviewed."
    yield f"- {len(release.notices)} notices; {len(release.campaigns)} campaigns; {len(release.elections)} elections."
    ruled = {rule.region for rule in release.silence}
    yield f"- {len(release.centers)} Election Centers, {verified} verified; polling hours of {len(hours)} regions; silence rules of {len(ruled)}."
    yield ""


def _table(title: str, lists: list[KeywordList], *, by_region: bool) -> Iterator[str]:
    rows: dict[tuple[str, str], dict[str, KeywordList]] = defaultdict(dict)
    for one in lists:
        rows[one.region, one.language][one.topic] = one
    yield f"## {title}"
    yield ""
    yield f"| {'region | ' if by_region else ''}language | " + " | ".join(SHORT.values()) + " |"
    yield "|---|" + ("---|" if by_region else "") + "---:|" * len(SHORT)
    for (region, language), topics in sorted(rows.items()):
        cells = (_cell(topics.get(topic)) for topic in SHORT)
        yield f"| {f'{region} | ' if by_region else ''}{language} | " + " | ".join(cells) + " |"
    yield ""


def _cell(one: KeywordList | None) -> str:
    if one is None or not one.terms:
        return NOTHING
    spellings = sum(1 for term in one.terms for _ in term.spellings())
    is_thin = min(len(one.must_match), len(one.must_not_match)) < FEW_SAMPLES
    return f"{spellings}{THIN if is_thin else ''}"


def _missing(release: Release, lists: list[KeywordList]) -> Iterator[str]:
    """Countries whose official languages have no list, and those without one of their own."""
    places = Places.of(release.regions)
    countries = [region for region in places if region.kind is RegionKind.COUNTRY]
    spoken = {one.language for one in lists if one.region == WORLD}
    speechless = Counter(
        language for region in countries for language in places.languages(region.code)[:1] if not _covers(spoken, language)
    )
    own = {one.region for one in lists}
    yield "## Missing"
    yield ""
    yield f"- First official languages without any list: {_named(f'{language} ({count})' for language, count in sorted(speechless.items()))}."
    yield f"- Countries without a list of their own: {_named(region.code for region in countries if region.code not in own)}."
    centers = {center.region for center in release.centers}
    yield f"- Countries without an Election Center: {_named(region.code for region in countries if region.code not in centers)}."
    yield ""


def _covers(spoken: Iterable[str], language: str) -> bool:
    return any(tag == language or tag.partition("-")[0] == language.partition("-")[0] for tag in spoken)


def _named(codes: Iterable[str]) -> str:
    return ", ".join(codes) or "none"


def _notices(release: Release) -> Iterator[str]:
    languages = sorted({one.language for one in release.lists if one.region == WORLD and one.language != MANY_LANGUAGES})
    yield "## Notices by language"
    yield ""
    yield "| notice | languages | with words for phases | reviewed | languages of the lists without it |"
    yield "|---|---:|---:|---:|---|"
    for notice in release.notices:
        phased = sum(bool(wording.phases) for wording in notice.wordings.values())
        reviewed = sum(wording.reviewed for wording in notice.wordings.values())
        lacking = _named(tag for tag in languages if not _covers(notice.wordings, tag))
        yield f"| {notice.id} | {len(notice.wordings)} | {phased} | {reviewed} | {lacking} |"
    yield ""
