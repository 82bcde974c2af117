"""Campaigns as a table: a row for the campaign and one for each of its windows."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from admin.sheets.findings import Defaults, Findings
from admin.sheets.heads import Together, brought_together
from admin.sheets.layout import Layout
from admin.sheets.rows import Row
from elections.election import Phase
from notices.campaign import Campaign, DailyHours, Frequency, Priority, Signal, Surface, Topic, Weekday, Window
from notices.csv_cells import joined, single
from notices.elections_csv import clock_cell

CAMPAIGN, WINDOW = "campaign", "window"

_KEY: Final = ("row", "campaign")
_OF_CAMPAIGN: Final = (
    "notice", "regions", "excluded", "surfaces", "topics", "signals", "always", "priority", "per_day", "dismiss_days", "election",
    "owner", "review_on", "note", "revision",
)  # fmt: skip
_OF_WINDOW: Final = (
    "name", "starts", "ends", "zone", "from_phase", "from_days", "from_hours", "to_phase", "to_days", "to_hours", "only", "blackouts",
)  # fmt: skip
COLUMNS: Final = (*_KEY, *_OF_CAMPAIGN, *_OF_WINDOW)

_HOURS: Final = re.compile(r"([\d:.]+) ?- ?([\d:.]+)(?: ([a-z, ]+))?", re.IGNORECASE)


def _written(campaign: Campaign) -> Iterator[dict[str, str]]:
    key = {"campaign": single(campaign.id)}
    frequency = campaign.frequency
    yield key | {
        "row": CAMPAIGN,
        "notice": single(campaign.notice),
        "regions": joined(campaign.regions),
        "excluded": joined(campaign.excluded),
        "surfaces": joined(campaign.surfaces),
        "topics": joined(campaign.topics),
        "signals": joined(campaign.signals),
        "always": "true" if campaign.always else "false",
        "priority": campaign.priority,
        "per_day": str(frequency.per_day) if frequency else "",
        "dismiss_days": str(frequency.dismiss_days) if frequency else "",
        "election": single(campaign.election),
        "owner": campaign.owner,
        "review_on": campaign.review_on.isoformat() if campaign.review_on else "",
        "note": campaign.note,
        "revision": str(campaign.revision),
    }
    for window in campaign.windows:
        yield key | _of_window(window)


def _of_window(window: Window) -> dict[str, str]:
    return {
        "row": WINDOW,
        "name": window.name,
        "starts": window.starts.isoformat(" ") if window.starts else "",
        "ends": window.ends.isoformat(" ") if window.ends else "",
        "zone": single(window.zone),
        "from_phase": window.from_phase or "",
        "from_days": str(window.from_days or ""),
        "from_hours": str(window.from_hours or ""),
        "to_phase": window.to_phase or "",
        "to_days": str(window.to_days or ""),
        "to_hours": str(window.to_hours or ""),
        "only": joined(map(_of_hours, window.only)),
        "blackouts": joined(map(_of_hours, window.blackouts)),
    }


def _of_hours(hours: DailyHours) -> str:
    days = f" {','.join(hours.weekdays)}" if hours.weekdays else ""
    return f"{clock_cell(hours.starts)}-{clock_cell(hours.ends)}{days}"


def _read(rows: Iterable[Row], _defaults: Defaults, _findings: Findings) -> list[Campaign]:
    return [_campaign(together) for together in brought_together(rows, CAMPAIGN, "campaign")]


def _campaign(together: Together) -> Campaign:
    row = together.head
    return Campaign(
        id=together.key,
        notice=row.needed("notice"),
        regions=row.many("regions"),
        surfaces=row.choices("surfaces", Surface),
        topics=row.choices("topics", Topic),
        signals=row.choices("signals", Signal),
        always=row.truth("always", default=False),
        excluded=row.many("excluded"),
        windows=tuple(map(_window, together.others)),
        priority=row.choice("priority", Priority, Priority.NORMAL),
        frequency=_frequency(row),
        election=row.single("election"),
        owner=row.prose("owner"),
        review_on=row.day("review_on"),
        note=row.prose("note"),
        revision=row.whole("revision", 0),
    )


def _frequency(row: Row) -> Frequency | None:
    told = [name for name in ("per_day", "dismiss_days") if row.single(name) is not None]
    if len(told) == 1:
        row.problem(told[0], "half_told", "per_day and dismiss_days are told together or not at all.")
    return Frequency(row.whole("per_day", 0), row.whole("dismiss_days", 0)) if told else None


def _window(row: Row) -> Window:
    return Window(
        starts=row.wall("starts"),
        ends=row.wall("ends"),
        zone=row.needed("zone", "UTC"),
        from_phase=row.choice_or_none("from_phase", Phase),
        to_phase=row.choice_or_none("to_phase", Phase),
        name=row.prose("name"),
        from_days=row.whole("from_days", 0),
        from_hours=row.whole("from_hours", 0),
        to_days=row.whole("to_days", 0),
        to_hours=row.whole("to_hours", 0),
        only=_hours(row, "only"),
        blackouts=_hours(row, "blackouts"),
    )


def _hours(row: Row, name: str) -> tuple[DailyHours, ...]:
    found = []
    for said in row.many(name):
        parts = _HOURS.fullmatch(said)
        days = [day.strip().lower() for day in (parts[3] or "").split(",") if day.strip()] if parts else []
        if parts is None or not set(days) <= set(Weekday):
            row.problem(name, "impossible_hours", "Hours are written 22:00-06:00, or 22:00-06:00 friday,saturday for some days only.")
        else:
            found.append(DailyHours(row.clock_of(name, parts[1]), row.clock_of(name, parts[2]), tuple(map(Weekday, days))))
    return tuple(found)


LAYOUT: Final[Layout[Campaign]] = Layout(
    columns=COLUMNS,
    needed=_KEY,
    rows={CAMPAIGN: frozenset({*_KEY, *_OF_CAMPAIGN}), WINDOW: frozenset({*_KEY, *_OF_WINDOW})},
    usual="",
    write=_written,
    read=_read,
)
