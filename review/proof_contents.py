"""That what is served is what was approved: two releases differ by exactly the edits of the changes between them; who approved is in proof_eyes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from notices.documents import from_document
from notices.errors import InvalidDocument
from notices.release import Authorship
from review.change import Change, State
from review.pieces import Key
from review.proof_changes import holding
from review.proof_rows import EditRow, Exported, Problem, StoredHead, named

Hashes = Mapping[Key, str | None]


def content_problems(exported: Exported) -> Iterator[Problem]:
    """What came or went that nobody's change says, and what a change says that did not."""
    changes = {change.id: change for change in exported.changes}
    edits: dict[str, list[EditRow]] = defaultdict(list)
    for row in exported.edits:
        edits[row.change].append(row)
    came: dict[int, dict[Key, str | None]] = defaultdict(dict)
    went: dict[int, dict[Key, str | None]] = defaultdict(dict)
    for piece in exported.pieces:
        came[piece.first_release][piece.piece.key] = piece.hash
        if piece.last_release is not None:
            went[piece.last_release + 1][piece.piece.key] = piece.hash
    published: set[tuple[str, int]] = set()
    for head in exported.heads:
        what = f"release {head.number}"
        if head.head.get("rollback_of") is not None:
            yield from _rollback_problems(head, exported)
            continue
        made = authorship_of(head)
        if made is None:
            yield Problem(what, "who made it cannot be read")
            continue
        if head.number == 1 and not made:
            continue  # the starter, which nobody approved and which says so
        if not made:
            yield Problem(what, "it names no change that made it")
        for one in made:
            published.add((one.change, head.number))
            yield from _authorship_problems(what, one, changes.get(one.change), head.number)
        wanted = [row for one in made for row in holding(edits[one.change])]
        yield from _differences(what, wanted, came[head.number], went[head.number])
    for change in changes.values():
        if change.release is not None and (change.id, change.release) not in published:
            yield Problem(named(change), f"release {change.release}, in which it says it was published, does not name it")


def authorship_of(head: StoredHead) -> tuple[Authorship, ...] | None:
    """Who made and who approved the changes of a release; None where that cannot be read."""
    made = head.head.get("changes", [])
    try:
        return tuple(from_document(one, Authorship) for one in made)
    except (InvalidDocument, TypeError):
        return None


def _authorship_problems(what: str, made: Authorship, change: Change | None, number: int) -> Iterator[Problem]:
    if change is None:
        yield Problem(what, f"its change {made.change} is not there")
        return
    if change.content != made.content:
        yield Problem(what, f"the content of its change {change.id} is not the one that was signed")
    if (change.about.title, change.authors) != (made.title, made.authors):
        yield Problem(what, f"its change {change.id} has another title or other authors than was signed")
    if (change.state, change.release) != (State.PUBLISHED, number):
        yield Problem(what, f"its change {change.id} does not say that it was published in it")


def _differences(what: str, wanted: list[EditRow], came: Hashes, went: Hashes) -> Iterator[Problem]:
    says: dict[Key, EditRow] = {}
    for row in wanted:
        if row.edit.key in says:
            yield Problem(what, f"two of its changes edit the {row.edit.key}")
        says[row.edit.key] = row
    for key in dict.fromkeys((*says, *came, *went)):
        if key not in says:
            yield Problem(what, f"it holds the {key} otherwise than the release before it, and no change of it says so")
            continue
        row = says[key]
        if came.get(key) != row.edit.hash:
            yield Problem(what, f"it does not hold the {key} as change {row.change} has it")
        if went.get(key) != row.edit.base:
            yield Problem(what, f"change {row.change} edited another {key} than the one of the release before it")


def _rollback_problems(head: StoredHead, exported: Exported) -> Iterator[Problem]:
    older = head.head.get("rollback_of")
    if not isinstance(older, int) or not 1 <= older < head.number:
        yield Problem(f"release {head.number}", "it brings back a release that there was not")
        return
    now, then = _held(exported, head.number), _held(exported, older)
    for key in dict.fromkeys((*now, *then)):
        if now.get(key) != then.get(key):
            yield Problem(f"release {head.number}", f"it does not hold the {key} as release {older} does, which it says it brings back")


def _held(exported: Exported, number: int) -> dict[Key, str]:
    return {
        row.piece.key: row.hash
        for row in exported.pieces
        if row.first_release <= number and (row.last_release is None or row.last_release >= number)
    }
