"""Whether a search is about something that no list knows of, or about a place: asked for bare words, such as “elections” or “Wahl”."""

from collections.abc import Iterable, Sequence
from typing import Final

from keywords.hits import Hit
from keywords.postings import Index
from keywords.reading import Field
from keywords.tokens import is_spaceless

MOST: Final = 1
"""Strangers in a search that is familiar all the same: a town, a name."""
SHORTEST: Final = 3
"""Letters of a word that may be a stranger."""
LONGEST_NAME: Final = 5
"""Words of a place's name that are looked at."""
CAPTION: Final = "text"
"""The field that is about many things at once."""


def is_familiar(index: Index, fields: Iterable[Field]) -> bool:
    """Whether a reading of the query holds one stranger at most; hashtags and captions, which are about many things, do not count."""
    counts = [sum(_is_stranger(index, word) for word in field.words) for field in fields if field.name == "query"]
    return not counts or min(counts) <= MOST


def is_about_a_place(index: Index, field: Field, hit: Hit) -> bool:
    """Whether a place's name stands before or after the hit, in a query or hashtag where no word is a stranger."""
    if field.name == CAPTION or any(_is_stranger(index, word) for word in field.words):
        return False
    before: list[str] = []
    after: list[str] = []
    offset = 0
    for word in field.words:
        if offset + len(word) <= hit.start:
            before.append(word)
        elif offset >= hit.end:
            after.append(word)
        offset += len(word)
    return _names_a_place(index, before) or _names_a_place(index, after)


def _names_a_place(index: Index, words: Sequence[str]) -> bool:
    """Whether a run of the words is the whole name of a place."""
    return any(
        "".join(words[first:end]) in index.places
        for first in range(len(words))
        for end in range(first + 1, min(first + LONGEST_NAME, len(words)) + 1)
    )


def _is_stranger(index: Index, word: str) -> bool:
    """Whether no list and no place name holds the word, nor one that it may stand for."""
    if len(word) < SHORTEST or word in index.names or word.isdecimal() or is_spaceless(word):
        return False
    return index.lexicon.is_silent(word)
