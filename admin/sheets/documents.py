"""JSON and YAML files of one kind, `{"lists": [...]}` and so on, ↔ values; the documents themselves are those of notices/documents."""

import json
import re
from collections.abc import Container, Iterable
from typing import Any, Final

from cattrs import transform_error
from cattrs.v import format_exception

from admin.sheets.errors import SheetRefused
from admin.sheets.findings import MOST_ROWS, Findings, SheetKind, Tell, Value
from admin.sheets.kinds import TYPES, identity
from admin.sheets.plain_values import strange_values
from elections.errors import InvalidElection
from notices.documents import from_document, to_document
from notices.errors import InvalidDocument

_PLACE: Final = re.compile(r"^\$\.?")
_STEP: Final = 100


def values_of(document: Any, kind: SheetKind, findings: Findings, tell: Tell) -> list[Value]:
    """The values of a file's one list; what is wrong in any of them is a problem with the value's number and the place in it."""
    if not isinstance(document, dict) or set(document) != {kind.value} or not isinstance(document[kind], list):
        raise SheetRefused("not_one_list", f'The file must hold one list called "{kind}" and nothing beside it.')
    items: list[Any] = document[kind]
    if len(items) > MOST_ROWS:
        raise SheetRefused("too_many_rows", f"The list has more than {MOST_ROWS} items; split it.")
    found: list[Value] = []
    for number, item in enumerate(items, 1):
        strange = dict(strange_values(item, TYPES[kind]))
        for place, message in strange.items():
            findings.problem(number, place or None, InvalidDocument.code, f"{message}.")
        try:
            found.append(from_document(item, TYPES[kind]))
        except InvalidDocument as error:
            _tell_wrong(number, error, strange, findings)
        if number % _STEP == 0:
            tell(number, len(items))
    tell(len(items), len(items))
    _check_once(found, findings)
    return found


def _check_once(values: Iterable[Value], findings: Findings) -> None:
    seen: dict[object, int] = {}
    for number, value in enumerate(values, 1):
        first = seen.setdefault(identity(value), number)
        if first != number:
            findings.problem(number, None, "given_twice", f"This is the same as number {first}.")


def _tell_wrong(number: int, error: InvalidDocument, told: Container[str], findings: Findings) -> None:
    """Every place that the converter names, but those that are told already."""
    for line in transform_error(error.__cause__, format_exception=_sentence) if error.__cause__ else [str(error)]:
        message, _, said = line.rpartition(" @ ")
        if (place := _PLACE.sub("", said)) not in told:
            findings.problem(number, place or None, error.code, f"{message[:1].upper()}{message[1:]}.")


def _sentence(error: BaseException, kind: type | None) -> str:
    return str(error).rstrip(".") if isinstance(error, InvalidElection | TypeError) else format_exception(error, kind)


def document_of(values: Iterable[Value], kind: SheetKind) -> dict[str, Any]:
    """The document of a file that holds the values."""
    return {kind.value: [to_document(value) for value in values]}


def json_text(document: object) -> str:
    """A document as JSON that people can read."""
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n"
