"""The key dates of an election as a page tells them: local dates and clocks in a language; not which elections are told (see center_view)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from babel.dates import format_date, format_time

from elections.election import Channel, Confidence, Election, ElectionKind, Milestone, MilestoneKind, Round, Status
from elections.polling import Locality, hours_here
from notices.languages import locale, negotiate
from notices.texts import Phrase

MILESTONE_TEXT = {
    MilestoneKind.REGISTRATION_CLOSES: "date_registration_closes",
    MilestoneKind.EARLY_VOTING_OPENS: "date_early_voting_opens",
    MilestoneKind.EARLY_VOTING_CLOSES: "date_early_voting_closes",
    MilestoneKind.POLLS_OPEN: "date_polls_open",
    MilestoneKind.POLLS_CLOSE: "date_polls_close",
    MilestoneKind.PROVISIONAL_RESULTS: "phase_provisional_results",
    MilestoneKind.CERTIFIED: "phase_certified",
}
CHANNEL_TEXT = {Channel.ONLINE: "channel_online", Channel.MAIL: "channel_mail", Channel.IN_PERSON: "channel_in_person"}
WORDS_LANGUAGE = "en"
"""The language in which dates are told in words; they are left out of pages in others."""
SURE = {Status.HELD, Status.SCHEDULED}


@dataclass(frozen=True, slots=True)
class DaySeen:
    """One date: the key of its name, the words for people, the form for machines, the key of the channel it holds for."""

    key: str
    words: str
    machine: str
    channel: str | None = None
    has_time: bool = False


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """One round; `number` only where there are several; `status` and `unconfirmed` only where they must be said."""

    number: int | None
    status: str | None
    unconfirmed: bool
    days: tuple[DaySeen, ...]


@dataclass(frozen=True, slots=True)
class ElectionSeen:
    """One election; `status` is a text key where it is not simply going ahead."""

    id: str
    name: Phrase
    status: str | None
    rounds: tuple[RoundSeen, ...]


def election_seen(election: Election, here: Locality, language: str) -> ElectionSeen:
    """An election as seen from a place; one that does not go ahead is named, with its status and no date."""
    spoken = negotiate((language,), election.names.keys()) or "en"
    name = Phrase(election.names[spoken], spoken)
    if election.status not in SURE:
        return ElectionSeen(election.id, name, f"status_{election.status}", ())
    several = len(election.rounds) > 1
    rounds = tuple(_round(polling, here, language, election.kind, polling.number if several else None) for polling in election.rounds)
    return ElectionSeen(election.id, name, None, rounds)


def _round(polling: Round, here: Locality, language: str, kind: ElectionKind, number: int | None) -> RoundSeen:
    if polling.status is Status.EXPECTED:
        return RoundSeen(number, None, unconfirmed=True, days=())
    if polling.status not in SURE:
        return RoundSeen(number, f"status_{polling.status}", unconfirmed=False, days=())
    unsure = polling.status is Status.SCHEDULED and (polling.conditional or polling.confidence is not Confidence.HIGH)
    days = sorted((*_polling_days(polling, here, language, kind), *_milestones(polling, here, language)), key=lambda day: day.machine)
    return RoundSeen(number, None, unsure, tuple(days))


def _polling_days(polling: Round, here: Locality, language: str, kind: ElectionKind) -> Iterator[DaySeen]:
    hours = hours_here(polling, here, kind)
    if hours.first_day == hours.last_day:
        yield DaySeen("date_polling_day", day_words(hours.first_day, language), hours.first_day.isoformat())
        return
    yield DaySeen("date_first_polling_day", day_words(hours.first_day, language), hours.first_day.isoformat())
    yield DaySeen("date_last_polling_day", day_words(hours.last_day, language), hours.last_day.isoformat())


def _milestones(polling: Round, here: Locality, language: str) -> Iterator[DaySeen]:
    for told in polling.milestones:
        key = MILESTONE_TEXT.get(told.kind)
        if key and _holds(told, polling, here) and (told.on is not None or language.partition("-")[0] == WORDS_LANGUAGE):
            yield _milestone(told, key, language)


def _holds(told: Milestone, polling: Round, here: Locality) -> bool:
    """Those of the nearest region named, else the general ones, the same rule as for phases."""
    alike = [other for other in polling.milestones if other.kind is told.kind and other.channel is told.channel]
    nearest = next((code for code in here.chain if any(code in other.regions for other in alike)), None)
    return nearest in told.regions if nearest else not told.regions


def _milestone(told: Milestone, key: str, language: str) -> DaySeen:
    channel = CHANNEL_TEXT.get(told.channel)
    if told.on is None:
        return DaySeen(key, told.words, "", channel)
    if told.at is None:
        return DaySeen(key, day_words(told.on, language), told.on.isoformat(), channel)
    words = f"{day_words(told.on, language)}, {clock_words(told.at, language)}"
    return DaySeen(key, words, f"{told.on.isoformat()}T{told.at:%H:%M}", channel, has_time=True)


def day_words(day: date, language: str) -> str:
    """A date with its weekday, as CLDR writes it in the language."""
    return format_date(day, "full", locale=locale(language))


def clock_words(clock: time, language: str) -> str:
    """A clock time, as CLDR writes it in the language."""
    return format_time(clock, "short", locale=locale(language))
