"""Regions, their tree, and the codes people write for them."""

import pytest

from elections.errors import InvalidPlaces, UnknownRegion
from elections.places import Places, Region, RegionKind


def region(code: str, parent: str | None, *, aliases: tuple[str, ...] = (), **fields: tuple[str, ...]) -> Region:
    kind = RegionKind.SUBDIVISION if "-" in code else RegionKind.COUNTRY
    special = {"001": RegionKind.WORLD, "EU": RegionKind.UNION, "RE": RegionKind.TERRITORY}
    return Region(code, special.get(code, kind), code, parent, aliases=aliases, **fields)


PLACES = Places.of(
    [
        region("001", None),
        region("EU", "001"),
        region("FR", "EU", languages=("fr",), zones=("Europe/Paris",)),
        region("RE", "FR", aliases=("FR-974", "FR-RE"), zones=("Indian/Reunion",)),
        region("GB", "001", languages=("en",)),
        region("GB-ENG", "GB"),
        region("GR", "EU"),
        region("TW", "001", aliases=("CN-TW",), languages=("zh-Hant",)),
        region("US", "001", languages=("en",), zones=("America/New_York",)),
        region("US-PR", "US", aliases=("PR",), languages=("es", "en")),
        region("US-TX", "US"),
    ]
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("US-TX", "US-TX", id="a code"),
        pytest.param("us-tx", "US-TX", id="in lower case"),
        pytest.param("PR", "US-PR", id="Puerto Rico by its country code"),
        pytest.param("cn-tw", "TW", id="Taiwan by its code under China"),
        pytest.param("FR-974", "RE", id="Réunion by its department"),
        pytest.param("001", "001", id="the world"),
    ],
)
def test_a_code_or_alias_resolves_in_any_case(code: str, expected: str) -> None:
    assert PLACES.resolve(code).code == expected


@pytest.mark.parametrize(
    ("code", "suggestion"),
    [
        ("UK", "GB"),
        ("uk", "GB"),
        ("UK-ENG", "GB-ENG"),
        ("EL", "GR"),
        ("USA", "US"),
        ("US_TX", "US-TX"),
        ("US-ZZ", "US"),
        ("ZZ", None),
        ("", None),
        ("ＵＳ", None),
        ("ประเทศไทย", None),
    ],
)
def test_an_unknown_code_is_refused_with_the_code_that_was_probably_meant(code: str, suggestion: str | None) -> None:
    with pytest.raises(UnknownRegion) as refused:
        PLACES.resolve(code)
    assert refused.value.suggestion == suggestion
    assert not code or code not in str(refused.value)


def test_a_chain_leads_to_the_world() -> None:
    assert PLACES.chain("RE") == ("RE", "FR", "EU", "001")


def test_languages_and_zones_come_from_the_nearest_region_that_has_any() -> None:
    assert PLACES.languages("US-TX") == ("en",)
    assert PLACES.languages("US-PR") == ("es", "en")
    assert PLACES.zones("US-TX") == ("America/New_York",)
    assert PLACES.zones("GB") == ("UTC",)
    assert PLACES.languages("EU") == ()


def test_the_country_of_a_place_is_the_nearest_country_or_territory() -> None:
    assert [found.code if (found := PLACES.country(code)) else None for code in ("US-TX", "RE", "EU", "001")] == ["US", "RE", None, None]


@pytest.mark.parametrize(
    "regions",
    [
        pytest.param([region("DE", None), region("DE", None)], id="a code given twice"),
        pytest.param([region("DE", "EU")], id="a parent that is missing"),
        pytest.param([region("DE", "FR"), region("FR", "DE")], id="a loop"),
        pytest.param([region("RE", None), region("FR", None, aliases=("RE",))], id="an alias that is a code"),
        pytest.param([region("RE", None, aliases=("X",)), region("FR", None, aliases=("X",))], id="an alias of two regions"),
    ],
)
def test_what_is_no_tree_is_refused(regions: list[Region]) -> None:
    with pytest.raises(InvalidPlaces):
        Places.of(regions)
