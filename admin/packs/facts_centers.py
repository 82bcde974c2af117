"""Refreshes in `packs/centers/` the authorities, the `elections` link and the fact-checkers that facts own; the rest is the team's."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from admin.packs.authority_names import authority_names, state_office_names
from admin.packs.refreshing import SOURCE, Refreshed, fact_rows, flow, flow_list, read_document, set_owned, write_document

HEADER = "Draft starter centers: no link has been verified by a person. `source: facts` marks what a refresh may change."
STATES = "US"
LEADS = {"GB": "The Electoral Commission", "PE": "National Office of Electoral Processes", "US": "U.S. Election Assistance Commission"}
"""Where facts know several authorities: the one a voter is sent to first; elsewhere the first row."""
STATE_LANGUAGES = {"US-CA": ("en", "es"), "US-FL": ("en", "es"), "US-PR": ("es", "en"), "US-TX": ("en", "es")}
"""Statewide Spanish under section 203 of the Voting Rights Act; both official languages of Puerto Rico. Elsewhere English."""

Authority = dict[str, Any]


def refresh(facts: Path, folder: Path) -> list[Refreshed]:
    """Write one file for each country with a known authority; rows are known by the English name, a center by its region."""
    centers: dict[str, dict[str, list[Authority]]] = defaultdict(lambda: defaultdict(list))
    for row in fact_rows(facts / "authorities.csv"):
        centers[row["region"]][row["region"]].append(_national(row))
    for row in fact_rows(facts / "us_states.csv"):
        centers[STATES][row["iso_3166_2"]].append(_state(row))
    checkers: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in fact_rows(facts / "fact_checkers.csv"):
        checkers[row["region"]].append(row)
    return [_refresh_file(folder / f"{country}.yaml", regions, checkers) for country, regions in sorted(centers.items())]


def _national(row: Mapping[str, str]) -> Authority:
    return {
        "names": authority_names(row),
        "url": row["official_url"],
        "languages": row["languages"].split(";"),
        "confidence": row["confidence"],
        "link": row["voter_info_url"] or row["official_url"],
    }


def _state(row: Mapping[str, str]) -> Authority:
    return {
        "names": state_office_names(row),
        "url": row["official_url"],
        "languages": list(STATE_LANGUAGES.get(row["iso_3166_2"], ("en",))),
        "confidence": row["confidence"],
        "link": row["official_url"],
    }


def _refresh_file(path: Path, regions: Mapping[str, list[Authority]], checkers: Mapping[str, list[dict[str, str]]]) -> Refreshed:
    new = CommentedMap(centers=CommentedSeq())
    new.yaml_set_start_comment(HEADER)
    document = read_document(path, new)
    there = {center["region"]: center for center in document["centers"]}
    changes = _Changes()
    for region, authorities in regions.items():
        center = there.get(region)
        if center is None:
            center = CommentedMap(region=region)
            document["centers"].append(center)
            if len(document["centers"]) > 1:
                document["centers"].yaml_set_comment_before_after_key(len(document["centers"]) - 1, before="\n")
        leading = sorted(authorities, key=lambda authority: authority["names"]["en"] != LEADS.get(region))
        _refresh_authorities(center, leading, changes)
        _refresh_link(center, leading[0]["link"], changes)
        _refresh_checkers(center, checkers.get(region, []), changes)
        for field, empty in (("verified_by", ""), ("verified_on", None), ("note", "")):
            center.setdefault(field, empty)
    if changes.added or changes.updated:
        write_document(path, document)
    return Refreshed(path, tuple(changes.added), tuple(changes.updated), tuple(changes.orphaned))


class _Changes:
    """What has been done to a file so far."""

    def __init__(self) -> None:
        self.added: list[str] = []
        self.updated: list[str] = []
        self.orphaned: list[str] = []


def _refresh_authorities(center: CommentedMap, wanted: Iterable[Authority], changes: _Changes) -> None:
    rows = center.setdefault("authorities", CommentedSeq())
    there = {row["names"]["en"]: row for row in rows}
    for authority in wanted:
        name = authority["names"]["en"]
        row = there.pop(name, None)
        owned = {"url": authority["url"], "languages": authority["languages"], "confidence": authority["confidence"]}
        if row is None:
            owned["languages"] = flow_list(authority["languages"])
            rows.append(CommentedMap(names=CommentedMap(authority["names"]), **owned, source=SOURCE))
            changes.added.append(f"{center['region']}: {name}")
        elif row.get("source") == SOURCE and any([set_owned(row["names"], authority["names"]), set_owned(row, owned)]):
            changes.updated.append(f"{center['region']}: {name}")
    changes.orphaned += [f"{center['region']}: {name}" for name, row in there.items() if row.get("source") == SOURCE]


def _refresh_link(center: CommentedMap, url: str, changes: _Changes) -> None:
    """Facts own the `elections` link for all languages until a person has verified the center; plain http is never linked to."""
    links = center.setdefault("links", CommentedMap())
    if not url.startswith("https://") or center.get("verified_by"):
        return
    slot = links.setdefault("elections", flow({}))
    if slot.get("*") != url:
        slot["*"] = url
        changes.updated.append(f"{center['region']}: elections link")


def _refresh_checkers(center: CommentedMap, wanted: Iterable[Mapping[str, str]], changes: _Changes) -> None:
    rows = center.setdefault("fact_checkers", CommentedSeq())
    there = {row["name"]: row for row in rows}
    for checker in wanted:
        name = checker["organisation"]
        row = there.pop(name, None)
        networks = re.findall(r"IFCN|EFCSN", checker["network"])
        owned = {"url": checker["url"], "networks": networks, "confidence": checker["confidence"]}
        if row is None:
            rows.append(flow({"name": name, **owned, "networks": flow_list(networks), "source": SOURCE}))
            changes.added.append(f"{center['region']}: {name}")
        elif row.get("source") == SOURCE and set_owned(row, owned):
            changes.updated.append(f"{center['region']}: {name}")
    changes.orphaned += [f"{center['region']}: {name}" for name, row in there.items() if row.get("source") == SOURCE]
