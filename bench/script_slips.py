"""Slips that only some scripts know: vowel signs, hamza carriers, vav and yod, Korean keys; those of every script are in human."""

import unicodedata
from collections.abc import Callable
from random import Random

Change = Callable[[str, str, Random], str | None]
"""Takes text, language, random; None where it does not apply."""

_MATRAS = (
    "ि",
    "ी",
    "ु",
    "ू",
    "े",
    "ै",
    "ो",
    "ौ",
    "ি",
    "ী",
    "ু",
    "ূ",
    "ে",
    "ை",
    "ி",
    "ீ",
    "ு",
    "ூ",
    "ి",
    "ీ",
    "ు",
    "ూ",
    "ി",
    "ീ",
    "ಿ",
    "ೀ",
    "િ",
    "ી",
    "ਿ",
    "ੀ",
)
SWAPS = (
    "िी", "ুূ", "ুূ", "ুূ", "ुू", "ेै", "ोौ", "িী", "ிீ", "ுூ", "ిీ", "ుూ", "ിീ", "ುೂ", "ಿೀ", "િી", "ુૂ", "ਿੀ", "शष", "নণ", "সশ",
)  # fmt: skip
ARABIC = ("اأ", "أا", "إا", "اإ", "آا", "ةه", "هة", "ىي", "يى", "يی", "کك", "ؤو", "ئي")


def from_pairs(pairs: tuple[str, ...]) -> Change:
    """One letter for its partner in a pair that people mix up."""

    def change(word: str, _: str, random: Random) -> str | None:
        places = [(at, other) for at, letter in enumerate(word) for pair in pairs for other in _other(letter, pair)]
        if not places:
            return None
        at, other = random.choice(places)
        return word[:at] + other + word[at + 1 :]

    return change


def _other(letter: str, pair: str) -> str:
    return pair.replace(letter, "") if letter in pair else ""


def drop_sign(word: str, _: str, random: Random) -> str | None:
    """A vowel sign, nasal mark, virama or tone mark left out."""
    places = [at for at, letter in enumerate(word) if letter in _MATRAS or letter in "ंँ়़্่้์็"]
    if not places:
        return None
    at = random.choice(places)
    return word[:at] + word[at + 1 :]


def drop_vowel_letter(word: str, _: str, random: Random) -> str | None:
    """Hebrew written without a vav or yod inside."""
    places = [at for at, letter in enumerate(word) if letter in "וי" and 0 < at < len(word) - 1]
    if not places:
        return None
    at = random.choice(places)
    return word[:at] + word[at + 1 :]


def jamo(word: str, _: str, random: Random) -> str | None:
    """Korean: one key of one syllable hit wrong."""
    places = [at for at, letter in enumerate(word) if "가" <= letter <= "힣"]
    if not places:
        return None
    at = random.choice(places)
    jamo = list(unicodedata.normalize("NFD", word[at]))
    spot = random.randrange(2)
    base, last = (0x1100, 18) if spot == 0 else (0x1161, 20)
    jamo[spot] = chr(base + min(max(ord(jamo[spot]) - base + random.choice((-1, 1)), 0), last))
    return word[:at] + unicodedata.normalize("NFC", "".join(jamo)) + word[at + 1 :]
