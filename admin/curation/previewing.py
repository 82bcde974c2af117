"""The unpublished release that a change would make: compiled, compared with what is published, checked. For the worker process."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final, Generic, TypeVar

from admin.curation.acting import Act, looking
from admin.curation.building import draft_document
from admin.curation.publishing import mark_of
from admin.curation.reviewing import Conflict, conflicts, needed_for, touched
from admin.curation.standing import change_of
from admin.packs.ordinary import read_ordinary
from admin.publishing import stored_envelope
from admin.workbench import Workbench
from elections.errors import ElectionsError
from keywords.checks import Finding, Severity
from keywords.errors import KeywordsError
from notices.checks import check_release
from notices.documents import Document, from_document
from notices.link_checks import new_links
from notices.live import Live, compile_release
from notices.release import Release
from notices.signing import SignedRelease
from review.effect import Effect, effect
from review.errors import Blocked, Unknown
from review.people import Actor
from review.quorum import Quorum, Touched

KEPT: Final = 4
"""Compiled releases and findings that a worker remembers."""

T = TypeVar("T")
Side = tuple[str, Callable[[], Live]]
"""What tells a release from others, and how it is compiled."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a reviewer sees of a change: its effect, the findings that it brings and mends, what it takes, and conflicts."""

    effect: Effect
    new: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    quorum: Quorum
    conflicts: tuple[Conflict, ...]


def preview(bench: Workbench, actor: Actor, known_as: str) -> Preview:
    """The preview of a change as it stands, remembered while nothing moves.

    Raises Unknown, and Blocked, InvalidDocument or NotAPiece where its pieces make no release that could be served.
    """
    with looking(bench.desk, actor) as act:
        base, draft = _published(act, None), _drafted(act, known_as)
        change = change_of(act, known_as)
        seen, needed, clashing, now = touched(act, change), needed_for(act, change), conflicts(act, change), act.now
    found, brought, mended = _compared.get(f"{draft[0]} {now.date()}", lambda: _compare(bench, base, draft, seen, now))
    return Preview(found, brought, mended, needed, clashing)


def draft_live(bench: Workbench, actor: Actor, known_as: str) -> Live:
    """The release that a change would make, compiled, to be asked by the same `decide`."""
    with looking(bench.desk, actor) as act:
        draft = _drafted(act, known_as)
    return _lives.get(*draft)


def findings_now(bench: Workbench, actor: Actor, number: int | None = None) -> tuple[Finding, ...]:
    """What does not hold for a stored release, the latest one without a number, as of today."""
    with looking(bench.desk, actor) as act:
        mark, compiled = _published(act, number)
        now = act.now
    return _findings.get(f"{mark} {now.date()}", lambda: _check(_lives.get(mark, compiled), now))


class Remembered(Generic[T]):
    """A few of the values that were made last, by what they were made of."""

    def __init__(self) -> None:
        """Nothing is made yet."""
        self._made: OrderedDict[str, T] = OrderedDict()

    def get(self, mark: str, make: Callable[[], T]) -> T:
        """The value for a mark, made where it is not there."""
        if mark not in self._made:
            self._made[mark] = make()
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        self._made.move_to_end(mark)
        return self._made[mark]


Sides = tuple[Effect, tuple[Finding, ...], tuple[Finding, ...]]
"""The effect, and the findings that a change brings and mends."""

_compared: Final[Remembered[Sides]] = Remembered()
_lives: Final[Remembered[Live]] = Remembered()
_findings: Final[Remembered[tuple[Finding, ...]]] = Remembered()


def _compare(bench: Workbench, base: Side, draft: Side, seen: tuple[Touched, ...], now: datetime) -> Sides:
    before, after = _lives.get(*base), _lives.get(*draft)
    found = effect(before, after, seen, read_ordinary(bench.settings.packs / "ordinary"), now, bench.settings.url)
    old, new = (_findings.get(f"{mark} {now.date()}", partial(_check, live, now)) for mark, live in ((base[0], before), (draft[0], after)))
    marks, marked = ({mark_of(one) for one in side} for side in (old, new))
    asked = bench.press.links(after.release, new_links(before.release, after.release))
    brought = (*(one for one in new if mark_of(one) not in marks), *asked)
    return found, brought, tuple(one for one in old if mark_of(one) not in marked)


def _published(act: Act, number: int | None) -> Side:
    stored = stored_envelope(act.unit, number)
    if stored is None:
        raise Unknown("There is no such release.")
    return str(stored["digest"]), partial(_compiled, stored["release"])


def _drafted(act: Act, known_as: str) -> Side:
    change, latest = change_of(act, known_as), act.unit.releases.latest()
    return f"{change.id} {change.tag} {latest.digest if latest else ''}", partial(_compiled, draft_document(act, change))


def _compiled(document: Document) -> Live:
    """The release of a document; raises Blocked, with what is wrong, where it contradicts itself."""
    try:
        return compile_release(SignedRelease(from_document(document, Release), "", ()))
    except (ElectionsError, KeywordsError) as error:
        raise Blocked((Finding(Severity.ERROR, error.code, "release", str(error)),)) from error


def _check(live: Live, now: datetime) -> tuple[Finding, ...]:
    return check_release(replace(live.release, made_at=now), live.index)
