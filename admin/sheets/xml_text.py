"""Characters that XML cannot hold, escaped in cells as OOXML does (`_x000B_`), and restored; nothing about workbooks."""

import re
from typing import Final

_HELD: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""A carriage return is among them: XML readers turn it into a line feed."""
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """The text with every such character as `_xHHHH_`, and what already looks like that with its first underscore escaped (ECMA-376 §22.4.2.4).

    A text of nothing but spaces begins with one escaped, because spreadsheets would drop it.
    """
    if text.isspace():
        return f"_x{ord(text[0]):04X}_{_HELD.sub(_told, text[1:])}"
    return _HELD.sub(_told, text)


def unescaped(text: str) -> str:
    """The text that was escaped; half a surrogate pair stays as it is told."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _told(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)
