"""That each release, put together from its pieces, is what was signed, by whom it should be, and follows the one before it."""

import base64
import hashlib
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from cryptography.exceptions import InvalidSignature

from notices.documents import canonical_bytes, from_document
from notices.errors import InvalidDocument
from notices.signing import ALGORITHM, Signature, TrustedKey, key_id
from review.assembly import assemble
from review.errors import NotAPiece
from review.pieces import Kind, Piece
from review.proof_rows import Exported, PieceRow, Problem, StoredHead

_ORDER = {kind: place for place, kind in enumerate(Kind)}


def release_problems(exported: Exported, trusted: Collection[TrustedKey], known: Collection[TrustedKey]) -> Iterator[Problem]:
    """Numbers, the chain of digests, digests, and signatures."""
    rows = sorted(exported.pieces, key=lambda row: (_ORDER[row.piece.key.kind], row.position))
    everybody = {key_id(one.key): one for one in (*known, *trusted)}
    believed = frozenset(key_id(one.key) for one in trusted)
    before: StoredHead | None = None
    for head in sorted(exported.heads, key=lambda one: one.number):
        what = f"release {head.number}"
        if head.number != (before.number if before else 0) + 1:
            yield Problem(what, "there is no release with the number before it")
        if head.previous != (before.digest if before else None):
            yield Problem(what, "it does not name the digest of the release before it")
        for name, said in (("number", head.number), ("previous", head.previous), ("made_at", head.made_at)):
            if head.head.get(name) != said:
                yield Problem(what, f"its {name} is not the one that was signed")
        if _digest(head, held_in(rows, head.number)) != head.digest:
            yield Problem(what, "what it holds does not have the digest that was signed: something of it was altered, added or taken out")
        yield from _signature_problems(head, everybody, believed)
        before = head


def held_in(rows: Collection[PieceRow], number: int) -> Iterator[Piece]:
    """The pieces of a release."""
    return (row.piece for row in rows if row.first_release <= number and (row.last_release is None or row.last_release >= number))


def _digest(head: StoredHead, pieces: Iterator[Piece]) -> str | None:
    try:
        return f"sha256:{hashlib.sha256(canonical_bytes(assemble(head.head, pieces))).hexdigest()}"
    except (NotAPiece, KeyError, TypeError, ValueError):
        return None


def _signature_problems(head: StoredHead, everybody: Mapping[str, TrustedKey], believed: frozenset[str]) -> Iterator[Problem]:
    what, counted = f"release {head.number}", 0
    try:
        made_at = datetime.fromisoformat(head.made_at)
        signatures = tuple(from_document(one, Signature) for one in head.signatures)
    except (InvalidDocument, ValueError, TypeError):
        yield Problem(what, "its time or its signatures cannot be read")
        return
    for signature in signatures:
        one = everybody.get(signature.key_id)
        if one is None or signature.algorithm != ALGORITHM:
            yield Problem(what, "it has a signature by a key that is not known here")
        elif not is_signed(head.digest, signature, one):
            yield Problem(what, f"the signature by key {signature.key_id} is not over its digest")
        elif signature.key_id in believed:
            counted += made_at.tzinfo is not None and one.is_valid_at(made_at)
    if not counted:
        yield Problem(what, "no key that is trusted for its time has signed it")


def is_signed(digest: str, signature: Signature, trusted: TrustedKey) -> bool:
    """Whether the key signed the digest, and the signature is written as it was made."""
    try:
        value = base64.b64decode(signature.value, validate=True)
        trusted.key.verify(value, digest.encode())
    except (InvalidSignature, ValueError):
        return False
    return base64.b64encode(value).decode() == signature.value
