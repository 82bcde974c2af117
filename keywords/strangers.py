"""Whether a search is about something that no list knows of: asked for bare words, such as “elections”, which every club has too."""

from collections.abc import Iterable
from typing import Final

from keywords.postings import Index
from keywords.reading import Field
from keywords.tokens import is_spaceless

MOST: Final = 1
"""Strangers in a search that is familiar all the same: a town, a name."""
SHORTEST: Final = 3
"""Letters of a word that may be a stranger."""


def is_familiar(index: Index, fields: Iterable[Field]) -> bool:
    """Whether a reading of the query holds one stranger at most; hashtags and captions, which are about many things, do not count."""
    counts = [sum(_is_stranger(index, word) for word in field.words) for field in fields if field.name == "query"]
    return not counts or min(counts) <= MOST


def _is_stranger(index: Index, word: str) -> bool:
    """Whether no list and no place name holds the word, nor one that it may stand for."""
    if len(word) < SHORTEST or word in index.names or word.isdecimal() or is_spaceless(word):
        return False
    return index.lexicon.is_silent(word)
