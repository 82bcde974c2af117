"""Elections of a Democracy Works Elections API v2 document; its deadlines are read in democracy_works_deadlines, how it is got is in fetching.

https://developers.democracy.works: `data.elections[]`, localised fields null when missing, a division id unique for an authority and not
for an election, `canonicalUrl` to be cited.
"""

from collections.abc import Mapping
from typing import Any, Final

from admin.dates.democracy_works_deadlines import milestones
from admin.dates.fields import address, clean, day, items, kind_in_words, one_round, part, read_mapping, told_at
from admin.dates.findings import Format, Found, Handed, Harvest, ItemRefused, Provenance, Refusal, Stated
from elections.election import Confidence, ElectionKind, Round

KINDS: Final[Mapping[str, ElectionKind]] = {
    "congressional": ElectionKind.LEGISLATIVE,
    "presidentialPrimary": ElectionKind.PRESIDENTIAL,
    "state": ElectionKind.LEGISLATIVE,
    "stateHouse": ElectionKind.LEGISLATIVE,
    "stateSenate": ElectionKind.LEGISLATIVE,
    "county": ElectionKind.LOCAL,
    "municipal": ElectionKind.LOCAL,
    "school": ElectionKind.LOCAL,
    "subCounty": ElectionKind.LOCAL,
    "subMunicipal": ElectionKind.LOCAL,
}
SURE_PHASES: Final = frozenset({"active", "past"})
"""Guidance is complete in these; in the others it is still to come, and a date may change with it."""


def read(data: bytes, handed: Handed) -> Harvest:
    """Every election of the document that has a region of ours, a kind and a date."""
    document = read_mapping(data)
    listed = part(document, "data").get("elections")
    if not isinstance(listed, list):
        return Harvest(refusals=(Refusal("/data/elections", "not_this_format", "The document has no list data.elections."),))
    found: list[Found] = []
    refusals: list[Refusal] = []
    for number, item in enumerate(listed):
        pointer = f"/data/elections/{number}"
        try:
            if not isinstance(item, dict):
                raise ItemRefused(pointer, "not_an_object", "An election must be an object.")
            one, refused = _election(item, pointer, handed)
        except ItemRefused as error:
            refusals.append(error.refusal)
        else:
            found.append(one)
            refusals += refused
    total = part(document, "pagination").get("totalRecordCount")
    is_page = isinstance(total, int) and total > len(listed)
    if is_page:
        refusals.append(Refusal("/pagination", "not_all_pages", f"The document holds {len(listed)} of {total} elections."))
    return Harvest(tuple(found), (), tuple(refusals), lists_all=not is_page)


def _election(item: Mapping[str, Any], pointer: str, handed: Handed) -> tuple[Found, list[Refusal]]:
    region = _region(item, pointer, handed)
    polling_day = day(item.get("date"), f"{pointer}/date")
    if polling_day is None:
        raise ItemRefused(f"{pointer}/date", "date_missing", "The election has no date.")
    name = clean(item.get("description"))
    kind = KINDS.get(str(item.get("type"))) or kind_in_words([name]) or handed.kind_on(region, polling_day)
    if kind is None:
        raise ItemRefused(f"{pointer}/type", "kind_unknown", "The election's kind is not told; --kind says it.")
    provenance = _provenance(item, handed)
    confidence = handed.confidence or (Confidence.HIGH if item.get("guidancePhase") in SURE_PHASES else Confidence.MEDIUM)
    told, refused = milestones(item, pointer, polling_day, handed.places.zones(region), provenance.source, confidence)
    polling = Round(1, polling_day, polling_day, confidence=confidence, source=provenance.source, milestones=told)
    election = one_round(region, kind, {"en": name}, polling)
    stated = {Stated.MILESTONES} | ({Stated.NAMES} if name else set())
    return Found(election, provenance, frozenset(stated), pointer), refused


def _region(item: Mapping[str, Any], pointer: str, handed: Handed) -> str:
    """The region of the division; a place below our regions is refused, never filed under the one above it."""
    division = clean(item.get("ocdId"))
    if not division:
        raise ItemRefused(f"{pointer}/ocdId", "division_missing", "The election has no Open Civic Data id.")
    region = handed.region_of_division(division)
    if region is None:
        raise ItemRefused(f"{pointer}/ocdId", "unknown_division", "None of our regions carries this Open Civic Data id.")
    if not handed.is_asked_for(region):
        raise ItemRefused(f"{pointer}/ocdId", "other_region", f"The election is not held in {handed.region}.")
    return region


def _provenance(item: Mapping[str, Any], handed: Handed) -> Provenance:
    document_id = f"{clean(item.get('ocdId'))}@{clean(item.get('date'))}"
    reference = address(item.get("canonicalUrl")) or handed.source_url or document_id
    return Provenance(Format.DEMOCRACY_WORKS, reference, handed.retrieved_at, document_id, told_at(item.get("updatedAt")))


def elections_of(document: Mapping[str, Any]) -> list[Any]:
    """The elections of one page, unread."""
    return items(part(document, "data"), "elections")
