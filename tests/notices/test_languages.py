"""Canonical tags, negotiation, direction."""

import pytest

from notices.errors import UnknownLanguage
from notices.languages import accept_language, canonical, direction, negotiate, region_name


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("iw", "he"),
        ("zh-TW", "zh-Hant-TW"),
        ("zh-CN", "zh-CN"),
        ("EN-us", "en-US"),
        ("sr-ME", "sr-Latn-ME"),
        ("tl", "fil"),
        ("zh-hant", "zh-Hant"),
    ],
)
def test_tags_become_canonical(given: str, expected: str) -> None:
    assert canonical(given) == expected


@pytest.mark.parametrize("given", ["", "x" * 40, "german!", "qq", "und", "é", "1"])
def test_what_is_no_language_is_refused(given: str) -> None:
    with pytest.raises(UnknownLanguage):
        canonical(given)


@pytest.mark.parametrize(
    ("wanted", "available", "found"),
    [
        (("es-MX", "en"), {"en", "es"}, "es"),
        (("pt-PT",), {"pt", "en"}, "pt"),
        (("zh-Hant-TW",), {"zh-Hans", "zh-Hant"}, "zh-Hant"),
        (("zh-Hant",), {"zh-Hans", "en"}, None),
        (("uk",), {"ru", "en"}, None),
        (("ca",), {"es"}, None),
        (("ka", "fr"), {"en", "fr"}, "fr"),
        ((), {"en"}, None),
    ],
)
def test_a_neighbour_is_no_substitute_but_a_variant_is(wanted: tuple[str, ...], available: set[str], found: str | None) -> None:
    assert negotiate(wanted, available) == found


def test_accept_language_is_read_by_weight_and_forgives_nonsense() -> None:
    assert accept_language("de;q=0.5, en-GB, !!, *;q=0.1, fr;q=0.8, xx;q=1, es;q=0, it;q=nan") == ("en-GB", "fr", "de")


@pytest.mark.parametrize(
    ("tag", "expected"), [("ar", "rtl"), ("he", "rtl"), ("ur", "rtl"), ("pa-Arab", "rtl"), ("de", "ltr"), ("ja", "ltr")]
)
def test_direction_follows_the_script(tag: str, expected: str) -> None:
    assert direction(tag) == expected


def test_names_come_from_cldr_and_fall_back_to_english() -> None:
    assert (region_name("DE", "Germany", "fr"), region_name("US-TX", "Texas", "fr")) == ("Allemagne", "Texas")
