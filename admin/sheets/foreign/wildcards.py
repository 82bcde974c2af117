"""Words that other programs look for within words or by their beginning, as near as a term comes to it; which program means what is beside."""

from typing import Final, NamedTuple

from keywords.index import SHORTEST_STEM
from keywords.lists import MatchKind

WHOLE_WORDS: Final = "whole words are found only, not what stands inside or at the end of longer ones"


class Near(NamedTuple):
    """The words and how they match; `lost` says what that misses, empty where nothing."""

    text: str
    match: MatchKind
    lost: str = ""


def starred(pattern: str) -> Near | None:
    """A pattern with `*` for any letters: `vot*` is a prefix, `*vote*` nearly one; None where a star stands amid the words, or nothing else does."""
    told = pattern.strip()
    core = told.strip("*").strip()
    if not core or "*" in core:
        return None
    if not told.startswith("*"):
        return beginning(core) if told.endswith("*") else Near(core, MatchKind.PHRASE)
    return inside(core) if told.endswith("*") else Near(core, MatchKind.PHRASE, WHOLE_WORDS)


def beginning(text: str) -> Near:
    """Words that begin so; a term can say that of one word of enough letters."""
    if len(text.split()) == 1 and len(text) >= SHORTEST_STEM:
        return Near(text, MatchKind.PREFIX)
    return Near(text, MatchKind.PHRASE, f"only one word of {SHORTEST_STEM} letters or more can be a prefix; {WHOLE_WORDS}")


def inside(text: str) -> Near:
    """What may stand anywhere within words: found at their beginning at best."""
    near = beginning(text)
    if near.match is MatchKind.PREFIX:
        return near._replace(lost="words that begin so are found, not what stands inside or at the end of longer ones")
    return near._replace(lost=WHOLE_WORDS)
