"""What marshmallow says about a value, as field errors with pointers and stable codes; never a word of the value itself."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, Self

from marshmallow import Schema, ValidationError, fields

from web.errors import FieldError, Invalid

MAX_ERRORS: Final = 20
UNKNOWN: Final = "Unknown field."
NEARNESS: Final = 0.6
MAX_NAME: Final = 64

_CODES: Final = (
    (re.compile(r"Missing data for required field"), "required"),
    (re.compile(r"Field may not be null"), "null"),
    (re.compile(r"Invalid input type|Not a valid (string|integer|number|boolean|list|mapping type|tuple)"), "wrong_type"),
    (re.compile(r"Must be one of|One or more of the choices"), "not_one_of"),
    (re.compile(r"Longer than maximum|Length must be|Shorter than minimum"), "wrong_length"),
    (re.compile(r"Must be (greater|less)|Must be equal"), "out_of_range"),
)


class Finding(str):
    """A sentence for `ValidationError` with a code of its own and, where one is known, what was probably meant."""

    __slots__ = ("code", "suggestion")
    code: str
    suggestion: str | None

    def __new__(cls, sentence: str, code: str, suggestion: str | None = None) -> Self:
        """Make the sentence; it must not hold the value."""
        made = super().__new__(cls, sentence)
        made.code = code
        made.suggestion = suggestion
        return made

    def format(self, *_args: object, **_values: object) -> "Finding":
        """Stay what it is: marshmallow formats the messages of its fields."""
        return self


def load(schema: Schema, data: object) -> Any:
    """What `schema` makes of `data`; raises Invalid with one field error for each finding."""
    try:
        return schema.load(data)  # type: ignore[arg-type] # it refuses, by its own error, what is not a mapping
    except ValidationError as error:
        raise Invalid(*field_errors(error, schema)) from None


def field_errors(error: ValidationError, schema: Schema | None = None) -> tuple[FieldError, ...]:
    """The findings of one error, at most MAX_ERRORS; with the schema an unknown field is told which ones are known."""
    found = dict.fromkeys(_walk(error.messages, schema, ""))
    return tuple(found)[:MAX_ERRORS]


def _walk(messages: object, node: object, pointer: str) -> Iterator[FieldError]:
    """Findings below a pointer; `node` is the schema or field there, or None where that is not known."""
    if isinstance(messages, str):
        yield _finding(messages, pointer)
    elif isinstance(messages, list):
        for message in messages:
            yield from _walk(message, node, pointer)
    elif isinstance(messages, Mapping):
        for key, below in messages.items():
            if below == [UNKNOWN]:
                yield _unknown(key, node, pointer)
            elif key == "_schema":
                yield from _walk(below, node, pointer)
            elif isinstance(node, fields.Mapping):
                yield from _walk(list(below.values()), None, pointer)
            else:
                yield from _walk(below, _child(node, key), f"{pointer}/{_escaped(key)}")


def _finding(sentence: str, pointer: str) -> FieldError:
    if isinstance(sentence, Finding):
        return FieldError(pointer, sentence.code, str(sentence), sentence.suggestion)
    code = next((code for pattern, code in _CODES if pattern.match(sentence)), "invalid")
    return FieldError(pointer, code, sentence)


def _unknown(key: object, node: object, pointer: str) -> FieldError:
    """Points at the object, never at the field: its name is the client's own text."""
    known = _known(node)
    if not known:
        return FieldError(pointer, "unknown_field", "There is a field that is not known here.")
    near = get_close_matches(str(key)[:MAX_NAME].lower(), known, n=1, cutoff=NEARNESS)
    sentence = f"There is a field that is not known here; known: {', '.join(dict.fromkeys(known.values()))}."
    return FieldError(pointer, "unknown_field", sentence, known[near[0]] if near else None)


def _known(node: object) -> dict[str, str]:
    """What a client may have meant → the name it goes by here: a query's parameter may be asked for by its name in a body."""
    schema = _schema(node)
    if schema is None:
        return {}
    shown = {name: field.data_key or name for name, field in schema.load_fields.items()}
    return {**shown, **{name: name for name in shown.values()}}


def _schema(node: object) -> Schema | None:
    if isinstance(node, Schema):
        return node
    if isinstance(node, fields.Nested):
        return node.schema
    return None


def _child(node: object, key: object) -> object:
    if isinstance(node, fields.List):
        return node.inner
    if isinstance(key, int):
        return node
    schema = _schema(node)
    if schema is None:
        return None
    return next((field for name, field in schema.load_fields.items() if key in {field.data_key, name}), None)


def _escaped(key: object) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")
