"""Elections as a table with the columns of notices/elections_csv, read to the letter; merging foreign tables into what is known is in admin/dates."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from admin.sheets.findings import Defaults, Findings
from admin.sheets.layout import Layout
from admin.sheets.names import names_of
from admin.sheets.rows import Row
from elections.election import Channel, Confidence, Election, ElectionKind, Milestone, MilestoneKind, Phase, PhaseOverride, Round, Status
from elections.errors import InvalidElection
from notices.elections_csv import COLUMNS, OF_ELECTION, OF_MILESTONE, OF_OVERRIDE, OF_ROUND, RowKind, rows_of

_CERTAINTY: Final = ("confidence", "source", "verified_on")


def _read(rows: Iterable[Row], _defaults: Defaults, findings: Findings) -> list[Election]:
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(row.needed("election"), []).append(row)
    found = (_election(key, of_one, findings) for key, of_one in together.items())
    return [election for election in found if election is not None]


def _election(key: str, rows: list[Row], findings: Findings) -> Election | None:
    """None where something in its rows is a problem."""
    before = findings.problem_count
    first = rows[0]
    for row in rows[1:]:
        _check_same(row, first)
    rounds = _rounds(rows)
    overrides = [override for row in rows if row.kind == RowKind.OVERRIDE for override in _override(row)]
    kind = first.choice("kind", ElectionKind)
    status = first.choice("election_status", Status, Status.SCHEDULED)
    confidence = first.choice("election_confidence", Confidence, Confidence.MEDIUM)
    names, verified_on = names_of(first), first.day("election_verified_on")
    if findings.problem_count > before:
        return None
    try:
        return Election(
            id=key,
            regions=first.many("regions"),
            kind=kind,
            names=names,
            status=status,
            rounds=rounds,
            confidence=confidence,
            source=first.prose("election_source"),
            reason=first.prose("election_reason"),
            replaced_by=first.single("replaced_by"),
            verified_on=verified_on,
            excluded=first.many("excluded"),
            overrides=tuple(overrides),
        )
    except InvalidElection as error:
        first.problem("election", error.code, str(error))
        return None


def _rounds(rows: list[Row]) -> tuple[Round, ...]:
    """The rounds with their milestones: each belongs to the round of its number, to the nearest one above it if there are several."""
    at = [index for index, row in enumerate(rows) if row.kind == RowKind.ROUND]
    rounds = [_round(rows[index]) for index in at]
    milestones: list[list[Milestone]] = [[] for _ in rounds]
    if not rounds:
        rows[0].problem("row", "row_missing", "The election has no row of kind round.")
    for index, row in enumerate(rows):
        if row.kind != RowKind.MILESTONE:
            continue
        number = row.whole("round", 1)
        fitting = [place for place, polling in enumerate(rounds) if polling.number == number]
        if fitting:
            milestones[max((place for place in fitting if at[place] < index), default=fitting[0])].append(_milestone(row))
        else:
            row.problem("round", "row_missing", f"The election has no row for the round {number}.")
    return tuple(replace(polling, milestones=tuple(told)) for polling, told in zip(rounds, milestones, strict=True))


def _check_same(row: Row, first: Row) -> None:
    """What is told of the election must be told alike in all its rows, or left empty after the first."""
    for name in OF_ELECTION:
        said = row.cells.get(name, "").strip()
        if said and said != first.cells.get(name, "").strip():
            row.problem(name, "contradicts_itself", f"The election's first row, {first.number}, says something else.")


def _round(row: Row) -> Round:
    first_day = row.needed_day("first_day")
    return Round(
        number=row.whole("round", 1),
        first_day=first_day,
        last_day=row.day("last_day") or first_day,
        conditional=row.truth("conditional", default=False),
        status=row.choice("status", Status, Status.SCHEDULED),
        confidence=row.choice("confidence", Confidence, Confidence.MEDIUM),
        source=row.prose("source"),
        name=row.prose("round_name"),
        verified_on=row.day("verified_on"),
        moved_from=row.days("moved_from"),
    )


def _milestone(row: Row) -> Milestone:
    return Milestone(
        kind=row.choice("milestone", MilestoneKind),
        on=row.day("on"),
        at=row.clock("at"),
        words=row.prose("words"),
        channel=row.choice("channel", Channel, Channel.ANY),
        regions=row.many("in_regions"),
        source=row.prose("source"),
        confidence=row.choice("confidence", Confidence, Confidence.MEDIUM),
        verified_on=row.day("verified_on"),
    )


def _override(row: Row) -> list[PhaseOverride]:
    starts_at, ends_at = row.instant("starts_at"), row.instant("ends_at")
    phase, reason, regions = row.choice("phase", Phase), row.prose("reason"), row.many("in_regions")
    return [PhaseOverride(phase, starts_at, ends_at, reason, regions)] if starts_at and ends_at else []


_SHARED: Final = (*OF_ELECTION, "row")
LAYOUT: Final[Layout[Election]] = Layout(
    columns=COLUMNS,
    needed=("election", "regions", "kind", "first_day"),
    rows={
        RowKind.ROUND: frozenset({*_SHARED, "round", *OF_ROUND, *_CERTAINTY}),
        RowKind.MILESTONE: frozenset({*_SHARED, "round", *OF_MILESTONE, *_CERTAINTY, "in_regions"}),
        RowKind.OVERRIDE: frozenset({*_SHARED, *OF_OVERRIDE, "in_regions"}),
    },
    usual=RowKind.ROUND,
    write=rows_of,
    read=_read,
)
