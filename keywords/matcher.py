"""Which terms a search means: probe the index, then apply context, vetoes, season and blocks; says why for every candidate.

A slow, obvious twin in tests/keywords/reference.py has to agree with it. How tags are split is in hashtags.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from keywords.attached import stems
from keywords.hashtags import read_tag, without_year
from keywords.index import SHORTEST_JOINED, SHORTEST_JOINED_SYLLABLES, Entry, Index, Key
from keywords.lists import YEAR
from keywords.tokens import align, is_spaceless, is_year, marks_of, split_tags, tokenise, without_links

_LONGEST_ATTACHED = 4
_MOST_PARTIAL = 32
SHORTEST_WHOLE_STEM = 5
"""Letters of a stem that may answer alone, outside Korean."""


class Layer(IntEnum):
    """How a term was found, the surest first."""

    EXACT = 0
    ATTACHED = 1
    JOINED = 2


class Reason(StrEnum):
    """Why a candidate did not become a match."""

    VETO = "veto"
    CONTEXT = "context"
    SEASON = "season"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Texts:
    """What a person typed or a post carries, within the door's limits."""

    query: str = ""
    hashtags: tuple[str, ...] = ()
    text: str = ""


class Hit(NamedTuple):
    """Where a key stands: the field's number, and its first and last token there."""

    layer: Layer
    field: int
    first: int
    last: int
    key: Key


@dataclass(frozen=True, slots=True)
class Field:
    """One stretch of text: `name` is `query`, `text`, `hashtag:N` or `query#N` / `text#N` for a tag inside; `offset` is where it begins there."""

    name: str
    source: str
    tokens: tuple[str, ...]
    offset: int
    is_tag: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A term that answers; `edits` is the edit distance, 0 in the exact layers."""

    entry: Entry
    hit: Hit
    field: Field

    @property
    def edits(self) -> int:
        """The edit distance between what was typed and the term."""
        return 0

    def span(self) -> tuple[int, int]:
        """Start and end (half-open, code points) of the match in the field's original text; a whole tag when it was split."""
        if self.field.is_tag:
            return self.field.offset, self.field.offset + len(self.field.source)
        start, end = align(self.field.source).span(self.hit.first, self.hit.last)
        return self.field.offset + start, self.field.offset + end


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that fell, and the word that vetoed it where one did."""

    match: Match
    reason: Reason
    word: Key | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """Matches, strongest first; rejected candidates; and the fields as they were read."""

    matches: tuple[Match, ...]
    rejected: tuple[Rejected, ...]
    fields: tuple[Field, ...]


def find(index: Index, texts: Texts, regions: Collection[str], *, in_season: bool) -> Findings:
    """Every term of the regions' lists that the texts mean; pure, and linear in the length of the texts."""
    fields = tuple(_fields(index, texts))
    hits: dict[Key, Hit] = {}
    for number, field in enumerate(fields):
        for hit in _scan(index, number, field):
            known = hits.get(hit.key)
            if known is None or hit.layer < known.layer:
                hits[hit.key] = hit
    matches: list[Match] = []
    rejected: list[Rejected] = []
    best = _candidates(index, fields, hits)
    if not best:
        return Findings((), (), fields)
    years = any(is_year(token) for field in fields for token in field.tokens)
    vetoed = next((key for region in regions for key in index.vetoes.get(region, ()) if key in hits), None)
    for number, hit in best.items():
        entry = index.entries[number]
        if entry.region not in regions or (hit.key in index.marked and not _accents_agree(index, number, hit, fields[hit.field])):
            continue
        match = Match(entry, hit, fields[hit.field])
        refusal = _refusal(index, match, hits, regions, vetoed=vetoed, years=years, in_season=in_season)
        if refusal is None:
            matches.append(match)
        else:
            rejected.append(refusal)
    matches.sort(key=lambda match: (match.hit.layer, -len(match.hit.key)))
    return Findings(tuple(matches), tuple(rejected), fields)


def _fields(index: Index, texts: Texts) -> Iterator[Field]:
    for name, source in (("query", texts.query), ("text", texts.text)):
        if source:
            rest, tags = split_tags(without_links(source))
            yield Field(name, rest, tokenise(rest), 0, is_tag=False)
            for number, (body, offset) in enumerate(tags):
                yield Field(f"{name}#{number}", body, read_tag(index, body), offset, is_tag=True)
    for number, tag in enumerate(texts.hashtags):
        body = tag.strip().lstrip("#＃")
        yield Field(f"hashtag:{number}", body, read_tag(index, body), 0, is_tag=True)


def _scan(index: Index, number: int, field: Field) -> Iterator[Hit]:
    tokens = field.tokens
    phrases, words_of, longest = index.phrases, index.words_of, index.longest
    count = len(tokens)
    for first, token in enumerate(tokens):
        key = ""
        for last in range(first, min(first + longest, count)):
            key += tokens[last]
            if key in phrases:
                layer = _layer(tokens, first, last, key, words_of.get(key))
                if layer is not None:
                    yield Hit(layer, number, first, last, key)
        if token in index.lengths_from:
            yield from _scan_spaceless(index, number, tokens, first)
        if token[0] >= "\u0590" and stems(token):
            yield from _scan_attached(index, number, tokens, first)


def _layer(tokens: Sequence[str], first: int, last: int, key: Key, words: Collection[tuple[str, ...]] | None) -> Layer | None:
    """Exact when the words stand as curated; joined when only the spaces differ, which short keys may not."""
    if first == last and words is None:
        return Layer.EXACT
    if words is not None and tuple(tokens[first : last + 1]) in words:
        return Layer.EXACT
    is_hangul = "\uac00" <= key[0] <= "\ud7a3"
    shortest = SHORTEST_JOINED_SYLLABLES if is_hangul else SHORTEST_JOINED
    return Layer.JOINED if len(key) >= shortest or is_spaceless(key) else None


def _scan_spaceless(index: Index, number: int, tokens: Sequence[str], first: int) -> Iterator[Hit]:
    lengths = index.lengths_from[tokens[first]]
    key, last = "", first
    for length in lengths:
        while len(key) < length and last < len(tokens):
            key += tokens[last]
            last += 1
        if len(key) == length and key in index.phrases:
            yield Hit(Layer.EXACT, number, first, last - 1, key)


def _scan_attached(index: Index, number: int, tokens: Sequence[str], first: int) -> Iterator[Hit]:
    """Windows that begin with a word from which something is taken off; later words may keep theirs or not."""
    partial: list[str] = list(stems(tokens[first]))
    for last in range(first, min(first + _LONGEST_ATTACHED, len(tokens))):
        if last > first:
            partial = [start + end for start in partial for end in (tokens[last], *stems(tokens[last]))][:_MOST_PARTIAL]
        for key in partial:
            if key in index.phrases:
                yield Hit(Layer.ATTACHED, number, first, last, key)


def _candidates(index: Index, fields: Sequence[Field], hits: dict[Key, Hit]) -> dict[int, Hit]:
    """Each term's surest hit, by every match kind."""
    best: dict[int, Hit] = {}

    def offer(numbers: Sequence[int], hit: Hit) -> None:
        for number in numbers:
            known = best.get(number)
            if known is None or hit[:1] < known[:1]:
                best[number] = hit

    for key, hit in hits.items():
        offer(index.phrases[key], hit)
        for number, words in index.any_order.get(key, ()):
            if words <= hits.keys():
                parts = [hits[word] for word in words]
                offer((number,), Hit(max(part.layer for part in parts), hit.field, hit.first, hit.last, "".join(sorted(words))))
    for number, field in enumerate(fields):
        if not field.tokens:
            continue
        whole, last = "".join(field.tokens), len(field.tokens) - 1
        if field.name != "text":
            for key in (whole, *(stem for stem in stems(whole) if last == 0 and not _is_short(stem))):
                offer(index.exact.get(key, ()), Hit(Layer.EXACT, number, 0, last, key))
        if field.is_tag:
            for key in (whole, without_year(field.tokens)):
                offer(index.tags.get(key, ()), Hit(Layer.EXACT, number, 0, last, key))
        for position, token in enumerate(field.tokens if index.prefix_lengths else ()):
            for length in index.prefix_lengths:
                offer(index.prefixes.get(token[:length], ()), Hit(Layer.EXACT, number, position, position, token))
    return best


def _accents_agree(index: Index, number: int, hit: Hit, field: Field) -> bool:
    """Where terms differ only by accents, typed accents decide: they may be left out, and one that no term has decides nothing."""
    typed = marks_of(field.source)
    if not any(typed):
        return True
    start = sum(map(len, field.tokens[: hit.first]))
    here = typed[start : start + len(hit.key)]
    fitting = [numbers for marks, numbers in index.marked[hit.key] if _may_stand_for(here, marks)]
    return not fitting or any(number in numbers for numbers in fitting)


def _may_stand_for(typed: Sequence[str], curated: Sequence[str]) -> bool:
    return len(typed) == len(curated) and all(mark in {"", own} for mark, own in zip(typed, curated, strict=True))


def _is_short(stem: str) -> bool:
    """Whether a whole search that is only a stem with something attached is too short to be sure of."""
    return len(stem) < SHORTEST_WHOLE_STEM and not "\uac00" <= stem[0] <= "\ud7a3"


def _refusal(
    index: Index, match: Match, hits: dict[Key, Hit], regions: Collection[str], *, vetoed: Key | None, years: bool, in_season: bool
) -> Rejected | None:
    entry, hit = match.entry, match.hit
    if any(entry.term.text.casefold() in index.blocked.get(region, ()) for region in regions):
        return Rejected(match, Reason.BLOCKED)
    if vetoed is not None:
        return Rejected(match, Reason.VETO, vetoed)
    if entry.unless and (word := next((key for key in hits if key in entry.unless and key != hit.key), None)):
        return Rejected(match, Reason.VETO, word)
    if entry.near is not None and not (years and YEAR in entry.near) and not _has_context(entry.near, hit, hits):
        return Rejected(match, Reason.CONTEXT)
    if entry.term.season_only and not in_season:
        return Rejected(match, Reason.SEASON)
    return None


def _has_context(near: frozenset[Key], hit: Hit, hits: dict[Key, Hit]) -> bool:
    """Whether a context word stands somewhere outside the match itself."""
    return any(
        key in near and (other.field != hit.field or other.last < hit.first or other.first > hit.last) for key, other in hits.items()
    )
