"""Writing into the packs: small diffs, comments kept, all or nothing."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from admin.dates.comparison import Compared
from admin.dates.findings import Format
from admin.dates.merging import compare
from admin.dates.reading import read
from admin.dates.writing import NotWritten, write
from admin.errors import PackError
from admin.packs.reading_places import read_elections
from elections.election import Channel, Confidence, Election, ElectionKind, Milestone, MilestoneKind, Round, Status
from tests.admin.dates.conftest import DATA

BY_HAND = """\
# The team's own words.
elections:
  - id: de-2027-05-09-local   # asked the ministry
    regions: [DE]
    kind: local
    names:
      en: Local elections
      de: Kommunalwahlen
    status: scheduled
    confidence: high
    source: csv
    rounds:
      - number: 1
        first_day: 2027-05-09   # a Sunday
        last_day: 2027-05-09
        status: scheduled
        confidence: high
        source: csv
        conditional: false
        milestones:
          - {kind: polls_close, on: 2027-05-09, at: '18:00', source: csv}   # nationwide
"""
POLLS = Milestone(MilestoneKind.POLLS_CLOSE, date(2027, 5, 9), time(18), source="csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "DE.yaml").write_text(BY_HAND, encoding="utf-8")
    return tmp_path


def known(folder: Path) -> Election:
    (election,) = read_elections(folder)
    return election


def test_only_the_lines_that_change_change(folder: Path, places) -> None:
    before = known(folder)
    polling = replace(before.rounds[0], first_day=date(2027, 5, 16), last_day=date(2027, 5, 16), moved_from=(date(2027, 5, 9),))
    added = Milestone(MilestoneKind.REGISTRATION_CLOSES, None, None, "ask the town: #1", Channel.MAIL, ("DE-BY",), "csv")
    milestones = (replace(POLLS, on=date(2027, 5, 16)), added)
    write([Compared(before, replace(before, rounds=(replace(polling, milestones=milestones),)))], folder, places)
    text = (folder / "DE.yaml").read_text(encoding="utf-8")
    assert sorted(set(text.splitlines()) - set(BY_HAND.splitlines())) == [
        "          - {kind: polls_close, on: 2027-05-16, at: '18:00', source: csv}   # nationwide",
        "          - {kind: registration_closes, on: null, words: 'ask the town: #1', channel: mail, regions: [DE-BY], source: csv}",
        "        first_day: 2027-05-16   # a Sunday",
        "        last_day: 2027-05-16",
        "        moved_from: [2027-05-09]",
    ]
    assert known(folder).rounds[0].milestones == milestones


def test_a_new_election_goes_into_the_file_of_its_country_in_the_order_people_know(folder: Path, places) -> None:
    rounds = (Round(1, date(2027, 9, 12), date(2027, 9, 12), confidence=Confidence.HIGH, source="csv", milestones=(POLLS,)),)
    names = {"en": "State election", "de": "Landtagswahl", "ar": "انتخابات الولاية"}
    new = Election(
        "de-by-2027-09-12-legislative", ("DE-BY",), ElectionKind.LEGISLATIVE, names, Status.SCHEDULED, rounds, Confidence.HIGH, "csv"
    )
    italian = replace(new, id="it-2027-09-12-legislative", regions=("IT",))
    european = replace(new, id="eu-2029-06-10-european", regions=("EU",))
    written = write([Compared(None, new), Compared(None, italian), Compared(None, european)], folder, places)
    assert sorted(path.name for path in written) == ["DE.yaml", "EU.yaml", "IT.yaml"]
    text = (folder / "DE.yaml").read_text(encoding="utf-8")
    assert text.startswith(BY_HAND)
    assert [line.strip().partition(":")[0] for line in text.removeprefix(BY_HAND).splitlines()][:9] == [
        "", "- id", "regions", "kind", "names", "en", "de", "ar", "status",
    ]  # fmt: skip
    assert {election.id: election for election in read_elections(folder)}[new.id] == new


def test_a_second_write_of_the_same_changes_not_a_byte(folder: Path, places, handed) -> None:
    harvest = read(Format.VIP, (DATA / "vip.xml").read_bytes(), handed())
    write(compare(harvest, handed(known=read_elections(folder))).compared, folder, places)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = compare(harvest, handed(known=read_elections(folder)))
    assert write(again.compared, folder, places) == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_nothing_is_written_where_one_file_would_not_say_what_was_compared(folder: Path, places) -> None:
    before = known(folder)
    good = replace(before, id="it-2027-05-09-local", regions=("IT",))
    stale = replace(before, rounds=(replace(before.rounds[0], milestones=(POLLS, POLLS)),))  # not what lies in the file
    after = replace(stale, rounds=(replace(stale.rounds[0], milestones=(POLLS,)),))
    changed = replace(after, source="x")
    (folder / "DE.yaml").write_text(BY_HAND.replace("at: '18:00'", "at: '17:00'"), encoding="utf-8")
    with pytest.raises(NotWritten, match="de-2027-05-09-local"):
        write([Compared(None, good), Compared(stale, changed)], folder, places)
    assert [path.name for path in folder.iterdir()] == ["DE.yaml"]


def test_a_file_that_is_no_pack_is_named(folder: Path, places) -> None:
    (folder / "FR.yaml").write_text("elections: {", encoding="utf-8")
    new = Election(
        "x-2027-05-09-local",
        ("FR",),
        ElectionKind.LOCAL,
        {"en": "x"},
        Status.SCHEDULED,
        (Round(1, date(2027, 5, 9), date(2027, 5, 9)),),
        Confidence.LOW,
        "x",
    )
    with pytest.raises(PackError, match=r"FR\.yaml"):
        write([Compared(None, new)], folder, places)
