"""Spellings of scripts without spaces, as substrings of a text: letter by letter, without tone marks, or with one slip inside.

Words in such a text have no edges, so nothing says that a word exists: only long spellings may hold a slip, and never at their ends.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Generator, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from typing import Final

from keywords.edits import has_same_letters, is_one_edit
from keywords.folding import has_tones, without_tones
from keywords.hits import Hit
from keywords.keys import LONG_START, SHORT_START, Key
from keywords.lists import Layer
from keywords.slices import BATCH, lengths_by_start
from keywords.tokens import ends_cleanly, is_spaceless

SHORTEST_TONELESS: Final = 5
"""Letters of a Thai, Lao, Khmer or Burmese spelling that is also found without its tone marks."""
SHORTEST_SLIPPED: Final = 8
"""Letters besides tone marks of such a spelling that may hold one slip."""
KEPT: Final = 2
"""Letters at its beginning that must stand right: a pair."""
LAST_KEPT: Final = 3
"""Letters at its end that must stand right; one more where a letter is another: what ends otherwise is another word."""
_NONE: Final[Mapping[str, tuple[str, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Substrings:
    """What is looked for inside words.

    `starts`: first letters → lengths of the spellings that begin so. `toneless`: a spelling without its tone marks → the spelling,
    found by way of `toneless_starts`. `slipping`: last letters → first letters → spellings without tone marks that may hold a slip in
    between; `pairs` are those first letters, `longest` the most that such a spelling has.
    """

    starts: Mapping[str, tuple[int, ...]]
    toneless: Mapping[str, Key]
    toneless_starts: Mapping[str, tuple[int, ...]]
    slipping: Mapping[str, Mapping[str, tuple[str, ...]]]
    pairs: AbstractSet[str]
    longest: int


def build(keys: Iterable[Key]) -> Generator[None, None, Substrings]:
    """Make the tables, step by step."""
    toneless: dict[str, Key] = {}
    slipping: dict[str, dict[str, tuple[str, ...]]] = {}
    pairs, longest = set(), 0
    for at, key in enumerate(keys):
        if has_tones(key):
            bare = without_tones(key)
            if bare != key and len(bare) >= SHORTEST_TONELESS:
                toneless.setdefault(bare, key)
            if may_slip(key):
                pair, ending = bare[:KEPT], slipping.setdefault(bare[-LAST_KEPT:], {})
                ending[pair] = (*ending.get(pair, ()), bare)
                pairs.add(pair)
                longest = max(longest, len(bare))
        if at % BATCH == 0:
            yield
    starts = yield from lengths_by_start(keys)
    toneless_starts = yield from lengths_by_start(toneless)
    return Substrings(starts, toneless, toneless_starts, slipping, pairs, longest)


def scan_substrings(substrings: Substrings, keys: Container[Key], field: int, words: Sequence[str]) -> Iterator[Hit]:
    """Every spelling inside the words, beginning anywhere in a script without spaces, elsewhere where a word begins."""
    text = "".join(words)
    places: Sequence[int] = range(len(text))
    if len(words) > 1:
        offsets = accumulate(map(len, words), initial=0)
        places = [
            at
            for word, offset in zip(words, offsets, strict=False)
            for at in (range(offset, offset + len(word)) if is_spaceless(word) else (offset,))
        ]
    for start, end in _standing(text, places, substrings.starts, keys):
        if is_spaceless(text[end - 1]):
            yield Hit(Layer.EXACT, 0, field, start, end, text[start:end])
    if (substrings.toneless or substrings.pairs) and has_tones(text):
        yield from _scan_toneless(substrings, field, text)


def _scan_toneless(substrings: Substrings, field: int, text: str) -> Iterator[Hit]:
    """The same with tone marks left out on both sides, and with a slip in what is left."""
    bare, toneless = without_tones(text), substrings.toneless
    found = _standing(bare, range(len(bare)), substrings.toneless_starts, toneless)
    hits = [(start, end, toneless[bare[start:end]]) for start, end in found]
    hits += ((start, end, toneless.get(known, known)) for start, end, known in _slips(substrings, bare))
    if hits:
        places = [at for at, letter in enumerate(text) if without_tones(letter)]
        places.append(len(text))
        for start, end, key in hits:
            yield Hit(Layer.NEAR, 1, field, places[start], places[end], key)


def _slips(substrings: Substrings, bare: str) -> Iterator[tuple[int, int, str]]:
    """Where a spelling stands with one slip inside."""
    shortest, pairs = SHORTEST_SLIPPED - 1, tuple(map(add, bare, bare[1:]))
    if substrings.pairs.isdisjoint(pairs):
        return
    starts = defaultdict(list)
    for start, pair in enumerate(pairs[: len(bare) - shortest + 1]):
        if pair in substrings.pairs:
            starts[pair].append(start)
    for end, tail in enumerate(map(add, pairs[shortest - LAST_KEPT :], bare[shortest - 1 :]), shortest):
        ending = substrings.slipping.get(tail, _NONE)
        for pair in ending:
            if pair in starts:
                places = starts[pair]
                for start in places[bisect_left(places, end - substrings.longest - 1) : bisect_right(places, end - shortest)]:
                    yield from (
                        (start, end, known) for known in ending[pair] if is_slip(bare[start:end], known) and ends_cleanly(bare, end)
                    )


def may_slip(key: Key) -> bool:
    """Whether a spelling is in such a script, and long enough, to hold a slip; a number holds none."""
    return has_tones(key) and len(without_tones(key)) >= SHORTEST_SLIPPED and not any(map(str.isdecimal, key))


def is_slip(typed: str, known: str) -> bool:
    """Whether one letter is missing, too many, swapped with the next, or another one far from the ends, where a word of its own may stand."""
    if not -1 <= len(typed) - len(known) <= 1 or not is_one_edit(typed, known):
        return False
    is_another = len(typed) == len(known) and not has_same_letters(typed, known)
    return not is_another or (typed[:KEPT] == known[:KEPT] and typed[-LAST_KEPT - 1 :] == known[-LAST_KEPT - 1 :])


def _standing(text: str, places: Iterable[int], starts: Mapping[str, tuple[int, ...]], known: Container[str]) -> list[tuple[int, int]]:
    """Where known spellings stand that begin at the places and end with a whole letter; `starts` gives their lengths by their first letters."""
    found = []
    size = len(text)
    for start in places:
        lengths = starts.get(text[start : start + SHORT_START])
        if lengths is None:
            continue
        for length in lengths + starts.get(text[start : start + LONG_START], ()):
            end = start + length
            if end > size:
                break  # the shorter ones come first
            if text[start:end] in known and ends_cleanly(text, end):
                found.append((start, end))
    return found
