"""How what a file tells differs from what is there: added, changed, removed, unchanged, document by document and in words."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from admin.curation.importing_errors import ImportRefused
from admin.curation.importing_values import Bodies, Manner, Mode, Told, wanted_of
from admin.sheets.findings import MOST_PROBLEMS, Problem
from notices.documents import Document
from notices.errors import InvalidDocument
from review.errors import NotAPiece
from review.pieces import Key, Kind, Piece, piece_of

MOST_WORDS: Final = 20
"""Words of a list that are shown; the rest is counted."""
_STEP: Final = 1000


class Outcome(StrEnum):
    """What becomes of a document."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a list that come or go: how many, and the first of them."""

    count: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One document of the file: what becomes of it, of what belongs to it (terms, wordings) counted by outcome, and of its words."""

    key: Key
    outcome: Outcome
    inner: Counter[Outcome]
    gained: Words
    lost: Words


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the file says otherwise: the pieces to be put, the keys to go, and a line for each document, the changed ones first."""

    documents: tuple[Compared, ...]
    wanted: tuple[Piece, ...]
    gone: tuple[Key, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the file says what is there."""
        return not self.wanted and not self.gone

    def count(self, outcome: Outcome) -> int:
        """Over all documents and what belongs to them."""
        return sum((one.outcome is outcome) + one.inner[outcome] for one in self.documents)


def compare(told: Told, there: Bodies, manner: Manner, tell: Callable[[int, int], None]) -> Comparison:
    """Compare; raises ImportRefused with every document that cannot be kept."""
    tally = _Tally()
    problems: list[Problem] = []
    seen: set[Key] = set()
    total = sum(len(one.get("terms", ())) + 1 for told_of in told.values() for one in told_of)
    for done, (place, key, body) in enumerate(wanted_of(told, there, manner), 1):
        if done % _STEP == 0:
            tell(min(done, total), total)
        try:
            _check_place(key, seen, tally.outcomes)
            before = there.get(key)
            tally.add(Piece(key, body) if before == body else piece_of(key, body), before)
        except (InvalidDocument, NotAPiece) as error:
            problems.append(Problem(None, place, error.code, str(error)))
        seen.add(key)
    if problems:
        raise ImportRefused(problems[:MOST_PROBLEMS], len(problems))
    if manner.mode is Mode.REPLACE:
        for key in there.keys() - seen:
            tally.take(key, there[key])
    tell(total, total)
    return tally.told()


def _check_place(key: Key, seen: Container[Key], owners: Container[Key]) -> None:
    if key in seen:
        raise NotAPiece("This document is given twice.")
    if key.parent is not None and key.parent not in owners:
        raise NotAPiece("The codes that name this document hold a slash, so that it could not be told apart from others.")


class _Tally:
    """What is found while documents come one by one, each before what belongs to it."""

    def __init__(self) -> None:
        self.outcomes: dict[Key, Outcome] = {}
        self._inner: dict[Key, Counter[Outcome]] = defaultdict(Counter)
        self._before: dict[Key, list[str]] = defaultdict(list)
        self._after: dict[Key, list[str]] = defaultdict(list)
        self._wanted: list[Piece] = []
        self._gone: list[Key] = []

    def add(self, piece: Piece, before: Document | None) -> None:
        """A document as it is to be, beside what it was."""
        outcome = Outcome.ADDED if before is None else Outcome.UNCHANGED if before == piece.body else Outcome.CHANGED
        self._count(piece.key, outcome, before, piece.body)
        if outcome is not Outcome.UNCHANGED:
            self._wanted.append(piece)

    def take(self, key: Key, before: Document) -> None:
        """A document that is to go."""
        self._count(key, Outcome.REMOVED, before, None)
        self._gone.append(key)

    def _count(self, key: Key, outcome: Outcome, before: Document | None, after: Document | None) -> None:
        owner = key.parent
        if owner is None:
            self.outcomes[key] = outcome
            return
        self._inner[owner][outcome] += 1
        if key.kind is Kind.TERM and outcome is not Outcome.UNCHANGED:
            self._before[owner] += _spellings(before)
            self._after[owner] += _spellings(after)

    def told(self) -> Comparison:
        """Everything, sorted so that the same file gives the same report."""
        found = [
            Compared(
                key,
                self.outcomes.get(key, Outcome.UNCHANGED),
                self._inner[key],
                _words(self._after[key], self._before[key]),
                _words(self._before[key], self._after[key]),
            )
            for key in dict.fromkeys((*self.outcomes, *tuple(self._inner)))
        ]
        found.sort(key=lambda one: (not _differs(one), one.key.kind.value, one.key.id))
        return Comparison(tuple(found), tuple(self._wanted), tuple(sorted(self._gone, key=lambda key: (key.kind.value, key.id))))


def _differs(one: Compared) -> bool:
    return one.outcome is not Outcome.UNCHANGED or one.inner.total() > one.inner[Outcome.UNCHANGED]


def _spellings(term: Document | None) -> list[str]:
    return [] if term is None else [term["text"], *term.get("forms", ())]


def _words(some: Iterable[str], others: Iterable[str]) -> Words:
    left = frozenset(others)
    found = dict.fromkeys(word for word in some if word not in left)
    return Words(len(found), tuple(found)[:MOST_WORDS])
