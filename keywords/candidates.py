"""What a single word may stand for: known words that it is an inflection, a typo or a disguise of. Phrases are the matcher's.

Each layer is one small function of the same shape; all of a word's candidates are kept, surest first, and which of them lead to a
term is found out by walking the text.
"""

from collections.abc import Callable, Container, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from keywords.affixes import LONGEST_BEGINNING, LONGEST_ENDING, SHORTEST_STEM, bare
from keywords.disguises import collapse_repeats, fuse_letters, has_leet, is_mixed, read_leet, skeletons
from keywords.doubts import may_be_another
from keywords.fuzzy import NearWords, spelt
from keywords.keys import NO_ANSWERS, PAIR, Code, Key, may_be_joined
from keywords.lists import Layer

MOST: Final = 24
"""Candidates of one word that are followed."""
REMEMBERED: Final = 50_000
"""Words that may stand for something whose candidates are kept; when there are more, all are forgotten."""
MOST_SILENT: Final = 50_000
"""Words that stand for nothing and are remembered as such; when there are more, some are forgotten."""
LONGEST_SPAN: Final = 31
IS_KEY: Final = 32
"""Added to a curated word's span in `Lexicon.words` where the word is a key by itself."""
MORE: Final = 64
"""The same where it is also another word with something attached."""
MAY_JOIN: Final = 128
"""The same in a term, not only in a context or veto. All of it stays below 256, where Python has its numbers ready."""
SHORTEST_JOINED_NEAR: Final = 10
"""Letters of a phrase that may be run together and mistyped at once."""
SHORTEST_PART: Final = 2
"""Letters of each of two words that were typed as one."""
SHORTEST_TWO: Final = 7
"""Letters of both of them together."""
SHORTEST_HALF: Final = 6
"""Letters of one of them that may answer by itself; the other one then needs SHORTEST_REST."""
SHORTEST_REST: Final = 4
SHORTEST_WORD: Final = 2
LONGEST_WORD: Final = 40
"""Letters of a word past which only exact matching is tried."""


class Guess(NamedTuple):
    """What one layer thinks of a word; `stands_alone` says whether that may answer outside a longer phrase."""

    layer: Layer
    edits: int
    word: str
    stands_alone: bool = True


class Candidate(NamedTuple):
    """A known word that was probably meant.

    `answers` says whether it may lead to a term by itself, `span` how many words the longest phrase has that it begins.
    """

    layer: Layer
    edits: int
    word: str
    answers: bool
    span: int


Meant = tuple[tuple[Candidate, ...], int]
"""What a word may stand for, and where it falls into two words; 0 for nowhere."""
_NOTHING: Final[Meant] = ((), 0)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that is known about single words, of one release.

    `words` are the curated words, each with the most words of a phrase it begins (and IS_KEY, MORE, MAY_JOIN); `keys` are the joined spellings;
    `stems` and `tails` hold what may follow a stem or stand before it; `prefixes` the beginnings that `prefix` terms look for. `common` and
    `rare` are real words; `unsure` are curated words of no language whose real words are known.
    """

    words: dict[str, int]
    keys: dict[Key, Code | tuple[Code, ...]]
    stems: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    tails: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    prefixes: frozenset[str]
    prefix_lengths: tuple[int, ...]
    near: NearWords
    common: Container[str]
    rare: Container[str]
    unsure: AbstractSet[str]
    silent: set[int] = field(default_factory=set, repr=False, compare=False)
    memory: dict[int, Meant] = field(default_factory=dict, repr=False, compare=False)

    def candidates(self, word: str) -> tuple[Candidate, ...]:
        """What a word may stand for besides itself."""
        return self.meant(word)[0]

    def meant(self, word: str) -> Meant:
        """The same, and where the word falls into two.

        Remembered under the word's salted hash, so that no text is kept: in `memory`, or in `silent` where it is no curated word and
        stands for nothing.
        """
        code = hash(word)
        if code in self.silent:
            return _NOTHING
        found = self.memory.get(code)
        if found is None:
            if len(self.memory) >= REMEMBERED:
                self.forget()
            is_known = word in self.words
            found = (self.affixed(word) if is_known else self.work_out(word), self.joint(word))
            if is_known or found != _NOTHING:
                self.memory[code] = found
            else:
                if len(self.silent) >= MOST_SILENT:
                    self.silent.pop()
                self.silent.add(code)
        return found

    def is_silent(self, word: str) -> bool:
        """Whether it is no curated word and stands for nothing."""
        return word not in self.words and self.meant(word) == _NOTHING

    def work_out(self, word: str) -> tuple[Candidate, ...]:
        """The same for an unknown word, without remembering."""
        size = len(word)
        if not SHORTEST_WORD <= size <= LONGEST_WORD or word.isdecimal():
            return ()
        layers = _REAL_LAYERS if word in self.common else _PLAIN_LAYERS if word.isascii() and word.isalpha() else LAYERS
        return self._ordered([guess for layer in layers for guess in layer(self, word)])

    def joint(self, word: str) -> int:
        """Where a word that does not exist falls into two words of terms; 0 for nowhere."""
        is_long = SHORTEST_TWO <= len(word) <= LONGEST_WORD
        if not is_long or word in self.words or word in self.common or word in self.rare or word.isdecimal():
            return 0
        for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            if self.words.get(word[:cut], 0) & MAY_JOIN and self.words.get(word[cut:], 0) & MAY_JOIN:
                return cut
        return 0

    def affixed(self, word: str) -> tuple[Candidate, ...]:
        """What particles, prefixes and endings make of a known word; one that is curated by itself has the ending it was given."""
        layers = (attached, begun) if self.is_curated(word) else (attached, begun, inflected)
        return self._ordered([guess for layer in layers for guess in layer(self, word) if guess.word != word])

    def _ordered(self, guesses: list[Guess]) -> tuple[Candidate, ...]:
        """One candidate a word, the surest guesses first."""
        if not guesses:
            return ()
        surest: dict[str, Guess] = {}
        for guess in sorted(guesses, key=_order):
            surest.setdefault(guess.word, guess)
        return tuple(
            Candidate(layer, edits, word, alone and self.is_curated(word), self.words.get(word, 1) & LONGEST_SPAN)
            for layer, edits, word, alone in list(surest.values())[:MOST]
        )

    def is_curated(self, key: Key) -> bool:
        """Whether a joined spelling leads anywhere by itself: to a term, a context word or a veto."""
        return self.keys.get(key, PAIR) not in NO_ANSWERS

    def is_known(self, word: str) -> bool:
        """Whether the word, or a phrase typed as one word, is curated."""
        return word in self.words or self.is_curated(word)

    def forget(self) -> None:
        """Start with an empty memory, as after loading a release."""
        self.memory.clear()
        self.silent.clear()


def answers_in(part: str, word: str) -> bool:
    """Whether one of the two words that a word falls into is long enough, and the other one too, to answer by itself."""
    return len(part) >= SHORTEST_HALF and len(word) - len(part) >= SHORTEST_REST


def _order(guess: Guess) -> tuple[bool, int, int, str]:
    """Surest first; a disguise that explains every letter is surer than a typo."""
    return guess.edits > 0, guess.layer.rank, guess.edits, guess.word


def run_together(lexicon: Lexicon, word: str) -> Iterator[Guess]:
    """A phrase typed as one word."""
    if lexicon.is_curated(word) and may_be_joined(word):
        yield Guess(Layer.JOINED, 0, word)


def attached(lexicon: Lexicon, word: str) -> Iterator[Guess]:
    """Korean particles, Arabic, Hebrew and Ethiopic prefixes; a `prefix` term's stem stands behind none."""
    for stem in bare(word):
        if lexicon.is_known(stem):
            yield Guess(Layer.ATTACHED, 0, stem)


def begun(lexicon: Lexicon, word: str) -> Iterator[Guess]:
    """The beginnings that `prefix` terms look for."""
    for length in lexicon.prefix_lengths:
        if length < len(word) and word[:length] in lexicon.prefixes:
            yield Guess(Layer.EXACT, 0, begin_key(word[:length]))


def inflected(lexicon: Lexicon, word: str) -> Iterator[Guess]:
    """Another ending or beginning that the language puts in the place of the curated one."""
    size = len(word)
    if size < SHORTEST_STEM:
        return
    for cut in range(max(SHORTEST_STEM, size - LONGEST_ENDING), size + 1):
        for curated, endings in lexicon.stems.get(word[:cut], ()):
            if word[cut:] in endings:
                yield Guess(Layer.INFLECTED, 0, curated)
    if lexicon.tails:
        for cut in range(min(LONGEST_BEGINNING, size - SHORTEST_STEM) + 1):
            for curated, beginnings in lexicon.tails.get(word[cut:], ()):
                if word[:cut] in beginnings:
                    yield Guess(Layer.INFLECTED, 0, curated)


def mistyped(lexicon: Lexicon, word: str) -> Iterator[Guess]:
    """Near misses, unless the word exists. A doubtful one counts only inside a phrase: see doubts."""
    if word in lexicon.common:
        return
    exists = word in lexicon.rare
    for near in lexicon.near.near(word):
        if not near.is_joined or len(spelt(near.word)) >= SHORTEST_JOINED_NEAR:
            is_doubtful = exists or may_be_another(word, near, is_unsure=near.word in lexicon.unsure)
            yield Guess(Layer.NEAR, near.edits, near.word, stands_alone=not is_doubtful)


def fused(lexicon: Lexicon, word: str) -> Iterator[Guess]:
    """Two letters that look like one, and nothing else wrong."""
    for plain in fuse_letters(word):
        if lexicon.is_known(plain):
            yield Guess(Layer.LOOK_ALIKE, 0, plain)


def disguised_as(layer: Layer, readings: Callable[[str], Iterator[str]]) -> Callable[[Lexicon, str], Iterator[Guess]]:
    """A layer of the plainer spellings that `readings` finds in a word: known ones, or else those a typo away."""

    def disguised(lexicon: Lexicon, word: str) -> Iterator[Guess]:
        for plain in readings(word):
            if lexicon.is_known(plain):
                yield Guess(layer, 0, plain)
                continue
            for guess in (*inflected(lexicon, plain), *mistyped(lexicon, plain)):
                yield guess._replace(layer=layer)

    return disguised


def begin_key(stem: str) -> str:
    """The key of a `prefix` term: no typed word is spelt like it."""
    return f"{stem}*"


look_alike = disguised_as(Layer.LOOK_ALIKE, lambda word: skeletons(word) if is_mixed(word) else iter(()))
leet = disguised_as(Layer.LEET, lambda word: read_leet(word) if has_leet(word) else iter(()))
repeated = disguised_as(Layer.REPEATED, collapse_repeats)

LAYERS: Final = (run_together, attached, begun, inflected, mistyped, look_alike, fused, leet, repeated)
"""Every way a single word may stand for another, the surest first."""
_PLAIN_LAYERS: Final = (run_together, begun, inflected, mistyped, fused, repeated)
"""Those that can say anything about a word of plain Latin letters."""
_REAL_LAYERS: Final = (run_together, attached, begun, inflected, look_alike)
"""Those that can say anything about a word that exists: it is no typo, and `korn` no `kom`, but people write Ukrainian with a Latin i."""
