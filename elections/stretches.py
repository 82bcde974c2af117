"""Stretches of time by phase: when a place, or one election in it, is between two phases; not what a phase is (see phases)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Final

from elections.election import Phase
from elections.phases import ALWAYS, FOREVER, Span
from elections.timeline import Timeline

Stretch = tuple[datetime, datetime]
"""Half-open, in UTC."""
ORDER: Final = {phase: number for number, phase in enumerate(Phase)}


def of_spans(spans: Iterable[Span], first: Phase | None, last: Phase | None) -> tuple[Stretch, ...]:
    """When an election is at `first` or later and not yet at `last`; an absent one is the edge of its season."""
    return joined((span.starts_at, span.ends_at) for span in spans if is_between(span.phase, first, last))


def of_timeline(timeline: Timeline, first: Phase | None, last: Phase | None) -> tuple[Stretch, ...]:
    """The same for whichever election leads in a place."""
    edges = pairwise((ALWAYS, *timeline.changes, FOREVER))
    return joined(edge for edge, state in zip(edges, timeline.states, strict=True) if is_between(state.phase, first, last))


def is_between(phase: Phase, first: Phase | None, last: Phase | None) -> bool:
    """Whether a phase is `first` or later and before `last`; `none` never is."""
    after = first is None or ORDER[phase] >= ORDER[first]
    before = last is None or ORDER[phase] < ORDER[last]
    return phase is not Phase.NONE and after and before


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The stretches in order, those that meet or overlap as one, empty ones left out."""
    return tuple(_joined(sorted(stretch for stretch in stretches if stretch[0] < stretch[1])))


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    held: Stretch | None = None
    for starts_at, ends_at in stretches:
        if held is not None and starts_at <= held[1]:
            held = (held[0], max(held[1], ends_at))
            continue
        if held is not None:
            yield held
        held = (starts_at, ends_at)
    if held is not None:
        yield held
