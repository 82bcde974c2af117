"""Near words: which known words lie within a typo or two of a given one. Not when a typo may count (see candidates), nor phrases.

A symmetric-delete table (after W. Garbe's SymSpell) over the words' first letters proposes, rapidfuzz disposes. Two words within two
edits share what is left of their first eight letters after some two are deleted, so only those rests are kept (28 a word). The table
is two flat arrays instead of a dictionary of strings, some eight bytes a rest, so that a million terms fit in memory. Words are numbered
by their length: a number alone tells that a word is too long or too short.
"""

import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Final, NamedTuple

from rapidfuzz.distance.OSA import distance

SHORTEST_ALONE: Final = 5
"""Letters of a word that may be mistyped by one edit; shorter words only inside a phrase."""
SHORTEST_IN_PHRASE: Final = 3
SHORTEST_PHRASE: Final = 7
"""Letters of a whole phrase one word of which may be mistyped."""
SHORTEST_JAMO: Final = 6
"""Letters of a Hangul word that may be mistyped by one edit."""
SHORTEST_TWICE: Final = 9
"""Letters of a word that may be mistyped by two edits."""
REST: Final = 6
"""Letters that are left of the first seven or eight of a longer word."""
TWICE: Final = 2
TAG_SHIFT: Final = 40
"""Bits of a hash from here on tell apart entries of one bucket."""
ENTRY_BITS: Final = 32
_BATCH: Final = 8
"""Words between two steps of building."""


def allowed_edits(word: str) -> int:
    """How many edits a word or joined phrase forgives: none under 5 letters, one from 5, two from 9; in Hangul by jamo, one from 6."""
    if _is_hangul(word):
        return int(len(spelt(word)) >= SHORTEST_JAMO)
    return 0 if len(word) < SHORTEST_ALONE else 1 if len(word) < SHORTEST_TWICE else TWICE


def spelt(word: str) -> str:
    """The word letter by letter: a Hangul syllable is two or three."""
    return unicodedata.normalize("NFD", word) if _is_hangul(word) else word


def _is_hangul(word: str) -> bool:
    return bool(word) and "\uac00" <= word[0] <= "\ud7a3"


class Near(NamedTuple):
    """A known word and its optimal string alignment distance (insert, delete, substitute, swap neighbours); `is_joined`: a phrase as one word."""

    word: str
    edits: int
    is_joined: bool


@dataclass(frozen=True, slots=True)
class NearWords:
    """An immutable table of known words, the shortest first, ready to be asked; each length's phrases run together stand behind its words.

    `first[n]` is the number of the first word of n letters or more (Hangul by jamo), `phrases[n]` of the first phrase among those of n.
    `entries[starts[b]:starts[b + 1]]` are bucket b's: a word's number in the low `bits`, above it a few more bits of the hash.
    """

    words: Sequence[str]
    first: Sequence[int]
    phrases: Sequence[int]
    starts: Sequence[int]
    entries: Sequence[int]
    mask: int
    bits: int

    def __len__(self) -> int:
        """How many words the table knows."""
        return len(self.words)

    def near(self, token: str) -> tuple[Near, ...]:
        """Every known word within its own limit of edits, nearest first; the token itself is not one of them."""
        is_hangul = _is_hangul(token)
        letters = spelt(token) if is_hangul else token
        numbers = self._of_about(len(letters), 1 if is_hangul else TWICE)
        if not numbers:
            return ()
        starts, entries, mask, bits = self.starts, self.entries, self.mask, self.bits
        shift, tags = TAG_SHIFT - bits, (1 << ENTRY_BITS) - (1 << bits)
        found = set()
        for code in _codes(letters, len(letters) > REST + 1):
            bucket, tag = code & mask, code >> shift & tags
            first, end = tag + numbers.start, tag + numbers.stop
            for entry in entries[starts[bucket] : starts[bucket + 1]]:
                if first <= entry < end:
                    found.add(entry - tag)
        return tuple(sorted(self._within(letters, found, is_hangul=is_hangul), key=_order)) if found else ()

    def _of_about(self, size: int, most: int) -> range:
        """The words that are no more than `most` letters longer or shorter, by two only where they are long enough for two edits."""
        if not SHORTEST_IN_PHRASE - 1 <= size < len(self.phrases) + most:
            return range(0)
        shortest = size - most if size - most >= SHORTEST_TWICE else size - 1
        longest = size + most if size + most >= SHORTEST_TWICE else size + 1
        return range(self.first[min(shortest, len(self.phrases))], self.first[min(longest + 1, len(self.phrases))])

    def _within(self, letters: str, numbers: Iterable[int], *, is_hangul: bool) -> Iterator[Near]:
        """Those of the words that lie within their own limit."""
        for number in numbers:
            word = self.words[number]
            known = spelt(word) if is_hangul else word
            edits = distance(letters, known, score_cutoff=TWICE)
            if 0 < edits <= TWICE:
                is_phrase = number >= self.phrases[len(known)]
                if edits == 1 or not (is_phrase or is_hangul or len(known) < SHORTEST_TWICE):
                    yield Near(word, edits, is_phrase)


def _order(near: Near) -> tuple[int, str]:
    return near.edits, near.word


def build(words: Iterable[str], joined: Iterable[str] = ()) -> Iterator[NearWords | None]:
    """Make the table step by step: yields None after every step, at last the table. `joined` are run-together keys, one edit each."""
    singles = yield from _by_length(word for word in words if len(word) >= SHORTEST_IN_PHRASE or len(spelt(word)) >= SHORTEST_JAMO)
    runs = yield from _by_length(joined)
    known: list[str] = []
    first, phrases = [0], []
    for length in range(max((*singles, *runs), default=0) + 1):
        known.extend(singles.get(length, ()))
        phrases.append(len(known))
        yield None
        known.extend(runs.get(length, ()))
        first.append(len(known))
        yield None
    codes = array("q")
    sizes = array("B")
    for number, word in enumerate(map(spelt, known)):
        rests = set(_codes(word, len(word) >= SHORTEST_TWICE and number < phrases[len(word)]))
        codes.extend(rests)
        sizes.append(len(rests))
        if number % _BATCH == 0:
            yield None
    starts, entries, mask, bits = yield from _grouped(len(known), codes, sizes)
    yield NearWords(known, tuple(first), tuple(phrases), starts, entries, mask, bits)


def _by_length(words: Iterable[str]) -> Generator[None, None, dict[int, dict[str, None]]]:
    """The words by the number of their letters, each once, in steps."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for at, word in enumerate(words):
        found[len(spelt(word))][word] = None
        if at % _BATCH == 0:
            yield
    return found


def _grouped(
    count: int, codes: Sequence[int], sizes: Sequence[int]
) -> Generator[None, None, tuple["array[int]", "array[int]", int, int]]:
    """The entries of so many words by bucket: a counting sort, in steps. Gives starts, entries, mask and bits."""
    step = 1024
    buckets = 1 << max(3, len(codes).bit_length() - 2)
    mask, bits = buckets - 1, max(1, count.bit_length())
    shift, tags = TAG_SHIFT - bits, (1 << ENTRY_BITS) - (1 << bits)
    starts = yield from _zeros(buckets + 1)
    for first in range(0, len(codes), step):
        for code in codes[first : first + step]:
            starts[(code & mask) + 1] += 1
        yield
    total = 0
    for first in range(0, buckets + 1, step):
        for bucket in range(first, min(first + step, buckets + 1)):
            total += starts[bucket]
            starts[bucket] = total
        yield
    filled = array("I")
    for first in range(0, len(starts), 8 * step):
        filled.extend(starts[first : first + 8 * step])
        yield
    entries = yield from _zeros(len(codes))
    at = 0
    for number, size in enumerate(sizes):
        for code in codes[at : at + size]:
            place = filled[code & mask]
            filled[code & mask] = place + 1
            entries[place] = (code >> shift & tags) + number
        at += size
        if number % _BATCH == 0:
            yield
    return starts, entries, mask, bits


def _zeros(count: int) -> Generator[None, None, "array[int]"]:
    """As many zeros, a few at a time: the system hands out fresh memory slowly."""
    made = array("I")
    some = array("I", bytes(4 * 8192))
    while len(made) < count:
        made.extend(some)
        yield
    del made[count:]
    return made


def _codes(word: str, is_long: bool) -> Iterator[int]:  # noqa: FBT001  asked for each word
    """Hashes of what of a word is compared: of a short one the letters without any one of them, and all; of a longer one any REST letters
    of the first seven, or eight when long. One may come twice, where letters repeat.
    """
    if is_long:
        return map(hash, combinations(word[: REST + TWICE], REST))
    if len(word) > REST:
        return map(hash, combinations(word[: REST + 1], REST))
    return map(hash, chain(combinations(word, len(word) - 1), (tuple(word),)))
