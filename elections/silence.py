"""When the law, or care where the law is not known, bars campaigning before and on polling day; not which notices may still run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from elections import local_time
from elections.election import Confidence, Election, Round
from elections.polling import Hours, Locality


class Barred(StrEnum):
    """What a rule bars; only `campaign` silences notices, the others are kept for the people who write them."""

    CAMPAIGN = "campaign"
    POLLS = "polls"
    EXIT_POLLS = "exit_polls"
    RESULTS = "results"
    BROADCAST_ADS = "broadcast_ads"
    ADS = "ads"


@dataclass(frozen=True, slots=True)
class SilenceRule:
    """A jurisdiction's cited rule, counted back from the midnight at which its polling begins; nothing barred = known to have none."""

    region: str
    bars: tuple[Barred, ...]
    source: str
    confidence: Confidence
    days_before: int = 0
    hours_before: int = 0
    note: str = ""

    @property
    def silences(self) -> bool:
        """Whether it bars campaigning at all."""
        return Barred.CAMPAIGN in self.bars


UNKNOWN_LAW = SilenceRule(
    "001", (Barred.CAMPAIGN,), "", Confidence.LOW, note="The law of this place is not known here, so care is taken on polling days."
)
"""What holds where no rule is known: from the local midnight that begins polling to the last close (DESIGN §7)."""


@dataclass(frozen=True, slots=True)
class Silence:
    """One round's silence in one place, and the rule it follows, `UNKNOWN_LAW` where none is known."""

    election: Election
    round: Round
    rule: SilenceRule
    starts_at: datetime
    ends_at: datetime


def rules_by_region(rules: Iterable[SilenceRule]) -> Mapping[str, SilenceRule]:
    """Region → the rule that says whether campaigning is barred there; a rule about polls or advertising alone leaves that unknown."""
    ruled: dict[str, SilenceRule] = {}
    for rule in rules:
        if rule.silences:
            ruled[rule.region] = rule
        elif not rule.bars:
            ruled.setdefault(rule.region, rule)
    return ruled


def rule_here(here: Locality, rules: Mapping[str, SilenceRule]) -> SilenceRule:
    """The rule of the place or of the nearest region above it."""
    return next((rules[code] for code in here.chain if code in rules), UNKNOWN_LAW)


def silence_start(rule: SilenceRule, hours: Hours, here: Locality) -> datetime:
    """Whole days back to a local midnight, then hours; a rule in hours before the close counts from midnight, so never too late."""
    midnight = local_time.day_begins(hours.first_day - timedelta(days=rule.days_before), here.zones)
    return midnight - timedelta(hours=rule.hours_before)
