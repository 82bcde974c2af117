"""The regions made from the standards, and that a refresh leaves what a team wrote."""

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pycountry
import pytest

from admin.packs.facts_regions import refresh
from admin.packs.reading_places import read_regions
from admin.packs.refreshing import fact_rows
from elections.places import Places, Region

FACTS = Path("packs/facts")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    folder = tmp_path_factory.mktemp("regions")
    refresh(FACTS, folder)
    return Places.of(read_regions(folder))


@pytest.mark.parametrize(
    ("asked", "code", "parent"),
    [
        ("DE", "DE", "EU"),
        ("GB", "GB", "001"),
        ("CH", "CH", "001"),
        ("RE", "RE", "FR"),
        ("FR-974", "RE", "FR"),
        ("NC", "NC", "FR"),
        ("AX", "AX", "FI"),
        ("FI-01", "AX", "FI"),
        ("SJ", "SJ", "NO"),
        ("NO-22", "SJ", "NO"),
        ("PR", "US-PR", "US"),
        ("GU", "US-GU", "US"),
        ("UM-79", "UM-79", "US-UM"),
        ("CN-TW", "TW", "001"),
        ("CN-HK", "HK", "001"),
        ("CN-MO", "MO", "001"),
        ("NL-AW", "AW", "001"),
        ("NL-BQ1", "BQ-BO", "BQ"),
        ("GL", "GL", "001"),
        ("JE", "JE", "001"),
        ("GB-LND", "GB-LND", "GB-ENG"),
        ("KP", "KP", "001"),
    ],
)
def test_each_place_hangs_where_it_votes(places: Places, asked: str, code: str, parent: str) -> None:
    region = places.resolve(asked)
    assert (region.code, region.parent) == (code, parent)


def test_every_iso_code_resolves(places: Places) -> None:
    codes = [country.alpha_2 for country in pycountry.countries] + [part.code for part in pycountry.subdivisions]
    assert all(places.resolve(code) for code in codes)


def test_the_union_has_its_27_members(places: Places) -> None:
    assert sum(region.parent == "EU" for region in places) == 27


def test_the_states_of_the_facts_have_their_names_and_divisions(places: Places) -> None:
    for row in fact_rows(FACTS / "us_states.csv"):
        state = places.resolve(row["iso_3166_2"])
        assert (state.name, state.ocd_ids) == (row["name"], (row["ocd_division_id"],))


@pytest.mark.parametrize(
    ("code", "languages"),
    [
        ("CN", ("zh-Hans",)),
        ("TW", ("zh-Hant",)),
        ("HK", ("zh-Hant", "en")),
        ("SG", ("en", "zh-Hans", "ms", "ta")),
        ("RS", ("sr", "sr-Latn")),
        ("NO", ("nb", "nn")),
        ("CH", ("de", "fr", "it", "rm")),
        ("IL", ("he", "ar")),
        ("IN", ("hi", "en")),
        ("TH", ("th",)),
        ("US-TX", ("en", "es")),
        ("US-PR", ("es", "en")),
        ("US-NY", ("en",)),
        ("IN-TN", ("ta", "en")),
    ],
)
def test_languages_are_canonical_and_the_default_comes_first(places: Places, code: str, languages: tuple[str, ...]) -> None:
    assert places.languages(code) == languages


@pytest.mark.parametrize(
    ("code", "zones"),
    [
        ("CN", ("Asia/Shanghai",)),
        ("UA", ("Europe/Kyiv",)),
        ("US-TX", ("America/Chicago", "America/Denver")),
        ("US-FL", ("America/New_York", "America/Chicago")),
        ("ES-CN", ("Atlantic/Canary",)),
        ("PT-20", ("Atlantic/Azores",)),
        ("BR-AC", ("America/Rio_Branco",)),
        ("RU-CHU", ("Asia/Anadyr",)),
        ("NZ-CIT", ("Pacific/Chatham",)),
        ("FR-IDF", ("Europe/Paris",)),
    ],
)
def test_zones_are_those_by_which_people_live(places: Places, code: str, zones: tuple[str, ...]) -> None:
    assert places.zones(code) == zones


@pytest.mark.parametrize(
    ("code", "first"), [("US", "America/New_York"), ("AU", "Australia/Sydney"), ("RU", "Europe/Moscow"), ("BR", "America/Sao_Paulo")]
)
def test_the_zone_most_people_live_in_comes_first(places: Places, code: str, first: str) -> None:
    assert places.zones(code)[0] == first


def test_every_region_but_the_world_has_languages_and_real_zones(places: Places) -> None:
    for region in places:
        assert places.languages(region.code)
        assert all(ZoneInfo(zone) for zone in places.zones(region.code))
        assert region.code == "001" or region.code in {"BV", "HM"} or region.zones


def test_a_subdivision_s_zones_are_its_country_s(places: Places) -> None:
    astray: Mapping[str, set[str]] = {"UA-40": {"Europe/Simferopol"}, "UA-43": {"Europe/Simferopol"}}
    for region in places:
        country = places.country(region.code)
        if country and country.code not in {region.code, "US"}:
            assert set(region.zones) - astray.get(region.code, set()) <= set(country.zones), region.code


def test_a_second_refresh_changes_nothing(tmp_path: Path) -> None:
    refresh(FACTS, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert not any(done.added or done.updated for done in refresh(FACTS, tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_refresh_keeps_what_a_team_wrote_and_mends_what_facts_own(tmp_path: Path) -> None:
    refresh(FACTS, tmp_path)
    path = tmp_path / "subdivisions.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    texas = next(line for line in lines if line.startswith("US-TX,"))
    edited = texas.replace("en;es", "en;es;vi").replace("state:tx", "state:xx")
    path.write_text("\n".join(line for line in lines if not line.startswith("DE-BY,")).replace(texas, edited) + "\n", encoding="utf-8")
    done = next(done for done in refresh(FACTS, tmp_path) if done.path == path)
    there: Mapping[str, Region] = {region.code: region for region in read_regions(tmp_path)}
    assert (done.added, done.updated) == (("DE-BY",), ("US-TX",))
    assert there["US-TX"].languages == ("en", "es", "vi")
    assert there["US-TX"].ocd_ids == ("ocd-division/country:us/state:tx",)


def test_the_pack_is_what_a_refresh_would_write(tmp_path: Path) -> None:
    """New facts are refreshed in the same commit."""
    for path in Path("packs/regions").glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert not any(done.added or done.updated for done in refresh(FACTS, tmp_path))
