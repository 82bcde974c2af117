"""What is knowingly let pass: a finding's code and place with a public reason; not which findings there are (see checks)."""

from dataclasses import dataclass
from datetime import date

SMALLEST_AREA = 2
"""Parts that a place must name before it stands for all places below it: a region and a language, never a whole region."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """Findings of a code at a place that block nothing, why, and who said so; it holds until the end of the day `until`.

    `place` is the finding's own, or its beginning up to a `/`, of at least a region and a language: `ZA/xh` stands for `ZA/xh/voting` too.
    """

    code: str
    place: str
    reason: str
    by: str
    until: date | None = None

    def covers(self, code: str, place: str) -> bool:
        """Whether it speaks of a finding of this code at this place."""
        if code != self.code:
            return False
        return place == self.place or (len(self.place.split("/")) >= SMALLEST_AREA and place.startswith(f"{self.place}/"))

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and self.until < today
