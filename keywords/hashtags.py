"""Reading a hashtag as words: its own signs first, then a run-together body taken apart where every letter is accounted for."""

from collections.abc import Callable, Sequence
from typing import Final

from keywords.keys import Key
from keywords.postings import Index
from keywords.tokens import is_spaceless, is_year, tag_words

SHORTEST_EDGE: Final = 3
"""Letters of the first and last word of a run-together tag; shorter words, down to `и` and `y`, count only in between."""
LONGEST_WORD: Final = 24
LONGEST_BODY: Final = 60


def read_tag(index: Index, body: str) -> tuple[str, ...]:
    """The tag's folded words."""
    return taken_apart(index, tag_words(body))


def taken_apart(index: Index, tokens: Sequence[str]) -> tuple[str, ...]:
    """The tokens with each unknown run-together one as the words it is made of."""
    known, words, names = index.lexicon.is_known, index.lexicon.words, index.names

    def is_word(part: str) -> bool:
        return part in words or part in names

    parts: list[str] = []
    for token in tokens:
        whole = known(token) or token in names or token.isdecimal() or is_spaceless(token)
        parts.extend((token,) if whole else take_apart(is_word, token) or (token,))
    return tuple(parts)


def take_apart(is_word: Callable[[str], bool], body: str) -> tuple[str, ...]:
    """The fewest known words whose letters are exactly the body's; none when a letter would be left over."""
    size = len(body)
    if not 2 * SHORTEST_EDGE <= size <= LONGEST_BODY:
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * size
    for start in range(size):
        before = best[start]
        if before is None:
            continue
        for end in range(start + 1, min(start + LONGEST_WORD, size) + 1):
            is_edge = start == 0 or end == size
            if is_edge and end - start < SHORTEST_EDGE:
                continue
            found, known = best[end], body[start:end]
            if (found is None or len(before) + 1 < len(found)) and (is_word(known) or is_year(known)):
                best[end] = (*before, known)
    return best[size] or ()


def without_year(tokens: Sequence[str]) -> Key:
    """The tag's key without a year or number at its end or beginning."""
    first = 1 if tokens[0].isdecimal() and len(tokens) > 1 else 0
    last = len(tokens) - 1 if tokens[-1].isdecimal() and len(tokens) - first > 1 else len(tokens)
    return "".join(tokens[first:last])
