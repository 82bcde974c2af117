"""Keys and postings: how a curated spelling is looked up, and what a key found in a text is for. Numbers, no lookups (see postings)."""

from enum import IntEnum
from typing import Final

from keywords.hangul import is_syllable
from keywords.tokens import is_spaceless

SHORTEST_JOINED: Final = 7
"""Letters a key needs before differently spaced words count as it (`post al vote`), in scripts with spaces."""
SHORTEST_JOINED_SYLLABLES: Final = 4
"""The same in Korean, where a letter is a syllable."""

Key = str
"""A spelling's folded words joined without spaces, so that a phrase, a hashtag and a hyphenation are one key."""
Marks = tuple[str, ...]
"""The accents of a spelling, letter by letter."""

MOST_WORDS: Final = 7
"""Words of a spelling are counted up to this."""


class Kind(IntEnum):
    """What a key found in a text is for."""

    PROBE = 0
    PHRASE = 1
    EXACT = 2
    TAG = 3
    BEGINNING = 4
    ROMANISED = 5
    PAIR = 6


Code = int
"""A posting in one number: entry × 64 + kind × 8 + words of the spelling. Numbers instead of tuples, for the memory of a million terms."""


def encode(entry: int, kind: Kind, words: int) -> Code:
    """The posting of an entry's spelling."""
    return entry << 6 | kind << 3 | min(words, MOST_WORDS)


def entry_of(code: Code) -> int:
    """Position in `Index.entries`."""
    return code >> 6


def kind_of(code: Code) -> int:
    """The posting's Kind, as a number."""
    return code >> 3 & 7


def words_of(code: Code) -> int:
    """How many words the spelling has, MOST_WORDS for that or more."""
    return code & 7


PAIR: Final = encode(0, Kind.PAIR, 0)
"""Stands behind the first two words, joined, of every longer spelling: it pays to look further."""


TORN: Final = encode(0, Kind.PAIR, 1)
"""Stands behind the first word of longer spellings where that is no key itself: typed as two words, it leads on as one."""
NO_ANSWERS: Final = (PAIR, TORN)
"""Postings that only say that it pays to look further."""


def may_be_joined(key: Key) -> bool:
    """Whether a key is long enough to count when its words are spaced in another way."""
    shortest = SHORTEST_JOINED_SYLLABLES if is_syllable(key[0]) else SHORTEST_JOINED
    return len(key) >= shortest or is_spaceless(key)
