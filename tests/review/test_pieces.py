"""What may be kept under which key, in which form, and whose business it is."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.errors import InvalidDocument
from review.assembly import pieces_of
from review.errors import NotAPiece
from review.pieces import LONGEST_ID, Key, Kind, Piece, hash_of, numbered, piece, term_id
from review.scopes import scopes_of
from tests.review.test_assembly import SMALL

PIECES = {str(one.key): one for one in pieces_of(SMALL)}
TERM = Key(Kind.TERM, "DE/de/voting/a")
WORDING = {"title": "T", "body": "B", "label": "L"}
LIST = {"region": "DE", "language": "de", "topic": "voting"}
NOTICE = {"id": "n", "kind": "urgent"}
CAMPAIGN = {"id": "c", "notice": "n", "regions": ["DE"], "surfaces": ["search"]}


def test_a_document_is_kept_in_its_normal_form() -> None:
    written = {"text": "wo", "match": "phrase", "near": [], "season_only": False, "note": "", "forms": ["wohin"]}
    assert piece(TERM, written) == Piece(TERM, {"text": "wo", "forms": ["wohin"]})
    assert piece(TERM, written).hash == piece(TERM, {"forms": ["wohin"], "text": "wo"}).hash


def test_a_normal_form_is_plain_json() -> None:
    found = piece(
        Key(Kind.CAMPAIGN, "c"), {**CAMPAIGN, "windows": [{"starts": "2026-11-01T00:00:00", "zone": "UTC"}], "review_on": "2027-01-01"}
    )
    assert json.loads(json.dumps(found.body)) == found.body
    assert piece(found.key, found.body) == found


def test_a_hash_tells_keys_and_bodies_apart() -> None:
    body = {"text": "a"}
    other = Key(Kind.TERM, "DE/de/voting/b")
    assert len({hash_of(TERM, body), hash_of(other, body), hash_of(TERM, {"text": "b"}), hash_of(Key(Kind.LIST, TERM.id), body)}) == 4


@pytest.mark.parametrize(
    ("key", "body"),
    [
        pytest.param(TERM, {}, id="a term without its text"),
        pytest.param(TERM, {"text": 1}, id="a number for a text"),
        pytest.param(TERM, {"text": "a", "match": "somehow"}, id="a kind of match that there is not"),
        pytest.param(TERM, {"text": "a", "colour": "red"}, id="a field that there is not"),
        pytest.param(TERM, {"text": "a", "season_only": "yes"}, id="a text for a truth"),
        pytest.param(Key(Kind.LIST, "DE/de/voting"), {**LIST, "terms": []}, id="a list with its terms inside"),
        pytest.param(Key(Kind.NOTICE, "n"), {**NOTICE, "wordings": {}}, id="a notice with its wordings inside"),
        pytest.param(Key(Kind.ELECTION, "e"), {"id": "e", "regions": ["DE"]}, id="an election without rounds"),
        pytest.param(
            Key(Kind.SETTINGS, "release"), {"season_days": 10**20, "link_hosts": [], "starter": True}, id="a number no JSON holds"
        ),
        pytest.param(Key(Kind.NOTICE, "n"), {**NOTICE, "revision": 2**53}, id="a number just too large"),
        pytest.param(TERM, {"text": "half \ud800"}, id="half a character"),
        pytest.param(TERM, {"text": "nu\0l"}, id="the character NUL"),
        pytest.param(
            Key(Kind.CENTER, "DE"), {"region": "DE", "authorities": [], "links": {"elections": {"\0": "https://a"}}}, id="NUL as a name"
        ),
    ],
)
def test_what_is_not_such_a_document_is_refused(key: Key, body: dict[str, Any]) -> None:
    with pytest.raises(InvalidDocument):
        piece(key, body)


@pytest.mark.parametrize(
    ("key", "body"),
    [
        pytest.param(Key(Kind.LIST, "DE/de/results"), LIST, id="another list"),
        pytest.param(Key(Kind.LIST, "FR/de/voting"), LIST, id="a list of another region"),
        pytest.param(Key(Kind.NOTICE, "m"), NOTICE, id="another notice"),
        pytest.param(Key(Kind.CAMPAIGN, "d"), CAMPAIGN, id="another campaign"),
        pytest.param(Key(Kind.SETTINGS, "x"), {"season_days": 1, "link_hosts": [], "starter": True}, id="other settings"),
        pytest.param(Key(Kind.TERM, "DE/de/voting/"), {"text": "a"}, id="a term without an id of its own"),
        pytest.param(Key(Kind.WORDING, "n/"), WORDING, id="a wording without a language"),
        pytest.param(Key(Kind.TERM, ""), {"text": "a"}, id="no id"),
        pytest.param(Key(Kind.TERM, f"DE/de/voting/{'a' * LONGEST_ID}"), {"text": "a"}, id="a very long id"),
        pytest.param(Key(Kind.TERM, "DE/de/voting/a\tb"), {"text": "a"}, id="an id with a tab"),
        pytest.param(Key(Kind.TERM, "DE/de/voting/a\u202eb"), {"text": "a"}, id="an id that turns the direction"),
        pytest.param(Key(Kind.TERM, "DE/de/voting/a "), {"text": "a"}, id="an id with a space at its end"),
    ],
)
def test_what_cannot_be_kept_under_its_key_is_refused(key: Key, body: dict[str, Any]) -> None:
    with pytest.raises(NotAPiece):
        piece(key, body)


def test_a_place_may_have_several_hours_and_rules_under_numbers() -> None:
    hours = {"region": "DE", "closes": "18:00:00", "source": "The law", "confidence": "high"}
    assert piece(Key(Kind.POLLING_HOURS, "DE~2"), hours).body == hours


@pytest.mark.parametrize(
    ("key", "body"),
    [
        pytest.param(Key(Kind.LIST, "DE/de/voting~2"), LIST, id="a list"),
        pytest.param(Key(Kind.NOTICE, "election-center~2"), {"id": "election-center", "kind": "custom", "region": "DE"}, id="a notice"),
        pytest.param(Key(Kind.NOTICE, "a~2"), {"id": "a~2", "kind": "custom"}, id="a notice whose own id has a number"),
        pytest.param(Key(Kind.WORDING, "election-center~2/de"), {"title": "a", "body": "b", "label": "c"}, id="words of such a notice"),
        pytest.param(Key(Kind.CENTER, "DE~2"), {"region": "DE", "authorities": [], "links": {}, "fact_checkers": []}, id="a center"),
    ],
)
def test_nothing_takes_the_place_of_something_under_a_second_key(key: Key, body: dict) -> None:
    with pytest.raises((NotAPiece, InvalidDocument)):
        piece(key, body)


@pytest.mark.parametrize("known_as", ["../../etc", "e\u0301", "-a", "a b", "Wahl/ä", "a\0"])
def test_ids_that_people_make_up_are_plain(known_as: str) -> None:
    with pytest.raises(NotAPiece):
        piece(Key(Kind.NOTICE, known_as), {"id": known_as, "kind": "custom"})


@pytest.mark.parametrize(
    ("key", "parent"),
    [
        (TERM, Key(Kind.LIST, "DE/de/voting")),
        (Key(Kind.TERM, "DE/de/voting~2/a~3"), Key(Kind.LIST, "DE/de/voting~2")),
        (Key(Kind.WORDING, "how-to-vote/zh-Hant"), Key(Kind.NOTICE, "how-to-vote")),
        (Key(Kind.LIST, "DE/de/voting"), None),
        (Key(Kind.CAMPAIGN, "a/b"), None),
    ],
    ids=str,
)
def test_terms_and_wordings_belong_to_something(key: Key, parent: Key | None) -> None:
    assert key.parent == parent


def region_of(notice: str) -> str:
    return {"de-notice": "DE"}.get(notice, "001")


@pytest.mark.parametrize(
    ("key", "body", "expected"),
    [
        (Key(Kind.SETTINGS, "release"), {}, "001"),
        (Key(Kind.WORDS, "real_words"), {}, "001"),
        (Key(Kind.REGION, "DE-BY"), {"code": "DE-BY", "parent": "DE"}, "DE-BY, DE"),
        (Key(Kind.REGION, "001"), {"code": "001", "parent": None}, "001, 001"),
        (Key(Kind.CENTER, "DE~2"), {"region": "DE"}, "DE"),
        (Key(Kind.SILENCE, "FR"), {"region": "FR"}, "FR"),
        (Key(Kind.POLLING_HOURS, "FR"), {"region": "FR"}, "FR"),
        (Key(Kind.ROLL, "de-2027"), {"contest": "de-2027", "region": "DE"}, "DE"),
        (Key(Kind.ELECTION, "e"), {"regions": ["DE", "FR"]}, "DE, FR"),
        (Key(Kind.ELECTION, "e"), {"regions": []}, "001"),
        (Key(Kind.CAMPAIGN, "c"), {"regions": ["DE", "US-TX"], "excluded": ["DE-BY"]}, "DE, US-TX"),
        (Key(Kind.CAMPAIGN, "c"), {}, "001"),
        (Key(Kind.LIST, "DE/de/voting"), {}, "DE:de"),
        (Key(Kind.LIST, "DE/mul/voting"), {}, "DE"),
        (Key(Kind.TERM, "DE/de/voting/a"), {}, "DE:de"),
        (Key(Kind.TERM, "DE/mul/voting/a"), {}, "DE"),
        (Key(Kind.TERM, "DE/de/voting~2/a"), {}, "DE:de"),
        (Key(Kind.NOTICE, "de-notice"), {"region": "DE"}, "DE"),
        (Key(Kind.NOTICE, "how-to-vote"), {}, "001"),
        (Key(Kind.WORDING, "de-notice/tr"), {}, "DE:tr"),
        (Key(Kind.WORDING, "how-to-vote/tr"), {}, "001:tr"),
        (Key(Kind.WAIVER, "w"), {"place": "DE/de/voting"}, "DE:de"),
        (Key(Kind.WAIVER, "w"), {"place": "DE"}, "001"),
        (Key(Kind.WAIVER, "w"), {"place": "list DE/de/voting"}, "list DE:de"),
        (Key(Kind.WAIVER, "w"), {"place": "campaign c"}, "001"),
        (Key(Kind.WAIVER, "w"), {}, "001"),
    ],
    ids=str,
)
def test_whose_business_a_piece_of_each_kind_is(key: Key, body: dict[str, Any], expected: str) -> None:
    found = scopes_of(key, body, region_of)
    assert [f"{one.region}:{one.language}" if one.language else one.region for one in found] == expected.split(", ")


def test_every_piece_is_somebodys_business() -> None:
    for one in PIECES.values():
        assert scopes_of(one.key, one.body, region_of)
        assert scopes_of(one.key, {}, region_of)


def test_the_same_words_have_the_same_id_and_other_words_or_another_match_have_not() -> None:
    ids = {term_id({"text": "wo"}), term_id({"text": "wo", "match": "phrase"}), term_id({"text": "wo", "note": "n"})}
    assert len(ids) == 1
    assert len({*ids, term_id({"text": "Wo"}), term_id({"text": "wo", "match": "exact"}), term_id({"text": "איפה"})}) == 4
    assert term_id({"text": "wo"}, ids) == f"{next(iter(ids))}~2"


@given(st.lists(st.sampled_from(["a", "a~2", "b"]), max_size=8))
def test_numbered_names_are_never_the_same(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        found = numbered(name, taken)
        assert found not in taken
        taken.add(found)
    assert len(taken) == len(names)
