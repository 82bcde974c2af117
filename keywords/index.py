"""One immutable index of every term of a release, ready to be probed; how it is probed is the matcher's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from keywords.attached import stems
from keywords.errors import InvalidTerm
from keywords.lists import CONTEXT, MANY_LANGUAGES, YEAR, KeywordList, MatchKind, Term
from keywords.spellings import spellings
from keywords.tokens import is_spaceless, is_year, marks_of, tokenise

SHORTEST_STEM: Final = 4
"""Letters a `prefix` term needs."""
SHORTEST_JOINED: Final = 7
"""Letters a key needs before differently spaced words count as it (`post al vote`), in scripts with spaces."""
SHORTEST_JOINED_SYLLABLES: Final = 4
"""The same in Korean, where a letter is a syllable."""

Key = str
"""A spelling's folded tokens joined without spaces, so that a phrase, a hashtag and a hyphenation are one key."""
Marks = tuple[str, ...]
"""The accents of a spelling, letter by letter."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with what its list adds; `near` and `unless` are keys, None where there is no such condition."""

    list_id: str
    region: str
    language: str
    topic: str
    slot: str | None
    term: Term
    near: frozenset[Key] | None
    unless: frozenset[Key] | None


@dataclass(frozen=True, slots=True)
class Index:
    """Every way a term can be found; numbers are positions in `entries`.

    `marked` holds the keys that several spellings share but for their accents (`wählen`, `Wahlen`).
    """

    entries: tuple[Entry, ...]
    phrases: Mapping[Key, tuple[int, ...]]
    exact: Mapping[Key, tuple[int, ...]]
    tags: Mapping[Key, tuple[int, ...]]
    prefixes: Mapping[Key, tuple[int, ...]]
    prefix_lengths: tuple[int, ...]
    any_order: Mapping[Key, tuple[tuple[int, frozenset[Key]], ...]]
    words_of: Mapping[Key, frozenset[tuple[str, ...]]]
    lengths_from: Mapping[str, tuple[int, ...]]
    longest: int
    vetoes: Mapping[str, frozenset[Key]]
    blocked: Mapping[str, frozenset[str]]
    vocabulary: frozenset[str]
    marked: Mapping[Key, tuple[tuple[Marks, frozenset[int]], ...]]


class _Builder:
    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.phrases: dict[Key, list[int]] = {}
        self.exact: dict[Key, list[int]] = defaultdict(list)
        self.tags: dict[Key, list[int]] = defaultdict(list)
        self.prefixes: dict[Key, list[int]] = defaultdict(list)
        self.any_order: dict[Key, list[tuple[int, frozenset[Key]]]] = defaultdict(list)
        self.words_of: dict[Key, set[tuple[str, ...]]] = defaultdict(set)
        self.lengths_from: dict[str, set[int]] = defaultdict(set)
        self.longest = 1
        self.vetoes: dict[str, set[Key]] = defaultdict(set)
        self.blocked: dict[str, set[str]] = defaultdict(set)
        self.vocabulary: set[str] = set()
        self.marked: dict[Key, dict[Marks, set[int]]] = defaultdict(lambda: defaultdict(set))

    def words(self, text: str) -> tuple[str, ...]:
        tokens = tokenise(text)
        if not tokens:
            raise InvalidTerm(f"Nothing is left of “{text}” after normalising.")
        return tokens

    def probe(self, tokens: tuple[str, ...]) -> Key:
        """Make the scan look for these tokens side by side, and give their key."""
        key = "".join(tokens)
        self.phrases.setdefault(key, [])
        self.words_of[key].add(tokens)
        self.longest = max(self.longest, len(tokens))
        if any(map(is_spaceless, tokens)):
            self.lengths_from[tokens[0]].add(len(key))
        else:
            self.vocabulary.update(token for token in tokens if not token.isdecimal())
        return key

    def context(self, words: Iterable[str], language: str) -> frozenset[Key]:
        return frozenset(
            word if word == YEAR else self.probe(self.words(spelling)) for word in words for spelling in spellings(word, language)
        )

    def add_list(self, keywords: KeywordList) -> None:
        context = self.context(keywords.context, keywords.language)
        unless = self.context(keywords.unless, keywords.language)
        if keywords.language == MANY_LANGUAGES:
            self.vetoes[keywords.region] |= unless
            unless = frozenset()
        self.blocked[keywords.region].update(text.casefold() for text in keywords.blocked)
        for term in keywords.terms:
            number = len(self.entries)
            near = self.context((word for word in term.near if word != CONTEXT), keywords.language) if term.near else None
            if near is not None and CONTEXT in term.near:
                near |= context
            vetoes = unless | self.context(term.unless, keywords.language) if term.unless else unless
            slot = term.slot or keywords.slot
            self.entries.append(Entry(keywords.id, keywords.region, keywords.language, keywords.topic, slot, term, near, vetoes or None))
            for text in dict.fromkeys(other for spelling in term.spellings() for other in spellings(spelling, keywords.language)):
                self.add_spelling(number, term, text)

    def add_spelling(self, number: int, term: Term, text: str) -> None:
        tokens = self.words(text)
        key = "".join(tokens)
        self.marked[key][marks_of(text)].add(number)
        if text.startswith(("#", "＃")):
            self.tags[key].append(number)
        elif term.match is MatchKind.EXACT:
            self.exact[key].append(number)
        elif term.match is MatchKind.ALL and len(tokens) > 1:
            keys = frozenset(self.probe(self.words(word)) for word in text.split())
            self.any_order[max(keys, key=len)].append((number, keys))
        elif term.match is MatchKind.PREFIX and not is_spaceless(tokens[0]):
            if len(key) < SHORTEST_STEM:
                raise InvalidTerm(f"The word beginning “{text}” needs at least {SHORTEST_STEM} letters.")
            self.prefixes[key].append(number)
        else:
            _append(self.phrases, self.probe(tokens), number)
            for bare in _without_article(tokens):
                _append(self.phrases, self.probe(bare), number)

    def build(self) -> Index:
        return Index(
            entries=tuple(self.entries),
            phrases=_frozen(self.phrases),
            exact=_frozen(self.exact),
            tags=_frozen(self.tags),
            prefixes=_frozen(self.prefixes),
            prefix_lengths=tuple(sorted({len(key) for key in self.prefixes})),
            any_order=MappingProxyType({key: tuple(found) for key, found in self.any_order.items()}),
            words_of=MappingProxyType({key: frozenset(found) for key, found in self.words_of.items() if found != {(key,)}}),
            lengths_from=MappingProxyType({token: tuple(sorted(found)) for token, found in self.lengths_from.items()}),
            longest=self.longest,
            vetoes=MappingProxyType({region: frozenset(keys) for region, keys in self.vetoes.items()}),
            blocked=MappingProxyType({region: frozenset(keys) for region, keys in self.blocked.items() if keys}),
            vocabulary=frozenset(self.vocabulary),
            marked=MappingProxyType(
                {
                    key: tuple((marks, frozenset(numbers)) for marks, numbers in spelled.items())
                    for key, spelled in self.marked.items()
                    if len(spelled) > 1
                }
            ),
        )


def build_index(lists: Iterable[KeywordList], place_names: Iterable[str] = ()) -> Index:
    """Compile lists; `place_names` are words a hashtag may hold beside a term; raises InvalidTerm for one that cannot be compiled."""
    builder = _Builder()
    for keywords in lists:
        builder.add_list(keywords)
    for name in place_names:
        tokens = tokenise(name)
        if tokens and not any(map(is_spaceless, tokens)):
            builder.vocabulary.update((*tokens, "".join(tokens)))
    builder.vocabulary -= {token for token in builder.vocabulary if is_year(token)}
    return builder.build()


def _append(table: dict[Key, list[int]], key: Key, number: int) -> None:
    numbers = table[key]
    if not numbers or numbers[-1] != number:
        numbers.append(number)


def _frozen(table: Mapping[Key, list[int]]) -> Mapping[Key, tuple[int, ...]]:
    return MappingProxyType({key: tuple(numbers) for key, numbers in table.items()})


def _without_article(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """An Arabic phrase without its articles, because people leave them out; nothing for other languages."""
    bare = tuple(token[2:] if token.startswith("ال") and token[2:] in stems(token) else token for token in tokens)
    return () if bare == tokens else (bare,)
