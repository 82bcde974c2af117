"""Other spellings of a curated term that people type."""

import pytest

from keywords.spellings import spellings, without_article


@pytest.mark.parametrize(
    ("text", "language", "others"),
    [
        pytest.param("Wähler", "de", ["Waehler"], id="German umlaut written out"),
        pytest.param("Überhang", "de-AT", ["Ueberhang"], id="a capital one, in a regional language"),
        pytest.param("kjøre på", "nb", ["kjoere paa"], id="Norwegian"),
        pytest.param("väljare", "sv", ["vaeljare"], id="Swedish"),
        pytest.param("Wahl", "de", [], id="German without an umlaut"),
        pytest.param("élection", "fr", [], id="French accents are folding's"),
        pytest.param("Избори Љубав", "sr", ["izbori ljubav"], id="Serbian in Latin letters"),
        pytest.param("izbori", "sr", [], id="Serbian that is in Latin letters"),
        pytest.param("избори", "mk", ["izbori"], id="Macedonian"),
        pytest.param("избори", "bg", [], id="Bulgarian has one script"),
        pytest.param("saylov", "uz", ["сайлов"], id="Uzbek in Cyrillic"),
        pytest.param("oʻtkazish", "uz", ["ўтказиш"], id="Uzbek with a turned comma"),
        pytest.param("yashash choy", "uz", ["яшаш чой"], id="Uzbek pairs of letters"),
        pytest.param("сайлов", "uz", ["saylov"], id="Uzbek in Latin letters"),
    ],
)
def test_a_term_is_also_looked_for_as_people_write_it(text: str, language: str, others: list[str]) -> None:
    assert list(spellings(text, language)) == [text, *others]


@pytest.mark.parametrize(
    ("tokens", "plain"),
    [
        pytest.param(("الانتخابات", "العامه"), (("انتخابات", "عامه"),), id="both articles go"),
        pytest.param(("مركز", "الاقتراع"), (("مركز", "اقتراع"),), id="the only article goes"),
        pytest.param(("مركز", "اقتراع"), (), id="no article"),
        pytest.param(("الي",), (), id="too little would be left"),
        pytest.param(("alvote",), (), id="another script"),
    ],
)
def test_arabic_articles_are_left_out(tokens: tuple[str, ...], plain: tuple[tuple[str, ...], ...]) -> None:
    assert without_article(tokens) == plain
