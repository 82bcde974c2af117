"""Whatever a document is, it is read as a whole or refused; never an exception."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admin.dates.fields import LARGEST, address, clean, kind_in_words
from admin.dates.findings import Format, owner_of, reference_of
from admin.dates.reading import read
from elections.election import ElectionKind
from tests.admin.dates.conftest import DATA

FILES = {
    Format.DEMOCRACY_WORKS: "democracy_works.json",
    Format.GOOGLE_CIVIC: "google_elections.json",
    Format.VIP: "vip.xml",
    Format.ICS: "calendar.ics",
    Format.CSV: "table.csv",
}


@pytest.mark.parametrize("form", Format)
def test_a_huge_or_empty_document_is_refused_before_it_is_looked_at(handed, form: Format) -> None:
    assert [refusal.code for refusal in read(form, b" " * (LARGEST + 1), handed()).refusals] == ["too_large"]
    assert [refusal.code for refusal in read(form, b" \n", handed()).refusals] == ["empty_document"]


@pytest.mark.parametrize("form", [Format.DEMOCRACY_WORKS, Format.GOOGLE_CIVIC])
@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"{", "malformed_json"),
        (b"[]", "not_an_object"),
        (b'{"a": 1, "a": 2}', "duplicate_key"),
        (b'{"a": NaN}', "malformed_json"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "malformed_json"),
        (b'{"a": ' + b"[" * 200_000, "malformed_json"),
        (b'{"a": "\xff"}', "bad_utf8"),
        (b"{}", "not_this_format"),
        (b'{"data": null}', "not_this_format"),
    ],
)
def test_json_that_cannot_be_read_is_refused(handed, form: Format, document: bytes, code: str) -> None:
    found = read(form, document, handed())
    assert [refusal.code for refusal in found.refusals] == [code]


@pytest.mark.parametrize("form", Format)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_document_never_raises(handed, form: Format, data) -> None:
    whole = (DATA / FILES[form]).read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    read(form, whole[:start] + data.draw(st.binary(max_size=6)) + whole[end:], handed(region="US"))


@pytest.mark.parametrize("form", Format)
def test_every_start_of_a_document_is_refused_or_read(handed, form: Format) -> None:
    whole = (DATA / FILES[form]).read_bytes()
    for length in range(0, len(whole), 97):
        read(form, whole[:length], handed())


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/",
        "https://",
        "javascript:alert(1)",
        "https://user:pw@a.example/",
        "https://a.example/\nx",
        "//a.example",
        5,
        None,
        "https://[",
    ],
)
def test_only_plain_https_addresses_are_addresses(url: object) -> None:
    assert address(url) == ""


def test_long_text_is_cut_and_joiners_stay() -> None:
    assert len(clean("x" * 1_000)) == 300
    assert clean("می‌خواهم\u200f رأی") == "می‌خواهم رأی"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Texas Municipal Runoff", ElectionKind.LOCAL),
        ("2028 Presidential Primary", ElectionKind.PRESIDENTIAL),
        ("European Parliament election", ElectionKind.EUROPEAN),
        ("U.S. Midterm Election", ElectionKind.LEGISLATIVE),
        ("Ohio Special Election", None),
        ("Municipal election and referendum", None),
        ("Localised selection", None),
    ],
)
def test_a_kind_is_taken_from_a_name_only_where_it_states_one(name: str, kind: ElectionKind | None) -> None:
    assert kind_in_words([name]) is kind


@pytest.mark.parametrize(
    ("source", "owner", "reference"),
    [
        ("democracy-works https://a.example/1 updated X retrieved Y", "democracy-works", "democracy-works https://a.example/1"),
        ("vip:26 https://a.example#1 retrieved Y", "vip:26", "vip:26 https://a.example#1"),
        ("facts/elections.csv", "facts/elections.csv", "facts/elections.csv"),
        ("https://wahl.example/2027", "https://wahl.example/2027", "https://wahl.example/2027"),
        ("2 U.S.C. 7; 3 U.S.C. 1", "2 U.S.C. 7; 3 U.S.C. 1", "2 U.S.C. 7; 3 U.S.C. 1"),
    ],
)
def test_an_importers_source_says_whose_it_is(source: str, owner: str, reference: str) -> None:
    assert (owner_of(source), reference_of(source)) == (owner, reference)
