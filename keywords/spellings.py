"""Other spellings of a curated term that people type, made when an index is built; folding already took care of case and accents."""

from collections.abc import Iterator
from typing import Final

from keywords.affixes import bare

_UMLAUTS: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "å": "aa", "Ø": "Oe", "Å": "Aa"}
)
_UMLAUT_LANGUAGES: Final = frozenset({"de", "da", "nb", "nn", "no", "sv", "fi", "et"})

_SERBIAN: Final = str.maketrans(
    dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш",
             "a b v g d dj e z z i j k l lj m n nj o p r s t c u f h c c dz s".split(), strict=True))
)  # fmt: skip
_UZBEK: Final = str.maketrans(
    dict(zip("абвгдеёжзийклмнопрстуфхцчшъэюяўқғҳ",
             "a b v g d e yo j z i y k l m n o p r s t u f x s ch sh  e yu ya o q g h".split(" "), strict=True))
)  # fmt: skip
_UZBEK_PAIRS: Final = (("yo", "ё"), ("yu", "ю"), ("ya", "я"), ("ch", "ч"), ("sh", "ш"), ("oʻ", "ў"), ("o'", "ў"), ("gʻ", "ғ"), ("g'", "ғ"))
_UZBEK_LETTERS: Final = str.maketrans(dict(zip("abvgdejziyklmnoprstufxqhʼ'", "абвгдежзийклмнопрстуфхқҳъъ", strict=True)))


def spellings(text: str, language: str) -> Iterator[str]:
    """The text itself, then its other spellings in the language: umlauts written out, the other script of Serbian and Uzbek."""
    yield text
    base, _, script = language.partition("-")
    if base in _UMLAUT_LANGUAGES and (written_out := text.translate(_UMLAUTS)) != text:
        yield written_out
    if base in {"sr", "mk"} and script != "Latn" and (latin := text.lower().translate(_SERBIAN)) != text.lower():
        yield latin
    if base == "uz":
        lower = text.lower()
        cyrillic = lower
        for latin, letter in _UZBEK_PAIRS:
            cyrillic = cyrillic.replace(latin, letter)
        yield cyrillic.translate(_UZBEK_LETTERS) if lower.isascii() or "ʻ" in lower else lower.translate(_UZBEK)


def without_article(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """An Arabic phrase without its articles, because people leave them out; nothing for other languages."""
    plain = tuple(token[2:] if token.startswith("ال") and token[2:] in tuple(bare(token)) else token for token in tokens)
    return () if plain == tokens else (plain,)
