"""Words whose letters were set apart one by one, by spaces, signs or emoji: whether they are, and what they were. No lookups."""

from collections.abc import Iterator, Sequence
from typing import Final

import regex

LETTERS_APART: Final = 4
"""Letters that may be a word set apart; SYLLABLES_APART where a letter is a syllable and signs, not mere spaces, stand between."""
SYLLABLES_APART: Final = 3
LONGEST_CLUSTER: Final = 6
"""Code points of a letter with its marks, and of those that it is bound to, that is looked for."""

_SYLLABIC: Final = "\u0900-\u0dff\u1200-\u137f\uac00-\ud7a3"
"""Scripts of India and Sri Lanka, Ethiopic and Hangul: a letter, or what is bound to it, is a syllable."""
_MORE: Final = r"\p{M}*+(?:(?<=\p{ccc=9}[\u200c\u200d]?)\p{L}\p{M}*+)*+"
"""Marks of a letter, and the letters that a virama binds to it."""
_LETTER: Final = rf"[\p{{L}}\p{{N}}]{_MORE}"
_SYLLABLE: Final = rf"[{_SYLLABIC}--\p{{M}}]{_MORE}"
_BEFORE, _AFTER = r"(?<![\p{L}\p{N}\p{M}])", r"(?![\p{L}\p{N}\p{M}])"
_BETWEEN: Final = r"(?:[^\p{L}\p{N}\p{M}]\p{M}*+){1,8}"
"""As many code points as the longest emoji are made of."""
_SIGNS: Final = r"(?:[^\p{L}\p{N}\p{M}\s]\p{M}*+){1,8}"
_APART: Final = regex.compile(
    rf"{_BEFORE}(?:(?:{_LETTER}{_BETWEEN}){{{LETTERS_APART - 1},}}{_LETTER}"
    rf"|(?:{_SYLLABLE}{_SIGNS}){{{SYLLABLES_APART - 1}}}{_SYLLABLE}){_AFTER}",
    regex.VERSION1,
)
_GAP: Final = regex.compile(r"(?:[^\p{L}\p{N}\p{M}]\p{M}*+)+")
_ONE_LETTER: Final = regex.compile(rf"\p{{M}}*+{_LETTER}")
_ONE_SYLLABLE: Final = regex.compile(rf"\p{{M}}*+{_SYLLABLE}", regex.VERSION1)

Gap = tuple[int, int, str]
"""Start and end of what stands between two letters, and what belongs there: nothing, or a space between words."""


def are_apart(words: Sequence[str]) -> bool:
    """Whether so many words are single letters, with or without marks, that they may be a word set apart."""
    count = len(words)
    if count < SYLLABLES_APART:
        return False
    sizes = sorted(map(len, words))
    if count >= LETTERS_APART and sizes[LETTERS_APART - 1] == 1:
        return True
    if sizes[SYLLABLES_APART - 1] > LONGEST_CLUSTER:
        return False
    short = [word for word in words if len(word) <= LONGEST_CLUSTER and not word.isascii()]
    if len(short) >= SYLLABLES_APART and sum(_ONE_SYLLABLE.fullmatch(word) is not None for word in short) >= SYLLABLES_APART:
        return True
    marked = (word for word in short if len(word) > 1)
    return sizes.count(1) + sum(_ONE_LETTER.fullmatch(word) is not None for word in marked) >= LETTERS_APART


def put_together(text: str) -> Iterator[list[Gap]]:
    """The gaps in all words set apart, in each way in which words may begin; the likeliest first.

    Words begin where more spaces stand than between most letters. Where signs alone stand between letters, a space may be one of them, too.
    """
    gaps: list[Gap] = []
    for found in _APART.finditer(text):
        spans = [gap.span() for gap in _GAP.finditer(text, *found.span())]
        spaces = [sum(map(str.isspace, text[start:end])) for start, end in spans]
        least = min(spaces)
        gaps += [(start, end, " " if count > least else "") for (start, end), count in zip(spans, spaces, strict=True)]
    if gaps:
        yield gaps
        if any(between for *_, between in gaps) and not all(text[start:end].isspace() for start, end, _ in gaps):
            yield [(start, end, "") for start, end, _ in gaps]
