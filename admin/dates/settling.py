"""One field, two sides: whose word stands, by who owns it; which fields there are is in merging and milestone_merging."""

from datetime import date
from typing import TypeVar

from admin.dates.comparison import Difference, Side, Verdict
from admin.dates.findings import Found, owner_of

Value = TypeVar("Value")


class Settler:
    """Settles field after field of one election and notes every difference."""

    def __init__(self, found: Found, *, taken: bool) -> None:
        """`taken`: a person takes the document's side."""
        self.found = found
        self.taken = taken
        self.differences: list[Difference] = []
        self.has_changed = False
        self._here = self._there = ("", "")

    def of(self, here: str, here_confidence: str, there: str, there_confidence: str) -> None:
        """From now on fields of these two sources; nothing of them has changed yet."""
        self._here, self._there = (here, here_confidence), (there, there_confidence)
        self.has_changed = False

    @property
    def owns(self) -> bool:
        """Whether the document may change what is there."""
        return self.taken or owner_of(self._here[0]) == owner_of(self._there[0])

    def settled(self, place: str, here: Value, there: Value) -> Value:
        """The value that stands: what is empty may be filled, what is owned by the same source may change, anything else is a conflict.

        A document that leaves a field of another source empty says nothing about it.
        """
        if here == there:
            return here
        empty_here, empty_there = here in {None, ""} or here == (), there in {None, ""} or there == ()
        if empty_there and not self.owns:
            return here
        verdict = Verdict.ADDED if empty_here else Verdict.CHANGED if self.owns else Verdict.CONFLICT
        sides = (None if empty_here else Side(text_of(here), *self._here), Side(text_of(there), *self._there))
        self.differences.append(Difference(place, verdict, *sides))
        if verdict is Verdict.CONFLICT:
            return here
        self.has_changed = self.has_changed or self.owns
        return there


def text_of(value: object) -> str:
    """A value as a person reads it."""
    if isinstance(value, tuple):
        return ", ".join(map(text_of, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == "":
        return "none"
    return value.isoformat() if isinstance(value, date) else str(value)
