"""Keyword lists and their terms, as values; not how they match (see matcher)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CONTEXT = "@context"
YEAR = "@year"
MANY_LANGUAGES = "mul"
"""A list in this language holds vetoes that hold for every list of its region and below."""


class MatchKind(StrEnum):
    """How a term's words must stand in the text."""

    PHRASE = "phrase"
    EXACT = "exact"
    ALL = "all"
    PREFIX = "prefix"


class Layers(StrEnum):
    """Whether the near-miss or evasion layers may answer for a term."""

    AUTO = "auto"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Term:
    """Words to look for, in `text` and `forms`; a leading `#` makes it a hashtag only.

    `near`: one of these must also occur (`@context`: the list's context words, `@year`: a year number); `unless`: any vetoes.
    `contest` and `contestant` are ids for the parity check.
    """

    text: str
    forms: tuple[str, ...] = ()
    match: MatchKind = MatchKind.PHRASE
    typos: Layers = Layers.AUTO
    evasion: Layers = Layers.AUTO
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    season_only: bool = False
    slot: str | None = None
    contest: str | None = None
    contestant: str | None = None
    source: str = ""
    confidence: str = ""
    verified_on: date | None = None
    note: str = ""

    def spellings(self) -> Iterator[str]:
        """The text and every form."""
        yield self.text
        yield from self.forms


@dataclass(frozen=True, slots=True)
class KeywordList:
    """Region × language × topic with its terms and golden samples; `blocked` are inherited terms' texts that do not count here and below."""

    region: str
    language: str
    topic: str
    terms: tuple[Term, ...]
    slot: str | None = None
    context: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    must_match: tuple[str, ...] = ()
    must_not_match: tuple[str, ...] = ()
    owner: str = ""
    reviewed_by: str = ""

    @property
    def id(self) -> str:
        """`region/language/topic`."""
        return f"{self.region}/{self.language}/{self.topic}"
