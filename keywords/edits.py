"""How many edits lie between two words: letters inserted, left out, replaced, or swapped with the next. The one place that knows rapidfuzz."""

from rapidfuzz.distance.OSA import distance

__all__ = ("distance", "has_same_letters", "is_one_edit")


def is_one_edit(typed: str, known: str) -> bool:
    """Whether exactly one edit lies between two words."""
    return bool(distance(typed, known, score_cutoff=1) == 1)


def has_same_letters(typed: str, known: str) -> bool:
    """Whether two words differ by the order of their letters at most, so that one edit between them is a swap."""
    return len(typed) == len(known) and sorted(typed) == sorted(known)
