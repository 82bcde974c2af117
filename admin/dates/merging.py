"""A harvest against the elections of the packs: what would be added, changed, left to a person or is missing; writing is in writing.

Nothing another source owns is overwritten. A person settles a conflict by taking the document's side, election by election.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from admin.dates.comparison import Compared, Comparison, Difference, LinkProposal, Side, Verdict
from admin.dates.findings import Found, FoundLink, Handed, Harvest, Refusal, Stated, owner_of
from admin.dates.matching import Likeness, Match, match, references
from admin.dates.milestone_merging import merged_milestones, milestone_text
from admin.dates.settling import Settler
from elections.centers import Center
from elections.election import Election, Round, Status
from elections.errors import InvalidElection

ELECTION_FIELDS: Final = (
    (Stated.STATUS, "status"), (Stated.CONFIDENCE, "confidence"), (Stated.EXCLUDED, "excluded"), (Stated.REASON, "reason"),
    (Stated.REPLACED_BY, "replaced_by"), (Stated.VERIFIED_ON, "verified_on"), (Stated.OVERRIDES, "overrides"),
)  # fmt: skip
ROUND_FIELDS: Final = (
    (Stated.ROUND_STATUS, "status"), (Stated.ROUND_NAME, "name"), (Stated.ROUND_CONDITIONAL, "conditional"),
    (Stated.ROUND_CONFIDENCE, "confidence"), (Stated.ROUND_VERIFIED_ON, "verified_on"), (Stated.ROUND_MOVED_FROM, "moved_from"),
)  # fmt: skip


def compare(harvest: Harvest, handed: Handed, centers: Iterable[Center] = (), taken: Collection[str] = ()) -> Comparison:
    """The whole document against the packs; `taken` are ids of elections whose conflicts a person settles for the document."""
    current = {election.id: election for election in handed.known}
    cited = references(harvest.elections)
    compared: list[Compared] = []
    refusals = list(harvest.refusals)
    seen: set[tuple[str, tuple[str, ...], int | None]] = set()
    for found in harvest.elections:
        same = match(found, current, handed.places, cited, handed.retrieved_at.date())
        key = (same.election.id if same else found.election.id, found.election.regions, same.number if same else None)
        if key in seen or (same and same.election.id not in {known.id for known in handed.known}):
            refusals.append(Refusal(found.pointer, "given_twice", "This election is in the document already."))
            continue
        seen.add(key)
        if same is None and not found.election.names.get("en"):
            refusals.append(Refusal(found.pointer, "name_missing", "An election that is new needs a name."))
            continue
        one = _compared(found, same, taken)
        current[one.after.id] = one.after
        compared.append(one)
    compared += _missing(harvest, handed, {one.after.id for one in compared})
    return Comparison(tuple(compared), tuple(_proposals(harvest.links, centers)), tuple(refusals))


def _compared(found: Found, same: Match | None, taken: Collection[str]) -> Compared:
    if same is None:
        return Compared(None, found.election, provenance=found.provenance)
    before = same.election
    settler = Settler(found, taken=before.id in taken)
    try:
        after = _merged(before, found, same, settler)
    except InvalidElection as error:
        clash = Difference("rounds", Verdict.CONFLICT, None, None, str(error))
        return Compared(before, before, (clash,), found.provenance)
    return Compared(before, after, tuple(settler.differences), found.provenance)


def _merged(before: Election, found: Found, same: Match, settler: Settler) -> Election:
    if same.likeness is Likeness.PERHAPS and not settler.taken:
        there = found.election.rounds[0]
        polling = next(one for one in before.rounds if one.number == same.number)
        here = Side(str(polling.first_day), polling.source or before.source, polling.confidence)
        told = Side(str(there.first_day), there.source or found.election.source, there.confidence)
        settler.differences.append(Difference(f"rounds/{polling.number}/first_day", Verdict.CONFLICT, here, told, same.note))
        return before
    after = before
    if same.likeness is not Likeness.PART and set(before.regions) == set(found.election.regions):
        after = _with_fields(before, found, settler)
    elif same.likeness is Likeness.SAME:
        here = Side(", ".join(before.regions), before.source, before.confidence)
        told = Side(", ".join(found.election.regions), found.election.source, found.election.confidence)
        settler.differences.append(Difference("regions", Verdict.CONFLICT, here, told, "Where an election is held is changed by hand."))
        return before
    rounds = tuple(_round(polling, before, found, same, settler) for polling in after.rounds)
    numbers = {polling.number for polling in after.rounds}
    new = tuple(polling for polling in found.election.rounds if same.number is None and polling.number not in numbers)
    for polling in new:
        told = Side(str(polling.first_day), polling.source or found.election.source, polling.confidence)
        settler.differences.append(Difference(f"rounds/{polling.number}", Verdict.ADDED, None, told))
    return replace(after, rounds=tuple(sorted((*rounds, *new), key=lambda polling: polling.number)))


def _with_fields(before: Election, found: Found, settler: Settler) -> Election:
    there = found.election
    settler.of(before.source, before.confidence, there.source, there.confidence)
    names = dict(before.names)
    if Stated.NAMES in found.stated:
        for language, name in there.names.items():
            if name:
                names[language] = settler.settled(f"names/{language}", names.get(language, ""), name)
    values = {
        name: settler.settled(name, getattr(before, name), getattr(there, name))
        for stated, name in ELECTION_FIELDS
        if stated in found.stated
    }
    if before.status is Status.EXPECTED and settler.taken and Stated.STATUS not in found.stated:
        values["status"] = settler.settled("status", before.status, there.status)
    if settler.has_changed:
        values["source"] = there.source
    return replace(before, names=names if names != before.names else before.names, **values)


def _round(polling: Round, before: Election, found: Found, same: Match, settler: Settler) -> Round:
    """The round as it would be; one that the document does not tell of stays."""
    theirs = found.election.rounds
    there = theirs[0] if same.number == polling.number else None
    if same.number is None:
        there = next((one for one in theirs if one.number == polling.number), None)
    if there is None:
        return polling
    place, source, their_source = f"rounds/{polling.number}", polling.source or before.source, there.source or found.election.source
    after = polling
    if same.likeness is not Likeness.PART:
        settler.of(source, polling.confidence, their_source, there.confidence)
        after = _with_days(polling, there, found, place, settler)
        values = {
            name: settler.settled(f"{place}/{name}", getattr(after, name), getattr(there, name))
            for stated, name in ROUND_FIELDS
            if stated in found.stated and not (stated is Stated.ROUND_MOVED_FROM and after.first_day != polling.first_day)
        }
        if settler.has_changed:
            values["source"] = their_source
        after = replace(after, **values)
    if Stated.MILESTONES in found.stated:
        part = found.election.regions if same.likeness is Likeness.PART else ()
        after = replace(after, milestones=merged_milestones(after, before, there, found, part, settler))
    if after.first_day != polling.first_day:
        _tell_left_behind(polling, source, found, place, settler)
    return after


def _with_days(polling: Round, there: Round, found: Found, place: str, settler: Settler) -> Round:
    """A moved round keeps its length unless the document states another; the old day is kept in `moved_from`, a placeholder is not."""
    first_day = settler.settled(f"{place}/first_day", polling.first_day, there.first_day)
    length = polling.last_day - polling.first_day
    last_day = first_day + length
    if Stated.LAST_DAY in found.stated and first_day in {there.first_day, polling.first_day}:
        last_day = settler.settled(f"{place}/last_day", last_day, there.last_day)
    if first_day == polling.first_day:
        return replace(polling, last_day=last_day)
    announced = () if polling.status is Status.EXPECTED else (polling.first_day,)
    moved_from = tuple(dict.fromkeys(day for day in (*polling.moved_from, *announced) if day != first_day))
    status = there.status if polling.status is Status.EXPECTED else polling.status
    return replace(
        polling, first_day=first_day, last_day=last_day, moved_from=moved_from, status=status, confidence=there.confidence, verified_on=None
    )


def _tell_left_behind(polling: Round, source: str, found: Found, place: str, settler: Settler) -> None:
    """Milestones of other sources were told for the old day; whether they still hold is a person's to say."""
    for told in polling.milestones:
        owner = told.source or source
        if told.on is not None and owner_of(owner) != found.provenance.owner:
            here = Side(milestone_text(told), owner, told.confidence)
            settler.differences.append(
                Difference(f"{place}/{told.kind}", Verdict.CONFLICT, here, None, "The round has moved; this was told for its old day.")
            )


def _missing(harvest: Harvest, handed: Handed, seen: Collection[str]) -> Iterator[Compared]:
    """Elections ahead that came from this source, in the regions the document is about, and that it no longer tells of."""
    if not harvest.lists_all:
        return
    owners = {found.provenance.owner for found in harvest.elections}
    regions = {code for found in harvest.elections for code in found.election.regions}
    for election in handed.known:
        ahead = election.rounds[0].first_day >= handed.retrieved_at.date()
        within = (
            any(handed.region in handed.places.chain(code) for code in election.regions)
            if handed.region
            else regions & set(election.regions)
        )
        if ahead and within and election.id not in seen and owner_of(election.source) in owners:
            yield Compared(election, election, is_missing=True)


def _proposals(links: Iterable[FoundLink], centers: Iterable[Center]) -> Iterator[LinkProposal]:
    """The links that the packs do not have in that slot already, each once."""
    has: Mapping[str, Center] = {center.region: center for center in centers}
    for link in dict.fromkeys(links):
        now = has[link.region].links.get(link.slot, {}) if link.region in has else {}
        if link.url not in now.values():
            yield LinkProposal(link, now.get("*") or next(iter(now.values()), None))
