"""That every row of a piece holds by itself: its hash, from when to when it holds, where it stands; whose edit made it is in proof_contents."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from review.pieces import Key, Kind, hash_of
from review.proof_rows import Exported, PieceRow, Problem, named


def piece_problems(exported: Exported) -> Iterator[Problem]:
    """Rows that are not what was written."""
    last = max((head.number for head in exported.heads), default=0)
    for row in exported.pieces:
        yield from _row_problems(row, last)
    yield from _overlaps(exported)
    yield from _misplaced(exported)


def _row_problems(row: PieceRow, last: int) -> Iterator[Problem]:
    try:
        is_same = hash_of(row.piece.key, row.piece.body) == row.hash
    except (TypeError, ValueError):
        is_same = False
    if not is_same:
        yield Problem(named(row), "its content does not have its hash")
    if not 1 <= row.first_release <= last:
        yield Problem(named(row), "there is no release from which on it holds")
    if row.last_release is not None and not row.first_release <= row.last_release < last:
        yield Problem(named(row), f"it cannot have held up to release {row.last_release}")


def _overlaps(exported: Exported) -> Iterator[Problem]:
    rows: dict[Key, list[PieceRow]] = defaultdict(list)
    for row in exported.pieces:
        rows[row.piece.key].append(row)
    for found in rows.values():
        found.sort(key=lambda row: row.first_release)
        for one, other in pairwise(found):
            if one.last_release is None or one.last_release >= other.first_release:
                yield Problem(named(other), "another row of the same document holds at that time")


def _misplaced(exported: Exported) -> Iterator[Problem]:
    """A piece stands where the one that it follows under its key stood, else behind all that were ever there."""
    ends: dict[Key, tuple[int | None, int]] = {}
    highest: dict[Kind, int] = defaultdict(int)
    newest: dict[Kind, int] = defaultdict(int)
    for row in exported.pieces:
        key, kind = row.piece.key, row.piece.key.kind
        before = ends.get(key)
        follows = before is not None and before[0] == row.first_release - 1
        if row.position != (before[1] if before and follows else highest[kind] + 1):
            yield Problem(named(row), "it does not stand where it was put")
        if row.first_release < newest[kind]:
            yield Problem(named(row), "it was written after a row of a later release")
        newest[kind] = max(newest[kind], row.first_release)
        highest[kind] = max(highest[kind], row.position)
        ends[key] = (row.last_release, row.position)
