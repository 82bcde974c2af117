"""The deadlines of one Democracy Works election as milestones: dates, local clock times or a phrase; nothing is derived from other dates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, time, timedelta
from typing import Any, Final

from admin.dates.fields import clean, day, instant, part
from admin.dates.findings import ItemRefused, Refusal
from elections.election import Channel, Confidence, Milestone, MilestoneKind
from elections.local_time import zone_of

LONG_BEFORE: Final = timedelta(days=400)
LONG_AFTER: Final = timedelta(days=60)
MAY_FOLLOW: Final = frozenset({MilestoneKind.BALLOT_RETURN_CLOSES, MilestoneKind.POLLS_CLOSE})
"""What may end after polling day: ballots may arrive later."""
VARIES: Final = "varies by place"
ON_THE_DAY: Final = "at the polling place on election day"

CHANNELS: Final = (("online", Channel.ONLINE), ("byMail", Channel.MAIL), ("inPerson", Channel.IN_PERSON))
RETURNS: Final = (
    ("returnByMail", Channel.MAIL, ""),
    ("receivedNoLaterThan", Channel.MAIL, "received"),
    ("returnInPerson", Channel.IN_PERSON, ""),
)


@dataclass(frozen=True, slots=True)
class _Told:
    """One deadline of the document: where it stands, what it is for, its object, words that belong to it."""

    pointer: str
    kind: MilestoneKind
    channel: Channel
    deadline: Mapping[str, Any]
    words: str = ""


def milestones(
    item: Mapping[str, Any], pointer: str, polling_day: date, zones: Sequence[str], source: str, confidence: Confidence
) -> tuple[tuple[Milestone, ...], list[Refusal]]:
    """The milestones that can be read, and a refusal for each that cannot."""
    found: list[Milestone] = []
    refusals: list[Refusal] = []
    for told in (*_registration(item, polling_day), *_voting(item, polling_day)):
        try:
            on, at = _when(told, zones, f"{pointer}{told.pointer}")
            if on is not None:
                _check_near(told, on, polling_day, f"{pointer}{told.pointer}")
        except ItemRefused as error:
            refusals.append(error.refusal)
            continue
        words = _words(told)
        if on is not None or words:
            found.append(Milestone(told.kind, on, at, words, told.channel, source=source, confidence=confidence))
    return tuple(found), refusals


def _registration(item: Mapping[str, Any], polling_day: date) -> Iterator[_Told]:
    for name, channel in CHANNELS:
        at = f"/registration/{name}/deadline"
        yield _Told(at, MilestoneKind.REGISTRATION_CLOSES, channel, part(item, "registration", name, "deadline"))
    if part(item, "registration", "inPerson").get("atPollingPlaceOnElectionDay") is True:
        at = "/registration/inPerson/atPollingPlaceOnElectionDay"
        yield _Told(at, MilestoneKind.REGISTRATION_CLOSES, Channel.IN_PERSON, {"date": polling_day.isoformat()}, ON_THE_DAY)


def _voting(item: Mapping[str, Any], polling_day: date) -> Iterator[_Told]:
    voting = part(item, "voting")
    by_mail = part(voting, "byMail", "deadline")
    at = "/voting/byMail/deadline"
    yield _Told(f"{at}/ballotRequest", MilestoneKind.BALLOT_REQUEST_CLOSES, Channel.ANY, part(by_mail, "ballotRequest"))
    how = clean(by_mail.get("postmarkedOrReceived"))
    for name, channel, words in RETURNS:
        returned = part(by_mail, name)
        rule = words or (how if name == "returnByMail" else "")
        yield _Told(f"{at}/{name}", MilestoneKind.BALLOT_RETURN_CLOSES, channel, returned, rule if any(returned.values()) else "")
    early = part(voting, "early")
    for name, kind in (("startDate", MilestoneKind.EARLY_VOTING_OPENS), ("endDate", MilestoneKind.EARLY_VOTING_CLOSES)):
        if early.get("varies") is True:
            yield _Told(f"/voting/early/{name}", kind, Channel.IN_PERSON, {"description": VARIES})
        else:
            yield _Told(f"/voting/early/{name}", kind, Channel.IN_PERSON, {"date": early.get(name)})
    hours = part(voting, "inPerson", "electionDay")
    for name, kind in (("opening", MilestoneKind.POLLS_OPEN), ("closing", MilestoneKind.POLLS_CLOSE)):
        told = part(hours, name)
        if told.get("timestamp") or clean(told.get("description")):
            said = {"date": polling_day.isoformat(), **{key: value for key, value in told.items() if value is not None}}
            yield _Told(f"/voting/inPerson/electionDay/{name}", kind, Channel.IN_PERSON, said)


def _words(told: _Told) -> str:
    said = (told.words, clean(told.deadline.get("postmarkedOrReceived")), clean(told.deadline.get("description")))
    return "; ".join(dict.fromkeys(part for part in said if part))


def _when(told: _Told, zones: Sequence[str], pointer: str) -> tuple[date | None, time | None]:
    """The local day and clock; a timestamp in UTC is read in the region's zone, where its zones agree about it."""
    on = day(told.deadline.get("date"), f"{pointer}/date")
    moment = instant(told.deadline.get("timestamp"), f"{pointer}/timestamp")
    if moment is None:
        return on, None
    if moment.utcoffset() == timedelta(0):
        locals_ = {moment.astimezone(zone_of(name)).replace(tzinfo=None) for name in zones}
        if len(locals_) > 1:
            if on is None:
                raise ItemRefused(f"{pointer}/timestamp", "zone_unclear", "The region has several time zones, and the time names none.")
            return on, None
        local = locals_.pop() if locals_ else moment.astimezone(UTC).replace(tzinfo=None)
    else:
        local = moment.replace(tzinfo=None)
    if on is not None and local.date() != on:
        raise ItemRefused(pointer, "contradicts_itself", "The date and the local day of the timestamp differ.")
    return local.date(), local.time().replace(microsecond=0)


def _check_near(told: _Told, on: date, polling_day: date, pointer: str) -> None:
    if on > polling_day and told.kind not in MAY_FOLLOW:
        raise ItemRefused(pointer, "after_polling", "This lies after polling day.")
    if not polling_day - LONG_BEFORE <= on <= polling_day + LONG_AFTER:
        raise ItemRefused(pointer, "far_from_polling", "This lies too far from polling day to belong to it.")
