"""The rows of `elections.csv` as elections: later rounds joined to the first, what a name says about place and date put where it belongs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from elections.election import Confidence, Status

LONGEST_GAP = timedelta(days=120)
"""Between the rounds of one election; the longest known is about two months."""

SURENESS = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
NOTED = re.compile(
    r" \((?P<note>(?:first|second|final) round(?:, [a-z ]+)?|latest[a-z ]*|window [^)]*)\)$"  # what a name says about its date
)

HELD_IN: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("AU", "Victoria (Australia) state election"): ("AU-VIC",),
    ("GB", "Scottish Parliament, Senedd and English local elections"): ("GB-SCT", "GB-WLS", "GB-ENG"),
    ("GB", "United Kingdom local elections in England"): ("GB-ENG",),
    ("DK", "Denmark general election"): ("DK", "FO", "GL"),
}
"""Region and name → where it is held, when that is not simply the region; the Faroes and Greenland elect two members each of the Folketing."""

NOT_HELD_IN: Mapping[tuple[str, str], tuple[str, ...]] = {("BR", "Brazil municipal elections"): ("BR-DF",)}
"""The Federal District may not be divided into municipalities (constitution of Brazil, article 32)."""

ANNULLED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("RO", "2024-11-24"): ("Annulled in December 2024, before the second round.", "ro-2025-05-04-presidential"),
}
"""Region and first day → why it does not count, and the election that replaced it."""


@dataclass(frozen=True, slots=True)
class FactRound:
    """One row: a round as facts know it; `name` is the row's own where the election's differs, `note` what it says about the date."""

    number: int
    first_day: date
    last_day: date
    status: Status
    confidence: Confidence
    conditional: bool
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class FactElection:
    """Rows joined to one election."""

    region: str
    kind: str
    name: str
    rounds: tuple[FactRound, ...]

    @property
    def id(self) -> str:
        """`<region>-<date>-<kind>`, of the region facts file it under, or of the one part of it that votes."""
        region = self.regions[0] if len(self.regions) == 1 else self.region
        return f"{region}-{self.rounds[0].first_day}-{self.kind}".lower()

    @property
    def regions(self) -> tuple[str, ...]:
        """Where it is held."""
        return HELD_IN.get((self.region, self.name), (self.region,))

    @property
    def excluded(self) -> tuple[str, ...]:
        """Where it is not, within its regions."""
        return NOT_HELD_IN.get((self.region, self.name), ())

    @property
    def status(self) -> Status:
        """Annulled when it was; else what is still ahead decides: `expected`, `scheduled`, at last `held`."""
        statuses = {polling.status for polling in self.rounds}
        order = (Status.ANNULLED, Status.EXPECTED, Status.SCHEDULED, Status.HELD)
        return next(status for status in order if status in statuses)

    @property
    def confidence(self) -> Confidence:
        """That of its least sure round."""
        return min((polling.confidence for polling in self.rounds), key=SURENESS.index)

    @property
    def reason(self) -> str:
        """Why it is annulled, or what its date is a placeholder for."""
        annulled = ANNULLED.get((self.region, self.rounds[0].first_day.isoformat()))
        return annulled[0] if annulled else self.rounds[0].note

    @property
    def replaced_by(self) -> str | None:
        """The election held instead."""
        annulled = ANNULLED.get((self.region, self.rounds[0].first_day.isoformat()))
        return annulled[1] if annulled else None


def joined(rows: Iterable[Mapping[str, str]]) -> list[FactElection]:
    """Every row once, in order of date: a second round goes to the latest first round of its region and kind."""
    elections: list[FactElection] = []
    for row in sorted(rows, key=lambda row: (row["date"], row["region"], row["type"])):
        name, polling = _round(row)
        first = next((each for each in reversed(elections) if _continues(polling, row, each)), None)
        if first is None:
            elections.append(FactElection(row["region"], row["type"], name, (polling,)))
        else:
            elections[elections.index(first)] = FactElection(first.region, first.kind, first.name, (*first.rounds, polling))
    return elections


def _round(row: Mapping[str, str]) -> tuple[str, FactRound]:
    name, note = split_name(row["name_en"])
    number = 2 if note.startswith(("second round", "final round")) else 1
    status = Status.ANNULLED if (row["region"], row["date"]) in ANNULLED else Status(row["date_status"])
    return name, FactRound(
        number=number,
        first_day=date.fromisoformat(row["date"]),
        last_day=date.fromisoformat(row["date_end"] or row["date"]),
        status=status,
        confidence=Confidence(row["confidence"]),
        conditional=note.startswith("second round") and status is not Status.HELD,
        name=row["name_en"] if note else "",
        note=re.sub(r"^(first|second|final) round(, )?", "", note),
    )


def split_name(name: str) -> tuple[str, str]:
    """A row's name → the election's, and what stood in brackets about its round or date."""
    match = NOTED.search(name)
    return (name[: match.start()], match["note"]) if match else (name, "")


def _continues(polling: FactRound, row: Mapping[str, str], election: FactElection) -> bool:
    last = election.rounds[-1]
    alike = election.region == row["region"] and election.kind == row["type"]
    follows = last.first_day < polling.first_day <= last.first_day + LONGEST_GAP
    return alike and follows and polling.number == last.number + 1 and "first round" in last.name
