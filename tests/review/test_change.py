"""What an approval binds to: every word that would be published, and nothing else."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from review.change import About, Change, Edit, State, When, about_hash, content_hash, revision_hash
from review.pieces import Key, Kind

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
ABOUT = About("Title", "Reason", "https://a.example/", When.AT, AT)
EDIT = Edit(Key(Kind.TERM, "DE/de/voting/a"), "1" * 64, "2" * 64, {"text": "a"}, "carla", AT)
NEW = Edit(Key(Kind.TERM, "DE/de/voting/b"), None, "3" * 64, {"text": "b"}, "carla", AT)
GONE = Edit(Key(Kind.CAMPAIGN, "c"), "4" * 64, None, None, "dora", AT)
EDITS = (EDIT, NEW, GONE)
HASH = content_hash(ABOUT, EDITS)

OTHER_ABOUT: dict[str, Any] = {
    "title": "Other",
    "reason": "Other",
    "source": "https://b.example/",
    "when": When.APPROVED,
    "publish_at": AT.replace(minute=1),
}
OTHER_EDIT: dict[str, Any] = {
    "key": Key(Kind.LIST, "DE/de/voting/a"),
    "base": None,
    "hash": None,
}
NOT_BOUND: dict[str, Any] = {"author": "ivan", "at": AT.replace(year=2027), "body": {"text": "the hash tells"}}


@pytest.mark.parametrize("name", [one.name for one in fields(About)])
def test_every_word_of_what_a_change_says_of_itself_counts(name: str) -> None:
    assert content_hash(replace(ABOUT, **{name: OTHER_ABOUT[name]}), EDITS) != HASH


def test_title_and_reason_do_not_run_into_each_other() -> None:
    assert content_hash(About("ab", "c"), EDITS) != content_hash(About("a", "bc"), EDITS)
    assert content_hash(About('a","b'), EDITS) != content_hash(About("a", "b"), EDITS)


@pytest.mark.parametrize("name", [*OTHER_EDIT])
def test_every_part_of_an_edit_that_would_be_published_counts(name: str) -> None:
    assert content_hash(ABOUT, (replace(EDIT, **{name: OTHER_EDIT[name]}), NEW, GONE)) != HASH


def test_the_same_id_of_another_kind_and_the_two_hashes_the_other_way_round_count() -> None:
    turned = replace(EDIT, base=EDIT.hash, hash=EDIT.base)
    assert len({content_hash(ABOUT, edits) for edits in ((EDIT,), (turned,), (EDIT, NEW), (NEW,), (), EDITS)}) == 6


@pytest.mark.parametrize("name", [*NOT_BOUND])
def test_who_wrote_it_and_when_does_not_count(name: str) -> None:
    assert content_hash(ABOUT, (replace(EDIT, **{name: NOT_BOUND[name]}), NEW, GONE)) == HASH
    assert {*NOT_BOUND, *OTHER_EDIT} == {one.name for one in fields(Edit)}


def test_the_order_of_edits_does_not_count() -> None:
    assert {content_hash(ABOUT, edits) for edits in permutations(EDITS)} == {HASH}


@pytest.mark.parametrize("name", [one.name for one in fields(About)])
def test_the_fingerprint_of_what_is_said_tells_every_word(name: str) -> None:
    assert about_hash(replace(ABOUT, **{name: OTHER_ABOUT[name]})) != about_hash(ABOUT) == about_hash(replace(ABOUT))


def test_the_fingerprint_of_a_revision_tells_what_was_written_and_what_was_taken_back() -> None:
    revisions = (
        ((), ()),
        (EDITS, ()),
        ((EDIT,), ()),
        ((EDIT,), (NEW.key,)),
        ((EDIT, NEW), ()),
        ((), (EDIT.key,)),
        ((), (EDIT.key, NEW.key)),
    )
    assert len({revision_hash(*one) for one in revisions}) == len(revisions)
    assert revision_hash(EDITS) == revision_hash(EDITS[::-1])
    assert revision_hash((), (EDIT.key, NEW.key)) == revision_hash((), (NEW.key, EDIT.key))


def test_the_tag_of_a_change_tells_states_revisions_and_contents_apart() -> None:
    change = Change("c1", ABOUT, State.DRAFT, 1, "", "carla", AT, AT, ("carla",))
    others = (replace(change, state=State.IN_REVIEW), replace(change, revision=2), replace(change, content="a" * 64))
    assert len({one.tag for one in (change, *others)}) == 4
    assert replace(change, changed_at=AT.replace(year=2027)).tag == change.tag
