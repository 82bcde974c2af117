"""Tables in which a value has one row of its own and further rows that name it: rows brought together; what they say is for the layouts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from admin.sheets.rows import Row


@dataclass(slots=True)
class Together:
    """The row of a value itself and those that belong to it, in the order of the file."""

    key: str
    head: Row
    others: list[Row] = field(default_factory=list)

    def of(self, kind: str) -> list[Row]:
        """The rows of one kind."""
        return [row for row in self.others if row.kind == kind]


def brought_together(rows: Iterable[Row], kind: str, column: str) -> list[Together]:
    """Rows by the value that they name in a column; a problem where its own row, of the kind given, is missing or given twice."""
    named: dict[str, list[Row]] = {}
    for row in rows:
        named.setdefault(row.needed(column), []).append(row)
    found = []
    for key, together in named.items():
        heads = [row for row in together if row.kind == kind]
        for again in heads[1:]:
            again.problem("row", "given_twice", f"There is a row of kind {kind} for this {column} already, row {heads[0].number}.")
        if heads:
            found.append(Together(key, heads[0], [row for row in together if row.kind != kind]))
        else:
            together[0].problem(column, "row_missing", f"No row of kind {kind} tells of this {column}.")
    return found
