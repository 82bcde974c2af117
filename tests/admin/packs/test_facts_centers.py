"""The Election Centers made from facts, and that a refresh leaves what a team wrote."""

import re
from pathlib import Path

import pytest

from admin.packs.facts_centers import refresh
from admin.packs.reading_places import read_centers
from admin.packs.refreshing import fact_rows
from elections.centers import Center, Network, Slot

FACTS = Path("packs/facts")


@pytest.fixture(scope="module")
def centers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Center]:
    folder = tmp_path_factory.mktemp("centers")
    refresh(FACTS, folder)
    return {center.region: center for center in read_centers(folder)}


def test_every_authority_and_state_of_the_facts_has_a_center(centers: dict[str, Center]) -> None:
    countries = {row["region"] for row in fact_rows(FACTS / "authorities.csv")}
    states = {row["iso_3166_2"] for row in fact_rows(FACTS / "us_states.csv")}
    assert set(centers) == countries | states
    assert (len(countries), len(states)) == (137, 56)


def test_every_address_of_a_center_is_one_of_the_facts(centers: dict[str, Center]) -> None:
    rows = [*fact_rows(FACTS / "authorities.csv"), *fact_rows(FACTS / "us_states.csv")]
    known = {row[column] for row in rows for column in ("official_url", "voter_info_url") if row.get(column)}
    for center in centers.values():
        assert {authority.url for authority in center.authorities} <= known
        assert {url for urls in center.links.values() for url in urls.values()} <= known


def test_only_the_elections_slot_is_filled_and_plain_http_never_is(centers: dict[str, Center]) -> None:
    assert {slot for center in centers.values() for slot in center.links} == {Slot.ELECTIONS}
    assert {center.region for center in centers.values() if not center.links} == {"RU", "VE"}


def test_nothing_is_said_to_be_verified(centers: dict[str, Center]) -> None:
    assert not any(center.verified_by or center.verified_on for center in centers.values())


@pytest.mark.parametrize(
    ("region", "leading"),
    [
        ("GB", "The Electoral Commission"),
        ("US", "U.S. Election Assistance Commission"),
        ("PE", "National Office of Electoral Processes"),
        ("US-TX", "Texas Secretary of State, Elections Division"),
        ("US-DC", "District of Columbia Board of Elections"),
        ("US-GU", "Guam Election Commission"),
    ],
)
def test_the_authority_a_voter_is_sent_to_leads(centers: dict[str, Center], region: str, leading: str) -> None:
    assert centers[region].authorities[0].names["en"] == leading


@pytest.mark.parametrize(
    ("region", "names"),
    [
        ("DE", {"de": "Die Bundeswahlleiterin"}),
        ("AU", {}),
        ("CA", {"fr": "Élections Canada"}),
        ("CH", {"de": "Bundeskanzlei", "fr": "Chancellerie fédérale", "it": "Cancelleria federale"}),
        ("NZ", {"mi": "Te Kaitiaki Take Kōwhiri"}),
        ("HT", {"fr": "Conseil électoral provisoire"}),
        ("ME", {"sr-Latn": "Državna izborna komisija"}),
        ("RS", {"sr": "Републичка изборна комисија"}),
        ("IL", {"he": "ועדת הבחירות המרכזית"}),
        ("TH", {"th": "สำนักงานคณะกรรมการการเลือกตั้ง"}),
        ("IN", {"hi": "भारत निर्वाचन आयोग"}),
        ("JP", {"ja": "総務省（選挙）"}),
        ("LK", {"si": "ශ්‍රී ලංකා මැතිවරණ කොමිෂන් සභාව"}),
        ("US-PR", {"es": "Comisión Estatal de Elecciones"}),
    ],
)
def test_an_authority_has_its_own_name_in_its_own_language(centers: dict[str, Center], region: str, names: dict[str, str]) -> None:
    given = dict(centers[region].authorities[0].names)
    assert given.pop("en")
    assert given == names


def test_every_fact_checker_of_a_country_with_a_center_is_there_with_its_networks(centers: dict[str, Center]) -> None:
    for row in fact_rows(FACTS / "fact_checkers.csv"):
        center = centers.get(row["region"])
        if center is not None:
            checker = next(checker for checker in center.fact_checkers if checker.name == row["organisation"])
            assert checker.url == row["url"]
            assert checker.networks == tuple(Network(name) for name in re.findall("[A-Z]+", row["network"]))


def test_a_second_refresh_changes_nothing(tmp_path: Path) -> None:
    refresh(FACTS, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert not any(done.added or done.updated or done.orphaned for done in refresh(FACTS, tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


EDITED = """# kept: a comment of the team
centers:
  - region: DE
    authorities:
      - {names: {en: Federal Returning Officer, de: veraltet, fr: La directrice du scrutin}, url: https://old.example, languages: [de], confidence: medium, source: facts}
      - {names: {en: Land Returning Officer}, url: https://land.example, languages: [de], confidence: low}
      - {names: {en: Gone Office}, url: https://gone.example, languages: [de], confidence: low, source: facts}
    links:
      elections: {'*': https://old.example, fr: https://fr.example}
      results: {de: https://results.example}
    fact_checkers:
      - {name: dpa-Faktencheck, url: https://team.example, networks: [], confidence: low, source: team}
    verified_by: ''
    verified_on:
    note: keep me
"""  # noqa: E501 -- one row a line, as people write it


def test_a_refresh_keeps_what_a_team_wrote_and_mends_what_facts_own(tmp_path: Path) -> None:
    path = tmp_path / "DE.yaml"
    path.write_text(EDITED, encoding="utf-8")
    done = next(done for done in refresh(FACTS, tmp_path) if done.path == path)
    center = next(center for center in read_centers(tmp_path) if center.region == "DE")
    federal, land, _ = center.authorities
    assert federal.names == {"en": "Federal Returning Officer", "de": "Die Bundeswahlleiterin", "fr": "La directrice du scrutin"}
    assert (federal.url, land.url) == ("https://www.bundeswahlleiterin.de", "https://land.example")
    assert center.links == {
        Slot.ELECTIONS: {"*": "https://www.bundeswahlleiterin.de", "fr": "https://fr.example"},
        Slot.RESULTS: {"de": "https://results.example"},
    }
    assert next(checker.url for checker in center.fact_checkers if checker.name == "dpa-Faktencheck") == "https://team.example"
    assert center.note == "keep me"
    assert done.orphaned == ("DE: Gone Office",)
    assert path.read_text(encoding="utf-8").startswith("# kept: a comment of the team\n")


def test_a_verified_link_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "DE.yaml"
    path.write_text(EDITED.replace("verified_by: ''", "verified_by: Jo"), encoding="utf-8")
    refresh(FACTS, tmp_path)
    center = next(center for center in read_centers(tmp_path) if center.region == "DE")
    assert center.links[Slot.ELECTIONS]["*"] == "https://old.example"


def test_the_pack_is_what_a_refresh_would_write(tmp_path: Path) -> None:
    """New facts are refreshed in the same commit."""
    for path in Path("packs/centers").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert not any(done.added or done.updated for done in refresh(FACTS, tmp_path))
