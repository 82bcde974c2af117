"""Spellings of scripts without spaces, as substrings of a text: letter by letter, without tone marks, or with one slip inside.

Words in such a text have no edges, so nothing says that a word exists: only long spellings may hold a slip, and never at their ends.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Generator, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from typing import Final, NamedTuple

from keywords.edits import has_same_letters, is_one_edit
from keywords.folding import LAST_TONED, has_tones, places_without_tones, without_tones
from keywords.hits import EXACT, Hit
from keywords.keys import Key
from keywords.lists import Layer
from keywords.slices import BATCH
from keywords.tokens import ends_cleanly, is_spaceless

SHORT_START: Final = 2
LONG_START: Final = 4
"""Letters by which spellings are looked for: the first two, and of longer ones the first four."""
SHORTEST_TONELESS: Final = 5
"""Letters of a Thai, Lao, Khmer or Burmese spelling that is also found without its tone marks."""
SHORTEST_SLIPPED: Final = 8
"""Letters besides tone marks of such a spelling that may hold one slip."""
KEPT: Final = 2
"""Letters at its beginning that must stand right: a pair."""
LAST_KEPT: Final = 3
"""Letters at its end that must stand right; one more where a letter is another: what ends otherwise is another word."""


class Starts(NamedTuple):
    """How spellings begin: `lengths` of those below LONG_START by their first two letters (none where all are longer), of others by so many.

    `single` are those of one letter.
    """

    lengths: dict[str, tuple[int, ...]]
    single: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class Substrings:
    """What is looked for inside words.

    `plain` finds the spellings in scripts without tone marks, `toneless` the others by what they are without such marks; `toned` leads
    from there to the spellings themselves. `slipping`: last letters → first letters → spellings without tone marks that may hold a slip in
    between; `pairs` are those first letters, `longest` the most that such a spelling has.
    """

    plain: Starts
    toneless: Starts
    toned: dict[str, tuple[Key, ...]]
    slipping: dict[str, dict[str, tuple[str, ...]]]
    pairs: AbstractSet[str]
    longest: int


def build(keys: Iterable[Key]) -> Generator[None, None, Substrings]:
    """Make the tables, step by step."""
    plain: list[Key] = []
    toned: dict[str, tuple[Key, ...]] = {}
    slipping: dict[str, dict[str, tuple[str, ...]]] = {}
    pairs, longest = set(), 0
    for at, key in enumerate(keys):
        if has_tones(key):
            bare = without_tones(key)
            toned[bare] = (*toned.get(bare, ()), key)
            if may_slip(key):
                pair, ending = bare[:KEPT], slipping.setdefault(bare[-LAST_KEPT:], {})
                ending[pair] = (*ending.get(pair, ()), bare)
                pairs.add(pair)
                longest = max(longest, len(bare))
        else:
            plain.append(key)
        if at % BATCH == 0:
            yield
    plain_starts = yield from _starts(plain)
    toneless_starts = yield from _starts(toned)
    return Substrings(plain_starts, toneless_starts, toned, slipping, pairs, longest)


def _starts(keys: Iterable[Key]) -> Generator[None, None, Starts]:
    lengths: dict[str, tuple[int, ...]] = {}
    single = set()
    for at, key in enumerate(keys):
        size, pair = len(key), key[:SHORT_START]
        if size < SHORT_START:
            single.add(key)
        else:
            lengths.setdefault(pair, ())
            letters = pair if size < LONG_START else key[:LONG_START]
            known = lengths.get(letters, ())
            if size not in known:
                lengths[letters] = tuple(sorted((*known, size)))
        if at % BATCH == 0:
            yield
    return Starts(lengths, single)


def scan_substrings(substrings: Substrings, keys: Container[Key], field: int, words: tuple[str, ...]) -> list[Hit]:
    """Every spelling inside the words, beginning anywhere in a script without spaces, elsewhere where a word begins."""
    text = "".join(words)
    hits: list[Hit] = []
    is_toned = has_tones(text)
    if not is_toned or max(text) > LAST_TONED:
        found = _standing(text, substrings.plain, keys)
        hits.extend(Hit(EXACT, 0, field, start, end, text[start:end]) for start, end in found if is_spaceless(text[end - 1]))
    if is_toned:
        hits.extend(_scan_toneless(substrings, field, text))
    if not hits or len(words) == 1:
        return hits
    offsets = accumulate(map(len, words), initial=0)
    begins = {
        at
        for word, offset in zip(words, offsets, strict=False)
        for at in (range(offset, offset + len(word)) if is_spaceless(word) else (offset,))
    }
    return [hit for hit in hits if hit.start in begins]


def _scan_toneless(substrings: Substrings, field: int, text: str) -> Iterator[Hit]:
    """Spellings in scripts with tone marks: as typed, with other such marks, or with a slip in what is left without them."""
    bare, toned = without_tones(text), substrings.toned
    found = _standing(bare, substrings.toneless, toned)
    slips = list(_slips(substrings, bare))
    if not found and not slips:
        return
    places = places_without_tones(text)
    for start, end in found:
        first, last = places[start], places[end]
        typed, spellings = text[first:last], toned[bare[start:end]]
        if typed in spellings:
            if is_spaceless(text[last - 1]):
                yield Hit(EXACT, 0, field, first, last, typed)
        elif end - start >= SHORTEST_TONELESS:
            yield from (Hit(Layer.NEAR, 1, field, first, last, key) for key in spellings if len(key) > end - start)
    for start, end, known in slips:
        yield from (Hit(Layer.NEAR, 1, field, places[start], places[end], key) for key in toned[known])


def _slips(substrings: Substrings, bare: str) -> Iterator[tuple[int, int, str]]:
    """Where a spelling stands with one slip inside."""
    shortest, pairs = SHORTEST_SLIPPED - 1, list(map(add, bare, bare[1:]))
    if substrings.pairs.isdisjoint(pairs):
        return
    starts = defaultdict(list)
    for start, pair in enumerate(pairs[: len(bare) - shortest + 1]):
        if pair in substrings.pairs:
            starts[pair].append(start)
    tails = map(add, pairs[shortest - LAST_KEPT :], bare[shortest - 1 :])
    for end, ending in enumerate(map(substrings.slipping.get, tails), shortest):
        if ending is None:
            continue
        for pair in ending:
            if pair in starts:
                places = starts[pair]
                for start in places[bisect_left(places, end - substrings.longest - 1) : bisect_right(places, end - shortest)]:
                    typed, size = bare[start:end], end - start
                    for known in ending[pair]:
                        if -1 <= size - len(known) <= 1 and is_slip(typed, known) and ends_cleanly(bare, end):
                            yield start, end, known


def may_slip(key: Key) -> bool:
    """Whether a spelling is in such a script, and long enough, to hold a slip; a number holds none."""
    return has_tones(key) and len(without_tones(key)) >= SHORTEST_SLIPPED and not any(map(str.isdecimal, key))


def is_slip(typed: str, known: str) -> bool:
    """Whether one letter is missing, too many, swapped with the next, or another one far from the ends, where a word of its own may stand."""
    if not -1 <= len(typed) - len(known) <= 1 or not is_one_edit(typed, known):
        return False
    is_another = len(typed) == len(known) and not has_same_letters(typed, known)
    return not is_another or (typed[:KEPT] == known[:KEPT] and typed[-LAST_KEPT - 1 :] == known[-LAST_KEPT - 1 :])


def _standing(text: str, starts: Starts, known: Container[str]) -> list[tuple[int, int]]:
    """Where known spellings stand that end with a whole letter."""
    found = []
    lengths, size = starts.lengths, len(text)
    for start in range(size):
        short = lengths.get(text[start : start + SHORT_START])
        if short is not None:
            for length in short + lengths.get(text[start : start + LONG_START], ()):
                end = start + length
                if end > size:
                    break  # the shorter ones come first
                if text[start:end] in known and ends_cleanly(text, end):
                    found.append((start, end))
    if starts.single and not starts.single.isdisjoint(text):
        found += [(at, at + 1) for at, letter in enumerate(text) if letter in starts.single and ends_cleanly(text, at + 1)]
    return found
