"""Elections and official links of Google Civic Information documents (`elections`, `voterInfoQuery`); addresses in them are never looked at.

https://developers.google.com/civic-information/docs/v2/elections
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from admin.dates.fields import address, clean, day, items, kind_in_words, one_round, part, read_mapping
from admin.dates.findings import Format, Found, FoundLink, Handed, Harvest, ItemRefused, Provenance, Refusal, Stated
from elections.centers import Slot
from elections.election import Confidence, Round
from elections.places import RegionKind

SLOTS: Final[Mapping[str, Slot]] = {
    "electionInfoUrl": Slot.ELECTIONS,
    "electionRegistrationUrl": Slot.REGISTRATION,
    "electionRegistrationConfirmationUrl": Slot.AM_I_REGISTERED,
    "absenteeVotingInfoUrl": Slot.ABSENTEE,
    "votingLocationFinderUrl": Slot.WHERE_DO_I_VOTE,
    "ballotInfoUrl": Slot.WHAT_IS_ON_MY_BALLOT,
    "electionRulesUrl": Slot.RULES,
}
TEST_ELECTION: Final = "2000"
"""The id of the VIP Test Election, which the list always holds and nobody votes in."""


def read(data: bytes, handed: Handed) -> Harvest:
    """The elections of either document, and of a `voterInfoQuery` the links of its states."""
    document = read_mapping(data)
    listed = [(f"/elections/{number}", item) for number, item in enumerate(items(document, "elections"))]
    if isinstance(document.get("election"), dict):
        listed.append(("/election", document["election"]))
        listed += [(f"/otherElections/{number}", item) for number, item in enumerate(items(document, "otherElections"))]
    if "elections" not in document and "election" not in document:
        return Harvest(refusals=(Refusal("", "not_this_format", "The document has neither elections nor an election."),))
    found: list[Found] = []
    links: list[FoundLink] = []
    refusals: list[Refusal] = []
    for pointer, item in listed:
        try:
            found.append(_election(item, pointer, handed))
        except ItemRefused as error:
            refusals.append(error.refusal)
    for number, state in enumerate(items(document, "state")):
        for link in _links(state, f"/state/{number}", document, handed):
            if isinstance(link, FoundLink):
                links.append(link)
            else:
                refusals.append(link)
    return Harvest(tuple(found), tuple(links), tuple(refusals), lists_all="elections" in document)


def _election(item: object, pointer: str, handed: Handed) -> Found:
    if not isinstance(item, dict):
        raise ItemRefused(pointer, "not_an_object", "An election must be an object.")
    known_as = clean(str(item.get("id") or ""))
    if known_as == TEST_ELECTION:
        raise ItemRefused(pointer, "test_election", "This is the test election, which nobody votes in.")
    region = _region(item, pointer, handed)
    polling_day = day(item.get("electionDay"), f"{pointer}/electionDay")
    if polling_day is None:
        raise ItemRefused(f"{pointer}/electionDay", "date_missing", "The election has no date.")
    name = clean(item.get("name"))
    kind = kind_in_words([name]) or handed.kind_on(region, polling_day)
    if kind is None:
        raise ItemRefused(f"{pointer}/name", "kind_unknown", "The election's kind is not told; --kind says it.")
    provenance = _provenance(f"elections/{known_as}" if known_as.isalnum() else handed.source_url, handed, known_as)
    confidence = handed.confidence or Confidence.MEDIUM
    polling = Round(1, polling_day, polling_day, confidence=confidence, source=provenance.source)
    election = one_round(region, kind, {"en": name}, polling)
    return Found(election, provenance, frozenset({Stated.NAMES} if name else ()), pointer)


def _region(item: Mapping[str, Any], pointer: str, handed: Handed) -> str:
    region = handed.region_of_division(clean(item.get("ocdDivisionId")))
    if region is None:
        raise ItemRefused(f"{pointer}/ocdDivisionId", "unknown_division", "None of our regions carries this Open Civic Data id.")
    if not handed.is_asked_for(region):
        raise ItemRefused(f"{pointer}/ocdDivisionId", "other_region", f"The election is not held in {handed.region}.")
    return region


def _links(state: object, pointer: str, document: Mapping[str, Any], handed: Handed) -> Iterator[FoundLink | Refusal]:
    """The links of a state's election office; the state is known by its name within the election's country."""
    if not isinstance(state, dict):
        return
    body = part(state, "electionAdministrationBody")
    region = _state(clean(state.get("name")), document, handed)
    if region is None:
        if body:
            yield Refusal(f"{pointer}/name", "unknown_state", "No region has this name; --region says it.")
        return
    for name, slot in SLOTS.items():
        if body.get(name):
            url = address(body[name])
            if url:
                yield FoundLink(region, slot, url, _provenance(handed.source_url or f"voterinfo/{region}", handed, ""))
            else:
                yield Refusal(f"{pointer}/electionAdministrationBody/{name}", "not_https", "A link must be an https address.")


def _state(name: str, document: Mapping[str, Any], handed: Handed) -> str | None:
    if handed.region:
        return handed.region
    place = handed.region_of_division(clean(part(document, "election").get("ocdDivisionId")))
    country = handed.places.country(place) if place else None
    named = [
        region.code
        for region in handed.places
        if region.kind is RegionKind.SUBDIVISION and country and region.parent == country.code and region.name.casefold() == name.casefold()
    ]
    return named[0] if len(named) == 1 else None


def _provenance(reference: str, handed: Handed, known_as: str) -> Provenance:
    return Provenance(Format.GOOGLE_CIVIC, reference or "elections", handed.retrieved_at, known_as)
