"""Which characters count as the same."""

import sys
import unicodedata
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords import folding
from keywords.folding import GROWTH, LONGEST, fold, fold_character, is_accented, without_tones

IOTA_SUBSCRIPT = "\u0345"
"""Dropped like every other Greek mark, though its capital is a letter of its own."""
TEXTS = st.text(max_size=60)
LETTERS_BELOW_HAN = [
    chr(code)
    for code in range(0x3400)
    if unicodedata.category(chr(code))[0] in "LMN" and IOTA_SUBSCRIPT not in unicodedata.normalize("NFD", chr(code))
]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        pytest.param("WÄHLEN Straße ẞ", "wahlen strasse ss", id="German"),
        pytest.param("Élections à l’œuvre", "elections a l oeuvre", id="French"),
        pytest.param("Ælder øst Åben", "aelder ost aben", id="Danish"),
        pytest.param("þing ð", "thing d", id="Icelandic"),
        pytest.param("głos Łódź", "glos lodz", id="Polish stroked l"),
        pytest.param("đảng", "dang", id="Vietnamese stroked d, two marks on one letter"),
        pytest.param("Việt Nam Bầu cử", "viet nam bau cu", id="Vietnamese"),
        pytest.param("İstanbul ISPARTA ılık", "istanbul isparta ilik", id="Turkish dotted and dotless i"),
        pytest.param("seçki Ə", "secki e", id="Azeri schwa"),
        pytest.param("ƙuri'a ɓoye", "kuri a boye", id="Hausa hooked letters"),
        pytest.param("ɔkyerɛ", "okyere", id="Akan open vowels"),
        pytest.param("ﬁnal ﬀ ª", "final ff a", id="ligatures and ordinals"),
        pytest.param("ёлка й ў ґ", "елка и у г", id="Cyrillic"),
        pytest.param("ΨΗΦΟΣ ψήφος", "ψηφοσ ψηφοσ", id="Greek final sigma and accent"),
        pytest.param("צִיּוֹן", "ציון", id="Hebrew points"),
        pytest.param("الانْتِخَاباتُ", "الانتخابات", id="Arabic harakat"),
        pytest.param("انتـخابات", "انتخابات", id="Arabic tatweel"),
        pytest.param("أإآٱ ى ک ة", "اااا ي ك ه", id="Arabic alef, yeh, kaf and teh marbuta forms"),
        pytest.param("ﻻﻧﺘﺨﺎﺏ", "لانتخاب", id="Arabic presentation forms"),
        pytest.param("رأی‌گیری", "رايگيري", id="Persian yeh, kaf and zero-width non-joiner"),
        pytest.param("मत‌दान", "मतदान", id="Devanagari zero-width non-joiner"),
        pytest.param("क़", "क़", id="Devanagari nukta, composed and apart"),
        pytest.param("選舉 臺灣", "选举 台湾", id="traditional Han"),
        pytest.param("ｾﾝｷｮ ｶﾞ", "センキョ ガ", id="half-width kana and its voicing mark"),
        pytest.param("Ｖｏｔｅ　Ａ", "vote a", id="full width, and the wide space"),
        pytest.param("۲۰۲۶ ٢٠٢٦ २०२६ ২০২৬ ௨௦௨௬ ๒๕๖๙ ၂၀၂၆ ២០២៦", "2026 2026 2026 2026 2026 2569 2026 2026", id="digits of eight systems"),
        pytest.param("① ² 𝟚", "1 2 2", id="lettered and raised digits"),
        pytest.param("v\u200bo\u00adt\u202ee\u2066", "vote", id="zero-width, soft hyphen and bidi characters"),
        pytest.param("v\ufe0fo\ufe0ete", "vote", id="variation selectors"),
        pytest.param("v\u0337o\u0336t\u0488e\u20dd", "vote", id="strokes and rings laid over letters"),
        pytest.param("𝐕𝐨𝐭𝐞 𝓥𝓸𝓽𝓮 ⓥⓞⓣⓔ 🅥🅞🅣🅔 ᴠᴏᴛᴇ 🇻🇴🇹🇪", "vote vote vote vote vote vote", id="six styled alphabets"),
        pytest.param("a_b-c.d☎e", "a b c d e", id="signs part words"),
    ],
)
def test_same_letters_fold_alike(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    "word",
    ["चुनाव", "নির্বাচন", "தேர்தல்", "ఎన్నికలు", "ಚುನಾವಣೆ", "തിരഞ്ഞെടുപ്പ്", "ඡන්දය", "เลือกตั้ง", "ເລືອກຕັ້ງ", "បោះឆ្នោត", "ရွေးကောက်ပွဲ"],
)
def test_marks_that_are_letters_stay(word: str) -> None:
    assert sorted(fold(word)) == sorted(unicodedata.normalize("NFC", word))


@pytest.mark.parametrize(
    ("typed", "curated"),
    [
        pytest.param("မဲရ\u1036\u102f", "မဲရ\u102f\u1036", id="Burmese"),
        pytest.param("ရ\u103d\u1031း", "ရ\u1031\u103dး", id="Burmese, a medial behind the vowel"),
        pytest.param("\u1780\u17c6\u17bb", "\u1780\u17bb\u17c6", id="Khmer"),
    ],
)
def test_signs_around_a_letter_may_come_in_any_order(typed: str, curated: str) -> None:
    assert typed != curated
    assert fold(typed) == fold(curated)
    assert len(fold(typed)) == len(typed)


def test_signs_that_bind_letters_keep_their_place() -> None:
    assert fold("ស្ត្រី") == "ស្ត្រី"
    assert fold("က\u1039ခ") != fold("ကခ\u1039")


PAGED = "".join(chr(code) for first, last in ((0x20, 0x250), (0x300, 0x530), (0x590, 0x700), (0x900, 0x980)) for code in range(first, last))


@given(st.text(PAGED, max_size=12))
def test_a_text_that_keeps_to_one_page_folds_as_it_does_letter_by_letter(text: str) -> None:
    assert fold(text) == folding.fold_letter_by_letter(text)


def test_every_character_folds_on_its_page_as_it_does_letter_by_letter() -> None:
    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert not [char for char in characters if fold(char + "a") != folding.fold_letter_by_letter(char + "a")]


def test_no_letter_below_han_folds_further_the_second_time() -> None:
    assert [char for char in LETTERS_BELOW_HAN if fold(fold(char)) != fold(char)] == []


def test_no_letter_below_han_depends_on_its_case() -> None:
    assert [char for char in LETTERS_BELOW_HAN if not fold(char) == fold(char.upper()) == fold(char.lower())] == []


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_composed_and_decomposed_input_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo", "Nd"]).filter(
            lambda char: IOTA_SUBSCRIPT not in unicodedata.normalize("NFD", char)
        ),
        max_size=40,
    )
)
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(TEXTS, st.sampled_from("\u200b\u200c\u200d\u00ad\u202e\u2066\ufeff\u034f\u180e\u3164"), st.integers(0, 60))
def test_an_invisible_character_anywhere_changes_nothing_in_composed_text(text: str, invisible: str, at: int) -> None:
    letters = "".join(char for char in fold(text) if unicodedata.category(char)[0] != "M")
    assert fold(letters[:at] + invisible + letters[at:]) == letters


@given(TEXTS)
def test_folded_text_is_composed(text: str) -> None:
    assert unicodedata.is_normalized("NFC", fold(text))


@given(TEXTS)
def test_folding_never_grows_past_its_bound(text: str) -> None:
    assert len(fold(text)) <= GROWTH * len(text)


def test_the_bound_is_reached_by_one_character_only() -> None:
    longest = {chr(code): len(fold_character(chr(code))) for code in range(sys.maxunicode + 1) if 0xF900 <= code <= 0xFFFF}
    assert max(longest, key=longest.__getitem__) == "\ufdfa"
    assert longest["\ufdfa"] == GROWTH


class Recorder:
    """Does what unicodedata does and remembers what was given to `normalize`, whose cost is quadratic in a run of unsorted marks."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def normalize(self, form: str, text: str) -> str:
        self.texts.append(text)
        return unicodedata.normalize(form, text)

    def longest_run(self) -> int:
        return max(self._runs(), default=0)

    def _runs(self):
        for text in self.texts:
            run = 0
            for char in text:
                run = run + 1 if unicodedata.combining(char) else 0
                yield run


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("e" + "\u0300\u0316" * (LONGEST // 2 - 1), id="alternating accents on a Latin letter"),
        pytest.param("क" + "\u094d\u093c" * (LONGEST // 2 - 1), id="alternating virama and nukta"),
        pytest.param("ק" + "\u05b7\u05b0\u05bc" * (LONGEST // 3 - 1), id="Hebrew points out of order"),
        pytest.param("က" + "\u103a\u1037" * (LONGEST // 2 - 1), id="Burmese marks out of order"),
        pytest.param("e\u0301" * (LONGEST // 2), id="decomposed letters"),
        pytest.param("\ufdfa" * LONGEST, id="the character that grows most"),
    ],
)
def test_what_is_normalised_stays_linear_and_its_runs_of_marks_short(hostile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder()
    names = {name: getattr(unicodedata, name) for name in ("is_normalized", "category", "decimal", "name")}
    monkeypatch.setattr(folding, "unicodedata", SimpleNamespace(normalize=recorder.normalize, **names))
    folding.fold(hostile)
    assert recorder.longest_run() <= 8
    assert sum(map(len, recorder.texts)) <= 2 * GROWTH * len(hostile)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("wählen", True), ("wa\u0308hlen", True), ("ψήφος", True), ("בְּחִירוֹת", True), ("Wahlen", False), ("चुनाव", False), ("選挙", False)],
)
def test_an_accent_is_a_mark_that_folding_drops(text: str, *, expected: bool) -> None:
    assert is_accented(text) is expected


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("เลือกตั้ง", "เลือกตัง", id="Thai"),
        pytest.param("ເລືອກຕັ້ງ", "ເລືອກຕັງ", id="Lao"),
        pytest.param("ရွေးကောက်ပွဲ", "ရွေကောက်ပွဲ", id="Burmese visarga"),
        pytest.param("រដ្ឋ៍", "រដ្ឋ", id="Khmer, but for the sign that joins letters"),
        pytest.param("विजय चुनाव", "विजय चुनाव", id="other scripts keep theirs"),
    ],
)
def test_tone_marks_are_left_out_in_scripts_that_write_them(text: str, plain: str) -> None:
    assert without_tones(text) == plain
