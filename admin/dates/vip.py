"""Elections and official links of a Voting Information Project 6.0 feed (`Election`, `ElectionAdministration`); the XML is read in vip_xml.

https://vip-specification.readthedocs.io
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Final

from admin.dates.fields import address, clean, day, kind_in_words, one_round, told_at
from admin.dates.findings import Format, Found, FoundLink, Handed, Harvest, ItemRefused, Provenance, Refusal, Stated
from admin.dates.vip_xml import Feed, Node, read_feed
from elections.centers import Slot
from elections.election import Channel, Confidence, Milestone, MilestoneKind, Round

SLOTS: Final[Mapping[str, Slot]] = {
    "AbsenteeUri": Slot.ABSENTEE,
    "AmIRegisteredUri": Slot.AM_I_REGISTERED,
    "ElectionsUri": Slot.ELECTIONS,
    "RegistrationUri": Slot.REGISTRATION,
    "RulesUri": Slot.RULES,
    "WhatIsOnMyBallotUri": Slot.WHAT_IS_ON_MY_BALLOT,
    "WhereDoIVoteUri": Slot.WHERE_DO_I_VOTE,
}
DEADLINES: Final = (
    ("RegistrationDeadline", MilestoneKind.REGISTRATION_CLOSES),
    ("AbsenteeRequestDeadline", MilestoneKind.BALLOT_REQUEST_CLOSES),
)
_XML_DAY: Final = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?")
ON_THE_DAY: Final = "at the polling place on election day"


def read(data: bytes, handed: Handed) -> Harvest:
    """The feed's elections, and the links of the administrations that its states name."""
    feed = read_feed(data)
    found: list[Found] = []
    links: list[FoundLink] = []
    refusals: list[Refusal] = []
    for election in feed.elections:
        pointer = f"/Election/{election.id or feed.elections.index(election)}"
        try:
            one, refused = _election(election, pointer, feed, handed)
        except ItemRefused as error:
            refusals.append(error.refusal)
            continue
        found.append(one)
        refusals += refused
        if results := election.text("ResultsUri"):
            links += _link(one.election.regions[0], Slot.RESULTS, results, _provenance(feed, handed), f"{pointer}/ResultsUri", refusals)
    for administration in feed.administrations:
        pointer = f"/ElectionAdministration/{administration.id}"
        try:
            region = _region_of_administration(administration, pointer, feed, handed)
        except ItemRefused as error:
            refusals.append(error.refusal)
            continue
        for name, slot in SLOTS.items():
            if url := administration.text(name):
                links += _link(region, slot, url, _provenance(feed, handed), f"{pointer}/{name}", refusals)
    if not feed.elections and not feed.administrations:
        refusals.append(Refusal("", "not_this_format", "The feed has neither an Election nor an ElectionAdministration."))
    return Harvest(tuple(found), tuple(links), tuple(refusals))


def _election(node: Node, pointer: str, feed: Feed, handed: Handed) -> tuple[Found, list[Refusal]]:
    polling_day = _day(node.text("Date"), f"{pointer}/Date")
    if polling_day is None:
        raise ItemRefused(f"{pointer}/Date", "date_missing", "The election has no date.")
    region = _region(feed.states.get(node.text("StateId")), f"{pointer}/StateId", handed)
    names = {language: clean(name) for language, name in node.texts("Name").items() if clean(name)}
    types = node.texts("ElectionType")
    kind = kind_in_words([*types.values(), *names.values()]) or handed.kind_on(region, polling_day)
    if kind is None:
        raise ItemRefused(f"{pointer}/ElectionType", "kind_unknown", "The election's kind is not told; --kind says it.")
    provenance, confidence = _provenance(feed, handed, node.id), handed.confidence or Confidence.MEDIUM
    told: list[Milestone] = []
    refusals: list[Refusal] = []
    for name, kind_of in DEADLINES:
        try:
            on = _day(node.text(name), f"{pointer}/{name}")
            if on is not None and on > polling_day:
                raise ItemRefused(f"{pointer}/{name}", "after_polling", "This lies after polling day.")
        except ItemRefused as error:
            refusals.append(error.refusal)
        else:
            told += [Milestone(kind_of, on, source=provenance.source, confidence=confidence)] if on else []
    if node.text("HasElectionDayRegistration") in {"true", "1"}:
        closes = MilestoneKind.REGISTRATION_CLOSES
        told.append(Milestone(closes, polling_day, None, ON_THE_DAY, Channel.IN_PERSON, (), provenance.source, confidence))
    told += _hours(feed.hours.get(node.text("HoursOpenId")), polling_day, provenance.source, confidence)
    polling = Round(1, polling_day, polling_day, confidence=confidence, source=provenance.source, milestones=tuple(told))
    election = one_round(region, kind, {"en": "", **names}, polling)
    stated = {Stated.MILESTONES} | ({Stated.NAMES} if names else set())
    return Found(election, provenance, frozenset(stated), pointer), refusals


def _hours(schedules: Node | None, polling_day: date, source: str, confidence: Confidence) -> Iterator[Milestone]:
    """The polls' hours where the feed has one schedule with one pair of hours; several are left to whoever knows which holds where."""
    hours = schedules.all("Schedule", "Hours") if schedules else ()
    if schedules is None or len(hours) != 1:
        return
    for name, kind in (("StartTime", MilestoneKind.POLLS_OPEN), ("EndTime", MilestoneKind.POLLS_CLOSE)):
        clock = _clock(hours[0].text(name))
        if clock is not None:
            yield Milestone(kind, polling_day, clock, channel=Channel.IN_PERSON, source=source, confidence=confidence)


def _clock(text: str) -> time | None:
    """A local clock time; its offset says which zone it is local in, and is not needed."""
    try:
        return time.fromisoformat(text).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None


def _day(text: str, pointer: str) -> date | None:
    """The day of an XML Schema date or dateTime, as it is written there."""
    match = _XML_DAY.fullmatch(text)
    return day(match["day"] if match else text, pointer)


def _region(state: Node | None, pointer: str, handed: Handed) -> str:
    """By an Open Civic Data id among the state's external identifiers, else what a person said."""
    ids = state.all("ExternalIdentifiers", "ExternalIdentifier") if state else ()
    known = (handed.region_of_division(one.text("Value")) for one in ids if one.text("Type").lower() in {"ocd-id", "ocdid"})
    region = next((code for code in known if code), handed.region)
    if region is None:
        raise ItemRefused(pointer, "unknown_state", "No region carries the state's Open Civic Data id; --region says it.")
    if not handed.is_asked_for(region):
        raise ItemRefused(pointer, "other_region", f"The state is not {handed.region}.")
    return region


def _region_of_administration(administration: Node, pointer: str, feed: Feed, handed: Handed) -> str:
    for state in feed.states.values():
        if administration.id and state.text("ElectionAdministrationId") == administration.id:
            return _region(state, pointer, handed)
    raise ItemRefused(pointer, "no_state", "No state of the feed names this administration.")


def _link(region: str, slot: Slot, url: str, provenance: Provenance, pointer: str, refusals: list[Refusal]) -> Iterator[FoundLink]:
    if address(url):
        yield FoundLink(region, slot, url, provenance)
    else:
        refusals.append(Refusal(pointer, "not_https", "A link must be an https address."))


def _provenance(feed: Feed, handed: Handed, known_as: str = "") -> Provenance:
    """One feed's elections are told apart by their id; feeds by the VIP id of who made them."""
    maker = clean(feed.source.text("VipId")) if feed.source else ""
    owner = f"{Format.VIP}:{maker}" if maker.isalnum() else Format.VIP.value
    place = handed.source_url or (address(feed.source.text("OrganizationUri")) if feed.source else "") or "feed"
    reference = f"{place}#{known_as}" if known_as.isalnum() else place
    return Provenance(owner, reference, handed.retrieved_at, known_as, told_at(feed.source.text("DateTime")) if feed.source else None)
