"""What is served is what was approved, by four eyes, and nobody altered it since: proven from an export alone; how it is read, others say."""

from collections.abc import Collection, Iterator

from notices.signing import TrustedKey
from review.proof_chain import chain_problems
from review.proof_changes import change_problems
from review.proof_contents import content_problems
from review.proof_edits import edit_problems
from review.proof_eyes import eyes_problems
from review.proof_pieces import piece_problems
from review.proof_releases import release_problems
from review.proof_rows import Exported, Problem

__all__ = ["Exported", "Problem", "prove"]


def prove(exported: Exported, trusted: Collection[TrustedKey], known: Collection[TrustedKey] = ()) -> Iterator[Problem]:
    """Everything that does not hold, each named; nothing where all is as it was written, signed and approved.

    A release must be signed by a `trusted` key; signatures by keys that are merely `known` are checked too. Nothing stops at the first problem.
    """
    yield from chain_problems(exported)
    yield from piece_problems(exported)
    yield from release_problems(exported, trusted, known)
    yield from edit_problems(exported)
    yield from change_problems(exported)
    yield from content_problems(exported)
    yield from eyes_problems(exported)
