"""Seeded term sets of any size in fourteen languages, as keyword lists, and what a search about them may look like (see queries)."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from bench.words import LATIN, OTHERS, SPACELESS, for_terms
from keywords.lists import KeywordList, Term

REGION = "001"
SIZES = (10_000, 100_000)
MILLION = 1_000_000

_LATIN_SHARE = 0.7
_TAG_SHARE = 0.2
_WORD_COUNTS = (1, 2, 3, 4, 5, 6)
_WORD_WEIGHTS = (20, 30, 25, 13, 8, 4)


def make_lists(count: int, seed: int = 1) -> tuple[KeywordList, ...]:
    """`count` different terms: 70 % Latin over nine languages, the rest Cyrillic, Arabic, Devanagari, Han and Thai; a fifth hashtags."""
    by_language: dict[str, list[Term]] = defaultdict(list)
    for language, text in _texts(count, Random(seed)):
        by_language[language].append(Term(text))
    return tuple(KeywordList(REGION, language, "election", tuple(terms)) for language, terms in by_language.items())


def _texts(count: int, random: Random) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    while len(seen) < count:
        language = random.choice(LATIN) if random.random() < _LATIN_SHARE else random.choice(OTHERS)
        known = for_terms(language)
        size = random.choices(_WORD_COUNTS, _WORD_WEIGHTS)[0]
        words = [known[int(random.random() * len(known))] for _ in range(size)]
        if random.random() < _TAG_SHARE:
            text = "#" + "".join(word.capitalize() for word in words[:3])
        else:
            text = ("" if language in SPACELESS else " ").join(words)
        if text not in seen:
            seen.add(text)
            yield language, text
