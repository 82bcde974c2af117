"""Words whose letters were set apart one by one, by spaces, signs or emoji: whether they are, and what they were. No lookups."""

from collections.abc import Iterator
from typing import Final

import regex

LETTERS_APART: Final = 4
"""Letters that may be a word set apart; SYLLABLES_APART where a letter is a syllable and signs, not mere spaces, stand between."""
SYLLABLES_APART: Final = 3
LONGEST_CLUSTER: Final = 4
"""Code points of a letter with its marks; longer ones, with letters bound to them, count where SYLLABLES_APART others are no longer."""

_SYLLABIC: Final = "\u0900-\u0dff\u1200-\u137f\uac00-\ud7a3"
"""Scripts of India and Sri Lanka, Ethiopic and Hangul: a letter, or what is bound to it, is a syllable."""
_FIRST_MARKED: Final = "\u0700"
"""No folded letter before it has marks: Latin, Greek, Cyrillic, Hebrew and Arabic ones are dropped, or are letters of their own."""
_MORE: Final = r"\p{M}*+(?:(?<=\p{ccc=9})[\u200c\u200d]?\p{L}\p{M}*+)*+"
"""Marks of a letter, and the letters that a virama binds to it, with or without a joiner between them."""
_LETTER: Final = rf"[\p{{L}}\p{{N}}]{_MORE}"
_SYLLABLE: Final = rf"[{_SYLLABIC}--\p{{M}}]{_MORE}"
_LIKE_LETTERS: Final = r"[@$!|+€£¢]{0,4}"
"""Signs that people write for letters: where they join a letter to a word, it is none that stands alone (`k@ndid@t`)."""
_BEFORE: Final = rf"(?<![\p{{L}}\p{{N}}]\p{{M}}{{0,8}}{_LIKE_LETTERS})"
_AFTER: Final = rf"(?!{_LIKE_LETTERS}[\p{{L}}\p{{N}}\p{{M}}])"
_BETWEEN: Final = r"(?:[^\p{L}\p{N}\p{M}]\p{M}*+){1,8}"
"""As many code points as the longest emoji are made of."""
_SIGNS: Final = r"(?:[^\p{L}\p{N}\p{M}\s]\p{M}*+){1,8}"
_APART: Final = regex.compile(
    rf"{_BEFORE}(?:(?:{_LETTER}{_BETWEEN}){{{LETTERS_APART - 1},}}{_LETTER}"
    rf"|(?:{_SYLLABLE}{_SIGNS}){{{SYLLABLES_APART - 1}}}{_SYLLABLE}){_AFTER}",
    regex.VERSION1,
)
_GAP: Final = regex.compile(r"(?:(?!(?<=\p{ccc=9})[\u200c\u200d]\p{L})[^\p{L}\p{N}\p{M}]\p{M}*+)+")
_ALONE: Final = regex.compile(rf"(?<!\S)\p{{M}}*+(?:({_SYLLABLE})|{_LETTER})(?!\S)", regex.VERSION1)
"""A word that is a letter, and whether it is a syllable."""

Gap = tuple[int, int, str]
"""Start and end of what stands between two letters, and what belongs there: nothing, or a space between words."""


def are_apart(words: tuple[str, ...]) -> bool:
    """Whether so many folded words are single letters, with or without marks, that they may be a word set apart.

    A letter that folds to several (`ß`) is none.
    """
    if len(words) < LETTERS_APART and (len(words) < SYLLABLES_APART or max(words) < _FIRST_MARKED):
        return False
    sizes = sorted(map(len, words))
    if len(words) >= LETTERS_APART and sizes[LETTERS_APART - 1] == 1:
        return True
    if sizes[SYLLABLES_APART - 1] > LONGEST_CLUSTER or max(words) < _FIRST_MARKED:
        return False
    syllables = _ALONE.findall(" ".join(words))
    return len(syllables) >= LETTERS_APART or len(syllables) - syllables.count("") >= SYLLABLES_APART


def put_together(text: str) -> Iterator[list[Gap]]:
    """The gaps in all words set apart, in each way in which words may begin; the likeliest first.

    Words begin where more spaces stand than at the narrowest gap. Where that has none, a space may be one sign of several, too.
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
