"""Korean as it is typed: the keys behind a word's syllables, and slips of a whole syllable. Which words are known is not asked here.

An input method makes syllables of keys as they come, so one wrong key may change two of them: what is left of `투표` when one key is
missed is `퉆`, `ㅌ표` or `투ㅛ`. By their keys all of these are one edit away.
"""

import unicodedata
from typing import Final

from keywords.edits import has_same_letters, is_one_edit

SHORTEST_SWAPPED: Final = 3
"""Syllables of a word two of which may be swapped."""
SHORTEST_DROPPED: Final = 4
"""Syllables of a word that may have lost one or got one too many inside; with one more, also at its edges."""
MOST_KEYS: Final = 5
"""Keys of a syllable, at most."""
_VOWELS: Final = {"WA": "O A", "WAE": "O AE", "OE": "O I", "WEO": "U EO", "WE": "U E", "WI": "U I", "YI": "EU I"}
_FIRST, _LAST = "\uac00", "\ud7a3"
_FIRST_JAMO, _LAST_JAMO = "\u1100", "\u11ff"


def _keys(jamo: str) -> str:
    """The keys of one conjoining jamo; final consonants are on the keys of the first ones."""
    kind, _, name = unicodedata.name(jamo).removeprefix("HANGUL ").partition(" ")
    if kind == "JUNGSEONG":
        return "".join(unicodedata.lookup(f"HANGUL JUNGSEONG {part}") for part in _VOWELS.get(name, name).split())
    return "".join(unicodedata.lookup(f"HANGUL CHOSEONG {part}") for part in name.split("-"))


_KEYS: Final = {
    code: _keys(chr(code)) for first, last in ((0x1100, 0x1112), (0x1161, 0x1175), (0x11A8, 0x11C2)) for code in range(first, last + 1)
}


def is_syllable(letter: str) -> bool:
    """Whether a letter is a whole syllable."""
    return _FIRST <= letter <= _LAST


def is_hangul(word: str) -> bool:
    """Whether a folded word begins with a syllable or a jamo that found no syllable."""
    return word >= _FIRST_JAMO and (word[0] <= _LAST_JAMO or is_syllable(word[0]))  # so that most scripts need one look


def keystrokes(word: str) -> str:
    """The keys that make the word, one letter each."""
    return unicodedata.normalize("NFD", word).translate(_KEYS)


def has_lone_jamo(word: str) -> bool:
    """Whether a folded word holds a jamo that found no syllable: no Korean word does."""
    return any(_FIRST_JAMO <= letter <= _LAST_JAMO for letter in word)


def is_syllable_slip(token: str, word: str) -> bool:
    """Whether one syllable of a word is missing or too many, or two neighbours have changed places."""
    size = len(word)
    if len(token) == size:
        return size >= SHORTEST_SWAPPED and is_one_edit(token, word) and has_same_letters(token, word)
    is_inside = size >= SHORTEST_DROPPED and token[0] == word[0] and token[-1] == word[-1]
    return (is_inside or size > SHORTEST_DROPPED) and is_one_edit(token, word)
