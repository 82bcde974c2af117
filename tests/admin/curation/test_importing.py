"""Files come into a change whole or not at all: what is taken out and brought in again is no edit, ids stay, and only what differs is edited."""

from dataclasses import replace
from io import BytesIO
from itertools import product
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from admin.curation.acting import Act
from admin.curation.editing import put, put_many, remove
from admin.curation.exporting import Selection, exported
from admin.curation.importing import Imported, Into, Order, import_file, import_release
from admin.curation.importing_comparison import MOST_WORDS, Outcome
from admin.curation.importing_errors import ImportRefused
from admin.curation.importing_matching import joined, placed_terms
from admin.curation.importing_values import Mode
from admin.curation.publishing import publish
from admin.curation.reviewing import approve, conflicts, submit
from admin.curation.standing import change_of
from admin.sheets.findings import Defaults, SheetFormat, SheetKind
from admin.sheets.writing import write
from elections.errors import UnknownRegion
from keywords.lists import KeywordList, Term
from notices.notice import Notice, NoticeKind, Wording
from notices.release import Release
from review.change import About, State
from review.errors import MoveNotAllowed, NotAllowed, Unknown
from review.people import Actor
from review.pieces import Key, Kind, Piece, term_id
from store.values import Lines
from tests.admin.sheets.values import OURS
from tests.curated import ADA, CARLA, DORA, FLEUR, RAVI, RUTH, VERA, Curated, curated_store, small_release, tag, term

EACH = list(product(SheetKind, OURS))
LIST = Key(Kind.LIST, "DE/de/voting")
HEAD = "region,language,topic,text,match,slot,near\n"


def of(curated: Curated, kind: SheetKind, **wanted: str) -> tuple:
    """The published values of a kind."""
    with curated.look() as act:
        return exported(act, Selection(kind, SheetFormat.CSV, **wanted))


def brought(
    curated: Curated, who: Actor, data: bytes | str, kind=SheetKind.LISTS, form=SheetFormat.CSV, mode=Mode.MERGE, change=None, **more
) -> Imported:
    """What comes of a file of somebody that is written into a change."""
    into = Into(change, None if change else About("An import", "It is needed."), more.pop("is_dry", False))
    order = Order(kind, form, mode, Defaults(**more), into)
    return import_file(curated.desk, who, order, data.encode() if isinstance(data, str) else data)


def edits(curated: Curated, imported: Imported) -> dict[str, object]:
    assert imported.change is not None
    with curated.look() as act:
        return {str(edit.key): edit.body for edit in act.unit.changes.edits(imported.change.id)}


def counts(imported: Imported) -> tuple[int, int, int, int]:
    return tuple(imported.comparison.count(outcome) for outcome in Outcome)  # type: ignore[return-value]


def nothing_happened(curated: Curated) -> bool:
    """No change was opened, and nothing was edited."""
    with curated.look() as act:
        return not act.unit.changes.find() and not act.unit.journal.lines(Lines(action="change.opened"))


@pytest.mark.parametrize(("kind", "form"), EACH, ids=[f"{kind}-{form}" for kind, form in EACH])
@pytest.mark.parametrize("mode", Mode)
def test_what_is_taken_out_and_brought_in_again_is_no_edit(curated: Curated, kind: SheetKind, form: SheetFormat, mode: Mode) -> None:
    data = write(kind, form, of(curated, kind))
    imported = brought(curated, CARLA, data, kind, form, mode)
    assert imported.comparison.is_empty
    assert imported.change is None
    assert imported.comparison.count(Outcome.UNCHANGED) > 0
    assert nothing_happened(curated)


@pytest.mark.parametrize("form", OURS)
def test_the_same_file_comes_in_the_same_in_every_format(curated: Curated, form: SheetFormat) -> None:
    values = (KeywordList("FR", "fr", "voting", (Term("où voter aujourd'hui", slot="where_do_i_vote"), Term("bureau de vote"))),)
    imported = brought(curated, FLEUR, write(SheetKind.LISTS, form, values), form=form)
    kept, new = (Key(Kind.TERM, f"FR/fr/voting/{term_id({'text': text})}") for text in ("où voter aujourd'hui", "bureau de vote"))
    assert edits(curated, imported) == {
        str(kept): {"text": "où voter aujourd'hui", "slot": "where_do_i_vote"},
        str(new): {"text": "bureau de vote"},
    }
    assert counts(imported) == (1, 1, 0, 1)


def test_an_import_is_one_revision_and_one_audit_line(curated: Curated) -> None:
    imported = brought(curated, DORA, f"{HEAD}DE,de,voting,wahllokal finden,,,\nDE,de,voting,wahlkabine,,,\n")
    assert (imported.change.state, imported.change.revision, imported.change.authors) == (State.DRAFT, 1, ("dora",))
    with curated.look() as act:
        lines = act.unit.journal.lines(Lines(subject=imported.change.id))
    assert [line.action for line in lines] == ["change.edited", "change.opened"]
    assert lines[0].detail["count"] == 2


def test_merging_takes_nothing_out_and_keeps_what_a_table_does_not_tell(curated: Curated) -> None:
    imported = brought(curated, DORA, f"{HEAD}DE,de,voting,wahllokal finden,,,\n")
    assert list(edits(curated, imported).values()) == [{"text": "wahllokal finden"}]
    (told,) = imported.comparison.documents
    assert (told.outcome, told.inner[Outcome.ADDED], told.gained.first) == (Outcome.UNCHANGED, 1, ("wahllokal finden",))


def test_merging_joins_what_a_list_says_of_itself(curated: Curated) -> None:
    table = (
        "row,region,language,topic,text,owner,context\nlist,DE,de,voting,,dora,wahl\nmust_match,DE,de,voting,briefwahl beantragen wo,,\n"
    )
    imported = brought(curated, DORA, table)
    assert edits(curated, imported)[str(LIST)] == {
        "region": "DE",
        "language": "de",
        "topic": "voting",
        "context": ["wahl"],
        "must_match": ["wo wähle ich heute", "briefwahl beantragen wo"],
        "owner": "dora",
    }


def test_replacing_takes_out_what_the_file_leaves_out_of_the_lists_that_it_names_and_of_no_others(curated: Curated) -> None:
    imported = brought(curated, CARLA, f"{HEAD}DE,de,voting,wo wähle ich,,,\n", mode=Mode.REPLACE)
    gone = Key(Kind.TERM, f"{LIST.id}/{term_id({'text': 'briefwahl beantragen'})}")
    assert edits(curated, imported) == {str(gone): None, str(LIST): {"region": "DE", "language": "de", "topic": "voting"}}
    assert imported.comparison.documents[0].lost.first == ("briefwahl beantragen",)


def test_replacing_a_notice_takes_out_the_wordings_that_the_file_leaves_out(curated: Curated) -> None:
    (notice,) = of(curated, SheetKind.NOTICES, id="de-notice")
    left = replace(notice, wordings={"de": notice.wordings["de"]})
    data = write(SheetKind.NOTICES, SheetFormat.YAML, (left,))
    assert brought(curated, CARLA, data, SheetKind.NOTICES, SheetFormat.YAML).change is None
    imported = brought(curated, CARLA, data, SheetKind.NOTICES, SheetFormat.YAML, Mode.REPLACE)
    assert edits(curated, imported) == {"wording de-notice/en": None}


def test_a_term_keeps_its_id_when_everything_but_its_words_changes(curated: Curated) -> None:
    key = Key(Kind.TERM, f"{LIST.id}/mended")
    with curated.act(DORA) as act:
        change = put_many(act, act_open(act), (Piece(key, {"text": "wahlkabine", "note": "old"}),), ())
    imported = brought(curated, DORA, f"{HEAD}DE,de,voting,wahlkabine,,where_do_i_vote,\n", change=change.id)
    assert edits(curated, imported)[str(key)] == {"text": "wahlkabine", "slot": "where_do_i_vote"}
    assert [key for key in edits(curated, imported) if key.startswith("term")] == [str(key)]


def act_open(act: Act) -> str:
    from admin.curation.editing import open_change

    return open_change(act, About("A change", "It is needed.")).id


A, B, C = {"text": "a"}, {"text": "a", "note": "b"}, {"text": "a", "note": "c"}


@pytest.mark.parametrize(
    ("there", "wanted", "ids"),
    [
        pytest.param({}, [A, B], ["H", "H~2"], id="new ones are numbered"),
        pytest.param({"x": A}, [B], ["x"], id="the same words are the same term"),
        pytest.param({"x": A}, [{**A, "match": "exact"}], ["E"], id="matched otherwise it is another"),
        pytest.param({"x": A, "y": B}, [C, B], ["x", "y"], id="by order where words are repeated"),
        pytest.param({"x": A, "y": B}, [B], ["y"], id="the very same before the first"),
        pytest.param({"x": A, "y": B}, [B, A], ["y", "x"], id="another order is no difference"),
        pytest.param({"x": A}, [C, A], ["H", "x"], id="a new one before the very same"),
        pytest.param({"x~10": A, "x~9": B}, [C], ["x~9"], id="numbers are counted, not spelt"),
        pytest.param({"H": {"text": "other"}}, [A], ["H~2"], id="an id that another has got is not taken"),
        pytest.param({"x": A}, [A, A, A], ["x", "H", "H~2"], id="more of them than there were"),
    ],
)
def test_terms_are_matched_by_their_words_and_then_by_order(there: dict, wanted: list, ids: list) -> None:
    names = {"H": term_id(A), "E": term_id({**A, "match": "exact"})}

    def named(one: str) -> str:
        name, mark, number = one.partition("~")
        return f"{names.get(name, name)}{mark}{number}"

    known = {Key(Kind.TERM, f"{LIST.id}/{named(one)}"): body for one, body in there.items()}
    assert [key.id.rpartition("/")[2] for key, _ in placed_terms(LIST.id, wanted, known)] == [named(one) for one in ids]


def test_a_hundred_thousand_times_the_same_word_is_matched_in_no_time() -> None:
    same = [A] * 100_000
    assert len({key for key, _ in placed_terms(LIST.id, same, {})}) == len(same)


WORDS = st.lists(st.sampled_from("abc"), max_size=4, unique=True)


@given(WORDS, WORDS)
def test_joining_loses_nothing_of_what_is_there_and_joins_all_that_is_told(there: list[str], told: list[str]) -> None:
    found = joined({"near": there, "note": "kept"}, {"near": told})
    assert found["near"][: len(there)] == there
    assert set(found["near"]) == {*there, *told}
    assert found["note"] == "kept"
    assert joined(found, {"near": told}) == found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(st.builds(Term, st.sampled_from(["vote", "poll", "投票", "הצבעה"]), note=st.sampled_from(["", "x", "y"])), max_size=6).map(
        tuple
    ),
    st.sampled_from(Mode),
)
def test_what_came_in_once_is_no_edit_the_second_time(curated: Curated, terms: tuple[Term, ...], mode: Mode) -> None:
    data = write(SheetKind.LISTS, SheetFormat.JSON, (KeywordList("001", "en", "results", terms),))
    first = brought(curated, CARLA, data, form=SheetFormat.JSON, mode=mode)
    assert first.change is not None
    again = brought(curated, CARLA, data, form=SheetFormat.JSON, mode=mode, change=first.change.id)
    assert (again.comparison.is_empty, again.change) == (True, None)


def test_a_dry_run_reports_everything_and_writes_nothing(curated: Curated) -> None:
    imported = brought(curated, DORA, f"{HEAD}DE,de,voting,wahllokal finden,,,\n", is_dry=True)
    assert counts(imported) == (1, 0, 0, 1)
    assert imported.change is None
    assert nothing_happened(curated)


@pytest.mark.parametrize("is_dry", [True, False])
def test_one_bad_row_and_nothing_is_taken(curated: Curated, *, is_dry: bool) -> None:
    table = f"{HEAD}DE,de,voting,wahllokal finden,,,\nDE,de,voting,wahlkabine,sometimes,,\nDE,de,voting,,exact,,\n"
    with pytest.raises(ImportRefused) as refusal:
        brought(curated, DORA, table, is_dry=is_dry)
    found = [(problem.row, problem.column, problem.code) for problem in refusal.value.problems]
    assert found == [(3, "match", "not_one_of"), (4, "text", "cell_missing")]
    assert nothing_happened(curated)


@pytest.mark.parametrize(
    ("notice", "code"),
    [
        pytest.param(Notice("x" * 300, NoticeKind.CUSTOM, {}), "wrong_id", id="an id that is too long"),
        pytest.param(Notice("one\u202etwo", NoticeKind.CUSTOM, {}), "wrong_id", id="an id that cannot be shown"),
        pytest.param(Notice("one", NoticeKind.CUSTOM, {"": Wording("a", "b", "c")}), "wrong_id", id="a wording without a language"),
        pytest.param(Notice("one", NoticeKind.CUSTOM, {"de/x": Wording("a", "b", "c")}), "wrong_id", id="a slash in a language"),
        pytest.param(Notice("one", NoticeKind.CUSTOM, {}, revision=2**60), "invalid_document", id="a number that is not exact everywhere"),
        pytest.param(Notice("one", NoticeKind.CUSTOM, {}, note="a\0b"), "invalid_document", id="the character NUL"),
    ],
)
def test_what_cannot_be_kept_is_told_by_its_place_in_the_file(curated: Curated, notice: Notice, code: str) -> None:
    with pytest.raises(ImportRefused) as refusal:
        brought(curated, CARLA, write(SheetKind.NOTICES, SheetFormat.JSON, (notice,)), SheetKind.NOTICES, SheetFormat.JSON)
    (problem,) = refusal.value.problems
    assert (problem.column, problem.code) == ("/notices/1", code)
    assert nothing_happened(curated)


@pytest.mark.parametrize("is_dry", [True, False])
@pytest.mark.parametrize("who", [FLEUR, VERA], ids=lambda who: who.person)
def test_another_regions_list_is_refused_and_the_refusal_is_written_down(curated: Curated, who: Actor, *, is_dry: bool) -> None:
    with pytest.raises(NotAllowed):
        brought(curated, who, f"{HEAD}FR,fr,voting,bureau de vote,,,\nDE,de,voting,wahllokal,,,\n", is_dry=is_dry)
    assert nothing_happened(curated)
    with curated.look() as act:
        (line,) = act.unit.journal.lines(Lines(action="documents.imported"))
    assert (line.actor, line.outcome) == (who.person, "not_allowed")


def test_rows_of_other_regions_that_differ_in_nothing_are_nobodys_business(curated: Curated) -> None:
    lists = of(curated, SheetKind.LISTS)
    grown = tuple(replace(one, terms=(*one.terms, Term("wahllokal"))) if one.region == "DE" else one for one in lists)
    imported = brought(curated, DORA, write(SheetKind.LISTS, SheetFormat.CSV, grown), mode=Mode.REPLACE)
    assert counts(imported)[:3] == (1, 0, 0)


def test_a_new_notice_of_a_region_comes_with_its_wordings(curated: Curated) -> None:
    notice = Notice("de-second", NoticeKind.MEDIA_LITERACY, {"de": Wording("Titel", "Text", "Öffnen")}, region="DE")
    imported = brought(curated, DORA_ALL, write(SheetKind.NOTICES, SheetFormat.XLSX, (notice,)), SheetKind.NOTICES, SheetFormat.XLSX)
    assert set(edits(curated, imported)) == {"notice de-second", "wording de-second/de"}


DORA_ALL = replace(DORA, grants=(replace(DORA.grants[0], languages=()),))


def test_a_notice_of_the_world_is_not_taken_by_saying_that_it_is_another_regions(curated: Curated) -> None:
    (notice,) = of(curated, SheetKind.NOTICES, id="how-to-vote")
    moved = replace(notice, region="DE", wordings={"de": Wording("Titel", "Text", "Öffnen")})
    with pytest.raises(NotAllowed):
        brought(curated, DORA_ALL, write(SheetKind.NOTICES, SheetFormat.JSON, (moved,)), SheetKind.NOTICES, SheetFormat.JSON)
    assert nothing_happened(curated)


def test_what_a_change_holds_is_what_a_file_is_compared_with(curated: Curated) -> None:
    change = curated.edited(DORA, [term("wahllokal"), term("wahlkabine")])
    with curated.act(DORA) as act:
        key = Key(Kind.TERM, f"{LIST.id}/{term_id({'text': 'wo wähle ich'})}")
        remove(act, change.id, key, tag(act, change, key))
    table = f"{HEAD}DE,de,voting,wahllokal,,,\nDE,de,voting,wo wähle ich,,,\nDE,de,voting,briefwahl beantragen,,,\n"
    imported = brought(curated, DORA, table, mode=Mode.REPLACE, change=change.id)
    assert counts(imported) == (1, 1, 1, 2)
    assert edits(curated, imported) == {
        str(LIST): {"region": "DE", "language": "de", "topic": "voting"},
        str(term("wahllokal")[0]): {"text": "wahllokal"},
    }


def test_a_file_comes_into_a_change_that_takes_edits_and_into_no_other(curated: Curated) -> None:
    with pytest.raises(Unknown):
        brought(curated, DORA, f"{HEAD}DE,de,voting,wahllokal,,,\n", change="nowhere")
    change = curated.edited(DORA, [term("wahllokal")])
    with curated.act(DORA) as act:
        from admin.curation.reviewing import withdraw

        withdraw(act, change.id, change.tag)
    with pytest.raises(MoveNotAllowed):
        brought(curated, DORA, f"{HEAD}DE,de,voting,wahlkabine,,,\n", change=change.id, is_dry=True)


def test_what_was_published_differently_since_is_a_conflict(curated: Curated) -> None:
    table = f"{HEAD}DE,de,voting,wo wähle ich,exact,,\n"
    first = brought(curated, DORA, f"{HEAD}DE,de,voting,wo wähle ich,,where_do_i_vote,\n").change
    second = brought(curated, DORA, table.replace("exact", "").replace(",,\n", ",rules,\n")).change
    for change in (first, second):
        with curated.act(DORA) as act:
            submit(act, change.id, change.tag)
    with curated.act(RUTH) as act:
        approve(act, first.id, change_of(act, first.id).tag)
    publish(curated.press, RUTH, (first.id,))
    with curated.look() as act:
        (conflict,) = conflicts(act, change_of(act, second.id))
    assert (conflict.ours["slot"], conflict.theirs["slot"]) == ("rules", "where_do_i_vote")


def test_when_something_moves_meanwhile_the_file_is_compared_anew(curated: Curated) -> None:
    change = curated.edited(DORA, [term("wahllokal")])
    moves = iter([True])

    def tell(step: str, _done: int, _total: int) -> None:
        if step == "writing" and next(moves, False):
            key, body = term("wahlkabine", note="by somebody else")
            with curated.act(DORA) as act:
                put(act, change.id, key, body, tag(act, change, key))

    order = Order(SheetKind.LISTS, SheetFormat.CSV, into=Into(change.id, is_dry=False))
    found = import_file(curated.desk, DORA, order, f"{HEAD}DE,de,voting,wahlkabine,,,\n".encode(), tell)
    assert counts(found) == (0, 1, 0, 1)
    assert found.change.revision == 3


QUERQY = b'wahllokal =>\n  UP(1): x\n\n"wo w\xc3\xa4hle ich" =>\n  UP(1): x\n'


def test_a_list_of_another_program_goes_the_whole_way(curated: Curated) -> None:
    with pytest.raises(ImportRefused) as refusal:
        brought(curated, DORA, QUERQY, form=SheetFormat.QUERQY)
    assert refusal.value.problems[0].code == "defaults_missing"
    told = {"region": "DE", "language": "de", "topic": "voting", "source": "querqy file"}
    imported = brought(curated, DORA, QUERQY, form=SheetFormat.QUERQY, **told)
    assert sorted(body["text"] for body in edits(curated, imported).values()) == ["wahllokal", "wo wähle ich"]
    submitted = submit_approve(curated, imported.change.id)
    publish(curated.press, RUTH, (submitted,))
    (german,) = of(curated, SheetKind.LISTS, id=LIST.id)
    assert {one.text for one in german.terms} >= {"wahllokal", "wo wähle ich", "briefwahl beantragen"}
    assert brought(curated, DORA, QUERQY, form=SheetFormat.QUERQY, **told).change is None


def submit_approve(curated: Curated, known_as: str) -> str:
    with curated.act(DORA) as act:
        submit(act, known_as, change_of(act, known_as).tag)
    for who in (RUTH, RAVI):
        with curated.act(who) as act:
            approve(act, known_as, change_of(act, known_as).tag)
    return known_as


def test_words_of_another_program_leave_the_rest_of_a_term_as_it_is(curated: Curated) -> None:
    change = curated.edited(DORA, [term("wahllokal", near=["wahl"], note="kept")])
    told = {"region": "DE", "language": "de", "topic": "voting", "source": "querqy file"}
    imported = brought(curated, DORA, b"wahllokal =>\n  UP(1): x\n", form=SheetFormat.QUERQY, change=change.id, **told)
    assert list(edits(curated, imported).values()) == [{"text": "wahllokal", "near": ["wahl"], "note": "kept", "source": "querqy file"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_any_encoding_that_tells_itself_is_read(curated: Curated, encoding: str) -> None:
    texts = ["carte d'électeur", "où voter à l'étranger", "投票"]
    rows = "".join(f"FR;fr;voting;{text}\n" for text in texts)
    imported = brought(curated, FLEUR, f"region;language;topic;text\n{rows}".encode(encoding))
    assert sorted(body["text"] for body in edits(curated, imported).values()) == texts
    assert (imported.notes, imported.encoding) == ((), encoding.removesuffix("-sig") if encoding != "utf-16" else "utf-16-le")


def test_an_encoding_that_was_guessed_is_told(curated: Curated) -> None:
    rows = "".join(f"FR;fr;voting;électeur réside {number}\n" for number in range(20))
    imported = brought(curated, FLEUR, f"region;language;topic;text\n{rows}".encode("cp1252"))
    assert "électeur réside 7" in [body["text"] for body in edits(curated, imported).values()]
    assert [note.code for note in imported.notes] == ["encoding_guessed"]


@pytest.mark.parametrize("form", [SheetFormat.CSV, SheetFormat.TSV, SheetFormat.XLSX])
def test_what_looks_like_a_formula_is_disarmed_on_the_way_out_and_comes_back_as_it_was(curated: Curated, form: SheetFormat) -> None:
    change = curated.edited(DORA, [term("=HYPERLINK(1)"), term("+49 wahl"), term("@context"), term("'=1")])
    publish(curated.press, RUTH, (submit_approve(curated, change.id),))
    data = write(SheetKind.LISTS, form, of(curated, SheetKind.LISTS))
    if form is not SheetFormat.XLSX:
        assert b"'=HYPERLINK(1)" in data
    assert brought(curated, CARLA, data, form=form, mode=Mode.REPLACE).comparison.is_empty


def test_a_formula_in_a_workbook_is_told_by_its_cell_and_nothing_is_taken(curated: Curated) -> None:
    workbook, data = Workbook(), BytesIO()
    for row in (["region", "language", "topic", "text"], ["DE", "de", "voting", "wahllokal"], ["DE", "de", "voting", "=HYPERLINK(1)"]):
        workbook.active.append(row)
    workbook.save(data)
    with pytest.raises(ImportRefused) as refusal:
        brought(curated, DORA, data.getvalue(), form=SheetFormat.XLSX)
    assert (3, "D", "formula") in [(problem.row, problem.column, problem.code) for problem in refusal.value.problems]
    assert nothing_happened(curated)


def test_a_workbook_that_unpacks_without_end_is_refused(curated: Curated) -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * (170 * 1024 * 1024))
    with pytest.raises(ImportRefused) as refusal:
        brought(curated, CARLA, bomb.getvalue(), form=SheetFormat.XLSX)
    assert [problem.code for problem in refusal.value.problems] == ["too_large"]


def test_words_are_counted_and_the_first_are_shown(curated: Curated) -> None:
    rows = "".join(f"DE,de,voting,wort {number},,,\n" for number in range(MOST_WORDS + 5))
    (told,) = brought(curated, DORA, HEAD + rows, is_dry=True).comparison.documents
    assert (told.gained.count, len(told.gained.first), told.lost.count) == (MOST_WORDS + 5, MOST_WORDS, 0)


@pytest.mark.parametrize(
    ("kind", "wanted", "found"),
    [
        pytest.param(SheetKind.LISTS, {"region": "EU"}, ["DE/de/voting", "FR/fr/voting"], id="a region and those inside it"),
        pytest.param(SheetKind.LISTS, {"language": "th"}, ["TH/th/voting"], id="a language"),
        pytest.param(SheetKind.LISTS, {"topic": "results"}, [], id="a topic without lists"),
        pytest.param(SheetKind.LISTS, {"id": "IL/he/voting"}, ["IL/he/voting"], id="one list"),
        pytest.param(SheetKind.NOTICES, {"language": "he"}, ["how-to-vote"], id="notices with words in a language"),
        pytest.param(SheetKind.NOTICES, {"region": "DE"}, ["de-notice"], id="notices of a region"),
        pytest.param(SheetKind.CAMPAIGNS, {"region": "DE"}, ["de-voting"], id="campaigns in a region"),
        pytest.param(SheetKind.ELECTIONS, {"region": "US"}, ["us-2026-11-03-legislative"], id="elections in a region"),
    ],
)
def test_documents_are_selected(curated: Curated, kind: SheetKind, wanted: dict[str, str], found: list[str]) -> None:
    assert [one.id for one in of(curated, kind, **wanted)] == found


def test_a_region_that_nobody_knows_has_no_documents_to_take_out(curated: Curated) -> None:
    with pytest.raises(UnknownRegion):
        of(curated, SheetKind.LISTS, region="UK")


def test_a_release_brought_in_where_it_is_published_is_no_edit(curated: Curated) -> None:
    found = import_release(curated.desk, ADA, small_release(), Into(about=About("Packs", "From git"), is_dry=False))
    assert (found.comparison.is_empty, found.change) == (True, None)


def test_a_release_takes_the_place_of_everything(curated: Curated) -> None:
    release = small_release()
    other = replace(release, lists=release.lists[:2], notices=release.notices[1:], season_days=60, starter=False)
    with pytest.raises(NotAllowed):
        import_release(curated.desk, DORA, other, Into(about=About("Packs", "From git"), is_dry=False))
    found = import_release(curated.desk, CARLA, other, Into(about=About("Packs", "From git"), is_dry=False))
    gone = [str(key) for key in found.comparison.gone]
    assert [key for key in gone if key.startswith(("list", "notice"))] == [
        "list FR/fr/voting",
        "list IL/he/voting",
        "list TH/th/voting",
        "notice how-to-vote",
    ]
    (settings_,) = (one.body for one in found.comparison.wanted if one.key.kind is Kind.SETTINGS)
    assert settings_ == {"season_days": 60, "link_hosts": ["elections.example"], "starter": True}


def big(count: int) -> Release:
    return replace(
        small_release(), lists=(*small_release().lists, KeywordList("001", "en", "results", tuple(Term(f"w {n}") for n in range(count))))
    )


def test_editing_one_term_of_a_large_change_costs_one_row(tmp_path) -> None:
    curated = curated_store(tmp_path, release=big(0))
    rows = "".join(f"001,en,results,w {number},,,\n" for number in range(3_000))
    change = brought(curated, CARLA, HEAD + rows).change
    key = Key(Kind.TERM, f"001/en/results/{term_id({'text': 'w 7'})}")
    with curated.act(CARLA) as act:
        put(act, change.id, key, {"text": "w 7", "note": "mended"}, tag(act, change, key))
        assert len(act.unit.changes.written(change.id)) == 3_001
    curated.store.close()


def test_whoever_brought_a_file_in_is_the_author_of_what_is_published(curated: Curated) -> None:
    change = brought(curated, DORA, f"{HEAD}DE,de,voting,wahllokal finden,,,\n").change
    head = publish(curated.press, RUTH, (submit_approve(curated, change.id),))
    assert head.head["changes"][0]["authors"] == ["dora"]
