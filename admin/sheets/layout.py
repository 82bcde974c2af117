"""The shape that a kind of value has as a table: its columns and kinds of rows; the five of them are in the modules beside."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from admin.sheets.findings import Defaults, Findings
from admin.sheets.rows import Row

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Layout(Generic[V]):
    """`rows` are the kinds of rows with the columns that each may fill; `usual` is the kind of a row that does not say it."""

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    rows: Mapping[str, frozenset[str]]
    usual: str
    write: Callable[[V], Iterator[dict[str, str]]]
    read: Callable[[Iterable[Row], Defaults, Findings], list[V]]
