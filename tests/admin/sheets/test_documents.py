"""JSON and YAML files: strict, every wrong place told, bombs refused."""

import json
import pickle

import pytest

from admin.sheets.findings import Reading, SheetFormat, SheetKind
from admin.sheets.reading import read
from keywords.lists import KeywordList, Term

LIST = {"region": "DE", "language": "de", "topic": "voting", "terms": [{"text": "wählen"}, {"text": "वोट"}, {"text": "הצבעה"}]}


def told(form: SheetFormat, text: str, kind: SheetKind = SheetKind.LISTS) -> Reading:
    return read(kind, form, text.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_in_json(encoding: str) -> None:
    reading = read(SheetKind.LISTS, SheetFormat.JSON, json.dumps({"lists": [LIST]}, ensure_ascii=False).encode(encoding))
    assert reading.values == (KeywordList("DE", "de", "voting", (Term("wählen"), Term("वोट"), Term("הצבעה"))),)


def test_a_list_in_yaml_where_no_is_norway() -> None:
    reading = told(
        SheetFormat.YAML, "lists:\n- region: NO\n  language: no\n  topic: voting\n  terms:\n  - text: stemme\n    verified_on: 2026-01-02\n"
    )
    assert (reading.values[0].region, reading.values[0].language) == ("NO", "no")


def test_every_wrong_place_is_told_and_nothing_is_taken() -> None:
    wrong = {"region": "DE", "language": "de", "topic": "voting", "terms": [{"text": 5}, {"text": "x", "match": "part"}, {"colour": "red"}]}
    reading = told(SheetFormat.JSON, json.dumps({"lists": [LIST, wrong]}))
    assert reading.values == ()
    assert [(problem.row, problem.column, problem.code) for problem in reading.problems] == [
        (2, "terms[0].text", "invalid_document"),
        (2, "terms[1].match", "invalid_document"),
        (2, "terms[2].text", "invalid_document"),
        (2, "terms[2]", "invalid_document"),
    ]
    assert all(problem.message.endswith(".") for problem in reading.problems)


@pytest.mark.parametrize(
    ("term", "place"),
    [
        ({"text": 2026}, "terms[0].text"),
        ({"text": "x", "season_only": "false"}, "terms[0].season_only"),
        ({"text": "x", "season_only": 1}, "terms[0].season_only"),
        ({"text": "x", "slot": 5}, "terms[0].slot"),
        ({"text": "x", "forms": ["y", True]}, "terms[0].forms[1]"),
    ],
)
@pytest.mark.parametrize("form", [SheetFormat.JSON, SheetFormat.YAML])
def test_nothing_is_taken_for_another_kind_of_value(form: SheetFormat, term: dict, place: str) -> None:
    reading = told(form, json.dumps({"lists": [{**LIST, "terms": [term]}]}))
    assert [(problem.row, problem.column) for problem in reading.problems] == [(1, place)]
    assert reading.values == ()


def test_names_by_language_are_texts_too() -> None:
    center = {"region": "DE", "authorities": [], "links": {"rules": {"*": 5}}}
    reading = told(SheetFormat.JSON, json.dumps({"centers": [center]}), SheetKind.CENTERS)
    assert [problem.column for problem in reading.problems] == ["links['rules']['*']"]


def test_an_election_that_contradicts_itself_is_told_in_its_own_words() -> None:
    election = {"id": "e", "regions": [], "kind": "local", "names": {}, "status": "held", "rounds": [], "confidence": "high", "source": "x"}
    reading = told(SheetFormat.JSON, json.dumps({"elections": [election]}), SheetKind.ELECTIONS)
    assert [problem.message for problem in reading.problems] == ["The election e needs a region and a round."]


def test_the_same_list_twice_is_told() -> None:
    reading = told(SheetFormat.JSON, json.dumps({"lists": [LIST, LIST]}))
    assert [(problem.row, problem.code) for problem in reading.problems] == [(2, "given_twice")]


DEEP = 100_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "malformed_json"),
        ('{"lists": [NaN]}', "malformed_json"),
        ('{"lists": [], "lists": []}', "duplicate_key"),
        ('{"lists": ["\\ud83d"]}', "half_character"),
        ('{"lists": [' + "9" * 5_000 + "]}", "number_too_long"),
        ("[" * DEEP, "nested_too_deep"),
        ('{"a":' * DEEP, "nested_too_deep"),
        ('{"notices": []}', "not_one_list"),
        ('{"lists": {}}', "not_one_list"),
        ('{"lists": [], "more": 1}', "not_one_list"),
        ("[]", "not_one_list"),
    ],
)
def test_what_is_not_strict_json_is_refused(text: str, code: str) -> None:
    assert [problem.code for problem in told(SheetFormat.JSON, text).problems] == [code]


BOMB = "a0: &a0 [x, x, x, x, x]\n" + "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 5)}]" for n in range(1, 20))
LONG = f"a: &a {'x' * 1_000_000}\nb: [{', '.join(['*a'] * 90)}]"


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("lists:\n- {", "malformed_yaml", 3),
        ("lists: []\nlists: []", "malformed_yaml", 2),
        ("lists: !!python/object/apply:os.system [x]", "malformed_yaml", 1),
        ("? [a, b]\n: x", "malformed_yaml", None),
        ("lists: 2026-02-30", "malformed_yaml", None),
        ("[" * DEEP, "nested_too_deep", 1),
        ("- " * DEEP, "nested_too_deep", 1),
        (BOMB, "too_many_aliases", 6),
        (LONG, "too_many_aliases", 2),
        ("lists: &a [*a]", "malformed_yaml", 1),
        ("lists: *b", "malformed_yaml", 1),
        ("notices: []", "not_one_list", None),
        ("--- a\n--- b", "malformed_yaml", 2),
    ],
)
def test_what_is_not_safe_yaml_is_refused(text: str, code: str, row: int | None) -> None:
    (problem,) = told(SheetFormat.YAML, text).problems
    assert problem.code == code
    assert row in {None, problem.row}


def test_a_few_aliases_are_welcome() -> None:
    text = "lists:\n- region: DE\n  language: de\n  topic: voting\n  context: &c [a, b]\n  unless: *c\n  terms: []\n"
    assert told(SheetFormat.YAML, text).values == (KeywordList("DE", "de", "voting", (), context=("a", "b"), unless=("a", "b")),)


def test_brackets_in_texts_are_no_levels() -> None:
    deep = {**LIST, "terms": [{"text": "[" * 200 + '\\"{'}]}
    assert told(SheetFormat.JSON, json.dumps({"lists": [deep]})).values[0].terms[0].text == "[" * 200 + '\\"{'


def test_other_bytes_are_refused_as_text() -> None:
    for form in (SheetFormat.JSON, SheetFormat.YAML, SheetFormat.CSV):
        assert read(SheetKind.LISTS, form, pickle.dumps(list(range(300)))).values == ()
