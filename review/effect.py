"""What a change would do, told by deciding before and after it: words, searches that flip, over-reach, windows that move. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Final

from elections.places import WORLD
from keywords.lists import MANY_LANGUAGES, KeywordList
from notices.campaign import Campaign
from notices.decide import Season, decide
from notices.decision import Decision, Request
from notices.live import Live
from notices.windows import openings
from review.pieces import Kind
from review.quorum import Touched

MOST_EXAMPLES: Final = 200
MOST_PLACES: Final = 25
"""Regions of a campaign whose windows are compared; the others follow the same rule."""


class Origin(StrEnum):
    """Where a sample comes from, and so what it should do."""

    MUST_MATCH = "must_match"
    MUST_NOT_MATCH = "must_not_match"
    ORDINARY = "ordinary"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Sample:
    """A search that is tried before and after."""

    origin: Origin
    text: str
    region: str
    languages: tuple[str, ...]
    list_id: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a search gets: the outcome, and of the first notice its id, topic, language and where it leads."""

    outcome: str
    notice: str | None = None
    topic: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """A sample that gets something else after the change."""

    sample: Sample
    before: Seen
    after: Seen


@dataclass(frozen=True, slots=True)
class OverReach:
    """How many ordinary searches of how many get a notice, before and after, and which do so anew."""

    searches: int
    before: int
    after: int
    new: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class MovedWindow:
    """When a campaign is open in a place, before and after: starts and ends in order."""

    campaign: str
    region: str
    before: tuple[tuple[datetime, datetime], ...]
    after: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True)
class WordsOf:
    """Terms that a list gains and loses, by their text."""

    list_id: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything a reviewer should see before they approve; `flipped` counts all, `flips` shows the first of them."""

    words: tuple[WordsOf, ...]
    tried: int
    flipped: Mapping[tuple[str, str], int]
    flips: tuple[Flip, ...]
    over_reach: OverReach
    regions: tuple[str, ...]
    languages: tuple[str, ...]
    notices: tuple[str, ...]
    campaigns: tuple[str, ...]
    windows: tuple[MovedWindow, ...]


def effect(
    before: Live, after: Live, touched: Sequence[Touched], ordinary: Mapping[str, Sequence[str]], now: datetime, public_url: str
) -> Effect:
    """Compare two releases, the second of which holds what is `touched`; every `season_only` word counts as in season."""
    samples = tuple(dict.fromkeys((*_golden(before), *_golden(after), *_ordinary(ordinary, after), *_edited_words(touched, after))))
    flips: list[Flip] = []
    counted: Counter[tuple[str, str]] = Counter()
    shown: Counter[bool] = Counter()
    new: list[Sample] = []
    for sample in samples:
        one, other = (_seen(sample, live, now, public_url) for live in (before, after))
        if sample.origin is Origin.ORDINARY:
            shown[False] += one.notice is not None
            shown[True] += other.notice is not None
            if one.notice is None and other.notice is not None:
                new.append(sample)
        if one != other:
            counted[one.outcome, other.outcome] += 1
            if len(flips) < MOST_EXAMPLES:
                flips.append(Flip(sample, one, other))
    total = sum(sample.origin is Origin.ORDINARY for sample in samples)
    scopes = [scope for one in touched for scope in one.scopes]
    return Effect(
        words=tuple(_words(touched)),
        tried=len(samples),
        flipped=dict(counted),
        flips=tuple(flips),
        over_reach=OverReach(total, shown[False], shown[True], tuple(new[:MOST_EXAMPLES])),
        regions=tuple(sorted({scope.region for scope in scopes})),
        languages=tuple(sorted({scope.language for scope in scopes if scope.language})),
        notices=tuple(sorted(_notices(touched))),
        campaigns=tuple(sorted(one.key.id for one in touched if one.key.kind is Kind.CAMPAIGN)),
        windows=tuple(_windows(before, after, touched)),
    )


def _golden(live: Live) -> Iterator[Sample]:
    """The lists' own samples, each asked where its list holds."""
    for keywords in live.release.lists:
        if keywords.language == MANY_LANGUAGES:
            continue
        region = _asking(keywords, live)
        for origin, texts in ((Origin.MUST_MATCH, keywords.must_match), (Origin.MUST_NOT_MATCH, keywords.must_not_match)):
            for text in texts:
                yield Sample(origin, text, region, (keywords.language,), keywords.id)


def _asking(keywords: KeywordList, live: Live) -> str:
    """Where somebody asks: in the list's region, for a general list in the first country that speaks its language."""
    if keywords.region != WORLD:
        return keywords.region if keywords.region in live.places.by_code else WORLD
    return _speaking(keywords.language, live)


def _speaking(language: str, live: Live) -> str:
    base = language.partition("-")[0]
    for wanted in ((language,), (base,)):
        found = next((one.code for one in live.places if one.languages[:1] == wanted and one.parent in {WORLD, "EU"}), None)
        if found is not None:
            return found
    return WORLD


def _ordinary(searches: Mapping[str, Sequence[str]], live: Live) -> Iterator[Sample]:
    for language, texts in searches.items():
        region = _speaking(language, live)
        for text in texts:
            yield Sample(Origin.ORDINARY, text, region, (language,))


def _edited_words(touched: Iterable[Touched], live: Live) -> Iterator[Sample]:
    """What the change itself adds and takes away, asked as it stands."""
    for one in islice(_words(touched), MOST_EXAMPLES):
        region, language, _ = one.list_id.split("/")
        where = region if region != WORLD else _speaking(language, live)
        for text in (*one.gained[:MOST_EXAMPLES], *one.lost[:MOST_EXAMPLES]):
            yield Sample(Origin.WORD, text, where, (language,), one.list_id)


def _seen(sample: Sample, live: Live, now: datetime, public_url: str) -> Seen:
    if sample.region not in live.places.by_code:
        return Seen("unknown_region")
    tags = (sample.text,) if sample.text.startswith("#") and " " not in sample.text else ()
    request = Request(
        region=sample.region,
        voting_region=sample.region,
        query="" if tags else sample.text,
        hashtags=tags,
        languages=sample.languages,
    )
    return _of(decide(request, live, now, Season.ALWAYS, public_url=public_url))


def _of(decision: Decision) -> Seen:
    if not decision.notices:
        return Seen(decision.outcome.value)
    first = decision.notices[0]
    return Seen(decision.outcome.value, first.id, first.topic, first.language, first.url)


def _words(touched: Iterable[Touched]) -> Iterator[WordsOf]:
    by_list: dict[str, tuple[list[str], list[str]]] = {}
    for one in touched:
        if one.key.kind is Kind.TERM and one.key.parent is not None:
            gained, lost = by_list.setdefault(one.key.parent.id, ([], []))
            old, new = _spellings(one.before), _spellings(one.after)
            gained += [text for text in new if text not in old]
            lost += [text for text in old if text not in new]
    for known_as, (gained, lost) in sorted(by_list.items()):
        yield WordsOf(known_as, tuple(gained), tuple(lost))


def _spellings(body: Mapping[str, object] | None) -> tuple[str, ...]:
    if body is None:
        return ()
    forms = body.get("forms", ())
    return (str(body["text"]), *(str(form) for form in forms if isinstance(forms, list | tuple)))  # type: ignore[attr-defined]


def _notices(touched: Iterable[Touched]) -> Iterator[str]:
    for one in touched:
        if one.key.kind is Kind.NOTICE:
            yield one.key.id
        elif one.key.kind is Kind.WORDING:
            yield one.key.id.rpartition("/")[0]
        elif one.key.kind is Kind.CAMPAIGN:
            yield from (str(body["notice"]) for body in (one.before, one.after) if body)


def _windows(before: Live, after: Live, touched: Iterable[Touched]) -> Iterator[MovedWindow]:
    """Campaigns that are edited, or whose elections, places or hours are: where they are open at other times than before."""
    kinds = {one.key.kind for one in touched}
    if not kinds & {Kind.CAMPAIGN, Kind.ELECTION, Kind.POLLING_HOURS, Kind.REGION, Kind.SETTINGS}:
        return
    for known_as in dict.fromkeys((*before.campaigns, *after.campaigns)):
        sides = before.campaigns.get(known_as), after.campaigns.get(known_as)
        regions = dict.fromkeys(code for side in sides if side for code in side.regions)
        for region in list(regions)[:MOST_PLACES]:
            old, new = (_stretches(side, live, region) for side, live in zip(sides, (before, after), strict=True))
            if old != new:
                yield MovedWindow(known_as, region, old, new)


def _stretches(campaign: Campaign | None, live: Live, region: str) -> tuple[tuple[datetime, datetime], ...]:
    if campaign is None or region not in live.places.by_code or region not in campaign.regions:
        return ()
    return tuple(sorted((one.starts_at, one.ends_at) for one in openings(campaign, live.calendar, region)))
