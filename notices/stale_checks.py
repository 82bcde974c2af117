"""What was verified once and too long ago: centers, elections, rolls, terms; not what nobody has ever verified (see campaign_checks)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from elections.election import Election, Status
from elections.places import Places
from keywords.known_checks import Finding, Severity
from notices.release import Release

NEAR: Final = timedelta(days=60)
"""From so long before an election until its last polling day, what is verified there must be fresher."""
FREEZE: Final = timedelta(days=7)
"""From so long before an election until its last polling day, stale means error."""
SLACK: Final = timedelta(days=1)
"""A day may have begun where somebody verified, and not yet where the release is made."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a verification holds: days in quiet times, and with an election there within sixty days."""

    quiet: int
    near: int


LIMITS: Final = {
    "center": Limit(180, 30),
    "election": Limit(180, 30),
    "roll": Limit(180, 30),
    "list": Limit(365, 180),
}


@dataclass(frozen=True, slots=True)
class _Verified:
    """What somebody verified, the regions it speaks of, and on which days; `kind` says how long that holds."""

    kind: str
    place: str
    regions: tuple[str, ...]
    days: tuple[date, ...]


def check_stale(release: Release, places: Places) -> Iterator[Finding]:
    """Every finding about days of verification, as of the release's own day."""
    today = release.made_at.date()
    near = [election for election in release.elections if _is_within(election, today, NEAR)]
    for verified in _all(release):
        if (latest := max(verified.days)) > today + SLACK:
            message = f"it is said to have been verified on {latest.isoformat()}, which has not come yet"
            yield Finding(Severity.WARNING, "verified_in_future", verified.place, message)
        limit, age = LIMITS[verified.kind], (today - min(verified.days)).days
        if age > limit.near:
            yield from _too_old(verified, limit, age, [one for one in near if _meet(one, verified.regions, places)], today)


def _too_old(verified: _Verified, limit: Limit, age: int, there: list[Election], today: date) -> Iterator[Finding]:
    """Where that is longer ago than holds with these elections near."""
    most = limit.near if there else limit.quiet
    if age > most:
        frozen = next((election for election in there if _is_within(election, today, FREEZE)), None)
        why = f", because {frozen.id} is about to begin or under way" if frozen else f", because {there[0].id} is near" if there else ""
        severity = Severity.ERROR if frozen else Severity.WARNING
        yield Finding(severity, "stale_verification", verified.place, f"verified {age} days ago; {most} days are the most{why}")


def _all(release: Release) -> Iterator[_Verified]:
    today = release.made_at.date()
    for center in release.centers:
        if center.verified_on:
            yield _Verified("center", f"center {center.region}", (center.region,), (center.verified_on,))
    for election in release.elections:
        if election.status is Status.SCHEDULED and (days := _days(election, today)):
            yield _Verified("election", f"election {election.id}", election.regions, days)
    for roll in release.rolls:
        if roll.verified_on:
            yield _Verified("roll", f"roll {roll.contest}", (roll.region,), (roll.verified_on,))
    for keywords in release.lists:
        if days := tuple(term.verified_on for term in keywords.terms if term.verified_on):
            yield _Verified("list", keywords.id, (keywords.region,), days)


def _days(election: Election, today: date) -> tuple[date, ...]:
    """When its polling days and milestones that are still to come were verified; a round's own word goes before the election's."""
    rounds = [polling for polling in election.rounds if polling.last_day >= today]
    found = [polling.verified_on or election.verified_on for polling in rounds]
    found += [told.verified_on for polling in rounds for told in polling.milestones if told.on and told.on >= today]
    return tuple(day for day in found if day)


def _is_within(election: Election, today: date, time: timedelta) -> bool:
    if election.status is not Status.SCHEDULED:
        return False
    return any(polling.first_day - time <= today <= polling.last_day for polling in election.rounds)


def _meet(election: Election, regions: tuple[str, ...], places: Places) -> bool:
    """Whether it is held in one of the regions, in part of one, or in all around one."""
    pairs = ((held, code) for held in election.regions for code in regions if held in places.by_code and code in places.by_code)
    return any(held in places.chain(code) or code in places.chain(held) for held, code in pairs)
