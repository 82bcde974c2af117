"""Real words that lie a typo away from curated ones, or fall into two of them: found once, so that no search needs a dictionary.

Where words and their frequencies come from is the caller's; this room reads no file.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from keywords.candidates import Lexicon, answers_in
from keywords.fuzzy import allowed_edits
from keywords.keys import may_be_joined
from keywords.lists import RealWords
from keywords.tokens import is_spaceless, tokenise

COMMON: Final = 3.0
"""Zipf frequency (log10 of uses in a thousand million words) from which a word of a language is none of its typos, in no phrase."""
SHORT_COMMON: Final = 2.5
"""The same for words near short curated ones only, which need a phrase around them anyway."""
EVERYWHERE: Final = ""
"""Instead of a language: a word that is met in searches of all of them."""

Known = tuple[str, float, str]
"""A word that exists, its Zipf frequency, and the language that has it, or EVERYWHERE."""


def real_words(
    lexicon: Lexicon, known: Iterable[Known], languages: Iterable[str], own: Mapping[str, Sequence[Lexicon]] | None = None
) -> RealWords:
    """The neighbours of the lexicon's words among those of the languages; linear in their number.

    `own` are the curated words of each language by themselves: a word that no language common with it has a neighbour for, as `palce`,
    which is Polish, beside `place`, may be a typo in another language's phrase. Without it every common word counts everywhere.
    """
    common_from: dict[str, float] = {}
    spoken: dict[str, set[str]] = defaultdict(set)
    rare: set[str] = set()
    for word, zipf, language in _folded(known):
        if word not in common_from:
            if word in lexicon.words or (lexicon.is_curated(word) and may_be_joined(word)):
                continue  # it means what it says
            near, cut = lexicon.near.near(word), lexicon.joint(word)
            if not near and not cut:
                continue
            is_near_short = bool(near) and not any(allowed_edits(one.word) for one in near)
            common_from[word] = SHORT_COMMON if is_near_short else COMMON
            if _may_answer(lexicon, word, cut) or (not is_near_short and any(lexicon.is_curated(one.word) for one in near)):
                rare.add(word)
        if zipf >= common_from[word]:
            spoken[word].add(language)
    common = {word for word, tongues in spoken.items() if own is None or EVERYWHERE in tongues or _is_near_own(word, tongues, own)}
    return RealWords(tuple(sorted(common)), tuple(sorted(rare - common)), fingerprint(lexicon), tuple(sorted(languages)))


def _may_answer(lexicon: Lexicon, word: str, cut: int) -> bool:
    """Whether one of the two words that it falls into would answer by itself."""
    return cut > 0 and any(lexicon.is_curated(part) and answers_in(part, word) for part in (word[:cut], word[cut:]))


def _is_near_own(word: str, tongues: Iterable[str], own: Mapping[str, Sequence[Lexicon]]) -> bool:
    """Whether one of the languages itself has curated words that it could be taken for."""
    return any(lexicon.near.near(word) or lexicon.joint(word) for tongue in tongues for lexicon in own.get(tongue, ()))


def fingerprint(lexicon: Lexicon) -> str:
    """A short digest of the words whose neighbours matter: other words, other neighbours."""
    return hashlib.sha256("\n".join(sorted(lexicon.near.words)).encode()).hexdigest()[:16]


def _folded(known: Iterable[Known]) -> Iterator[Known]:
    for word, zipf, language in known:
        tokens = tokenise(word)
        if len(tokens) == 1 and not is_spaceless(tokens[0]):
            yield tokens[0], zipf, language
