"""CSV tables: what a hand-written one needs, what is wrong by line, and that ours come back without loss."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admin.dates.findings import Format, Harvest
from admin.dates.reading import read
from admin.packs.reading_places import read_elections
from elections.election import Channel, Election, MilestoneKind, Status
from notices.csv_cells import guarded, unguarded
from notices.elections_csv import COLUMNS, csv_file
from tests.admin.dates.conftest import DATA
from tests.conftest import CHECKOUT


def table(handed, *lines: str, **given) -> Harvest:
    return read(Format.CSV, "\n".join(lines).encode(), handed(**given))


def test_a_short_table_by_hand(handed) -> None:
    found = read(Format.CSV, (DATA / "table.csv").read_bytes(), handed())
    texas, tamil_nadu = (one.election for one in found.elections)
    assert texas.id == "us-tx-2027-05-01-local"
    assert [(told.kind, told.channel) for told in texas.rounds[0].milestones] == [
        (MilestoneKind.REGISTRATION_CLOSES, Channel.MAIL),
        (MilestoneKind.POLLS_CLOSE, Channel.IN_PERSON),
    ]
    assert tamil_nadu.names["en"] == "உள்ளாட்சித் தேர்தல்"
    assert [(refusal.pointer, refusal.code) for refusal in found.refusals] == [
        ("/6/regions", "unknown_region"),
        ("/7/first_day", "impossible_date"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_spreadsheets_save_with_other_delimiters_and_a_byte_order_mark(handed, delimiter: str, mark: str) -> None:
    lines = ("name,first_day,regions,kind", "Wahl,2027-05-09,DE-BY,local")
    found = table(handed, *(mark * (line is lines[0]) + line.replace(",", delimiter) for line in lines))
    assert [one.election.id for one in found.elections] == ["de-by-2027-05-09-local"]


@pytest.mark.parametrize(
    ("row", "pointer", "code"),
    [
        ("Wahl,soon,DE,local,,,", "/2/first_day", "impossible_date"),
        ("Wahl,2027-05-09,UK,local,,,", "/2/regions", "unknown_region"),
        ("Wahl,2027-05-09,,local,,,", "/2/regions", "region_missing"),
        ("Wahl,2027-05-09,DE,regional,,,", "/2/kind", "not_one_of"),
        ("Wahl,2027-05-09,DE,,,,", "/2/kind", "kind_unknown"),
        ("Wahl,2027-05-09,DE,local,maybe,,", "/2/status", "not_one_of"),
        ("Wahl,2027-05-09,DE,local,,2027-05-08,", "/2", "invalid_election"),
        ("Wahl,2027-05-09,DE,local,,,{", "/2/other_names", "bad_names"),
        ("W\x00hl,2027-05-09,DE,local,,,", "/2/name", "bad_text"),
    ],
)
def test_an_error_names_its_line_and_column(handed, row: str, pointer: str, code: str) -> None:
    found = table(handed, "name,first_day,regions,kind,status,last_day,other_names", row, "Gut,2027-05-09,DE,local,,,")
    assert [(refusal.pointer, refusal.code) for refusal in found.refusals] == [(pointer, code)]
    assert [one.election.names["en"] for one in found.elections] == ["Gut"]


def test_one_bad_row_refuses_its_whole_election_and_no_other(handed) -> None:
    found = table(
        handed,
        "election,name,first_day,regions,kind,row,milestone,on,at",
        "de-2027-05-09-local,Wahl,2027-05-09,DE,local,round,,,",
        "de-2027-05-09-local,,,,,milestone,polls_close,2027-05-09,25:00",
        "fr-2027-05-09-local,Vote,2027-05-09,FR,local,round,,,",
    )
    assert [one.election.id for one in found.elections] == ["fr-2027-05-09-local"]
    assert [(refusal.pointer, refusal.code) for refusal in found.refusals] == [("/3/at", "impossible_time")]


def test_rows_of_one_election_may_not_contradict_each_other(handed) -> None:
    found = table(
        handed,
        "election,name,first_day,regions,kind,round",
        "de-2027-05-09-local,Wahl,2027-05-09,DE,local,1",
        "de-2027-05-09-local,Andere Wahl,2027-05-23,DE,local,2",
    )
    assert [refusal.code for refusal in found.refusals] == ["contradicts_itself"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("regions,kind\nDE,local", "column_missing"),
        ("name,first_day,name\na,2027-05-09,b", "column_twice"),
        ("name,first_day\na", "wrong_width"),
        ('name,first_day\n"a,2027-05-09', "malformed_csv"),
        ("name,first_day,colour\n", "unknown_column"),
        ("", "empty_document"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(handed, text: str, code: str) -> None:
    found = table(handed, text)
    assert [refusal.code for refusal in found.refusals] == [code]
    assert not found.elections


def test_every_election_of_the_packs_comes_back_without_loss(handed) -> None:
    elections = read_elections(CHECKOUT / "packs" / "elections")
    found = read(Format.CSV, csv_file(elections), handed())
    assert found.refusals == ()
    assert {one.election.id: one.election for one in found.elections} == {one.id: one for one in elections}


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("+49", "'+49"), ("-2", "'-2"), ("@x", "'@x"), ("\t=1", "'\t=1"), ("\r", "'\r"), ("＝1", "'＝1"), ("'=1", "''=1"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"), ("Wahl", "Wahl"), ("", ""), ("a=b", "a=b"),
    ],
)  # fmt: skip
def test_formulas_are_disarmed_and_nothing_else_is_touched(cell: str, written: str) -> None:
    assert guarded(cell) == written
    assert unguarded(written) == cell


@given(st.text(alphabet="'=+-@a \t\r\n＝é", max_size=6))
def test_guarding_is_undone_whatever_the_text(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip))
def test_names_in_every_script_come_back(handed, name: str) -> None:
    (election,) = (one.election for one in table(handed, "name,first_day,regions,kind", "x,2027-05-09,IL,local").elections)
    renamed = Election(**{field: getattr(election, field) for field in Election.__slots__} | {"names": {"en": name, "he": "בחירות"}})
    (back,) = (one.election for one in read(Format.CSV, csv_file([renamed]), handed()).elections)
    assert back == renamed
    assert back.status is Status.SCHEDULED


def test_the_columns_are_in_the_docs() -> None:
    told = (CHECKOUT / "docs" / "scheduling.md").read_text(encoding="utf-8")
    for name in COLUMNS:
        assert f"`{name}`" in told, name
