"""From approved changes, or an older release, to a new one: whole, checked, signed, in the file too; or not at all."""

import json
import sqlite3
import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from admin.curation.acting import SYSTEM
from admin.curation.editing import open_change, put, remove
from admin.curation.publishing import Press, due, publish, roll_back
from admin.curation.reviewing import approve, submit
from admin.errors import KeyProblem, NothingToServe
from admin.publishing import latest_release, put_out, stored_envelope, write_release_file
from keywords.known_checks import Finding, Severity
from keywords.lists import KeywordList, Term
from notices.documents import from_document, to_document
from notices.errors import InvalidDocument, UntrustedRelease
from notices.release import Release
from notices.release_file import load_release_file
from notices.signing import TrustedKey, sign
from review.assembly import head_of
from review.change import About, Approval, State, When, content_hash
from review.errors import Blocked, Conflicting, FourEyes, MoveNotAllowed, NotAllowed, NotAPiece, Stale, Unknown
from review.events import Event, Hook
from review.people import Actor, Role
from review.pieces import Key, Kind, hash_of
from store.sqlite import SqliteStore
from tests.admin.curation.state import lines, refusing
from tests.curated import (
    ADA,
    CARLA,
    DIRK,
    DORA,
    FLEUR,
    FROZEN,
    NOW,
    RAVI,
    RUTH,
    TRUSTED,
    VERA,
    Curated,
    actor,
    curated_store,
    small_release,
    tag,
    term,
)

OLD, OLD_BODY = term("wo wähle ich")
NEW, NEW_BODY = term("wie wähle ich")
FRENCH, FRENCH_BODY = term("comment voter", "FR/fr/voting")
AMERICAN, AMERICAN_BODY = term("polling place", "001/en/voting")
LIST = Key(Kind.LIST, "DE/de/voting")
LIST_BODY = {"region": "DE", "language": "de", "topic": "voting", "must_match": ["wo wähle ich heute"]}
NOTICE = Key(Kind.NOTICE, "de-notice")
CAMPAIGN = Key(Kind.CAMPAIGN, "de-voting")


def number(curated: Curated) -> int:
    """The latest release's, which verifies, in the store and in the file alike."""
    with curated.look() as act:
        stored = stored_envelope(act.unit)
    assert stored is not None
    served = load_release_file(curated.settings.release_file, TRUSTED)
    assert (served.digest, served.release.number) == (stored["digest"], stored["release"]["number"])
    assert latest_release(curated.store, curated.settings.release_file, TRUSTED).digest == served.digest
    return served.release.number


def bodies(curated: Curated, at: int | None = None) -> dict[Key, Any]:
    with curated.look() as act:
        return {kept.piece.key: kept.piece.body for kept in act.unit.releases.pieces(at)}


# One release of one change, or of several


def test_a_change_becomes_a_release_that_is_the_one_before_and_its_edits(curated: Curated) -> None:
    before = bodies(curated)
    with curated.act(CARLA) as act:
        change = open_change(act, About("German words", "Needed"))
        put(act, change.id, NEW, NEW_BODY, "")
        put(act, change.id, OLD, {**OLD_BODY, "note": "n"}, tag(act, change, OLD))
        change = remove(act, change.id, CAMPAIGN, tag(act, change, CAMPAIGN))
        change = submit(act, change.id, change.tag)
    with curated.act(RUTH) as act:
        change = approve(act, change.id, change.tag)
    head = publish(curated.press, RAVI, [change.id])
    expected = {**before, NEW: NEW_BODY, OLD: {**OLD_BODY, "note": "n"}}
    del expected[CAMPAIGN]
    assert bodies(curated) == expected
    assert bodies(curated, 1) == before
    assert (head.number, number(curated)) == (2, 2)
    (made,) = head.head["changes"]
    assert (made["change"], made["title"], made["content"]) == (change.id, "German words", change.content)
    assert (made["authors"], made["approvers"]) == (["carla"], ["ruth"])
    published = curated.change(change.id)
    assert (published.state, published.release, published.content) == (State.PUBLISHED, 2, change.content)


def test_the_release_signs_the_audit_chain_up_to_it_and_the_chain_names_the_release(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    last = lines(curated)[0]
    head = publish(curated.press, RUTH, [change.id])
    assert head.head["audit"] == last.hash
    released, published = lines(curated)[:2]
    assert (published.action, published.subject, published.detail["content"]) == ("change.published", change.id, change.content)
    assert (released.action, released.subject, released.detail["digest"]) == ("release.published", "2", head.digest)
    assert (released.detail["previous"], released.actor) == (head.previous, "ruth")


def test_several_changes_become_one_release(curated: Curated) -> None:
    with curated.store.writing() as unit:
        unit.events.add_hook(Hook("h1", "https://hooks.example/", "secret", (Event.RELEASE_PUBLISHED,), "ada", NOW))
    german, french = curated.approved(DORA, [(NEW, NEW_BODY)]), curated.approved(FLEUR, [(FRENCH, FRENCH_BODY)])
    head = publish(curated.press, RUTH, [german.id, french.id, german.id])
    assert [one["change"] for one in head.head["changes"]] == [german.id, french.id]
    assert {NEW, FRENCH} <= bodies(curated).keys()
    assert [curated.change(one.id).release for one in (german, french)] == [2, 2]
    with curated.look() as act:
        assert [one.body["changes"] for one in act.unit.events.due(NOW)] == [[german.id, french.id]]


@pytest.mark.parametrize(
    ("second", "error"),
    [
        pytest.param(lambda curated: curated.submitted(FLEUR, [(FRENCH, FRENCH_BODY)]).id, MoveNotAllowed, id="one is in review"),
        pytest.param(lambda curated: curated.edited(FLEUR, [(FRENCH, FRENCH_BODY)]).id, MoveNotAllowed, id="one is a draft"),
        pytest.param(lambda _: "20260101-00000000", Unknown, id="one is not there"),
        pytest.param(lambda curated: curated.approved(DORA, [(NEW, {**NEW_BODY, "note": "n"})]).id, Conflicting, id="both edit the same"),
        pytest.param(lambda curated: curated.approved(CARLA, [(LIST, {**LIST_BODY, "must_match": ["x"]})]).id, Blocked, id="one is wrong"),
    ],
)
def test_several_changes_are_published_all_or_none(curated: Curated, second: Callable[[Curated], str], error: type[Exception]) -> None:
    good, other = curated.approved(DORA, [(NEW, NEW_BODY)]), second(curated)
    with refusing(curated, error):
        publish(curated.press, RUTH, [good.id, other])
    assert (number(curated), curated.change(good.id)) == (1, good)
    publish(curated.press, RUTH, [good.id])


def test_what_has_been_published_is_not_published_again(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    publish(curated.press, RUTH, [change.id])
    with refusing(curated, MoveNotAllowed):
        publish(curated.press, RUTH, [change.id])
    with refusing(curated, MoveNotAllowed, match="at least one"):
        publish(curated.press, RUTH, [])


@pytest.mark.parametrize("who", [CARLA, VERA, FLEUR, actor("f", Role.ADMIN, "FR"), Actor("nobody", ())], ids=lambda who: who.person)
def test_only_reviewers_of_all_of_it_publish(curated: Curated, who: Actor) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    with refusing(curated, NotAllowed):
        publish(curated.press, who, [change.id])
    assert publish(curated.press, DIRK, [change.id]).number == 2


# Checks


def test_new_errors_block_and_are_told(curated: Curated) -> None:
    change = curated.approved(CARLA, [(LIST, {**LIST_BODY, "must_match": ["etwas ganz anderes"]})])
    with refusing(curated, Blocked) as told:
        publish(curated.press, RUTH, [change.id])
    assert [finding.place for finding in told.value.findings] == ["DE/de/voting"]  # type: ignore[attr-defined]


@pytest.fixture
def flawed(tmp_path: Path) -> Curated:
    """A store whose release has an error that stands: a sample that its list does not match."""
    release = small_release()
    wrong = KeywordList("DE", "de", "results", (Term("wahlergebnis"),), must_match=("etwas ganz anderes",))
    return curated_store(tmp_path, release=replace(release, lists=(*release.lists, wrong)))


def test_standing_errors_block_nothing_and_new_ones_beside_them_do(flawed: Curated) -> None:
    publish(flawed.press, RUTH, [flawed.approved(DORA, [(NEW, NEW_BODY)]).id])
    change = flawed.approved(CARLA, [(LIST, {**LIST_BODY, "must_match": ["noch etwas anderes"]})])
    with refusing(flawed, Blocked, match="1 check blocks"):
        publish(flawed.press, RUTH, [change.id])
    mended = {"region": "DE", "language": "de", "topic": "results", "must_match": ["wahlergebnis heute"]}
    publish(flawed.press, RUTH, [flawed.approved(CARLA, [(Key(Kind.LIST, "DE/de/results"), mended)]).id])


def test_new_links_are_asked_and_a_dead_one_blocks(curated: Curated) -> None:
    asked: list[list[str]] = []

    def dead(_release: Release, only: Collection[str]) -> tuple[Finding, ...]:
        asked.append(sorted(only))
        return tuple(Finding(Severity.ERROR, "dead_link", "center DE", url) for url in only if url.endswith("/gone"))

    press = replace(curated.press, links=dead)
    for url, number_after in (("https://elections.example/gone", 1), ("https://elections.example/de/lokal", 2)):
        key = Key(Kind.CENTER, "DE")
        with curated.look() as act:
            body = act.unit.releases.piece(key).piece.body
        change = curated.approved(CARLA, [(key, {**body, "links": {"elections": {"*": url}}})])
        if number_after == 1:
            with refusing(curated, Blocked):
                publish(press, RUTH, [change.id])
        else:
            publish(press, RUTH, [change.id])
        assert number(curated) == number_after
    assert asked == [["https://elections.example/gone"], ["https://elections.example/de/lokal"]]


def test_a_change_that_makes_no_release_is_refused(curated: Curated) -> None:
    with curated.act(CARLA) as act:
        out = open_change(act, About("The list out", "Why"))
        out = remove(act, out.id, LIST, tag(act, out, LIST))
        out = submit(act, out.id, out.tag)
    with curated.act(RUTH) as act:
        out = approve(act, out.id, out.tag)
    publish(curated.press, RUTH, [curated.approved(DORA, [(NEW, NEW_BODY)]).id])
    with refusing(curated, NotAPiece, match="not there"):
        publish(curated.press, RUTH, [out.id])


# Conflicts, and what moves meanwhile


def test_a_change_in_conflict_is_not_published(curated: Curated) -> None:
    ours = curated.approved(DORA, [(OLD, {**OLD_BODY, "note": "ours"})])
    publish(curated.press, RUTH, [curated.approved(CARLA, [(OLD, {**OLD_BODY, "note": "theirs"})]).id])
    with refusing(curated, Conflicting):
        publish(curated.press, RUTH, [ours.id])


def during(curated: Curated, happens: Callable[[], object]) -> Press:
    """A press at which something happens once, between building a release and storing it."""
    left = [happens]
    store = _Between(curated.store, lambda: left and _in_thread(left.pop()))
    return replace(curated.press, desk=replace(curated.desk, store=store))


def _in_thread(happens: Callable[[], object]) -> None:
    other = threading.Thread(target=happens)
    other.start()
    other.join(30)


class _Between:
    """A store before whose next writing unit something else happens."""

    def __init__(self, store: SqliteStore, before: Callable[[], object]) -> None:
        self._store, self._before = store, before

    def writing(self):
        self._before()
        return self._store.writing()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_a_release_that_was_published_meanwhile_is_built_upon(curated: Curated) -> None:
    ours, theirs = curated.approved(DORA, [(NEW, NEW_BODY)]), curated.approved(FLEUR, [(FRENCH, FRENCH_BODY)])
    press = during(curated, lambda: publish(curated.press, RAVI, [theirs.id]))
    known = len(lines(curated))
    assert publish(press, RUTH, [ours.id]).number == 3
    assert {NEW, FRENCH} <= bodies(curated).keys()
    assert number(curated) == 3
    assert [line.outcome for line in lines(curated)[: len(lines(curated)) - known]] == ["done"] * 4, "trying again is no refusal"


def test_a_change_that_was_edited_meanwhile_is_not_published(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])

    def edit() -> None:
        with curated.act(DORA) as act:
            put(act, change.id, NEW, {**NEW_BODY, "note": "other"}, tag(act, change, NEW))

    with pytest.raises(MoveNotAllowed):
        publish(during(curated, edit), RUTH, [change.id])
    assert (number(curated), curated.change(change.id).state) == (1, State.DRAFT)
    assert lines(curated)[0].outcome == "move_not_allowed"


def test_one_that_publishes_the_same_change_at_the_same_time_is_told(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    with pytest.raises(MoveNotAllowed):
        publish(during(curated, lambda: publish(curated.press, RAVI, [change.id])), RUTH, [change.id])
    assert number(curated) == 2


def test_many_who_publish_at_once_make_one_chain(curated: Curated) -> None:
    changes = [curated.approved(DORA, [term(f"wort {place}")]) for place in range(6)]
    others = [SqliteStore(curated.settings.database) for _ in range(2)]
    presses = [replace(curated.press, desk=replace(curated.desk, store=store)) for store in (curated.store, *others)]
    made: list[int] = []

    def work(press: Press, mine: list[str]) -> None:
        for known_as in mine:
            while True:
                try:
                    made.append(publish(press, RUTH, [known_as]).number)
                except Stale:
                    continue
                break

    threads = [threading.Thread(target=work, args=(press, [one.id for one in changes[place::3]])) for place, press in enumerate(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(made) == [2, 3, 4, 5, 6, 7]
    assert number(curated) == 7
    for store in others:
        store.close()


# The freeze, and times to publish at


def test_a_freeze_that_began_since_the_approval_takes_another(curated: Curated) -> None:
    change = curated.approved(CARLA, [(AMERICAN, AMERICAN_BODY)])
    curated.clock.now = FROZEN
    with refusing(curated, FourEyes, match="takes 2 approvals by now .freeze. and has 1"):
        publish(curated.press, RUTH, [change.id])
    with curated.act(RAVI) as act:
        change = approve(act, change.id, change.tag)
    assert publish(curated.press, RUTH, [change.id]).head["changes"][0]["approvers"] == ["ruth", "ravi"]


def test_what_is_due_is_what_is_approved_and_whose_time_has_come(curated: Curated) -> None:
    at = NOW + timedelta(days=1)
    scheduled = curated.approved(DORA, [(NEW, NEW_BODY)], about=About("At", "Why", when=When.AT, publish_at=at))
    once = curated.approved(FLEUR, [(FRENCH, FRENCH_BODY)], about=About("Once", "Why", when=When.APPROVED))
    curated.approved(CARLA, [(AMERICAN, AMERICAN_BODY)])
    curated.submitted(CARLA, [(OLD, {**OLD_BODY, "note": "n"})], about=About("Not yet", "Why", when=When.APPROVED))
    moments = {at - timedelta(microseconds=1): {once.id}, at: {once.id, scheduled.id}, at + timedelta(days=9): {once.id, scheduled.id}}
    for moment, expected in moments.items():
        curated.clock.now = moment
        with curated.look(SYSTEM) as act:
            assert set(due(act)) == expected
    head = publish(curated.press, SYSTEM, [once.id, scheduled.id])
    assert (head.number, lines(curated)[0].actor, lines(curated)[0].way) == (2, "signpost", "system")
    with curated.look(SYSTEM) as act:
        assert due(act) == ()


def test_the_system_needs_the_same_approvals(curated: Curated) -> None:
    change = curated.approved(CARLA, [(AMERICAN, AMERICAN_BODY)], about=About("Once", "Why", when=When.APPROVED))
    curated.clock.now = FROZEN
    with refusing(curated, FourEyes):
        publish(curated.press, SYSTEM, [change.id])


# What somebody did to the database


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE edits SET body = \'{"text": "wähle mich"}\'',
        "UPDATE edits SET key = 'DE/de/voting/other' WHERE base IS NULL",
        "UPDATE edits SET until_revision = 9 WHERE rowid = (SELECT max(rowid) FROM edits)",
        "UPDATE changes SET title = 'Another'",
        "UPDATE edits SET body = NULL, hash = NULL",
    ],
    ids=["a body", "a key", "an edit less", "a title", "a removal"],
)
def test_what_is_not_what_was_approved_is_not_published(curated: Curated, statement: str) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY), (OLD, {**OLD_BODY, "note": "n"})])
    with sqlite3.connect(curated.settings.database) as raw:
        raw.execute(statement)
    raw.close()
    with pytest.raises((FourEyes, Conflicting)):
        publish(curated.press, RUTH, [change.id])
    assert number(curated) == 1


ALTERED = [
    pytest.param("UPDATE terms SET text = 'wähle mich' WHERE list = 'FR/fr/voting'", id="a text"),
    pytest.param("UPDATE campaigns SET priority = 'emergency'", id="a priority"),
    pytest.param("DELETE FROM terms WHERE list = 'FR/fr/voting'", id="a term less"),
    pytest.param("UPDATE regions SET position = 99 WHERE code = 'DE'", id="another order"),
    pytest.param("UPDATE releases SET digest = 'sha256:0'", id="the digest"),
    pytest.param("UPDATE releases SET signatures = replace(signatures, 'A', 'B')", id="the signatures"),
]


@pytest.mark.parametrize("statement", ALTERED)
def test_nothing_is_built_upon_a_release_that_somebody_altered(curated: Curated, statement: str) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    with sqlite3.connect(curated.settings.database) as raw:
        raw.execute(statement)
    raw.close()
    with refusing(curated, UntrustedRelease):
        publish(curated.press, RUTH, [change.id])


@pytest.mark.parametrize("statement", [*ALTERED[:3], *ALTERED[4:]])
def test_nothing_is_brought_back_from_a_release_that_somebody_altered(curated: Curated, statement: str) -> None:
    with curated.act(CARLA) as act:
        change = open_change(act, About("Out", "Why"))
        for key in (Key(Kind.LIST, "FR/fr/voting"), CAMPAIGN, Key(Kind.CAMPAIGN, "voting")):
            change = remove(act, change.id, key, tag(act, change, key))
        change = submit(act, change.id, change.tag)
    with curated.act(RUTH) as act:
        change = approve(act, change.id, change.tag)
    publish(curated.press, RUTH, [change.id])
    with sqlite3.connect(curated.settings.database) as raw:
        raw.execute(
            f"{statement} {'AND' if 'WHERE' in statement else 'WHERE'} {'number = 1' if 'releases' in statement else 'last_release = 1'}"
        )
    raw.close()
    with refusing(curated, UntrustedRelease):
        roll_back(curated.press, ADA, 1, "Wrong")


def test_a_release_of_a_key_that_is_no_longer_used_is_built_upon(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    assert publish(handed_over(curated), RUTH, [change.id]).number == 2


def handed_over(curated: Curated, *kept: TrustedKey) -> Press:
    """A press with another key; those trusted beside it are given, else the ones from before."""
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    return replace(curated.press, keys=lambda: (other,), trusted=lambda: (TrustedKey(other.public_key()), *(kept or TRUSTED)))


def test_a_release_that_a_stranger_signed_again_is_not_built_upon(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    with curated.look() as act:
        stored = stored_envelope(act.unit)
    assert stored is not None
    release = from_document(stored["release"], Release)
    forged = sign(replace(release, season_days=1), [Ed25519PrivateKey.from_private_bytes(bytes(32))])
    with sqlite3.connect(curated.settings.database) as raw:
        raw.execute("UPDATE settings SET season_days = 1")
        signatures = json.dumps([to_document(one) for one in forged.signatures])
        raw.execute("UPDATE releases SET digest = ?, signatures = ?", (forged.digest, signatures))
    raw.close()
    with refusing(curated, UntrustedRelease):
        publish(curated.press, RUTH, [change.id])


def test_with_keys_that_nobody_trusts_nothing_is_published(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    with refusing(curated, KeyProblem):
        publish(replace(handed_over(curated), trusted=lambda: TRUSTED), RUTH, [change.id])
    assert number(curated) == 1


def test_a_key_signs_for_its_time_only(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    over = replace(TRUSTED[0], valid_until=NOW)
    with refusing(curated, KeyProblem):
        publish(replace(curated.press, trusted=lambda: (over,)), RUTH, [change.id])
    assert publish(handed_over(curated, over), RUTH, [change.id]).number == 2


def test_a_release_whose_pieces_are_not_in_their_normal_form_is_not_signed(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    body = {**NEW_BODY, "match": "phrase"}
    hash_ = hash_of(NEW, body)
    with curated.store.writing() as unit:
        (edit,) = unit.changes.edits(change.id)
        unit.changes.put(change.id, 1, [replace(edit, body=body, hash=hash_)])
        content = content_hash(change.about, unit.changes.edits(change.id))
        unit.changes.save(replace(change, content=content))
        unit.changes.approve(Approval(change.id, "ruth", content, curated.clock()))
    with refusing(curated, InvalidDocument, match="normal form"):
        publish(curated.press, RUTH, [change.id])


# Keys, and the file


def test_without_a_key_nothing_is_published(curated: Curated) -> None:
    def none() -> tuple[Ed25519PrivateKey, ...]:
        raise KeyProblem("There is no signing key.")

    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    with refusing(curated, KeyProblem):
        publish(replace(curated.press, keys=none), RUTH, [change.id])
    assert number(curated) == 1


def test_a_release_that_nobody_trusts_is_not_served(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    publish(handed_over(curated), RUTH, [change.id])
    with pytest.raises(NothingToServe):
        latest_release(curated.store, curated.settings.release_file, TRUSTED)
    assert latest_release(curated.store, curated.settings.release_file, handed_over(curated).trusted()).release.number == 2


@pytest.mark.parametrize("lost", ["missing", "older", "torn"])
def test_a_file_that_is_behind_is_written_anew(curated: Curated, lost: str) -> None:
    before = curated.settings.release_file.read_bytes()
    publish(curated.press, RUTH, [curated.approved(DORA, [(NEW, NEW_BODY)]).id])
    match lost:
        case "missing":
            curated.settings.release_file.unlink()
        case "older":
            curated.settings.release_file.write_bytes(before)
        case "torn":
            curated.settings.release_file.write_bytes(before[:1000])
    assert latest_release(curated.store, curated.settings.release_file, TRUSTED).release.number == 2
    assert number(curated) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE releases SET head = '{'",
        "UPDATE releases SET head = '[]'",
        "UPDATE releases SET signatures = 'null'",
        "UPDATE releases SET digest = 'sha256:' || substr(digest, 9)",
        "UPDATE lists SET must_match = '[' WHERE region = 'DE'",
        "UPDATE lists SET must_match = '[1]' WHERE region = 'DE'",
        "UPDATE terms SET list = 'x', key = 'x/y' WHERE list LIKE 'DE/%' AND position = 3",
        "UPDATE terms SET text = 'wähle mich' WHERE list LIKE 'DE/%'",
        "DELETE FROM notices",
        "DELETE FROM settings",
        "DROP TABLE centers",
    ],
)
def test_whatever_happens_to_the_database_the_last_verified_file_is_served(curated: Curated, statement: str) -> None:
    with sqlite3.connect(curated.settings.database) as raw:
        raw.execute(statement)
    raw.close()
    before = curated.settings.release_file.read_bytes()
    assert latest_release(curated.store, curated.settings.release_file, TRUSTED).release.number == 1
    assert curated.settings.release_file.read_bytes() == before


def test_whoever_writes_the_file_late_does_not_leave_an_older_release_in_it(curated: Curated) -> None:
    with curated.look() as act:
        first = stored_envelope(act.unit)
    assert first is not None
    publish(curated.press, RUTH, [curated.approved(DORA, [(NEW, NEW_BODY)]).id])
    put_out(first, curated.settings.release_file, curated.store)
    assert number(curated) == 2


def test_the_file_is_written_whole_and_for_its_owner_only(curated: Curated, tmp_path: Path) -> None:
    write_release_file(json.loads(curated.settings.release_file.read_text()), tmp_path / "other.json")
    assert (tmp_path / "other.json").stat().st_mode & 0o777 == 0o600
    publish(curated.press, RUTH, [curated.approved(DORA, [(NEW, NEW_BODY)]).id])
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".")]


# Rolling back


def test_rolling_back_publishes_what_an_older_release_held_as_a_new_one(curated: Curated) -> None:
    with curated.act(CARLA) as act:
        change = open_change(act, About("Much", "Why"))
        for key in (LIST, NOTICE, CAMPAIGN):
            change = remove(act, change.id, key, tag(act, change, key))
        change, _ = put(act, change.id, FRENCH, FRENCH_BODY, "")
        change = submit(act, change.id, change.tag)
    with curated.act(RUTH) as act:
        change = approve(act, change.id, change.tag)
    publish(curated.press, RUTH, [change.id])
    assert bodies(curated) != bodies(curated, 1)
    head = roll_back(curated.press, ADA, 1, "It was wrong.")
    assert bodies(curated) == bodies(curated, 1)
    assert (head.number, head.head["rollback_of"], number(curated)) == (3, 1, 3)
    assert head.head["changes"] == [{"change": "rollback-1", "authors": ["ada"], "approvers": [], "title": "It was wrong."}]
    assert lines(curated)[0].detail["rollback_of"] == 1
    again = roll_back(curated.press, ADA, 2, "It was right.")
    assert bodies(curated) == bodies(curated, 2)
    with curated.look() as act:
        stored = stored_envelope(act.unit)
    assert stored is not None
    assert head_of(stored["release"]) == again.head


@pytest.mark.parametrize(
    ("who", "to", "reason", "error"),
    [
        pytest.param(ADA, 2, "Why", Unknown, id="to the one that is there"),
        pytest.param(ADA, 3, "Why", Unknown, id="to one that is to come"),
        pytest.param(ADA, 0, "Why", Unknown, id="to none"),
        pytest.param(ADA, -1, "Why", Unknown, id="to less than none"),
        pytest.param(ADA, 1, " ", InvalidDocument, id="without saying why"),
        pytest.param(ADA, 1, "x" * 10_001, InvalidDocument, id="with a whole book"),
        pytest.param(RUTH, 1, "Why", NotAllowed, id="by a reviewer"),
        pytest.param(actor("f", Role.ADMIN, "FR"), 1, "Why", NotAllowed, id="by another country's admin"),
        pytest.param(actor("e", Role.ADMIN, "DE", "en"), 1, "Why", NotAllowed, id="by the admin of another language"),
    ],
)
def test_a_rollback_that_may_not_be_leaves_everything(curated: Curated, who: Actor, to: int, reason: str, error: type[Exception]) -> None:
    publish(curated.press, RUTH, [curated.approved(DORA, [(NEW, NEW_BODY)]).id])
    with refusing(curated, error):
        roll_back(curated.press, who, to, reason)
    assert number(curated) == 2


def test_where_nothing_differs_nobody_rolls_back_and_nobody_else_is_let_in(curated: Curated) -> None:
    publish(curated.press, RUTH, [curated.approved(DORA, [(NEW, NEW_BODY)]).id])
    roll_back(curated.press, ADA, 1, "Wrong")
    with refusing(curated, MoveNotAllowed, match="the same as release 1"):
        roll_back(curated.press, ADA, 1, "Wrong again")
    for who in (RUTH, VERA, actor("f", Role.ADMIN, "FR")):
        with refusing(curated, NotAllowed):
            roll_back(curated.press, who, 1, "Mine")


def test_a_countrys_admin_rolls_back_what_concerns_that_country_even_a_notice_that_is_gone(curated: Curated) -> None:
    with curated.act(CARLA) as act:
        change = open_change(act, About("Out", "Why"))
        for key in (CAMPAIGN, NOTICE):
            change = remove(act, change.id, key, tag(act, change, key))
        change = submit(act, change.id, change.tag)
    with curated.act(RUTH) as act:
        change = approve(act, change.id, change.tag)
    publish(curated.press, RUTH, [change.id])
    assert roll_back(curated.press, actor("anton", Role.ADMIN, "DE"), 1, "Wrong").number == 3
    assert bodies(curated) == bodies(curated, 1)


def test_a_change_that_was_rolled_back_does_not_come_back_by_itself(curated: Curated) -> None:
    change = curated.approved(DORA, [(OLD, {**OLD_BODY, "note": "n"})])
    publish(curated.press, RUTH, [change.id])
    roll_back(curated.press, ADA, 1, "Wrong")
    with refusing(curated, MoveNotAllowed):
        publish(curated.press, RUTH, [change.id])
    assert bodies(curated)[OLD] == OLD_BODY
