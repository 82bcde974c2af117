"""Local days and clocks → instants in UTC, over one zone or many; no rule about elections."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)


@cache
def zone_of(name: str) -> ZoneInfo:
    """The zone that IANA calls so, read from the disk once: the standard library remembers a few only, and a country may have thirty."""
    return ZoneInfo(name)


def is_zone(name: str) -> bool:
    """Whether IANA knows a zone of this name."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def day_begins(day: date, zones: Iterable[ZoneInfo]) -> datetime:
    """The day's first moment in the zone that reaches it first; where the clock skips midnight, the moment it skips."""
    return min(_instant(day, MIDNIGHT, zone, 0) for zone in zones)


def day_ends(day: date, zones: Iterable[ZoneInfo]) -> datetime:
    """The next day's first moment in the zone that reaches it last, the westernmost."""
    following = day + timedelta(days=1)
    return max(_instant(following, MIDNIGHT, zone, 0) for zone in zones)


def opens(day: date, clock: time | None, zones: Iterable[ZoneInfo]) -> datetime:
    """The earliest moment at which the clock shows this time on the day, or the day's first when the hour is unknown; never on the eve."""
    if clock is None:
        return day_begins(day, zones)
    return min(max(moment, _instant(day, MIDNIGHT, zone, 0)) for zone in zones for moment in _instants(day, clock, (zone,)))


def closes(day: date, clock: time | None, zones: Iterable[ZoneInfo]) -> datetime:
    """The latest moment at which the clock shows this time on the day, or the day's end when the hour is unknown."""
    return day_ends(day, zones) if clock is None else max(_instants(day, clock, zones))


def _instants(day: date, clock: time, zones: Iterable[ZoneInfo]) -> Iterator[datetime]:
    """Both readings in each zone: they differ only where the clock shows the hour twice or skips it."""
    return (_instant(day, clock, zone, fold) for zone in zones for fold in (0, 1))


def _instant(day: date, clock: time, zone: ZoneInfo, fold: int) -> datetime:
    return datetime.combine(day, clock.replace(fold=fold), zone).astimezone(UTC)
