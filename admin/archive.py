"""The archive: a store's whole history in one file of JSON lines, for proof without the store; how one is read again is in archive_reading.

Each line is canonical JSON (RFC 8785) with its kind, its row, and the SHA-256 of both; the last one carries the digest of all bytes
before it, signed. Which kinds there are is told in docs/security.md. It holds names, never addresses, secrets or hashes of passwords.
"""

import base64
import hashlib
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from admin.workbench import Workbench, signing_keys, trusted
from notices.documents import Document, canonical_bytes, to_document
from notices.signing import Signature, TrustedKey, encode_key, key_id
from review.audit import AuditLine
from review.change import Approval, Change, Comment
from review.pieces import plain_document
from review.proof_rows import EditRow, PersonRow, PieceRow, Problem, Row, StoredHead
from store.protocol import Store
from store.sqlite import SqliteStore

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first line: when the archive was made, how many audit lines there ever were, and the public keys of then."""

    made_at: str
    ever_written: int
    keys: tuple[str, ...]
    format: int


@dataclass(frozen=True, slots=True)
class End:
    """The last line: how many lines stand before it, the digest of their bytes, and the signatures over that."""

    lines: int
    digest: str
    signatures: tuple[Signature, ...]


KINDS: Final[dict[str, type[Any]]] = {
    "archive": Beginning,
    "person": PersonRow,
    "release": StoredHead,
    "piece": PieceRow,
    "change": Change,
    "edit": EditRow,
    "approval": Approval,
    "comment": Comment,
    "audit": AuditLine,
    "problem": Problem,
    "end": End,
}
"""What a line may hold, by its kind."""
NAMES: Final = {kind: name for name, kind in KINDS.items()}


def archive_lines(beginning: Beginning, rows: Iterable[Row | Problem], keys: Collection[Ed25519PrivateKey]) -> Iterator[bytes]:
    """The archive, line by line; what could not be read in the store stands in it as a problem."""
    told, number = hashlib.sha256(), 0
    for value in chain((beginning,), rows):
        line = line_of(value)
        told.update(line)
        number += 1
        yield line
    digest = f"sha256:{told.hexdigest()}"
    signatures = tuple(Signature(key_id(key.public_key()), base64.b64encode(key.sign(digest.encode())).decode()) for key in keys)
    yield line_of(End(number, digest, signatures))


def line_of(value: object) -> bytes:
    """One line."""
    kind, row = NAMES[type(value)], plain_document(to_document(value))
    document: Document = {"kind": kind, "row": row, "sha256": line_hash(kind, row)}
    return canonical_bytes(document) + b"\n"


def line_hash(kind: str, row: Document) -> str:
    """What gives away that a line was damaged."""
    return hashlib.sha256(canonical_bytes([kind, row])).hexdigest()  # type: ignore[arg-type]  # any JSON


def write_archive(bench: Workbench, out: BinaryIO) -> int:
    """Write what the store of a bench holds now; how many lines. The store itself is held up only while a copy of it is made."""
    settings = bench.settings
    keys = signing_keys(settings)
    public = (*trusted(settings), *(TrustedKey(key.public_key()) for key in keys))
    names = tuple(dict.fromkeys(map(encode_key, public)))
    with tempfile.TemporaryDirectory(dir=settings.database.parent, prefix=".archive-") as folder:
        copy = copied(bench.desk.store, Path(folder) / "copy.db")
        try:
            return _write(copy, names, keys, bench.desk.clock(), out)
        finally:
            copy.close()


def copied(store: Store, file: Path) -> SqliteStore:
    """A copy of a store, for reading only."""
    store.back_up(file)
    return SqliteStore(file, read_only=True)


def _write(store: Store, names: tuple[str, ...], keys: Collection[Ed25519PrivateKey], now: datetime, out: BinaryIO) -> int:
    written = 0
    with store.reading() as unit:
        beginning = Beginning(now.isoformat(), unit.journal.ever_written(), names, FORMAT)
        for line in archive_lines(beginning, unit.rows.all(), keys):
            out.write(line)
            written += 1
    return written
