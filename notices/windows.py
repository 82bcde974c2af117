"""When a campaign is open in a place: its windows as stretches of time, and the hours that come back within them. Not who wins (see choose)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from elections import local_time
from elections.calendar import Calendar
from elections.phases import ALWAYS, FOREVER
from elections.stretches import Stretch, joined
from notices.campaign import Campaign, DailyHours, Weekday, Window

LOOK_AHEAD: Final = 9
"""Days in which hours that come back weekly must begin or end again."""
_DAY: Final = timedelta(days=1)
_WEEKDAYS: Final = tuple(Weekday)
_FIRST: Final = ALWAYS + 3 * _DAY
_LAST: Final = FOREVER - (LOOK_AHEAD + 3) * _DAY


@dataclass(frozen=True, slots=True)
class Opening:
    """A stretch in which a campaign is open but for the hours of its window; without a window it is open all the time."""

    starts_at: datetime
    ends_at: datetime
    window: Window | None = None

    @property
    def has_hours(self) -> bool:
        """Whether hours within it matter."""
        return self.window is not None and bool(self.window.only or self.window.blackouts)

    def holds(self, now: datetime) -> bool:
        """Whether the campaign is open now."""
        return self.starts_at <= now < self.ends_at and (not self.has_hours or self._is_on(now))

    def next_open(self, now: datetime) -> datetime | None:
        """The next instant at which the campaign is open, now included; None where its hours leave none, as they come back within days."""
        moment: datetime | None = max(now, self.starts_at)
        while moment is not None and moment - max(now, self.starts_at) < LOOK_AHEAD * _DAY:
            if self.holds(moment):
                return moment
            moment = self.next_turn(moment)
        return None

    def _is_on(self, now: datetime) -> bool:
        if self.window is None:  # pragma: no cover  asked only of windows with hours
            return True
        zone = local_time.zone_of(self.window.zone)
        only = not self.window.only or any(_covers(hours, zone, now) for hours in self.window.only)
        return only and not any(_covers(hours, zone, now) for hours in self.window.blackouts)

    def next_turn(self, now: datetime) -> datetime | None:
        """The next instant at which it may open or close."""
        turns = [turn for turn in (self.starts_at, self.ends_at) if now < turn < FOREVER]
        if self.window is not None and self.has_hours and now < self.ends_at:
            zone, since = local_time.zone_of(self.window.zone), max(now, self.starts_at)
            every = (_next_turn(hours, zone, since) for hours in (*self.window.only, *self.window.blackouts))
            turns += [turn for turn in every if turn is not None and turn < self.ends_at]
        return min(turns, default=None)


def openings(campaign: Campaign, calendar: Calendar, region: str) -> tuple[Opening, ...]:
    """When a campaign is open in a place, by canonical code. An election that is `expected` or void opens nothing."""
    if not campaign.windows:
        return tuple(Opening(*stretch) for stretch in _seasons(campaign, calendar, region))
    return tuple(Opening(*stretch, window) for window in campaign.windows for stretch in _stretches(window, campaign, calendar, region))


def _seasons(campaign: Campaign, calendar: Calendar, region: str) -> tuple[Stretch, ...]:
    """All the time, or the season of the campaign's election."""
    return ((ALWAYS, FOREVER),) if campaign.election is None else calendar.stretches(region, None, None, campaign.election)


def _stretches(window: Window, campaign: Campaign, calendar: Calendar, region: str) -> Iterator[Stretch]:
    if window.is_phased:
        phased = calendar.stretches(region, window.from_phase, window.to_phase, campaign.election)
        zone = calendar.here(region).zones[0]
        found = joined(
            (_moved(starts_at, window.from_days, window.from_hours, zone), _moved(ends_at, window.to_days, window.to_hours, zone))
            for starts_at, ends_at in phased
        )
    else:
        found = _seasons(campaign, calendar, region)
    first, last = window.starts_at or ALWAYS, window.ends_at or FOREVER
    return ((max(first, starts_at), min(last, ends_at)) for starts_at, ends_at in found if max(first, starts_at) < min(last, ends_at))


def _moved(moment: datetime, days: int, hours: int, zone: ZoneInfo) -> datetime:
    """The moment so many local days and then hours later; what has no beginning or end keeps none, and what leaves the calendar loses it."""
    if moment in {ALWAYS, FOREVER}:
        return moment
    try:
        return (moment.astimezone(zone) + timedelta(days=days)).astimezone(UTC) + timedelta(hours=hours)
    except OverflowError:
        return ALWAYS if days + hours / 24 < 0 else FOREVER


def _covers(hours: DailyHours, zone: ZoneInfo, now: datetime) -> bool:
    return any(starts_at <= now < ends_at for starts_at, ends_at in _occurrences(hours, zone, now, range(-1, 1)))


def _next_turn(hours: DailyHours, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the hours next begin or end; they last a day at most, so that the first stretch not yet over tells."""
    later = (turn for stretch in _occurrences(hours, zone, now, range(-1, LOOK_AHEAD)) for turn in stretch if turn > now)
    return next(later, None)


def _occurrences(hours: DailyHours, zone: ZoneInfo, now: datetime, numbers: range) -> Iterator[Stretch]:
    """The hours as instants on local days so many from today, as far as the calendar goes."""
    today = _today(zone, now)
    if today is not None:
        found = (_occurrence(hours, zone, today + number * _DAY) for number in numbers)
        yield from (stretch for stretch in found if stretch is not None)


def _today(zone: ZoneInfo, now: datetime) -> date | None:
    """The local day; None at the ends of the calendar, where there is no other day beside it."""
    return now.astimezone(zone).date() if _FIRST < now < _LAST else None


@lru_cache(maxsize=16_384)
def _occurrence(hours: DailyHours, zone: ZoneInfo, day: date) -> Stretch | None:
    """The hours of a day; where the clock is put back they last to the later reading, where it is put forward from the earlier."""
    if hours.weekdays and _WEEKDAYS[day.weekday()] not in hours.weekdays:
        return None
    last = day if hours.starts < hours.ends else day + _DAY
    return local_time.opens(day, hours.starts, (zone,)), local_time.closes(last, hours.ends, (zone,))
