"""An archive read again, line by line, with everything that is wrong with its lines; whether what they say holds is review.proof's."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from admin.archive import FORMAT, KINDS, Beginning, End, line_hash
from notices.documents import Document, canonical_bytes, from_document
from notices.errors import InvalidDocument
from notices.signing import ALGORITHM, TrustedKey, decode_key, key_id
from review.proof import prove
from review.proof_releases import is_signed
from review.proof_rows import DONE, Exported, Problem, Row, named

GZIP: Final = b"\x1f\x8b"
LONGEST: Final = 64 * 1024 * 1024
"""No line of an archive is longer; one piece is a megabyte at most."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What an archive, or a store, holds, and what does not hold; `signed_by` are the keys in the archive itself."""

    exported: Exported
    problems: tuple[Problem, ...]
    keys: tuple[TrustedKey, ...] = ()

    @property
    def summary(self) -> str:
        """One sentence about it."""
        found = self.exported
        published = sum(line.action == "change.published" and line.outcome == DONE for line in found.audit)
        return f"{len(found.heads)} releases, {len(found.pieces)} documents, {published} published changes, {len(found.audit)} audit lines"


def prove_rows(rows: Iterable[Row | Problem], ever_written: int, trusted: Collection[TrustedKey]) -> Proven:
    """A proof of what is read from a store."""
    found = tuple(rows)
    exported = Exported.of((row for row in found if not isinstance(row, Problem)), ever_written)
    return Proven(exported, (*(row for row in found if isinstance(row, Problem)), *prove(exported, trusted)))


def prove_archive(file: Path, trusted: Collection[TrustedKey] | None = None) -> Proven:
    """A proof of an archive; without trusted keys those that it brings itself are taken at their word. Raises OSError only."""
    with opened(file) as lines:
        read = _Reading()
        rows = list(read.rows(lines))
    believed = tuple(trusted) if trusted is not None else read.keys
    ever = read.beginning.ever_written if read.beginning else None
    exported = Exported.of(rows, ever)
    problems = (*read.problems, *read.end_problems(believed), *prove(exported, believed, read.keys))
    return Proven(exported, tuple(dict.fromkeys(problems)), read.keys)


@contextmanager
def opened(file: Path) -> Iterator[Iterable[bytes]]:
    """The lines of a file, gzipped or not; one that is cut short, or damaged inside its compression, simply ends."""
    with file.open("rb") as plain:
        is_gzipped = plain.read(2) == GZIP
    with gzip.open(file) if is_gzipped else file.open("rb") as found:
        yield _lines(found)


def _lines(found: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    try:
        while line := found.readline(LONGEST):
            yield line
    except (EOFError, gzip.BadGzipFile, zlib.error):
        yield b""


class _Reading:
    """What was found so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.keys: tuple[TrustedKey, ...] = ()
        self.beginning: Beginning | None = None
        self._end: End | None = None
        self._digest, self._lines = "", 0

    def rows(self, lines: Iterable[bytes]) -> Iterator[Row]:
        """Each row that can be read, whole or not."""
        told = hashlib.sha256()
        for number, line in enumerate(lines, 1):
            value = self._value(number, line)
            if self._end is not None:
                self._problem(number, "it stands behind the end")
            elif isinstance(value, End):
                self._end, self._digest, self._lines = value, f"sha256:{told.hexdigest()}", number - 1
            told.update(line)
            match value:
                case None | End():
                    pass
                case Beginning():
                    self._begin(number, value)
                case Problem():
                    self.problems.append(value)
                case _:
                    yield value

    def _value(self, number: int, line: bytes) -> Any:
        """What stands in a line, if it can be read at all; what is wrong with it is noted."""
        try:
            document: Document = json.loads(line)
            kind, row = document["kind"], document["row"]
            value = from_document(row, KINDS[kind])
            is_whole = line == canonical_bytes(document) + b"\n" and document.get("sha256") == line_hash(kind, row)
        except (ValueError, KeyError, TypeError, RecursionError, InvalidDocument):
            self._problem(number, "it cannot be read: it was damaged")
            return None
        if not is_whole:
            name = "" if isinstance(value, Beginning | End | Problem) else f" ({named(value)})"
            self.problems.append(Problem(f"line {number}{name}", "it is not as it was written"))
        return value

    def _begin(self, number: int, beginning: Beginning) -> None:
        if number != 1:
            self._problem(number, "an archive begins only once")
            return
        if beginning.format != FORMAT:
            self._problem(number, "it is of another format than this Signpost knows")
        self.beginning = beginning
        try:
            self.keys = tuple(map(decode_key, beginning.keys))
        except ValueError:
            self._problem(number, "its public keys cannot be read")

    def end_problems(self, trusted: Collection[TrustedKey]) -> Iterator[Problem]:
        """What the last line says of all before it."""
        if self.beginning is None:
            yield Problem("the archive", "its first line is missing")
        if self._end is None:
            yield Problem("the archive", "its last line is missing: it was cut short")
            return
        if (self._end.lines, self._end.digest) != (self._lines, self._digest):
            yield Problem("the archive", "its lines are not those that were signed: some were altered, added or taken out")
        everybody = {key_id(one.key): one for one in (*self.keys, *trusted)}
        believed, counted = {key_id(one.key) for one in trusted}, 0
        for signature in self._end.signatures:
            one = everybody.get(signature.key_id)
            if one is None or signature.algorithm != ALGORITHM:
                yield Problem("the archive", "it has a signature by a key that is not known here")
            elif not is_signed(self._end.digest, signature, one):
                yield Problem("the archive", f"the signature by key {signature.key_id} is not over its lines")
            else:
                counted += signature.key_id in believed
        if not counted:
            yield Problem("the archive", "no key that is trusted has signed it")

    def _problem(self, number: int, why: str) -> None:
        self.problems.append(Problem(f"line {number}", why))
