"""Joining two edits of one document: what both sides did is there, or a person is asked; nothing is lost in silence."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.merging import Merged, merge

BASE = {"text": "a", "near": ["x", "y"], "names": {"de": "A", "en": "A"}, "rounds": [{"n": 1}]}


def changed(**fields: Any) -> dict[str, Any]:
    return {**BASE, **fields}


def less(*names: str) -> dict[str, Any]:
    return {name: value for name, value in BASE.items() if name not in names}


JOINED = [
    pytest.param(BASE, BASE, BASE, id="nobody did anything"),
    pytest.param(changed(text="b"), BASE, changed(text="b"), id="we did"),
    pytest.param(BASE, changed(text="b"), changed(text="b"), id="they did"),
    pytest.param(changed(text="b"), changed(text="b"), changed(text="b"), id="both did the same"),
    pytest.param(changed(text="b"), changed(note="n"), changed(text="b", note="n"), id="another field each"),
    pytest.param(less("near"), changed(text="b"), {**less("near"), "text": "b"}, id="a field out and another changed"),
    pytest.param(less("near"), less("near"), less("near"), id="the same field out"),
    pytest.param(
        changed(names={"de": "B", "en": "A"}), changed(names={"de": "A", "en": "C"}), changed(names={"de": "B", "en": "C"}), id="inside"
    ),
    pytest.param(
        changed(names={"de": "A"}), changed(names={"de": "A", "en": "A", "th": "ก"}), changed(names={"de": "A", "th": "ก"}), id="in and out"
    ),
    pytest.param(changed(extra={"a": "1"}), changed(extra={"b": "2"}), changed(extra={"a": "1", "b": "2"}), id="the same new field"),
    pytest.param(changed(near=["x", "y", "o"]), changed(near=["x", "y", "t"]), changed(near=["x", "y", "t", "o"]), id="a word each"),
    pytest.param(changed(near=["x", "y", "o"]), changed(near=["x", "y", "o", "t"]), changed(near=["x", "y", "o", "t"]), id="the same word"),
    pytest.param(changed(near=["y"]), changed(near=["x"]), changed(near=[]), id="a word out each"),
    pytest.param(changed(near=["y"]), changed(near=["x", "o", "y"]), changed(near=["o", "y"]), id="one out and one in behind it"),
    pytest.param(changed(near=["o", "x", "y"]), changed(near=["x", "y", "t"]), changed(near=["o", "x", "y", "t"]), id="one at each end"),
    pytest.param(changed(words=["o"]), changed(words=["t"]), changed(words=["t", "o"]), id="words where there were none"),
    pytest.param(None, BASE, None, id="we took it out"),
    pytest.param(BASE, None, None, id="they took it out"),
    pytest.param(None, None, None, id="both took it out"),
]
ASKED = [
    pytest.param(changed(text="b"), changed(text="c"), id="the same field"),
    pytest.param(less("text"), changed(text="c"), id="a field out and changed"),
    pytest.param(changed(names={"de": "B"}), changed(names={"de": "C"}), id="the same inside"),
    pytest.param(changed(names={"en": "A"}), changed(names={"de": "C", "en": "A"}), id="inside, out and changed"),
    pytest.param(less("names"), changed(names={"de": "C"}), id="all out and changed inside"),
    pytest.param(None, changed(text="b"), id="taken out and changed"),
    pytest.param(changed(text="b"), None, id="changed and taken out"),
    pytest.param(changed(rounds=[{"n": 1}, {"n": 2}]), changed(rounds=[{"n": 3}]), id="lists of more than words"),
    pytest.param(changed(near=["y", "x"]), changed(near=["x", "y", "t"]), id="another order and another word"),
    pytest.param(changed(near=["y", "x"]), changed(near=["y"]), id="another order and a word out"),
    pytest.param(changed(near=["o", "x", "y"]), changed(near=["t", "x", "y"]), id="another first word each"),
    pytest.param(changed(near=["x", "y", "x"]), changed(near=["x", "y", "t"]), id="a word twice"),
    pytest.param(changed(near="x"), changed(near=["x", "y", "t"]), id="another type"),
    pytest.param(changed(extra="1"), changed(extra="2"), id="the same new field otherwise"),
]


@pytest.mark.parametrize(("ours", "theirs", "expected"), JOINED)
def test_what_both_sides_did_apart_is_joined(ours: Any, theirs: Any, expected: Any) -> None:
    assert merge(BASE, ours, theirs) == Merged(expected)


@pytest.mark.parametrize(("ours", "theirs"), ASKED)
def test_where_both_changed_the_same_a_person_is_asked_whichever_side_they_are_on(ours: Any, theirs: Any) -> None:
    assert merge(BASE, ours, theirs) is None
    assert merge(BASE, theirs, ours) is None


def test_two_new_documents_are_one_only_where_they_are_the_same() -> None:
    assert merge(None, BASE, BASE) == Merged(BASE)
    assert merge(None, BASE, None) == Merged(BASE)
    assert merge(None, None, BASE) == Merged(BASE)
    assert merge(None, BASE, changed(text="b")) is None


WORDS = st.lists(st.sampled_from("abcdefg"), max_size=5, unique=True)
LEAVES = st.sampled_from(["1", "2", True, False, 0, None]) | WORDS
BODIES = st.dictionaries(
    st.sampled_from("klmn"), LEAVES | st.dictionaries(st.sampled_from("pq"), st.sampled_from(["1", "2"]), max_size=2), max_size=4
)
SIDES = st.none() | BODIES


@given(SIDES, SIDES, SIDES)
def test_nothing_is_lost_in_silence(base: Any, ours: Any, theirs: Any) -> None:
    merged = merge(base, ours, theirs)
    if merged is None:
        assert ours != theirs
        assert base not in (ours, theirs)
        return
    for side, other in ((ours, theirs), (theirs, ours)):
        if base == other:
            assert merged.body == side
    if merged.body is None or not all(isinstance(one, dict) for one in (base, ours, theirs)):
        assert merged.body in (ours, theirs)
        return
    for name in {*base, *ours, *theirs}:
        check_field(*(one.get(name, ...) for one in (base, ours, theirs, merged.body)))


def check_field(base: Any, ours: Any, theirs: Any, found: Any) -> None:
    """What one side did is there; where both did something, both are."""
    for side, other in ((ours, theirs), (theirs, ours)):
        if side == base:
            assert found == other
    if ours == theirs:
        assert found == ours
    elif base not in (ours, theirs):
        if isinstance(ours, list):
            check_words([] if base is ... else base, ours, theirs, found)
        else:
            assert isinstance(ours, dict)
            started = base if isinstance(base, dict) else {}
            for name in {*started, *ours, *theirs}:
                check_field(*(one.get(name, ...) for one in (started, ours, theirs, found)))


def check_words(base: list[str], ours: list[str], theirs: list[str], found: list[str]) -> None:
    added = (set(ours) | set(theirs)) - set(base)
    assert set(found) == added | (set(base) & set(ours) & set(theirs))
    assert len(set(found)) == len(found)
    for side in (ours, theirs):
        kept = [word for word in base if word in side]
        assert [word for word in side if word in base] == kept, "whoever gave another order is asked"
        assert [word for word in found if word in kept] == [word for word in kept if word in found]
        if base and side[:1] and side[0] not in base:
            assert found[0] == side[0], "a new first word stays the first"


@given(SIDES, SIDES, SIDES)
def test_both_directions_agree_on_whether_and_but_for_the_order_of_new_words_on_what(base: Any, ours: Any, theirs: Any) -> None:
    here, there = merge(base, ours, theirs), merge(base, theirs, ours)
    assert (here is None) == (there is None)
    if here is not None and there is not None:
        assert in_any_order(here.body) == in_any_order(there.body)


def in_any_order(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: in_any_order(inner) for name, inner in value.items()}
    return sorted(value) if isinstance(value, list) else value


def test_very_long_lists_of_words_are_joined_at_once() -> None:
    base = [f"word {number}" for number in range(50_000)]
    merged = merge({"common": base}, {"common": [*base, "ours"]}, {"common": ["theirs", *base[1:]]})
    assert merged is not None
    assert merged.body == {"common": ["theirs", *base[1:], "ours"]}
