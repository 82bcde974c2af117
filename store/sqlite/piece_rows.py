"""Writing pieces' rows: closing those that a release no longer holds, and adding new ones in their places; reading is in releases."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from review.pieces import Key, Kind, Piece
from store.errors import ReleaseConflict
from store.sqlite.columns import TABLES, cells, names


def close(connection: sqlite3.Connection, number: int, gone: Iterable[Key]) -> dict[Key, int]:
    """Let the pieces hold up to the release before this one; key → where each stood. Raises ReleaseConflict for one that does not hold."""
    places: dict[Key, int] = {}
    for key in gone:
        table = TABLES[key.kind]
        found = connection.execute(
            f"UPDATE {table} SET last_release = ? WHERE key = ? AND last_release IS NULL RETURNING position", (number - 1, key.id)
        ).fetchone()
        if found is None:
            raise ReleaseConflict(f"The {key} is not in the latest release.")
        places[key] = found[0]
    return places


def insert(connection: sqlite3.Connection, number: int, new: Iterable[Piece], places: Mapping[Key, int]) -> None:
    """Let the pieces hold from this release on; raises ReleaseConflict for one that holds already."""
    rows: dict[Kind, list[tuple[object, ...]]] = defaultdict(list)
    last: dict[Kind, int] = {}
    for piece in new:
        kind = piece.key.kind
        if kind not in last:
            (last[kind],) = connection.execute(f"SELECT coalesce(max(position), 0) FROM {TABLES[kind]}").fetchone()
        place = places.get(piece.key)
        if place is None:
            last[kind] += 1
            place = last[kind]
        rows[kind].append((piece.key.id, number, place, piece.hash, *cells(piece)))
    for kind, found in rows.items():
        columns = ("key", "first_release", "position", "hash", *names(kind))
        quoted = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" for _ in columns)
        try:
            connection.executemany(f"INSERT INTO {TABLES[kind]} ({quoted}) VALUES ({marks})", found)
        except sqlite3.IntegrityError as error:
            raise ReleaseConflict(f"A {kind.value} that is new is in the latest release already.") from error
