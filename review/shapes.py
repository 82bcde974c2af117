"""What is wrong with a document's shape: told by its place and by what may stand there, never by what stood there."""

import re
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from typing import Any

from notices.errors import InvalidDocument


def told(error: InvalidDocument, value: type[Any]) -> InvalidDocument:
    """The error for whoever sent the document, which should have made a `value`: a JSON pointer into it and a sentence."""
    return InvalidDocument(_said(str(error), value), _pointer(error.path))


def _said(message: str, value: type[Any]) -> str:
    """The sentence without what the document held: a field that is not known is told by those that are, a code by all there are."""
    if message.startswith("extra fields found"):
        return f"There is a field that is not known here; {value.__name__} knows {', '.join(field.name for field in fields(value))}."
    expected = message.rpartition(" expected ")[2]
    codes = next((kind for kind in _enumerations(StrEnum) if kind.__name__ == expected), None)
    return f"This must be one of {', '.join(codes)}." if codes else message


def _enumerations(kind: type[StrEnum]) -> Iterator[type[StrEnum]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from _enumerations(inner)


def _pointer(path: str) -> str:
    """`$.rounds[0].number` as `/rounds/0/number`; a name that the document made up ends it."""
    parts = re.findall(r"\.?([^.\[\]]+)", path.removeprefix("$"))
    return "".join(f"/{part}" for part in parts if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", part))
