"""Which characters count as the same: one table, character by character; not where words begin and end (see tokens)."""

import re
import unicodedata
from codecs import charmap_build, charmap_decode, charmap_encode
from collections.abc import Sequence
from typing import Any, Final

import regex

from keywords.han_table import SIMPLIFIED, TRADITIONAL

LONGEST = 20_000
"""Code points this room folds at most; doors cap far below."""
GROWTH: Final = 18
"""No character folds to more than this many (U+FDFA does)."""


def _simplest(table: dict[str, str]) -> dict[str, str]:
    """The table without chains: what a character ends as, not what it first becomes."""
    return {old: table.get(new, new) for old, new in table.items()}


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
    **_simplest(dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))),
}
APOSTROPHES: Final = frozenset("\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ee")
"""Letters by Unicode's count, but typed as the apostrophes that everybody else takes for a break."""

OPTIONAL_MARKS: Final = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED),
    (0x08CA, 0x08FF), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xE0100, 0xE01EF),
)  # fmt: skip
"""Combining marks that Latin, Greek, Cyrillic, Hebrew and Arabic treat as optional; all other marks are letters."""

HAN_AND_KANA: Final = "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CLUSTERS: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
"""Thai, Lao, Burmese and Khmer, in which a letter and its marks must not be torn apart."""
SPACELESS: Final = HAN_AND_KANA + CLUSTERS
"""Scripts that are written without spaces between words, as a character class."""

_TOO_MANY_MARKS = regex.compile(r"(\p{M}{8})\p{M}+")
_NAMED_AFTER = re.compile(
    r"(?:LATIN (?:SMALL|CAPITAL) LETTER|LATIN LETTER SMALL CAPITAL|LATIN SMALL LETTER SCRIPT|LATIN SMALL LETTER DOTLESS"
    r"|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER|REGIONAL INDICATOR SYMBOL LETTER) ([A-Z])(?: WITH [A-Z -]+)?"
)
"""Letters that Unicode does not decompose but names after a plain one: small capitals, hooks and strokes, lettered symbols."""
_BRACKETED = re.compile(r"PARENTHESIZED LATIN (?:SMALL|CAPITAL) LETTER ([A-Z])")
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u3164\uffa0\u0640\u07fa")


def _is_optional(code: int) -> bool:
    return any(first <= code <= last for first, last in OPTIONAL_MARKS)


def fold_character(char: str) -> str:
    """What one character becomes: letters and digits folded, invisible ones nothing, everything else a space."""
    if char in _INVISIBLE:
        return ""
    if bracketed := _BRACKETED.fullmatch(unicodedata.name(char, "")):
        return bracketed[1].lower()
    folded: list[str] = []
    bare = "".join(part for part in unicodedata.normalize("NFKD", char) if not _is_optional(ord(part)))
    for part in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", bare).casefold()):
        category = unicodedata.category(part)
        if part in _INVISIBLE or category in {"Cf", "Cs"} or _is_optional(ord(part)):
            continue
        if category[0] == "M":
            folded.append(part)
        elif category == "Nd":
            folded.append(str(unicodedata.decimal(part)))
        elif part in LETTERS:
            folded.append(LETTERS[part])
        elif part > "\x7f" and (plain := _NAMED_AFTER.fullmatch(unicodedata.name(part, ""))):
            folded.append(plain[1].lower())
        else:
            folded.append(part if category[0] in "LN" and part not in APOSTROPHES else " ")
    return unicodedata.normalize("NFC", "".join(folded))


class _Table(dict[int, str]):
    """For `str.translate`: works a character out once."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        self[code] = folded
        return folded


_TABLE = _Table()
_SIGNS = re.compile("[\u102d-\u1037\u103a-\u103e\u17b6-\u17d1\u17dd]{2,}")
"""Signs around a letter of Burmese or Khmer, which look the same in whatever order they were typed; none that binds letters."""
_MARK = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in OPTIONAL_MARKS)}]")
_MARKS_OUT = dict.fromkeys(code for first, last in OPTIONAL_MARKS for code in range(first, last + 1))


def capped(text: str) -> str:
    """The text with no more marks on a letter than eight, because ordering them takes time by the square of their number."""
    return str(_TOO_MANY_MARKS.sub(r"\1", text))


def fold(text: str) -> str:
    """The text with every character folded, words still separated by spaces; NFC and NFD input give the same."""
    if text.isascii():
        return text.translate(_TABLE)
    page = _PAGES.get(ord(text.lstrip(_ASCII)[0]) >> _BLOCK)
    if page is not None and _IOTA_BELOW not in text:
        lower = text.casefold()
        numbers = charmap_encode(lower, "ignore", page[0])[0]
        if len(numbers) == len(lower):
            return charmap_decode(numbers, "strict", page[1])[0]
    return fold_letter_by_letter(text)


def fold_letter_by_letter(text: str) -> str:
    """The same for any text; where all of it is on one page, that is quicker."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", capped(text.translate(_MARKS_OUT)))
    folded = text.translate(_TABLE)
    if _SIGNS.search(folded):
        folded = _SIGNS.sub(lambda signs: "".join(sorted(signs[0])), folded)
    return folded if unicodedata.is_normalized("NFC", folded) else unicodedata.normalize("NFC", capped(folded))


def _page(script: str) -> tuple[Any, str]:
    """ASCII and the letters of a script that fold to a single one, numbered, and what each number folds to; the codecs do the rest."""
    letters = "".join(char for char in map(chr, range(0x80, 0x1000)) if _is_on_page(char, script))[:_PAGE]
    table = _ASCII + letters + "\ufffe" * (_PAGE - len(letters))
    return charmap_build(table), "".join(map(fold_character, _ASCII + letters)) + "\ufffe" * (_PAGE - len(letters))


def _is_on_page(char: str, script: str) -> bool:
    """Whether a letter of small case, or mark that no other mark may trade places or grow together with, folds to one of the kind."""
    return (
        unicodedata.name(char, "").startswith(script)
        and char.casefold() == char
        and unicodedata.category(char)[0] in "LM"
        and unicodedata.is_normalized("NFC", char)
        and len(fold_character(char)) == 1
        and unicodedata.combining(char) in _KEPT_CLASSES
    )


_IOTA_BELOW: Final = "\u0345"
"""Folds to nothing here, but becomes a letter in full case folding."""
_ASCII: Final = "".join(map(chr, range(128)))
_BLOCK: Final = 7
_PAGE: Final = 128
_KEPT_CLASSES: Final = (0, 9)
"""Canonical combining classes: letters, and the viramas."""
_PAGES: Final = {
    block: page
    for script, first, last in (
        ("LATIN", 1, 4),
        ("GREEK", 6, 7),
        ("CYRILLIC", 8, 9),
        ("HEBREW", 11, 11),
        ("ARABIC", 12, 13),
        ("DEVANAGARI", 18, 18),
    )
    for page in (_page(script),)
    for block in range(first, last + 1)
}
"""Block of 128 characters, by the first one past ASCII in a text → a table for texts that keep to it: several times faster than one by one."""


def is_accented(text: str) -> bool:
    """Whether any letter carries a mark that folding drops."""
    return _MARK.search(unicodedata.normalize("NFD", capped(text))) is not None


def dropped_marks(char: str) -> str:
    """The marks that folding drops of a character."""
    return "".join(_MARK.findall(unicodedata.normalize("NFD", char)))


_TONES: Final = dict.fromkeys((*range(0x0E47, 0x0E4E), *range(0x0EC8, 0x0ECE), 0x1037, 0x1038, *range(0x17C9, 0x17D2), 0x17D3))


def without_tones(text: str) -> str:
    """The text without the tone and silencing marks of Thai, Lao, Khmer and Burmese, which people in a hurry leave out."""
    return text.translate(_TONES)


def places_without_tones(text: str) -> Sequence[int]:
    """Where each character of `without_tones(text)` stands in the text, and where it ends."""
    return [at for at, char in enumerate(text) if ord(char) not in _TONES] + [len(text)]


LAST_TONED: Final = "\u17ff"
"""No letter behind it is of a script that has such marks."""
_WITH_TONES: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def has_tones(text: str) -> bool:
    """Whether a text is in a script that has such marks."""
    return _WITH_TONES.search(text) is not None
