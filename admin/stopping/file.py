"""The stops file beside the database: read strictly, changed by one writer at a time, replaced whole. Who follows it is following's business."""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from admin.stopping.errors import StopsNotWritten, StopsUnreadable
from admin.whole_files import unfinished, write_whole
from notices.answer import rfc3339
from notices.documents import Document, from_document
from notices.errors import InvalidDocument
from notices.stops import EVERYTHING, Stop, StopKind, is_in_force
from web.body import parse_json
from web.errors import Malformed

LARGEST: Final = 1_000_000
"""Bytes; some thousand stops."""
READABLE: Final = 0o644
"""Whoever sets a stop may be another user than the one that serves."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A stop as it stands in the file; a person in a hurry may leave out all but what is stopped."""

    kind: str
    target: str = EVERYTHING
    reason: str = ""
    set_by: str = ""
    set_at: datetime | None = None
    ends_at: datetime | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class _Whole:
    """The file."""

    stops: tuple[_Entry, ...]


def read_stops(file: Path) -> tuple[Stop, ...]:
    """The stops of the file, ended ones too; none where there is no file. Raises StopsUnreadable."""
    try:
        with file.open("rb") as opened:
            data, written_at = opened.read(LARGEST + 1), os.fstat(opened.fileno()).st_mtime
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StopsUnreadable(f"{file.name} cannot be read: {error.strerror}.") from error
    if len(data) > LARGEST:
        raise StopsUnreadable(f"{file.name} is larger than {LARGEST} bytes.")
    try:
        document = parse_json(data)
        if not isinstance(document, dict):
            raise InvalidDocument("it must be an object with a list of `stops`", "$")
        entries = from_document(document, _Whole).stops
        return tuple(_stop(entry, number, datetime.fromtimestamp(written_at, UTC)) for number, entry in enumerate(entries))
    except Malformed as error:
        wrong = error.detail.replace("The body", "it").partition(";")[0].rstrip(".")
        raise StopsUnreadable(f"{file.name} is damaged: {wrong}.") from error
    except InvalidDocument as error:
        raise StopsUnreadable(f"{file.name} is damaged: {error} at {error.path}.") from error


def add_stop(file: Path, stop: Stop) -> Stop:
    """Keep one stop more, durable when this returns; the stop, under an id of its own where it has none. Ended ones go.

    A damaged file may hold stops that are in force, so it is left alone and StopsUnreadable raised; only a stop on everything without an
    end, which stands for whatever it held, replaces it, and the damaged one stays beside it. Raises StopsNotWritten.
    """
    with _alone(file):
        given = stop if stop.id else replace(stop, id=secrets.token_hex(4))
        try:
            kept = read_stops(file)
        except StopsUnreadable as error:
            if stop.kind is not StopKind.EVERYTHING or stop.ends_at is not None:
                raise StopsUnreadable(f"{error} Mend it, or set a stop on everything without an end, which needs nothing of it.") from error
            _keep_beside(file, file.with_suffix(f".damaged-{given.id}.json"))
            kept = ()
        _write(file, (*(one for one in kept if one.id != given.id), given), stop.set_at)
        return given


def lifted(file: Path, ids: Collection[str], now: datetime) -> tuple[Stop, ...]:
    """Take stops out of the file by their ids, durable when this returns; those that remain. Ended ones go too.

    Whether these people may lift them is for the caller to ask. Raises StopsUnreadable and StopsNotWritten.
    """
    with _alone(file):
        kept = read_stops(file)
        return _write(file, (stop for stop in kept if stop.id not in ids), now) if kept else ()


def stop_document(stop: Stop) -> Document:
    """A stop as it is written, for people too."""
    return {
        "id": stop.id,
        "kind": stop.kind.value,
        "target": stop.target,
        "reason": stop.reason,
        "set_by": stop.set_by,
        "set_at": rfc3339(stop.set_at),
        "ends_at": rfc3339(stop.ends_at) if stop.ends_at else None,
    }


def _stop(entry: _Entry, number: int, written_at: datetime) -> Stop:
    where = f"$.stops[{number}]"
    if entry.kind not in set(StopKind):
        raise InvalidDocument(f"it must be one of {', '.join(StopKind)}", f"{where}.kind")
    kind = StopKind(entry.kind)
    target = EVERYTHING if kind is StopKind.EVERYTHING else _tidy(kind, entry.target)
    if not target and kind is not StopKind.EVERYTHING:
        raise InvalidDocument(f"a stop on a {kind} must name it", f"{where}.target")
    set_at = _instant(entry.set_at, f"{where}.set_at") or written_at
    ends_at = _instant(entry.ends_at, f"{where}.ends_at")
    return Stop(kind, target, entry.reason, entry.set_by, set_at, ends_at, entry.id or _id_of(entry))


def _tidy(kind: StopKind, target: str) -> str:
    """As codes are written: in an emergency nobody should miss by a capital letter."""
    target = target.strip()
    if kind is StopKind.REGION:
        return target.upper().replace("_", "-")
    return target.lower() if kind is StopKind.TOPIC else target


def _instant(moment: datetime | None, where: str) -> datetime | None:
    if moment is None:
        return None
    try:
        if moment.tzinfo is None:
            raise InvalidDocument("a time needs an offset, such as 2026-11-03T12:00:00-06:00,", where)
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise InvalidDocument("a time lies outside the calendar", where) from error


def _id_of(entry: _Entry) -> str:
    """The id of a stop that was written by hand without one: the same in every process."""
    return hashlib.sha256(repr((entry.kind, entry.target, entry.reason, entry.set_at)).encode()).hexdigest()[:8]


def _keep_beside(file: Path, other: Path) -> None:
    try:
        os.link(file, other)
    except OSError:  # not ours to link to, or no file at all
        file.rename(other)


def _write(file: Path, stops: Iterable[Stop], now: datetime) -> tuple[Stop, ...]:
    kept = tuple(stop for stop in stops if is_in_force(stop, now))
    write_whole(file, json.dumps({"stops": [stop_document(stop) for stop in kept]}, ensure_ascii=False, indent=2) + "\n", READABLE)
    return kept


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """No other writer meanwhile, in this process or another; the lock goes with whoever holds it, however that ends."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file.with_suffix(".lock"), os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, READABLE)
        try:
            with suppress(PermissionError):  # another user made it, and did the same
                os.fchmod(descriptor, READABLE)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            for left in unfinished(file):
                left.unlink()
            yield
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StopsNotWritten(f"{file.name} cannot be written: {error.strerror}. Nothing was changed.") from error
