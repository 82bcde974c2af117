"""Deliberate evasion: the words are still readable to people, but no longer written as words; one ordinary slip is in human."""

from collections.abc import Callable
from random import Random
from urllib.parse import quote

import regex

from bench.human import LOOKALIKES, Slip
from bench.romanise import romanise

_LEET = {"a": "4@", "b": "8", "e": "3", "g": "9", "i": "1!", "l": "1|", "o": "0", "s": "5$", "t": "7+", "z": "2"}
_EMOJI = "🗳🔥✨👏❤⭐✅"
_MORE_LOOKALIKES = LOOKALIKES | {
    "n": "п",
    "t": "τ",
    "v": "ν",
    "u": "υ",
    "k": "κ",
    "r": "г",
    "d": "ԁ",
    "h": "һ",
    "l": "ӏ",
    "g": "ɡ",
    "m": "м",
}
_ZALGO = "".join(map(chr, (*range(0x0300, 0x0315), *range(0x0316, 0x0333), *range(0x0334, 0x0339))))
_VOWELS = frozenset("aeiouáéíóúàèìòùâêîôûäëïöüãõåæøœıyаеёиоуыэюяіїєαεηιουωάέήίόύώ")
_SIGNS = "._-~*|/+"
_IN_TAGS = frozenset({"_", _EMOJI})


def _graphemes(text: str) -> list[str]:
    return regex.findall(r"\X", text)


def _longest(text: str) -> tuple[int, int]:
    return max((found.span() for found in regex.finditer(r"[\p{L}\p{M}]+", text)), key=lambda span: span[1] - span[0], default=(0, 0))


def _each(change: Callable[[str, Random], str], share: float, least: int = 1) -> Slip:
    """Changes that share of the letters, and at least so many, or gives None."""

    def slip(text: str, _: str, random: Random) -> str | None:
        parts = _graphemes(text)
        places = [at for at, part in enumerate(parts) if part[0].isalpha() and change(part, Random(0)) != part]
        if len(places) < least:
            return None
        for at in random.sample(places, max(least, round(share * len(places)))):
            parts[at] = change(parts[at], random)
        return "".join(parts)

    return slip


def _between(sign: str, whole: float = 0.5) -> Slip:
    """Puts a sign between all letters of every word, or of the longest only."""

    def apart(word: str, random: Random) -> str:
        return (
            "".join(part + (random.choice(sign) if sign in {_EMOJI, _SIGNS} else sign) for part in _graphemes(word)[:-1])
            + _graphemes(word)[-1]
        )

    def slip(text: str, _: str, random: Random) -> str | None:
        first, last = _longest(text)
        if last - first < 3 or (text[0] == "#" and sign not in _IN_TAGS):
            return None
        if text[0] != "#" and random.random() < whole:
            return ("   " if sign == " " else " ").join(apart(word, random) for word in text.split())
        return text[:first] + apart(text[first:last], random) + text[last:]

    return slip


def _repeat(text: str, _: str, random: Random) -> str | None:
    """Stretches one or two letters of the longest word."""
    first, last = _longest(text)
    parts = _graphemes(text[first:last])
    if len(parts) < 3:
        return None
    for at in random.sample(range(len(parts)), random.randint(1, 2)):
        parts[at] *= random.randint(3, 5)
    return text[:first] + "".join(parts) + text[last:]


def _starred(text: str, _: str, random: Random) -> str | None:
    """A star for one vowel of the longest words."""
    first, last = _longest(text)
    places = [at for at in range(first + 1, last) if text[at].lower() in _VOWELS]
    if not places:
        return None
    at = random.choice(places)
    return text[:at] + random.choice("**_") + text[at + 1 :]


def _joined_with_junk(text: str, _: str, random: Random) -> str | None:
    sign = random.choice(_SIGNS)
    return text.replace(" ", sign) if " " in text else None


def _romanised(text: str, language: str, _: Random) -> str | None:
    made = romanise(text, language)
    return None if made == text else made


EVASIONS: dict[str, Slip] = {
    "leet_full": _each(lambda char, random: random.choice(_LEET.get(char.lower(), (char,))), 1.0, least=2),
    "leet_light": _each(lambda char, random: random.choice(_LEET.get(char.lower(), (char,))), 0.3),
    "spaced_letters": _between(" "),
    "dotted_letters": _between("."),
    "dashed_letters": _between("-"),
    "underscored_letters": _between("_"),
    "starred_letters": _between("*"),
    "emoji_letters": _between(_EMOJI),
    "repeats": _repeat,
    "homoglyphs": _each(lambda char, _: _MORE_LOOKALIKES.get(char, char), 0.5, least=2),
    "zalgo": _each(lambda char, random: char + "".join(random.choice(_ZALGO) for _ in range(random.randint(1, 4))), 0.8),
    "starred_vowel": _starred,
    "html_decimal": _each(lambda char, _: "".join(f"&#{ord(part)};" for part in char), 0.5),
    "html_hex": _each(lambda char, _: "".join(f"&#x{ord(part):x};" for part in char), 0.5),
    "percent": lambda text, _, __: quote(text, safe="#"),
    "percent_letters": _each(lambda char, _: "".join(f"%{byte:02X}" for byte in char.encode()), 0.4),
    "junk_separators": _joined_with_junk,
    "romanised": _romanised,
}
"""Name → slip; each gives None where it does not apply."""
