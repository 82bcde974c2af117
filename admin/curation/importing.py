"""Bringing files into a change: read, compared with what is there, put into the change whole or not at all. How files look is for sheets."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from admin.curation.acting import REFUSALS, Act, Desk, acting, looking, refused
from admin.curation.editing import open_change, put_many
from admin.curation.ground import notice_regions
from admin.curation.importing_comparison import Comparison, compare
from admin.curation.importing_errors import ImportRefused
from admin.curation.importing_values import Bodies, Manner, Mode, Told, all_there, owners_of, there_of, told_by, told_by_release
from admin.curation.standing import change_of
from admin.sheets.findings import Defaults, Note, SheetFormat, SheetKind
from admin.sheets.reading import NO_DEFAULTS, read
from notices.release import Release
from review.change import About, Change
from review.errors import Stale
from review.moves import Move, moved
from review.people import Actor, Role
from review.pieces import Key, Kind
from review.scopes import scopes_of

TRIES: Final = 3
"""How often a file is compared anew because something was published, or the change edited, meanwhile."""
OURS: Final = frozenset({SheetFormat.CSV, SheetFormat.TSV, SheetFormat.XLSX, SheetFormat.JSON, SheetFormat.YAML})
"""Formats in which a term is told whole; those of other programs know its words alone."""
ACTION: Final = "documents.imported"

Tell = Callable[[str, int, int], None]
"""Called with the step, what is done of it and how much there is, for whoever watches."""


@dataclass(frozen=True, slots=True)
class Into:
    """Where something is brought: into the change named, else a new one about `about`; a dry run changes nothing."""

    change: str | None = None
    about: About | None = None
    is_dry: bool = True


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with a file."""

    kind: SheetKind
    form: SheetFormat
    mode: Mode = Mode.MERGE
    defaults: Defaults = NO_DEFAULTS
    into: Into = field(default_factory=Into)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it: how the file differs from what is there, the change that now holds that, what was read otherwise than it stands."""

    comparison: Comparison
    change: Change | None = None
    notes: tuple[Note, ...] = ()
    encoding: str | None = None


Also = Callable[[Act, Imported], None]


def not_told(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def nothing_more(_act: Act, _imported: Imported) -> None:
    """Nothing is done beside it."""


def import_file(desk: Desk, actor: Actor, order: Order, data: bytes, tell: Tell = not_told, also: Also = nothing_more) -> Imported:
    """Read a file and bring what it tells into a change; raises ImportRefused with every problem of the file, and what editing refuses.

    `also` is done in the unit that writes the change.
    """
    with _all_kept():
        reading = read(order.kind, order.form, data, order.defaults, lambda done, total: tell("reading", done, total))
        if reading.problems:
            raise ImportRefused(reading.problems, reading.problem_count)
        told = told_by(order.kind.value, reading.values)
        manner = Manner(order.mode, is_whole=order.form in OURS)
        owners = tuple(owners_of(told))
        sides = _Sides(told, manner, lambda act: there_of(act, order.into.change, owners))

        def whole(found: Imported) -> Imported:
            return replace(found, notes=reading.notes, encoding=reading.encoding)

        return whole(_brought_in(desk, actor, sides, order.into, tell, lambda act, found: also(act, whole(found))))


def import_release(desk: Desk, actor: Actor, release: Release, into: Into, tell: Tell = not_told) -> Imported:
    """Bring all documents of a release into a change, in the place of everything that is there."""
    with _all_kept():
        sides = _Sides(told_by_release(release), Manner(Mode.REPLACE), lambda act: all_there(act, into.change))
        return _brought_in(desk, actor, sides, into, tell, nothing_more)


@contextmanager
def _all_kept() -> Iterator[None]:
    """Nobody looks for garbage while hundreds of thousands of values are made that are all kept: that would take as long as making them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is told, how it counts, and how what is there is looked up."""

    told: Told
    manner: Manner
    there: Callable[[Act], Bodies]


def _brought_in(desk: Desk, actor: Actor, sides: _Sides, into: Into, tell: Tell, also: Also) -> Imported:
    """Compare without holding anybody up, then write in one act if nothing has moved meanwhile."""
    for _ in range(TRIES):
        state, comparison = _compared(desk, actor, sides, into, tell)
        if into.is_dry or comparison.is_empty:
            return Imported(comparison)
        tell("writing", 0, len(comparison.wanted) + len(comparison.gone))
        with acting(desk, actor, ACTION, into.change or "") as act:
            if _state(act, into.change) == state:
                change = into.change or open_change(act, into.about or About("")).id
                imported = Imported(comparison, put_many(act, change, comparison.wanted, comparison.gone))
                also(act, imported)
                return imported
    raise Stale("Others keep editing what the file is about; try again.")


def _compared(desk: Desk, actor: Actor, sides: _Sides, into: Into, tell: Tell) -> tuple[object, Comparison]:
    """How the sides differ, and the state that this holds for; what the actor may not edit is refused before anything is written."""
    try:
        with looking(desk, actor) as act:
            if into.change is not None:
                moved(change_of(act, into.change).state, Move.EDIT)
            tell("comparing", 0, 1)
            there = sides.there(act)
            comparison = compare(sides.told, there, sides.manner, lambda done, total: tell("comparing", done, total))
            _check_rights(act, into.change, comparison, there)
            return _state(act, into.change), comparison
    except REFUSALS as error:
        refused(desk, actor, ACTION, into.change or "", error)
        raise


def _state(act: Act, change: str | None) -> object:
    latest = act.unit.releases.latest()
    return latest and latest.digest, change and change_of(act, change).tag


def _check_rights(act: Act, change: str | None, comparison: Comparison, there: Bodies) -> None:
    """Raise NotAllowed for what differs where the actor is no curator; editing asks again."""
    brought = {one.key.id: str(one.body.get("region", "")) for one in comparison.wanted if one.key.kind is Kind.NOTICE}
    published = notice_regions(act.unit, change)
    keys: tuple[Key, ...] = (*(one.key for one in comparison.wanted), *comparison.gone)
    bodies = {one.key: one.body for one in comparison.wanted}
    both = ((key, body) for key in keys for body in (bodies.get(key), there.get(key)) if body is not None)
    scopes = dict.fromkeys(scope for key, body in both for scope in scopes_of(key, body, lambda id_: brought.get(id_) or published(id_)))
    act.actor.check(Role.CURATOR, scopes, act.ground.places)
