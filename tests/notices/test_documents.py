"""The short way to canonical JSON gives the same bytes as RFC 8785's own, and what that refuses is refused."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from keywords.lists import MatchKind
from notices.documents import canonical_bytes

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["\x7f", "\u2028", "\ufeff", "\b\t\n\f\r\x1f", '\\"/', "😀"]
)
PLAIN = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT | st.floats(allow_nan=False, allow_infinity=False)
DOCUMENT = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=20)


@given(DOCUMENT)
def test_any_document_has_the_bytes_of_rfc_8785(document: object) -> None:
    assert canonical_bytes(document) == rfc8785.dumps(document)  # type: ignore[arg-type]


def test_names_are_in_the_order_of_utf_16() -> None:
    assert canonical_bytes({"\U0001f600": 1, "\ufb33": 2}) == '{"\U0001f600":1,"\ufb33":2}'.encode()


def test_codes_and_tuples_are_written_as_what_they_hold() -> None:
    assert canonical_bytes({"match": MatchKind.EXACT, "near": ("a",)}) == b'{"match":"exact","near":["a"]}'


@pytest.mark.parametrize("wrong", [2**53, -(2**53), float("nan"), float("inf"), "\ud800", {"\ud800": 1}, {1: 2}], ids=repr)
def test_what_has_no_canonical_form_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError):
        canonical_bytes({"x": wrong})
