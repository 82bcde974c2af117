"""Elections of a CSV table with the columns of notices/elections_csv; the cells of one row are read in table_rows."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from admin.dates.fields import decoded
from admin.dates.findings import DocumentRefused, Format, Found, Handed, Harvest, ItemRefused, Provenance, Refusal, Stated
from admin.dates.table_rows import Row, election_of, milestone_of, override_of, round_of
from elections.election import Election, Milestone, PhaseOverride, Round
from elections.errors import InvalidElection
from notices.csv_cells import unguarded
from notices.elections_csv import COLUMNS, OF_ELECTION, RowKind

NEEDED: Final = ("name", "first_day")
MOST_ROWS: Final = 200_000
STATES: Final[Mapping[str, Stated]] = {
    "name": Stated.NAMES,
    "excluded": Stated.EXCLUDED,
    "election_status": Stated.STATUS,
    "election_confidence": Stated.CONFIDENCE,
    "election_reason": Stated.REASON,
    "replaced_by": Stated.REPLACED_BY,
    "election_verified_on": Stated.VERIFIED_ON,
    "phase": Stated.OVERRIDES,
    "last_day": Stated.LAST_DAY,
    "status": Stated.ROUND_STATUS,
    "round_name": Stated.ROUND_NAME,
    "conditional": Stated.ROUND_CONDITIONAL,
    "confidence": Stated.ROUND_CONFIDENCE,
    "verified_on": Stated.ROUND_VERIFIED_ON,
    "moved_from": Stated.ROUND_MOVED_FROM,
    "milestone": Stated.MILESTONES,
}
"""Column → what a table that has it states; a table without it leaves the field alone."""


def read(data: bytes, handed: Handed) -> Harvest:
    """The table's elections; an error in any row of an election refuses that election, the others go on."""
    rows, refusals, columns = _rows(decoded(data))
    stated = frozenset(STATES[name] for name in columns if name in STATES)
    found: list[Found] = []
    for key, together in _by_election(rows).items():
        wrong: list[Refusal] = []
        election = _election(together, handed, wrong)
        refusals += wrong
        if election is not None and not wrong:
            provenance = Provenance(Format.CSV, handed.source_url or "file", handed.retrieved_at, key)
            found.append(Found(election, provenance, stated, f"/{together[0].line}"))
    return Harvest(tuple(found), (), tuple(refusals))


def _rows(text: str) -> tuple[list[Row], list[Refusal], tuple[str, ...]]:
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        columns = tuple(cell.strip() for cell in next(reader, ()))
        _check_header(columns)
        refusals = [_unknown_column(name) for name in columns if name not in COLUMNS]
        rows: list[Row] = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                raise DocumentRefused("wrong_width", f"Expected {len(columns)} cells, found {len(cells)}.", f"/{reader.line_num}")
            if len(rows) == MOST_ROWS:
                raise DocumentRefused("too_many", f"The table has more than {MOST_ROWS} rows.")
            rows.append(Row(reader.line_num, {name: unguarded(cell) for name, cell in zip(columns, cells, strict=True)}))
    except csv.Error:
        raise DocumentRefused("malformed_csv", "The document is not CSV.", f"/{reader.line_num}") from None
    return rows, refusals, columns


def _check_header(columns: tuple[str, ...]) -> None:
    if missing := [name for name in NEEDED if name not in columns]:
        raise DocumentRefused("column_missing", f"The first line must name the columns; these are missing: {', '.join(missing)}.", "/1")
    if len(set(columns)) != len(columns):
        raise DocumentRefused("column_twice", "The first line names a column twice.", "/1")


def _unknown_column(name: str) -> Refusal:
    near = get_close_matches(name, COLUMNS, n=1)
    return Refusal("/1", "unknown_column", f"A column is not known and was ignored{f'; perhaps {near[0]} was meant' if near else ''}.")


def _by_election(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows of one id belong together; one without an id stands alone, unless it continues the one before it with a later round or milestone."""
    together: dict[str, list[Row]] = {}
    key = ""
    for row in rows:
        continues = not row.text("election") and not row.text("name") and key
        key = key if continues else row.text("election") or f"line {row.line}"
        together.setdefault(key, []).append(row)
    return together


def _election(rows: list[Row], handed: Handed, wrong: list[Refusal]) -> Election | None:
    """The election of its rows; every bad row adds what is wrong with it."""
    rounds: dict[int, Round] = {}
    milestones: dict[int, list[Milestone]] = {}
    overrides: list[PhaseOverride] = []
    for row in rows:
        try:
            _check_same(row, rows[0])
            kind = row.choice("row", RowKind, RowKind.ROUND)
            if kind is RowKind.ROUND:
                polling = round_of(row, handed)
                if polling.number in rounds:
                    raise ItemRefused(f"/{row.line}/round", "given_twice", "The election has a round of this number already.")
                rounds[polling.number] = polling
            elif kind is RowKind.MILESTONE:
                milestones.setdefault(row.whole("round", 1), []).append(milestone_of(row, handed))
            else:
                overrides.append(override_of(row, handed))
        except ItemRefused as error:
            wrong.append(error.refusal)
    if wrong:
        return None
    try:
        if not rounds or not milestones.keys() <= rounds.keys():
            raise ItemRefused(f"/{rows[0].line}", "round_missing", "The election has no row for a round that is named.")
        held = tuple(replace(rounds[number], milestones=tuple(milestones.get(number, ()))) for number in sorted(rounds))
        return election_of(rows[0], held, tuple(overrides), handed)
    except ItemRefused as error:
        wrong.append(error.refusal)
    except InvalidElection as error:
        wrong.append(Refusal(f"/{rows[0].line}", error.code, str(error)))
    return None


def _check_same(row: Row, first: Row) -> None:
    """What is told of the election must be told alike in all its rows, or left empty after the first."""
    for name in _differing(row, first):
        raise ItemRefused(f"/{row.line}/{name}", "contradicts_itself", f"The election's first row, {first.line}, says something else.")


def _differing(row: Row, first: Row) -> Iterator[str]:
    return (name for name in OF_ELECTION if row.text(name) and row.text(name) != first.text(name))
