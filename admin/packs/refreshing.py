"""What every refresh of packs from facts shares: its report, reading fact files, and YAML that keeps what people wrote."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

SOURCE = "facts"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did to one file: rows added, rows whose facts fields changed, facts rows the facts no longer hold."""

    path: Path
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()


def fact_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a fact file, by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_document(path: Path, default: CommentedMap) -> CommentedMap:
    """The document with its comments and order, or the default where there is no file."""
    if not path.exists():
        return default
    document: CommentedMap = readable_yaml().load(path.read_text(encoding="utf-8"))
    return document


def write_document(path: Path, document: CommentedMap) -> None:
    """Write the document back, LF only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        readable_yaml().dump(document, file)


def readable_yaml() -> YAML:
    """One row a line, indented, no wrapping: so that hand edits and refreshes make small diffs."""
    yaml = YAML()
    yaml.width = 10_000
    yaml.allow_unicode = True
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def set_owned(row: CommentedMap, owned: Mapping[str, Any]) -> bool:
    """Set the fields that facts own, and only where they differ; whether any did."""
    changed = {key: value for key, value in owned.items() if row.get(key) != value}
    row.update(changed)
    return bool(changed)


def flow(fields: Mapping[str, Any]) -> CommentedMap:
    """A mapping on one line, without the fields that are None."""
    row = CommentedMap({key: value for key, value in fields.items() if value is not None})
    row.fa.set_flow_style()
    return row


def flow_list(items: Iterable[Any]) -> CommentedSeq:
    """A list on one line."""
    sequence = CommentedSeq(items)
    sequence.fa.set_flow_style()
    return sequence
