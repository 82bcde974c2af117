"""Plain tables for a terminal and for Markdown alike; not what stands in them."""

import unicodedata
from collections.abc import Iterable, Sequence


def table(header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A Markdown table whose columns also line up in a terminal; the first column is text, the others numbers."""
    rows = [[str(cell) for cell in line] for line in (header, *lines)]
    widths = [max(_width(row[at]) for row in rows) for at in range(len(header))]
    made = [" | ".join(_padded(cell, widths[at], right=at > 0) for at, cell in enumerate(row)) for row in rows]
    rule = " | ".join("-" * width if at == 0 else "-" * (width - 1) + ":" for at, width in enumerate(widths))
    return "\n".join(f"| {line} |" for line in (made[0], rule, *made[1:]))


def share(part: int, whole: int) -> str:
    """A percentage, or a dash for none of none."""
    return f"{part / whole:.1%}" if whole else "–"


def _width(text: str) -> int:
    return sum(unicodedata.east_asian_width(char) in "WF" or 1 for char in text if not unicodedata.combining(char))


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
