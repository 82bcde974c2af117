"""Which campaigns could answer a request at all: region, surface, topic, signal. Not when they are open (see schedule) nor who wins."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from notices.campaign import Campaign, Surface

ALWAYS_TRIGGER = "always"


@dataclass(frozen=True, slots=True)
class Targets:
    """Campaigns by region, surface and what they listen for, so that no request looks at those of others."""

    table: Mapping[tuple[str, Surface, str], tuple[Campaign, ...]]

    @classmethod
    def of(cls, campaigns: Iterable[Campaign]) -> "Targets":
        """Sort campaigns into the table once, when a release is loaded."""
        table: dict[tuple[str, Surface, str], list[Campaign]] = defaultdict(list)
        for campaign in campaigns:
            for region in campaign.regions:
                for surface in campaign.surfaces:
                    for trigger in triggers_of(campaign):
                        table[region, surface, trigger].append(campaign)
        return cls(MappingProxyType({key: tuple(found) for key, found in table.items()}))

    def listening(self, chain: Sequence[str], surface: Surface, trigger: str) -> Iterator[tuple[int, Campaign]]:
        """Campaigns for the trigger in the place, each with how far up the chain its region lies (0 is the place itself)."""
        for distance, region in enumerate(chain):
            for campaign in self.table.get((region, surface, trigger), ()):
                if not any(code in campaign.excluded for code in chain):
                    yield distance, campaign


def triggers_of(campaign: Campaign) -> tuple[str, ...]:
    """Everything that a campaign listens for."""
    triggers = (*map(topic_trigger, campaign.topics), *map(signal_trigger, campaign.signals))
    return (*triggers, ALWAYS_TRIGGER) if campaign.always else triggers


def topic_trigger(topic: str) -> str:
    """The table's key part for a topic."""
    return f"topic:{topic}"


def signal_trigger(signal: str) -> str:
    """The table's key part for a signal."""
    return f"signal:{signal}"
