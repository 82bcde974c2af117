"""Cells that no spreadsheet takes for formulas, and back again without loss; which cells a table has is the table's business."""

import re
from typing import Final

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What a spreadsheet would run; apostrophes before it are counted in, so that guarding twice can be undone twice."""


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before anything that would be a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What the cell said before it was guarded; a text that merely begins with an apostrophe stays."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
