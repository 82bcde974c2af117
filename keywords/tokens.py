"""Where words begin and end: folded tokens of a text, of a hashtag, of a term; and the way back to the original positions."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import regex

from keywords.errors import TextTooLong
from keywords.folding import LONGEST, SPACELESS, capped, dropped_marks, fold

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_TAG = regex.compile(r"(?<![\w/&#＃])[#＃]([\w\p{M}\u200c\u200d]+)")
_PLAIN_TAG = re.compile(r"(?<![\w/&#])#(\w+)")
_ASCII_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])|_+")
_SPACELESS = re.compile(f"[{SPACELESS}]")
_RUN = re.compile(f"[{SPACELESS}]+|[^{SPACELESS}]+")
_WITH_YEAR = re.compile(r"(?P<word>\D+)(?P<after>(?:19|20|25)\d\d|\d\d)|(?P<before>(?:19|20|25)\d\d)(?P<rest>\D+)")
_DIGIT = re.compile(r"\d")
_BREAK = regex.compile(r"[_\p{N}\p{Lu}]")
_PLAIN_OR_ONE = re.compile(r"[0-9A-Za-z]+|[^\x00-\x7f]")
_GRAPHEME = regex.compile(r"\X")
_CAMEL = regex.compile(r"(?<=\p{Ll}\p{M}*)(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=[\p{L}\p{M}])(?=\p{N})|(?<=\p{N})(?=[\p{L}\p{M}])|_+")

FIRST_SPACELESS: Final = "\u0e00"
YEARS: Final = (range(1990, 2100), range(2533, 2643), range(1395, 1480))
"""Years as people write them: Common Era (and Bikram Sambat, Ethiopian), Buddhist Era, Iranian and Islamic calendars."""


def tokenise(text: str) -> tuple[str, ...]:
    """The folded words of a text; a stretch of a script without spaces (Han, kana, Thai, Lao, Khmer, Burmese) is one token."""
    if len(text) > LONGEST:
        raise TextTooLong(f"Texts of more than {LONGEST} code points are not normalised.")
    words = letter_words(text)
    if _DIGIT.search("".join(words)):
        words = [part for word in words for part in _split_year(word)]
    return tuple(words)


def letter_words(text: str) -> list[str]:
    """The same where no word holds a digit: a year is not taken off."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return text.lower().split()  # what folding makes of it
    folded = fold(text)
    words = folded.split()
    if not folded.isascii() and _SPACELESS.search(folded):
        return [run for word in words for run in _RUN.findall(word)]
    return words


def without_links(text: str) -> str:
    """The text with web addresses blanked out, same length: a word or `#` inside a link is not a search."""
    return _LINK.sub(lambda link: " " * len(link[0]), text) if "/" in text or "www." in text.lower() else text


def split_tags(text: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The text with its hashtags blanked out, and each hashtag's body with the position where it begins."""
    if "#" not in text and "＃" not in text:
        return text, ()
    is_plain = text.isascii() or text.replace("#", "").replace(" ", "").isalpha()
    pattern = _PLAIN_TAG if is_plain else _TAG
    tags: list[tuple[str, int]] = []
    rest: list[str] = []
    done = 0
    for found in pattern.finditer(text):
        tags.append((found[1], found.start(1)))
        rest += (text[done : found.start()], " " * len(found[0]))
        done = found.end()
    return "".join((*rest, text[done:])), tuple(tags)


def tag_words(body: str) -> tuple[str, ...]:
    """A hashtag's words by its own signs: CamelCase, underscores, digits."""
    if body.islower() and body.isalpha():
        return (body,) if body.isascii() else tokenise(body)
    if body.isascii():
        return tokenise(_ASCII_CAMEL.sub(" ", body))
    return tokenise(_CAMEL.sub(" ", body) if _BREAK.search(body) else body)


def is_year(token: str) -> bool:
    """Whether a token is a year as people write it, in any digit system."""
    return len(token) == 4 and token.isdecimal() and any(int(token) in span for span in YEARS)


def is_spaceless(token: str) -> bool:
    """Whether the token belongs to a script without spaces, where terms are found as substrings."""
    return token >= FIRST_SPACELESS and _SPACELESS.match(token) is not None


def ends_cleanly(text: str, end: int) -> bool:
    """Whether a substring may end here: no mark follows that belongs to its last letter."""
    return end == len(text) or unicodedata.category(text[end])[0] != "M"


def marks_of(text: str) -> tuple[str, ...]:
    """For each letter of the folded text without spaces, the optional marks it was written with."""
    marks: list[str] = []
    for piece in _PLAIN_OR_ONE.findall(unicodedata.normalize("NFC", capped(text))):
        if piece.isascii():
            marks += ("",) * len(piece)
            continue
        marks += ("",) * sum(not letter.isspace() for letter in fold(piece))
        if marks:
            marks[-1] += dropped_marks(piece)
    return tuple(marks)


def _split_year(word: str) -> tuple[str, ...]:
    parts = _WITH_YEAR.fullmatch(word)
    return tuple(part for part in parts.groups() if part) if parts else (word,)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The way back: letters of the folded words, joined, → positions in the original text; only explanations need it."""

    starts: tuple[int, ...]
    pieces: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded letters `start` to `end` (half-open) stand in the original: half-open too, in code points."""
        if not self.pieces or end <= start:
            return (0, 0)
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        return self.pieces[first][0], self.pieces[last][1]


def align(text: str) -> Alignment:
    """The alignment of `"".join(tokenise(text))` with the text, grapheme by grapheme."""
    pieces = [(found.start(), found.end(), sum(not char.isspace() for char in fold(found[0]))) for found in _GRAPHEME.finditer(text)]
    starts = tuple(accumulate((letters for *_, letters in pieces), initial=0))[:-1]
    return Alignment(starts, tuple((start, end) for start, end, _ in pieces))
