"""The election calendar as one CSV table without loss: a row for each round, milestone and override; reading it is in admin/dates."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Final

from elections.election import Election, Milestone, PhaseOverride, Round
from notices.csv_cells import guarded, joined, single
from notices.election_documents import clock_text

OF_ELECTION: Final = (
    "election", "regions", "excluded", "kind", "name", "other_names", "election_status", "election_confidence", "election_source",
    "election_verified_on", "election_reason", "replaced_by",
)  # fmt: skip
OF_ROUND: Final = ("first_day", "last_day", "conditional", "status", "round_name", "moved_from")
OF_MILESTONE: Final = ("milestone", "channel", "on", "at", "words")
OF_OVERRIDE: Final = ("phase", "starts_at", "ends_at", "reason")
COLUMNS: Final = (
    *OF_ELECTION, "row", "round", *OF_ROUND, "confidence", "source", "verified_on", *OF_MILESTONE, "in_regions", *OF_OVERRIDE,
)  # fmt: skip
"""In this order; what a row does not say of its own kind is empty."""


class RowKind(StrEnum):
    """What a row of the table is."""

    ROUND = "round"
    MILESTONE = "milestone"
    OVERRIDE = "override"


def csv_file(elections: Iterable[Election]) -> bytes:
    """UTF-8 with a header, lines ended as RFC 4180 says; formulas are disarmed."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for election in elections:
        for row in rows_of(election):
            writer.writerow({name: guarded(cell) for name, cell in row.items()})
    return out.getvalue().encode()


def rows_of(election: Election) -> Iterator[dict[str, str]]:
    """The election's rows, each with the columns that it fills; cells are not guarded."""
    shared = _of_election(election)
    for polling in election.rounds:
        yield shared | {"row": RowKind.ROUND, "round": str(polling.number)} | _of_round(polling)
        for told in polling.milestones:
            yield shared | {"row": RowKind.MILESTONE, "round": str(polling.number)} | _of_milestone(told)
    for override in election.overrides:
        yield shared | {"row": RowKind.OVERRIDE} | _of_override(override)


def _of_election(election: Election) -> dict[str, str]:
    return names_cells(election.names) | {
        "election": single(election.id),
        "regions": joined(election.regions),
        "excluded": joined(election.excluded),
        "kind": election.kind,
        "election_status": election.status,
        "election_confidence": election.confidence,
        "election_source": election.source,
        "election_verified_on": _day(election.verified_on),
        "election_reason": election.reason,
        "replaced_by": single(election.replaced_by),
    }


def _of_round(polling: Round) -> dict[str, str]:
    return {
        "first_day": _day(polling.first_day),
        "last_day": _day(polling.last_day),
        "conditional": "true" if polling.conditional else "false",
        "status": polling.status,
        "round_name": polling.name,
        "moved_from": joined(map(_day, polling.moved_from)),
        "confidence": polling.confidence,
        "source": polling.source,
        "verified_on": _day(polling.verified_on),
    }


def _of_milestone(told: Milestone) -> dict[str, str]:
    return {
        "milestone": told.kind,
        "channel": told.channel,
        "on": _day(told.on),
        "at": clock_cell(told.at),
        "words": told.words,
        "in_regions": joined(told.regions),
        "confidence": told.confidence,
        "source": told.source,
        "verified_on": _day(told.verified_on),
    }


def _of_override(override: PhaseOverride) -> dict[str, str]:
    return {
        "phase": override.phase,
        "starts_at": override.starts_at.isoformat(),
        "ends_at": override.ends_at.isoformat(),
        "reason": override.reason,
        "in_regions": joined(override.regions),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def names_cells(names: Mapping[str, str]) -> dict[str, str]:
    """Names by language as the cells `name`, the English one, and `other_names`, a JSON object."""
    others = {language: name for language, name in sorted(names.items()) if language != "en" or not name}
    return {"name": names.get("en", ""), "other_names": json.dumps(others, ensure_ascii=False) if others else ""}


def clock_cell(clock: time | None) -> str:
    """A clock time to the last fraction that it has; empty where there is none."""
    return clock.isoformat() if clock and clock.microsecond else clock_text(clock) or ""
