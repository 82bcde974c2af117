"""Where real words come from: the frequency lists of wordfreq, in every language it has. Which of them matter is keywords.neighbours'."""

from collections.abc import Iterator

import wordfreq

from keywords.index import build_index
from keywords.lists import KeywordList, RealWords
from keywords.neighbours import real_words

ZIPF_OF_EVERY_WORD = 9.0
CENTIBELS = 100


def frequencies() -> Iterator[tuple[str, float]]:
    """Each word of each language with its Zipf frequency (wordfreq, R. Speer; data CC BY-SA 4.0)."""
    for language in sorted(wordfreq.available_languages("best")):
        for centibels, words in enumerate(wordfreq.get_frequency_list(language, "best")):
            for word in words:
                yield word, ZIPF_OF_EVERY_WORD - centibels / CENTIBELS


def neighbours_of(lists: tuple[KeywordList, ...]) -> RealWords:
    """The real words near those of the lists; takes a minute or two."""
    return real_words(build_index(lists).lexicon, frequencies())
