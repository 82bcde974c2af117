"""Reading a hashtag as words: its own signs first, then a run-together body taken apart where every letter is accounted for."""

from collections.abc import Container
from typing import Final

from keywords.keys import Key
from keywords.postings import Index
from keywords.tokens import is_spaceless, is_year, tag_words

SHORTEST_EDGE: Final = 3
"""Letters of the first and last word of a run-together tag; shorter words, down to `и` and `y`, count only in between."""
LONGEST_WORD: Final = 24
LONGEST_BODY: Final = 60
YEAR_DIGITS: Final = 4


def read_tag(index: Index, body: str) -> tuple[str, ...]:
    """The tag's folded words."""
    return taken_apart(index, tag_words(body))


def taken_apart(index: Index, tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens with each unknown run-together one as the words it is made of."""
    known, words, names = index.lexicon.is_known, index.lexicon.words, index.names
    parts: list[str] = []
    for token in tokens:
        whole = known(token) or token in names or token.isdecimal() or is_spaceless(token)
        parts.extend((token,) if whole else take_apart(words, names, token) or (token,))
    return tuple(parts)


def take_apart(words: Container[str], names: Container[str], body: str) -> tuple[str, ...]:
    """The fewest words, known ones or years, whose letters are exactly the body's; none when a letter would be left over."""
    size = len(body)
    if not 2 * SHORTEST_EDGE <= size <= LONGEST_BODY:
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * size
    for start, before in enumerate(best):
        if before is None:
            continue
        shortest = 1 if start else SHORTEST_EDGE
        for end in range(start + shortest, min(start + LONGEST_WORD, size) + 1):
            found, part = best[end], body[start:end]
            is_fewer = found is None or len(before) + 1 < len(found)
            if is_fewer and (part in words or part in names or is_year(part)) and (end < size or end - start >= SHORTEST_EDGE):
                best[end] = (*before, part)
    return best[size] or ()


def whole_keys(tokens: tuple[str, ...]) -> tuple[Key, ...]:
    """A tag as one word: all of it, then without a year or number at its end, then without one at either end.

    Of a longer number at the end the year alone may be taken off: the digits before it may stand for letters.
    """
    whole, last = "".join(tokens), tokens[-1]
    first = len(tokens[0]) if tokens[0].isdecimal() and len(tokens) > 1 else 0
    end = len(whole) - len(last) if last.isdecimal() and len(whole) - len(last) > first else len(whole)
    with_digits = len(whole) - YEAR_DIGITS if len(last) > YEAR_DIGITS and is_year(last[-YEAR_DIGITS:]) else end
    return tuple(dict.fromkeys((whole, whole[:with_digits], whole[:end], whole[first:end])))
