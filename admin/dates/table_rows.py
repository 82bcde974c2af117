"""One row of the CSV table as a round, milestone, override or election; which rows belong together is in tables."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, TypeVar

from admin.dates.fields import LONGEST_TEXT, day, election_id, instant
from admin.dates.findings import Handed, ItemRefused
from elections.election import Channel, Confidence, Election, ElectionKind, Milestone, MilestoneKind, Phase, PhaseOverride, Round, Status
from elections.errors import UnknownRegion
from notices.csv_cells import separated, unsingle

Code = TypeVar("Code", bound=StrEnum)

_ID: Final = re.compile(r"[a-z0-9-]+-\d{4}-\d\d-\d\d-[a-z]+")
_CLOCK: Final = re.compile(r"\d\d:\d\d(:\d\d)?")
_TRUTHS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
LONGEST_CELL: Final = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table, by column; the line counts from 1, the header's."""

    line: int
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        """The cell without spaces around it; empty where the table has no such column."""
        return self.cells.get(name, "").strip()

    def words(self, name: str) -> str:
        """A cell for people to read; raises ItemRefused for one that is too long or holds control characters."""
        said = self.cells.get(name, "")
        if len(said) > LONGEST_CELL or any(ord(char) < ord(" ") and char not in "\t\r\n" for char in said):
            raise self.refused(name, "bad_text", f"A text may have {LONGEST_CELL} characters and no control characters.")
        return said

    def whole(self, name: str, default: int) -> int:
        """A small whole number."""
        said = self.text(name)
        if said and not (said.isdecimal() and said.isascii() and 1 <= int(said[:3]) <= 99):
            raise self.refused(name, "not_a_number", "This must be a whole number from 1 to 99.")
        return int(said) if said else default

    def choice(self, name: str, kind: type[Code], default: Code | None) -> Code:
        """One of a set of codes."""
        said = self.text(name).lower()
        if not said and default is not None:
            return default
        if said not in [member.value for member in kind]:
            raise self.refused(name, "not_one_of", f"This must be one of {', '.join(kind)}.")
        return kind(said)

    def truth(self, name: str) -> bool:
        """`true` or `false`; empty is false."""
        said = self.text(name).lower()
        if said not in _TRUTHS:
            raise self.refused(name, "not_one_of", "This must be true or false.")
        return _TRUTHS[said]

    def day(self, name: str) -> date | None:
        """A date."""
        return day(self.text(name), f"/{self.line}/{name}")

    def days(self, name: str) -> tuple[date, ...]:
        """A list of dates."""
        found = (day(one, f"/{self.line}/{name}") for one in separated(self.text(name)))
        return tuple(one for one in found if one)

    def instant(self, name: str) -> datetime:
        """An instant with offset, which must be there."""
        found = instant(self.text(name), f"/{self.line}/{name}")
        if found is None:
            raise self.refused(name, "time_missing", "A time with a date and an offset is needed.")
        return found

    def clock(self, name: str) -> time | None:
        """A local clock time, `HH:MM`."""
        said = self.text(name)
        try:
            if said and not _CLOCK.fullmatch(said):
                raise ValueError
            return time.fromisoformat(said) if said else None
        except ValueError:
            raise self.refused(name, "impossible_time", "This is not a clock time, written HH:MM.") from None

    def regions(self, name: str, handed: Handed) -> tuple[str, ...]:
        """A list of regions, by code or alias."""
        try:
            return tuple(handed.places.resolve(one).code for one in separated(self.text(name)))
        except UnknownRegion as error:
            hint = f" Perhaps {error.suggestion} was meant." if error.suggestion else ""
            raise self.refused(name, error.code, f"{error}{hint}") from None

    def refused(self, name: str, code: str, detail: str) -> ItemRefused:
        """A refusal of one cell."""
        return ItemRefused(f"/{self.line}/{name}", code, detail)


def round_of(row: Row, handed: Handed) -> Round:
    """A round, without its milestones; the last day is the first where it is not told."""
    first_day = row.day("first_day")
    if first_day is None:
        raise row.refused("first_day", "date_missing", "A round needs its first day.")
    return Round(
        number=row.whole("round", 1),
        first_day=first_day,
        last_day=row.day("last_day") or first_day,
        conditional=row.truth("conditional"),
        status=row.choice("status", Status, Status.SCHEDULED),
        confidence=row.choice("confidence", Confidence, handed.confidence or Confidence.MEDIUM),
        source=row.words("source"),
        name=row.words("round_name"),
        verified_on=row.day("verified_on"),
        moved_from=row.days("moved_from"),
    )


def milestone_of(row: Row, handed: Handed) -> Milestone:
    """A milestone: a day, or words in its place."""
    told = Milestone(
        kind=row.choice("milestone", MilestoneKind, None),
        on=row.day("on"),
        at=row.clock("at"),
        words=row.words("words"),
        channel=row.choice("channel", Channel, Channel.ANY),
        regions=row.regions("in_regions", handed),
        source=row.words("source"),
        confidence=row.choice("confidence", Confidence, handed.confidence or Confidence.MEDIUM),
        verified_on=row.day("verified_on"),
    )
    if told.on is None and not told.words:
        raise row.refused("on", "date_missing", "A milestone needs a day, or words in its place.")
    return told


def override_of(row: Row, handed: Handed) -> PhaseOverride:
    """A person's word against the calendar."""
    return PhaseOverride(
        phase=row.choice("phase", Phase, None),
        starts_at=row.instant("starts_at"),
        ends_at=row.instant("ends_at"),
        reason=row.words("reason"),
        regions=row.regions("in_regions", handed),
    )


def election_of(row: Row, rounds: tuple[Round, ...], overrides: tuple[PhaseOverride, ...], handed: Handed) -> Election:
    """The election that its first row tells; InvalidElection where it contradicts itself."""
    regions = row.regions("regions", handed) or ((handed.region,) if handed.region else ())
    if not regions:
        raise row.refused("regions", "region_missing", "The election needs a region; --region gives one to rows without.")
    if not any(handed.is_asked_for(code) for code in regions):
        raise row.refused("regions", "other_region", f"The election is not held in {handed.region}.")
    kind = row.choice("kind", ElectionKind, handed.kind) if row.text("kind") or handed.kind else None
    kind = kind or handed.kind_on(regions[0], rounds[0].first_day)
    if kind is None:
        raise row.refused("kind", "kind_unknown", "The election's kind is not told; --kind says it.")
    known_as = row.text("election") or election_id(regions[0], rounds[0].first_day, kind)
    if not _ID.fullmatch(known_as):
        raise row.refused("election", "bad_id", "An id is <region>-<first day>-<kind>, in lower case.")
    source = row.words("election_source") or handed.source_url or "csv"
    return Election(
        id=known_as,
        regions=regions,
        kind=kind,
        names={"en": row.words("name"), **_other_names(row)},
        status=row.choice("election_status", Status, Status.SCHEDULED),
        rounds=rounds,
        confidence=row.choice("election_confidence", Confidence, handed.confidence or Confidence.MEDIUM),
        source=source,
        reason=row.words("election_reason"),
        replaced_by=unsingle(row.text("replaced_by")),
        verified_on=row.day("election_verified_on"),
        excluded=row.regions("excluded", handed),
        overrides=overrides,
    )


def _other_names(row: Row) -> dict[str, str]:
    """Names in other languages: a JSON object of texts."""
    said = row.words("other_names")
    try:
        names = json.loads(said) if said else {}
    except (ValueError, RecursionError):
        names = None
    if not isinstance(names, dict) or not all(isinstance(name, str) and len(name) <= LONGEST_TEXT for name in names.values()):
        raise row.refused("other_names", "bad_names", 'Other names are a JSON object by language, such as {"es": "…"}.')
    return names
