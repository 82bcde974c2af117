"""Ways to hide a single word, and the plainer spellings behind them; whole texts are for rewriting. Whether one is a term is not asked here."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

import regex

from keywords.hangul import is_syllable
from keywords.lookalike_table import LATIN, LOOKS

_TO_LATIN: Final = str.maketrans({**dict(zip("пиωшяε", "nnwwre", strict=True)), **dict(zip(LOOKS, LATIN, strict=True))})
_TO_CYRILLIC: Final = str.maketrans("aceopxykmthbiujrnsαοερτυχκ", "асеорхукмтнвіијгпѕаоертухк")
_TO_GREEK: Final = str.maketrans("aoeipvutxkhnybmzwаоертухк", "αοειρνυτχκηνυβμζωαοερτυχκ")
_PALOCHKA: Final = "\u04cf"
"""Looks like an i by Unicode's table, and like an l to most people."""
_TO_UKRAINIAN_I: Final = str.maketrans("и", "і")

_LATIN_LEET: Final = {"0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "bg", "7": "t", "8": "b", "9": "g"}
_CYRILLIC_LEET: Final = {"0": "о", "1": "і", "3": "зе", "4": "ча", "6": "б", "8": "в", "9": "д"}
_GREEK_LEET: Final = {"0": "ο", "1": "ι", "3": "ε", "4": "α"}
_MOST_READINGS: Final = 8

_REPEATS: Final = re.compile(r"(.)\1{2,}")
_DOUBLES: Final = re.compile(r"(.)\1")
_RUN: Final = re.compile(r"(.)\1+")
_MANY_DOUBLES: Final = 3
_MARK: Final = regex.compile(r"\p{M}")
_SYLLABLES: Final = regex.compile(r"((?:\p{L}\p{M}*+){1,3}?)\1{2,}")


def is_mixed(word: str) -> bool:
    """Whether a folded word mixes scripts, or is written in letters that only look like a script's."""
    if word.isascii():
        return False
    scripts = {"latin" if char.isascii() else next((name for name, first, last in _SCRIPTS if first <= char <= last), "") for char in word}
    return len(scripts) > 1 or (scripts <= {""} and any(ord(char) in _TO_LATIN for char in word))


_SCRIPTS: Final = (
    ("greek", "\u0370", "\u03ff"),
    ("cyrillic", "\u0400", "\u052f"),
    ("armenian", "\u0530", "\u058f"),
    ("other", "\u0590", "\u12ff"),
)
_FUSED: Final = (("rn", "m"), ("vv", "w"))
"""Letters that side by side look like one."""


def fuse_letters(word: str) -> Iterator[str]:
    """The word with two letters that look like one read as that one."""
    return (word.replace(pair, letter) for pair, letter in _FUSED if pair in word)


def skeletons(word: str) -> Iterator[str]:
    """The word with every look-alike letter in one script: Latin, Cyrillic, Greek, wherever it then is of one script."""
    for typed in dict.fromkeys((word, word.replace(_PALOCHKA, "l"))):
        latin = typed.translate(_TO_LATIN)
        if latin != word and latin.isascii():
            yield latin
            yield from fuse_letters(latin)
    if any("\u0400" <= char <= "\u052f" for char in word):
        cyrillic = word.translate(_TO_CYRILLIC)
        if cyrillic != word:
            yield cyrillic
            if "і" in cyrillic or "и" in cyrillic:
                yield cyrillic.translate(_TO_UKRAINIAN_I)
    if any("\u0370" <= char <= "\u03ff" for char in word):
        greek = word.translate(_TO_GREEK)
        if greek != word:
            yield greek


def has_leet(word: str) -> bool:
    """Whether a folded word has a digit among its letters."""
    return not word.isalpha() and any(char.isdecimal() for char in word) and any(char.isalpha() for char in word)


def read_leet(word: str) -> Iterator[str]:
    """The word with digits read as the letters they look like; the first few ways where there are several."""
    table = (
        _CYRILLIC_LEET
        if any("\u0400" <= c <= "\u052f" for c in word)
        else _GREEK_LEET
        if any("\u0370" <= c <= "\u03ff" for c in word)
        else _LATIN_LEET
    )
    choices = [table.get(char, char) for char in word]
    for number, letters in enumerate(product(*choices)):
        if number == _MOST_READINGS:
            return
        yield "".join(letters)


def collapse_repeats(word: str) -> Iterator[str]:
    """The word with letters repeated three times or more written once or twice; where everything is doubled, or a Hangul syllable, once.

    Letters with marks, and those that are bound to each other, are repeated together.
    """
    if _MARK.search(word):
        plain = _REPEATS.sub(r"\1", _SYLLABLES.sub(r"\1", word))
        if plain != word:
            yield plain
    if not _DOUBLES.search(word):
        return
    once = _REPEATS.sub(r"\1", word)
    if once != word:
        yield once
        yield _REPEATS.sub(r"\1\1", word)
        if (bare := _RUN.sub(r"\1", word)) != once:
            yield bare
    elif len(_DOUBLES.findall(word)) >= _MANY_DOUBLES or is_syllable(word[0]):
        yield _RUN.sub(r"\1", word)
