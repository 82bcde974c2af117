"""Which terms a search means: read it as fields, scan each, then apply accents, blocks, vetoes, context and season; says why for each.

A slow, obvious twin in tests/keywords/reference.py has to agree with it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from keywords.disguises import Reading, are_apart, hides, plain_words, readings
from keywords.hashtags import read_tag, taken_apart, without_year
from keywords.keys import Key, Kind, entry_of, kind_of, words_of
from keywords.postings import Entry, Index
from keywords.lists import YEAR, Layer
from keywords.scanning import Hit, scan
from keywords.tokens import align, is_year, marks_of, split_tags, tokenise, without_links

SHORTEST_ATTACHED: Final = 5
"""Letters of a stem that may be a whole search with something attached, outside Korean."""


class Reason(StrEnum):
    """Why a candidate did not become a match."""

    VETO = "veto"
    CONTEXT = "context"
    SEASON = "season"
    BLOCKED = "blocked"
    LAYER_OFF = "layer_off"


class Texts(NamedTuple):
    """What a person typed or a post carries, within the door's limits."""

    query: str = ""
    hashtags: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One stretch of text as words.

    `name` is `query`, `text`, `hashtag:N` or `query#N` / `text#N` for a tag inside; `offset` is where it begins there. A plainer
    reading of a disguised text is a field of its own: `layer` says what was undone, `origins` where each character came from.
    """

    name: str
    source: str
    words: tuple[str, ...]
    offset: int = 0
    is_tag: bool = False
    layer: Layer = Layer.EXACT
    origins: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the letters `start` to `end` of the words stand in what was typed (half-open, code points); a whole tag when split."""
        first, last = (0, len(self.source)) if self.is_tag else align(self.source).span(start, end)
        first, last = first + self.offset, last + self.offset
        if self.origins is not None and last > first:
            return self.origins[first], self.origins[last - 1] + 1
        return first, last


@dataclass(frozen=True, slots=True)
class Match:
    """A term that answers, and where it stands."""

    entry: Entry
    hit: Hit
    field: Field

    @property
    def edits(self) -> int:
        """The edit distance between what was typed and the term; 0 in the exact layers."""
        return self.hit.edits

    def span(self) -> tuple[int, int]:
        """Start and end (half-open, code points) of the match in the field's original text."""
        return self.field.span(self.hit.start, self.hit.end)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that fell, and the word that vetoed it where one did."""

    match: Match
    reason: Reason
    word: Key | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """Matches, surest first; and the candidates that fell."""

    matches: tuple[Match, ...]
    rejected: tuple[Rejected, ...]


NOTHING: Final = Findings((), ())


def find(index: Index, texts: Texts, regions: Collection[str], *, in_season: bool) -> Findings:
    """Every term of the regions' lists that the texts mean; pure, and linear in the length of the texts."""
    fields: tuple[Field, ...] | None = None
    if not texts.text and not texts.hashtags:
        words = plain_words(texts.query)
        if words is not None and not are_apart(words):
            found = scan(index, 0, words)
            if not found:
                return NOTHING
            fields = (Field("query", texts.query, tuple(words)),)
    if fields is None:
        fields = tuple(read_fields(index, texts))
        found = [hit for number, field in enumerate(fields) for hit in _scan_field(index, number, field)]
    hits: dict[Key, Hit] = {}
    for hit in found:
        known = hits.get(hit.key)
        if known is None or (hit.layer.rank, hit.edits) < (known.layer.rank, known.edits):
            hits[hit.key] = hit
    best, barred = _terms(index, fields, found, hits)
    if not best and not barred:
        return NOTHING
    return _judged(index, fields, best, barred, hits, regions, in_season=in_season)


def read_fields(index: Index, texts: Texts) -> Iterator[Field]:
    """The texts as the matcher reads them: hashtags apart, links out, plainer readings of disguised texts behind."""
    for name, source in (("query", texts.query), ("text", texts.text)):
        if source:
            rest, tags = split_tags(without_links(source))
            words = tokenise(rest)
            yield Field(name, rest, words)
            yield from _tags(index, name, tags)
            for reading in _readings(index, source, words):
                rest, tags = split_tags(without_links(reading.text))
                words = taken_apart(index, tokenise(rest))
                yield Field(name, rest, words, layer=reading.layer, origins=reading.origins)
                yield from _tags(index, name, tags, reading)
    for number, tag in enumerate(texts.hashtags):
        source = tag.strip().lstrip("#＃")
        yield Field(f"hashtag:{number}", source, read_tag(index, source), is_tag=True)
        for reading in _readings(index, source, ()):
            body, origins = reading.text, reading.origins
            yield Field(f"hashtag:{number}", body, read_tag(index, body), is_tag=True, layer=reading.layer, origins=origins)


def _tags(index: Index, name: str, tags: Sequence[tuple[str, int]], reading: Reading | None = None) -> Iterator[Field]:
    layer, origins = (reading.layer, reading.origins) if reading else (Layer.EXACT, None)
    for number, (body, offset) in enumerate(tags):
        yield Field(f"{name}#{number}", body, read_tag(index, body), offset, is_tag=True, layer=layer, origins=origins)


def _readings(index: Index, source: str, words: Sequence[str]) -> Iterable[Reading]:
    return readings(source, index.lexicon.is_known) if hides(source) or are_apart(words) else ()


def _scan_field(index: Index, number: int, field: Field) -> Iterator[Hit]:
    """The field's hits; a whole tag is also looked up without its year, and no layer is surer than its reading."""
    if not field.words:
        return
    hits = scan(index, number, field.words)
    if field.is_tag:
        size = sum(map(len, field.words))
        for key in {"".join(field.words), without_year(field.words)}:
            if index.lexicon.is_curated(key):
                hits.append(Hit(Layer.EXACT, 0, number, 0, size, key))
            elif len(field.words) > 1 or key != field.words[0]:
                for candidate in index.lexicon.candidates(key):
                    if candidate.answers:
                        hits.append(Hit(candidate.layer, candidate.edits, number, 0, size, candidate.word))
    for hit in hits:
        yield hit if hit.layer.rank >= field.layer.rank else hit._replace(layer=field.layer)


def _terms(index: Index, fields: Sequence[Field], found: Sequence[Hit], hits: dict[Key, Hit]) -> tuple[dict[int, Hit], dict[int, Hit]]:
    """Each term's surest hit, by every match kind and entry number; and the hits of layers that a term has switched off."""
    best: dict[int, Hit] = {}
    barred: dict[int, Hit] = {}

    def offer(number: int, hit: Hit) -> None:
        table = barred if hit.layer in index.entries[number].barred else best
        known = table.get(number)
        if known is None or (hit.layer.rank, hit.edits) < (known.layer.rank, known.edits):
            table[number] = hit

    for hit in found:
        for code in index.postings(hit.key):
            answer = _answer(kind_of(code), words_of(code), hit, fields[hit.field])
            if answer is not None:
                offer(entry_of(code), answer)
    for key in hits.keys() & index.any_order.keys():
        for number, words in index.any_order[key]:
            if words <= hits.keys():
                parts = [hits[word] for word in words]
                weakest = max(parts, key=lambda part: (part.layer.rank, part.edits))
                offer(number, hits[key]._replace(layer=weakest.layer, edits=sum(part.edits for part in parts)))
    return best, {number: hit for number, hit in barred.items() if number not in best}


def _answer(kind: int, words: int, hit: Hit, field: Field) -> Hit | None:
    """The hit as what it is for a posting of this kind, None where it may not answer for it."""
    if kind in {Kind.PROBE, Kind.PAIR}:
        return None
    if kind == Kind.TAG:
        return hit if field.is_tag and _fills(hit, field, but_for_years=True) else None
    if kind == Kind.EXACT:
        whole = field.name != "text" and _fills(hit, field)
        attached = hit.layer is Layer.ATTACHED and len(hit.key) < SHORTEST_ATTACHED and not "\uac00" <= hit.key[0] <= "\ud7a3"
        return hit if whole and not attached else None
    if kind == Kind.ROMANISED:
        return hit._replace(layer=Layer.ROMANISED)
    return hit


def _fills(hit: Hit, field: Field, *, but_for_years: bool = False) -> bool:
    """Whether nothing else stands in the field, or only years and numbers."""
    letters = "".join(field.words)
    rest = letters[: hit.start] + letters[hit.end :]
    return not rest or (but_for_years and rest.isdecimal())


def _judged(
    index: Index,
    fields: Sequence[Field],
    best: dict[int, Hit],
    barred: dict[int, Hit],
    hits: dict[Key, Hit],
    regions: Collection[str],
    *,
    in_season: bool,
) -> Findings:
    """The terms that may answer, and why the others may not."""
    matches: list[Match] = []
    rejected: list[Rejected] = []
    years = any(is_year(word) for field in fields for word in field.words)
    vetoes = [index.vetoes[region] for region in regions if region in index.vetoes]
    vetoed = next((key for key in hits if any(key in keys for keys in vetoes)), None) if vetoes else None
    blocked: frozenset[int] = frozenset().union(*(index.blocked[region] for region in regions if region in index.blocked))
    for number, hit in (*best.items(), *barred.items()):
        entry = index.entries[number]
        if entry.region not in regions:
            continue
        field = fields[hit.field]
        if hit.key in index.marked and not _accents_agree(index, number, hit, field):
            continue
        match = Match(entry, hit, field)
        reason, word = _refusal(match, hits, vetoed, blocked=number in blocked, years=years, in_season=in_season)
        if reason is None:
            matches.append(match)
        else:
            rejected.append(Rejected(match, reason, word))
    matches.sort(key=lambda match: (match.hit.layer.rank, match.hit.edits, -len(match.hit.key)))
    return Findings(tuple(matches), tuple(rejected))


def _refusal(
    match: Match, hits: dict[Key, Hit], vetoed: Key | None, *, blocked: bool, years: bool, in_season: bool
) -> tuple[Reason | None, Key | None]:
    entry, hit = match.entry, match.hit
    if blocked:
        return Reason.BLOCKED, None
    if hit.layer in entry.barred:
        return Reason.LAYER_OFF, None
    if vetoed is not None:
        return Reason.VETO, vetoed
    if entry.unless and (word := next((key for key in hits if key in entry.unless and key != hit.key), None)):
        return Reason.VETO, word
    if entry.near is not None and not (years and YEAR in entry.near) and not _has_context(entry.near, hit, hits):
        return Reason.CONTEXT, None
    if entry.term.season_only and not in_season:
        return Reason.SEASON, None
    return None, None


def _has_context(near: frozenset[Key], hit: Hit, hits: dict[Key, Hit]) -> bool:
    """Whether a context word stands somewhere outside the match itself."""
    return any(key in near and (other.field != hit.field or other.end <= hit.start or other.start >= hit.end) for key, other in hits.items())


def _accents_agree(index: Index, number: int, hit: Hit, field: Field) -> bool:
    """Where terms differ only by accents, typed accents decide: they may be left out, and one that no term has decides nothing."""
    typed = marks_of(field.source)[hit.start : hit.end]
    if not any(typed) or len(typed) != len(hit.key):
        return True
    fitting = [numbers for marks, numbers in index.marked[hit.key] if _may_stand_for(typed, marks)]
    return not fitting or any(number in numbers for numbers in fitting)


def _may_stand_for(typed: Sequence[str], curated: Sequence[str]) -> bool:
    return len(typed) == len(curated) and all(mark in {"", own} for mark, own in zip(typed, curated, strict=True))


