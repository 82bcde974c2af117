"""Which campaigns could answer a request at all: region, surface, topic, signal; and whether one is open now. Not who wins (see choose)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from elections.calendar import PlaceState
from elections.election import Phase
from notices.campaign import Campaign, Surface, Window

ALWAYS_TRIGGER = "always"

_ORDER = tuple(Phase)


@dataclass(frozen=True, slots=True)
class Targets:
    """Campaigns by region, surface and what they listen for, so that no request looks at those of others."""

    table: Mapping[tuple[str, Surface, str], tuple[Campaign, ...]]

    @classmethod
    def of(cls, campaigns: Iterable[Campaign]) -> "Targets":
        """Sort campaigns into the table once, when a release is loaded."""
        table: dict[tuple[str, Surface, str], list[Campaign]] = defaultdict(list)
        for campaign in campaigns:
            triggers = (*map(topic_trigger, campaign.topics), *map(signal_trigger, campaign.signals))
            for region in campaign.regions:
                for surface in campaign.surfaces:
                    for trigger in (*triggers, *((ALWAYS_TRIGGER,) if campaign.always else ())):
                        table[region, surface, trigger].append(campaign)
        return cls(MappingProxyType({key: tuple(found) for key, found in table.items()}))

    def listening(self, chain: Sequence[str], surface: Surface, trigger: str) -> Iterator[tuple[int, Campaign]]:
        """Campaigns for the trigger in the place, each with how far up the chain its region lies (0 is the place itself)."""
        for distance, region in enumerate(chain):
            for campaign in self.table.get((region, surface, trigger), ()):
                if not any(code in campaign.excluded for code in chain):
                    yield distance, campaign


def topic_trigger(topic: str) -> str:
    """The table's key part for a topic."""
    return f"topic:{topic}"


def signal_trigger(signal: str) -> str:
    """The table's key part for a signal."""
    return f"signal:{signal}"


def is_open(campaign: Campaign, now: datetime, place: PlaceState) -> bool:
    """Whether any window holds now; a campaign without windows is always on; one bound to an election only while that one leads."""
    if campaign.election is not None and (place.leading is None or place.leading.election.id != campaign.election):
        return False
    return not campaign.windows or any(_holds(window, now, place.phase) for window in campaign.windows)


def next_turn(campaign: Campaign, now: datetime) -> datetime | None:
    """The next instant at which one of the campaign's dated windows opens or closes."""
    turns = (turn for window in campaign.windows for turn in (window.starts_at, window.ends_at))
    return min((turn for turn in turns if turn is not None and turn > now), default=None)


def _holds(window: Window, now: datetime, phase: Phase) -> bool:
    if window.starts_at is not None and now < window.starts_at:
        return False
    if window.ends_at is not None and now >= window.ends_at:
        return False
    if window.from_phase is None and window.to_phase is None:
        return True
    position = _ORDER.index(phase)
    after = window.from_phase is None or position >= _ORDER.index(window.from_phase)
    before = window.to_phase is None or position < _ORDER.index(window.to_phase)
    return phase is not Phase.NONE and after and before
