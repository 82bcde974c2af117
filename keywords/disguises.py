"""Ways to hide a word, and the plainer spellings behind them: single words first, then whole texts. Whether one is a term is not asked here.

Folding has already undone what has one reading only: width, styled alphabets, zero-width and bidi characters, stacked marks.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple
from urllib.parse import unquote

import regex

from keywords.hangul import is_syllable
from keywords.lists import Layer
from keywords.lookalike_table import LATIN, LOOKS
from keywords.tokens import letter_words, tokenise

_TO_LATIN: Final = str.maketrans({**dict(zip("пиωшяε", "nnwwre", strict=True)), **dict(zip(LOOKS, LATIN, strict=True))})
_TO_CYRILLIC: Final = str.maketrans("aceopxykmthbiujrnsαοερτυχκ", "асеорхукмтнвіијгпѕаоертухк")
_TO_GREEK: Final = str.maketrans("aoeipvutxkhnybmzwаоертухк", "αοειρνυτχκηνυβμζωαοερτυχκ")
_TO_UKRAINIAN_I: Final = str.maketrans("и", "і")

_LATIN_LEET: Final = {"0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "bg", "7": "t", "8": "b", "9": "g"}
_CYRILLIC_LEET: Final = {"0": "о", "1": "і", "3": "зе", "4": "ча", "6": "б", "8": "в", "9": "д"}
_GREEK_LEET: Final = {"0": "ο", "1": "ι", "3": "ε", "4": "α"}
_MOST_READINGS: Final = 8

_SYMBOLS: Final = str.maketrans("@$!|€£¢¡+§¥", "asilelcitsy")
_SYMBOL: Final = re.compile(r"(?:(?<=\w)[@$!|€£¢¡+§¥]+(?=\w))|(?:(?<![\w@$])[@$€£](?=\w))|(?:(?<=\w\w)[$@|](?!\w))")
_STARS: Final = "*∗＊⁎•●★☆✱✳⚫◦∙·×"
_LETTER: Final = r"[^\W_]"
_STARRED: Final = re.compile(rf"{_LETTER}+(?:[{_STARS}_]+{_LETTER}+)+|(?<!\w)[{_STARS}]{_LETTER}{{3,}}|{_LETTER}{{3,}}[{_STARS}](?!\w)")
_STAR: Final = re.compile(f"[{_STARS}_]")
_MOST_STARS: Final = 3
_VOWELS: Final = (("\u0400", "\u04ff", "аеиоуыэюяіїє"), ("\u0370", "\u03ff", "αεηιουω"), ("\u0000", "\u024f", "aeiouy"))
_REPEATS: Final = re.compile(r"(.)\1{2,}")
_DOUBLES: Final = re.compile(r"(.)\1")
_RUN: Final = re.compile(r"(.)\1+")
_MANY_DOUBLES: Final = 3
_ENCODED: Final = re.compile(
    r"(?:%[0-9A-Fa-f]{2})+|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}"
)
_SPACED: Final = regex.compile(
    r"(?<![\p{L}\p{N}\p{M}])(?:[\p{L}\p{N}]\p{M}*[^\p{L}\p{N}\p{M}]{1,4}\p{M}*){3,}[\p{L}\p{N}]\p{M}*(?![\p{L}\p{N}\p{M}])"
)
_GAP: Final = regex.compile(r"[^\p{L}\p{N}\p{M}]+")
_CODE: Final = re.compile(r"[%&\\]")
_CAPITAL_I: Final = re.compile(r"(?<=[a-z])I(?=[a-z]|\b)")
_SIGN: Final = re.compile(rf"[%&\\@$!|€£¢¡+§¥{_STARS}I_.·~=^-]")
_HIDING: Final = re.compile(rf"[%&\\@$!|€£¢¡+§¥{_STARS}]|[a-z]I(?=[a-z]|\b)|\w_\w|\w(?:[-.·~=^]\w){{3}}")
_MARKED: Final = re.compile(rf"[#＃./_%&\\@$!|€£¢¡+§¥{_STARS}]|[a-z]I(?=[a-z]|\b)")
_CLUSTER: Final = regex.compile(r"\p{L}\p{M}*")
LONGEST_CLUSTER: Final = 3
LETTERS_APART: Final = 4
"""Single letters that may be a word set apart."""


class Reading(NamedTuple):
    """A plainer text behind the one typed; its character i stands for `origins[i]` to `ends[i]` (half-open) of the original."""

    layer: Layer
    text: str
    origins: tuple[int, ...]
    ends: tuple[int, ...]


def plain_words(text: str) -> Sequence[str] | None:
    """The words of a text that holds no sign of a hashtag, a link or a disguise; None for other texts."""
    if text.replace(" ", "").isalpha() and ("I" not in text or not _CAPITAL_I.search(text)):
        return text.lower().split() if text.isascii() else letter_words(text)  # what it would find out again for itself
    return tokenise(text) if _MARKED.search(text) is None else None


def hides(text: str) -> bool:
    """Whether a text holds a sign that may stand for a letter or code one."""
    return _SIGN.search(text) is not None and _HIDING.search(text) is not None


def are_apart(words: Sequence[str]) -> bool:
    """Whether so many words are single letters, with or without marks, that they may be a word set apart."""
    if len(words) < LETTERS_APART:
        return False
    sizes = sorted(map(len, words))
    size = sizes[LETTERS_APART - 1]
    if size == 1:
        return True
    if size > LONGEST_CLUSTER:
        return False
    marked = (word for word in words if 1 < len(word) <= LONGEST_CLUSTER and not word.isascii())
    return sizes.count(1) + sum(_CLUSTER.fullmatch(word) is not None for word in marked) >= LETTERS_APART


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
    latin = word.translate(_TO_LATIN)
    if latin != word and latin.isascii():
        yield latin
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
    """The word with letters repeated three times or more written once or twice; where everything is doubled, or a Hangul syllable, once."""
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


def readings(text: str, is_known: Callable[[str], bool]) -> Iterator[Reading]:
    """Plainer texts behind a text, each made from the one before; none for most texts. `is_known` says which starred words are words."""
    origins: Sequence[int] = range(len(text))
    ends: Sequence[int] = range(1, len(text) + 1)
    for layer, rewrite in _REWRITERS:
        pieces = rewrite(text, is_known)
        if pieces:
            text, origins, ends = _spliced(text, origins, ends, pieces)
            yield Reading(layer, text, origins, ends)


Piece = tuple[int, int, str]
"""Start and end of a stretch of text, and what stands there instead."""


def decode(text: str, _is_known: Callable[[str], bool]) -> list[Piece]:
    """Percent-encoding, HTML entities and backslash escapes."""
    if not _CODE.search(text):
        return []
    found = []
    for match in _ENCODED.finditer(text):
        plain = _decoded(match[0])
        if plain != match[0]:
            found.append((match.start(), match.end(), plain))
    return found


def join_spaced(text: str, _is_known: Callable[[str], bool]) -> list[Piece]:
    """Letters set apart one by one; the wider gaps, where there are two widths, stand between words."""
    found = []
    for match in _SPACED.finditer(text):
        gaps = [(gap.start(), gap.end()) for gap in _GAP.finditer(text, match.start(), match.end())]
        narrow = min(end - start for start, end in gaps)
        found += [(start, end, " " if end - start > narrow else "") for start, end in gaps]
    return found


def read_symbols(text: str, _is_known: Callable[[str], bool]) -> list[Piece]:
    """Symbols inside words read as the letters they look like."""
    return [(found.start(), found.end(), found[0].translate(_SYMBOLS)) for found in _SYMBOL.finditer(text)]


def fill_stars(text: str, is_known: Callable[[str], bool]) -> list[Piece]:
    """Stars inside words filled with the vowels that make a known word, or left out where that makes one."""
    if not _STAR.search(text):
        return []
    found = []
    for match in _STARRED.finditer(text):
        starred = match[0]
        filled = next((word for word in _fillings(starred) if is_known(word.lower())), None)
        if filled is None and "_" not in starred:
            filled = _STAR.sub("", starred)
        if filled is not None:
            found.append((match.start(), match.end(), filled))
    return found


def _fillings(starred: str) -> Iterator[str]:
    parts = _STAR.split(starred)
    vowels = next(
        (letters for first, last, letters in _VOWELS if any(first <= char.lower() <= last and char.isalpha() for char in starred)), ""
    )
    yield "".join(parts)
    if len(parts) - 1 <= _MOST_STARS:
        for letters in product(vowels, repeat=len(parts) - 1):
            yield "".join(part + letter for part, letter in zip(parts, (*letters, ""), strict=True))


def _decoded(text: str) -> str:
    if "%" in text:
        text = unquote(text, errors="ignore")
    if "&" in text:
        text = html.unescape(text)
    if "\\" in text:
        text = re.sub(r"\\[ux]([0-9A-Fa-f]{2,4})", lambda code: chr(int(code[1], 16)), text)
    return "".join(char for char in text if not "\ud800" <= char <= "\udfff")


def _spliced(
    text: str, origins: Sequence[int], ends: Sequence[int], pieces: Sequence[Piece]
) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """The text with the pieces put in, and for each of its characters the stretch of the original that it stands for."""
    made: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    done = 0
    for start, end, plain in pieces:
        made += (text[done:start], plain)
        starts += origins[done:start]
        stops += ends[done:start]
        size, width = len(plain), end - start
        starts += [origins[start + at * width // size] for at in range(size)]
        stops += [ends[start + max((at + 1) * width // size, at * width // size + 1) - 1] for at in range(size)]
        done = end
    made.append(text[done:])
    starts += origins[done:]
    stops += ends[done:]
    return "".join(made), tuple(starts), tuple(stops)


def read_capital_i(text: str, _is_known: Callable[[str], bool]) -> list[Piece]:
    """A capital I among small letters read as the l it looks like."""
    return [(found.start(), found.end(), "l") for found in _CAPITAL_I.finditer(text)]


_REWRITERS: Final = (
    (Layer.ENCODED, decode),
    (Layer.ENCODED, decode),  # once more, for what was encoded twice
    (Layer.SPACED, join_spaced),
    (Layer.LEET, read_symbols),
    (Layer.LOOK_ALIKE, read_capital_i),
    (Layer.STARRED, fill_stars),
)
"""Whole-text layers in the order in which they are undone; what one leaves is the next one's text."""
