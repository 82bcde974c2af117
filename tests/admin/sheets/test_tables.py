"""Tables that people made: what is wrong is told by row and column, all of it, and then nothing is taken."""

import codecs

import pytest

from admin.sheets.findings import MOST_PROBLEMS, Defaults, Problem, Reading, SheetFormat, SheetKind
from admin.sheets.reading import read
from keywords.lists import KeywordList, Layer, MatchKind, Term

HERE = Defaults("DE", "de", "voting", owner="team", source="team list")
CSV = SheetFormat.CSV


def table(*lines: str, kind: SheetKind = SheetKind.LISTS, **given) -> Reading:
    return read(kind, CSV, "\n".join(lines).encode(), **given)


def told(reading: Reading) -> list[tuple]:
    assert reading.values == ()
    assert reading.problem_count == len(reading.problems)
    assert all(problem.message.endswith(".") for problem in reading.problems)
    return [(problem.row, problem.column, problem.code) for problem in reading.problems]


def test_a_column_of_terms_is_enough_where_the_defaults_say_the_rest() -> None:
    (found,) = table("Text,Season only", "wählen,yes", "", "वोट,", defaults=HERE).values
    assert found == KeywordList("DE", "de", "voting", (Term("wählen", season_only=True), Term("वोट")), owner="team")


def test_rows_of_several_lists_may_stand_mixed() -> None:
    first, second = table(
        "row,region,language,topic,text,match,without,context,owner",
        "term,DE,de,voting,wählen,exact,near;starred,,",
        "term,IL,he,voting,הצבעה,,,,",
        "must_match,DE,de,voting,wo wählen,,,,",
        "must_not_match,DE,de,voting,auswahl,,,,",
        "list,DE,de,voting,,,,wahl; amt,Büro",
    ).values
    assert first.terms == (Term("wählen", match=MatchKind.EXACT, without=(Layer.NEAR, Layer.STARRED)),)
    assert (first.must_match, first.must_not_match, first.context, first.owner) == (("wo wählen",), ("auswahl",), ("wahl", "amt"), "Büro")
    assert second == KeywordList("IL", "he", "voting", (Term("הצבעה"),))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("form", [SheetFormat.CSV, SheetFormat.TSV])
def test_the_delimiter_is_the_one_that_yields_known_columns(delimiter: str, form: SheetFormat) -> None:
    lines = ("region,language,topic,text,forms", 'DE,de,voting,wahl,"a;b|c"')
    data = "\r\n".join(lines).replace(",", delimiter).encode()
    assert read(SheetKind.LISTS, form, data).values == (KeywordList("DE", "de", "voting", (Term("wahl", forms=("a", "b|c")),)),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_any_computer_ends_them(end: str) -> None:
    data = end.join(["region,language,topic,text", "DE,de,voting,wahl", ""]).encode()
    assert read(SheetKind.LISTS, CSV, data).values[0].terms == (Term("wahl"),)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (codecs.BOM_UTF8 + "text\nwählen".encode(), "utf-8"),
        ("text\nwählen".encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + "text\nwählen".encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + "text\nwählen".encode("utf-16-be"), "utf-16-be"),
        ("text\nwählen".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_the_encoding_is_found_and_told(data: bytes, encoding: str) -> None:
    reading = read(SheetKind.LISTS, CSV, data, HERE)
    assert [term.text for term in reading.values[0].terms] == ["wählen"]
    assert reading.encoding == encoding
    assert reading.notes == ()


def test_an_encoding_that_had_to_be_guessed_is_noted() -> None:
    text = "text\n" + "\n".join(["где проголосовать на выборах", "избирательный участок", "явка избирателей", "как зарегистрироваться"] * 5)
    reading = read(SheetKind.LISTS, CSV, text.encode("cp1251"), HERE)
    assert reading.values[0].terms[0].text == "где проголосовать на выборах"
    assert reading.encoding != "utf-8"
    assert [note.code for note in reading.notes] == ["encoding_guessed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("region,language,topic,text,txt\n", [(1, "txt", "unknown_column"), (1, None, "bad_header")]),
        ("region,language,text\nDE,de,x\n", [(1, "topic", "column_missing"), (1, None, "bad_header")]),
        ("region,language,topic,text,text\n", [(1, "text", "column_twice"), (1, None, "bad_header")]),
        ('region,language,topic,text\n"DE,de', [(2, None, "malformed_table")]),
        ("region,language,topic,text\nDE,de,voting,a,b\n", [(2, None, "cell_without_column")]),
        ("region,language,topic,text\n,de,voting,\n", [(2, "region", "cell_missing"), (2, "text", "cell_missing")]),
        ("row,region,language,topic,text\nword,DE,de,voting,x\n", [(2, "row", "not_one_of")]),
        ("row,region,language,topic,text\nlist,DE,de,voting,x\n", [(2, "text", "not_in_this_row")]),
        ("row,region,language,topic,text\nlist,DE,de,voting,\nlist,DE,de,voting,\n", [(3, "row", "given_twice")]),
        (
            "region,language,topic,text,match,season_only,without,verified_on\nDE,de,voting,x,part,maybe,all,2026-02-30\n",
            [
                (2, "match", "not_one_of"),
                (2, "without", "not_one_of"),
                (2, "season_only", "not_one_of"),
                (2, "verified_on", "impossible_date"),
            ],
        ),
        ("", [(None, None, "empty_file")]),
        (",,\n,,\n", [(None, None, "empty_file")]),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(text: str, expected: list[tuple]) -> None:
    assert told(table(text)) == expected


def test_an_unknown_column_comes_with_the_one_that_was_meant() -> None:
    (problem, _) = table("region,language,topic,text,formz").problems
    assert problem == Problem(1, "formz", "unknown_column", "There is no such column; perhaps forms was meant.")


def test_problems_beyond_the_first_ones_are_counted() -> None:
    reading = table("region,language,topic,text,match", *["DE,de,voting,x,part"] * 600)
    assert reading.values == ()
    assert len(reading.problems) == MOST_PROBLEMS
    assert reading.problem_count == 600


def test_rows_count_as_a_spreadsheet_shows_them() -> None:
    reading = table("region,language,topic,text,note,match", 'DE,de,voting,x,"two\nlines",', ",,,,,", "DE,de,voting,y,,part")
    assert told(reading) == [(4, "match", "not_one_of")]


def test_one_bad_row_and_nothing_is_taken() -> None:
    reading = table("region,language,topic,text", "DE,de,voting,good", "DE,de,voting,")
    assert told(reading) == [(3, "text", "cell_missing")]


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        (SheetKind.NOTICES, ("row,notice,language,title", "wording,a,de,x"), (2, "notice", "row_missing")),
        (SheetKind.NOTICES, ("row,notice,kind", "notice,a,custom", "notice,a,custom"), (3, "row", "given_twice")),
        (SheetKind.NOTICES, ("row,notice,kind", "notice,a,"), (2, "kind", "cell_missing")),
        (SheetKind.NOTICES, ("row,notice,kind", ",a,custom"), (2, "row", "cell_missing")),
        (
            SheetKind.NOTICES,
            ("row,notice,kind,language,phase", "notice,a,custom,,", "phase,a,,de,counting"),
            (3, "language", "row_missing"),
        ),
        (
            SheetKind.NOTICES,
            ("row,notice,kind,language", "notice,a,custom,", "wording,a,,de", "wording,a,,de"),
            (4, "language", "given_twice"),
        ),
        (SheetKind.NOTICES, ("row,notice,kind,language,alt", "notice,a,custom,,", "image,a,,de,x"), (3, "row", "row_missing")),
        (SheetKind.NOTICES, ("row,notice,kind,revision", "notice,a,custom,1.5"), (2, "revision", "not_a_number")),
        (SheetKind.CAMPAIGNS, ("row,campaign,notice,per_day", "campaign,a,n,3"), (2, "per_day", "half_told")),
        (SheetKind.CAMPAIGNS, ("row,campaign,notice", "campaign,a,"), (2, "notice", "cell_missing")),
        (
            SheetKind.CAMPAIGNS,
            ("row,campaign,notice,starts", "campaign,a,n,", "window,a,,2026-11-03T10:00Z"),
            (3, "starts", "impossible_time"),
        ),
        (
            SheetKind.CAMPAIGNS,
            ("row,campaign,notice,only", "campaign,a,n,", "window,a,,22:00-06:00 someday"),
            (3, "only", "impossible_hours"),
        ),
        (SheetKind.CAMPAIGNS, ("row,campaign,notice,only", "campaign,a,n,", "window,a,,22:00-26:00"), (3, "only", "impossible_time")),
        (SheetKind.CENTERS, ("row,region,slot,language,url", "center,DE,,,", "link,DE,rules,de,"), (3, "url", "cell_missing")),
        (SheetKind.CENTERS, ("row,region,slot,url", "center,DE,,", "link,DE,rules,a", "link,DE,rules,b"), (4, "language", "given_twice")),
        (SheetKind.CENTERS, ("row,region,name,other_names,url", "center,DE,,,", "authority,DE,x,[],y"), (3, "other_names", "bad_names")),
        (SheetKind.CENTERS, ("row,region,name,url,networks", "center,DE,,,", "fact_checker,DE,x,y,ABC"), (3, "networks", "not_one_of")),
    ],
)
def test_rows_that_do_not_fit_together_are_told(kind: SheetKind, lines: tuple[str, ...], expected: tuple) -> None:
    assert told(table(*lines, kind=kind)) == [expected]


ELECTION = "row,election,regions,kind,name,first_day,round,milestone,on,phase,starts_at,ends_at,reason,last_day"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("round,e,DE,local,a,2027-05-09,1,,,,,,,", "round,e,DE,local,b,2027-05-23,2,,,,,,,"), (3, "name", "contradicts_itself")),
        (("milestone,e,DE,local,a,,1,polls_close,,,,,,",), (2, "row", "row_missing")),
        (("round,e,DE,local,a,2027-05-09,1,,,,,,,", "milestone,e,,,,,2,polls_close,,,,,,"), (3, "round", "row_missing")),
        (("round,e,DE,local,a,,1,,,,,,,",), (2, "first_day", "cell_missing")),
        (("round,e,,local,a,2027-05-09,1,,,,,,,",), (2, "election", "invalid_election")),
        (("round,e,DE,local,a,2027-05-09,1,,,,,,,2027-05-08",), (2, "election", "invalid_election")),
    ],
)
def test_an_election_that_contradicts_itself_is_told(rows: tuple[str, ...], expected: tuple) -> None:
    assert expected in told(table(ELECTION, *rows, kind=SheetKind.ELECTIONS))


def test_an_override_needs_an_offset() -> None:
    rows = ("round,e,DE,local,a,2027-05-09,1,,,,,,,", "override,e,,,,,,,,counting,2027-05-09 18:00,2027-05-09T20:00+02:00,why,")
    assert told(table(ELECTION, *rows, kind=SheetKind.ELECTIONS)) == [(3, "starts_at", "impossible_time")]


def test_milestones_belong_to_the_round_of_their_number_wherever_they_stand() -> None:
    (found,) = table(
        ELECTION,
        "milestone,e,DE,local,a,,2,polls_close,2027-05-23,,,,,",
        "round,e,,,,2027-05-09,1,,,,,,,",
        "round,e,,,,2027-05-23,2,,,,,,,",
        kind=SheetKind.ELECTIONS,
    ).values
    assert [len(polling.milestones) for polling in found.rounds] == [0, 1]


def test_the_progress_is_told_and_ends_with_the_last_row() -> None:
    calls: list[tuple[int, int]] = []
    table("text", *["x"] * 2_500, defaults=HERE, tell=lambda done, total: calls.append((done, total)))
    assert calls == [(1000, 2501), (2000, 2501), (2500, 2500)]


def test_a_table_that_is_too_long_is_refused() -> None:
    reading = table("text", *["x"] * 250_001, defaults=HERE)
    assert [problem.code for problem in reading.problems] == ["too_many_rows"]


def test_a_file_that_is_too_large_is_refused() -> None:
    reading = read(SheetKind.LISTS, CSV, b"x" * (32 * 1024 * 1024 + 1))
    assert [problem.code for problem in reading.problems] == ["too_large"]


@pytest.mark.parametrize(
    "text",
    ["text," + ",".join(f"text{number}" for number in range(500_000)), "text," + "x" * 100_000 + "\n"],
    ids=["wide", "long"],
)
def test_a_monstrous_header_costs_nothing(text: str) -> None:
    reading = table(text, defaults=HERE)
    assert reading.problems[0].code in {"too_wide", "unknown_column"}
    assert all(len(problem.column or "") <= 40 for problem in reading.problems)
