"""Terms gathered from a file of another program, each told once; how that program writes them is in the modules beside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from admin.sheets.errors import SheetRefused
from admin.sheets.findings import Findings
from keywords.lists import Term

Key = tuple[str, str, tuple[str, ...], tuple[str, ...]]

LONGEST_TOLD: Final = 40
"""Characters of a file's own words that a sentence repeats."""


@dataclass(slots=True)
class Gathering:
    """The terms so far, and a note for everything that cannot be carried over."""

    findings: Findings
    source: str
    terms: dict[Key, Term] = field(default_factory=dict)

    def add(self, row: int, column: str | None, term: Term) -> None:
        """Add a term, with a note where it has no words or is told already."""
        text = term.text.strip()
        key = (text.casefold(), term.match, term.near, term.unless)
        if not text:
            self.note(row, column, "no_words", "Without words there is nothing to look for.")
        elif key in self.terms:
            self.note(row, column, "given_twice", "This was told before and was read once.")
        else:
            self.terms[key] = replace(term, text=text, source=self.source)

    def note(self, row: int, column: str | None, code: str, message: str) -> None:
        """Say what was left out, or read otherwise than it stands."""
        self.findings.note(row, column, code, message)

    def left_out(self, row: int, told: Mapping[str, Any], known: Collection[str]) -> None:
        """Note the members of an object that say something and were not read."""
        names = [name for name, value in told.items() if name not in known and value not in (None, "", False, [], {})]
        if names:
            listed = ", ".join(name[:LONGEST_TOLD] for name in names)
            self.note(row, None, "left_out", f"Left out, because keyword lists know nothing of the kind: {listed}.")


def objects(value: object, what: str) -> list[dict[str, Any]]:
    """A list of objects; raises SheetRefused for anything else."""
    if not isinstance(value, list):
        raise SheetRefused("not_this_format", f"The file does not hold a list of {what}.")
    for number, one in enumerate(value, 1):
        if not isinstance(one, dict):
            raise SheetRefused("not_this_format", f"This is not one of the {what}.", number)
    return value


def text(told: Mapping[str, Any], name: str, row: int) -> str:
    """A text, empty where it is missing or null; raises SheetRefused for anything else."""
    value = told.get(name)
    if value is not None and not isinstance(value, str):
        raise SheetRefused("not_a_text", "This must be a text.", row, name)
    return value or ""


def texts(told: Mapping[str, Any], name: str, row: int) -> list[str]:
    """A list of texts, empty where it is missing or null; raises SheetRefused for anything else."""
    value = told.get(name)
    if value is not None and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        raise SheetRefused("not_a_text", "This must be a list of texts.", row, name)
    return value or []
