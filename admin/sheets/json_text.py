"""JSON text → data, strictly: no key twice, no NaN, no half characters, no endless nesting. What it means is for the documents."""

import json
import re
from typing import Any, Final, NoReturn

from admin.sheets.errors import SheetRefused

DEEPEST: Final = 32
"""Levels of lists and objects; the deepest of ours has seven."""
MOST_DIGITS: Final = 20

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_STRING: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_NOT_LEVELS: Final = re.compile(r"[^\[\]{}]+")


def parse_json(text: str) -> Any:
    """The value of a JSON text; raises SheetRefused with the line where it is wrong."""
    _check_depth(text)
    try:
        value = json.loads(text, object_pairs_hook=_members, parse_int=_whole, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        message = f"The file is not JSON: {error.msg}, line {error.lineno}, column {error.colno}."
        raise SheetRefused("malformed_json", message, error.lineno) from None
    if _SURROGATE.search(text):
        _check_characters(value)
    return value


def _check_depth(text: str) -> None:
    """Refuse what nests too deep before anything is built."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return
    depth = 0
    for found in _NOT_LEVELS.sub("", _STRING.sub("", text)):
        depth += 1 if found in "[{" else -1
        if depth > DEEPEST:
            raise SheetRefused("nested_too_deep", f"The file has more than {DEEPEST} levels of lists and objects.")


def _check_characters(value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise SheetRefused("half_character", "A text holds half of a surrogate pair.") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        name = next(name for name in members if sum(name == other for other, _ in pairs) > 1)
        raise SheetRefused("duplicate_key", f"An object of the file has the key {name[:40]} twice.")
    return members


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise SheetRefused("number_too_long", f"A whole number of the file has more than {MOST_DIGITS} digits.")
    return int(digits)


def _no_number(_name: str) -> NoReturn:
    raise SheetRefused("malformed_json", "NaN and Infinity are not JSON.")
