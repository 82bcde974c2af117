"""One row of a table and its cells as values; a bad cell is a problem and a stand-in, so that every problem is found in one go."""

import re
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, TypeVar

from admin.sheets.findings import Findings
from notices.csv_cells import separated, unsingle

Code = TypeVar("Code", bound=StrEnum)

_TRUTHS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_WHOLE: Final = re.compile(r"[+-]?\d{1,18}")
_CLOCK: Final = re.compile(r"\d\d:\d\d(:\d\d(\.\d{1,6})?)?")
_WALL: Final = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?")
_SOME_DAY: Final = date.min


class Row:
    """A row by column, empty cells left out. `prose` comes as it stands, everything else without spaces around it."""

    __slots__ = ("cells", "findings", "kind", "number")

    def __init__(self, number: int, cells: dict[str, str], findings: Findings) -> None:
        """Keep the cells with the row's number, which a spreadsheet shows."""
        self.number = number
        self.cells = cells
        self.findings = findings
        self.kind = ""

    def problem(self, name: str, code: str, message: str) -> None:
        """Say what is wrong in a cell."""
        self.findings.problem(self.number, name, code, message)

    def prose(self, name: str) -> str:
        """A text for people, as it stands."""
        return self.cells.get(name, "")

    def single(self, name: str) -> str | None:
        """A code or address; None for an empty cell."""
        cell = self.cells.get(name)
        return unsingle(cell) if cell else None

    def needed(self, name: str, default: str | None = None) -> str:
        """A code, address or term that must be there, unless a default is."""
        said = self.single(name)
        if said is None and default is None:
            self.problem(name, "cell_missing", "This cell must not be empty.")
        return said if said is not None else default or ""

    def many(self, name: str) -> tuple[str, ...]:
        """A list, its items set apart by semicolons."""
        cell = self.cells.get(name)
        return separated(cell) if cell else ()

    def choice(self, name: str, kind: type[Code], default: Code | None = None) -> Code:
        """One of a set of codes; it must be there, unless a default is."""
        found = self.choice_or_none(name, kind)
        if found is None and default is None and not self.cells.get(name, "").strip():
            self.problem(name, "cell_missing", f"This must be one of {', '.join(kind)}.")
        return found or default or next(iter(kind))

    def choice_or_none(self, name: str, kind: type[Code]) -> Code | None:
        """One of a set of codes; None for an empty cell."""
        said = self.cells.get(name, "").strip()
        return self._code(name, said, kind) if said else None

    def choices(self, name: str, kind: type[Code]) -> tuple[Code, ...]:
        """A list of codes."""
        return tuple(code for said in self.many(name) if (code := self._code(name, said, kind)) is not None)

    def _code(self, name: str, said: str, kind: type[Code]) -> Code | None:
        try:
            return kind(said)
        except ValueError:
            found = next((code for code in kind if code.lower() == said.lower()), None)
            if found is None:
                self.problem(name, "not_one_of", f"This must be one of {', '.join(kind)}.")
            return found

    def truth(self, name: str, default: bool) -> bool:  # noqa: FBT001 -- the value of a cell, not a switch
        """`true` or `false`."""
        said = self.cells.get(name, "").strip().lower()
        if said and said not in _TRUTHS:
            self.problem(name, "not_one_of", "This must be true or false.")
        return _TRUTHS.get(said, default)

    def whole(self, name: str, default: int) -> int:
        """A whole number."""
        said = self.cells.get(name, "").strip()
        if said and not (said.isascii() and _WHOLE.fullmatch(said)):
            self.problem(name, "not_a_number", "This must be a whole number.")
            return default
        return int(said) if said else default

    def day(self, name: str) -> date | None:
        """A date; None for an empty cell."""
        said = self.cells.get(name, "").strip()
        return self._day(name, said) if said else None

    def needed_day(self, name: str) -> date:
        """A date that must be there."""
        said = self.needed(name)
        return self._day(name, said) if said else _SOME_DAY

    def days(self, name: str) -> tuple[date, ...]:
        """A list of dates."""
        return tuple(self._day(name, said) for said in self.many(name))

    def _day(self, name: str, said: str) -> date:
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", said):
                raise ValueError
            return date.fromisoformat(said)
        except ValueError:
            self.problem(name, "impossible_date", "This is not a date that exists, written YYYY-MM-DD.")
            return _SOME_DAY

    def clock(self, name: str) -> time | None:
        """A clock time; None for an empty cell."""
        said = self.cells.get(name, "").strip()
        return self.clock_of(name, said) if said else None

    def clock_of(self, name: str, said: str) -> time:
        """The clock time of a part of a cell."""
        try:
            if not _CLOCK.fullmatch(said):
                raise ValueError
            return time.fromisoformat(said)
        except ValueError:
            self.problem(name, "impossible_time", "This is not a clock time, written HH:MM.")
            return time.min

    def wall(self, name: str) -> datetime | None:
        """A local date and time without offset; None for an empty cell."""
        said = self.cells.get(name, "").strip()
        try:
            if said and not _WALL.fullmatch(said):
                raise ValueError
            return datetime.fromisoformat(said) if said else None
        except ValueError:
            self.problem(name, "impossible_time", "This is not a local date and time, written YYYY-MM-DD HH:MM without an offset.")
            return None

    def instant(self, name: str) -> datetime | None:
        """A date and time with its offset; a problem and None where it is missing."""
        said = self.cells.get(name, "").strip()
        try:
            found = datetime.fromisoformat(said)
            if found.tzinfo is None:
                raise ValueError
        except ValueError:
            self.problem(name, "impossible_time", "This is not a time with a date and an offset, written 2027-05-09T18:00+02:00.")
            return None
        return found
