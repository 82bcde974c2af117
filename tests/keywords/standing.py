"""What the scan finds, in a shape that tests can read."""

from keywords.lists import Layer
from keywords.postings import Index
from keywords.scanning import scan


def standing(index: Index, text: str) -> set[tuple[str, Layer, int, str]]:
    """Keys that stand in the words, with the letters they cover."""
    words = tuple(text.split())
    letters = "".join(words)
    return {(hit.key, hit.layer, hit.edits, letters[hit.start : hit.end]) for hit in scan(index, 0, words)}
