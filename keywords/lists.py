"""Keyword lists and their terms, as values; not how they match (see matcher)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

CONTEXT = "@context"
YEAR = "@year"
FAMILIAR = "@familiar"
"""Among a term's `near`: holds unless a search is full of words that no list and no place name knows (see strangers)."""
PLACE = "@place"
"""The same: holds where a search names a place, and else holds only words that some list knows."""
NEAR_SIGNS = frozenset({CONTEXT, YEAR, FAMILIAR, PLACE})
"""What may stand among a term's `near` and is no word."""
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


class Ranked(StrEnum):
    """Codes in an order; `rank` is a member's position."""

    rank: int
    __hash__ = str.__hash__  # an enumeration's own is written in Python, and every hit asks for it

    def __new__(cls, value: str) -> Self:
        """A member that knows its place."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.rank = len(cls.__members__)
        return member


class Layer(Ranked):
    """How a term was found, the surest first; every match names one. A lower rank wins."""

    EXACT = "exact"
    ATTACHED = "attached"
    INFLECTED = "inflected"
    JOINED = "joined"
    NEAR = "near"
    ENCODED = "encoded"
    LOOK_ALIKE = "look_alike"
    LEET = "leet"
    SPACED = "spaced"
    STARRED = "starred"
    REPEATED = "repeated"
    ROMANISED = "romanised"


EVASION_LAYERS = frozenset(layer for layer in Layer if layer.rank > Layer.NEAR.rank)
"""The layers that `evasion: off` switches off all at once."""


NOTHING_BARRED: frozenset[Layer] = frozenset()


@dataclass(frozen=True, slots=True)
class RealWords:
    """Words that exist and lie a typo away from curated ones (`selection` from `election`) or fall into two, and are never taken for those.

    `common` ones never; `rare` ones, and those of languages that have no such curated words, inside a phrase only. Folded, sorted.
    `made_for` is the fingerprint of the words whose neighbours they are (see neighbours), `languages` are those whose words were looked
    through.
    """

    common: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()
    made_for: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """Words to look for, in `text` and `forms`; a leading `#` makes it a hashtag only.

    `near`: one of these must also occur (`@context`: the list's context words, `@year`: a year number); `unless`: any vetoes.
    `typos` and `evasion` switch the near misses or all evasion layers off, `without` single layers. `contest` and `contestant` are
    ids for the parity check.
    """

    text: str
    forms: tuple[str, ...] = ()
    match: MatchKind = MatchKind.PHRASE
    typos: Layers = Layers.AUTO
    evasion: Layers = Layers.AUTO
    without: tuple[Layer, ...] = ()
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

    def barred(self) -> frozenset[Layer]:
        """The layers that may not answer for it."""
        if not self.without and self.typos is self.evasion is Layers.AUTO:
            return NOTHING_BARRED
        near = {Layer.NEAR} if self.typos is Layers.OFF else set()
        return frozenset({*self.without, *near, *(EVASION_LAYERS if self.evasion is Layers.OFF else ())})


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
