"""How people type Cyrillic, Greek and Devanagari on a Latin keyboard; rough on purpose, and not a standard's romanisation."""

from itertools import pairwise

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђјљњћџѓќѕ",
        "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sch  y  e yu ya i i ye g w dj j lj nj c dz g k dz".split(" "),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐ",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o a e i i o y o i y i".split(),
        strict=True,
    )
)
_CONSONANTS = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
        "k kh g gh n ch chh j jh n t th d dh n t th d dh n p ph b bh m y r l v sh sh s h".split(),
        strict=True,
    )
)
_VOWELS = dict(zip("अआइईउऊऋएऐओऔ", "a a i i u u ri e ai o au".split(), strict=True))
_SIGNS = dict(zip("ािीुूृेैोौ्", [*"a i i u u ri e ai o au".split(), ""], strict=True))
_OTHERS = {"ं": "n", "ँ": "n", "ः": "h", "़": ""}


def romanise(text: str, language: str) -> str:
    """The text in plain Latin letters; unchanged where the script is another one."""
    if language in {"hi", "mr", "ne"}:
        return " ".join(_devanagari(word) for word in text.split())
    lowered = text.lower()
    made = "".join(_CYRILLIC.get(char, _GREEK.get(char, char)) for char in lowered)
    return text if made == lowered else made


def _devanagari(word: str) -> str:
    """Consonants get an `a` unless a vowel sign or the word's end follows."""
    made = ""
    for char, after in pairwise([*word, ""]):
        if char in _CONSONANTS:
            silent = not after or after in _SIGNS or not "\u0900" <= after <= "\u097f"
            made += _CONSONANTS[char] + ("" if silent else "a")
        else:
            made += _VOWELS.get(char, _SIGNS.get(char, _OTHERS.get(char, char)))
    return made
