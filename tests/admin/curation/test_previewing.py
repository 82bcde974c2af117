"""Previews: a draft that could not be served is told as such, what was compared is remembered, and nobody waits for it twice."""

import pytest

from admin.curation import previewing
from admin.curation.editing import open_change, put
from admin.curation.previewing import draft_live, preview
from review.change import About
from review.errors import Blocked
from review.pieces import Key, Kind
from tests.curated import ADA, DORA, Curated, curated_store, tag, term


@pytest.fixture
def curated(tmp_path) -> Curated:
    return curated_store(tmp_path)


def test_a_draft_that_contradicts_itself_is_told_with_what_is_wrong(curated: Curated) -> None:
    key = Key(Kind.REGION, "DE-BY")
    with curated.act(ADA) as act:
        change = open_change(act, About("A parent that is none", "r"))
        body = {"code": "DE-BY", "kind": "subdivision", "name": "Bavaria", "parent": "XX"}
        change, _ = put(act, change.id, key, body, tag(act, change, key))
    for asked in (preview, draft_live):
        with pytest.raises(Blocked) as told:
            asked(curated.bench, ADA, change.id)
        assert [one.code for one in told.value.findings] == ["invalid_places"]


def test_what_was_compared_is_remembered_until_something_moves(curated: Curated, monkeypatch: pytest.MonkeyPatch) -> None:
    change = curated.edited(DORA, [term("wahlkabine finden")])
    first = preview(curated.bench, DORA, change.id)

    def never(*_: object) -> None:
        raise AssertionError("It was compared again.")

    with monkeypatch.context() as patched:
        patched.setattr(previewing, "effect", never)
        assert preview(curated.bench, DORA, change.id) == first
    key, body = term("wahlurne finden")
    with curated.act(DORA) as act:
        put(act, change.id, key, body, "")
    assert preview(curated.bench, DORA, change.id).effect.words != first.effect.words
