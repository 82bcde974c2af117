"""Refreshes the rows of `packs/keywords/001/` that `packs/facts/terms.csv` owns; hand-written rows are not touched."""

from collections import defaultdict
from pathlib import Path

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from admin.packs.refreshing import SOURCE, Refreshed, fact_rows, flow, flow_list, read_document, write_document

OWNED = ("source", "confidence", "note")
HEADER = "Draft starter list: not reviewed by a native speaker, not official advice."

CATEGORIES: dict[str, tuple[str, str | None]] = {
    "voting": ("voting", None),
    "polling_place": ("voting", "where_do_i_vote"),
    "ballot_mail": ("voting", "absentee"),
    "registration": ("registration", None),
    "results": ("results", None),
    "candidate_generic": ("candidates", None),
    "election_generic": ("election", None),
    "misinformation_generic": ("misinformation", None),
    "ai_media": ("synthetic_media", None),
}
"""Facts category → topic and the slot a new row starts with."""


def refresh(facts: Path, folder: Path) -> list[Refreshed]:
    """Write every language's file under `folder`; a row is known by its topic and text, its other fields are the team's."""
    by_language: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in fact_rows(facts / "terms.csv"):
        by_language[row["language"]].append(row)
    return [_refresh_file(folder / f"{language}.yaml", language, rows) for language, rows in sorted(by_language.items())]


def _refresh_file(path: Path, language: str, rows: list[dict[str, str]]) -> Refreshed:
    document = read_document(path, _new_document(language))
    lists = document["lists"]
    added: list[str] = []
    updated: list[str] = []
    seen: set[tuple[str, str]] = set()
    for row in rows:
        topic, slot = CATEGORIES[row["category"]]
        seen.add((topic, row["term"]))
        terms = lists.setdefault(topic, CommentedMap(must_match=[], must_not_match=[], terms=CommentedSeq()))["terms"]
        owned = {"source": SOURCE, "confidence": row["confidence"], "note": row["english_gloss"]}
        same = [term for term in terms if term["text"] == row["term"]]
        mine = [term for term in same if term.get("source") == SOURCE]
        if not same:
            terms.extend(_new_terms(row, slot, owned))
            added.append(row["term"])
        for term in mine:
            if any(term.get(key) != value for key, value in owned.items()):
                term.update(owned)
                updated.append(row["term"])
    orphaned = [
        term["text"]
        for topic, body in lists.items()
        for term in body["terms"]
        if term.get("source") == SOURCE and (topic, term["text"]) not in seen
    ]
    if added or updated:
        write_document(path, document)
    return Refreshed(path, tuple(added), tuple(updated), tuple(orphaned))


def _new_terms(row: dict[str, str], slot: str | None, owned: dict[str, str]) -> list[CommentedMap]:
    """An ambiguous fact becomes two careful terms: the whole query, or beside an election word; both in season only."""
    if row["ambiguous"] == "no":
        return [flow({"text": row["term"], "slot": slot, **owned})]
    return [
        flow({"text": row["term"], "match": "exact", "season_only": True, "slot": slot, **owned}),
        flow({"text": row["term"], "near": flow_list(["@context", "@year"]), "season_only": True, "slot": slot, **owned}),
    ]


def _new_document(language: str) -> CommentedMap:
    document = CommentedMap(
        {"region": "001", "language": language, "owner": "", "reviewed_by": "", "context": [], "unless": [], "lists": CommentedMap()}
    )
    document.yaml_set_start_comment(HEADER)
    return document
