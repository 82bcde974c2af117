"""What reading a file is told and what it finds: kinds, formats, defaults, problems, notes; no reading here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from admin.sheets.errors import SheetRefused
from elections.centers import Center
from elections.election import Election
from keywords.lists import KeywordList
from notices.campaign import Campaign
from notices.notice import Notice

Value = KeywordList | Notice | Campaign | Election | Center

Tell = Callable[[int, int], None]
"""Called with what is done and the total so far as it is known, for a progress bar."""

MOST_PROBLEMS: Final = 500
"""Problems that are listed; the rest is only counted."""
LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a file (DESIGN §5: an import)."""
MOST_ROWS: Final = 250_000


class SheetKind(StrEnum):
    """What a file holds, by the name that its list has in JSON and YAML."""

    LISTS = "lists"
    NOTICES = "notices"
    CAMPAIGNS = "campaigns"
    ELECTIONS = "elections"
    CENTERS = "centers"


class SheetFormat(StrEnum):
    """How a file is written; those of other programs hold words to look for, and are read only."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    JSON = "json"
    YAML = "yaml"
    ALGOLIA = "algolia"
    TYPESENSE = "typesense"
    ELASTIC = "elastic"
    QUERQY = "querqy"
    DISCORD = "discord"
    DISCOURSE = "discourse"
    MASTODON = "mastodon"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a keyword list is where its file does not say: words of other programs know no region, language or topic."""

    region: str | None = None
    language: str | None = None
    topic: str | None = None
    owner: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `row` counts as the format does: rows of a table from its header as 1, lines of a text, items of a list from 1."""

    row: int | None
    column: str | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was read otherwise than it stands, or left out, and why; `row` as in a problem."""

    row: int | None
    column: str | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All values of a file, or none and every problem; `problem_count` counts those beyond the listed ones too."""

    values: tuple[Value, ...]
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    notes: tuple[Note, ...] = ()
    encoding: str | None = None


@dataclass(slots=True)
class Findings:
    """Collects what is found while a file is read."""

    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    notes: list[Note] = field(default_factory=list)
    encoding: str | None = None

    def problem(self, row: int | None, column: str | None, code: str, message: str) -> None:
        """Add a problem; beyond the first 500 it is only counted."""
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(row, column, code, message))

    def note(self, row: int | None, column: str | None, code: str, message: str) -> None:
        """Add a note."""
        self.notes.append(Note(row, column, code, message))

    def refused(self, refusal: SheetRefused) -> None:
        """Add the problem of a file that cannot be read any further."""
        self.problem(refusal.row, refusal.column, refusal.code, str(refusal))
