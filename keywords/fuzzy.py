"""Near words: which known words lie within a typo or two of a given one. Not when a typo may count (see candidates), nor phrases.

A symmetric-delete table (after W. Garbe's SymSpell) over the words' first letters proposes, rapidfuzz disposes. Two words within two
edits share what is left of their first eight letters after some two are deleted, so only those rests are kept (28 a word). The table
is two flat arrays instead of a dictionary of strings, some eight bytes a rest, so that a million terms fit in memory. Words are numbered
by their length: a number alone tells that a word is too long or too short.
"""

from array import array
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Final, NamedTuple

from keywords.edits import distance, is_one_edit
from keywords.hangul import MOST_KEYS, SHORTEST_SWAPPED, is_hangul, is_syllable_slip, keystrokes

SHORTEST_ALONE: Final = 5
"""Letters of a word that may be mistyped by one edit; shorter words only inside a phrase."""
SHORTEST_IN_PHRASE: Final = 3
SHORTEST_KEYS_IN_PHRASE: Final = 4
SHORTEST_PHRASE: Final = 7
"""Letters of a whole phrase one word of which may be mistyped."""
SHORTEST_KEYS: Final = 6
"""Keys of a Hangul word that may be mistyped by one edit."""
ETHIOPIC: Final = ("\u1200", "\u137f")
"""First and last of the letters that are syllables."""
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
    """How many edits a word or joined phrase forgives: none under 5 letters, one from 5, two from 9; in Hangul one from 6 keys."""
    letters = _letters(word)
    if is_hangul(word):
        return int(letters >= SHORTEST_KEYS)
    return 0 if letters < SHORTEST_ALONE else 1 if len(word) < SHORTEST_TWICE else TWICE


def forgives(phrase: str, edits: int) -> bool:
    """Whether a joined phrase may hold so many edits: none in a short one."""
    return not edits or (edits <= allowed_edits(phrase) and _letters(phrase) >= SHORTEST_PHRASE)


def spelt(word: str) -> str:
    """The word letter by letter: Hangul by its keys."""
    return keystrokes(word) if is_hangul(word) else word


def _letters(word: str) -> int:
    """How many letters a word counts: Hangul by its keys, an Ethiopic syllable for two."""
    return len(word) * 2 if ETHIOPIC[0] <= word[:1] <= ETHIOPIC[1] else len(spelt(word))


class Near(NamedTuple):
    """A known word and its optimal string alignment distance (insert, delete, substitute, swap neighbours); `is_joined`: a phrase as one word."""

    word: str
    edits: int
    is_joined: bool


@dataclass(frozen=True, slots=True)
class NearWords:
    """An immutable table of known words, the shortest first, ready to be asked; each length's phrases run together stand behind its words.

    `first[n]` is the number of the first word of n letters or more (Hangul: of keys), `phrases[n]` of the first phrase among those of n.
    `entries[starts[b]:starts[b + 1]]` are bucket b's: a word's number in the low `bits`, above it a few more bits of the hash.
    """

    words: list[str]
    first: tuple[int, ...]
    phrases: tuple[int, ...]
    starts: "array[int]"
    entries: "array[int]"
    mask: int
    bits: int

    def __len__(self) -> int:
        """How many words the table knows."""
        return len(self.words)

    def near(self, token: str) -> tuple[Near, ...]:
        """Every known word within its own limit of edits, nearest first; the token itself is not one of them."""
        by_keys = is_hangul(token)
        size = len(keystrokes(token)) if by_keys else len(token)
        numbers = self._of_about(size, by_keys=by_keys)
        if not numbers:
            return ()
        starts, entries, mask, bits = self.starts, self.entries, self.mask, self.bits
        shift, tags, low, high = TAG_SHIFT - bits, (1 << ENTRY_BITS) - (1 << bits), numbers.start, numbers.stop
        found = set()
        for code in _syllable_codes(token) if by_keys else _codes(token, size > REST + 1):
            bucket, tag = code & mask, code >> shift & tags
            first, end = tag + low, tag + high
            for entry in entries[starts[bucket] : starts[bucket + 1]]:
                if first <= entry < end:
                    found.add(entry - tag)
        within = self._within_keys if by_keys else self._within
        return tuple(sorted(within(token, found), key=_order)) if found else ()

    def _of_about(self, size: int, *, by_keys: bool) -> range:
        """The words that may be near one of so many letters: a syllable longer or shorter, or two letters where two edits are allowed, or one."""
        if size < SHORTEST_IN_PHRASE - 1:
            return range(0)
        shortest = size - MOST_KEYS if by_keys else size - TWICE if size - TWICE >= SHORTEST_TWICE else size - 1
        longest = size + MOST_KEYS if by_keys else size + TWICE if size + TWICE >= SHORTEST_TWICE else size + 1
        most = len(self.phrases)
        return range(self.first[min(max(0, shortest), most)], self.first[min(longest + 1, most)])

    def _within(self, token: str, numbers: Iterable[int]) -> Iterator[Near]:
        """Those of the words that lie within their own limit."""
        for number in numbers:
            word = self.words[number]
            edits = distance(token, word, score_cutoff=TWICE)
            if 0 < edits <= TWICE:
                is_phrase = number >= self.phrases[len(word)]
                if edits == 1 or not (is_phrase or len(word) < SHORTEST_TWICE):
                    yield Near(word, edits, is_phrase)

    def _within_keys(self, token: str, numbers: Iterable[int]) -> Iterator[Near]:
        """The same in Hangul: one edit, of a key or a whole syllable."""
        letters = spelt(token)
        for number in numbers:
            word = self.words[number]
            known = spelt(word)
            if token != word and is_hangul(word) and (is_one_edit(letters, known) or is_syllable_slip(token, word)):
                yield Near(word, 1, number >= self.phrases[len(known)])


def _order(near: Near) -> tuple[int, str]:
    return near.edits, near.word


def build(words: Iterable[str], joined: Iterable[str] = ()) -> Iterator[NearWords | None]:
    """Make the table step by step: yields None after every step, at last the table. `joined` are run-together keys, one edit each."""
    singles = yield from _by_length(filter(_is_long_enough, words))
    runs = yield from _by_length(joined)
    known: list[str] = []
    first, phrases = [0], []
    for length in range(max((*singles, *runs), default=0) + 1):
        known.extend(singles.pop(length, ()))
        phrases.append(len(known))
        yield None
        known.extend(runs.pop(length, ()))
        first.append(len(known))
        yield None
    codes = array("q")
    sizes = array("B")
    for number, word in enumerate(known):
        is_long = len(word) >= SHORTEST_TWICE and number < phrases[len(word)]
        rests = set(_syllable_codes(word) if is_hangul(word) else _codes(word, is_long))
        codes.extend(rests)
        sizes.append(len(rests))
        if number % _BATCH == 0:
            yield None
    starts, entries, mask, bits = yield from _grouped(len(known), codes, sizes)
    yield NearWords(known, tuple(first), tuple(phrases), starts, entries, mask, bits)


def _is_long_enough(word: str) -> bool:
    return len(spelt(word)) >= (SHORTEST_KEYS_IN_PHRASE if is_hangul(word) else SHORTEST_IN_PHRASE)


def _by_length(words: Iterable[str]) -> Generator[None, None, dict[int, dict[str, None]]]:
    """The words by the number of their letters, each once, in steps."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for at, word in enumerate(words):
        found[len(spelt(word))][word] = None
        if at % _BATCH == 0:
            yield
    return found


def _grouped(count: int, codes: "array[int]", sizes: "array[int]") -> Generator[None, None, tuple["array[int]", "array[int]", int, int]]:
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
    """Hashes of what of a word is compared; one may come twice, where letters repeat.

    Of a short word its letters without any one of them, and all of them; of a longer one any REST of its first seven, or eight when long.
    """
    if is_long:
        return map(hash, combinations(word[: REST + TWICE], REST))
    if len(word) > REST:
        return map(hash, combinations(word[: REST + 1], REST))
    return map(hash, chain(combinations(word, len(word) - 1), (tuple(word),)))


def _syllable_codes(word: str) -> Iterator[int]:
    """The same of a Hangul word, by key and by syllable."""
    return chain(_codes(spelt(word), is_long=False), _codes(word, is_long=False) if len(word) >= SHORTEST_SWAPPED else ())
