"""What should hold for campaigns and the elections they are bound to: they open, end, do not hide each other, and no wording tells an old date."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import chain

from elections.calendar import Calendar
from elections.election import Election, Status
from elections.errors import ElectionsError
from elections.interiors import Interiors
from elections.local_time import is_zone
from elections.phases import FOREVER
from elections.places import Places
from keywords.known_checks import Finding, Severity
from notices.campaign import Campaign, Priority
from notices.notice import Notice
from notices.release import Release
from notices.targeting import triggers_of
from notices.told_dates import told
from notices.windows import Opening, openings

SOON = timedelta(days=120)
"""Polling days so near should have been verified by somebody."""


def check_campaigns(release: Release, places: Places) -> Iterator[Finding]:
    """Every finding about campaigns and their elections, as of the release's own time."""
    known = [one for one in release.campaigns if _zones_are_known(one) and all(code in places.by_code for code in one.regions)]
    yield from chain.from_iterable(_zones(campaign) for campaign in release.campaigns)
    try:
        calendar = Calendar(release.elections, places, release.silence, release.season_days, release.polling_hours)
    except ElectionsError as error:
        yield Finding(Severity.ERROR, error.code, "elections", str(error))
        return
    within = Interiors.of(places).within
    for campaign in known:
        yield from _opens(campaign, calendar, within)
        yield from _has_time(campaign, release.made_at)
    yield from _overlaps(known, {notice.id: notice for notice in release.notices}, calendar)
    for election in release.elections:
        yield from _old_dates(election, release)
        yield from _unverified(election, release.made_at.date())


def _warning(code: str, place: str, message: str) -> Finding:
    return Finding(Severity.WARNING, code, place, message)


def _zones(campaign: Campaign) -> Iterator[Finding]:
    for window in campaign.windows:
        if not is_zone(window.zone):
            yield Finding(Severity.ERROR, "unknown_zone", f"campaign {campaign.id}", f"there is no time zone {window.zone}")
        if (window.only or window.blackouts) and window.zone == "UTC":
            yield _warning("hours_in_utc", f"campaign {campaign.id}", "its hours are read in UTC; name the zone whose clock they mean")


def _zones_are_known(campaign: Campaign) -> bool:
    return all(is_zone(window.zone) for window in campaign.windows)


def _opens(campaign: Campaign, calendar: Calendar, within: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    """A campaign opens somewhere; one that waits for a date says so."""
    election = calendar.by_id.get(campaign.election or "")
    if election is not None and election.status not in {Status.SCHEDULED, Status.HELD}:
        yield _warning("waits_for_election", f"campaign {campaign.id}", f"{election.id} is {election.status}, so it does not open")
        return
    excluded = {code for region in campaign.excluded for code in within.get(region, ())}
    inner = (code for region in campaign.regions for code in within[region] if code not in excluded)
    if not any(openings(campaign, calendar, code) for code in inner):
        yield _warning("never_opens", f"campaign {campaign.id}", "none of its windows opens anywhere in its regions")


def _has_time(campaign: Campaign, now: datetime) -> Iterator[Finding]:
    """The hours of a window leave it some time; they come back within days, so a few days show it."""
    for window in campaign.windows:
        if Opening(now, FOREVER, window).next_open(now) is None:
            yield Finding(Severity.ERROR, "no_time_left", f"campaign {campaign.id}", "the hours of a window leave it no time to run")


def _overlaps(campaigns: Iterable[Campaign], notices: Mapping[str, Notice], calendar: Calendar) -> Iterator[Finding]:
    """Campaigns of one kind, priority, region, surface and trigger that are open at once: only the id decides between them."""
    rivals: dict[tuple[str, ...], list[Campaign]] = defaultdict(list)
    for campaign in campaigns:
        if campaign.notice in notices:
            for key in _stalls(campaign, notices[campaign.notice].kind):
                rivals[key].append(campaign)
    met: set[tuple[str, str]] = set()
    for (region, *_), group in rivals.items():
        if len(group) > 1:
            met.update(_meeting(group, calendar, region))
    by_id = {campaign.id: campaign for campaign in campaigns}
    for first, second in sorted(met):
        code = "two_emergencies" if by_id[first].priority is Priority.EMERGENCY else "hides_another"
        yield _warning(
            code, f"campaign {first}", f"it is open together with {second}, which then never shows; set them apart by priority or window"
        )


def _stalls(campaign: Campaign, kind: str) -> Iterator[tuple[str, ...]]:
    for region in campaign.regions:
        for surface in campaign.surfaces:
            for trigger in triggers_of(campaign):
                yield region, surface.value, trigger, kind, campaign.priority.value


def _meeting(group: Iterable[Campaign], calendar: Calendar, region: str) -> Iterator[tuple[str, str]]:
    """Pairs, the winner first, that are open at the same time; elections of their own tell them apart, and so do the winner's hours."""
    stretches = sorted(
        ((campaign, opening) for campaign in group for opening in openings(campaign, calendar, region)),
        key=lambda one: (one[1].starts_at, one[1].ends_at, one[0].id),
    )
    longest: dict[str, tuple[Campaign, Opening]] = {}  # by election, of those begun, the one that is open last
    for campaign, opening in stretches:
        bound = campaign.election or ""
        other, held = longest.get(bound, (campaign, opening))
        if opening.starts_at < held.ends_at and campaign.id != other.id:
            (winner, of), (hidden, _) = sorted(((campaign, opening), (other, held)), key=lambda one: one[0].id)
            if not of.has_hours:
                yield winner.id, hidden.id
        if opening.ends_at >= held.ends_at:
            longest[bound] = (campaign, opening)


def _old_dates(election: Election, release: Release) -> Iterator[Finding]:
    """No name or wording may still carry a day that the election was moved from; its id carries the first one it was announced for."""
    old = _moved_from(election)
    if not old:
        return
    for language, name in election.names.items():
        if day := told(name, old, language):
            yield _warning("old_date", f"election {election.id}", f"its name in {language} still says {day.isoformat()}")
    for notice in release.notices:
        for language, wording in notice.wordings.items():
            words = (wording.title, wording.body, wording.label)
            phases = (text for phase in wording.phases.values() for text in (phase.title, phase.body, phase.label))
            for text in dict.fromkeys((*words, *phases)):
                if day := told(text, old, language):
                    place = f"notice {notice.id} in {language}"
                    yield Finding(
                        Severity.ERROR, "old_date", place, f"“{text}” still says {day.isoformat()}, a day {election.id} was moved from"
                    )


def _moved_from(election: Election) -> frozenset[date]:
    now = {day for polling in election.rounds for day in (polling.first_day, polling.last_day)}
    before = {day for polling in election.rounds for day in polling.moved_from}
    if named := re.search(r"\d{4}-\d\d-\d\d", election.id):
        with suppress(ValueError):  # 30 February
            before.add(date.fromisoformat(named[0]))
    return frozenset(before - now)


def _unverified(election: Election, today: date) -> Iterator[Finding]:
    """A polling day that comes soon and that nobody has verified."""
    for polling in election.rounds:
        is_soon = election.status is Status.SCHEDULED and today <= polling.first_day <= today + SOON
        if is_soon and polling.verified_on is None and election.verified_on is None:
            yield _warning(
                "unverified_date", f"election {election.id}", f"nobody has verified {polling.first_day.isoformat()} with its source"
            )
