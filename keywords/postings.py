"""One immutable index of every term of a release, ready to be probed; how it is made is in index, how it is probed in scanning."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from keywords.candidates import Lexicon
from keywords.lists import Layer, Term
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


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What all terms of a list share."""

    id: str
    region: str
    language: str
    topic: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with what its list adds; `near` and `unless` are keys, None where there is no such condition."""

    of: ListFacts
    slot: str | None
    term: Term
    near: frozenset[Key] | None
    unless: frozenset[Key] | None
    barred: frozenset[Layer]

    @property
    def list_id(self) -> str:
        """`region/language/topic` of its list."""
        return self.of.id

    @property
    def region(self) -> str:
        """Its list's region."""
        return self.of.region

    @property
    def topic(self) -> str:
        """Its list's topic."""
        return self.of.topic


@dataclass(frozen=True, slots=True)
class Index:
    """Every way a term can be found.

    `keys`: joined spelling → its posting, or postings. `pairs`: first two words, joined, of longer spellings. `spaceless`: first letter → lengths of keys that are looked for as substrings.
    `any_order`: the longest word of an `all` term → its entry and all its words. `marked`: keys that several spellings share but for
    their accents (`wählen`, `Wahlen`).
    `names`: words, such as places, that a hashtag may hold beside a term.
    """

    entries: tuple[Entry, ...]
    keys: Mapping[Key, Code | tuple[Code, ...]]
    lexicon: Lexicon
    pairs: frozenset[Key]
    spaceless: Mapping[str, tuple[int, ...]]
    any_order: Mapping[Key, tuple[tuple[int, frozenset[Key]], ...]]
    vetoes: Mapping[str, frozenset[Key]]
    blocked: Mapping[str, frozenset[int]]
    names: frozenset[str]
    marked: Mapping[Key, tuple[tuple[Marks, frozenset[int]], ...]]

    def postings(self, key: Key) -> tuple[Code, ...]:
        """The postings of a key; none for an unknown one."""
        found = self.keys.get(key, ())
        return found if isinstance(found, tuple) else (found,)


def may_be_joined(key: Key) -> bool:
    """Whether a key is long enough to count when its words are spaced in another way."""
    shortest = SHORTEST_JOINED_SYLLABLES if "\uac00" <= key[0] <= "\ud7a3" else SHORTEST_JOINED
    return len(key) >= shortest or is_spaceless(key)
