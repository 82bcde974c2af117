"""Real words per language for the benchmarks, from wordfreq, and Thai ones put together from the packs; not the terms made of them."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from zlib import crc32

import regex
import wordfreq

from admin.packs.reading import read_list_file

LATIN = ("en", "es", "fr", "de", "it", "pt", "nl", "pl", "tr")
OTHERS = ("ru", "ar", "hi", "zh", "th")
EVERY_LANGUAGE = (*LATIN, *OTHERS)
SPACELESS = frozenset({"zh", "th"})

POOL = 30_000
"""Most frequent words per language that terms are made of."""
KNOWN = 100_000
"""Most frequent words per language that count as existing words."""

_SCRIPTS = dict.fromkeys(LATIN, "Latin") | {"ru": "Cyrillic", "ar": "Arabic", "hi": "Devanagari", "zh": "Han"}
_CLUSTER = regex.compile(r"[เแโใไ]?[\u0e01-\u0e2e][\u0e30-\u0e3a\u0e45-\u0e4e]*")
_THAI = Path(__file__).parents[1] / "packs" / "keywords" / "001" / "th.yaml"
_KEPT_BACK = 5


@cache
def pool(language: str) -> tuple[str, ...]:
    """The language's frequent words of three letters and more, most frequent first."""
    if language == "th":
        return tuple(_thai_words())
    fits = regex.compile(rf"[\p{{{_SCRIPTS[language]}}}\p{{M}}]{{3,24}}").fullmatch
    return tuple(word for word in wordfreq.top_n_list(language, KNOWN, wordlist="best") if fits(word))[:POOL]


def is_kept_back(word: str) -> bool:
    """Whether the word never stands in a term, so that a search made of such words means nothing."""
    return crc32(word.encode()) % _KEPT_BACK == 0


@cache
def for_terms(language: str) -> tuple[str, ...]:
    """The words that terms are made of."""
    return tuple(word for word in pool(language) if not is_kept_back(word))


@cache
def for_others(language: str) -> tuple[str, ...]:
    """The words that only searches hold."""
    return tuple(word for word in pool(language) if is_kept_back(word))


@cache
def existing() -> frozenset[str]:
    """Every word of every language here: none of them is anybody's typo."""
    spaced = (language for language in EVERY_LANGUAGE if language not in SPACELESS)
    return frozenset(word for language in spaced for word in wordfreq.top_n_list(language, KNOWN, wordlist="best"))


@cache
def alphabet(language: str) -> str:
    """The letters a slip of the finger may put in."""
    return "".join(sorted({letter for word in pool(language)[:2000] for letter in word}))


def _thai_words() -> Iterator[str]:
    """Chains of syllables as they follow one another in the Thai lists; most are no real words, all look like some."""
    random = Random("thai")
    follows: dict[str, list[str]] = {}
    for keywords in read_list_file(_THAI):
        for term in keywords.terms:
            for spelling in term.spellings():
                clusters = _CLUSTER.findall(spelling)
                for first, second in pairwise(clusters):
                    follows.setdefault(first, []).append(second)
    starts = sorted(follows)
    made: dict[str, None] = {}
    while len(made) < POOL:
        chain = [random.choice(starts)]
        for _ in range(random.randint(2, 5)):
            chain.append(random.choice(follows.get(chain[-1], starts)))
        made["".join(chain)] = None
    yield from made
