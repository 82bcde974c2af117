"""People who do whatever comes to their minds, in any order: whatever is published was approved by others, whole, and told by the audit."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from admin.curation.acting import REFUSALS, SYSTEM, Act
from admin.curation.editing import describe, open_change, put, put_many, remove, revert
from admin.curation.publishing import due, publish, roll_back
from admin.curation.reviewing import Take, approve, rebase, reject, submit, withdraw
from admin.publishing import latest_release
from notices.documents import Document
from review.audit import AuditLine, broken_lines
from review.change import About, Change, State, When, content_hash
from review.people import Actor, Role
from review.pieces import Key, Kind, piece
from review.proof_rows import StoredHead
from tests.admin.curation.state import everything
from tests.curated import ADA, CARLA, DIRK, DORA, FLEUR, FROZEN, NOW, RAVI, RUTH, TRUSTED, VERA, Curated, actor, curated_store, tag, term

OMAR = actor("omar", Role.ADMIN)
"""Somebody who may do everything but approve what they wrote."""
PEOPLE = st.sampled_from([CARLA, DORA, FLEUR, RUTH, RAVI, DIRK, ADA, OMAR, OMAR, VERA])
WRITERS, REVIEWERS = st.sampled_from([CARLA, CARLA, OMAR, DORA]), st.sampled_from([RUTH, RAVI, OMAR, DIRK])
TERMS = [
    *(term(text) for text in ("wo wähle ich", "briefwahl beantragen", "wie wähle ich")),
    *(term(text, "FR/fr/voting") for text in ("où voter aujourd'hui", "comment voter")),
    *(term(text, "001/en/voting") for text in ("where do i vote", "polling place")),
]
KEYS = st.sampled_from([key for key, _ in TERMS])
EXTRAS = st.sampled_from([{}, {"note": "1"}, {"note": "2"}, {"source": "s"}, {"near": ["a"]}, {"near": ["b"]}, {"unless": ["c"]}])
TEXTS = {key: body["text"] for key, body in TERMS}
RISKY = "001/en/"
"""Lists of the world in a language of the United States, which vote soon."""
WRITING = {"change.opened", "change.described", "change.edited", "change.rebased"}
PLACE = st.integers(0, 5)


class Walk(RuleBasedStateMachine):
    """One store, many people; what must hold is worked out beside it, from the audit lines and what was approved."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.curated: Curated = curated_store(Path(self.folder.name))
        self.changes: list[str] = []
        self.approved: dict[tuple[str, str], dict[Key, Document | None]] = {}
        self.held = self.bodies()
        self.published = 1

    def teardown(self) -> None:
        self.curated.store.close()
        self.folder.cleanup()

    # What people do

    @rule(who=PEOPLE, when=st.sampled_from([When.ASKED, When.APPROVED]))
    def opens(self, who: Actor, when: When) -> None:
        change = self.attempt(who, lambda act: open_change(act, About("A change", "Why", when=when)))
        if change is not None:
            self.changes.append(change.id)

    @precondition(lambda self: self.changes)
    @rule(who=PEOPLE, place=PLACE, key=KEYS, extra=EXTRAS, is_stale=st.booleans())
    def puts(self, who: Actor, place: int, key: Key, extra: Document, *, is_stale: bool) -> None:
        change = self.change(place)
        self.attempt(
            who, lambda act: put(act, change.id, key, {"text": TEXTS[key], **extra}, "0" * 32 if is_stale else tag(act, change, key))
        )

    @precondition(lambda self: self.changes)
    @rule(who=PEOPLE, place=PLACE, key=KEYS | st.just(Key(Kind.LIST, "FR/fr/voting")))
    def removes(self, who: Actor, place: int, key: Key) -> None:
        change = self.change(place)
        self.attempt(who, lambda act: remove(act, change.id, key, tag(act, change, key)))

    @precondition(lambda self: self.changes)
    @rule(who=PEOPLE, place=PLACE, key=KEYS)
    def reverts(self, who: Actor, place: int, key: Key) -> None:
        change = self.change(place)
        self.attempt(who, lambda act: revert(act, change.id, key, tag(act, change, key)))

    @precondition(lambda self: self.changes)
    @rule(who=PEOPLE, place=PLACE, keys=st.sets(KEYS, min_size=1, max_size=4), extra=EXTRAS)
    def imports(self, who: Actor, place: int, keys: set[Key], extra: Document) -> None:
        change = self.change(place)
        wanted = [piece(key, {"text": TEXTS[key], **extra}) for key in sorted(keys, key=str)]
        self.attempt(who, lambda act: put_many(act, change.id, wanted, ()))

    @precondition(lambda self: self.changes)
    @rule(who=PEOPLE, place=PLACE, title=st.sampled_from(["A change", "Another", ""]))
    def describes(self, who: Actor, place: int, title: str) -> None:
        change = self.change(place)
        self.attempt(who, lambda act: describe(act, change.id, About(title, "Why"), change.tag))

    @precondition(lambda self: self.changes)
    @rule(who=PEOPLE, place=PLACE)
    def submits(self, who: Actor, place: int) -> None:
        self.moves(who, place, submit)

    @precondition(lambda self: self.changes)
    @rule(who=PEOPLE, place=PLACE)
    def rejects(self, who: Actor, place: int) -> None:
        self.moves(who, place, lambda act, known_as, expected: reject(act, known_as, expected, "No."))

    @precondition(lambda self: len(self.changes) > 3)
    @rule(who=PEOPLE, place=PLACE)
    def withdraws(self, who: Actor, place: int) -> None:
        self.moves(who, place, withdraw)

    @precondition(lambda self: self.changes)
    @rule(who=PEOPLE, place=PLACE, take=st.sampled_from([None, Take.OURS, Take.THEIRS]))
    def rebases(self, who: Actor, place: int, take: Take | None) -> None:
        settled = dict.fromkeys(TEXTS, take) if take else {}
        self.moves(who, place, lambda act, known_as, expected: rebase(act, known_as, expected, settled))

    @precondition(lambda self: self.changes)
    @rule(who=PEOPLE | REVIEWERS, place=PLACE)
    def approves(self, who: Actor, place: int) -> None:
        change = self.moves(who, place, approve)
        if change is not None:
            edits = self.edits(change)
            assert change.content == content_hash(change.about, edits)
            self.approved[change.id, change.content] = {edit.key: edit.body for edit in edits}

    @rule(who=WRITERS, keys=st.sets(KEYS, min_size=1, max_size=3), extra=EXTRAS, reviewers=st.permutations([RUTH, RAVI, OMAR]))
    def sees_through(self, who: Actor, keys: set[Key], extra: Document, reviewers: list[Actor]) -> None:
        """Somebody writes a change and asks some others, so that something gets published at all."""
        self.opens(who, When.ASKED)
        if not self.changes:
            return
        last = len(self.changes[-6:]) - 1
        self.imports(who, last, keys, extra)
        self.submits(who, last)
        for one in reviewers[:2]:
            self.approves(one, last)
        self.publishes(reviewers[-1], [last])

    @rule(
        keys=st.sets(KEYS, min_size=1, max_size=3), extras=st.tuples(EXTRAS, EXTRAS), take=st.sampled_from([None, Take.OURS, Take.THEIRS])
    )
    def is_overtaken(self, keys: set[Key], extras: tuple[Document, Document], take: Take | None) -> None:
        """One change is published while another one of the same terms is approved, which is then rebased and seen through."""
        self.opens(CARLA, When.ASKED)
        mine = self.changes[-1]
        self.imports(CARLA, len(self.changes[-6:]) - 1, keys, extras[0])
        self.submits(CARLA, len(self.changes[-6:]) - 1)
        self.sees_through(OMAR, keys, extras[1], [RUTH, RAVI])
        place = self.changes[-6:].index(mine)
        self.rebases(CARLA, place, take)
        self.submits(OMAR, place)
        self.approves(RUTH, place)
        self.approves(RAVI, place)
        self.publishes(RUTH, [place])

    @precondition(lambda self: self.changes)
    @rule(who=PEOPLE | REVIEWERS, places=st.lists(PLACE, min_size=1, max_size=2))
    def publishes(self, who: Actor, places: list[int]) -> None:
        wanted = [self.change(place) for place in places]
        head = self.attempt_outside(lambda: publish(self.curated.press, who, [change.id for change in wanted]))
        if head is not None:
            self.check_published(head, {change.id: change for change in wanted})

    @rule()
    def publishes_what_is_due(self) -> None:
        with self.curated.look(SYSTEM) as act:
            ready = due(act)
        if ready:
            wanted = {known_as: self.curated.change(known_as) for known_as in ready[:1]}
            head = self.attempt_outside(lambda: publish(self.curated.press, SYSTEM, [*wanted]))
            if head is not None:
                self.check_published(head, wanted)

    @precondition(lambda self: self.published > 1)
    @rule(who=st.sampled_from([ADA, OMAR, RUTH]), back=st.integers(0, 3))
    def rolls_back(self, who: Actor, back: int) -> None:
        to = self.published - back
        head = self.attempt_outside(lambda: roll_back(self.curated.press, who, to, "Why"))
        if head is not None:
            assert who.has(Role.ADMIN)
            self.held = self.bodies(to)
            self.check_released(head)
            assert head.head["rollback_of"] == to

    @rule(moment=st.sampled_from([NOW, FROZEN]))
    def time_goes_by(self, moment: Any) -> None:
        self.curated.clock.now = moment

    # What must hold

    @invariant()
    def what_is_served_is_what_was_published(self) -> None:
        assert self.bodies() == self.held
        with self.curated.look() as act:
            assert list(broken_lines(act.unit.journal.all(), act.unit.journal.ever_written())) == []

    def check_published(self, head: StoredHead, wanted: dict[str, Change]) -> None:
        """The release is the one before it and what was approved; the audit alone says who wrote and who approved it."""
        for change in wanted.values():
            assert change.state is State.APPROVED
            edits = self.approved[change.id, change.content]
            self.held = {key: body for key, body in {**self.held, **edits}.items() if body is not None}
            is_risky = self.curated.clock.now == FROZEN and any(key.id.startswith(RISKY) for key in edits)
            (made,) = [one for one in head.head["changes"] if one["change"] == change.id]
            authors, approvers = told_by(self.lines(), change.id, change.content)
            assert not authors & approvers
            assert len(approvers) >= (2 if is_risky else 1)
            assert (set(made["authors"]), set(made["approvers"]), made["content"]) == (authors, approvers, change.content)
            assert self.curated.change(change.id).release == head.number
        self.check_released(head)

    def check_released(self, head: StoredHead) -> None:
        self.published += 1
        assert head.number == self.published
        served = latest_release(self.curated.store, self.curated.settings.release_file, TRUSTED)
        assert (served.release.number, served.digest, served.release.previous) == (head.number, head.digest, head.previous)
        lines = self.lines()
        place = next(place for place, line in enumerate(lines) if line.hash == served.release.audit)
        assert {line.action for line in lines[place + 1 :]} <= {"change.published", "release.published"}
        assert self.bodies() == self.held

    # How it is done

    def attempt(self, who: Actor, do: Callable[[Act], Any]) -> Any:
        def act() -> Any:
            with self.curated.act(who) as unit:
                return do(unit)

        return self.attempt_outside(act)

    def attempt_outside(self, do: Callable[[], Any]) -> Any:
        """What it gives; None where it is refused, which must have left an audit line and nothing else."""
        before, known = everything(self.curated), len(self.lines())
        try:
            return do()
        except REFUSALS as error:
            code = error.code
        assert everything(self.curated) == before
        assert [line.outcome for line in self.lines()[known:]] == [code]
        return None

    def moves(self, who: Actor, place: int, do: Callable[[Act, str, str], Change]) -> Any:
        change = self.change(place)
        return self.attempt(who, lambda act: do(act, change.id, change.tag))

    def change(self, place: int) -> Change:
        """One of the last few."""
        last = self.changes[-6:]
        return self.curated.change(last[min(place, len(last) - 1)])

    def edits(self, change: Change) -> tuple[Any, ...]:
        with self.curated.look() as act:
            return tuple(act.unit.changes.edits(change.id))

    def bodies(self, number: int | None = None) -> dict[Key, Document]:
        with self.curated.look() as act:
            return {kept.piece.key: kept.piece.body for kept in act.unit.releases.pieces(number)}

    def lines(self) -> list[AuditLine]:
        with self.curated.look() as act:
            return list(act.unit.journal.all())


def told_by(lines: list[AuditLine], change: str, content: str) -> tuple[set[str], set[str]]:
    """Who wrote any revision of a change, and who approved the content that was published, by nothing but its audit lines."""
    authors: set[str] = set()
    approvers: set[str] = set()
    submitted = ""
    for line in lines:
        if line.subject != change or line.outcome != "done":
            continue
        if line.action in WRITING:
            authors.add(line.actor)
            approvers, submitted = set(), ""
        elif line.action == "change.submitted":
            approvers, submitted = set(), line.detail["content"]
        elif line.action == "change.approved":
            assert line.detail["content"] == submitted
            approvers.add(line.actor)
        elif line.action == "change.published":
            assert line.detail["content"] == submitted == content
    return authors, approvers


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=10, stateful_step_count=30, deadline=None)
