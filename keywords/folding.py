"""Which characters count as the same: one table, character by character; not where words begin and end (see tokens)."""

import unicodedata
from typing import Final

import regex

from keywords.han_table import SIMPLIFIED, TRADITIONAL

LONGEST = 20_000
"""Code points this room folds at most; doors cap far below."""
GROWTH: Final = 18
"""No character folds to more than this many (U+FDFA does)."""

LETTERS: dict[str, str] = {
    # Latin letters that Unicode does not decompose but people type plain.
    **dict(zip("ıłđøħŧŋƒɓɗƙƴɖƭƥɠɨʉ", "ildohtnfbdkydtpgiu", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
    "ə": "e",
    "ɛ": "e",
    "ɔ": "o",
    "ǝ": "e",
    # Arabic: forms of alef, yeh, kaf and heh that differ by keyboard, not by word.
    **dict(zip("ىیېکڪٱەہةھۃ", "يييككاههههه", strict=True)),
    # Cyrillic ghe with upturn is typed as plain ghe.
    "ґ": "г",
    **dict(zip(TRADITIONAL, SIMPLIFIED, strict=True)),
}

OPTIONAL_MARKS: Final = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED),
    (0x08CA, 0x08FF), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
)  # fmt: skip
"""Combining marks that Latin, Greek, Cyrillic, Hebrew and Arabic treat as optional; all other marks are letters."""

SINGLES: Final = (
    (0x3005, 0x3007), (0x3041, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Han and kana: scripts without spaces in which every character is a token."""

CLUSTERS: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
"""Thai, Lao, Burmese and Khmer: scripts without spaces in which a letter with its marks is a token."""

_TOO_MANY_MARKS = regex.compile(r"(\p{M}{8})\p{M}+")
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u3164\uffa0\u0640\u07fa")


def is_single(code: int) -> bool:
    """Whether the code point is Han or kana."""
    return any(first <= code <= last for first, last in SINGLES)


def _is_optional(code: int) -> bool:
    return any(first <= code <= last for first, last in OPTIONAL_MARKS)


def fold_character(char: str) -> str:
    """What one character becomes: letters and digits folded, invisible ones nothing, everything else a space."""
    if char in _INVISIBLE:
        return ""
    folded: list[str] = []
    for part in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", char).casefold()):
        category = unicodedata.category(part)
        if part in _INVISIBLE or category in {"Cf", "Cs"} or _is_optional(ord(part)):
            continue
        if category[0] == "M":
            folded.append(part)
        elif category == "Nd":
            folded.append(str(unicodedata.decimal(part)))
        elif category[0] in "LN":
            folded.append(LETTERS.get(part, part))
        else:
            folded.append(" ")
    text = unicodedata.normalize("NFC", "".join(folded))
    return f" {text} " if text and is_single(ord(text[0])) else text


class _Table(dict[int, str]):
    """For `str.translate`: works a character out once."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        self[code] = folded
        return folded


_TABLE = _Table()
_MARKS_OUT = dict.fromkeys(code for first, last in OPTIONAL_MARKS for code in range(first, last + 1))


def fold(text: str) -> str:
    """The text with every character folded, words still separated by spaces; NFC and NFD input give the same."""
    if text.isascii():
        return text.translate(_TABLE)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", _TOO_MANY_MARKS.sub(r"\1", text.translate(_MARKS_OUT)))
    folded = text.translate(_TABLE)
    return folded if unicodedata.is_normalized("NFC", folded) else unicodedata.normalize("NFC", folded)
