"""Place names in a search: which codes its words may name, in which languages. What a code means, and which one is meant, is for others."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from keywords.affixes import FIRST_ATTACHING, bare
from keywords.keys import Key
from keywords.slices import settled
from keywords.tokens import is_spaceless, tokenise

_BATCH = 64
SHORTEST_NAME = 3
"""Letters of a name that is looked for; two in scripts without spaces."""


class PlaceName(NamedTuple):
    """What a place is called in a language (BCP 47)."""

    name: str
    code: str
    language: str


class Mention(NamedTuple):
    """A name that stands in the words: every code it may mean, with the languages that call it so, and its letters (half-open)."""

    codes: tuple[tuple[str, frozenset[str]], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """Every place name of a release, by its folded words, joined."""

    by_key: Mapping[Key, tuple[tuple[str, frozenset[str]], ...]]
    most_words: Mapping[str, int]
    spaceless: Mapping[str, tuple[int, ...]]

    @classmethod
    def in_steps(cls, names: Iterable[PlaceName]) -> Iterator["PlaceNames | None"]:
        """Sort names into the table, when a release is loaded: None after each step, at last the table. Names without a code are passed over."""
        found: dict[Key, dict[str, set[str]]] = {}
        most: dict[str, int] = {}
        lengths: dict[str, set[int]] = {}
        for number, (name, code, language) in enumerate(names):
            if number % _BATCH == 0:
                yield None
            words = tokenise(name) if code else ()
            key = "".join(words)
            if len(key) < SHORTEST_NAME and not (key and is_spaceless(key) and len(key) > 1):
                continue
            found.setdefault(key, {}).setdefault(code, set()).add(language)
            most[words[0]] = max(most.get(words[0], 0), len(words))
            if is_spaceless(key):
                lengths.setdefault(key[0], set()).add(len(key))
        by_key = yield from settled(found, _languages_by_code)
        yield cls(
            by_key,
            most,
            {letter: tuple(sorted(sizes, reverse=True)) for letter, sizes in lengths.items()},
        )

    def mentions(self, words: Sequence[str]) -> Iterator[Mention]:
        """The names in folded words, the longest at each place; one with a case ending or prefix attached counts too."""
        offset, first = 0, 0
        while first < len(words):
            word = words[first]
            taken = 1
            most = self.most_words.get(word)
            if is_spaceless(word):
                yield from self._inside(word, offset)
            elif most is not None:
                for count in range(min(most, len(words) - first), 0, -1):
                    key = "".join(words[first : first + count])
                    if key in self.by_key:
                        yield Mention(self.by_key[key], offset, offset + len(key))
                        taken = count
                        break
            elif word >= FIRST_ATTACHING and (codes := next(filter(None, map(self.by_key.get, bare(word))), None)):
                yield Mention(codes, offset, offset + len(word))
            offset += sum(map(len, words[first : first + taken]))
            first += taken

    def _inside(self, text: str, offset: int) -> Iterator[Mention]:
        """Names in a stretch of a script without spaces, the longest at each letter."""
        start = 0
        while start < len(text):
            length = next((size for size in self.spaceless.get(text[start], ()) if text[start : start + size] in self.by_key), 0)
            if length:
                yield Mention(self.by_key[text[start : start + length]], offset + start, offset + start + length)
            start += length or 1


def _languages_by_code(codes: dict[str, set[str]]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((code, frozenset(tags)) for code, tags in sorted(codes.items()))


def codes_in(mentions: Iterable[Mention], languages: Collection[str]) -> tuple[str, ...]:
    """The codes that names in any of the languages may mean, in the order in which they stand; a language without its script counts too."""
    wanted = {*languages, *(language.partition("-")[0] for language in languages)}
    return tuple(dict.fromkeys(code for mention in mentions for code, tags in mention.codes if tags & wanted))
