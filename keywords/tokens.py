"""Where words begin and end: folded tokens of a text, of a hashtag, of a term; and the way back to the original positions."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

import regex

from keywords.errors import TextTooLong
from keywords.folding import CLUSTERS, LONGEST, fold, is_single

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_TAG = regex.compile(r"(?<![\w/&#＃])[#＃]([\w\p{M}\u200c\u200d]+)")
_CLUSTER_SCRIPT = re.compile(f"[{CLUSTERS}]")
_PIECE = regex.compile(rf"[{CLUSTERS}]\p{{M}}*(?:[\u1039\u17d2]\p{{L}}\p{{M}}*)*|[^{CLUSTERS}]+")
_WITH_YEAR = re.compile(r"(?P<word>\D+)(?P<after>(?:19|20|25)\d\d|\d\d)|(?P<before>(?:19|20|25)\d\d)(?P<rest>\D+)")
_DIGIT = re.compile(r"\d")
_GRAPHEME = regex.compile(r"\X")
_CAMEL = regex.compile(r"(?<=\p{Ll}\p{M}*)(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=[\p{L}\p{M}])(?=\p{N})|(?<=\p{N})(?=[\p{L}\p{M}])|_+")

YEARS: Final = (range(1990, 2100), range(2533, 2643), range(1395, 1480))
"""Years as people write them: Common Era (and Bikram Sambat, Ethiopian), Buddhist Era, Iranian and Islamic calendars."""


def tokenise(text: str) -> tuple[str, ...]:
    """The folded words of a text; every Han or kana character and every Thai, Lao, Khmer or Burmese cluster is one token."""
    if len(text) > LONGEST:
        raise TextTooLong(f"Texts of more than {LONGEST} code points are not normalised.")
    words = fold(text).split()
    if _CLUSTER_SCRIPT.search(text):
        words = [piece for word in words for piece in _PIECE.findall(word)]
    if _DIGIT.search(text):
        words = [part for word in words for part in _split_year(word)]
    return tuple(words)


def without_links(text: str) -> str:
    """The text with web addresses blanked out, same length: a word or `#` inside a link is not a search."""
    return _LINK.sub(lambda link: " " * len(link[0]), text) if "/" in text or "www." in text.lower() else text


def split_tags(text: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The text with its hashtags blanked out, and each hashtag's body with the position where it begins."""
    if "#" not in text and "＃" not in text:
        return text, ()
    tags = tuple((found[1], found.start(1)) for found in _TAG.finditer(text))
    return _TAG.sub(lambda found: " " * len(found[0]), text), tags


def tag_words(body: str) -> tuple[str, ...]:
    """A hashtag's words by its own signs: CamelCase, underscores, digits."""
    return tokenise(_CAMEL.sub(" ", body))


def is_year(token: str) -> bool:
    """Whether a token is a year as people write it, in any digit system."""
    return len(token) == 4 and token.isdecimal() and any(int(token) in span for span in YEARS)


def is_spaceless(token: str) -> bool:
    """Whether the token belongs to a script without spaces, where terms are found as substrings."""
    return is_single(ord(token[0])) or _CLUSTER_SCRIPT.match(token) is not None


def marks_of(text: str) -> tuple[str, ...]:
    """For each letter of the folded text without spaces, the optional marks it was written with."""
    marks: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        folded = fold(char).strip()
        if folded:
            marks.extend([""] * len(folded))
        elif marks and unicodedata.category(char) == "Mn":
            marks[-1] += char
    return tuple(marks)


def _split_year(word: str) -> tuple[str, ...]:
    parts = _WITH_YEAR.fullmatch(word)
    return tuple(part for part in parts.groups() if part) if parts else (word,)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Token number → position in the original text, in code points; only explanations need it."""

    spans: tuple[tuple[int, int], ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Start and end (half-open) in the original of the tokens `first` to `last`, both inclusive."""
        if not self.spans:
            return (0, 0)
        top = len(self.spans) - 1
        return self.spans[min(first, top)][0], self.spans[min(last, top)][1]


def align(text: str) -> Alignment:
    """The original span of each token of `tokenise(text)`."""
    pieces = [(found.start(), found.end(), fold(found[0])) for found in _GRAPHEME.finditer(text)]
    starts: list[int] = []
    letters = 0
    for _, _, folded in pieces:
        starts.append(letters)
        letters += sum(not char.isspace() for char in folded)
    spans: list[tuple[int, int]] = []
    position = 0
    for token in tokenise(text):
        first = bisect_right(starts, position) - 1
        last = bisect_right(starts, position + len(token) - 1) - 1
        spans.append((pieces[first][0], pieces[last][1]))
        position += len(token)
    return Alignment(tuple(spans))
