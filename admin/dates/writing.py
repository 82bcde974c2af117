"""What a comparison would change, written into `packs/elections/`: comments, order and hand-written fields stay; all files or none.

Every file is rendered and read back before the first is replaced; each is replaced in one step.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, Final

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from admin.dates.comparison import Compared
from admin.errors import AdminError, PackError
from admin.packs.reading_places import read_elections
from admin.packs.refreshing import flow_list, read_document, readable_yaml
from admin.packs.yaml_reading import read_rows
from elections.election import Election
from elections.places import Places
from notices.documents import to_document

HEADER: Final = (
    "Imported dates: confirm with the authority. Each source is in its row; another import changes only rows of the same source."
)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK: Final = re.compile(r"(\d\d:\d\d):00")
_ORDER: Final = ("id", "number", "regions", "excluded", "kind", "first_day", "last_day", "names", "status", "confidence", "source")
"""How rows begin in the packs; the rest follows as the values have it, and long lists come last."""
_LAST: Final = frozenset({"rounds", "milestones", "overrides"})
_ON_ONE_LINE: Final = frozenset({"regions", "excluded", "moved_from"})


class NotWritten(AdminError):
    """The packs would not say what was compared; nothing was written."""

    code = "not_written"


def write(compared: Iterable[Compared], folder: Path, places: Places) -> list[Path]:
    """Write what is to be written; the files that changed. Raises NotWritten, and leaves every file as it was."""
    wanted: dict[str, Compared] = {}
    for one in compared:
        if one.is_to_be_written:
            first = wanted.get(one.after.id)
            wanted[one.after.id] = Compared(first.before if first else one.before, one.after)
    files: dict[Path, list[Compared]] = {}
    lie_in = _files_of(folder)
    for known_as, one in wanted.items():
        path = lie_in.get(known_as) or folder / f"{_file_name(one.after, places)}.yaml"
        files.setdefault(path, []).append(one)
    texts = {path: _rendered(path, ones) for path, ones in files.items()}
    _check(texts, {known_as: one.after for known_as, one in wanted.items()})
    for path, text in texts.items():
        _replace(path, text)
    return list(texts)


def _files_of(folder: Path) -> Mapping[str, Path]:
    """Election id → the file it lies in."""
    return {str(row.get("id")): path for path in sorted(folder.glob("*.yaml")) for row in read_rows(path, "elections")}


def _file_name(election: Election, places: Places) -> str:
    country = places.country(election.regions[0])
    return country.code if country else election.regions[0]


def _rendered(path: Path, compared: Iterable[Compared]) -> str:
    new = CommentedMap(elections=CommentedSeq())
    new.yaml_set_start_comment(HEADER)
    document = read_document(path, new)
    rows = document["elections"]
    by_id = {row["id"]: row for row in rows}
    for one in compared:
        after = _readable(to_document(one.after))
        if one.before is None:
            rows.append(_styled(_in_order(after)))
            if len(rows) > 1:
                rows.yaml_set_comment_before_after_key(len(rows) - 1, before="\n")
        else:
            _bring_up(by_id[one.after.id], _readable(to_document(one.before)), after)
    out = StringIO()
    readable_yaml().dump(document, out)
    return out.getvalue()


def _bring_up(row: CommentedMap, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Make a row say what it should where that changes; everything else about it stays as a person wrote it."""
    for name, value in after.items():
        was = before.get(name)
        if value == was:
            continue
        if isinstance(value, dict) and isinstance(row.get(name), dict) and isinstance(was, dict):
            _bring_up(row[name], was, value)
        elif isinstance(value, list) and isinstance(row.get(name), list) and isinstance(was, list) and name not in _ON_ONE_LINE:
            _bring_list_up(row[name], was, value)
        else:
            row[name] = _styled(value, name)
    for name in before.keys() - after.keys():
        row.pop(name, None)


def _bring_list_up(rows: CommentedSeq, before: list[Any], after: list[Any]) -> None:
    """Rows keep their place; new ones come last. Nothing is ever taken out."""
    for number, value in enumerate(after):
        if number >= len(rows):
            rows.append(_styled(value))
        elif isinstance(value, dict) and isinstance(rows[number], dict) and number < len(before):
            _bring_up(rows[number], before[number], value)
        elif rows[number] != value:
            rows[number] = _styled(value)


def _in_order(row: Mapping[str, Any]) -> dict[str, Any]:
    """A new election with its fields, and those of its rounds, in the order people know."""
    ordered = dict(
        sorted(row.items(), key=lambda field: (field[0] in _LAST, _ORDER.index(field[0]) if field[0] in _ORDER else len(_ORDER)))
    )
    return ordered | ({"rounds": [_in_order(polling) for polling in row["rounds"]]} if "rounds" in row else {})


def _readable(value: Any) -> Any:
    """Dates as dates, clocks as `HH:MM` and codes as texts, as people write them in packs."""
    if isinstance(value, dict):
        return {name: _readable(one) if name != "names" else one for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_readable(one) for one in value]
    if not isinstance(value, str):
        return value
    if _DAY.fullmatch(value):
        return date.fromisoformat(value)
    clock = _CLOCK.fullmatch(value)
    return clock[1] if clock else str(value)


def _styled(value: Any, name: str = "") -> Any:
    """A milestone and a list of codes on one line, anything else in rows."""
    if isinstance(value, dict):
        row = CommentedMap({key: _styled(one, key) for key, one in value.items()})
        if "kind" in value and "rounds" not in value:
            row.fa.set_flow_style()
        return row
    if isinstance(value, list):
        return flow_list(value) if name in _ON_ONE_LINE else CommentedSeq([_styled(one) for one in value])
    return SingleQuotedScalarString(value) if name == "at" else value


def _check(texts: Mapping[Path, str], wanted: Mapping[str, Election]) -> None:
    """Read every text back as the packs will be read."""
    with tempfile.TemporaryDirectory() as name:
        for path, text in texts.items():
            (Path(name) / path.name).write_text(text, encoding="utf-8")
        try:
            found = {election.id: election for election in read_elections(Path(name))}
        except PackError as error:
            raise NotWritten(f"The packs could not be read afterwards ({error.path.name}:{error.place}); nothing was written.") from error
    if wrong := [known_as for known_as, election in wanted.items() if found.get(known_as) != election]:
        raise NotWritten(f"The packs would not say of {', '.join(wrong)} what was compared; nothing was written.")


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
