"""Releases as heads and pieces in rows; see protocol.Releases for what each method promises."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from review.pieces import Key, Kind, Piece
from review.proof_rows import StoredHead
from store.errors import ReleaseConflict
from store.sqlite.columns import COLUMNS, OWNERS, TABLES, dumped, names, piece_of
from store.sqlite.folding import folded
from store.sqlite.piece_rows import close, insert
from store.values import Kept, Wanted

_HEAD: Final = "SELECT number, digest, previous, made_at, head, signatures FROM releases"
_HELD: Final = "first_release <= :number AND (last_release IS NULL OR last_release >= :number)"


class SqliteReleases:
    """See protocol.Releases."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Works on a connection that somebody else opens, begins and ends."""
        self._connection = connection

    def latest(self) -> StoredHead | None:
        """See Releases."""
        return _head(self._connection.execute(f"{_HEAD} ORDER BY number DESC LIMIT 1").fetchone())

    def head(self, number: int) -> StoredHead | None:
        """See Releases."""
        return _head(self._connection.execute(f"{_HEAD} WHERE number = ?", (number,)).fetchone())

    def heads(self, before: int | None = None, limit: int = 100) -> tuple[StoredHead, ...]:
        """See Releases."""
        rows = self._connection.execute(
            f"{_HEAD} WHERE :before IS NULL OR number < :before ORDER BY number DESC LIMIT :limit", {"before": before, "limit": limit}
        )
        return tuple(found for row in rows if (found := _head(row)))

    def at(self, moment: str) -> StoredHead | None:
        """See Releases."""
        at = datetime.fromisoformat(moment).astimezone(UTC).isoformat()
        return _head(self._connection.execute(f"{_HEAD} WHERE made_at <= ? ORDER BY number DESC LIMIT 1", (at,)).fetchone())

    def add(self, head: StoredHead, gone: Iterable[Key], new: Iterable[Piece]) -> None:
        """See Releases."""
        latest = self.latest()
        number, digest = (latest.number, latest.digest) if latest else (0, None)
        if head.number != number + 1 or head.previous != digest:
            raise ReleaseConflict("The release does not follow the latest one.")
        insert(self._connection, head.number, new, close(self._connection, head.number, gone))
        row = (head.number, head.digest, head.previous, head.made_at, dumped(head.head), dumped(head.signatures))
        try:
            self._connection.execute(
                "INSERT INTO releases (number, digest, previous, made_at, head, signatures) VALUES (?, ?, ?, ?, ?, ?)", row
            )
        except sqlite3.IntegrityError as error:
            raise ReleaseConflict("A release with this digest is already stored.") from error

    def pieces(self, number: int | None = None, kinds: Iterable[Kind] | None = None) -> Iterator[Kept]:
        """See Releases."""
        for kind in Kind if kinds is None else kinds:
            held = "last_release IS NULL" if number is None else _HELD
            yield from self._kept(kind, f"WHERE {held} ORDER BY position", {"number": number})

    def piece(self, key: Key, number: int | None = None) -> Kept | None:
        """See Releases."""
        held = "last_release IS NULL" if number is None else _HELD
        return next(self._kept(key.kind, f"WHERE key = :key AND {held}", {"key": key.id, "number": number}), None)

    def several(self, keys: Iterable[Key]) -> dict[Key, Kept]:
        """See Releases."""
        by_kind: dict[Kind, list[str]] = defaultdict(list)
        for key in keys:
            by_kind[key.kind].append(key.id)
        where = "WHERE last_release IS NULL AND key IN (SELECT value FROM json_each(:keys))"
        return {kept.piece.key: kept for kind, ids in by_kind.items() for kept in self._kept(kind, where, {"keys": dumped(ids)})}

    def version(self, key: Key, hash_: str) -> Kept | None:
        """See Releases."""
        where = "WHERE key = :key AND hash = :hash ORDER BY first_release DESC LIMIT 1"
        return next(self._kept(key.kind, where, {"key": key.id, "hash": hash_}), None)

    def find(self, kind: Kind, wanted: Wanted) -> tuple[Kept, ...]:
        """See Releases."""
        conditions = ["last_release IS NULL", "key > :after"]
        values: dict[str, Any] = {"after": wanted.after, "limit": wanted.limit, "owner": wanted.owner}
        if wanted.owner is not None:
            conditions.append(f"{OWNERS[kind][0]} = :owner")
        if wanted.text:
            values["text"] = folded(wanted.text)
            searched = " || ' ' || ".join(f"coalesce(\"{name}\", '')" for name in ("key", *COLUMNS[kind]))
            conditions.append(f"instr(folded({searched}), :text) > 0")
        return tuple(self._kept(kind, f"WHERE {' AND '.join(conditions)} ORDER BY key LIMIT :limit", values))

    def history(self, key: Key) -> tuple[Kept, ...]:
        """See Releases."""
        return tuple(self._kept(key.kind, "WHERE key = :key ORDER BY first_release", {"key": key.id}))

    def differing(self, before: int, after: int) -> tuple[tuple[Key, Kept | None, Kept | None], ...]:
        """See Releases."""
        found: list[tuple[Key, Kept | None, Kept | None]] = []
        values = {"before": before, "after": after}
        held = "(first_release <= :{0} AND (last_release IS NULL OR last_release >= :{0}))"
        for kind in Kind:
            where = f"WHERE {held.format('before')} <> {held.format('after')} ORDER BY key, first_release"
            rows: dict[str, dict[bool, Kept]] = {}
            for kept in self._kept(kind, where, values):
                is_before = kept.first_release <= before and (kept.last_release is None or kept.last_release >= before)
                rows.setdefault(kept.piece.key.id, {})[is_before] = kept
            found.extend((Key(kind, key), sides.get(True), sides.get(False)) for key, sides in rows.items())
        return tuple(one for one in found if one[1] is None or one[2] is None or one[1].hash != one[2].hash)

    def _kept(self, kind: Kind, rest: str, values: dict[str, Any]) -> Iterator[Kept]:
        columns = ", ".join(f'"{name}"' for name in names(kind))
        for row in self._connection.execute(f"SELECT key, hash, first_release, last_release, {columns} FROM {TABLES[kind]} {rest}", values):
            yield Kept(piece_of(kind, row[0], row[4:]), row[1], row[2], row[3])


def _head(row: tuple[Any, ...] | None) -> StoredHead | None:
    return None if row is None else StoredHead(row[0], row[1], row[2], row[3], json.loads(row[4]), tuple(json.loads(row[5])))
