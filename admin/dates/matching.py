"""Which election of the packs a found one is: by id, by the page it is cited from, by place, kind and day; not what differs (see merging)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from admin.dates.findings import Found, reference_of
from elections.election import Election, ElectionKind, Round, Status
from elections.places import Places

NATIONAL: Final = frozenset({ElectionKind.PRESIDENTIAL, ElectionKind.PARLIAMENTARY, ElectionKind.LEGISLATIVE})
"""One family: which is the highest office of a general election, sources see differently."""
PLACEHOLDER: Final = timedelta(days=370)
"""How far the day of an expected election may lie from the one that is set at last."""


class Likeness(StrEnum):
    """How a found election and a known one belong together."""

    SAME = "same"
    PART = "part"
    MOVED = "moved"
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Match:
    """The known election and, for a found one of one round, the number of its round; `note` says why a person must decide."""

    election: Election
    likeness: Likeness
    number: int | None = None
    note: str = ""


def references(found: Iterable[Found]) -> Counter[str]:
    """How many elections of a document are cited from each page; a page that tells of several identifies none."""
    return Counter(reference_of(one.provenance.source) for one in found)


def match(found: Found, known: Mapping[str, Election], places: Places, cited: Counter[str], today: date) -> Match | None:
    """The election it is; None where it is new."""
    if found.election.id in known:
        number = found.election.rounds[0].number if len(found.election.rounds) == 1 else None
        return Match(known[found.election.id], Likeness.SAME, number)
    ways = (
        _on_the_day(found, known.values(), places),
        _of_the_page(found, known.values(), cited, today),
        _perhaps(found, known.values(), places),
    )
    return next((first for way in ways if (first := next(way, None))), None)


def family(kind: ElectionKind) -> Collection[ElectionKind]:
    """The kinds that may be one election."""
    return NATIONAL if kind in NATIONAL else (kind,)


def _on_the_day(found: Found, known: Iterable[Election], places: Places) -> Iterator[Match]:
    """The same place before a place around it, the same kind before one of its family."""
    first_day = found.election.rounds[0].first_day
    candidates: list[tuple[int, bool, str, Match]] = []
    for one in known:
        depth = _depth(found.election, one, places)
        polling = next((polling for polling in one.rounds if polling.first_day <= first_day <= polling.last_day), None)
        if depth is not None and polling is not None:
            likeness = Likeness.SAME if depth == 0 else Likeness.PART
            candidates.append((depth, one.kind is not found.election.kind, one.id, Match(one, likeness, polling.number)))
    yield from (candidate for *_, candidate in sorted(candidates, key=lambda ranked: ranked[:3]))


def _of_the_page(found: Found, known: Iterable[Election], cited: Counter[str], today: date) -> Iterator[Match]:
    """The one known election that is cited from the same page and still lies ahead: its day is what the source has changed."""
    page = reference_of(found.provenance.source)
    if cited[page] != 1:
        return
    held = [(one, polling) for one in known for polling in one.rounds if reference_of(polling.source or one.source) == page]
    if len(held) == 1 and held[0][1].first_day >= today and held[0][0].regions == found.election.regions:
        one, polling = held[0]
        if one.kind in family(found.election.kind) and polling.status in {Status.SCHEDULED, Status.POSTPONED}:
            yield Match(one, Likeness.MOVED, polling.number)
    parts = [(one, polling) for one in known for polling in one.rounds if polling.first_day >= today and _is_part(found, polling, page)]
    if len(parts) == 1:
        one, polling = parts[0]
        yield Match(
            one, Likeness.PERHAPS, polling.number, "The same page told of this election before; in this region its day may have moved."
        )


def _is_part(found: Found, polling: Round, page: str) -> bool:
    return any(reference_of(told.source) == page and told.regions == found.election.regions for told in polling.milestones)


def _perhaps(found: Found, known: Iterable[Election], places: Places) -> Iterator[Match]:
    """Elections that a person might see as this one: told as moved by one side, or a placeholder."""
    polling_day = found.election.rounds[0].first_day
    moved_here = {day for polling in found.election.rounds for day in polling.moved_from}
    for one in known:
        depth = _depth(found.election, one, places)
        if depth is None:
            continue
        for polling in one.rounds:
            if polling_day in polling.moved_from:
                yield Match(one, Likeness.PERHAPS, polling.number, "The packs say it was moved away from this day.")
            elif polling.first_day in moved_here:
                yield Match(one, Likeness.PERHAPS, polling.number, "The document says it was moved away from the day in the packs.")
        first = one.rounds[0]
        if depth == 0 and one.status is Status.EXPECTED and abs(first.first_day - polling_day) <= PLACEHOLDER:
            yield Match(one, Likeness.PERHAPS, first.number, "The packs only expect it: their day may be a placeholder for this one.")


def _depth(found: Election, one: Election, places: Places) -> int | None:
    """0 for the same place, 1 and more for a place around it; None where it is held elsewhere or is of another family."""
    if one.kind not in family(found.kind):
        return None
    if set(found.regions) == set(one.regions):
        return 0
    if len(found.regions) != 1:
        return None
    chain = places.chain(found.regions[0])
    if set(chain) & set(one.excluded):
        return None
    return next((above for above, code in enumerate(chain) if code in one.regions), None)
