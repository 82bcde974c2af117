"""The elections made from facts, and that a refresh leaves what a team wrote."""

from datetime import date
from pathlib import Path

import pytest

from admin.packs.fact_elections import split_name
from admin.packs.facts_elections import refresh
from admin.packs.reading_places import read_elections
from admin.packs.refreshing import fact_rows
from elections.election import Election, Status

FACTS = Path("packs/facts")


@pytest.fixture(scope="module")
def elections(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Election]:
    folder = tmp_path_factory.mktemp("elections")
    refresh(FACTS, folder)
    return {election.id: election for election in read_elections(folder)}


def test_every_one_of_the_230_rows_is_a_round_once(elections: dict[str, Election]) -> None:
    rows = fact_rows(FACTS / "elections.csv")
    wanted = sorted((row["date"], row["date_end"] or row["date"], row["type"], row["name_en"]) for row in rows)
    there = sorted(
        (str(polling.first_day), str(polling.last_day), str(election.kind), polling.name or election.names["en"])
        for election in elections.values()
        for polling in election.rounds
    )
    assert len(rows) == 230
    assert there == wanted


def test_only_the_annulled_round_has_another_status_than_in_the_facts(elections: dict[str, Election]) -> None:
    given = {(row["name_en"], row["date"]): row["date_status"] for row in fact_rows(FACTS / "elections.csv")}
    other = [
        election.id
        for election in elections.values()
        for polling in election.rounds
        if given[polling.name or election.names["en"], str(polling.first_day)] != polling.status
    ]
    assert other == ["ro-2024-11-24-presidential"]


@pytest.mark.parametrize(
    ("election_id", "days", "conditional", "status"),
    [
        ("fr-2027-04-11-presidential", ["2027-04-11", "2027-04-25"], [False, True], Status.EXPECTED),
        ("br-2026-10-04-presidential", ["2026-10-04", "2026-10-25"], [False, True], Status.SCHEDULED),
        ("uy-2024-10-27-presidential", ["2024-10-27", "2024-11-24"], [False, False], Status.HELD),
        ("ro-2025-05-04-presidential", ["2025-05-04", "2025-05-18"], [False, False], Status.HELD),
        ("ro-2024-11-24-presidential", ["2024-11-24"], [False], Status.ANNULLED),
        ("us-2026-11-03-legislative", ["2026-11-03"], [False], Status.SCHEDULED),
    ],
)
def test_later_rounds_are_joined_to_their_election(
    elections: dict[str, Election], election_id: str, days: list[str], conditional: list[bool], status: Status
) -> None:
    found = elections[election_id]
    assert [str(polling.first_day) for polling in found.rounds] == days
    assert [polling.conditional for polling in found.rounds] == conditional
    assert found.status is status


def test_romania_s_annulled_election_names_the_one_held_instead(elections: dict[str, Election]) -> None:
    annulled = elections["ro-2024-11-24-presidential"]
    assert annulled.replaced_by in elections
    assert annulled.reason


@pytest.mark.parametrize(
    ("election_id", "regions"),
    [
        ("eu-2024-06-06-european", ("EU",)),
        ("gb-2026-05-07-local", ("GB-SCT", "GB-WLS", "GB-ENG")),
        ("gb-eng-2024-05-02-local", ("GB-ENG",)),
        ("au-vic-2026-11-28-local", ("AU-VIC",)),
        ("dk-2026-03-24-parliamentary", ("DK", "FO", "GL")),
        ("hk-2025-12-07-legislative", ("HK",)),
    ],
)
def test_an_election_is_held_where_its_name_says(elections: dict[str, Election], election_id: str, regions: tuple[str, ...]) -> None:
    assert elections[election_id].regions == regions


@pytest.mark.parametrize(
    ("name", "expected", "note"),
    [
        ("France legislative election (first round)", "France legislative election", "first round"),
        ("Greece parliamentary election (latest)", "Greece parliamentary election", "latest"),
        ("France presidential election (first round, statutory window)", "France presidential election", "first round, statutory window"),
        ("India general election (Lok Sabha)", "India general election (Lok Sabha)", ""),
        ("Philippines general (midterm) election", "Philippines general (midterm) election", ""),
    ],
)
def test_a_name_loses_only_what_it_says_of_its_round_or_date(name: str, expected: str, note: str) -> None:
    assert split_name(name) == (expected, note)


def test_a_second_refresh_changes_nothing(tmp_path: Path) -> None:
    refresh(FACTS, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert not any(done.added or done.updated or done.orphaned for done in refresh(FACTS, tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


EDITED = """# kept: a comment of the team
elections:
  - id: br-2026-10-04-presidential
    regions: [BR-SP]
    kind: presidential
    names: {en: outdated, pt: Eleições gerais}
    status: expected
    confidence: low
    source: facts/elections.csv
    verified_on: 2026-11-01
    rounds:
      - {number: 1, first_day: 2026-10-01, last_day: 2026-10-01, status: expected, source: facts/elections.csv, milestones: [{kind: polls_close, on: 2026-10-04, at: '17:00'}]}
      - {number: 2, first_day: 2026-10-25, last_day: 2026-10-25, status: cancelled, source: https://www.tse.jus.br}
  - id: br-2028-10-01-local
    regions: [BR]
    kind: local
    names: {en: The team's own}
    status: postponed
    confidence: high
    source: https://www.tse.jus.br
    rounds:
      - {number: 1, first_day: 2028-10-15, last_day: 2028-10-15}
  - id: br-2030-10-06-presidential
    regions: [BR]
    kind: presidential
    names: {en: No longer in the facts}
    status: expected
    confidence: low
    source: facts/elections.csv
    rounds:
      - {number: 1, first_day: 2030-10-06, last_day: 2030-10-06, status: expected}
"""  # noqa: E501 -- one row a line, as people write it


def test_a_refresh_keeps_what_a_team_wrote_and_mends_what_facts_own(tmp_path: Path) -> None:
    path = tmp_path / "BR.yaml"
    path.write_text(EDITED, encoding="utf-8")
    done = next(done for done in refresh(FACTS, tmp_path) if done.path == path)
    there = {election.id: election for election in read_elections(tmp_path)}
    general, municipal = there["br-2026-10-04-presidential"], there["br-2028-10-01-local"]
    assert general.names == {"en": "Brazil general election", "pt": "Eleições gerais"}
    assert (general.status, general.regions, general.verified_on) == (Status.SCHEDULED, ("BR-SP",), date(2026, 11, 1))
    assert [(str(polling.first_day), polling.status) for polling in general.rounds] == [
        ("2026-10-04", Status.SCHEDULED),
        ("2026-10-25", Status.CANCELLED),
    ]
    assert len(general.rounds[0].milestones) == 1
    assert (municipal.names["en"], municipal.status) == ("The team's own", Status.POSTPONED)
    assert done.updated == ("br-2026-10-04-presidential",)
    assert done.orphaned == ("br-2030-10-06-presidential",)
    assert "br-2024-10-06-local" in done.added
    assert path.read_text(encoding="utf-8").startswith("# kept: a comment of the team\n")


def test_the_pack_is_what_a_refresh_would_write(tmp_path: Path) -> None:
    """New facts are refreshed in the same commit."""
    for path in Path("packs/elections").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert not any(done.added or done.updated for done in refresh(FACTS, tmp_path))
