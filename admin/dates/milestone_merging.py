"""The milestones of one round, ours and theirs: by kind, channel and regions; how other fields are settled is in settling."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from admin.dates.comparison import Difference, Side, Verdict
from admin.dates.findings import Found, Stated, owner_of
from admin.dates.settling import Settler
from elections.election import Channel, Election, Milestone, Round
from notices.election_documents import clock_text

Alike = tuple[str, str, frozenset[str]]


def merged_milestones(
    polling: Round, before: Election, there: Round, found: Found, part: tuple[str, ...], settler: Settler
) -> tuple[Milestone, ...]:
    """Ours in their order, changed where the document may, then what is new. `part`: the regions the document speaks for, if not all.

    One of ours that the document should tell of and does not is noted as missing, and stays.
    """
    everywhere = frozenset(before.regions)
    their_source = there.source or found.election.source
    theirs = [replace(told, regions=told.regions or part) for told in there.milestones]
    pairs = _pairs(polling.milestones, theirs, everywhere)
    after: list[Milestone] = []
    for number, told in enumerate(polling.milestones):
        source = told.source or polling.source or before.source
        place = f"rounds/{polling.number}/{place_of(told)}"
        if number in pairs:
            other = theirs[pairs[number]]
            after.append(_settled(told, other, place, (source, other.source or their_source), settler))
            continue
        after.append(told)
        if (not part or set(told.regions) == set(part)) and owner_of(source) == owner_of(their_source):
            settler.differences.append(Difference(place, Verdict.MISSING, Side(milestone_text(told), source, told.confidence), None))
    for number, told in enumerate(theirs):
        if number not in pairs.values():
            side = Side(milestone_text(told), told.source or their_source, told.confidence)
            settler.differences.append(Difference(f"rounds/{polling.number}/{place_of(told)}", Verdict.ADDED, None, side))
            after.append(told)
    return tuple(after)


def milestone_text(told: Milestone) -> str:
    """Day, clock and words, as a person reads them."""
    return " ".join(part for part in (str(told.on or ""), clock_text(told.at), f"({told.words})" if told.words else "") if part)


def place_of(told: Milestone) -> str:
    """Which milestone it is, in words."""
    channel = "" if told.channel is Channel.ANY else f" {told.channel}"
    regions = f" [{' '.join(told.regions)}]" if told.regions else ""
    return f"{told.kind}{channel}{regions}"


def _pairs(ours: Sequence[Milestone], theirs: Sequence[Milestone], everywhere: frozenset[str]) -> Mapping[int, int]:
    """Ours → theirs, by number: of several that are alike first those on the same day, then in order."""
    groups: dict[Alike, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, milestones in enumerate((ours, theirs)):
        for number, told in enumerate(milestones):
            groups[_alike(told, everywhere)][side].append(number)
    pairs: dict[int, int] = {}
    for here, there in groups.values():
        for number in here:
            same = next((other for other in there if (theirs[other].on, theirs[other].at) == (ours[number].on, ours[number].at)), None)
            if same is not None:
                pairs[number] = same
                there.remove(same)
        pairs |= dict(zip((number for number in here if number not in pairs), there, strict=False))
    return pairs


def _alike(told: Milestone, everywhere: frozenset[str]) -> Alike:
    regions = frozenset(told.regions)
    return told.kind, told.channel, frozenset() if regions == everywhere else regions


def _settled(ours: Milestone, theirs: Milestone, place: str, sources: tuple[str, str], settler: Settler) -> Milestone:
    """Theirs where it has the same owner, or a person takes it; else ours, and a conflict where they say another day, hour or phrase."""
    may = settler.taken or owner_of(sources[0]) == owner_of(sources[1])
    if not (_differ(ours, theirs, settler.found.stated) if may else _contradict(ours, theirs)):
        return ours
    here, there = Side(milestone_text(ours), sources[0], ours.confidence), Side(milestone_text(theirs), sources[1], theirs.confidence)
    settler.differences.append(Difference(place, Verdict.CHANGED if may else Verdict.CONFLICT, here, there))
    return replace(theirs, regions=ours.regions) if may else ours


def _differ(ours: Milestone, theirs: Milestone, stated: Iterable[Stated]) -> bool:
    """Whether anything the document states is another."""
    said = [(ours.on, theirs.on), (ours.at, theirs.at), (ours.words, theirs.words)]
    said += [(ours.confidence, theirs.confidence)] if Stated.ROUND_CONFIDENCE in stated else []
    said += [(ours.verified_on, theirs.verified_on)] if Stated.ROUND_VERIFIED_ON in stated else []
    return any(one != other for one, other in said)


def _contradict(ours: Milestone, theirs: Milestone) -> bool:
    """Whether theirs, of another source, says something that ours denies; what it leaves open it does not deny."""
    if theirs.on is None:
        return ours.on is None and theirs.words != ours.words
    return theirs.on != ours.on or (theirs.at is not None and ours.at is not None and theirs.at != ours.at)
