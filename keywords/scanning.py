"""Where curated spellings stand in a stretch of words: side by side, run together, or by way of what a word may stand for.

Knows keys and words only (substrings are a room of their own); which terms they lead to, and whether those may answer, is the matcher's.
"""

from collections.abc import Iterator
from operator import add
from typing import Final

from keywords.candidates import IS_KEY, LONGEST_SPAN, MORE, Candidate, answers_in
from keywords.fuzzy import forgives
from keywords.hits import EXACT, JOINED, Hit
from keywords.keys import MOST_WORDS, NO_ANSWERS, PAIR, Code, Key, may_be_joined, words_of
from keywords.lists import Layer
from keywords.postings import Index
from keywords.substrings import scan_substrings
from keywords.tokens import FIRST_SPACELESS, is_spaceless

MOST_STEPS: Final = 600
"""Windows with a replaced word that are looked up in one field; a caption full of typos must not cost more."""


def scan(index: Index, field: int, words: tuple[str, ...]) -> list[Hit]:
    """Every key that stands in the words, by every layer; a key may come more than once."""
    hits = [] if _mean_nothing(index, words) else _scan_words(index, field, words)
    if words and max(words) >= FIRST_SPACELESS and any(map(is_spaceless, words)):
        hits.extend(scan_substrings(index.substrings, index.keys, field, words))
    return hits


def _mean_nothing(index: Index, words: tuple[str, ...]) -> bool:
    """Whether every word is remembered to stand for nothing, and no two of them make something: so it is with most searches."""
    return index.lexicon.silent.issuperset(map(hash, words)) and index.keys.keys().isdisjoint(map(add, words, words[1:]))


def _scan_words(index: Index, field: int, words: tuple[str, ...]) -> list[Hit]:
    """Word by word: what it is, what it may stand for, and what it makes with those before it."""
    lexicon, keys = index.lexicon, index.keys
    known, silent = lexicon.words, lexicon.silent
    hits: list[Hit] = []
    options: dict[int, tuple[Candidate, ...]] = {}
    before, flags_before = "", 0
    for at, word in enumerate(words):
        flags = 0
        if hash(word) not in silent:
            flags = known.get(word, 0)
            if not flags or flags & MORE:
                found, cut = lexicon.meant(word)
                if found:
                    options[at] = found
                if cut:
                    hits.extend(_scan_joint(index, field, words, at, cut))
            if flags & IS_KEY:
                _note(hits, field, words, at, at + 1, word, keys[word])
        if at:
            pair = before + word
            posted = keys.get(pair)
            if posted is not None and posted not in NO_ANSWERS:
                _note(hits, field, words, at - 1, at + 1, pair, posted)
            if flags_before & LONGEST_SPAN > 1 or (posted is not None and _goes_on(index, pair, posted)):
                _scan_longer(index, hits, field, words, at - 1)
        before, flags_before = word, flags
    if options and _lead_anywhere(index, words, options):
        hits.extend(_Walk(index, field, words, options).hits())
    return hits


def _lead_anywhere(index: Index, words: tuple[str, ...], options: dict[int, tuple[Candidate, ...]]) -> bool:
    """Whether it pays to walk: a candidate answers by itself, or makes a pair with a neighbour."""
    keys, last = index.keys, len(words) - 1
    for at, found in options.items():
        following = words[at + 1] if at < last else ""
        for candidate in found:
            if candidate.answers or (candidate.span > 1 and (candidate.word + following in keys or at + 1 in options)):
                return True
        if at and any(words[at - 1] + candidate.word in keys for candidate in found):
            return True
        for first in range(max(0, at - LONGEST_SPAN), at - 1):
            span = index.lexicon.words.get(words[first], 0) & LONGEST_SPAN
            if span > at - first and (words[first] + words[first + 1] in keys or first + 1 in options):
                return True
    return False


def _goes_on(index: Index, pair: Key, code: Code | tuple[Code, ...]) -> bool:
    """Whether two words are the beginning of longer spellings, or the first word of some torn in two."""
    return _leads_on(code) or (not _are_letters(pair) and index.lexicon.words.get(pair, 0) & LONGEST_SPAN > 1)


def _are_letters(pair: Key) -> bool:
    """Whether two words are a letter each of an alphabet: no word torn in two, but perhaps one whose letters were set apart (see apart)."""
    return len(pair) == 2 and pair < FIRST_SPACELESS


def _leads_on(code: Code | tuple[Code, ...]) -> bool:
    return code == PAIR or (isinstance(code, tuple) and PAIR in code)


def _scan_joint(index: Index, field: int, words: tuple[str, ...], at: int, cut: int) -> Iterator[Hit]:
    """Keys that come to light when a word is taken for two typed as one: the joint lies in them or at their edge.

    What is no more than one of the two needs some letters: the shorter they are, the more words of any language begin or end like that.
    """
    word, first = words[at], max(0, at - MOST_WORDS)
    parted = (*words[first:at], word[:cut], word[cut:], *words[at + 1 : at + MOST_WORDS])
    offset = sum(map(len, words[:first]))
    start = offset + sum(map(len, words[first:at]))
    joint, end = start + cut, start + len(word)
    for hit in scan_exactly(index, field, parted):
        found = hit._replace(layer=JOINED, start=hit.start + offset, end=hit.end + offset)
        is_half = (found.start, found.end) in {(start, joint), (joint, end)}
        if found.start <= joint <= found.end and (not is_half or answers_in(found.key, word)):
            yield found


def scan_exactly(index: Index, field: int, words: tuple[str, ...]) -> list[Hit]:
    """Keys of one word and more as they stand; no word is taken for another."""
    hits: list[Hit] = []
    for first in range(len(words)):
        key = ""
        for end in range(first, min(first + MOST_WORDS, len(words))):
            key += words[end]
            code = index.keys.get(key)
            if code is not None and code not in NO_ANSWERS:
                _note(hits, field, words, first, end + 1, key, code)
    return hits


def _scan_longer(index: Index, hits: list[Hit], field: int, words: tuple[str, ...], first: int) -> None:
    """Windows of three words and more, up to as many letters as any phrase has."""
    key = words[first] + words[first + 1]
    keys, longest = index.keys, index.longest
    for end in range(first + 2, min(first + LONGEST_SPAN, len(words))):
        key += words[end]
        if len(key) > longest:
            return
        code = keys.get(key)
        if code is not None:
            _note(hits, field, words, first, end + 1, key, code)


def _note(hits: list[Hit], field: int, words: tuple[str, ...], first: int, end: int, key: Key, code: Code | tuple[Code, ...]) -> None:
    """Exact when there are as many words as curated; joined when only the spaces differ, which short keys may not.

    One word may be torn in two: what falls into more is letters set apart, which is a disguise.
    """
    typed = min(end - first, MOST_WORDS)
    curated = tuple(map(words_of, code)) if isinstance(code, tuple) else (words_of(code),)
    same = typed in curated
    if same or (typed <= max(curated) + 1 and may_be_joined(key)):
        start = sum(map(len, words[:first])) if first else 0
        hits.append(Hit(EXACT if same else JOINED, 0, field, start, start + len(key), key))


class _Walk:
    """Windows in which at least one word is replaced by what it may stand for."""

    def __init__(self, index: Index, field: int, words: tuple[str, ...], options: dict[int, tuple[Candidate, ...]]) -> None:
        self.index, self.field, self.words, self.options = index, field, words, options
        self.left = MOST_STEPS
        self.found: list[Hit] = []

    def hits(self) -> list[Hit]:
        words, options, known = self.words, self.options, self.index.lexicon.words
        last = len(words) - 1
        for first, found in options.items():
            self.left -= 1
            if self.left <= 0:
                return self.found
            for layer, edits, meant, answers, span in found:
                if answers:
                    self._note(layer, edits, first, first, meant)
                if span > 1 and first < last:
                    self._extend(first, first + 1, first + span, meant, layer, edits, is_changed=True)
        ahead = max(options)
        for first in range(ahead):
            if self.left <= 0:
                break
            span = known.get(words[first], 1) & LONGEST_SPAN
            if span > 1:
                self._extend(first, first + 1, first + span, words[first], EXACT, 0, is_changed=False)
        return self.found

    def _extend(self, first: int, at: int, end: int, key: Key, layer: Layer, edits: int, *, is_changed: bool) -> None:
        """Go on from a window `first` to `at` with every reading of the next word."""
        keys = self.index.keys
        is_pair = at == first + 1
        following = at + 1
        goes_on = following < end and following < len(self.words) and self.left > 0
        if is_changed or (goes_on and _is_ahead(self.options, following, end)):
            self.left -= 1
            longer = key + self.words[at]
            code = keys.get(longer)
            if is_changed and code is not None and forgives(longer, edits):
                self._note(layer, edits, first, at, longer)
            if goes_on and (not is_pair or (code is not None and _leads_on(code))):
                self._extend(first, following, end, longer, layer, edits, is_changed=is_changed)
        for other, more, meant, _, _ in self.options.get(at, ()):
            self.left -= 1
            longer = key + meant
            code = keys.get(longer)
            if code is None:
                if is_pair:
                    continue
            else:
                spent = edits + more
                if forgives(longer, spent):
                    self._note(other if other.rank > layer.rank else layer, spent, first, at, longer)
            if goes_on and (not is_pair or (code is not None and _leads_on(code))):
                weaker = other if other.rank > layer.rank else layer
                self._extend(first, following, end, longer, weaker, edits + more, is_changed=True)

    def _note(self, layer: Layer, edits: int, first: int, at: int, key: Key) -> None:
        start = sum(map(len, self.words[:first]))
        self.found.append(Hit(layer, edits, self.field, start, start + sum(map(len, self.words[first : at + 1])), key))


def _is_ahead(options: dict[int, tuple[Candidate, ...]], first: int, end: int) -> bool:
    return any(at in options for at in range(first, end))
