"""Every field of every kind of piece survives its way through plain columns."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices.documents import canonical_bytes, to_document
from notices.signing import SignedRelease
from review.assembly import assemble, head_of, pieces_of
from review.pieces import SORTS, Key, Kind, Piece, plain_document
from store.sqlite import SqliteStore
from store.sqlite.columns import COLUMNS, EXTRA, OWNERS, TABLES, names
from tests.store.contract import fail, head
from tests.values import values

KEYS = {Kind.TERM: "DE/de/voting/abc", Kind.WORDING: "how-to-vote/de"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path_factory.mktemp("columns") / "signpost.db")
    yield made
    made.close()


def pieces(kind: Kind) -> st.SearchStrategy[Piece]:
    sort = SORTS[kind]

    def made(value: Any) -> Piece:
        document = plain_document(to_document(value))
        for name in sort.added or ():
            document.pop(name, None)
        return Piece(Key(kind, KEYS.get(kind, "x")), document)

    return values(sort.value).map(made)


@pytest.mark.parametrize("kind", Kind)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_every_field_of_every_kind_comes_back(store: SqliteStore, kind: Kind, data: st.DataObject) -> None:
    wanted = data.draw(pieces(kind))
    found: list[Piece] = []

    def there_and_back(unit: Any) -> None:
        unit.releases.add(head(1), (), (wanted,))
        found.extend(kept.piece for kept in unit.releases.pieces())

    fail(store, there_and_back)
    assert found == [wanted]
    assert canonical_bytes(found[0].body) == canonical_bytes(wanted.body)


@pytest.mark.parametrize("kind", Kind)
def test_every_field_has_a_column_of_its_own(kind: Kind) -> None:
    fields = {name for name in SORTS[kind].value.__dataclass_fields__ if name not in (SORTS[kind].added or ())}
    assert set(COLUMNS[kind]) == fields
    assert len(set(names(kind))) == len(names(kind))
    assert set(TABLES) == set(Kind)
    assert not set(OWNERS.get(kind, ())) & fields
    assert EXTRA not in fields


def test_a_field_without_a_column_and_a_field_that_is_null_come_back_too(store: SqliteStore) -> None:
    wanted = Piece(Key(Kind.TERM, KEYS[Kind.TERM]), {"text": "a", "slot": None, "from_tomorrow": {"b": [1, None]}, "near": []})
    found: list[Piece] = []

    def there_and_back(unit: Any) -> None:
        unit.releases.add(head(1), (), (wanted,))
        found.extend(kept.piece for kept in unit.releases.pieces())

    fail(store, there_and_back)
    assert found == [wanted]


def test_the_whole_packs_come_back_byte_for_byte(tmp_path: Path, signed_starter: SignedRelease) -> None:
    document = plain_document(to_document(signed_starter.release))
    store = SqliteStore(tmp_path / "signpost.db")
    with store.writing() as unit:
        unit.releases.add(head(1), (), pieces_of(document))
    with store.reading() as unit:
        found = assemble(head_of(document), (kept.piece for kept in unit.releases.pieces()))
    store.close()
    assert canonical_bytes(found) == canonical_bytes(document)
