"""A comparison as people and as programs read it; what it means is in comparison."""

from collections.abc import Iterator
from typing import Any

from admin.dates.comparison import Compared, Comparison, Difference, LinkProposal, Outcome, Side, Verdict
from admin.dates.findings import Refusal, moment_text
from admin.dates.milestone_merging import milestone_text, place_of

INDENT = " " * 12


def lines(comparison: Comparison) -> Iterator[str]:
    """The report, line by line: elections by what became of them, links, refusals, and at last the counts."""
    for outcome in (Outcome.ADDED, Outcome.CHANGED, Outcome.CONFLICT, Outcome.MISSING):
        for one in comparison.of(outcome):
            yield from _election(one)
    for proposal in comparison.links:
        now = f" (the packs have {proposal.now})" if proposal.now else ""
        yield f"{'link':<12}{proposal.link.region} {proposal.link.slot}: {proposal.link.url}{now}"
    for refusal in comparison.refusals:
        yield f"{'refused':<12}{refusal.pointer or 'document'}: {refusal.detail} [{refusal.code}]"
    yield counts(comparison)


def counts(comparison: Comparison) -> str:
    """How many of each, in one line."""
    told = [f"{len(comparison.of(outcome))} {outcome}" for outcome in Outcome]
    return ", ".join([*told, f"{len(comparison.links)} links", f"{len(comparison.refusals)} refused"])


def document(comparison: Comparison, written: list[str]) -> dict[str, Any]:
    """The report as JSON; `written` are the files that were written, none in a dry run."""
    return {
        "elections": [_election_document(one) for one in comparison.compared],
        "links": [_link_document(proposal) for proposal in comparison.links],
        "refusals": [_refusal_document(refusal) for refusal in comparison.refusals],
        "written": written,
    }


def _election(one: Compared) -> Iterator[str]:
    day, name = one.after.rounds[0].first_day, one.after.names.get("en", "")
    yield f"{one.outcome:<12}{one.after.id}  {day}  {name}"
    if one.outcome is Outcome.ADDED:
        yield f"{INDENT}source: {one.after.source} ({one.after.confidence})"
        for polling in one.after.rounds:
            for told in polling.milestones:
                yield f"{INDENT}+ {place_of(told)}: {milestone_text(told)}"
    if one.outcome is Outcome.MISSING:
        yield f"{INDENT}the source no longer tells of it; it stays until a person removes it"
    for difference in one.differences:
        yield from _difference(difference)


def _difference(difference: Difference) -> Iterator[str]:
    here, there = difference.here, difference.there
    match difference.verdict:
        case Verdict.ADDED if there:
            yield f"{INDENT}+ {difference.place}: {there.value}"
        case Verdict.CHANGED if here and there:
            yield f"{INDENT}~ {difference.place}: {here.value} → {there.value}"
        case Verdict.CHANGED if there:
            yield f"{INDENT}~ {difference.place}: {there.value}"
        case Verdict.MISSING if here:
            yield f"{INDENT}? {difference.place}: {here.value} is no longer told by {here.source}"
        case _:
            yield f"{INDENT}! {difference.place}{f': {difference.note}' if difference.note else ''}"
            yield from (f"{INDENT}    {name}: {_side(side)}" for name, side in (("packs", here), ("document", there)) if side)


def _side(side: Side) -> str:
    return f"{side.value}  ({side.confidence}; {side.source})"


def _election_document(one: Compared) -> dict[str, Any]:
    provenance = one.provenance
    return {
        "id": one.after.id,
        "outcome": one.outcome.value,
        "name": one.after.names.get("en", ""),
        "first_day": one.after.rounds[0].first_day.isoformat(),
        "differences": [
            {
                "place": difference.place,
                "verdict": difference.verdict.value,
                "here": _side_document(difference.here),
                "there": _side_document(difference.there),
                "note": difference.note or None,
            }
            for difference in one.differences
        ],
        "provenance": {
            "owner": provenance.owner,
            "reference": provenance.reference,
            "document_id": provenance.document_id or None,
            "updated_at": moment_text(provenance.updated_at) if provenance.updated_at else None,
            "retrieved_at": moment_text(provenance.retrieved_at),
        }
        if provenance
        else None,
    }


def _side_document(side: Side | None) -> dict[str, str] | None:
    return {"value": side.value, "source": side.source, "confidence": side.confidence} if side else None


def _link_document(proposal: LinkProposal) -> dict[str, Any]:
    link = proposal.link
    return {"region": link.region, "slot": link.slot.value, "url": link.url, "now": proposal.now, "source": link.provenance.source}


def _refusal_document(refusal: Refusal) -> dict[str, str]:
    return {"pointer": refusal.pointer, "code": refusal.code, "detail": refusal.detail}
