"""The tables, as a list of steps that only ever grows; each is applied with its record in one transaction."""

from collections.abc import Callable
from typing import Final

from sqlite_utils import Database

APPLICATION_ID: Final = 0x5349474E
"""`SIGN` in the header of every Signpost database, so that a file of something else is never touched."""


def _releases(database: Database) -> None:
    database.table("releases").create(
        {"number": int, "digest": str, "previous": str, "made_at": str, "envelope": str},
        pk="number",
        not_null={"digest", "made_at", "envelope"},
    )
    database.table("releases").create_index(["digest"], unique=True)


STEPS: Final[tuple[Callable[[Database], None], ...]] = (_releases,)
"""Position + 1 is the schema version that a step leads to; never change or remove one."""
