"""Which characters count as the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.folding import GROWTH, fold
from keywords.tokens import tokenise

TEXTS = st.text(max_size=60)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        pytest.param("WÄHLEN Straße", "wahlen strasse", id="German"),
        pytest.param("İstanbul ISPARTA ılık", "istanbul isparta ilik", id="Turkish dotted and dotless i"),
        pytest.param("Việt Nam Bầu cử", "viet nam bau cu", id="Vietnamese"),
        pytest.param("ёлка й", "елка и", id="Cyrillic"),
        pytest.param("ΨΗΦΟΣ ψήφος", "ψηφοσ ψηφοσ", id="Greek final sigma and accent"),
        pytest.param("צִיּוֹן", "ציון", id="Hebrew points"),
        pytest.param("الانْتِخَاباتُ", "الانتخابات", id="Arabic harakat"),
        pytest.param("انتـخابات", "انتخابات", id="Arabic tatweel"),
        pytest.param("أإآٱ ى ک", "اااا ي ك", id="Arabic alef, yeh and kaf forms"),
        pytest.param("۲۰۲۶ ٢٠٢٦ २०२६ ๒๕๖๙", "2026 2026 2026 2569", id="digits of four systems"),
        pytest.param("Ｖｏｔｅ", "vote", id="full width"),
        pytest.param("v\u200bo\u00adt\u202ee", "vote", id="invisible and bidi characters"),
    ],
)
def test_same_letters_fold_alike(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize("word", ["चुनाव", "নির্বাচন", "தேர்தல்", "เลือกตั้ง", "បោះឆ្នោត", "ရွေးကောက်ပွဲ"])
def test_marks_that_are_letters_stay(word: str) -> None:
    assert fold(word) == unicodedata.normalize("NFC", word)


def test_traditional_and_simplified_han_fold_alike() -> None:
    assert tokenise("選舉結果") == tokenise("选举结果")


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert tokenise(" ".join(tokenise(text))) == tokenise(text)


@given(TEXTS)
def test_composed_and_decomposed_input_match_alike(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert tokenise(composed) == tokenise(unicodedata.normalize("NFD", composed))


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo", "Nd"]), max_size=40))
def test_case_does_not_matter(text: str) -> None:
    assert tokenise(text.casefold()) == tokenise(text)


@given(TEXTS)
def test_folding_never_grows_past_its_bound(text: str) -> None:
    assert sum(map(len, tokenise(text))) <= GROWTH * len(unicodedata.normalize("NFC", text)) + GROWTH
