"""Real words that lie a typo away from curated ones, or fall into two of them: found once, so that no search needs a dictionary.

Where words and their frequencies come from is the caller's; this room reads no file.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from keywords.candidates import Lexicon, answers_in
from keywords.fuzzy import allowed_edits
from keywords.lists import RealWords
from keywords.tokens import is_spaceless, tokenise

COMMON: Final = 3.0
"""Zipf frequency (log10 of uses in a thousand million words) from which a word is never taken for a typo, in no phrase."""
SHORT_COMMON: Final = 2.5
"""The same for words near short curated ones only, which need a phrase around them anyway."""


def real_words(lexicon: Lexicon, frequencies: Iterable[tuple[str, float]], languages: Iterable[str]) -> RealWords:
    """The neighbours of the lexicon's words among `(word, Zipf frequency)` pairs of the languages; linear in their number."""
    common: set[str] = set()
    rare: set[str] = set()
    for word, zipf in _folded(frequencies):
        if word in common or (word in rare and zipf < COMMON) or lexicon.is_known(word):
            continue
        near = lexicon.near.near(word)
        is_two = _could_be_two(lexicon, word, zipf)
        if not near and not is_two:
            continue
        is_near_short = bool(near) and not any(allowed_edits(one.word) for one in near)
        if zipf >= (SHORT_COMMON if is_near_short else COMMON):
            common.add(word)
        elif is_two or (not is_near_short and any(lexicon.is_curated(one.word) for one in near)):  # it could answer alone
            rare.add(word)
    return RealWords(tuple(sorted(common)), tuple(sorted(rare - common)), fingerprint(lexicon), tuple(sorted(languages)))


def _could_be_two(lexicon: Lexicon, word: str, zipf: float) -> bool:
    """Whether a word that exists would be taken for two typed as one: a rare one only where one of the two would answer by itself."""
    cut = lexicon.joint(word)
    if not cut or zipf >= COMMON:
        return cut > 0
    return any(lexicon.is_curated(part) and answers_in(part, word) for part in (word[:cut], word[cut:]))


def fingerprint(lexicon: Lexicon) -> str:
    """A short digest of the words whose neighbours matter: other words, other neighbours."""
    return hashlib.sha256("\n".join(sorted(lexicon.near.words)).encode()).hexdigest()[:16]


def _folded(frequencies: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    for word, zipf in frequencies:
        tokens = tokenise(word)
        if len(tokens) == 1 and not is_spaceless(tokens[0]):
            yield tokens[0], zipf
