"""For an answer without a notice: the smallest change that would have shown one, each tried by deciding again. Not why (see consider)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from itertools import chain, islice
from typing import Final

from keywords.lists import FAMILIAR, NEAR_SIGNS, PLACE
from keywords.matcher import Findings, Reason, Rejected
from keywords.reading import Texts, read_fields
from keywords.tokens import tokenise
from keywords.why_not import RealWord, real_words_in
from notices.answer import rfc3339
from notices.campaign import Surface
from notices.decide import Season, answered, coming_turns, findings_of
from notices.decision import Decision, Outcome, Request
from notices.live import Live
from notices.stops import Stops

ALSO: Final = {
    FAMILIAR: ", or in a search with at most one word that no list knows",
    PLACE: ", or beside the name of a place where lists know every other word",
}
"""What else a term may wait for."""
MOST_TURNS = 60
"""Later moments tried."""


class ChangeKind(StrEnum):
    """What would have to be otherwise, the smallest first."""

    SPELLING = "spelling"
    WORD_ADDED = "word_added"
    WORD_REMOVED = "word_removed"
    MOMENT = "moment"
    SURFACE = "surface"
    STOP_LIFTED = "stop_lifted"
    SEASON = "season"
    CAMPAIGN = "campaign"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Change:
    """One change, and whether deciding again with it did show a notice; a new campaign or term can only be proposed."""

    kind: ChangeKind
    value: str
    sentence: str
    is_tried: bool = True


@dataclass(frozen=True, slots=True)
class _Trial:
    change: Change
    again: Callable[[], Outcome]


def smallest_change(request: Request, findings: Findings, decision: Decision, live: Live, now: datetime, season: Season) -> Change | None:
    """The first change in order of size after which a notice is shown; else what a curator or an admin would have to add."""
    if decision.outcome is Outcome.SHOWN:
        return None
    trials = chain(_words(request, findings, live, now, season), _circumstances(request, findings, decision, live, now, season))
    for trial in trials:
        if trial.again() is Outcome.SHOWN:
            return trial.change
    return _proposal(request, findings, decision)


def _outcome(request: Request, live: Live, now: datetime, season: Season) -> Outcome:
    """What deciding again comes to; how long that would hold, nobody asks."""
    return answered(request, findings_of(request, live, now, season), live, now)[0]


def _words(request: Request, findings: Findings, live: Live, now: datetime, season: Season) -> Iterator[_Trial]:
    """Other words in the search."""

    def asking(query: str) -> Callable[[], Outcome]:
        return partial(_outcome, request._replace(query=query), live, now, season)

    for word in _near_words(request, live):
        typed = word.field.source[slice(*word.field.span(word.start, word.end))]
        if typed and typed in request.query:
            change = Change(ChangeKind.SPELLING, word.near, f"“{typed}” is a word of its own; spelt “{word.near}” it would show.")
            yield _Trial(change, asking(request.query.replace(typed, word.near)))
    for fallen in findings.rejected:
        yield from (_Trial(change, asking(query)) for change, query in _rewordings(fallen, request.query))


def _near_words(request: Request, live: Live) -> Iterator[RealWord]:
    for field in read_fields(live.index, Texts(request.query)):
        if field.name == "query":
            yield from real_words_in(live.index, field)


def _rewordings(fallen: Rejected, query: str) -> Iterator[tuple[Change, str]]:
    term = fallen.match.entry.term
    if fallen.reason is Reason.CONTEXT:
        words = [word for word in term.near or () if word not in NEAR_SIGNS]
        word = "election" if "election" in words else next(iter(words), "election")
        where = f"beside an election word such as “{word}”" + "".join(also for sign, also in ALSO.items() if sign in term.near)
        yield Change(ChangeKind.WORD_ADDED, word, f"“{term.text}” counts only {where}."), f"{query} {word}"
    if fallen.reason is Reason.VETO and fallen.word:
        kept = [word for word in query.split() if "".join(tokenise(word)) != fallen.word]
        yield (
            Change(ChangeKind.WORD_REMOVED, fallen.word, f"“{fallen.word}” vetoes “{term.text}”; without it, it would show."),
            " ".join(kept),
        )
    if fallen.reason in {Reason.LAYER_OFF, Reason.REAL_WORD, Reason.DOUBTFUL}:
        yield Change(ChangeKind.SPELLING, term.text, f"Typed as curated, “{term.text}” would show."), term.text


def _circumstances(request: Request, findings: Findings, decision: Decision, live: Live, now: datetime, season: Season) -> Iterator[_Trial]:
    """Another moment, surface or season, or no stop."""
    if decision.outcome is Outcome.STOPPED:
        free = live.with_stops(Stops())
        reasons = "; ".join(dict.fromkeys(stop.reason for stop in live.stops.stops))
        change = Change(ChangeKind.STOP_LIFTED, reasons, f"A stop is in force ({reasons}); lifting it would show the notice.")
        yield _Trial(change, partial(_outcome, request, free, now, season))
    for moment in islice(coming_turns(request, findings, live, now), MOST_TURNS):
        change = Change(ChangeKind.MOMENT, rfc3339(moment), f"From {rfc3339(moment)} on it would show.")
        yield _Trial(change, partial(_outcome, request, live, moment, season))
    for surface in Surface:
        if surface is not request.surface:
            change = Change(ChangeKind.SURFACE, surface.value, f"On the surface {surface} it would show now.")
            yield _Trial(change, partial(_outcome, request._replace(surface=surface), live, now, season))
    if season is Season.CALENDAR and any(fallen.reason is Reason.SEASON for fallen in findings.rejected):
        change = Change(
            ChangeKind.SEASON, "", "A matching term counts only while an election is in season here; none is ahead in the calendar."
        )
        yield _Trial(change, partial(_outcome, request, live, now, Season.ALWAYS))


def _proposal(request: Request, findings: Findings, decision: Decision) -> Change:
    has_words = bool(request.query.strip() or request.hashtags or request.text.strip())
    if not has_words or decision.outcome in {Outcome.NOT_SCHEDULED, Outcome.SILENCED, Outcome.STOPPED}:
        topics = ", ".join(dict.fromkeys(match.entry.topic for match in findings.matches)) or ", ".join(request.signals)
        sentence = f"No campaign for {topics or 'a silent request'} opens here on this surface; one that does would show its notice."
        return Change(ChangeKind.CAMPAIGN, topics, sentence, is_tried=False)
    if any(fallen.reason is Reason.BLOCKED for fallen in findings.rejected):
        return Change(
            ChangeKind.TERM, request.voting_region, "A term matches but this region blocks it; unblocking it would show.", is_tried=False
        )
    sentence = "No term of the region's lists matches; a term for these words in a keyword list would show a notice."
    return Change(ChangeKind.TERM, request.voting_region, sentence, is_tried=False)
