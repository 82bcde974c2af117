"""A release's documents as the YAML of pack files, one row a line where rows are many, so that an edit is a small difference in git."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

import yaml

from admin.errors import CannotPack
from notices.documents import Document

_SHARED: Final[tuple[str, ...]] = ("context", "unless", "owner", "reviewed_by")
"""What all lists of a file may share."""
_SAMPLES: Final[tuple[str, ...]] = ("must_match", "must_not_match")
_LONGEST_NAME: Final = 100
_NEVER_WRAPPED: Final = 2**30


class _Line(dict[str, Any]):
    """A mapping on one line."""


class _Items(list[Any]):
    """A list on one line."""


class _Dumper(yaml.CSafeDumper):
    """Codes are texts, and nothing is written as a reference to something else."""

    def ignore_aliases(self, _data: object) -> bool:
        """Write everything out."""
        return True


_Dumper.add_multi_representer(StrEnum, lambda dumper, code: dumper.represent_str(code.value))
_Dumper.add_representer(_Line, lambda dumper, row: dumper.represent_mapping("tag:yaml.org,2002:map", row, flow_style=True))
_Dumper.add_representer(_Items, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True))


def yaml_bytes(document: Document) -> bytes:
    """The text of a document in UTF-8, its fields in their order, nothing wrapped; raises CannotPack for half characters."""
    try:
        text = yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=_NEVER_WRAPPED)
        return bytes(text, "utf-8")
    except UnicodeEncodeError:
        raise CannotPack("A text holds half of a surrogate pair, which no file can hold.") from None


def keyword_files(lists: Iterable[Document]) -> Iterator[tuple[str, Document]]:
    """`<region>/<language>.yaml` and its document, the lists of all topics in it; what they share stands once, at the head."""
    files: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for one in lists:
        files[one["region"], one["language"]].append(one)
    for (region, language), found in files.items():
        if len({one["topic"] for one in found}) != len(found):
            raise CannotPack(f"Two lists of {region}/{language} are about the same topic; a pack file can hold each only once.")
        shared = {
            name: found[0][name] for name in _SHARED if all(one.get(name) == found[0].get(name) for one in found) and name in found[0]
        }
        document = {"region": region, "language": language, **{name: _on_one_line(value) for name, value in shared.items()}}
        document["lists"] = {one["topic"]: _list(one, shared) for one in found}
        yield f"keywords/{_name(region)}/{_name(language)}.yaml", document


def _list(told: Document, shared: Mapping[str, Any]) -> Document:
    own = {name: value for name, value in told.items() if name not in {"region", "language", "topic", "terms", *shared}}
    samples: Document = {name: own.pop(name) for name in _SAMPLES if name in own}
    terms = [_Line({name: _on_one_line(value) for name, value in term.items()}) for term in told["terms"]]
    return {**{name: _on_one_line(value) for name, value in own.items()}, **samples, "terms": terms}


def grouped_files(field: str, rows: Iterable[Document]) -> Iterator[tuple[str, Document]]:
    """`<field>/<region>.yaml` with the rows of the first region that each names, in their order."""
    files: dict[str, list[Document]] = defaultdict(list)
    for row in rows:
        regions = row.get("regions") or [row.get("region", "")]
        files[str(regions[0]) if regions else ""].append(row)
    for region, found in files.items():
        yield f"{field}/{_free_name(region)}.yaml", {field: [_short(row) for row in found]}


def notice_files(notices: Iterable[Document]) -> Iterator[tuple[str, Document]]:
    """One notice a file."""
    for notice in notices:
        yield f"notices/{_free_name(notice['id'])}.yaml", notice


def _short(row: Document) -> Document:
    """A row whose plain lists stand on one line."""
    return {name: _on_one_line(value) if _is_plain(value) else value for name, value in row.items()}


def _is_plain(value: object) -> bool:
    return isinstance(value, list) and all(not isinstance(item, dict | list) for item in value)


def _on_one_line(value: Any) -> Any:
    return _Items(value) if isinstance(value, list) else value


def _name(text: str) -> str:
    """A code as a file's name; raises CannotPack for one that could lead elsewhere, or not be told apart."""
    if not _is_name(text):
        raise CannotPack("A code that gives a pack file its name holds something else than letters, digits, dots, dashes and underscores.")
    return text


def _free_name(text: str) -> str:
    """The same for a file whose name says nothing: one that cannot be it is replaced by its fingerprint."""
    return text if _is_name(text) else f"named-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NAME and text[0].isalnum() and all(letter.isalnum() or letter in "-_." for letter in text)
