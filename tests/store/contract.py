"""What any store must do; a test module inherits this and gives a `store` fixture and `reopen`, a way to open the same one again."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notices.documents import Document
from notices.stops import Stop, StopKind
from review.access import Answer, Credentials, Session, Token
from review.audit import BEGINNING, broken_lines, line_hash
from review.change import About, Approval, Change, Edit, State, When
from review.events import Hook
from review.people import Grant, Person, Role
from review.pieces import Key, Kind, Piece
from review.proof_rows import StoredHead
from store.errors import ReleaseConflict, StoreError, Taken
from store.protocol import Store, Unit
from store.values import Lines, StoredStop, Wanted

AT = datetime(2026, 11, 23, 12, 30, 0, 123456, tzinfo=UTC)
EVENING = datetime.fromisoformat("2026-11-23T23:59:59+05:45")
LATER = AT + timedelta(hours=1)
LIST = Key(Kind.LIST, "001/uk/voting")
OTHER_LIST = Key(Kind.LIST, "001/th/voting")


def head(number: int, previous: str | None = None, made_at: str = "2026-11-23T00:00:00+00:00") -> StoredHead:
    """A head that follows the one before it unless it is told otherwise."""
    before = f"sha256:{number - 1}" if number > 1 else None
    signature = {"key_id": "a", "value": "b", "algorithm": "ed25519"}
    return StoredHead(number, f"sha256:{number}", previous or before, made_at, {"number": number, "word": "наступні"}, (signature,))


def keywords(key: Key = LIST, **fields: object) -> Piece:
    region, language, topic = key.id.split("/")
    return Piece(key, {"region": region, "language": language, "topic": topic, **fields})


def term(known_as: str, text: str, owner: Key = LIST, **fields: object) -> Piece:
    return Piece(Key(Kind.TERM, f"{owner.id}/{known_as}"), {"text": text, **fields})


FIRST = (keywords(), keywords(OTHER_LIST), term("a", "Вибори"), term("b", "де голосувати"), term("a", "ไปเลือกตั้ง", OTHER_LIST))


def write(store: Store, do: Callable[[Unit], object]) -> None:
    with store.writing() as unit:
        do(unit)


def fail(store: Store, do: Callable[[Unit], object]) -> None:
    """Do it in a unit that then ends with an exception."""

    def and_fail(unit: Unit) -> None:
        do(unit)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(store, and_fail)


def publish(store: Store, number: int, gone: Iterable[Key] = (), new: Iterable[Piece] = (), made_at: str = "") -> None:
    made = head(number, made_at=made_at) if made_at else head(number)
    write(store, lambda unit: unit.releases.add(made, gone, new))


def keys(unit: Unit, number: int | None = None) -> list[str]:
    return [kept.piece.key.id for kept in unit.releases.pieces(number)]


CHANGE = Change(
    id="20261123-0001",
    about=About("Слова", "Бо так", "https://elections.example/", When.AT, EVENING),
    state=State.DRAFT,
    revision=0,
    content="",
    opened_by="oksana",
    opened_at=AT,
    changed_at=AT,
    authors=("oksana",),
)


def edit(known_as: str, text: str | None = "новий", author: str = "oksana", base: str | None = None) -> Edit:
    key = Key(Kind.TERM, f"{LIST.id}/{known_as}")
    body = None if text is None else {"text": text}
    return Edit(key, base, None if body is None else Piece(key, body).hash, body, author, AT)


PERSON = Person("oksana", "Оксана", "Oksana@Signpost.example", (Grant(Role.CURATOR, "UA", ("uk", "ru")), Grant(Role.VIEWER)), AT)


class StoreContract:
    """Inherited by the tests of every store; nothing of it may be left out there."""

    # Releases

    def test_an_empty_store_holds_nothing(self, store: Store) -> None:
        with store.reading() as unit:
            releases = unit.releases
            assert (releases.latest(), releases.head(1), releases.heads(), releases.at("2030-01-01T00:00:00+00:00")) == (
                None,
                None,
                (),
                None,
            )
            assert (list(releases.pieces()), releases.piece(LIST), releases.history(LIST)) == ([], None, ())
            assert (unit.changes.find(), unit.people.all(), unit.journal.last(), unit.journal.ever_written()) == ((), (), None, 0)
            assert (unit.events.hooks(), unit.stops.all(), unit.once.get("a", "b")) == ((), (), None)

    def test_a_release_comes_back_as_it_was_given(self, store: Store) -> None:
        publish(store, 1, new=FIRST)
        with store.reading() as unit:
            assert unit.releases.latest() == unit.releases.head(1) == head(1)
            kept = list(unit.releases.pieces())
        assert [one.piece for one in kept] == list(FIRST)
        assert {(one.first_release, one.last_release) for one in kept} == {(1, None)}
        assert [one.hash for one in kept] == [piece.hash for piece in FIRST]

    def test_releases_follow_one_another_and_the_newest_heads_come_first(self, store: Store) -> None:
        publish(store, 1, new=FIRST)
        publish(store, 2)
        publish(store, 3)
        with store.reading() as unit:
            assert unit.releases.latest() == head(3)
            assert [one.number for one in unit.releases.heads()] == [3, 2, 1]
            assert [one.number for one in unit.releases.heads(limit=2)] == [3, 2]
            assert [one.number for one in unit.releases.heads(before=3)] == [2, 1]
            assert keys(unit, 1) == keys(unit, 3) == keys(unit)

    @pytest.mark.parametrize(
        "wrong",
        [
            pytest.param(head(1), id="the same number again"),
            pytest.param(head(3), id="a number left out"),
            pytest.param(head(2, "sha256:0"), id="another one before it"),
            pytest.param(replace(head(2), previous=None), id="none before it"),
            pytest.param(replace(head(2), number=0), id="number nought"),
        ],
    )
    def test_a_release_that_does_not_follow_the_latest_is_refused_and_leaves_nothing(self, store: Store, wrong: StoredHead) -> None:
        publish(store, 1, new=FIRST)
        with pytest.raises(ReleaseConflict), store.writing() as unit:
            unit.releases.add(wrong, (FIRST[2].key,), (term("c", "new"),))
        with store.reading() as unit:
            assert [piece.piece for piece in unit.releases.pieces()] == list(FIRST)
            assert unit.releases.latest() == head(1)

    def test_the_first_release_follows_none(self, store: Store) -> None:
        for wrong in (replace(head(1), previous="sha256:0"), head(2)):
            with pytest.raises(ReleaseConflict), store.writing() as unit:
                unit.releases.add(wrong, (), FIRST)

    @pytest.mark.parametrize(
        ("gone", "new"),
        [
            pytest.param([Key(Kind.TERM, f"{LIST.id}/z")], [], id="one to go that was never there"),
            pytest.param([FIRST[2].key, FIRST[2].key], [], id="one to go twice"),
            pytest.param([], [term("a", "another")], id="one to come that is there"),
            pytest.param([], [term("z", "one"), term("z", "two")], id="one to come twice"),
        ],
    )
    def test_pieces_that_cannot_go_or_come_are_refused_and_leave_nothing(self, store: Store, gone: list[Key], new: list[Piece]) -> None:
        publish(store, 1, new=FIRST)
        with pytest.raises(ReleaseConflict), store.writing() as unit:
            unit.releases.add(head(2), gone, new)
        with store.reading() as unit:
            assert ([one.piece for one in unit.releases.pieces()], unit.releases.head(2)) == (list(FIRST), None)

    def test_what_is_new_stands_in_the_place_of_what_goes_under_its_key_and_else_last(self, store: Store) -> None:
        publish(store, 1, new=FIRST)
        publish(store, 2, [term("a", "").key], [term("c", "пізніше"), term("a", "вибори 2027")])
        publish(store, 3, [term("b", "").key], [])
        publish(store, 4, [], [term("b", "знову")])
        with store.reading() as unit:
            terms = [[kept.piece.body["text"] for kept in unit.releases.pieces(number, (Kind.TERM,))] for number in (1, 2, 3, 4)]
        assert terms == [
            ["Вибори", "де голосувати", "ไปเลือกตั้ง"],
            ["вибори 2027", "де голосувати", "ไปเลือกตั้ง", "пізніше"],
            ["вибори 2027", "ไปเลือกตั้ง", "пізніше"],
            ["вибори 2027", "ไปเลือกตั้ง", "пізніше", "знову"],
        ]

    def test_pieces_come_by_kind_in_the_order_of_releases_and_only_those_asked_for(self, store: Store) -> None:
        campaign = Piece(Key(Kind.CAMPAIGN, "c"), {"id": "c"})
        publish(store, 1, new=(campaign, *FIRST))
        with store.reading() as unit:
            assert [kept.piece for kept in unit.releases.pieces()] == [*FIRST, campaign]
            assert [kept.piece for kept in unit.releases.pieces(kinds=(Kind.CAMPAIGN, Kind.LIST))] == [campaign, *FIRST[:2]]

    def test_a_piece_is_found_in_the_releases_it_holds_in(self, store: Store) -> None:
        publish(store, 1, new=FIRST)
        publish(store, 2, [FIRST[2].key], [term("a", "інше")])
        publish(store, 3, [FIRST[2].key])
        key = FIRST[2].key
        with store.reading() as unit:
            found = [unit.releases.piece(key, number) for number in (1, 2, 3)]
            assert [one and one.piece.body["text"] for one in found] == ["Вибори", "інше", None]
            assert [one and (one.first_release, one.last_release) for one in found] == [(1, 1), (2, 2), None]
            assert unit.releases.piece(key) is None
            assert [kept.piece.body["text"] for kept in unit.releases.history(key)] == ["Вибори", "інше"]
            assert unit.releases.history(Key(Kind.LIST, key.id)) == ()

    def test_a_version_is_the_last_that_was_published_with_a_hash(self, store: Store) -> None:
        publish(store, 1, new=FIRST)
        publish(store, 2, [FIRST[2].key], [term("a", "інше")])
        publish(store, 3, [FIRST[2].key], [FIRST[2]])
        with store.reading() as unit:
            found = unit.releases.version(FIRST[2].key, FIRST[2].hash)
            assert found is not None
            assert (found.piece, found.first_release, found.last_release) == (FIRST[2], 3, None)
            assert unit.releases.version(FIRST[2].key, "0" * 64) is None
            assert unit.releases.version(FIRST[3].key, FIRST[2].hash) is None

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            pytest.param(Wanted(), "001/th/voting/a 001/uk/voting/a 001/uk/voting/b", id="all, by key"),
            pytest.param(Wanted(owner=LIST.id), "001/uk/voting/a 001/uk/voting/b", id="of one owner"),
            pytest.param(Wanted(owner="001/uk"), "", id="of an owner that there is not"),
            pytest.param(Wanted(text="вИБОРИ"), "001/uk/voting/a", id="with a text, in any case of any script"),
            pytest.param(Wanted(text="ЕЛЕКТОРАТ"), "001/uk/voting/b", id="with a text in another field"),
            pytest.param(Wanted(text="เลือก"), "001/th/voting/a", id="with a text inside words without spaces"),
            pytest.param(Wanted(text="%"), "001/uk/voting/b", id="with a sign that queries use"),
            pytest.param(Wanted(text="_"), "", id="with a sign that stands for any in queries"),
            pytest.param(Wanted(text="uk/voting/b"), "001/uk/voting/b", id="with a text in its key"),
            pytest.param(Wanted(after="001/uk/voting/a"), "001/uk/voting/b", id="after a key"),
            pytest.param(Wanted(limit=2), "001/th/voting/a 001/uk/voting/a", id="at most so many"),
            pytest.param(Wanted(owner=LIST.id, text="о", after="001/uk/voting/a", limit=1), "001/uk/voting/b", id="all at once"),
        ],
    )
    def test_pieces_of_the_latest_release_are_found(self, store: Store, wanted: Wanted, found: str) -> None:
        publish(store, 1, new=FIRST)
        publish(store, 2, [FIRST[3].key], [term("b", "голосувати 100%", note="електорат")])
        publish(store, 3, [], [term("z", "вибори")])
        publish(store, 4, [term("z", "").key])
        with store.reading() as unit:
            assert [kept.piece.key.id for kept in unit.releases.find(Kind.TERM, wanted)] == found.split()

    def test_two_releases_are_told_apart_piece_by_piece_in_both_directions(self, store: Store) -> None:
        publish(store, 1, new=FIRST)
        publish(store, 2, [FIRST[2].key, FIRST[3].key], [term("a", "інше"), term("c", "нове")])
        publish(store, 3, [FIRST[2].key, FIRST[4].key], [FIRST[2], FIRST[4]])
        with store.reading() as unit:
            there = {key.id: (was and was.piece, now and now.piece) for key, was, now in unit.releases.differing(1, 2)}
            back = {key.id: (was and was.piece, now and now.piece) for key, was, now in unit.releases.differing(2, 1)}
            assert there == {
                "001/uk/voting/a": (FIRST[2], term("a", "інше")),
                "001/uk/voting/b": (FIRST[3], None),
                "001/uk/voting/c": (None, term("c", "нове")),
            }
            assert back == {known_as: (now, was) for known_as, (was, now) in there.items()}
            assert {key.id for key, _, _ in unit.releases.differing(1, 3)} == {"001/uk/voting/b", "001/uk/voting/c"}
            assert unit.releases.differing(2, 2) == ()

    def test_the_release_of_a_moment_is_the_latest_made_by_then(self, store: Store) -> None:
        publish(store, 1, made_at="2026-11-23T00:00:00+00:00")
        publish(store, 2, made_at="2026-11-23T00:00:00.500000+00:00")
        publish(store, 3, made_at="2026-11-24T00:00:00+00:00")
        moments = {
            "2026-11-22T23:59:59.999999+00:00": None,
            "2026-11-23T00:00:00+00:00": 1,
            "2026-11-23T00:00:00.499999+00:00": 1,
            "2026-11-23T00:00:00.500000+00:00": 2,
            "2026-11-24T00:00:00+00:00": 3,
            "2026-11-24T05:45:00+05:45": 3,
            "2026-11-24T05:44:59+05:45": 2,
            "2030-01-01T00:00:00Z": 3,
        }
        with store.reading() as unit:
            found = {moment: unit.releases.at(moment) for moment in moments}
        assert {moment: one and one.number for moment, one in found.items()} == moments

    # Changes

    def test_a_change_comes_back_as_it_was_kept(self, store: Store) -> None:
        publish(store, 1)
        submitted = replace(CHANGE, state=State.IN_REVIEW, revision=3, content="f" * 64, authors=("oksana", "ivan"))
        saved = replace(submitted, submitted_by="ivan", submitted_at=LATER, changed_at=LATER, release=1, about=About("Інше"))
        write(store, lambda unit: unit.changes.add(CHANGE))
        with store.reading() as unit:
            assert unit.changes.get(CHANGE.id) == CHANGE
            assert unit.changes.get("20261123-0002") is None
        write(store, lambda unit: unit.changes.save(saved))
        with store.reading() as unit:
            assert unit.changes.get(CHANGE.id) == saved

    def test_the_same_change_is_not_kept_twice(self, store: Store) -> None:
        write(store, lambda unit: unit.changes.add(CHANGE))
        with pytest.raises(Taken), store.writing() as unit:
            unit.changes.add(replace(CHANGE, opened_by="ivan"))
        with store.reading() as unit:
            assert unit.changes.get(CHANGE.id) == CHANGE

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            pytest.param({}, "1 2 3", id="all, by id"),
            pytest.param({"states": (State.DRAFT, State.REJECTED)}, "1 3", id="in some states"),
            pytest.param({"states": ()}, "1 2 3", id="no state means any"),
            pytest.param({"person": "ivan"}, "2 3", id="opened or written by somebody"),
            pytest.param({"person": "iva"}, "", id="not by a part of a name"),
            pytest.param({"touching": Key(Kind.TERM, f"{LIST.id}/a")}, "1", id="touching a piece now"),
            pytest.param({"touching": Key(Kind.LIST, f"{LIST.id}/a")}, "", id="touching a piece of another kind"),
            pytest.param({"after": "1"}, "2 3", id="after one"),
            pytest.param({"limit": 2}, "1 2", id="at most so many"),
            pytest.param({"states": (State.REJECTED,), "person": "ivan", "after": "2", "limit": 1}, "3", id="all at once"),
        ],
    )
    def test_changes_are_found(self, store: Store, asked: dict[str, object], found: str) -> None:
        def fill(unit: Unit) -> None:
            unit.changes.add(replace(CHANGE, id="1"))
            unit.changes.add(replace(CHANGE, id="2", state=State.IN_REVIEW, opened_by="ivan", authors=("ivan",)))
            unit.changes.add(replace(CHANGE, id="3", state=State.REJECTED, authors=("oksana", "ivan")))
            unit.changes.put("1", 1, [edit("a")])
            unit.changes.put("2", 1, [edit("a")])
            unit.changes.drop("2", 2, edit("a").key)

        write(store, fill)
        with store.reading() as unit:
            assert [one.id for one in unit.changes.find(**asked)] == found.split()  # type: ignore[arg-type]

    def test_edits_are_never_lost(self, store: Store) -> None:
        first, second, third = edit("a"), edit("a", "новіший", "ivan", "b" * 64), edit("a", None)

        def fill(unit: Unit) -> None:
            unit.changes.add(CHANGE)
            unit.changes.put(CHANGE.id, 1, [first, edit("b")])
            unit.changes.put(CHANGE.id, 2, [second])
            unit.changes.drop(CHANGE.id, 3, edit("b").key)
            unit.changes.drop(CHANGE.id, 3, edit("never there").key)
            unit.changes.put(CHANGE.id, 4, [third])

        write(store, fill)
        with store.reading() as unit:
            assert unit.changes.written(CHANGE.id) == ((1, first), (1, edit("b")), (2, second), (4, third))
            assert list(unit.changes.edits(CHANGE.id)) == [third]
            assert (unit.changes.edit(CHANGE.id, first.key), unit.changes.edit(CHANGE.id, edit("b").key)) == (third, None)
            assert unit.changes.count(CHANGE.id) == 1

    def test_edits_come_by_key_in_pages(self, store: Store) -> None:
        campaign = Edit(Key(Kind.CAMPAIGN, "z"), None, None, None, "ivan", AT)

        def fill(unit: Unit) -> None:
            unit.changes.add(CHANGE)
            unit.changes.add(replace(CHANGE, id="other"))
            unit.changes.put(CHANGE.id, 1, [edit("b"), campaign, edit("a")])
            unit.changes.put("other", 1, [edit("c")])

        write(store, fill)
        with store.reading() as unit:
            assert [one.key.id[-1] for one in unit.changes.edits(CHANGE.id)] == ["z", "a", "b"]
            assert [one.key.id[-1] for one in unit.changes.edits(CHANGE.id, limit=2)] == ["z", "a"]
            assert [one.key.id[-1] for one in unit.changes.edits(CHANGE.id, after=edit("a").key)] == ["b"]
            assert unit.changes.count(CHANGE.id) == 3
            assert (unit.changes.count("nothing"), list(unit.changes.edits("nothing"))) == (0, [])

    def test_edits_of_several_pieces_come_in_one_go(self, store: Store) -> None:
        def fill(unit: Unit) -> None:
            unit.changes.add(CHANGE)
            unit.changes.put(CHANGE.id, 1, [edit("a"), edit("b"), edit("c")])
            unit.changes.drop(CHANGE.id, 2, edit("b").key)

        write(store, fill)
        asked = [edit("c").key, edit("b").key, edit("a").key, edit("never").key, Key(Kind.LIST, edit("a").key.id)]
        with store.reading() as unit:
            assert unit.changes.several(CHANGE.id, asked) == {edit("a").key: edit("a"), edit("c").key: edit("c")}
            assert (unit.changes.several(CHANGE.id, ()), unit.changes.several("nothing", asked)) == ({}, {})

    def test_pieces_of_several_keys_come_in_one_go(self, store: Store) -> None:
        publish(store, 1, new=FIRST)
        publish(store, 2, [FIRST[3].key])
        asked = [FIRST[2].key, FIRST[3].key, LIST, Key(Kind.CAMPAIGN, LIST.id)]
        with store.reading() as unit:
            assert {key: kept.piece for key, kept in unit.releases.several(asked).items()} == {LIST: FIRST[0], FIRST[2].key: FIRST[2]}
            assert unit.releases.several(()) == {}

    @pytest.mark.parametrize("kind", Kind)
    def test_edits_whose_piece_was_published_otherwise_since_are_found_for_every_kind(self, store: Store, kind: Kind) -> None:
        old, new = (Piece(Key(kind, "a/b"), {"note": note}) for note in ("old", "new"))
        same, other = Piece(Key(kind, "a/c"), {}), Key(kind, "a/d")
        stale = Edit(old.key, old.hash, None, None, "oksana", AT)
        fine = (Edit(same.key, same.hash, None, None, "oksana", AT), Edit(other, None, "1" * 64, {}, "oksana", AT))
        gone = Edit(Key(kind, "a/e"), "2" * 64, None, None, "oksana", AT)
        come = Edit(Key(kind, "a/f"), None, "3" * 64, {}, "oksana", AT)
        publish(store, 1, new=(old, same))
        publish(store, 2, [old.key], [new, Piece(come.key, {})])

        def fill(unit: Unit) -> None:
            unit.changes.add(CHANGE)
            unit.changes.put(CHANGE.id, 1, [come, stale, *fine, gone])

        write(store, fill)
        with store.reading() as unit:
            assert list(unit.changes.clashing(CHANGE.id)) == [stale, gone, come]
            assert list(unit.changes.clashing("nothing")) == []

    def test_some_edits_tell_whose_business_a_change_is_and_what_it_risks(self, store: Store) -> None:
        named = term("named", "x", contest="c")
        publish(store, 1, new=(*FIRST, named, term("named", "x", OTHER_LIST, contestant="p")))

        def of(piece: Piece, body: Document | None, base: str | None = None) -> Edit:
            return Edit(piece.key, base, body and Piece(piece.key, body).hash, body, "oksana", AT)

        many = [of(term(f"{number:03}", ""), {"text": str(number)}) for number in range(300)]
        others = [of(keywords(), {"note": "n"}), of(Piece(Key(Kind.CAMPAIGN, "c"), {}), {"id": "c"})]
        last = of(term("z", ""), {"text": "z", "contestant": "p"})
        before = of(named, {"text": "x"}, named.hash)
        for turn, (edits, risks) in enumerate(
            (([*many, *others], 0), ([*many, last], 1), ([*many, before], 1), ([*many, last, before, *others], 2))
        ):
            with store.writing() as unit:
                known_as = str(turn)
                unit.changes.add(replace(CHANGE, id=known_as))
                unit.changes.put(known_as, 1, edits)
                found = list(unit.changes.telling(known_as))
            assert len(found) <= 4 + len(others)
            assert {one.key.parent for one in found if one.key.kind is Kind.TERM} == {LIST}
            assert {one.key for one in others} & {one.key for one in edits} <= {one.key for one in found}
            assert sum(one in found for one in (last, before)) >= min(risks, 1)

    def test_several_pieces_of_the_latest_release_are_found_at_once(self, store: Store) -> None:
        write(store, lambda unit: unit.releases.add(head(1), (), FIRST))
        write(store, lambda unit: unit.releases.add(head(2), [FIRST[3].key], [term("a\"'%", "новий")]))
        asked = [FIRST[0].key, FIRST[2].key, FIRST[3].key, term("a\"'%", "").key, Key(Kind.NOTICE, FIRST[0].key.id)]
        with store.reading() as unit:
            found = unit.releases.several(asked)
            assert {key: kept.piece.body for key, kept in found.items()} == {
                FIRST[0].key: FIRST[0].body,
                FIRST[2].key: FIRST[2].body,
                term("a\"'%", "").key: {"text": "новий"},
            }
            assert all(unit.releases.piece(key) == kept for key, kept in found.items())
            assert unit.releases.several(()) == {}

    def test_the_edits_of_several_pieces_are_found_at_once(self, store: Store) -> None:
        one, other, gone = (term(name, "вибори") for name in "abc")
        self.put(store, 1, one, other, gone)
        write(store, lambda unit: unit.changes.drop(CHANGE.id, 2, gone.key))
        with store.reading() as unit:
            found = unit.changes.several(CHANGE.id, [one.key, gone.key, LIST])
            assert found == {one.key: unit.changes.edit(CHANGE.id, one.key)}
            assert unit.changes.several("c2", [one.key]) == {}

    @pytest.mark.parametrize("fields", [{}, {"contest": "us-president"}, {"contestant": "a"}], ids=["nobody", "a contest", "a contestant"])
    def test_a_few_edits_tell_whose_business_a_change_is(self, store: Store, fields: dict[str, object]) -> None:
        named = term("z", "ім'я", **fields)
        self.put(store, 1, *(term(str(number), "вибори") for number in range(50)), named, term("a", "ไป", OTHER_LIST), keywords())
        with store.reading() as unit:
            telling = [str(edit.key) for edit in unit.changes.telling(CHANGE.id)]
        assert telling == sorted(
            ["list 001/uk/voting", "term 001/th/voting/a", "term 001/uk/voting/0", *(["term 001/uk/voting/z"] if fields else [])]
        )

    def test_contestants_that_a_change_takes_out_are_among_the_edits_that_tell(self, store: Store) -> None:
        write(store, lambda unit: unit.releases.add(head(1), (), (keywords(), term("a", "ім'я", contest="us"), term("b", "вибори"))))
        self.put(store, 1, term("0", "перша"), term("b", "друга"))
        with store.writing() as unit:
            kept = unit.releases.piece(term("a", "").key)
            assert kept is not None
            unit.changes.put(CHANGE.id, 2, [Edit(kept.piece.key, kept.hash, None, None, "ada", AT)])
            assert [edit.key.id[-1] for edit in unit.changes.telling(CHANGE.id)] == ["0", "a"]

    def test_edits_of_what_was_published_otherwise_since_clash(self, store: Store) -> None:
        write(store, lambda unit: unit.releases.add(head(1), (), FIRST))
        with store.writing() as unit:
            unit.changes.add(CHANGE)
            hashes = {key: kept.hash for key, kept in unit.releases.several([piece.key for piece in FIRST]).items()}
            wanted = (*FIRST, term("new", "нове"), term("same", "нове"))
            unit.changes.put(CHANGE.id, 1, [Edit(piece.key, hashes.get(piece.key), "1" * 64, {"x": 1}, "ada", AT) for piece in wanted])
            assert list(unit.changes.clashing(CHANGE.id)) == []
        changed = [term("b", "інакше"), term("new", "нове")]
        write(store, lambda unit: unit.releases.add(head(2), [FIRST[3].key, FIRST[0].key], changed))
        with store.reading() as unit:
            clashing = [str(edit.key) for edit in unit.changes.clashing(CHANGE.id)]
        assert clashing == ["list 001/uk/voting", "term 001/uk/voting/b", "term 001/uk/voting/new"]

    def put(self, store: Store, revision: int, *pieces: Piece) -> None:
        """A change with these edits."""
        with store.writing() as unit:
            unit.changes.add(CHANGE)
            unit.changes.put(CHANGE.id, revision, [Edit(piece.key, None, piece.hash, piece.body, "ada", AT) for piece in pieces])

    def test_approvals_and_comments_are_kept_the_oldest_first(self, store: Store) -> None:
        approvals = (Approval(CHANGE.id, "ruth", "1" * 64, LATER), Approval(CHANGE.id, "ravi", "2" * 64, AT))

        def fill(unit: Unit) -> None:
            unit.changes.add(CHANGE)
            for one in approvals:
                unit.changes.approve(one)

        write(store, fill)
        with store.writing() as unit:
            made = [
                unit.changes.comment(CHANGE.id, person, at, text) for person, at, text in (("ruth", LATER, "Чому?"), ("ivan", AT, "כך"))
            ]
        with store.reading() as unit:
            assert unit.changes.approvals(CHANGE.id) == approvals
            assert unit.changes.comments(CHANGE.id) == tuple(made)
            assert [one.text for one in made] == ["Чому?", "כך"]
            assert (unit.changes.approvals("nothing"), unit.changes.comments("nothing")) == ((), ())

    # People

    def test_people_come_back_with_their_grants(self, store: Store) -> None:
        retired = Person("ivan", "Іван", retired_at=LATER)
        write(store, lambda unit: [unit.people.add(one) for one in (PERSON, retired)])
        with store.reading() as unit:
            found = unit.people.get("oksana")
            assert found is not None
            assert (set(found.grants), replace(found, grants=())) == (set(PERSON.grants), replace(PERSON, grants=()))
            assert [one.id for one in unit.people.all()] == ["ivan", "oksana"]
            assert (unit.people.get("ivan"), unit.people.get("nobody")) == (retired, None)

    @pytest.mark.parametrize(
        "person", [replace(PERSON, email="other@signpost.example"), replace(PERSON, id="other", email="OKSANA@signpost.EXAMPLE")]
    )
    def test_an_id_or_an_address_is_somebodys_once(self, store: Store, person: Person) -> None:
        write(store, lambda unit: unit.people.add(PERSON))
        with pytest.raises(Taken), store.writing() as unit:
            unit.people.add(person)
        with store.reading() as unit:
            assert [one.name for one in unit.people.all()] == ["Оксана"]

    def test_addresses_are_the_same_in_any_case_of_any_script(self, store: Store) -> None:
        write(store, lambda unit: unit.people.add(replace(PERSON, email="Оксана@ВИБОРИ.укр")))
        write(store, lambda unit: unit.people.add(Person("ivan", "Іван", "ivan@signpost.example")))
        with store.reading() as unit:
            found = unit.people.by_email("ОКСАНА@вибори.УКР")
            assert found is not None
            assert (found.id, unit.people.by_email("")) == ("oksana", None)
        with pytest.raises(Taken), store.writing() as unit:
            unit.people.save(Person("ivan", "Іван", "оксана@вибори.укр"))

    def test_any_number_of_people_have_no_address(self, store: Store) -> None:
        write(store, lambda unit: [unit.people.add(Person(name, name)) for name in ("a", "b")])
        with store.reading() as unit:
            assert (len(unit.people.all()), unit.people.by_email("")) == (2, None)

    def test_a_person_is_saved_and_granted_anew(self, store: Store) -> None:
        write(store, lambda unit: unit.people.add(PERSON))
        changed = replace(PERSON, name="О.", email="o@signpost.example", retired_at=LATER)
        write(store, lambda unit: unit.people.save(changed))
        write(store, lambda unit: unit.people.grant("oksana", [Grant(Role.ADMIN, "UA"), Grant(Role.ADMIN, "UA")]))
        with store.reading() as unit:
            assert unit.people.get("oksana") == replace(changed, grants=(Grant(Role.ADMIN, "UA"),))
            assert unit.people.by_email("oksana@signpost.example") is None
        write(store, lambda unit: unit.people.grant("oksana", []))
        with store.reading() as unit:
            assert unit.people.get("oksana") == replace(changed, grants=())

    def test_credentials_take_the_place_of_those_before(self, store: Store) -> None:
        write(store, lambda unit: unit.people.add(PERSON))
        first = Credentials("hash", "secret", one_time_confirmed=True, last_step=58_000_000, recovery=("a", "b"), must_change=True)
        with store.reading() as unit:
            assert unit.people.credentials("oksana") == unit.people.credentials("nobody") == Credentials()
        for credentials in (first, Credentials("other", recovery=("c",)), Credentials()):
            write(store, lambda unit, credentials=credentials: unit.people.set_credentials("oksana", credentials))  # type: ignore[misc]
            with store.reading() as unit:
                assert unit.people.credentials("oksana") == credentials

    def test_an_identity_is_one_persons(self, store: Store) -> None:
        write(store, lambda unit: [unit.people.add(one) for one in (PERSON, Person("ivan", "Іван"))])
        write(store, lambda unit: unit.people.link("oksana", "https://id.example", "42"))
        with pytest.raises(Taken), store.writing() as unit:
            unit.people.link("ivan", "https://id.example", "42")
        with store.reading() as unit:
            found = unit.people.by_identity("https://id.example", "42")
            assert found is not None
            assert found.id == "oksana"
            assert unit.people.by_identity("https://other.example", "42") is None

    def test_sessions_are_found_by_their_hash_and_listed_the_newest_first(self, store: Store) -> None:
        write(store, lambda unit: unit.people.add(PERSON))
        old = Session("s1", "hash1", "oksana", "password", "Firefox", AT, AT, LATER)
        new = replace(old, id="s2", hash="hash2", created_at=LATER, seen_at=LATER)
        write(store, lambda unit: [unit.people.add_session(one) for one in (old, new)])
        ended = replace(old, seen_at=LATER, ended_at=LATER)
        write(store, lambda unit: unit.people.save_session(ended))
        with store.reading() as unit:
            assert (unit.people.session("hash1"), unit.people.session("hash2"), unit.people.session("s1")) == (ended, new, None)
            assert unit.people.sessions("oksana") == (new, ended)
            assert unit.people.sessions("nobody") == ()

    def test_sessions_and_failures_are_let_go_of_once_they_are_long_over(self, store: Store) -> None:
        write(store, lambda unit: unit.people.add(PERSON))
        running = Session("s1", "hash1", "oksana", "password", "Firefox", AT, AT, LATER)
        over = replace(running, id="s2", hash="hash2", expires_at=AT)
        ended = replace(running, id="s3", hash="hash3", ended_at=AT)

        def fill(unit: Unit) -> None:
            for one in (running, over, ended):
                unit.people.add_session(one)
            unit.people.set_failures("oksana", 2, AT)
            unit.people.set_failures("ivan", 3, LATER)

        write(store, fill)
        write(store, lambda unit: unit.people.forget(AT))
        with store.reading() as unit:
            assert len(unit.people.sessions("oksana")) == 3
        write(store, lambda unit: unit.people.forget(LATER))
        with store.reading() as unit:
            assert unit.people.sessions("oksana") == (running,)
            assert (unit.people.failures("oksana"), unit.people.failures("ivan")) == ((0, None), (3, LATER))

    def test_tokens_are_found_by_their_hash_and_listed_the_newest_first(self, store: Store) -> None:
        write(store, lambda unit: [unit.people.add(one) for one in (PERSON, Person("ivan", "Іван"))])
        grants = (Grant(Role.VIEWER, "UA", ("uk",)), Grant(Role.CURATOR, "001"))
        old = Token("t1", "hash1", "oksana", "імпорт", "abcd", grants, AT, LATER)
        new = replace(old, id="t2", hash="hash2", person="ivan", created_at=LATER, grants=())
        write(store, lambda unit: [unit.people.add_token(one) for one in (old, new)])
        used = replace(old, used_at=LATER, ended_at=LATER)
        write(store, lambda unit: unit.people.save_token(used))
        with store.reading() as unit:
            assert (unit.people.token("hash1"), unit.people.token("hash2"), unit.people.token("t1")) == (used, new, None)
            assert (unit.people.tokens(), unit.people.tokens("oksana"), unit.people.tokens("nobody")) == ((new, used), (used,), ())

    def test_failures_are_counted_until_they_are_forgotten(self, store: Store) -> None:
        for count, at, told in ((1, AT, (1, AT)), (7, LATER, (7, LATER)), (0, None, (0, None))):
            write(store, lambda unit, count=count, at=at: unit.people.set_failures("oksana", count, at))  # type: ignore[misc]
            with store.reading() as unit:
                assert unit.people.failures("oksana") == told
                assert unit.people.failures("ivan") == (0, None)

    # The journal

    def test_lines_are_chained_from_the_first_on(self, store: Store) -> None:
        with store.writing() as unit:
            first = unit.journal.append(
                EVENING, "oksana", "session", "change.opened", "1", "done", {"title": "Вибори", "n": [1, None, True]}
            )
        with store.writing() as unit:
            second = unit.journal.append(AT, "ivan", "token", "change.edited", "1", "stale", {})
            assert unit.journal.last() == second
        with store.reading() as unit:
            assert tuple(unit.journal.all()) == (first, second)
            assert (unit.journal.last(), unit.journal.ever_written()) == (second, 2)
            assert list(broken_lines(unit.journal.all(), unit.journal.ever_written())) == []
        assert (first.number, first.previous, second.number, second.previous) == (1, BEGINNING, 2, first.hash)
        assert first.at == EVENING
        assert (line_hash(first), line_hash(second)) == (first.hash, second.hash)

    def test_lines_of_a_unit_that_fails_were_never_written(self, store: Store) -> None:
        write(store, lambda unit: unit.journal.append(AT, "a", "session", "a.b", "", "done", {}))
        fail(store, lambda unit: unit.journal.append(AT, "a", "session", "a.c", "", "done", {}))
        with store.writing() as unit:
            assert unit.journal.ever_written() == 1
            assert unit.journal.append(AT, "a", "session", "a.d", "", "done", {}).number == 2

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            pytest.param(Lines(), [4, 3, 2, 1], id="all, the newest first"),
            pytest.param(Lines(actor="ivan"), [3, 2], id="by an actor"),
            pytest.param(Lines(action="change"), [3, 1], id="of a group of actions"),
            pytest.param(Lines(action="change.opened"), [1], id="of an action"),
            pytest.param(Lines(action="opened"), [], id="not of the end of an action"),
            pytest.param(Lines(subject=CHANGE.id), [3, 1], id="about a subject"),
            pytest.param(Lines(outcome="stale"), [3], id="with an outcome"),
            pytest.param(Lines(text="ВИБОРИ"), [1], id="with a text in any case of any script"),
            pytest.param(Lines(text="C9"), [2], id="with a text in the subject"),
            pytest.param(Lines(text="100%"), [4], id="with a sign that queries use"),
            pytest.param(Lines(from_at=AT + timedelta(minutes=2)), [4, 3], id="from a moment on"),
            pytest.param(Lines(to_at=AT + timedelta(minutes=2)), [2, 1], id="before a moment"),
            pytest.param(Lines(before=3), [2, 1], id="before a number"),
            pytest.param(Lines(limit=2), [4, 3], id="at most so many"),
            pytest.param(Lines("ivan", "change", CHANGE.id, "stale", "why", AT, LATER, 4, 1), [3], id="all at once"),
        ],
    )
    def test_lines_are_found(self, store: Store, wanted: Lines, found: list[int]) -> None:
        told = (
            ("oksana", "change.opened", CHANGE.id, "done", {"title": "вибори"}),
            ("ivan", "token.made", "c9", "done", {}),
            ("ivan", "change.edited", CHANGE.id, "stale", {"why": "Why not"}),
            ("operator:root", "stop.set", "", "done", {"reason": "100% wrong"}),
        )
        with store.writing() as unit:
            for minutes, (actor, action, subject, outcome, detail) in enumerate(told):
                unit.journal.append(AT + timedelta(minutes=minutes), actor, "session", action, subject, outcome, detail)
        with store.reading() as unit:
            assert [line.number for line in unit.journal.lines(wanted)] == found

    # Events

    def test_hooks_are_kept_and_saved(self, store: Store) -> None:
        hook = Hook("h1", "https://hooks.example/a", "secret", ("change.submitted", "ping"), "ada", AT)
        write(store, lambda unit: [unit.events.add_hook(one) for one in (replace(hook, id="h2"), hook)])
        saved = replace(hook, url="https://hooks.example/b", secret="other", events=(), ended_at=LATER)
        write(store, lambda unit: unit.events.save_hook(saved))
        with store.reading() as unit:
            assert unit.events.hooks() == (saved, replace(hook, id="h2"))
            assert (unit.events.hook("h1"), unit.events.hook("h3")) == (saved, None)

    def test_an_event_goes_to_every_hook_that_listens_and_is_not_ended(self, store: Store) -> None:
        hook = Hook("h1", "https://hooks.example/a", "secret", ("change.submitted",), "ada", AT)
        others = (replace(hook, id="h2", events=("ping",)), replace(hook, id="h3", ended_at=AT), replace(hook, id="h4"))
        body: Document = {"subject": CHANGE.id, "title": "Слова"}

        def fill(unit: Unit) -> None:
            for one in (hook, *others):
                unit.events.add_hook(one)
            unit.events.emit("change.submitted", AT, body)
            unit.events.send("h2", "change.submitted", LATER, {})

        write(store, fill)
        with store.reading() as unit:
            due = unit.events.due(LATER)
            assert [(one.hook, one.event, one.body, one.created_at, one.next_at, one.attempts, one.status) for one in due] == [
                ("h1", "change.submitted", body, AT, AT, 0, None),
                ("h4", "change.submitted", body, AT, AT, 0, None),
                ("h2", "change.submitted", {}, LATER, LATER, 0, None),
            ]
            assert [one.hook for one in unit.events.due(LATER - timedelta(microseconds=1))] == ["h1", "h4"]
            assert [one.hook for one in unit.events.due(LATER, limit=1)] == ["h1"]
            assert unit.events.delivery(due[0].number) == due[0]
            assert unit.events.delivery(99) is None

    def test_a_delivery_is_saved_until_it_is_done(self, store: Store) -> None:
        hook = Hook("h1", "https://hooks.example/a", "secret", ("ping",), "ada", AT)

        def fill(unit: Unit) -> None:
            unit.events.add_hook(hook)
            for _ in range(3):
                unit.events.emit("ping", AT, {})

        write(store, fill)
        with store.reading() as unit:
            first, second, third = unit.events.due(AT)
        failed = replace(first, next_at=LATER, attempts=1, status=0)
        done = replace(second, next_at=None, attempts=2, status=204, delivered_at=LATER)
        write(store, lambda unit: [unit.events.save_delivery(one) for one in (failed, done)])
        with store.reading() as unit:
            assert unit.events.due(AT) == (third,)
            assert unit.events.due(LATER) == (third, failed)
            assert unit.events.deliveries("h1") == (third, done, failed)
            assert unit.events.deliveries("h1", before=third.number, limit=1) == (done,)
            assert unit.events.deliveries("h2") == ()
        write(store, lambda unit: unit.events.forget(AT))
        with store.reading() as unit:
            assert unit.events.deliveries("h1") == (third, done, failed)
        write(store, lambda unit: unit.events.forget(LATER))
        with store.reading() as unit:
            assert unit.events.deliveries("h1") == (third, failed)

    def test_what_was_told_about_a_subject_is_known_whoever_listened(self, store: Store) -> None:
        write(
            store,
            lambda unit: [unit.events.emit("campaign.starting", AT, body) for body in ({"subject": CHANGE.id}, {"subject": CHANGE.id}, {})],
        )
        with store.reading() as unit:
            told = [
                unit.events.told(*asked) for asked in (("campaign.starting", CHANGE.id), ("campaign.starting", "c2"), ("ping", CHANGE.id))
            ]
        assert told == [True, False, False]

    # Stops, and what must not be done twice

    def test_a_stop_is_kept_once_and_lifted_by_two(self, store: Store) -> None:
        stop = Stop(StopKind.NOTICE, "n1", "Хибно", "ada", EVENING, LATER, "s1")
        older = Stop(StopKind.EVERYTHING, "", "Усе", "ada", AT, id="s2")
        asked = StoredStop(stop, "ada", AT)
        lifted = replace(asked, lifted_by="ruth", lifted_at=LATER)
        with store.writing() as unit:
            assert [unit.stops.put(one) for one in (stop, older, replace(stop, reason="other"))] == [True, True, False]
        with store.reading() as unit:
            assert [one.stop for one in unit.stops.all()] == [older, stop]
            assert (unit.stops.get("s1"), unit.stops.get("s3")) == (StoredStop(stop), None)
        for saved in (asked, lifted):
            write(store, lambda unit, saved=saved: unit.stops.save(saved))  # type: ignore[misc]
            with store.reading() as unit:
                assert unit.stops.get("s1") == saved

    def test_answers_are_kept_by_actor_and_key_until_they_are_forgotten(self, store: Store) -> None:
        old, new = Answer("f1", 201, {"id": "Ї", "n": None}, AT), Answer("f2", 200, [], LATER)

        def fill(unit: Unit) -> None:
            unit.once.keep("oksana", "k1", old)
            unit.once.keep("ivan", "k1", new)

        write(store, fill)
        with store.reading() as unit:
            assert (unit.once.get("oksana", "k1"), unit.once.get("ivan", "k1"), unit.once.get("ivan", "k2")) == (old, new, None)
        write(store, lambda unit: unit.once.forget(LATER))
        with store.reading() as unit:
            assert (unit.once.get("oksana", "k1"), unit.once.get("ivan", "k1")) == (None, new)

    # Units

    def test_a_unit_that_fails_leaves_nothing_of_any_kind(self, store: Store) -> None:
        publish(store, 1, new=FIRST)

        def everything(unit: Unit) -> None:
            unit.releases.add(head(2), (FIRST[2].key,), (term("c", "new"),))
            unit.changes.add(CHANGE)
            unit.changes.put(CHANGE.id, 1, [edit("a")])
            unit.people.add(PERSON)
            unit.journal.append(AT, "a", "session", "a.b", "", "done", {})
            unit.events.emit("ping", AT, {"subject": "x"})
            unit.stops.put(Stop(StopKind.EVERYTHING, "", "Усе", "ada", AT, id="s2"))
            unit.once.keep("a", "k", Answer("f", 200, {}, AT))

        fail(store, everything)
        with store.reading() as unit:
            assert (unit.releases.latest(), [kept.piece for kept in unit.releases.pieces()]) == (head(1), list(FIRST))
            assert (unit.changes.find(), unit.changes.written(CHANGE.id), unit.people.all(), unit.journal.last()) == ((), (), (), None)
            assert (unit.events.told("ping", "x"), unit.stops.all(), unit.once.get("a", "k")) == (False, (), None)

    def test_readers_see_the_state_before_a_unit_until_it_ends(self, store: Store) -> None:
        seen: list[int] = []

        def look() -> None:
            with store.reading() as unit:
                seen.append(len(unit.people.all()))

        with store.writing() as unit:
            unit.people.add(PERSON)
            looking = threading.Thread(target=look)
            looking.start()
            looking.join(10)
        look()
        assert seen == [0, 1]

    def test_a_reading_unit_sees_one_state_of_everything(self, store: Store) -> None:
        publish(store, 1, new=FIRST)
        with store.reading() as unit:
            assert unit.releases.latest() == head(1)
            writer = threading.Thread(target=publish, args=(store, 2, [FIRST[2].key]))
            writer.start()
            writer.join(0.05)
            assert [unit.releases.latest(), len(keys(unit))] == [head(1), len(FIRST)]
        writer.join(10)
        with store.reading() as unit:
            assert [unit.releases.latest(), len(keys(unit))] == [head(2), len(FIRST) - 1]

    def test_one_writes_at_a_time(self, store: Store, reopen: Callable[[], Store]) -> None:
        other = reopen()

        def count(own: Store) -> None:
            for _ in range(20):
                with own.writing() as unit:
                    unit.people.set_failures("x", unit.people.failures("x")[0] + 1, AT)

        writers = [threading.Thread(target=count, args=(own,)) for own in (store, store, other)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(60)
        with store.reading() as unit:
            assert unit.people.failures("x")[0] == 60
        other.close()

    def test_two_that_publish_the_same_number_are_told_apart(self, store: Store, reopen: Callable[[], Store]) -> None:
        other = reopen()
        publish(store, 1, new=FIRST)
        with pytest.raises(ReleaseConflict):
            publish(other, 1, new=FIRST)
        publish(other, 2)
        with pytest.raises(ReleaseConflict):
            publish(store, 2)
        other.close()

    def test_what_was_written_is_there_when_it_is_opened_again(self, store: Store, reopen: Callable[[], Store]) -> None:
        publish(store, 1, new=FIRST)
        write(store, lambda unit: unit.people.add(PERSON))
        store.close()
        again = reopen()
        again.check()
        with again.reading() as unit:
            assert ([kept.piece for kept in unit.releases.pieces()], unit.releases.latest()) == (list(FIRST), head(1))
            assert [one.id for one in unit.people.all()] == ["oksana"]
        again.close()

    def test_a_store_that_is_closed_is_not_used_any_more(self, store: Store) -> None:
        store.close()
        store.close()
        with pytest.raises(StoreError), store.reading():
            pass
        with pytest.raises(StoreError), store.writing():
            pass

    def test_a_copy_holds_everything_and_takes_the_place_of_an_older_one(self, store: Store, tmp_path: Path) -> None:
        copy = tmp_path / "copy"
        publish(store, 1, new=FIRST)
        store.back_up(copy)
        first = copy.read_bytes()
        publish(store, 2, [FIRST[2].key])
        store.back_up(copy)
        assert first != copy.read_bytes()
        assert [file.name for file in tmp_path.iterdir() if "copy" in file.name] == ["copy"]
