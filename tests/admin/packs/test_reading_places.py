"""The packs of places read as values, and errors that name the file and the row."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from admin.errors import PackError
from admin.packs.reading_places import REGION_COLUMNS, read_centers, read_elections, read_regions
from admin.packs.tables import read_polling_hours, read_silence
from elections.calendar import Calendar
from elections.centers import Centers
from elections.places import Places

PACKS = Path("packs")
HEAD = ",".join(REGION_COLUMNS)


def test_the_packs_fit_together() -> None:
    places = Places.of(read_regions(PACKS / "regions"))
    calendar = Calendar(read_elections(PACKS / "elections"), places, read_silence(PACKS), hours=read_polling_hours(PACKS))
    centers = Centers(read_centers(PACKS / "centers"), places)
    assert all(code in places.by_code for code in centers.by_region)
    assert all(rule.region in places.by_code and rule.source for rule in read_silence(PACKS))
    assert all(election.replaced_by is None or election.replaced_by in calendar.by_id for election in calendar.by_id.values())


@pytest.mark.parametrize(
    ("place", "center", "leading"),
    [
        ("US-TX", "US-TX", "us-2026-11-03-legislative"),
        ("US-PR", "US-PR", None),
        ("DE-BY", "DE", None),
        ("RE", "FR", None),
        ("TW", "TW", "tw-2026-11-28-local"),
        ("HK", "HK", None),
        ("KP", None, None),
        ("GL", None, None),
        ("AU-VIC", "AU", "au-vic-2026-11-28-local"),
        ("AU-NSW", "AU", None),
        ("BR-AC", "BR", "br-2026-10-04-presidential"),
    ],
)
def test_on_20_october_2026_each_place_has_its_center_and_its_election(place: str, center: str | None, leading: str | None) -> None:
    places = Places.of(read_regions(PACKS / "regions"))
    answering = Centers(read_centers(PACKS / "centers"), places).answering(place)
    state = Calendar(read_elections(PACKS / "elections"), places, read_silence(PACKS), hours=read_polling_hours(PACKS)).at(
        place, datetime(2026, 10, 20, 12, tzinfo=UTC)
    )
    assert (answering.region if answering else None) == center
    assert (state.leading.election.id if state.leading else None) == leading


CENTER = "centers:\n  - {region: NO, authorities: [], links: {elections: {'*': https://valg.example}}}\n"
ROUND = "{number: 1, first_day: 2025-09-08, last_day: 2025-09-08, milestones: [{kind: polls_close, on: 2025-09-08, at: 21:00}]}"
ELECTION = (
    "elections:\n  - {id: no-2025-09-08-parliamentary, regions: [NO], kind: parliamentary, names: {en: Norway, no: Norge}, "
    f"status: held, confidence: high, source: s, rounds: [{ROUND}]}}\n"
)


def test_norway_and_clocks_are_read_as_people_mean_them(tmp_path: Path) -> None:
    (tmp_path / "NO.yaml").write_text(CENTER, encoding="utf-8")
    assert read_centers(tmp_path)[0].region == "NO"
    (tmp_path / "NO.yaml").write_text(ELECTION, encoding="utf-8")
    election = read_elections(tmp_path)[0]
    assert (election.regions, set(election.names), str(election.rounds[0].milestones[0].at)) == (("NO",), {"en", "no"}, "21:00:00")


@pytest.mark.parametrize(
    ("read", "text", "where"),
    [
        pytest.param(read_centers, CENTER.replace("https", "http"), "centers/0", id="a link that is not safe"),
        pytest.param(read_centers, CENTER.replace("elections:", "poling:"), "centers/0", id="an unknown slot"),
        pytest.param(read_centers, CENTER.replace("region: NO", "regoin: NO"), "centers/0", id="an unknown field"),
        pytest.param(read_centers, "centers: [NO]\n", "centers/0", id="a row without fields"),
        pytest.param(read_centers, "centers: {}\n", "", id="no list"),
        pytest.param(read_centers, "centers: [\n", "2", id="not YAML"),
        pytest.param(read_centers, "centers: []\ncenters: []\n", "2", id="a key given twice"),
        pytest.param(read_elections, ELECTION.replace("held", "hold"), "elections/0", id="an unknown status"),
        pytest.param(read_elections, ELECTION.replace("2025-09-08,", "2025-09-31,"), "", id="a day that does not exist"),
        pytest.param(read_elections, ELECTION.replace("first_day: 2025", "first_day: 2026"), "elections/0", id="ends before it begins"),
        pytest.param(read_elections, ELECTION.replace("2025-09-08", "0025-09-08"), "elections/0", id="a year that cannot be"),
        pytest.param(read_elections, ELECTION.replace("21:00", "9 pm"), "elections/0", id="no time of day"),
        pytest.param(read_elections, ELECTION.replace("number: 1", "number: one"), "elections/0", id="a word for a number"),
    ],
)
def test_a_bad_document_is_refused_by_file_and_row(tmp_path: Path, read: Callable[[Path], object], text: str, where: str) -> None:
    path = tmp_path / "NO.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read(tmp_path)
    assert refused.value.path == path
    assert str(refused.value.place or "").startswith(where)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("code,kind\nNO,country\n", 1, id="other columns"),
        pytest.param(f"{HEAD}\nNO,country,Norway,001,nb\n", 2, id="cells missing"),
        pytest.param(f"{HEAD}\nSE,country,Sweden,001,sv,,,\nNO,kingdom,Norway,001,nb,,,\n", 3, id="an unknown kind"),
        pytest.param(f"{HEAD}\nNO,country,,001,nb,,,\n", 2, id="no name"),
        pytest.param(f"{HEAD}\nNO,country,Norway,001,nb,Europe/Olso,,\n", 2, id="an unknown zone"),
        pytest.param(f"{HEAD}\nNO,country,Norway,001,nb,../../etc/passwd,,\n", 2, id="a zone that is a path"),
    ],
)
def test_a_bad_region_is_refused_by_file_and_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "countries.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_regions(tmp_path)
    assert (refused.value.path, refused.value.place) == (path, line)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "countries.csv").write_bytes(HEAD.encode() + b"\nNO,country,\xff,001,,,,\n")
    with pytest.raises(PackError):
        read_regions(tmp_path)
    (tmp_path / "NO.yaml").write_bytes(b"centers: [\xff]")
    with pytest.raises(PackError):
        read_centers(tmp_path)
