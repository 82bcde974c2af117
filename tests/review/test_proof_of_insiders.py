"""Who holds the signing key and may write every row still cannot publish past four eyes unnoticed, though chains and signatures fit."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from notices.documents import from_document, to_document
from notices.release import Release
from notices.signing import sign
from review.assembly import assemble
from review.audit import BEGINNING, AuditLine, line_hash
from review.pieces import Key, Kind, Piece, plain_document
from review.proof import prove
from review.proof_releases import held_in
from review.proof_rows import Exported, PieceRow, Problem, StoredHead
from tests.curated import SIGNING_KEY, TRUSTED
from tests.proven import proven_store

Edit = Callable[[AuditLine], AuditLine]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    curated = proven_store(tmp_path_factory.mktemp("insiders"))
    with curated.store.reading() as unit:
        rows = [row for row in unit.rows.all() if not isinstance(row, Problem)]
        found = Exported.of(rows, unit.journal.ever_written())
    curated.store.close()
    assert list(prove(found, TRUSTED)) == []
    return found


def chained(lines: Iterable[AuditLine]) -> tuple[AuditLine, ...]:
    """The lines as one chain whose hashes are right."""
    made: list[AuditLine] = []
    for number, line in enumerate(lines, 1):
        fresh = replace(line, number=number, previous=made[-1].hash if made else BEGINNING)
        made.append(replace(fresh, hash=line_hash(fresh)))
    return tuple(made)


def signed_anew(exported: Exported) -> Exported:
    """Every release with the right digest, signature, predecessor and tie to the audit, whatever it holds; and the audit telling so."""
    lines, heads, previous = list(exported.audit), [], None
    for head in exported.heads:
        lines = list(chained(lines))
        place = next(at for at, line in enumerate(lines) if line.action == "release.published" and line.subject == str(head.number))
        first = place
        while first and lines[first - 1].action == "change.published":
            first -= 1
        document = {**head.head, "previous": previous} | ({"audit": lines[first - 1].hash} if head.number > 1 else {})
        rows = sorted(exported.pieces, key=lambda row: (list(Kind).index(row.piece.key.kind), row.position))
        whole = sign(from_document(assemble(document, held_in(rows, head.number)), Release), (SIGNING_KEY,))
        signatures = tuple(plain_document(to_document(one)) for one in whole.signatures)
        heads.append(StoredHead(head.number, whole.digest, previous, head.made_at, document, signatures))
        told = {
            "digest": whole.digest,
            "previous": previous,
            **({"changes": made} if (made := document.get("changes")) is not None else {}),
        }
        lines[place] = replace(lines[place], detail={**lines[place].detail, **told})
        previous = whole.digest
    return replace(exported, heads=tuple(heads), audit=chained(lines), ever_written=len(lines))


def problems(exported: Exported) -> list[str]:
    return [str(problem) for problem in prove(signed_anew(exported), TRUSTED)]


def with_lines(exported: Exported, edit: Edit) -> Exported:
    return replace(exported, audit=tuple(edit(line) for line in exported.audit))


def test_what_was_only_signed_anew_has_no_problem(exported: Exported) -> None:
    assert problems(exported) == []


def test_a_document_that_no_change_brought_is_named(exported: Exported) -> None:
    body = {"text": "vote on thursday"}
    extra = Piece(Key(Kind.TERM, "DE/de/voting/extra"), body)
    last = max(row.position for row in exported.pieces if row.piece.key.kind is Kind.TERM)
    found = problems(replace(exported, pieces=(*exported.pieces, PieceRow(extra, extra.hash, 3, 3, last + 1))))
    sentence = "holds the term DE/de/voting/extra otherwise than the release before it, and no change of it says so"
    assert f"release 3: it {sentence}" in found
    assert "release 4: it brings back" not in "\n".join(found)


def test_a_rollback_that_brings_back_something_else_is_named(exported: Exported) -> None:
    rows = tuple(replace(row, last_release=3) if row.piece.key.id == "HK" else row for row in exported.pieces)
    found = problems(replace(exported, pieces=rows))
    assert "release 4: it does not hold the region HK as release 2 does, which it says it brings back" in found


def second(exported: Exported) -> str:
    return next(change.id for change in exported.changes if change.about.title == "Second")


def approved_by(exported: Exported, old: str, new: str) -> Exported:
    """As if somebody else had approved the second change, everywhere."""
    change = second(exported)

    def edit(line: AuditLine) -> AuditLine:
        is_it = line.action == "change.approved" and line.subject == change and line.actor == old
        return replace(line, actor=new) if is_it else line

    def head(one: StoredHead) -> StoredHead:
        made = [
            {**each, "approvers": [new if name == old else name for name in each["approvers"]]} if each["change"] == change else each
            for each in one.head.get("changes", [])
        ]
        return replace(one, head={**one.head, "changes": made} if made else one.head)

    kept = (replace(one, person=new) if (one.change, one.person) == (change, old) else one for one in exported.approvals)
    return replace(with_lines(exported, edit), heads=tuple(map(head, exported.heads)), approvals=tuple(kept))


@pytest.mark.parametrize("author", ["carla", "dora"], ids=["who wrote most of it", "who reverted one edit"])
def test_an_author_who_approved_is_named(exported: Exported, author: str) -> None:
    found = problems(approved_by(exported, "ravi", author))
    assert any(line.startswith(f"change {second(exported)}: {author}, who wrote some of it, approved it") for line in found)


def test_the_same_reviewer_twice_is_one(exported: Exported) -> None:
    change = second(exported)

    def edit(line: AuditLine) -> AuditLine:
        is_it = line.action == "change.approved" and line.subject == change
        return replace(line, detail={**line.detail, "needed": 2}) if is_it else line

    both = with_lines(exported, edit)
    assert problems(both) == []
    found = problems(approved_by(both, "ravi", "ruth"))
    assert f"change {change}: it was published with 1 approvals after its last edit, and took 2" in found


def test_an_approval_of_something_else_is_named(exported: Exported) -> None:
    change = second(exported)

    def edit(line: AuditLine) -> AuditLine:
        is_it = line.action == "change.approved" and line.subject == change and line.actor == "ravi"
        return replace(line, detail={**line.detail, "content": "0" * 64}) if is_it else line

    assert any("approves another content than the published one" in line for line in problems(with_lines(exported, edit)))


def test_an_edit_after_the_approval_is_named(exported: Exported) -> None:
    """The line of an edit stands after the approvals, as it would if somebody had slipped something in."""
    change = second(exported)
    lines = list(exported.audit)
    place = next(at for at, line in enumerate(lines) if line.action == "change.published" and line.subject == change)
    edited = next(line for line in lines if line.action == "change.edited" and line.subject == change)
    lines.insert(place, edited)
    found = problems(replace(exported, audit=tuple(lines)))
    assert f"change {change}: it was published with 0 approvals after its last edit, and took 1" in found
    assert f"change {change}: it was published with a content that nobody submitted for review" in found


def test_a_release_without_any_change_is_named(exported: Exported) -> None:
    heads = tuple(replace(one, head={**one.head, "changes": []}) if one.number == 2 else one for one in exported.heads)
    found = problems(replace(exported, heads=heads))
    assert "release 2: it names no change that made it" in found


def test_a_release_from_before_its_predecessor_is_named(exported: Exported) -> None:
    found = [str(one) for one in prove(replace(exported, heads=exported.heads[1:]), TRUSTED)]
    assert "release 2: there is no release with the number before it" in found
    assert "release 1: the audit says that it was published, but it is not there" in found


def test_lines_that_were_cut_off_are_missed_where_their_number_is_known(exported: Exported) -> None:
    cut = replace(exported, audit=exported.audit[:-1])
    assert any("are missing" in str(one) for one in prove(cut, TRUSTED))


def test_a_key_that_was_not_trusted_yet_or_any_more_is_no_key(exported: Exported) -> None:
    made_at = max(change.changed_at for change in exported.changes)
    old = replace(TRUSTED[0], valid_until=made_at - timedelta(days=400))
    assert sum("no key that is trusted for its time" in str(one) for one in prove(exported, (old,))) == 4


def test_a_starter_from_before_there_was_an_audit_is_accepted(exported: Exported) -> None:
    """Databases of before have no line for it; a release that names changes always has one."""
    alone = replace(
        exported,
        heads=exported.heads[:1],
        pieces=tuple(replace(row, last_release=None) for row in exported.pieces if row.first_release == 1),
        **dict.fromkeys(("changes", "edits", "approvals", "audit"), ()),
        ever_written=0,
    )
    assert list(prove(alone, TRUSTED)) == []
    later = replace(alone, heads=(replace(alone.heads[0], head={**alone.heads[0].head, "changes": [{"change": "x"}]}),))
    assert "release 1: no audit line says that it was published" in [str(one) for one in prove(later, TRUSTED)]
