"""Lists of other programs, as they export them: what becomes a term, and a note for all that cannot."""

import json

import pytest

from admin.sheets.findings import Defaults, Reading, SheetFormat, SheetKind
from admin.sheets.foreign.wildcards import beginning, inside, starred
from admin.sheets.reading import read
from keywords.lists import Layers, MatchKind, Term

HERE = Defaults("US", "en", "voting", owner="us-team", source="search team")
AUTO, OFF = Layers.AUTO, Layers.OFF
EXACT, PHRASE, PREFIX, ALL = MatchKind.EXACT, MatchKind.PHRASE, MatchKind.PREFIX, MatchKind.ALL


def told(form: SheetFormat, document: object, defaults: Defaults = HERE) -> Reading:
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return read(SheetKind.LISTS, form, text.encode(), defaults)


def terms(reading: Reading) -> list[Term]:
    assert reading.problems == ()
    (found,) = reading.values
    assert (found.region, found.language, found.topic, found.owner) == ("US", "en", "voting", "us-team")
    assert {term.source for term in found.terms} == {"search team"}
    return list(found.terms)


def notes(reading: Reading) -> list[tuple]:
    assert all(note.message.endswith(".") for note in reading.notes)
    return [(note.row, note.column, note.code) for note in reading.notes]


ALGOLIA = [
    {
        "objectID": "qr-1",
        "conditions": [
            {"pattern": "where do i vote", "anchoring": "is", "alternatives": True},
            {"pattern": "polling place", "anchoring": "contains"},
        ],
        "consequence": {"promote": [{"objectID": "42", "position": 0}]},
        "validity": [{"from": 1, "until": 2}],
        "description": "polling",
        "enabled": True,
    },
    {"objectID": "qr-2", "enabled": False, "conditions": [{"pattern": "old", "anchoring": "is"}], "consequence": {}},
    {"objectID": "qr-3", "condition": {"pattern": "vote\\: early", "anchoring": "startsWith", "context": "mobile"}, "consequence": {}},
    {"objectID": "qr-4", "conditions": [{"pattern": "{facet:brand}", "anchoring": "contains"}], "consequence": {}},
    {"objectID": "qr-5", "conditions": [{"context": "landing"}], "consequence": {}},
    {"objectID": "qr-6", "consequence": {"params": {"hitsPerPage": 3}}},
    {"objectID": "qr-7", "conditions": [{"pattern": "Polling place", "anchoring": "contains"}]},
]


@pytest.mark.parametrize("wrapped", [ALGOLIA, {"hits": ALGOLIA, "nbHits": 7}, {"rules": ALGOLIA}])
def test_rules_of_algolia(wrapped: object) -> None:
    reading = told(SheetFormat.ALGOLIA, wrapped)
    assert [(term.text, term.match, term.typos, term.note) for term in terms(reading)] == [
        ("where do i vote", EXACT, AUTO, "polling"),
        ("polling place", PHRASE, OFF, "polling"),
        ("vote: early", PHRASE, OFF, ""),
    ]
    assert notes(reading) == [
        (1, None, "left_out"),
        (2, "enabled", "disabled"),
        (3, None, "left_out"),
        (3, "anchoring", "place_left_out"),
        (4, "pattern", "placeholder"),
        (5, None, "left_out"),
        (5, "pattern", "no_words"),
        (6, None, "left_out"),
        (6, "conditions", "no_words"),
        (7, "pattern", "given_twice"),
    ]
    assert reading.notes[0].message.endswith("consequence, validity.")


TYPESENSE = [
    {"id": "a", "rule": {"query": "wo wählen", "match": "exact"}, "includes": [{"id": "1", "position": 1}], "effective_to_ts": 1},
    {"id": "b", "rule": {"query": "ballot", "match": "contains", "tags": ["x"]}},
    {"id": "c", "rule": {"query": "{brand} phone", "match": "contains"}, "remove_matched_tokens": True},
    {"id": "d", "rule": {"query": "*", "match": "exact"}},
    {"id": "e", "rule": {"filter_by": "category:=news"}},
]


@pytest.mark.parametrize("wrapped", [{"name": "set", "items": TYPESENSE}, {"overrides": TYPESENSE}, [{"items": TYPESENSE}], TYPESENSE])
def test_curations_of_typesense(wrapped: object) -> None:
    reading = told(SheetFormat.TYPESENSE, wrapped)
    assert [(term.text, term.match) for term in terms(reading)] == [("wo wählen", EXACT), ("ballot", PHRASE)]
    assert notes(reading) == [
        (1, None, "left_out"),
        (2, None, "left_out"),
        (3, None, "left_out"),
        (3, "query", "placeholder"),
        (4, "query", "no_words"),
        (5, None, "left_out"),
        (5, "query", "no_words"),
    ]


def criterion(kind: str, *values: object, metadata: str = "query_string") -> dict:
    return {"type": kind, "metadata": metadata, "values": list(values)}


ELASTIC = {
    "ruleset_id": "elections",
    "rules": [
        {"rule_id": "1", "type": "pinned", "criteria": [criterion("exact", "vote", 2026)], "actions": {"ids": ["x"]}},
        {"rule_id": "2", "type": "pinned", "criteria": [criterion("fuzzy", "where to vote")]},
        {"rule_id": "3", "type": "pinned", "criteria": [criterion("prefix", "regist", "how do")]},
        {"rule_id": "4", "type": "pinned", "criteria": [criterion("suffix", "ballot"), criterion("contains", "mail", "post")]},
        {"rule_id": "5", "type": "pinned", "criteria": [criterion("contains", "poll"), criterion("exact", "us", metadata="user_country")]},
        {"rule_id": "6", "type": "pinned", "criteria": [{"type": "always"}]},
        {"rule_id": "7", "type": "exclude", "criteria": [criterion("gt", 3)]},
        {"rule_id": "8", "type": "pinned", "criteria": [criterion("exact", "a"), criterion("exact", "b"), criterion("exact", "c")]},
    ],
}


def test_query_rules_of_elastic() -> None:
    reading = told(SheetFormat.ELASTIC, ELASTIC)
    assert [(term.text, term.match, term.typos, term.near) for term in terms(reading)] == [
        ("vote", EXACT, OFF, ()),
        ("2026", EXACT, OFF, ()),
        ("where to vote", EXACT, AUTO, ()),
        ("regist", PREFIX, OFF, ()),
        ("how do", PHRASE, OFF, ()),
        ("ballot", PHRASE, OFF, ("mail", "post")),
    ]
    assert notes(reading) == [
        (1, None, "left_out"),
        (3, "values", "read_otherwise"),
        (3, "values", "read_otherwise"),
        (4, "criteria", "became_near"),
        (4, "values", "read_otherwise"),
        (5, "criteria", "not_about_words"),
        (6, "criteria", "not_about_words"),
        (7, "type", "not_about_words"),
        (8, "criteria", "too_many_criteria"),
    ]


QUERQY = """\
# where to vote
"polling place" =>
  SYNONYM: voting location
  UP(10): official
  @_id: "1"

"how do i =>
  FILTER: * type:help
register to vote" =>
  DELETE
stimmzettel* =>
  SYNONYM: zettel $1
wo* =>
  DOWN(2): x
मतदान केंद्र =>
  DECORATE: redirect, /vote
vote AND early =>
  UP: x
vote AND NOT idol =>
  UP: x
old =>
  UP: x
  @enabled: false
json =>
  UP: x
  @{
    "priority": 3
  }@
"""


def test_common_rules_of_querqy() -> None:
    reading = told(SheetFormat.QUERQY, QUERQY)
    assert [(term.text, term.match) for term in terms(reading)] == [
        ("polling place", EXACT),
        ("how do i", PHRASE),
        ("register to vote", PHRASE),
        ("stimmzettel", PREFIX),
        ("wo", PHRASE),
        ("मतदान केंद्र", PHRASE),
        ("vote early", ALL),
        ("json", PHRASE),
    ]
    assert reading.notes[0].message.endswith("SYNONYM, UP, properties.")
    assert [(row, code) for row, _, code in notes(reading) if code != "left_out"] == [
        (7, "place_left_out"),
        (9, "place_left_out"),
        (13, "read_otherwise"),
        (19, "boolean_input"),
        (21, "disabled"),
    ]
    assert [row for row, _, code in notes(reading) if code == "left_out"] == [2, 7, 9, 11, 13, 15, 17, 19, 24]


DISCORD = {
    "id": "1", "guild_id": "2", "name": "Rumours", "creator_id": "3", "event_type": 1, "trigger_type": 1, "enabled": True,
    "trigger_metadata": {
        "keyword_filter": ["rigged", "stol*", "*steal*", "*election", "the mat*", "v*te", "*"],
        "regex_patterns": ["r[i1]gged"],
        "allow_list": ["rigged boat*", "a*b"],
        "mention_total_limit": 5,
    },
    "actions": [{"type": 1}], "exempt_roles": [],
}  # fmt: skip


@pytest.mark.parametrize("wrapped", [DISCORD, [DISCORD, {**DISCORD, "enabled": False}]])
def test_auto_moderation_of_discord(wrapped: object) -> None:
    reading = told(SheetFormat.DISCORD, wrapped)
    assert [(term.text, term.match, term.unless, term.note) for term in terms(reading)] == [
        ("rigged", PHRASE, ("rigged boat",), "Rumours"),
        ("stol", PREFIX, ("rigged boat",), "Rumours"),
        ("steal", PREFIX, ("rigged boat",), "Rumours"),
        ("election", PHRASE, ("rigged boat",), "Rumours"),
        ("the mat", PHRASE, ("rigged boat",), "Rumours"),
    ]
    assert [note for note in notes(reading) if note[0] == 1] == [
        (1, None, "left_out"),
        (1, None, "left_out"),
        (1, "regex_patterns", "regular_expression"),
        (1, "allow_list", "read_otherwise"),
        (1, "allow_list", "wildcard_inside"),
        (1, "keyword_filter", "read_otherwise"),
        (1, "keyword_filter", "read_otherwise"),
        (1, "keyword_filter", "read_otherwise"),
        (1, "keyword_filter", "wildcard_inside"),
        (1, "keyword_filter", "wildcard_inside"),
    ]


def test_watched_words_that_discourse_downloads() -> None:
    reading = told(SheetFormat.DISCOURSE, 'rigged\n"stolen, again",legal,true\nvot*\n\\bvot(e|ing)\\b\nwho?\nstop the [s5]teal\nv*te\n')
    assert [(term.text, term.match) for term in terms(reading)] == [
        ("rigged", PHRASE),
        ("stolen, again", PHRASE),
        ("vot", PHRASE),
        ("who?", PHRASE),
    ]
    assert notes(reading) == [
        (2, "case_sensitive", "read_otherwise"),
        (2, "replacement", "left_out"),
        (3, "word", "read_otherwise"),
        (4, "word", "regular_expression"),
        (6, "word", "regular_expression"),
        (7, "word", "wildcard_inside"),
    ]


def test_watched_words_that_discourse_tells() -> None:
    words = [
        {"id": 1, "word": "rigged", "action": "flag", "case_sensitive": False},
        {"id": 2, "word": "polls", "regexp": "(polls)", "replacement": "surveys", "action": "replace", "case_sensitive": True},
    ]
    reading = told(SheetFormat.DISCOURSE, {"actions": ["flag"], "words": words, "compiled_regular_expressions": {}})
    assert [(term.text, term.note) for term in terms(reading)] == [("rigged", "flag"), ("polls", "replace")]
    assert notes(reading) == [(2, "case_sensitive", "read_otherwise"), (2, "replacement", "left_out")]


MASTODON = [
    {
        "title": "Elections",
        "expire_at": "2026-11-04T00:00:00Z",
        "context": ["home"],
        "action": "warn",
        "keywords_attributes": [{"keyword": "#Election2026", "whole_word": True}, {"keyword": "ballot", "whole_word": False}],
        "statuses": ["https://social.example/1"],
    },
    {"title": "None", "expire_at": None, "context": [], "action": "hide", "keywords_attributes": [], "statuses": []},
]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            "title,context,keywords,whole_word,action\nBoths,home,polling booth;ballot pap,false,warn\nQueue,home,vote queue,,hide\n",
            id="several",
        ),
        pytest.param(
            "Title,Keyword,Whole word\r\nBoths,polling booth,no\r\nBoths,ballot pap,no\r\nQueue,vote queue,true\r\n", id="one a row"
        ),
        pytest.param('\ufefftitle,phrase,whole_word\nBoths,"polling booth\nballot pap",0\nQueue,vote queue,1\n', id="line ends in a cell"),
    ],
)
def test_filters_of_mastodon_in_a_table(table: str) -> None:
    reading = told(SheetFormat.MASTODON, table)
    found = [(term.text, term.match, term.note) for term in terms(reading)]
    assert found[2] == ("vote queue", MatchKind.PHRASE, "Queue")
    assert [words for words, _, _ in found] == ["polling booth", "ballot pap", "vote queue"]


def test_a_table_of_filters_without_keywords_says_what_it_needs() -> None:
    reading = told(SheetFormat.MASTODON, "title,context\na,home\n")
    assert [(one.row, one.code) for one in reading.problems] == [(1, "missing_column")]


@pytest.mark.parametrize("wrapped", [{"custom_filters": MASTODON}, MASTODON])
def test_filters_of_mastodon(wrapped: object) -> None:
    reading = told(SheetFormat.MASTODON, wrapped)
    assert [(term.text, term.match, term.note) for term in terms(reading)] == [
        ("#Election2026", PHRASE, "Elections"),
        ("ballot", PREFIX, "Elections"),
    ]
    assert notes(reading) == [(1, None, "left_out"), (1, "whole_word", "read_otherwise"), (2, "keywords", "no_words")]
    assert reading.notes[0].message.endswith("expire_at, statuses.")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("vote", ("vote", PHRASE, False)), ("vote*", ("vote", PREFIX, False)), ("vot*", ("vot", PHRASE, True)), ("*vote", ("vote", PHRASE, True)),
        ("*vote*", ("vote", PREFIX, True)), ("*vot*", ("vot", PHRASE, True)), ("the mat*", ("the mat", PHRASE, True)),
        (" वोटर* ", ("वोटर", PREFIX, False)), ("v*te", None), ("*", None), ("", None), ("**", None),
    ],
)  # fmt: skip
def test_stars_become_what_comes_nearest(pattern: str, expected: tuple | None) -> None:
    near = starred(pattern)
    assert expected == (None if near is None else (near.text, near.match, bool(near.lost)))


def test_what_stands_inside_words_is_never_promised() -> None:
    assert not beginning("ballot").lost
    assert inside("ballot").lost
    assert inside("mail in ballot").lost


FOREIGN = [
    SheetFormat.ALGOLIA,
    SheetFormat.TYPESENSE,
    SheetFormat.ELASTIC,
    SheetFormat.QUERQY,
    SheetFormat.DISCORD,
    SheetFormat.DISCOURSE,
    SheetFormat.MASTODON,
]


@pytest.mark.parametrize("form", FOREIGN)
@pytest.mark.parametrize(
    "document", [5, "x", None, {}, [], [5], [[]], {"rules": 5}, {"items": [{}]}, [{"rules": [{"criteria": 5}]}], {"words": [5]}]
)
def test_a_file_of_another_shape_is_refused_and_nothing_breaks(form: SheetFormat, document: object) -> None:
    reading = told(form, json.dumps(document))
    if reading.values:  # any text is a list of watched words
        assert form is SheetFormat.DISCOURSE
    else:
        assert reading.problem_count == 1


@pytest.mark.parametrize(
    ("form", "document"),
    [
        (SheetFormat.ALGOLIA, [{"conditions": [{"pattern": 5}]}]),
        (SheetFormat.TYPESENSE, {"items": [{"rule": {"query": ["x"]}}]}),
        (SheetFormat.ELASTIC, {"rules": [{"criteria": [{"type": "exact", "metadata": 5, "values": ["x"]}]}]}),
        (SheetFormat.DISCORD, {"trigger_metadata": {"keyword_filter": "x"}}),
        (SheetFormat.DISCOURSE, {"words": [{"word": 5}]}),
        (SheetFormat.MASTODON, {"custom_filters": [{"keywords": [{"keyword": 5}]}]}),
    ],
)
def test_what_must_be_a_text_and_is_none_is_refused(form: SheetFormat, document: object) -> None:
    assert [(problem.row, problem.code) for problem in told(form, document).problems] == [(1, "not_a_text")]


@pytest.mark.parametrize("form", FOREIGN)
@pytest.mark.parametrize("defaults", [Defaults(), Defaults("US", "en"), Defaults(None, "en", "voting"), Defaults("US", "", "voting")])
def test_somebody_must_say_what_the_words_are_for(form: SheetFormat, defaults: Defaults) -> None:
    assert [problem.code for problem in told(form, QUERQY, defaults).problems] == ["defaults_missing"]


@pytest.mark.parametrize("form", FOREIGN)
@pytest.mark.parametrize("kind", [kind for kind in SheetKind if kind is not SheetKind.LISTS])
def test_they_are_keyword_lists_and_nothing_else(form: SheetFormat, kind: SheetKind) -> None:
    assert [problem.code for problem in read(kind, form, b"x", HERE).problems] == ["other_kind"]


def test_a_file_without_a_single_term_is_refused_with_the_reasons() -> None:
    reading = told(SheetFormat.ALGOLIA, ALGOLIA[3:6])
    assert [problem.code for problem in reading.problems] == ["nothing_to_read"]
    assert reading.notes[0].code == "placeholder"


@pytest.mark.parametrize("form", FOREIGN)
@pytest.mark.parametrize("monster", ["(" * 120_000, " " * 120_000 + "=>", "*" * 120_000, "\\" * 120_000, "a " * 60_000])
def test_a_monstrous_word_costs_nothing(form: SheetFormat, monster: str) -> None:
    assert told(form, monster).problem_count <= 1
    assert told(form, {"words": [{"word": monster}]}).problem_count <= 1
