"""Where a curated spelling stands in what was typed, and how it was found; not which terms it leads to."""

from typing import Final, NamedTuple

from keywords.keys import Key
from keywords.lists import Layer

EXACT: Final = Layer.EXACT
JOINED: Final = Layer.JOINED
"""As names of their own: to ask the class for a member takes several times longer."""


class Hit(NamedTuple):
    """Where a key stands: its field's number, and the half-open stretch of the field's letters (its words, joined)."""

    layer: Layer
    edits: int
    field: int
    start: int
    end: int
    key: Key

    def is_surer_than(self, other: "Hit") -> bool:
        """A disguise that explains every letter is surer than a typo; then the layer decides, then the edits."""
        return (self.edits > 0, self.layer.rank, self.edits) < (other.edits > 0, other.layer.rank, other.edits)
