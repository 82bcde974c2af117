"""Refreshes in `packs/elections/` the names, dates, status and confidence that `elections.csv` owns; the rest is the team's."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from admin.packs.fact_elections import FactElection, FactRound, joined
from admin.packs.refreshing import Refreshed, fact_rows, flow_list, read_document, set_owned, write_document

FROM_FACTS = "facts/elections.csv"
HEADER = f"Draft starter dates: confirm with the authority. A refresh changes only elections and rounds whose source is {FROM_FACTS}."


def refresh(facts: Path, folder: Path) -> list[Refreshed]:
    """Write one file for each region of the facts; an election is known by its id, a round by its number."""
    by_region: dict[str, list[FactElection]] = defaultdict(list)
    for election in joined(fact_rows(facts / "elections.csv")):
        by_region[election.region].append(election)
    return [_refresh_file(folder / f"{region}.yaml", elections) for region, elections in sorted(by_region.items())]


def _refresh_file(path: Path, wanted: Iterable[FactElection]) -> Refreshed:
    new = CommentedMap(elections=CommentedSeq())
    new.yaml_set_start_comment(HEADER)
    document = read_document(path, new)
    rows = document["elections"]
    there = {row["id"]: row for row in rows}
    added: list[str] = []
    updated: list[str] = []
    for election in wanted:
        row = there.pop(election.id, None)
        if row is None:
            rows.append(_new_election(election))
            if len(rows) > 1:
                rows.yaml_set_comment_before_after_key(len(rows) - 1, before="\n")
            added.append(election.id)
        elif row.get("source") == FROM_FACTS and _refresh_election(row, election):
            updated.append(election.id)
    if added or updated:
        write_document(path, document)
    orphaned = tuple(each for each, row in there.items() if row.get("source") == FROM_FACTS)
    return Refreshed(path, tuple(added), tuple(updated), orphaned)


def _refresh_election(row: CommentedMap, election: FactElection) -> bool:
    owned = {"status": str(election.status), "confidence": str(election.confidence)}
    changed = [set_owned(row["names"], {"en": election.name}), set_owned(row, owned)]
    rounds = {polling.get("number", 1): polling for polling in row["rounds"]}
    for polling in election.rounds:
        known = rounds.get(polling.number)
        if known is None:
            row["rounds"].append(_new_round(polling))
            changed.append(True)
        elif known.get("source") == FROM_FACTS:
            changed.append(set_owned(known, _owned_of_round(polling)))
    return any(changed)


def _new_election(election: FactElection) -> CommentedMap:
    fields: dict[str, Any] = {
        "id": election.id,
        "regions": flow_list(election.regions),
        "excluded": flow_list(election.excluded) if election.excluded else None,
        "kind": election.kind,
        "names": CommentedMap(en=election.name),
        "status": str(election.status),
        "confidence": str(election.confidence),
        "source": FROM_FACTS,
        "reason": election.reason or None,
        "replaced_by": election.replaced_by,
        "rounds": CommentedSeq(_new_round(polling) for polling in election.rounds),
    }
    return CommentedMap({name: value for name, value in fields.items() if value is not None})


def _new_round(polling: FactRound) -> CommentedMap:
    fields = {"number": polling.number, **_owned_of_round(polling), "source": FROM_FACTS}
    fields |= {"conditional": True} if polling.conditional else {}
    fields |= {"name": polling.name} if polling.name else {}
    return CommentedMap(fields)


def _owned_of_round(polling: FactRound) -> dict[str, Any]:
    return {
        "first_day": polling.first_day,
        "last_day": polling.last_day,
        "status": str(polling.status),
        "confidence": str(polling.confidence),
    }
