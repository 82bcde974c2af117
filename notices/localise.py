"""In which words: the wording for a reader's languages, and the link in it; never another region's text."""

from dataclasses import dataclass

from elections.calendar import PlaceState
from elections.centers import Center, Slot
from elections.election import Phase
from elections.phases import AFTER_POLLS
from notices.decision import Fallback
from notices.languages import negotiate
from notices.live import Live
from notices.notice import Notice, Words

NEUTRAL_LANGUAGE = "en"
DEFAULT_SLOTS = {
    "voting": Slot.ELECTIONS,
    "registration": Slot.REGISTRATION,
    "results": Slot.RESULTS,
    "candidates": Slot.WHAT_IS_ON_MY_BALLOT,
    "election": Slot.ELECTIONS,
}
"""The link for a topic where neither the term nor its list names one."""


@dataclass(frozen=True, slots=True)
class Localised:
    """Words in one language, whether a person has reviewed them, how far they fell, and the link that replaces the notice's own."""

    words: Words
    language: str
    reviewed: bool
    fallback: Fallback
    url: str | None = None


def localise(notice: Notice, languages: tuple[str, ...], region: str, place: PlaceState, live: Live) -> Localised:
    """The user's languages, then the region's official ones, then the authority's own name, then English."""
    official = live.places.languages(region)
    available = live.wording_languages[notice.id]
    for wanted, fallback in ((languages or official[:1], Fallback.USER_LANGUAGE), (official, Fallback.REGION_LANGUAGE)):
        language = negotiate(wanted, available)
        if language is not None:
            return _worded(notice, language, place, fallback)
    center = live.centers.answering(region)
    if center is None:
        return _worded(notice, NEUTRAL_LANGUAGE, place, Fallback.NEUTRAL)
    return _authority(center, official)


def spoken_phase(place: PlaceState) -> Phase | None:
    """The phase that words may speak of; where polls have closed and results are barred, none: to vote is over and to count not told yet."""
    return None if place.results_barred and place.phase in AFTER_POLLS else place.phase


def _worded(notice: Notice, language: str, place: PlaceState, fallback: Fallback) -> Localised:
    wording = notice.wordings[language]
    return Localised(wording.at(spoken_phase(place)), language, wording.reviewed, fallback)


def _authority(center: Center, official: tuple[str, ...]) -> Localised:
    """The authority's own name in its own language: no words of ours in a language we cannot write."""
    authority = center.authorities[0]
    own = frozenset(authority.names)
    language = negotiate((*official, *authority.languages), own) or NEUTRAL_LANGUAGE
    host = authority.url.partition("://")[2].partition("/")[0]
    name = authority.names[language]
    url = authority.url if authority.url.startswith("https://") else None
    return Localised(Words(name, host, host), language, center.verified_on is not None, Fallback.AUTHORITY, url)


def slot_of(topic: str | None, slot: str | None) -> Slot | None:
    """The term's or list's slot, else the topic's."""
    return Slot(slot) if slot else DEFAULT_SLOTS.get(topic or "")
