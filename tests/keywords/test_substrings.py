"""Spellings of scripts without spaces inside the letters of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.index import build_index
from keywords.lists import KeywordList, Layer, Layers, Term
from keywords.scanning import scan
from tests.keywords.standing import standing

LISTS = (
    KeywordList("001", "ja", "voting", (Term("投票所"), Term("投票"), Term("AI投票"))),
    KeywordList("001", "th", "voting", (Term("เลือกตั้ง"), Term("คน"), Term("หน่วยเลือกตั้ง"), Term("ลงคะแนนเสียง"))),
    KeywordList("001", "my", "voting", (Term("ကော"), Term("ရွေးကောက်ပွဲ"))),
    KeywordList("001", "km", "voting", (Term("ការបោះឆ្នោត"),)),
)
INDEX = build_index(LISTS)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("最寄りの投票所はどこ", {"投票所", "投票"}, id="Japanese, one inside another"),
        pytest.param("投票 所", {"投票所", "投票"}, id="over a space"),
        pytest.param("ai 投票", {"ai投票", "投票"}, id="beginning where a Latin word begins"),
        pytest.param("xai 投票", {"投票"}, id="not inside a Latin word"),
        pytest.param("投げ票", set(), id="a letter in between"),
        pytest.param("การเลือกตั้งครั้ง", {"เลือกตั้ง"}, id="Thai"),
        pytest.param("คนไทย", {"คน"}, id="a short Thai word before a letter"),
        pytest.param("คนํา", set(), id="a short Thai word before a mark of its last letter"),
        pytest.param("ကော်", set(), id="Burmese before a mark of its last letter"),
        pytest.param("ကောင", {"ကော"}, id="Burmese before another letter"),
    ],
)
def test_in_scripts_without_spaces_keys_are_substrings_that_tear_no_cluster(text: str, keys: set[str]) -> None:
    assert {key for key, layer, *_ in standing(INDEX, text) if layer is Layer.EXACT} == keys


@pytest.mark.parametrize(
    ("text", "shown"),
    [("การเลือกตังครั้ง", "เลือกตัง"), ("การเลือกตั่งครั้ง", "เลือกตั่ง")],
)
def test_tone_marks_may_be_left_out_or_be_others(text: str, shown: str) -> None:
    assert standing(INDEX, text) == {("เลือกตั้ง", Layer.NEAR, 1, shown)}


def test_short_words_need_their_tone_marks() -> None:
    index = build_index([KeywordList("001", "th", "voting", (Term("บ้าน"),))])
    assert [hit.key for hit in scan(index, 0, ("บ้าน",))] != []
    assert scan(index, 0, ("บาน",)) == []


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        pytest.param("วันเลอกตั้งวันไหน", "เลือกตั้ง", "เลอกตั้ง", id="a vowel missing"),
        pytest.param("วันเลืกอตั้งวันไหน", "เลือกตั้ง", "เลืกอตั้ง", id="two letters swapped"),
        pytest.param("วันเลืืกอตั้ง", "", "", id="two slips"),
        pytest.param("ลงคะแนรเสียง", "ลงคะแนนเสียง", "ลงคะแนรเสียง", id="another letter"),
        pytest.param("ลงคะแนนนเสียง", "ลงคะแนนเสียง", "ลงคะแนนนเสียง", id="a letter too many"),
        pytest.param("ลงคะ แนเสียง", "ลงคะแนนเสียง", "ลงคะแนเสียง", id="a letter missing, and over a space"),
        pytest.param("ไปรคะแนนเสียงด้วย", "", "", id="another beginning"),
        pytest.param("ไปลงคะแนนเสียด้วย", "", "", id="the end missing"),
        pytest.param("ไป ลงคะแนนเสีย ด้วย", "ลงคะแนนเสียง", "ลงคะแนนเสีย", id="the end missing before a space"),
        pytest.param("ไป งคะแนนเสียง ด้วย", "ลงคะแนนเสียง", "งคะแนนเสียง", id="the beginning missing behind a space"),
        pytest.param("ไป ลงคะแนนเสียม ด้วย", "", "", id="another letter at the end of a word"),
        pytest.param("เลือกยัง", "", "", id="another word at the end"),
        pytest.param("ការបោះ្ឆនោត", "ការបោះឆ្នោត", "ការបោះ្ឆនោត", id="Khmer"),
        pytest.param("คน", "", "", id="a short word"),
    ],
)
def test_a_long_spelling_may_hold_one_slip_inside(text: str, key: str, shown: str) -> None:
    near = {(found, edits, letters) for found, layer, edits, letters in standing(INDEX, text) if layer is Layer.NEAR}
    assert near == ({(key, 1, shown)} if key else set())


def test_numbers_are_no_slips() -> None:
    index = build_index([KeywordList("001", "th", "voting", (Term("ผลเลือกตั้ง2569ทั่วประเทศ"),))])
    assert scan(index, 0, ("ผลเลือกตั้ง", "2566", "ทั่วประเทศ")) == []


def test_a_term_without_typos_holds_no_slip() -> None:
    index = build_index([KeywordList("001", "th", "voting", (Term("เลือกตั้ง", typos=Layers.OFF),))])
    (entry,) = index.entries
    assert {hit.layer for hit in scan(index, 0, ("เลอกตั้ง",))} <= entry.barred


@given(st.lists(st.sampled_from([*"เลือกตั้งคนไ", "เลือกตั้ง", "หน่วย", "ကောက်", "投票"]), max_size=30))
def test_every_hit_lies_inside_the_text_and_tears_no_cluster(pieces: list[str]) -> None:
    text = "".join(pieces)
    for key, layer, edits, shown in standing(INDEX, text):
        assert shown in text
        assert (edits, shown) == (0, key) or layer is not Layer.EXACT


@pytest.mark.parametrize("text", ["我去投票嗎", "投票我去", "去投票我"])
def test_a_single_letter_is_found_anywhere(text: str) -> None:
    index = build_index([KeywordList("001", "zh", "voting", (Term("投票", near=("我",)),))])
    assert {hit.key for hit in scan(index, 0, (text,))} == {"投票", "我"}


def test_a_spelling_as_typed_is_not_also_one_with_other_tone_marks() -> None:
    index = build_index([KeywordList("001", "th", "voting", (Term("เลือกตั้ง"), Term("เลือกตัง")))])
    assert standing(index, "การเลือกตังครั้ง") == {("เลือกตัง", Layer.EXACT, 0, "เลือกตัง")}
    assert {found[:2] for found in standing(index, "การเลือกตั่งครั้ง")} == {("เลือกตั้ง", Layer.NEAR)}
