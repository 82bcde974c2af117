"""What people attach to a word or end it with."""

from itertools import pairwise

import pytest

from keywords.affixes import (
    ENDINGS,
    LEADING,
    LONGEST_BEGINNING,
    LONGEST_ENDING,
    PARTICLES,
    PREFIXES,
    SHORTEST_STEM,
    bare,
    beginnings,
    paradigms,
)
from keywords.folding import fold


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        pytest.param("선거는", "선거", id="Korean topic particle"),
        pytest.param("투표소에서", "투표소", id="Korean place particle"),
        pytest.param("والانتخابات", "الانتخابات", id="Arabic and"),
        pytest.param("بالانتخابات", "انتخابات", id="Arabic in the"),
        pytest.param("للاقتراع", "اقتراع", id="Arabic for the"),
        pytest.param("לבחירות", "בחירות", id="Hebrew to"),
        pytest.param("שבבחירות", "בחירות", id="Hebrew that in"),
        pytest.param("በምርጫ", "ምርጫ", id="Ethiopic in"),
    ],
)
def test_particles_and_prefixes_come_off(word: str, stem: str) -> None:
    assert stem in bare(word)


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("는", id="a particle by itself"),
        pytest.param("선는", id="one syllable left"),
        pytest.param("بلد", id="two Arabic letters left"),
        pytest.param("votes", id="Latin"),
        pytest.param("выборы", id="Cyrillic"),
        pytest.param("चुनाव", id="Devanagari"),
        pytest.param("投票", id="Han"),
    ],
)
def test_nothing_comes_off_other_words(word: str) -> None:
    assert list(bare(word)) == []


def test_the_longest_attachment_comes_off_first() -> None:
    assert next(iter(bare("وبالانتخابات"))) == "انتخابات"
    assert all(len(one) >= len(next_) for table in (PARTICLES, *PREFIXES.values()) for one, next_ in pairwise(table))


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [
        pytest.param("выборы", "ru", "выборами", id="Russian"),
        pytest.param("голосование", "ru", "голосованию", id="Russian neuter"),
        pytest.param("вибори", "uk", "виборів", id="Ukrainian"),
        pytest.param("выбары", "be", "выбараў", id="Belarusian"),
        pytest.param("избори", "bg", "изборите", id="Bulgarian article"),
        pytest.param("избори", "mk", "изборите", id="Macedonian article"),
        pytest.param("избори", "sr", "изборима", id="Serbian"),
        pytest.param("izbori", "sr-Latn", "izborima", id="Serbian in Latin letters"),
        pytest.param("izbori", "hr", "izborima", id="Croatian"),
        pytest.param("wybory", "pl", "wyborami", id="Polish"),
        pytest.param("volby", "cs", "volbách", id="Czech"),
        pytest.param("volebný", "sk", "volebného", id="Slovak"),
        pytest.param("volitve", "sl", "volitvah", id="Slovene"),
        pytest.param("rinkimai", "lt", "rinkimuose", id="Lithuanian"),
        pytest.param("vēlēšanas", "lv", "vēlēšanās", id="Latvian"),
        pytest.param("vaalit", "fi", "vaaleissa", id="Finnish"),
        pytest.param("äänestys", "fi", "äänestyksessä", id="Finnish with a changing stem"),
        pytest.param("valimised", "et", "valimistel", id="Estonian"),
        pytest.param("választások", "hu", "választásokon", id="Hungarian plural"),
        pytest.param("seçimler", "tr", "seçimlerde", id="Turkish"),
        pytest.param("seçkilər", "az", "seçkilərdə", id="Azeri"),
        pytest.param("сайлаулар", "kk", "сайлауларда", id="Kazakh"),
        pytest.param("saylovlar", "uz", "saylovlarda", id="Uzbek"),
        pytest.param("εκλογές", "el", "εκλογών", id="Greek"),
        pytest.param("ընտրություններ", "hy", "ընտրություններում", id="Armenian"),
        pytest.param("არჩევნები", "ka", "არჩევნებში", id="Georgian"),
        pytest.param("zgjedhje", "sq", "zgjedhjeve", id="Albanian"),
        pytest.param("kosningar", "is", "kosninganna", id="Icelandic"),
    ],
)
def test_a_word_takes_the_other_endings_of_its_paradigm(word: str, language: str, other: str) -> None:
    forms = {stem + ending for stem, group in paradigms(fold(word), language) for ending in group}
    assert fold(other) in forms


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [
        pytest.param("выборы", "ru", "выбор", id="Russian: elections, choice"),
        pytest.param("вибори", "uk", "вибір", id="Ukrainian"),
        pytest.param("wybory", "pl", "wybór", id="Polish"),
        pytest.param("volby", "cs", "volba", id="Czech"),
        pytest.param("választások", "hu", "választás", id="Hungarian"),
        pytest.param("választások", "hu", "választásra", id="Hungarian singular with a case"),
    ],
)
def test_the_number_is_kept(word: str, language: str, other: str) -> None:
    assert fold(other) not in {stem + ending for stem, group in paradigms(fold(word), language) for ending in group}


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [("kupiga", "sw", "nimepiga"), ("kupiga", "sw", "watapiga"), ("ukuvota", "zu", "ngivota"), ("ukuvota", "xh", "abavota")],
)
def test_beginnings_change_places(word: str, language: str, other: str) -> None:
    assert other in {beginning + tail for tail, group in beginnings(word, language) for beginning in group}


def test_a_stem_keeps_four_letters_and_other_languages_have_no_tables() -> None:
    assert all(len(stem) >= SHORTEST_STEM for language in ENDINGS for stem, _ in paradigms("выборы", language))
    assert list(paradigms("годы", "ru")) == []
    assert list(paradigms("votes", "en")) == list(beginnings("votes", "en")) == []
    assert list(beginnings("kula", "sw")) == []


def test_a_regional_language_has_its_languages_endings() -> None:
    assert list(paradigms("wybory", "pl-PL")) == list(paradigms("wybory", "pl"))
    assert list(beginnings("kupiga", "sw-KE")) == list(beginnings("kupiga", "sw"))


def test_tables_hold_what_folding_leaves() -> None:
    endings = [ending for groups in ENDINGS.values() for group in groups for ending in group]
    assert [ending for ending in endings if ending and fold(ending) != ending] == []
    assert [
        attached for table in (PARTICLES, *PREFIXES.values(), *LEADING.values()) for attached in table if fold(attached) != attached
    ] == []
    assert max(map(len, endings)) == LONGEST_ENDING
    assert max(len(one) for group in LEADING.values() for one in group) == LONGEST_BEGINNING
