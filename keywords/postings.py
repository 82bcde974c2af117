"""One immutable index of every term of a release, ready to be probed; how it is made is in index, how it is probed in scanning."""

from dataclasses import dataclass
from typing import NamedTuple

from keywords.candidates import Lexicon
from keywords.keys import Code, Key, Marks
from keywords.lists import Layer, Term
from keywords.slices import Words
from keywords.substrings import Substrings


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What all terms of a list share."""

    id: str
    region: str
    language: str
    topic: str


class FileVetoes(NamedTuple):
    """The words that veto every term of a region's lists in one language, as keys."""

    region: str
    unless: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with what its list adds; `near` and `unless` are keys, None where there is no such condition.

    `elsewhere` are the vetoes of files in other languages that have a spelling of it, too.
    """

    of: ListFacts
    slot: str | None
    term: Term
    near: frozenset[Key] | None
    unless: frozenset[Key] | None
    barred: frozenset[Layer]
    elsewhere: tuple[FileVetoes, ...] = ()

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

    `keys`: joined spelling → its posting, or postings. `substrings`: how keys of scripts without spaces are looked for. `any_order`: the
    longest word of an `all` term → its entry and all its words. `marked`: keys that several spellings share but for their accents
    (`wählen`, `Wahlen`). `names`: the words of places' names, which a hashtag may hold beside a term; `places`: the whole names, joined.
    `longest`: the letters of the longest key.
    """

    entries: tuple[Entry, ...]
    keys: dict[Key, Code | tuple[Code, ...]]
    lexicon: Lexicon
    substrings: Substrings
    any_order: dict[Key, tuple[tuple[int, frozenset[Key]], ...]]
    vetoes: dict[str, frozenset[Key]]
    blocked: dict[str, frozenset[int]]
    names: Words
    places: Words
    marked: dict[Key, tuple[tuple[Marks, frozenset[int]], ...]]
    longest: int

    def postings(self, key: Key) -> tuple[Code, ...]:
        """The postings of a key; none for an unknown one."""
        found = self.keys.get(key, ())
        return found if isinstance(found, tuple) else (found,)
