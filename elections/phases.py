"""Which phase an election is in at one place, as spans of time; not which election leads there (see calendar)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise

from elections import local_time
from elections.election import Channel, Election, MilestoneKind, Phase, PhaseOverride, Round
from elections.polling import Hours, Locality, Moment, hours_here, moments_here, rounds_taking_place

SEASON_DAYS = 90
FINAL_DAYS = 3
COUNTING_DAYS = 3
AFTER_DAYS = 30
ALWAYS = datetime.min.replace(tzinfo=UTC)
FOREVER = datetime.max.replace(tzinfo=UTC)


PRECEDENCE = (
    Phase.CERTIFIED,
    Phase.PROVISIONAL_RESULTS,
    Phase.ELECTION_DAY,
    Phase.COUNTING,
    Phase.FINAL_DAYS,
    Phase.EARLY_VOTING,
    Phase.REGISTRATION,
    Phase.ANNOUNCED,
)
"""Where intervals overlap the first of these leads (DESIGN §3); the first two never begin before polls have closed."""


AFTER_POLLS = frozenset({Phase.COUNTING, Phase.PROVISIONAL_RESULTS, Phase.CERTIFIED})


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of time in which one round leads its election and the phase stays the same."""

    starts_at: datetime
    ends_at: datetime
    phase: Phase
    round: Round
    hours: Hours


@dataclass(frozen=True, slots=True)
class _Interval:
    phase: Phase
    starts_at: datetime
    ends_at: datetime


def spans(election: Election, here: Locality, season_days: int = SEASON_DAYS, known: Mapping[int, Hours] | None = None) -> tuple[Span, ...]:
    """The election's whole season here, in order and without gaps; empty when it opens none (DESIGN §3: `expected` and void ones).

    `known` are hours by number of round, where they are known better than from the place alone.
    """
    held = rounds_taking_place(election)
    rounds = [(polling, (known or {}).get(polling.number) or hours_here(polling, here, election.kind)) for polling in held]
    if not rounds:
        return ()
    first_day = min(hours.first_day for _, hours in rounds)
    leads = (next_round_leads(before, after, here) for (_, before), (_, after) in pairwise(rounds))
    starts = list(accumulate((season_start(first_day, here, season_days), *leads), max))  # in order though a place may vote out of it
    ends = [*starts[1:], max(season_end(*rounds[-1], here), starts[-1])]
    found = (
        span
        for (polling, hours), start, end in zip(rounds, starts, ends, strict=True)
        for span in _round_spans(polling, hours, here, start, end)
    )
    return overridden(tuple(found), election, here)


def overridden(found: tuple[Span, ...], election: Election, here: Locality) -> tuple[Span, ...]:
    """The spans with a person's word put over them, the last one that holds here and then; `none` takes the election out of season.

    Nobody's word brings counting or results before the polls of the round have closed.
    """
    words = [word for word in election.overrides if not word.regions or not set(here.chain).isdisjoint(word.regions)]
    if not words:
        return found
    first, last = found[0], found[-1]
    earliest = min(word.starts_at.astimezone(UTC) for word in words)
    latest = max(word.ends_at.astimezone(UTC) for word in words)
    before = replace(first, starts_at=min(first.starts_at, earliest), ends_at=first.starts_at, phase=Phase.NONE)
    after = replace(last, starts_at=last.ends_at, ends_at=max(last.ends_at, latest), phase=Phase.NONE)
    pieces = (before, *found, after)
    for word in words:
        pieces = tuple(piece for span in pieces for piece in _put(word, span))
    return tuple(piece for piece in pieces if piece.phase is not Phase.NONE and piece.starts_at < piece.ends_at)


def _put(word: PhaseOverride, span: Span) -> Iterator[Span]:
    """A span cut where a person's word begins and ends, with its phase between."""
    starts_at = max(span.starts_at, word.starts_at.astimezone(UTC))
    ends_at = min(span.ends_at, word.ends_at.astimezone(UTC))
    if starts_at >= ends_at or (word.phase in AFTER_POLLS and span.starts_at < span.hours.ends_at):
        yield span
        return
    if span.starts_at < starts_at:
        yield replace(span, ends_at=starts_at)
    yield replace(span, starts_at=starts_at, ends_at=ends_at, phase=word.phase)
    if ends_at < span.ends_at:
        yield replace(span, starts_at=ends_at)


def season_start(first_day: date, here: Locality, season_days: int) -> datetime:
    """Local midnight, in the zone that reaches it first, `season_days` before polling (DESIGN §3)."""
    return local_time.day_begins(first_day - timedelta(days=season_days), here.zones)


def season_end(last: Round, hours: Hours, here: Locality) -> datetime:
    """The end of the day of certification, so that `certified` can be told; when that is not known, 30 days after polling (DESIGN §3)."""
    certified = moments_here(last, MilestoneKind.CERTIFIED, here)
    day = max((moment.on for moment in certified), default=hours.last_day + timedelta(days=AFTER_DAYS))
    return max(local_time.day_ends(day, here.zones), hours.ends_at)


def next_round_leads(before: Hours, after: Hours, here: Locality) -> datetime:
    """A round is counted for three days, then the next one leads; sooner when its final days begin, never before polls close."""
    counted = local_time.day_ends(before.last_day + timedelta(days=COUNTING_DAYS), here.zones)
    return max(before.ends_at, min(counted, days_before(after.first_day, here)))


def days_before(polling_day: date, here: Locality) -> datetime:
    """Local midnight three days before a polling day (DESIGN §3: the last 3)."""
    return local_time.day_begins(polling_day - timedelta(days=FINAL_DAYS), here.zones)


def registration(polling: Round, here: Locality) -> Iterator[_Interval]:
    """Open from its known opening, else from the start of the season, to the close of each channel; never without a known close."""
    for channel in Channel:
        closing = moments_here(polling, MilestoneKind.REGISTRATION_CLOSES, here, frozenset({channel}))
        if closing:
            opening = _by_channel(polling, MilestoneKind.REGISTRATION_OPENS, here, channel)
            opens_at = min((moment.opens(here) for moment in opening), default=ALWAYS)
            yield _Interval(Phase.REGISTRATION, opens_at, max(moment.closes(here) for moment in closing))


def early_voting(polling: Round, hours: Hours, here: Locality) -> Iterator[_Interval]:
    """From the known opening of each channel to its close, else to polling day."""
    for channel in Channel:
        opening = moments_here(polling, MilestoneKind.EARLY_VOTING_OPENS, here, frozenset({channel}))
        if opening:
            closing = _by_channel(polling, MilestoneKind.EARLY_VOTING_CLOSES, here, channel)
            closes_at = max((moment.closes(here) for moment in closing), default=hours.begins_at)
            yield _Interval(Phase.EARLY_VOTING, min(moment.opens(here) for moment in opening), min(closes_at, hours.begins_at))


def _by_channel(polling: Round, kind: MilestoneKind, here: Locality, channel: Channel) -> tuple[Moment, ...]:
    """The channel's own milestones, else those that hold for any channel."""
    return moments_here(polling, kind, here, frozenset({channel})) or moments_here(polling, kind, here, frozenset({Channel.ANY}))


def afterwards(polling: Round, hours: Hours, here: Locality) -> Iterator[_Interval]:
    """Counting from the last close here; provisional and certified results from their milestones, never while polls are open."""
    yield _Interval(Phase.COUNTING, hours.ends_at, FOREVER)
    for phase, kind in (
        (Phase.PROVISIONAL_RESULTS, MilestoneKind.PROVISIONAL_RESULTS),
        (Phase.CERTIFIED, MilestoneKind.CERTIFIED),
    ):
        told = [moment.opens(here) for moment in moments_here(polling, kind, here)]
        if told:
            yield _Interval(phase, max(*told, hours.ends_at), FOREVER)


def at_the_polls(hours: Hours, here: Locality) -> Iterator[_Interval]:
    """Each session's days, and the last days before it."""
    for session in hours.sessions:
        yield _Interval(Phase.FINAL_DAYS, days_before(session.first_day, here), session.begins_at)
        yield _Interval(Phase.ELECTION_DAY, session.begins_at, session.ends_at)


def _intervals(polling: Round, hours: Hours, here: Locality) -> list[_Interval]:
    return [
        _Interval(Phase.ANNOUNCED, ALWAYS, hours.sessions[-1].begins_at),
        *registration(polling, here),
        *early_voting(polling, hours, here),
        *at_the_polls(hours, here),
        *afterwards(polling, hours, here),
    ]


def _round_spans(polling: Round, hours: Hours, here: Locality, start: datetime, end: datetime) -> Iterator[Span]:
    """Cut the round's time at every edge of its intervals and let the leading phase have each piece."""
    intervals = _intervals(polling, hours, here)
    edges = {edge for interval in intervals for edge in (interval.starts_at, interval.ends_at) if start < edge < end}
    cuts = sorted({start, end, *edges})
    for begins, ends in pairwise(cuts):
        phases = {interval.phase for interval in intervals if interval.starts_at <= begins < interval.ends_at}
        yield Span(begins, ends, next(phase for phase in PRECEDENCE if phase in phases), polling, hours)
