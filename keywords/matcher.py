"""Which terms a search means: read it as fields, scan each, then apply accents, blocks, vetoes, context and season; says why for each.

A slow, obvious twin in tests/keywords/reference.py has to agree with it.
"""

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from keywords.apart import are_apart
from keywords.hangul import is_syllable
from keywords.hashtags import whole_keys
from keywords.hits import EXACT, Hit
from keywords.keys import Key, Kind, Marks, entry_of, kind_of
from keywords.lists import FAMILIAR, PLACE, YEAR, Layer
from keywords.postings import Entry, Index
from keywords.reading import Field, Texts, read_fields
from keywords.rewriting import plain_words
from keywords.scanning import scan
from keywords.strangers import is_about_a_place, is_familiar
from keywords.tokens import is_year, marks_of

SHORTEST_ATTACHED: Final = 5
"""Letters of a stem that may be a whole search with something attached, outside Korean."""


_PHRASE: Final = int(Kind.PHRASE)
_NEVER_ANSWER: Final = (int(Kind.PROBE), int(Kind.PAIR))
"""As plain numbers, which compare several times faster."""


class Reason(StrEnum):
    """Why a candidate did not become a match."""

    VETO = "veto"
    CONTEXT = "context"
    SEASON = "season"
    BLOCKED = "blocked"
    LAYER_OFF = "layer_off"
    REAL_WORD = "real_word"
    DOUBTFUL = "doubtful"


class Match(NamedTuple):
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


class Rejected(NamedTuple):
    """A candidate that fell, and the word that vetoed it where one did."""

    match: Match
    reason: Reason
    word: Key | None = None


class Findings(NamedTuple):
    """Matches, surest first; and the candidates that fell."""

    matches: tuple[Match, ...]
    rejected: tuple[Rejected, ...]


NOTHING: Final = Findings((), ())


def find(index: Index, texts: Texts, regions: Collection[str], *, in_season: bool) -> Findings:
    """Every term of the regions' lists that the texts mean; pure, and linear in the length of the texts."""
    fields: list[Field] | None = None
    if not texts.text and not texts.hashtags:
        words = plain_words(texts.query)
        if words is not None and not are_apart(words):
            found = scan(index, 0, words)
            if not found:
                return NOTHING
            fields = [Field("query", texts.query, words)]
    if fields is None:
        fields = read_fields(index, texts)
        found = [hit for number, field in enumerate(fields) for hit in _scan_field(index, number, field)]
    hits: dict[Key, Hit] = {}
    for hit in found:
        known = hits.get(hit.key)
        if known is None or hit.is_surer_than(known):
            hits[hit.key] = hit
    best, barred = _terms(index, fields, found, hits)
    if not best and not barred:
        return NOTHING
    return _judged(index, fields, best, barred, found, hits, regions, in_season=in_season)


def _scan_field(index: Index, number: int, field: Field) -> list[Hit]:
    """The field's hits; no layer is surer than its reading."""
    if not field.words:
        return []
    hits = scan(index, number, field.words)
    if field.is_tag:
        hits.extend(_whole_tag(index, number, field.words))
    least = field.layer
    return hits if least is EXACT else [hit if hit.layer.rank >= least.rank else hit._replace(layer=least) for hit in hits]


def _whole_tag(index: Index, number: int, words: tuple[str, ...]) -> Iterator[Hit]:
    """What a tag is or may stand for as one word, with its year and without."""
    lexicon = index.lexicon
    whole, *_ = keys = whole_keys(words)
    size = len(whole)
    for key in keys:
        if lexicon.is_curated(key):
            yield Hit(EXACT, 0, number, 0, size, key)
        elif len(words) > 1 or key != whole:
            for layer, edits, word, answers, _ in lexicon.candidates(key):
                if answers:
                    yield Hit(layer, edits, number, 0, size, word)


def _terms(index: Index, fields: list[Field], found: list[Hit], hits: dict[Key, Hit]) -> tuple[dict[int, Hit], dict[int, Hit]]:
    """Each term's surest hit, by every match kind and entry number; and the hits of layers that a term has switched off."""
    best: dict[int, Hit] = {}
    barred: dict[int, Hit] = {}
    entries, keys = index.entries, index.keys

    def offer(number: int, hit: Hit) -> None:
        table = barred if hit.layer in entries[number].barred else best
        known = table.get(number)
        if known is None or hit.is_surer_than(known):
            table[number] = hit

    for hit in found:
        posted = keys[hit.key]
        for code in posted if isinstance(posted, tuple) else (posted,):
            kind = kind_of(code)
            if kind == _PHRASE:
                offer(entry_of(code), hit)
            elif kind not in _NEVER_ANSWER:
                answer = _answer(kind, hit, fields[hit.field])
                if answer is not None:
                    offer(entry_of(code), answer)
    for key in [key for key in hits if key in index.any_order] if index.any_order else ():
        for number, words in index.any_order[key]:
            if words <= hits.keys():
                parts = [hits[word] for word in words]
                weakest = max(parts, key=lambda part: (part.layer.rank, part.edits))
                offer(number, hits[key]._replace(layer=weakest.layer, edits=sum(part.edits for part in parts)))
    return best, {number: hit for number, hit in barred.items() if number not in best} if barred else barred


def _answer(kind: int, hit: Hit, field: Field) -> Hit | None:
    """The hit as what it is for a posting of this kind, None where it may not answer for it."""
    if kind == Kind.TAG:
        return hit if field.is_tag and _fills(hit, field, but_for_years=True) else None
    if kind == Kind.EXACT:
        whole = field.name != "text" and _fills(hit, field)
        attached = hit.layer is Layer.ATTACHED and len(hit.key) < SHORTEST_ATTACHED and not is_syllable(hit.key[0])
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
    fields: list[Field],
    best: dict[int, Hit],
    barred: dict[int, Hit],
    found: list[Hit],
    hits: dict[Key, Hit],
    regions: Collection[str],
    *,
    in_season: bool,
) -> Findings:
    """The terms that may answer, and why the others may not."""
    matches: list[Match] = []
    rejected: list[Rejected] = []
    vetoes = [index.vetoes[region] for region in regions if region in index.vetoes] if index.vetoes else []
    vetoed = next((key for keys in vetoes if not keys.isdisjoint(hits) for key in hits if key in keys), None) if vetoes else None
    blocked = [index.blocked[region] for region in regions if region in index.blocked] if index.blocked else []
    typed: dict[int, Marks] = {}
    for number, hit in (*best.items(), *barred.items()) if barred else best.items():
        entry = index.entries[number]
        if entry.region not in regions:
            continue
        field = fields[hit.field]
        if hit.key in index.marked and not field.source.isascii():
            if hit.field not in typed:
                typed[hit.field] = marks_of(field.source)
            if not _accents_agree(index, number, hit, typed[hit.field]):
                continue
        match = Match(entry, hit, field)
        is_blocked = bool(blocked) and any(number in numbers for numbers in blocked)
        reason, word = _refusal(index, match, fields, found, hits, vetoed, regions, is_blocked=is_blocked, in_season=in_season)
        if reason is None:
            matches.append(match)
        else:
            rejected.append(Rejected(match, reason, word))
    if len(matches) > 1:
        matches.sort(key=_sureness)
    return Findings(tuple(matches), tuple(rejected))


def _sureness(match: Match) -> tuple[int, int, int]:
    """Lowest first: the layer, the edits, the longer key."""
    return match.hit.layer.rank, match.hit.edits, -len(match.hit.key)


def _refusal(
    index: Index,
    match: Match,
    fields: list[Field],
    found: list[Hit],
    hits: dict[Key, Hit],
    vetoed: Key | None,
    regions: Collection[str],
    *,
    is_blocked: bool,
    in_season: bool,
) -> tuple[Reason | None, Key | None]:
    """The first reason why a term may not answer, and the word that vetoed it."""
    entry, hit = match.entry, match.hit
    reason = Reason.BLOCKED if is_blocked else Reason.LAYER_OFF if hit.layer in entry.barred else None
    if reason is not None:
        return reason, None
    if vetoed is None and entry.unless and not entry.unless.isdisjoint(hits):
        vetoed = next((key for key in hits if key in entry.unless and key != hit.key), None)
    if vetoed is None and entry.elsewhere:
        theirs = [unless for region, unless in entry.elsewhere if region in regions and not unless.isdisjoint(hits)]
        vetoed = next((key for unless in theirs for key in hits if key in unless and key != hit.key), None)
    if vetoed is not None:
        return Reason.VETO, vetoed
    if entry.near is not None and not _is_in_context(index, entry.near, hit, fields, found):
        return Reason.CONTEXT, None
    return (Reason.SEASON if entry.term.season_only and not in_season else None), None


def _is_in_context(index: Index, near: frozenset[Key], hit: Hit, fields: list[Field], found: list[Hit]) -> bool:
    """Whether one of the words or signs that the term waits for is there."""
    if _has_context(near, hit, found):
        return True
    if (YEAR in near and _has_year(fields)) or (FAMILIAR in near and is_familiar(index, fields)):
        return True
    return PLACE in near and any(is_about_a_place(index, fields[other.field], other) for other in found if other.key == hit.key)


def _has_year(fields: list[Field]) -> bool:
    return any(is_year(word) for field in fields for word in field.words)


def _has_context(near: frozenset[Key], hit: Hit, found: list[Hit]) -> bool:
    """Whether a context word stands somewhere outside the match itself."""
    return any(other.key in near and (other.field != hit.field or other.end <= hit.start or other.start >= hit.end) for other in found)


def _accents_agree(index: Index, number: int, hit: Hit, marks: Marks) -> bool:
    """Where terms differ only by accents, typed accents decide: they may be left out, and one that no term has decides nothing."""
    typed = marks[hit.start : hit.end]
    if not any(typed) or len(typed) != len(hit.key):
        return True
    fitting = [numbers for marks, numbers in index.marked[hit.key] if _may_stand_for(typed, marks)]
    return not fitting or any(number in numbers for numbers in fitting)


def _may_stand_for(typed: Sequence[str], curated: Sequence[str]) -> bool:
    return len(typed) == len(curated) and all(mark in {"", own} for mark, own in zip(typed, curated, strict=True))
