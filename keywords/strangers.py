"""Whether a search is about something that no list knows of, or about a place: asked for bare words, such as “elections” or “Wahl”."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from keywords.hits import Hit
from keywords.postings import Index
from keywords.reading import Field
from keywords.tokens import is_spaceless

MOST: Final = 1
"""Strangers in a search that is familiar all the same: a town, a name."""
SHORTEST: Final = 3
"""Letters of a word that may be a stranger."""
MOST_WORDS: Final = 8
"""Words of a search or hashtag that may be about a place; longer ones are about more."""
LONGEST_NAME: Final = 5
"""Words of a place's name that are looked at."""
MOST_IN_NAME: Final = 2
"""Strangers of which a name may consist: torn in two, that is, or mistyped."""
SHORTEST_MISTYPED: Final = 7
LONGEST_MISTYPED: Final = 24
"""Letters of a name that may be mistyped, at least and at most."""
CAPTION: Final = "text"
"""The field that is about many things at once."""


def is_familiar(index: Index, fields: Iterable[Field]) -> bool:
    """Whether a reading of the query holds one stranger at most; hashtags and captions, which are about many things, do not count."""
    counts = [sum(_is_stranger(index, word) for word in field.words) for field in fields if field.name == "query"]
    return not counts or min(counts) <= MOST


def is_about_a_place(index: Index, field: Field, hit: Hit) -> bool:
    """Whether a place's name stands before or after the hit, in a query or hashtag where no other word is a stranger."""
    if field.name == CAPTION or len(field.words) > MOST_WORDS:
        return False
    before: list[tuple[str, bool]] = []
    after: list[tuple[str, bool]] = []
    offset = strangers = 0
    for word in field.words:
        end = offset + len(word)
        if end <= hit.start or offset >= hit.end:
            is_stranger = _is_stranger(index, word)
            strangers += is_stranger
            (before if end <= hit.start else after).append((word, is_stranger))
        offset = end
    return strangers <= MOST_IN_NAME and any(_names_a_place(index, words, strangers) for words in (before, after))


def _names_a_place(index: Index, words: Sequence[tuple[str, bool]], strangers: int) -> bool:
    """Whether a run that holds all strangers is the whole name of a place, but for spaces, and nearly where one of its words is misspelt.

    Each word comes with whether it is a stranger.
    """
    for first in range(len(words)):
        for end in range(first + 1, min(first + LONGEST_NAME, len(words)) + 1):
            run = words[first:end]
            if sum(is_stranger for _, is_stranger in run) == strangers:
                name = "".join(word for word, _ in run)
                is_misspelt = any(word not in index.names and word not in index.lexicon.words for word, _ in run)
                if name in index.places or (is_misspelt and any(other in index.places for other in _but_for_a_slip(name))):
                    return True
    return False


def _but_for_a_slip(name: str) -> Iterator[str]:
    """What a long name is without one of its letters, or with two of them swapped; a letter it lacks would have to be guessed."""
    if SHORTEST_MISTYPED <= len(name) <= LONGEST_MISTYPED:
        for at in range(len(name)):
            yield name[:at] + name[at + 1 :]
            yield name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def _is_stranger(index: Index, word: str) -> bool:
    """Whether no list and no place name holds the word, nor one that it may stand for."""
    if len(word) < SHORTEST or word in index.names or word.isdecimal() or is_spaceless(word):
        return False
    return index.lexicon.is_silent(word)
