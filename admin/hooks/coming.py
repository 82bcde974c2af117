"""Campaigns that are about to open or close, told a day and an hour before, once each; how it gets to anybody is courier's."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from admin.api.office import Office
from admin.curation.acting import SYSTEM, Act
from elections.phases import ALWAYS, FOREVER
from elections.places import RegionKind
from elections.stretches import joined
from notices.campaign import Campaign
from notices.live import Live, Serving
from notices.windows import openings
from review.events import Event
from web.turns import Turns

BEFORE: Final = (1, 24)
"""Hours before, the nearest first."""
DAY: Final = timedelta(hours=BEFORE[-1])
_BELOW: Final = frozenset({RegionKind.COUNTRY, RegionKind.TERRITORY, RegionKind.UNION})


class Edge(NamedTuple):
    """A moment at which a campaign opens or closes, and where it does so."""

    at: datetime
    event: Event
    campaign: str
    notice: str
    regions: tuple[str, ...]

    def subject(self, hours: int) -> str:
        """What makes it told once: the same campaign, moment and notice of it."""
        return f"{self.campaign} {self.at.isoformat()} {hours}h"


@dataclass(slots=True)
class Announcer:
    """Knows the edges of the release that is served, worked out once for each in short turns."""

    office: Office
    serving: Serving
    turns: Turns
    _digest: str = field(default="", init=False)
    _edges: tuple[Edge, ...] = field(default=(), init=False)

    async def look(self) -> int:
        """Put out what is near and was not told yet; how many."""
        live = self.serving.live
        if live.digest != self._digest:
            edges = await self.turns.through(edge_steps(live))
            self._edges, self._digest = edges or (), live.digest
        now = self.office.clock()
        near = [edge for edge in self._edges if now < edge.at <= now + DAY]
        if not near or not self.office.settings.database.exists():
            return 0
        if not await self.office.read_as(SYSTEM, partial(untold, near=near)):
            return 0
        return await self.office.write_as(SYSTEM, "campaign.told", "", partial(tell, near=near))


def edge_steps(live: Live) -> Iterator[tuple[Edge, ...] | None]:
    """Every moment at which a campaign with windows opens or closes, in steps: None after each, at last all in order.

    Windows that meet are one. Hours that come back within a window are not told.
    """
    found: dict[tuple[datetime, Event, str], list[str]] = defaultdict(list)
    for campaign in live.release.campaigns:
        for region in _regions(campaign, live) if campaign.windows else ():
            for starts_at, ends_at in joined((one.starts_at, one.ends_at) for one in openings(campaign, live.calendar, region)):
                if starts_at > ALWAYS:
                    found[starts_at, Event.CAMPAIGN_STARTING, campaign.id].append(region)
                if ends_at < FOREVER:
                    found[ends_at, Event.CAMPAIGN_ENDING, campaign.id].append(region)
            yield None
    yield tuple(
        Edge(at, event, campaign, live.campaigns[campaign].notice, tuple(regions))
        for (at, event, campaign), regions in sorted(found.items())
    )


def _regions(campaign: Campaign, live: Live) -> Iterator[str]:
    """Where it runs; with windows that follow phases also the countries in there that vote for themselves, each by its own calendar."""
    named = tuple(dict.fromkeys(live.places.resolve(code).code for code in campaign.regions))
    yield from named
    if not any(window.is_phased for window in campaign.windows):
        return
    excluded = frozenset(campaign.excluded)
    for region in live.places:
        if region.kind in _BELOW and region.code not in named and live.calendar.of(region.code):
            chain = live.places.chain(region.code)
            if not excluded.intersection(chain) and any(code in named for code in chain):
                yield region.code


def untold(act: Act, near: Sequence[Edge]) -> tuple[tuple[Edge, int], ...]:
    """What is to be told now, with how many hours before; nothing where no hook listens."""
    heard = {event for hook in act.unit.events.hooks() if hook.ended_at is None for event in hook.events}
    told = ((edge, next(hours for hours in BEFORE if edge.at - act.now <= timedelta(hours=hours))) for edge in near if edge.at > act.now)
    return tuple(
        (edge, hours) for edge, hours in told if edge.event in heard and not act.unit.events.told(edge.event.value, edge.subject(hours))
    )


def tell(act: Act, near: Sequence[Edge]) -> int:
    """Put it out; looked up once more in the unit that does, for other processes tell the same."""
    found = untold(act, near)
    for edge, hours in found:
        moment = "starts_at" if edge.event is Event.CAMPAIGN_STARTING else "ends_at"
        about = {"campaign": edge.campaign, "notice": edge.notice, "regions": list(edge.regions)}
        act.tell(edge.event, edge.subject(hours), {**about, moment: edge.at.isoformat(), "within_hours": hours})
    return len(found)
