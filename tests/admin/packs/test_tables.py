"""Polling hours and silence rules read from their tables, and errors that name the file and the line."""

from pathlib import Path

import pytest

from admin.errors import PackError
from admin.packs.reading_places import read_regions
from admin.packs.tables import read_polling_hours, read_silence
from elections.election import Confidence
from elections.places import Places, RegionKind

PACKS = Path("packs")
HOURS = "region,zones,opens,closes,clock,confidence,source\n"
SILENCE = "region,bars,days_before,confidence,source\n"


def test_the_packs_know_the_hours_of_sixty_countries_and_all_states() -> None:
    places, rows = Places.of(read_regions(PACKS / "regions")), read_polling_hours(PACKS)
    sure = {row.region for row in rows if row.confidence is not Confidence.LOW}
    countries = [code for code in sure if places.by_code[code].kind is RegionKind.COUNTRY]
    states = [region.code for region in places if region.code.startswith("US-") and region.code != "US-UM"]  # nobody lives there
    assert len(countries) >= 60
    assert sorted(sure.intersection(states)) == sorted(states)
    assert all(row.source and row.closes for row in rows)


def test_no_two_rows_claim_the_same_zone_of_a_region_for_the_same_kind() -> None:
    claims = [(row.region, zone, kind) for row in read_polling_hours(PACKS) for zone in row.zones or ("",) for kind in row.kinds or ("",)]
    assert len(claims) == len(set(claims))


def test_every_silence_rule_cites_a_source() -> None:
    places = Places.of(read_regions(PACKS / "regions"))
    assert all(rule.region in places.by_code and rule.source for rule in read_silence(PACKS))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(HOURS + "NO,,09:00,21:00,,sure,law\n", 2, id="a confidence that is none"),
        pytest.param(HOURS + "NO,,09:00,21:00,,high,law\nSE,,08:00,25:00,,high,law\n", 3, id="no time of day"),
        pytest.param(HOURS + "NO,Europe/Atlantis,09:00,21:00,,high,law\n", 2, id="no zone"),
        pytest.param(HOURS + "NO,,09:00,21:00\n", 2, id="a line cut short"),
        pytest.param("region,closing\nNO,21:00\n", 1, id="an unknown column"),
    ],
)
def test_a_bad_row_of_polling_hours_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "polling_hours.csv").write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_polling_hours(tmp_path)
    assert (refused.value.path, refused.value.place) == (tmp_path / "polling_hours.csv", line)


@pytest.mark.parametrize("row", ["NO,campaigns,1,low,law", "NO,campaign,one,low,law", "NO,campaign,-1,low,law"])
def test_a_bad_silence_rule_is_refused(tmp_path: Path, row: str) -> None:
    (tmp_path / "silence.csv").write_text(SILENCE + row + "\n", encoding="utf-8")
    with pytest.raises(PackError):
        read_silence(tmp_path)
