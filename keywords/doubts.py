"""Near misses that may be words of their own, so that they count only inside a phrase. Which words exist for sure is asked elsewhere."""

from typing import Final

from keywords.edits import has_same_letters
from keywords.folding import without_tones
from keywords.fuzzy import SHORTEST_ALONE, SHORTEST_TWICE, Near, allowed_edits
from keywords.hangul import has_lone_jamo
from keywords.substrings import is_slip
from keywords.tokens import is_spaceless

SHORTEST_UNSURE: Final = 7
"""Letters of a word that may be mistyped anywhere but at its ends where no source tells which words its language has."""


def may_be_another(word: str, near: Near, *, is_unsure: bool) -> bool:
    """Whether a word that is near a curated one is too short or too different; `is_unsure`: no source tells which words its language has."""
    known = near.word
    if is_spaceless(known):
        return not is_slip(without_tones(word), without_tones(known))
    if is_unsure and not _is_plain_slip(word, near):
        return True
    if near.edits > 1:
        return known[0] != word[0]
    is_short = not allowed_edits(known) and not has_lone_jamo(word)
    return is_short or (known[0] != word[0] and _has_few_letters(known))


def _is_plain_slip(word: str, near: Near) -> bool:
    """Whether it is a typo in any language: one edit in a long word, or no more than clumsy fingers."""
    known, size = near.word, len(near.word)
    keeps_ends = known[0] == word[0] and known[-1] == word[-1]
    is_long = size >= SHORTEST_TWICE or (size >= SHORTEST_UNSURE and keeps_ends)
    return near.edits == 1 and (is_long or is_fumble(word, known))


def is_fumble(typed: str, known: str) -> bool:
    """Whether letters were only swapped, or one was typed twice: that hardly ever makes another word."""
    return has_same_letters(typed, known) or any(
        typed[:at] + typed[at + 1 :] == known for at in range(1, len(typed)) if typed[at] == typed[at - 1]
    )


def _has_few_letters(word: str) -> bool:
    """Whether signs make a short word long, as `vote` in Malayalam, where `dot` and `hot` are an edit away and no source has all such words."""
    return not word.isalpha() and sum(map(str.isalpha, word)) < SHORTEST_ALONE
