r"""Cells of tables without loss: none that a spreadsheet takes for a formula, lists in one cell; which cells there are is the table's business.

In a cell that holds a list or a code, `\;` is a semicolon, `\\` a backslash, and `\e` nothing: it keeps a space at an edge, and alone it is an
empty text. Any other backslash is itself.
"""

import re
from collections.abc import Iterable
from typing import Final

SEPARATOR: Final = ";"
"""Between the items of a cell that holds a list."""

NOTHING: Final = r"\e"

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What a spreadsheet would run; apostrophes before it are counted in, so that guarding twice can be undone twice."""
_RUNS_ALONE: Final = re.compile(r"[=+\-＝＋－]|[@＠](?!\w*\Z)")
"""What would run if a spreadsheet took the separator for the end of a cell; `@context` would not."""
_ESCAPE: Final = re.compile(r"\\([\\;e])")
_ITEM: Final = re.compile(r"(?:[^\\;]|\\.?)+", re.DOTALL)


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before anything that would be a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What the cell said before it was guarded; a text that merely begins with an apostrophe stays."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def joined(items: Iterable[str]) -> str:
    """A list as one cell; empty for an empty list."""
    return SEPARATOR.join(map(_item, items))


def separated(cell: str) -> tuple[str, ...]:
    """The list of a cell, without spaces around its items; what stands empty between two separators is no item."""
    if "\\" not in cell:
        return tuple(item for part in cell.split(SEPARATOR) if (item := part.strip()))
    return tuple(_plain(item) for part in _ITEM.findall(cell) if (item := part.strip()))


def single(text: str | None) -> str:
    """A code that may be missing as a cell: empty for None."""
    return "" if text is None else _edged(text.replace("\\", "\\\\"), text)


def unsingle(cell: str) -> str | None:
    """The code of a cell without spaces around it; None where there is none."""
    told = cell.strip()
    return _plain(told) if told else None


def _item(text: str) -> str:
    edged = _edged(text.replace("\\", "\\\\").replace(SEPARATOR, "\\;"), text)
    return f"{NOTHING}{edged}" if _RUNS_ALONE.match(text) else edged


def _edged(escaped: str, text: str) -> str:
    if not text:
        return NOTHING
    return f"{NOTHING if text[0].isspace() else ''}{escaped}{NOTHING if text[-1].isspace() else ''}"


def _plain(told: str) -> str:
    return _ESCAPE.sub(lambda found: "" if found[1] == "e" else found[1], told) if "\\" in told else told
