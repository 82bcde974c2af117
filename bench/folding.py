"""The folding that peers get, and the looser key that decides whether two spellings are the same term; not the engine's own."""

import unicodedata
from functools import lru_cache

import regex

WORDS = regex.compile(r"[\w\p{M}\u200c\u200d]+")
_MARKS_THAT_ARE_LETTERS = regex.compile(r"[\p{Devanagari}\p{Bengali}\p{Tamil}\p{Telugu}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Sinhala}]")
_SAME = str.maketrans("ıłđøħßىیېکڪٱأإآةەہھєёґ", "ildohsيييككااااههههеег")


def plain(text: str) -> str:
    """What a careful programmer writes first: NFKC and case folding."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> list[str]:
    """The words of a text after plain folding; `#` and punctuation part them."""
    return WORDS.findall(plain(text))


@lru_cache(maxsize=200_000)
def key(text: str) -> str:
    """The letters of a text without case, optional accents, spaces and signs: equal keys are the same term."""
    letters: list[str] = []
    for char in unicodedata.normalize("NFKD", plain(text)):
        kind = unicodedata.category(char)
        if kind[0] in "LN" or (kind[0] == "M" and _MARKS_THAT_ARE_LETTERS.match(char)):
            letters.append(char)
    return "".join(letters).translate(_SAME)
