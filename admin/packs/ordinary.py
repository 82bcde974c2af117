"""Ordinary searches from `packs/ordinary`, a file a language; what the keyword lists make of them is decided elsewhere."""

from collections.abc import Mapping
from pathlib import Path

from admin.errors import PackError

HEADING = "# "
LONGEST = 150


def read_ordinary(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """The searches of each language in the order of its file; a folder that is not there holds none."""
    return {path.stem: _read_searches(path) for path in sorted(folder.glob("*.txt"))}


def _read_searches(path: Path) -> tuple[str, ...]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise PackError("the file cannot be read", path) from error
    except UnicodeDecodeError as error:
        raise PackError("not UTF-8; save the file as UTF-8", path) from error
    first_at: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if number == 1 and line.startswith(HEADING):
            continue
        if not line.strip():
            raise PackError("the line is empty; write one search on it or take it out", path, number)
        if len(line) > LONGEST:
            raise PackError(f"the search has {len(line)} characters; shorten it to {LONGEST}", path, number)
        if line in first_at:
            raise PackError(f"the search already stands on line {first_at[line]}; take one of them out", path, number)
        first_at[line] = number
    return tuple(first_at)
