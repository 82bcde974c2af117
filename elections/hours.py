"""The usual hours of polling by place, as cited data; a milestone of an election itself is surer (see polling)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from elections import local_time
from elections.election import Confidence, ElectionKind


@dataclass(frozen=True, slots=True)
class PollingHours:
    """When polls open and, at the latest, close in a region on the last polling day: local wall time in each of its zones.

    `zones` (IANA) are those the row holds in, all where empty. `clock` is the one zone whose clock counts everywhere, as in Brazil.
    `kinds` are the elections it holds for; where empty, all but local ones, which often have hours of their own.
    """

    region: str
    closes: time
    source: str
    confidence: Confidence
    opens: time | None = None
    zones: tuple[str, ...] = ()
    clock: str | None = None
    kinds: tuple[ElectionKind, ...] = ()
    url: str = ""
    note: str = ""
    verified_on: date | None = None

    def holds_for(self, kind: ElectionKind) -> bool:
        """Whether it is about elections of this kind."""
        return kind in self.kinds if self.kinds else kind is not ElectionKind.LOCAL


def hours_by_region(rules: Iterable[PollingHours]) -> Mapping[str, tuple[PollingHours, ...]]:
    """Region → its rows that are sure enough to say that polls are closed: of others midnight is the safer reading.

    A region that has only such others stands here without a row, so that the hours of what lies above it do not count there.
    """
    found: dict[str, tuple[PollingHours, ...]] = {}
    for rule in rules:
        sure = () if rule.confidence is Confidence.LOW else (rule,)
        found[rule.region] = (*found.get(rule.region, ()), *sure)
    return found


def closing(day: date, kind: ElectionKind, zones: Iterable[ZoneInfo], rules: tuple[PollingHours, ...]) -> datetime:
    """The last close on a day over the zones; midnight in a zone that no row is about (DESIGN §3, unknown hours)."""
    return max(_closes(day, zone, _rule(zone, kind, rules)) for zone in zones)


def opening(day: date, kind: ElectionKind, zones: Iterable[ZoneInfo], rules: tuple[PollingHours, ...]) -> datetime:
    """The first opening on a day over the zones; the day's beginning in a zone that no row is about."""
    return min(_opens(day, zone, _rule(zone, kind, rules)) for zone in zones)


def are_known(kind: ElectionKind, zones: Iterable[ZoneInfo], rules: tuple[PollingHours, ...]) -> bool:
    """Whether a row tells the close in every zone."""
    return all(_rule(zone, kind, rules) for zone in zones)


def _rule(zone: ZoneInfo, kind: ElectionKind, rules: tuple[PollingHours, ...]) -> PollingHours | None:
    """The row that names the zone, else the one for all zones."""
    fitting = [rule for rule in rules if rule.holds_for(kind)]
    named = next((rule for rule in fitting if zone.key in rule.zones), None)
    return named or next((rule for rule in fitting if not rule.zones), None)


def _closes(day: date, zone: ZoneInfo, rule: PollingHours | None) -> datetime:
    return local_time.day_ends(day, (zone,)) if rule is None else local_time.closes(day, rule.closes, (_clock(zone, rule),))


def _opens(day: date, zone: ZoneInfo, rule: PollingHours | None) -> datetime:
    clock = rule.opens if rule else None
    return local_time.opens(day, clock, (_clock(zone, rule),))


def _clock(zone: ZoneInfo, rule: PollingHours | None) -> ZoneInfo:
    return local_time.zone_of(rule.clock) if rule and rule.clock else zone
