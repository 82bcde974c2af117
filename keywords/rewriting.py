"""Whole texts that hide words, and the plainer texts behind them; single words are for disguises. Whether one is a term is not asked here.

Folding has already undone what has one reading only: width, styled alphabets, zero-width and bidi characters, stacked marks.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, product
from typing import Final, NamedTuple
from urllib.parse import unquote

import regex

from keywords.apart import put_together
from keywords.disguises import has_leet, read_leet
from keywords.folding import fold
from keywords.lists import Layer
from keywords.tokens import letter_words, tokenise

_SIGNS_AND_LETTERS: Final = (
    ("@$!|€£¢¡+§¥", "asilelcitsy"),
    ("₮₩₦₱₳₵฿₿₴₭₥₲₤₣", "twnpacbbskmglf"),
    ("†‡√∂∆∫∩∪∨⊂∈∃℮®©°¤", "ttvdasnuvceeercoo"),
)
_LETTER_SIGNS: Final = "".join(signs for signs, _ in _SIGNS_AND_LETTERS)
_SYMBOLS: Final = str.maketrans(_LETTER_SIGNS, "".join(letters for _, letters in _SIGNS_AND_LETTERS))
_FIRST_SIGNS: Final = re.sub("[¡§©®°¤]", "", _LETTER_SIGNS)
"""Those that may be a word's first letter: the others stand before words by themselves."""
_SYMBOL: Final = re.compile(
    rf"(?<=\w)[{_LETTER_SIGNS}]+(?=\w)"
    rf"|(?<![\w{_FIRST_SIGNS}])[{_FIRST_SIGNS}]+(?=\w)"
    rf"|(?:(?<=[\w{_LETTER_SIGNS}]\w)!?[$@|+]{{1,2}}|(?<=\w)@)(?!\w)"
)
"""Inside a word, at its beginning, at its end."""
_LAST_SIGN: Final = re.compile(rf"(?<=[\d{_FIRST_SIGNS}])\w{{0,24}}+!(?![\w{_LETTER_SIGNS}])")
_LETTER: Final = r"[^\W\d_]"
_STARS: Final = "*∗＊⁎•●★☆✱✳⚫◦∙·×"
_PART: Final = r"[\p{L}\p{N}\p{M}]"
_STARRED: Final = regex.compile(
    rf"(?<!{_PART}){_PART}++(?:[{_STARS}_]++{_PART}++)+|(?<!\w)[{_STARS}]{_PART}{{3,}}+|(?<!{_PART}){_PART}{{3,}}+[{_STARS}](?!\w)"
)
_STAR: Final = re.compile(f"[{_STARS}_]")
_MOST_STARS: Final = 3
_FIRST_VOWELS: Final = 6
"""Of a script, that are tried where so many stars stand in a word."""
_MOST_STARRED: Final = 12
"""Words of a text that are filled."""
_MOST_FILLINGS: Final = 3
"""Known words that a starred one is read as."""
_VOWELS: Final = (("\u0400", "\u04ff", "аеиоуыэюяіїєәөүұ"), ("\u0370", "\u03ff", "αεηιουω"), ("\u0000", "\u024f", "aeiouy"))
_WITH_NUMBER: Final = re.compile(rf"(?<!\w){_LETTER}+\d\d(?!\w)")
"""What tokens take for a word with a year."""
_ENCODED: Final = re.compile(
    r"(?:%[0-9A-Fa-f]{2})+|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}"
)
_CODE: Final = re.compile(r"[%&\\]")
_CAPITAL_I: Final = re.compile(r"(?<=[a-z])I(?=[a-z]|\b)")
_UPSIDE_DOWN: Final = str.maketrans("ɐqɔpǝɟƃɓɥıᴉɾʞןʃɯuodbɹsʇnʌʍxʎz˙", "abcdefgghiijkllmnopqrstuvwxyz.")
_SIGNS_OF_TURNING: Final = ("ǝ", "ʇ")
"""Hardly a word of Latin letters has neither an e nor a t."""
_REVERSED: Final = re.compile("\u202e([^\u202c\u202e]+)")
"""What is shown from right to left although it is no such script."""
_HIDDEN: Final = rf"[\u202e{''.join(_SIGNS_OF_TURNING)}]|[%&\\{_LETTER_SIGNS}{_STARS}]|[a-z]I(?=[a-z]|\b)|{_LETTER}\d\d(?!\w)"
_SIGN: Final = re.compile(rf"[\u202e{''.join(_SIGNS_OF_TURNING)}%&\\{_LETTER_SIGNS}{_STARS}I_.·~=^\d-]")
_HIDING: Final = re.compile(rf"{_HIDDEN}|\w_\w|\w(?:[-.·~=^]\w){{3}}")
_MARKED: Final = re.compile(rf"[#＃./_]|{_HIDDEN}")

Piece = tuple[int, int, str]
"""Start and end of a stretch of text, and what stands there instead."""
IsKnown = Callable[[str], bool]
"""Whether a folded word is one that somebody has curated."""


class Reading(NamedTuple):
    """A plainer text behind the one typed; its character i stands for `origins[i]` to `ends[i]` (half-open) of the original."""

    layer: Layer
    text: str
    origins: tuple[int, ...]
    ends: tuple[int, ...]


def plain_words(text: str) -> tuple[str, ...] | None:
    """The words of a text that holds no sign of a hashtag, a link or a disguise; None for other texts."""
    if text.replace(" ", "").isalpha() and ("I" not in text or not _CAPITAL_I.search(text)):
        if text.isascii():
            return tuple(text.lower().split())  # what it would find out again for itself
        return None if is_turned(text) else tuple(letter_words(text))
    return tokenise(text) if _MARKED.search(text) is None else None


def hides(text: str) -> bool:
    """Whether a text holds a sign that may stand for a letter or code one."""
    return _SIGN.search(text) is not None and _HIDING.search(text) is not None


def readings(text: str, is_known: IsKnown) -> Iterator[Reading]:
    """Plainer texts behind a text, each made from the one before, or from the first of several; none for most texts."""
    origins: Sequence[int] = range(len(text))
    ends: Sequence[int] = range(1, len(text) + 1)
    for layer, rewrite in _REWRITERS:
        ways = (pieces for pieces in rewrite(text, is_known) if pieces)
        made = [Reading(layer, *_spliced(text, origins, ends, pieces, are_backwards=rewrite is turn_round)) for pieces in ways]
        yield from made
        if made:
            _, text, origins, ends = made[0]


def is_turned(text: str) -> bool:
    """Whether a text holds letters that stand on their heads."""
    return any(sign in text for sign in _SIGNS_OF_TURNING)


def turn_round(text: str, _is_known: IsKnown) -> Iterator[list[Piece]]:
    """Text that reads backwards: upside down, or by a sign that has it shown from right to left."""
    if is_turned(text):
        yield [(0, len(text), text.lower().translate(_UPSIDE_DOWN)[::-1])]
    yield [(*found.span(1), found[1][::-1]) for found in _REVERSED.finditer(text)]


def decode(text: str, _is_known: IsKnown) -> Iterator[list[Piece]]:
    """Percent-encoding, HTML entities and backslash escapes."""
    if not _CODE.search(text):
        return
    decoded = ((match, _decoded(match[0])) for match in _ENCODED.finditer(text))
    yield [(match.start(), match.end(), plain) for match, plain in decoded if plain != match[0]]


def join_spaced(text: str, _is_known: IsKnown) -> Iterator[list[Piece]]:
    """Letters set apart one by one."""
    return put_together(text)


def read_symbols(text: str, _is_known: IsKnown) -> Iterator[list[Piece]]:
    """Symbols inside words read as the letters they look like; an exclamation mark at the end of such a word is one, or not."""
    pieces = [(found.start(), found.end(), found[0].translate(_SYMBOLS)) for found in _SYMBOL.finditer(text)]
    yield pieces
    last = [(found.end() - 1, found.end(), "i") for found in _LAST_SIGN.finditer(text)]
    if last:
        yield sorted(pieces + last)


def read_numbers(text: str, is_known: IsKnown) -> Iterator[list[Piece]]:
    """A number at the end of a word, which is no year if with letters in its place the word is known (`vo73`)."""
    pieces = []
    for found in _WITH_NUMBER.finditer(text):
        word = fold(found[0])
        plain = next(filter(is_known, read_leet(word)), None) if has_leet(word) else None
        if plain is not None:
            pieces.append((found.start(), found.end(), plain))
    yield pieces


def read_capital_i(text: str, _is_known: IsKnown) -> Iterator[list[Piece]]:
    """A capital I among small letters read as the l it looks like."""
    yield [(found.start(), found.end(), "l") for found in _CAPITAL_I.finditer(text)]


def fill_stars(text: str, is_known: IsKnown) -> Iterator[list[Piece]]:
    """Stars inside words filled with the vowels that make a known word, each in turn, or left out where that makes one."""
    if not _STAR.search(text):
        return
    found = []
    for match in islice(_STARRED.finditer(text), _MOST_STARRED):
        parts = _STAR.split(match[0])
        folded = list(map(fold, parts))
        known = (_filled(parts, letters) for letters in _fillings(folded) if is_known(_filled(folded, letters)))
        words = list(islice(known, _MOST_FILLINGS)) or ([] if "_" in match[0] else ["".join(parts)])
        if words:
            found.append((match.start(), match.end(), words))
    for number in range(max((len(words) for *_, words in found), default=0)):
        yield [(start, end, words[min(number, len(words) - 1)]) for start, end, words in found]


def _fillings(parts: Sequence[str]) -> Iterator[Sequence[str]]:
    """What may stand for the stars between the parts of a word: nothing, then vowels of its script."""
    stars, typed = len(parts) - 1, "".join(parts)
    vowels = next((vowels for first, last, vowels in _VOWELS if any(first <= char <= last and char.isalpha() for char in typed)), "")
    yield ("",) * stars
    if stars <= _MOST_STARS:
        yield from product(vowels if stars < _MOST_STARS else vowels[:_FIRST_VOWELS], repeat=stars)


def _filled(parts: Sequence[str], letters: Sequence[str]) -> str:
    return "".join(chain.from_iterable(zip(parts, (*letters, ""), strict=True)))


def _decoded(text: str) -> str:
    if "%" in text:
        text = unquote(text, errors="ignore")
    if "&" in text:
        text = html.unescape(text)
    if "\\" in text:
        text = re.sub(r"\\[ux]([0-9A-Fa-f]{2,4})", lambda code: chr(int(code[1], 16)), text)
    return "".join(char for char in text if not 0xD800 <= ord(char) <= 0xDFFF)


def _spliced(
    text: str, origins: Sequence[int], ends: Sequence[int], pieces: Sequence[Piece], *, are_backwards: bool = False
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
        for at in range(size - 1, -1, -1) if are_backwards else range(size):
            first = at * width // size
            last = max((at + 1) * width // size, first + 1)
            starts.append(min(origins[start + first : start + last]))
            stops.append(max(ends[start + first : start + last]))
        done = end
    made.append(text[done:])
    starts += origins[done:]
    stops += ends[done:]
    return "".join(made), tuple(starts), tuple(stops)


_REWRITERS: Final[tuple[tuple[Layer, Callable[[str, IsKnown], Iterator[list[Piece]]]], ...]] = (
    (Layer.LOOK_ALIKE, turn_round),
    (Layer.ENCODED, decode),
    (Layer.ENCODED, decode),  # once more, for what was encoded twice
    (Layer.SPACED, join_spaced),
    (Layer.LEET, read_symbols),
    (Layer.LEET, read_numbers),
    (Layer.LOOK_ALIKE, read_capital_i),
    (Layer.STARRED, fill_stars),
)
"""Whole-text layers in the order in which they are undone; what one leaves is the next one's text."""
