"""Opening changes and editing in them: what is kept, what counts as an edit, who may, and what is refused without a trace."""

from dataclasses import replace
from datetime import timedelta

import pytest

from admin.curation.editing import add_term, comment, describe, open_change, put, put_many, remove, revert
from admin.curation.reviewing import approve, submit, withdraw
from admin.curation.standing import held, tag_of
from admin.errors import Unconditional
from notices.errors import InvalidDocument
from review.change import About, State, When
from review.errors import MoveNotAllowed, NotAllowed, NotAPiece, Stale, Unknown
from review.people import Actor, Role
from review.pieces import Key, Kind, piece
from tests.admin.curation.state import everything, lines, refusing
from tests.curated import ADA, CARLA, DIRK, DORA, FLEUR, NOW, RUTH, VERA, Curated, actor, tag, term

LIST = Key(Kind.LIST, "DE/de/voting")
LIST_BODY = {"region": "DE", "language": "de", "topic": "voting", "must_match": ["wo wähle ich heute"]}
OLD, OLD_BODY = term("wo wähle ich")
NEW, NEW_BODY = term("wie wähle ich")
NOTICE = Key(Kind.NOTICE, "de-notice")
NOTICE_BODY = {"id": "de-notice", "kind": "media_literacy", "region": "DE"}
GERMAN = Key(Kind.WORDING, "de-notice/de")
CENTER = Key(Kind.CENTER, "DE")
CAMPAIGN = Key(Kind.CAMPAIGN, "de-voting")


def body_of(curated: Curated, key: Key) -> dict:
    with curated.look() as act:
        kept = act.unit.releases.piece(key)
    assert kept is not None
    return kept.piece.body


# Opening, and what a change is about


@pytest.mark.parametrize("who", [CARLA, DORA, RUTH, ADA], ids=lambda who: who.person)
def test_whoever_curates_anything_may_open_a_change(curated: Curated, who: Actor) -> None:
    with curated.act(who) as act:
        change = open_change(act, About("Words"))
    assert curated.change(change.id) == change
    assert (change.state, change.revision, change.authors, change.opened_at) == (State.DRAFT, 0, (who.person,), NOW)
    assert lines(curated, subject=change.id)[0].action == "change.opened"


@pytest.mark.parametrize("who", [VERA, Actor("nobody", ())], ids=lambda who: who.person)
def test_whoever_only_looks_may_not(curated: Curated, who: Actor) -> None:
    with refusing(curated, NotAllowed), curated.act(who) as act:
        open_change(act, About("Words"))


@pytest.mark.parametrize(
    ("about", "place"),
    [
        pytest.param(About(""), "/title", id="no title"),
        pytest.param(About("  "), "/title", id="a title of spaces"),
        pytest.param(About("x" * 201), "/title", id="a long title"),
        pytest.param(About("x", "y" * 10_001), "/reason", id="a long reason"),
        pytest.param(About("x", source="http://a.example/"), "/source", id="a source that is not safe"),
        pytest.param(About("x", source="https://"), "/source", id="a source without a host"),
        pytest.param(About("x", source="https://[a"), "/source", id="a source that is no address"),
        pytest.param(About("x", source="javascript:alert(1)"), "/source", id="a source that is a program"),
        pytest.param(About("x", when=When.AT), "/publish_at", id="at no time"),
        pytest.param(About("x", publish_at=NOW + timedelta(1)), "/publish_at", id="a time beside when asked"),
        pytest.param(About("x", when=When.AT, publish_at=NOW), "/publish_at", id="a time that is now"),
    ],
)
def test_what_a_change_says_of_itself_is_checked(curated: Curated, about: About, place: str) -> None:
    with refusing(curated, InvalidDocument) as told, curated.act(CARLA) as act:
        open_change(act, about)
    assert told.value.path == place  # type: ignore[attr-defined]


def test_describing_counts_as_an_edit_and_the_same_words_do_not(curated: Curated) -> None:
    change = curated.submitted(DORA, [(NEW, NEW_BODY)])
    with curated.act(DORA) as act:
        assert describe(act, change.id, change.about, change.tag) == change
    with curated.act(CARLA) as act:
        described = describe(act, change.id, replace(change.about, title="Other"), change.tag)
    assert (described.state, described.content, described.revision) == (State.DRAFT, "", change.revision + 1)
    assert described.authors == ("dora", "carla")
    assert curated.change(change.id) == described


@pytest.mark.parametrize("who", [FLEUR, VERA], ids=lambda who: who.person)
def test_whoever_may_not_edit_all_of_it_may_not_describe_it(curated: Curated, who: Actor) -> None:
    change = curated.edited(DORA, [(NEW, NEW_BODY)])
    with refusing(curated, NotAllowed), curated.act(who) as act:
        describe(act, change.id, About("Mine"), change.tag)


def test_an_empty_change_is_not_everybodys(curated: Curated) -> None:
    with curated.act(DORA) as act:
        change = open_change(act, About("Words"))
    with refusing(curated, NotAllowed), curated.act(VERA) as act:
        describe(act, change.id, About("Mine"), change.tag)
    with curated.act(FLEUR) as act:
        describe(act, change.id, About("Ours"), change.tag)


# Putting documents in


def test_an_edit_is_kept_beside_what_is_published(curated: Curated) -> None:
    before = everything(curated)
    with curated.act(DORA) as act:
        change = open_change(act, About("Words"))
        change, wanted = put(act, change.id, OLD, {"text": "wo wähle ich", "note": "n"}, tag(act, change, OLD))
        edit = act.unit.changes.edit(change.id, OLD)
        assert held(act, change, OLD) == wanted.hash
    assert edit is not None
    assert (edit.body, edit.author, edit.at, edit.base) == ({"text": "wo wähle ich", "note": "n"}, "dora", NOW, piece(OLD, OLD_BODY).hash)
    assert (change.revision, change.authors) == (1, ("dora",))
    detail = lines(curated)[0].detail
    assert (detail["documents"], detail["count"], detail["revision"]) == ([str(OLD)], 1, 1)
    after = everything(curated)
    assert {name for name in before if before[name] != after[name]} == {"changes", "edits"}


def test_editing_needs_to_say_what_was_read(curated: Curated) -> None:
    change = curated.edited(DORA, [(NEW, NEW_BODY)])
    published = tag_of(piece(OLD, OLD_BODY).hash)
    refusals = (
        (OLD, None, Unconditional),
        (OLD, "", Stale),
        (OLD, published[:-1], Stale),
        (NEW, "", Stale),
        (term("ganz neu")[0], published, Stale),
    )
    for key, expected, error in refusals:
        with refusing(curated, error), curated.act(DORA) as act:
            put(act, change.id, key, {"text": "x"}, expected)


def test_two_who_edit_the_same_document_do_not_overwrite_each_other(curated: Curated) -> None:
    change = curated.edited(DORA, [(OLD, {"text": "wo wähle ich", "note": "first"})])
    with refusing(curated, Stale), curated.act(CARLA) as act:
        put(act, change.id, OLD, {"text": "wo wähle ich", "note": "second"}, tag_of(piece(OLD, OLD_BODY).hash))
    with curated.act(CARLA) as act:
        change, _ = put(act, change.id, OLD, {"text": "wo wähle ich", "note": "second"}, tag(act, change, OLD))
        written = [(revision, edit.author) for revision, edit in act.unit.changes.written(change.id)]
    assert written == [(1, "dora"), (2, "carla")]
    assert change.authors == ("dora", "carla")


def test_writing_what_is_there_changes_nothing_and_writing_the_published_takes_the_edit_back(curated: Curated) -> None:
    change = curated.edited(DORA, [(OLD, {"text": "wo wähle ich", "note": "n"})])
    with curated.act(CARLA) as act:
        same, _ = put(act, change.id, OLD, {"text": "wo wähle ich", "note": "n", "near": []}, tag(act, change, OLD))
        assert same == change
        back, _ = put(act, change.id, OLD, OLD_BODY, tag(act, change, OLD))
        assert (back.revision, act.unit.changes.count(change.id)) == (2, 0)
        assert "carla" in back.authors


@pytest.mark.parametrize(
    ("who", "key", "body"),
    [
        pytest.param(FLEUR, NEW, NEW_BODY, id="another country's"),
        pytest.param(VERA, NEW, NEW_BODY, id="a viewer"),
        pytest.param(DORA, Key(Kind.TERM, "001/en/voting/x"), {"text": "x"}, id="the world's"),
        pytest.param(DORA, CENTER, {"region": "DE", "authorities": [], "links": {}}, id="what has no language, for whoever has one"),
        pytest.param(DORA, Key(Kind.WORDING, "de-notice/en"), {"title": "T", "body": "B", "label": "L"}, id="another language's wording"),
        pytest.param(
            DORA, Key(Kind.WORDING, "how-to-vote/de"), {"title": "T", "body": "B", "label": "L"}, id="the world's notice in their language"
        ),
        pytest.param(DIRK, NOTICE, {**NOTICE_BODY, "region": "FR"}, id="given to another country"),
        pytest.param(FLEUR, NOTICE, {**NOTICE_BODY, "region": "FR"}, id="taken from another country"),
        pytest.param(
            FLEUR, Key(Kind.CAMPAIGN, "de-voting"), {"id": "de-voting", "notice": "n", "regions": ["FR"], "surfaces": []}, id="moved here"
        ),
        pytest.param(
            DIRK, Key(Kind.REGION, "DE"), {"code": "DE", "kind": "country", "name": "D", "parent": "EU"}, id="a child of another's"
        ),
        pytest.param(DIRK, Key(Kind.SETTINGS, "release"), {"season_days": 1, "link_hosts": [], "starter": False}, id="everybody's"),
        pytest.param(
            actor("a", Role.ADMIN, "CN-HK"), Key(Kind.CENTER, "HK"), {"region": "HK", "authorities": [], "links": {}}, id="an alias"
        ),
    ],
)
def test_nobody_edits_what_their_grants_do_not_reach(curated: Curated, who: Actor, key: Key, body: dict) -> None:
    change = curated.edited(CARLA, [(NEW, {"text": "x"})])
    with refusing(curated, NotAllowed), curated.act(who) as act:
        put(act, change.id, key, body, tag(act, change, key))


def test_a_document_must_belong_to_something_that_is_there(curated: Curated) -> None:
    change = curated.edited(CARLA, [(NEW, NEW_BODY)])
    for key, body in (
        (Key(Kind.TERM, "DE/de/results/x"), {"text": "x"}),
        (Key(Kind.WORDING, "nothing/de"), {"title": "T", "body": "B", "label": "L"}),
    ):
        with refusing(curated, NotAPiece, match="make that first"), curated.act(CARLA) as act:
            put(act, change.id, key, body, "")
    results = Key(Kind.LIST, "DE/de/results")
    with curated.act(CARLA) as act:
        put(act, change.id, results, {"region": "DE", "language": "de", "topic": "results"}, "")
        put(act, change.id, Key(Kind.TERM, "DE/de/results/x"), {"text": "x"}, "")


def test_terms_are_added_under_ids_of_their_own(curated: Curated) -> None:
    change = curated.edited(DORA, [(NEW, NEW_BODY)])
    with curated.act(DORA) as act:
        made = [add_term(act, change.id, LIST.id, NEW_BODY)[1].key for _ in range(3)]
        assert len({*made, NEW}) == 4
        assert act.unit.changes.count(change.id) == 4
    with refusing(curated, NotAPiece), curated.act(DORA) as act:
        add_term(act, change.id, "DE/de/nothing", NEW_BODY)


def test_nothing_is_edited_that_there_is_not(curated: Curated) -> None:
    change = curated.edited(DORA, [(NEW, NEW_BODY)])
    with refusing(curated, Unknown), curated.act(DORA) as act:
        put(act, "20260101-00000000", NEW, NEW_BODY, "")
    with refusing(curated, Unknown), curated.act(DORA) as act:
        remove(act, change.id, Key(Kind.TERM, "DE/de/voting/none"), "")
    with refusing(curated, Unknown), curated.act(DORA) as act:
        revert(act, change.id, OLD, "")


# Many at once


def test_many_are_one_revision_and_one_line(curated: Curated) -> None:
    with curated.act(DORA) as act:
        change = open_change(act, About("Import"))
        wanted = [piece(*term(f"wort {number}")) for number in range(50)]
        change = put_many(act, change.id, wanted, [OLD])
        assert (change.revision, act.unit.changes.count(change.id)) == (1, 51)
        again = put_many(act, change.id, wanted, [OLD])
        assert again == change
    assert (lines(curated)[0].detail["count"], len(lines(curated)[0].detail["documents"])) == (51, 20)


def test_the_same_document_twice_in_one_import_is_refused(curated: Curated) -> None:
    change = curated.edited(DORA, [(NEW, NEW_BODY)])
    for wanted, gone in (([piece(*term("a")), piece(*term("a"))], []), ([], [OLD, OLD]), ([piece(OLD, {"text": "x"})], [OLD])):
        with refusing(curated, InvalidDocument, match="twice"), curated.act(DORA) as act:
            put_many(act, change.id, wanted, gone)


def test_one_document_out_of_reach_keeps_all_out(curated: Curated) -> None:
    change = curated.edited(DORA, [(NEW, NEW_BODY)])
    wanted = [piece(*term("a")), piece(*term("b", "FR/fr/voting"))]
    with refusing(curated, NotAllowed, match="FR"), curated.act(DORA) as act:
        put_many(act, change.id, wanted, [])


# Taking out, and taking back


def test_a_list_goes_with_its_terms_and_a_notice_with_its_wordings(curated: Curated) -> None:
    change = curated.edited(CARLA, [(NEW, NEW_BODY)])
    with curated.act(CARLA) as act:
        remove(act, change.id, LIST, tag(act, change, LIST))
        remove(act, change.id, NOTICE, tag(act, change, NOTICE))
        gone = {str(edit.key).rpartition("/")[0] or str(edit.key) for edit in act.unit.changes.edits(change.id) if edit.body is None}
        assert all(edit.body is None for edit in act.unit.changes.edits(change.id))
        assert held(act, change, NEW) is None
    assert gone == {"list DE/de", "term DE/de/voting", "notice de-notice", "wording de-notice"}


def test_a_countrys_curator_takes_its_own_notice_out_and_sees_it_through(curated: Curated) -> None:
    hugo = actor("hugo", Role.CURATOR, "DE")
    with curated.act(hugo) as act:
        change = open_change(act, About("Out", "No longer true."))
        remove(act, change.id, CAMPAIGN, tag(act, change, CAMPAIGN))
        change = remove(act, change.id, NOTICE, tag(act, change, NOTICE))
    with curated.act(hugo) as act:
        change = submit(act, change.id, change.tag)
    with curated.act(DIRK) as act:
        assert approve(act, change.id, change.tag).state is State.APPROVED


@pytest.mark.parametrize("key", [CENTER, NOTICE, GERMAN, OLD, CAMPAIGN], ids=str)
def test_whoever_may_take_something_out_may_take_that_back(curated: Curated, key: Key) -> None:
    hugo = actor("hugo", Role.CURATOR, "DE")
    with curated.act(hugo) as act:
        change = open_change(act, About("Out"))
        change = remove(act, change.id, key, tag(act, change, key))
        changed = revert(act, change.id, key, tag(act, change, key))
        assert (changed.revision, act.unit.changes.edit(change.id, key)) == (2, None)


def test_taking_back_needs_the_rights_for_what_was_and_for_what_is_to_be(curated: Curated) -> None:
    moved = {**body_of(curated, CAMPAIGN), "regions": ["FR"]}
    change = curated.edited(CARLA, [(CAMPAIGN, moved)])
    for who in (FLEUR, DIRK):
        with refusing(curated, NotAllowed), curated.act(who) as act:
            revert(act, change.id, CAMPAIGN, tag(act, change, CAMPAIGN))
    with refusing(curated, Stale), curated.act(CARLA) as act:
        revert(act, change.id, CAMPAIGN, "")
    with curated.act(CARLA) as act:
        revert(act, change.id, CAMPAIGN, tag(act, change, CAMPAIGN))


def test_the_curator_of_one_language_takes_no_list_of_all_out(curated: Curated) -> None:
    change = curated.edited(DORA, [(NEW, NEW_BODY)])
    for key in (CENTER, NOTICE, Key(Kind.WORDING, "de-notice/en")):
        with refusing(curated, NotAllowed), curated.act(DORA) as act:
            remove(act, change.id, key, tag(act, change, key))


# States


def test_an_edit_makes_a_draft_of_what_is_in_review_approved_or_rejected(curated: Curated) -> None:
    change = curated.approved(DORA, [(NEW, NEW_BODY)])
    with curated.act(DORA) as act:
        edited, _ = put(act, change.id, NEW, {**NEW_BODY, "note": "n"}, tag(act, change, NEW))
    assert (edited.state, edited.content) == (State.DRAFT, "")
    with curated.look() as act:
        assert len(act.unit.changes.approvals(change.id)) == 1


def test_what_is_withdrawn_is_edited_no_more(curated: Curated) -> None:
    change = curated.edited(DORA, [(NEW, NEW_BODY)])
    with curated.act(DORA) as act:
        change = withdraw(act, change.id, change.tag)
    for do in (
        lambda act: put(act, change.id, OLD, {"text": "x"}, tag(act, change, OLD)),
        lambda act: remove(act, change.id, NEW, tag(act, change, NEW)),
        lambda act: revert(act, change.id, NEW, tag(act, change, NEW)),
        lambda act: describe(act, change.id, About("x"), change.tag),
    ):
        with refusing(curated, MoveNotAllowed), curated.act(DORA) as act:
            do(act)


def test_comments_are_kept_with_who_said_them(curated: Curated) -> None:
    change = curated.edited(DORA, [(NEW, NEW_BODY)])
    with curated.act(VERA) as act:
        comment(act, change.id, "Warum?")
    with curated.look() as act:
        assert [(one.person, one.text) for one in act.unit.changes.comments(change.id)] == [("vera", "Warum?")]
    for text in ("", " ", "x" * 10_001):
        with refusing(curated, InvalidDocument), curated.act(VERA) as act:
            comment(act, change.id, text)
    with refusing(curated, Unknown), curated.act(VERA) as act:
        comment(act, "nothing", "x")
