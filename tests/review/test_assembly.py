"""Every release taken apart into pieces is the same release when they are put together again."""

import json

import pytest
from hypothesis import HealthCheck, given, settings

from notices.documents import Document, canonical_bytes, from_document, to_document
from notices.release import Release
from review.assembly import FIELDS, REQUIRED, assemble, head_of, pieces_of
from review.errors import NotAPiece
from review.pieces import Key, Kind, Piece, piece, plain_document
from tests.curated import small_release
from tests.values import RELEASES


def document_of(release: Release) -> Document:
    return plain_document(to_document(release))


SMALL = document_of(small_release())


def without(document: Document, **fields: object) -> Document:
    return {**json.loads(json.dumps(document)), **fields}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(RELEASES)
def test_apart_and_together_is_the_same_release(release: Release) -> None:
    document = document_of(release)
    pieces = tuple(pieces_of(document))
    together = assemble(head_of(document), pieces)
    assert canonical_bytes(together) == canonical_bytes(document)
    assert [list(notice["wordings"]) for notice in together["notices"]] == [list(notice["wordings"]) for notice in document["notices"]]
    assert len({one.key for one in pieces}) == len(pieces), "no two pieces have the same key"


def test_a_small_release_is_the_same_down_to_its_values() -> None:
    assert from_document(assemble(head_of(SMALL), pieces_of(SMALL)), Release) == small_release()


def test_the_order_in_which_kinds_come_does_not_matter() -> None:
    backwards = sorted(pieces_of(SMALL), key=lambda one: list(Kind).index(one.key.kind), reverse=True)
    assert assemble(head_of(SMALL), backwards) == SMALL


def ids(document: Document, kind: Kind) -> list[str]:
    return [one.key.id for one in pieces_of(document) if one.key.kind is kind]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.SETTINGS, ["release"]),
        (Kind.REGION, ["001", "EU", "DE", "DE-BY", "FR", "HK", "IL", "TH", "US", "US-TX"]),
        (Kind.CENTER, ["DE"]),
        (Kind.ELECTION, ["us-2026-11-03-legislative", "de-2029-03-25-legislative"]),
        (Kind.LIST, ["001/en/voting", "DE/de/voting", "FR/fr/voting", "TH/th/voting", "IL/he/voting"]),
        (Kind.NOTICE, ["how-to-vote", "de-notice"]),
        (Kind.WORDING, ["how-to-vote/de", "how-to-vote/en", "how-to-vote/he", "how-to-vote/th", "de-notice/de", "de-notice/en"]),
        (Kind.CAMPAIGN, ["voting", "de-voting"]),
        (Kind.WAIVER, []),
        (Kind.WORDS, []),
    ],
    ids=lambda value: value.value if isinstance(value, Kind) else "",
)
def test_pieces_are_called_after_what_they_are_about(kind: Kind, expected: list[str]) -> None:
    assert ids(SMALL, kind) == expected


SILENCE = {"region": "DE", "bars": ["campaign"], "source": "§ 32", "confidence": "high"}


def test_what_has_the_same_name_is_numbered() -> None:
    waiver = {"code": "c", "place": "DE/de", "reason": "r", "by": "b"}
    document = without(SMALL, silence=[SILENCE, SILENCE, {**SILENCE, "region": "FR"}, SILENCE], waivers=[waiver, waiver])
    assert ids(document, Kind.SILENCE) == ["DE", "DE~2", "FR", "DE~3"]
    assert ids(document, Kind.WAIVER) == ["c/DE/de", "c/DE/de~2"]


def test_lists_notices_and_terms_with_the_same_name_are_numbered_and_keep_what_is_theirs() -> None:
    keywords, notice = SMALL["lists"][1], SMALL["notices"][1]
    twice = {**keywords, "terms": [keywords["terms"][0], keywords["terms"][0]]}
    document = without(SMALL, lists=[keywords, twice], notices=[notice, {**notice, "wordings": {"de": notice["wordings"]["de"]}}])
    assert ids(document, Kind.LIST) == ["DE/de/voting", "DE/de/voting~2"]
    terms = ids(document, Kind.TERM)
    assert terms[2:] == [f"DE/de/voting~2/{terms[0].rpartition('/')[2]}", f"DE/de/voting~2/{terms[0].rpartition('/')[2]}~2"]
    assert ids(document, Kind.WORDING) == ["de-notice/de", "de-notice/en", "de-notice~2/de"]
    assert assemble(head_of(document), pieces_of(document)) == document


def test_the_same_words_have_the_same_id_in_every_list_and_release() -> None:
    (first,) = {one.key.id.rpartition("/")[2] for one in pieces_of(SMALL) if one.body.get("text") == "wo wähle ich"}
    longer = {**SMALL["lists"][1], "terms": [{"text": "neu"}, {"text": "wo wähle ich", "note": "another"}]}
    (second,) = {one.key.id.rpartition("/")[2] for one in pieces_of(without(SMALL, lists=[longer])) if one.body.get("note")}
    assert first == second


@pytest.mark.parametrize("kind", [Kind.LIST, Kind.NOTICE], ids=str)
def test_what_belongs_to_something_that_is_not_there_makes_no_release(kind: Kind) -> None:
    with pytest.raises(NotAPiece):
        assemble(head_of(SMALL), (one for one in pieces_of(SMALL) if one.key.kind is not kind))


def test_a_release_without_pieces_has_the_fields_that_every_release_has() -> None:
    assert assemble({}, ()) == {name: [] for name in REQUIRED}
    assert set(FIELDS.values()) >= REQUIRED - {"lists", "notices"}


@pytest.mark.parametrize("one", list(pieces_of(SMALL)), ids=lambda one: str(one.key))
def test_pieces_of_a_release_are_in_their_normal_form(one: Piece) -> None:
    assert piece(Key(one.key.kind, one.key.id), one.body) == one
