"""Near words: which known words lie within a typo or two of a given one. Not when a typo may count (see candidates), nor phrases.

A symmetric-delete table (after W. Garbe's SymSpell) over the words' first letters proposes, rapidfuzz disposes. Two words within two
edits share what is left of their first eight letters after some two are deleted, so only those rests are kept (28 a word). The table
is two flat arrays instead of a dictionary of strings, some eight bytes a rest, so that a million terms fit in memory.
"""

import unicodedata
from array import array
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz.distance.OSA import distance

SHORTEST_ALONE: Final = 5
"""Letters of a word that may be mistyped by one edit; shorter words only inside a phrase."""
SHORTEST_IN_PHRASE: Final = 3
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
    """An immutable table of known words, ready to be asked; from number `singles` on they are phrases run together.

    `entries[starts[b]:starts[b + 1]]` are bucket b's: a word's number in the low `bits`, above it a few more bits of the hash.
    """

    words: Sequence[str]
    singles: int
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
        if is_hangul:
            token = spelt(token)
        size = len(token)
        if size < SHORTEST_IN_PHRASE - 1 or not self.words:
            return ()
        starts, entries, mask, bits, words = self.starts, self.entries, self.mask, self.bits, self.words
        tag_mask, number_mask = (1 << (ENTRY_BITS - bits)) - 1, (1 << bits) - 1
        found: dict[int, int] = {}
        for rest in _rests(token, size > REST + 1):
            code = hash(rest)
            bucket = code & mask
            first, end = starts[bucket], starts[bucket + 1]
            if first == end:
                continue
            tag = code >> TAG_SHIFT & tag_mask
            for entry in entries[first:end]:
                if entry >> bits == tag:
                    number = entry & number_mask
                    word = spelt(words[number]) if is_hangul else words[number]
                    limit = TWICE if len(word) >= SHORTEST_TWICE and number < self.singles and not is_hangul else 1
                    if -limit <= len(word) - size <= limit and number not in found:
                        edits = distance(token, word, score_cutoff=limit)
                        found[number] = edits if edits <= limit else 0
        near = (Near(words[number], edits, number >= self.singles) for number, edits in found.items() if edits)
        return tuple(sorted(near, key=_order)) if found else ()


def _order(near: Near) -> tuple[int, str]:
    return near.edits, near.word


def build(words: Iterable[str], joined: Iterable[str] = ()) -> Iterator[NearWords | None]:
    """Make the table step by step: yields None after every step, at last the table. `joined` are run-together keys, one edit each."""
    singles: dict[str, None] = {}
    for at, word in enumerate(words):
        if len(word) >= SHORTEST_IN_PHRASE or len(spelt(word)) >= SHORTEST_JAMO:
            singles[word] = None
        if at % _BATCH == 0:
            yield None
    known = list(singles)
    yield None
    twice = len(known)
    phrases: dict[str, None] = {}
    for at, word in enumerate(joined):
        phrases[word] = None
        if at % _BATCH == 0:
            yield None
    known.extend(phrases)
    yield None
    codes = array("q")
    sizes = array("B")
    for number, word in enumerate(map(spelt, known)):
        rests = set(_rests(word, number < twice and len(word) >= SHORTEST_TWICE))
        codes.extend(map(hash, rests))
        sizes.append(len(rests))
        if number % _BATCH == 0:
            yield None
    yield from _grouped(known, twice, codes, sizes)


def _grouped(known: list[str], singles: int, codes: Sequence[int], sizes: Sequence[int]) -> Iterator[NearWords | None]:
    """The entries by bucket: a counting sort, in steps."""
    step = 1024
    buckets = 1 << max(3, len(codes).bit_length() - 2)
    mask, bits = buckets - 1, max(1, len(known).bit_length())
    tag_mask = (1 << (ENTRY_BITS - bits)) - 1
    starts = yield from _zeros(buckets + 1)
    for first in range(0, len(codes), step):
        for code in codes[first : first + step]:
            starts[(code & mask) + 1] += 1
        yield None
    total = 0
    for first in range(0, buckets + 1, step):
        for bucket in range(first, min(first + step, buckets + 1)):
            total += starts[bucket]
            starts[bucket] = total
        yield None
    filled = array("I")
    for first in range(0, len(starts), 8 * step):
        filled.extend(starts[first : first + 8 * step])
        yield None
    entries = yield from _zeros(len(codes))
    at = 0
    for number, size in enumerate(sizes):
        for code in codes[at : at + size]:
            place = filled[code & mask]
            filled[code & mask] = place + 1
            entries[place] = (code >> TAG_SHIFT & tag_mask) << bits | number
        at += size
        if number % _BATCH == 0:
            yield None
    yield NearWords(known, singles, starts, entries, mask, bits)


def _zeros(count: int) -> Generator[None, None, "array[int]"]:
    """As many zeros, a few at a time: the system hands out fresh memory slowly."""
    made = array("I")
    some = array("I", bytes(4 * 8192))
    while len(made) < count:
        made.extend(some)
        yield
    del made[count:]
    return made


def _rests(word: str, is_long: bool) -> list[str]:  # noqa: FBT001  asked for each word
    """What of a word is compared: short ones with up to one letter deleted, else REST letters of the first seven, or eight when long.

    A rest may come twice, where letters repeat.
    """
    if is_long:
        word = word[: REST + 2]
        return [word[:a] + word[a + 1 : b] + word[b + 1 :] for a, b in _TWO_OF_EIGHT]
    word = word[: REST + 1]
    rests = [word[:at] + word[at + 1 :] for at in range(len(word))]
    if len(word) <= REST:
        rests.append(word)
    return rests


_TWO_OF_EIGHT: Final = tuple((a, b) for a in range(REST + 2) for b in range(a + 1, REST + 2))
