"""Plain Unicode disguises: the same words in other code points or with invisible ones inside; a reader sees no other word."""

import unicodedata
from collections.abc import Callable
from itertools import pairwise
from random import Random
from string import ascii_lowercase, ascii_uppercase

import regex

Variant = Callable[[str, Random], str | None]

LEAST_SHARE = 0.6
"""Share of letters that must change before a Latin alphabet counts as applied."""

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_BIDI = "\u200e\u200f\u202a\u202c\u2066\u2069"
_SELECTORS = "\ufe0e\ufe0f"
_SPACES = ("\u00a0", "\u2003", "\u2009", "\u202f", "\u3000", "  ", "   ", "\t")
_STYLES = {
    "bold": ("MATHEMATICAL BOLD",),
    "italic": ("MATHEMATICAL ITALIC", "MATHEMATICAL SANS-SERIF ITALIC"),
    "script": ("MATHEMATICAL SCRIPT", "SCRIPT", "MATHEMATICAL BOLD SCRIPT"),
    "fraktur": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER", "MATHEMATICAL BOLD FRAKTUR"),
    "double_struck": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "monospace": ("MATHEMATICAL MONOSPACE",),
    "sans_bold": ("MATHEMATICAL SANS-SERIF BOLD",),
}


def _styled(prefixes: tuple[str, ...]) -> dict[str, str]:
    table: dict[str, str] = {}
    for letters, case in ((ascii_lowercase, "SMALL"), (ascii_uppercase, "CAPITAL")):
        for letter in letters:
            for prefix in prefixes:
                try:
                    table[letter] = unicodedata.lookup(f"{prefix} {case} {letter.upper()}")
                    break
                except KeyError:
                    continue
    return table


def _row(first: int) -> dict[str, str]:
    """26 letters from a code point on, for both cases."""
    made = {letter: chr(first + at) for at, letter in enumerate(ascii_lowercase)}
    return made | {letter.upper(): char for letter, char in made.items()}


_TABLES: dict[str, dict[str, str]] = {
    **{f"math_{name}": _styled(prefixes) for name, prefixes in _STYLES.items()},
    "fullwidth": {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)},
    "circled": {**_row(0x24D0), **{letter: chr(0x24B6 + at) for at, letter in enumerate(ascii_uppercase)}},
    "circled_negative": _row(0x1F150),
    "squared": _row(0x1F130),
    "squared_negative": _row(0x1F170),
    "regional": _row(0x1F1E6),
    "parenthesized": _row(0x249C),
    "small_caps": dict(zip(ascii_lowercase, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡxʏᴢ", strict=True)),
    "superscript": dict(zip(ascii_lowercase, "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ𐞥ʳˢᵗᵘᵛʷˣʸᶻ", strict=True)),
}


def _through(table: dict[str, str]) -> Variant:
    def disguise(text: str, _: Random) -> str | None:
        lowered = text if "A" in table else text.lower()
        made = "".join(char if char == "#" else table.get(char, char) for char in lowered)
        changed = sum(a != b for a, b in zip(lowered, made, strict=False))
        return made if changed and changed >= LEAST_SHARE * sum(map(str.isalpha, text)) else None

    return disguise


def inside(chars: str, share: float = 0.4) -> Variant:
    """Puts some of the characters between the letters of words."""

    def disguise(text: str, random: Random) -> str | None:
        parts = regex.findall(r"\X", text)
        made = [parts[0]]
        for before, after in pairwise(parts):
            if before[0].isalpha() and after[0].isalpha() and random.random() < share:
                made.append(random.choice(chars))
            made.append(after)
        return None if len(made) == len(parts) else "".join(made)

    return disguise


def _if_changed(change: Callable[[str], str]) -> Variant:
    def disguise(text: str, _: Random) -> str | None:
        made = change(text)
        return None if made == text else made

    return disguise


def _odd_spaces(text: str, random: Random) -> str | None:
    parts = text.split(" ")
    if len(parts) == 1:
        return None
    made = parts[0]
    for part in parts[1:]:
        made += random.choice(_SPACES) + part
    return f" {made} "


DISGUISES: dict[str, Variant] = {
    "nfd": _if_changed(lambda text: unicodedata.normalize("NFD", text)),
    "nfc": _if_changed(lambda text: unicodedata.normalize("NFC", text)),
    "upper_case": _if_changed(str.upper),
    "title_case": _if_changed(str.title),
    **{name: _through(table) for name, table in _TABLES.items()},
    "zero_width": inside(_ZERO_WIDTH),
    "soft_hyphen": inside("\u00ad"),
    "variation_selectors": inside(_SELECTORS),
    "bidi_marks": inside(_BIDI),
    "odd_spaces": _odd_spaces,
}
"""Name → variant; each gives None where it does not apply."""
