"""Near misses that were not taken for typos, for explanations: what a search never needs to know."""

from collections.abc import Iterator
from dataclasses import dataclass

from keywords.fuzzy import allowed_edits
from keywords.matcher import Reason
from keywords.postings import Index
from keywords.reading import Field


@dataclass(frozen=True, slots=True)
class RealWord:
    """A typed word a typo or two from a curated one that does not answer for it: it exists, or the typo is too doubtful to stand alone."""

    field: Field
    start: int
    end: int
    near: str
    edits: int
    reason: Reason


def real_words_in(index: Index, field: Field) -> Iterator[RealWord]:
    """Every such word of a field, with its nearest neighbour that could answer by itself.

    `start` and `end` are letters of the field's words, joined.
    """
    lexicon, offset = index.lexicon, 0
    for word in field.words:
        end = offset + len(word)
        if not lexicon.is_curated(word) and not word.isdecimal() and not any(one.answers for one in lexicon.candidates(word)):
            exists = word in lexicon.words or word in lexicon.common or word in lexicon.rare
            near = [one for one in lexicon.near.near(word) if allowed_edits(one.word) and lexicon.is_curated(one.word)]
            if near:
                reason = Reason.REAL_WORD if exists else Reason.DOUBTFUL
                yield RealWord(field, offset, end, near[0].word, near[0].edits, reason)
        offset = end
