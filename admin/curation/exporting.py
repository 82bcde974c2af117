"""Published documents taken out as the values that files are made of; how a file looks is for sheets, a folder of packs for packs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from admin.curation.acting import Act
from admin.curation.importing_values import list_key
from admin.publishing import stored_envelope
from admin.sheets.findings import SheetFormat, SheetKind, Value
from admin.sheets.kinds import TYPES
from elections.places import Places
from notices.documents import Document, from_document
from notices.release import Release
from review.assembly import assemble
from review.errors import Unknown
from review.pieces import Kind

ACTION = "documents.exported"
_KINDS = {
    SheetKind.LISTS: (Kind.LIST, Kind.TERM),
    SheetKind.NOTICES: (Kind.NOTICE, Kind.WORDING),
    SheetKind.CAMPAIGNS: (Kind.CAMPAIGN,),
    SheetKind.ELECTIONS: (Kind.ELECTION,),
    SheetKind.CENTERS: (Kind.CENTER,),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which published documents, and as what: of a region and those inside it, in a language, about a topic, or one by its id."""

    kind: SheetKind
    form: SheetFormat
    region: str | None = None
    language: str | None = None
    topic: str | None = None
    id: str | None = None


def exported(act: Act, selection: Selection) -> tuple[Value, ...]:
    """The documents of the latest release that are selected, whole; raises Unknown where nothing was published yet, and UnknownRegion."""
    latest = act.unit.releases.latest()
    if latest is None:
        raise Unknown("There is no release yet to export from.")
    places = act.ground.places
    region = None if selection.region is None else places.resolve(selection.region).code
    document = assemble({}, (kept.piece for kept in act.unit.releases.pieces(kinds=_KINDS[selection.kind])))
    bodies = _selected(document[selection.kind.value], replace(selection, region=region), places)
    return tuple(from_document(body, TYPES[selection.kind]) for body in bodies)


def note_export(act: Act, selection: Selection, count: int) -> None:
    """Write the audit line of an export: what was asked for, and how many documents that was."""
    asked = {name: value for name in ("region", "language", "topic", "id") if (value := getattr(selection, name)) is not None}
    act.note(ACTION, selection.kind.value, {"format": selection.form.value, "documents": count, **asked})


def exported_release(act: Act, number: int | None) -> Release:
    """A whole release, the latest one without a number; raises Unknown where there is none."""
    stored = stored_envelope(act.unit, number)
    if stored is None:
        raise Unknown("There is no such release.")
    return from_document(stored["release"], Release)


def _selected(bodies: Iterable[Document], wanted: Selection, places: Places) -> Iterator[Document]:
    for body in bodies:
        known_as = list_key(body).id if wanted.kind is SheetKind.LISTS else body.get("id", body.get("region"))
        is_inside = wanted.region is None or any(_is_inside(region, wanted.region, places) for region in _regions(body))
        is_in_language = wanted.language is None or wanted.language in _languages(body)
        if is_inside and is_in_language and wanted.topic in {None, body.get("topic")} and wanted.id in {None, known_as}:
            yield body


def _regions(body: Document) -> tuple[str, ...]:
    return tuple(body.get("regions") or (body.get("region", "001"),))


def _languages(body: Document) -> Any:
    return body.get("wordings") or (body.get("language"),)


def _is_inside(region: str, outer: str, places: Places) -> bool:
    return region == outer or (region in places.by_code and outer in places.chain(region))
