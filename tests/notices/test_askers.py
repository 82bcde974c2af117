"""Reading only the query of a request agrees with reading all of it, whatever was asked before; and no text of a person is kept."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from elections.places import Places
from notices import askers, quick_read
from notices.askers import Askers
from notices.decision import Request
from notices.live import Live
from notices.requests import NoticeQuerySchema
from notices.schemas import QUERY_NAMES
from tests.notices.test_quick_read import ACCEPTED, BODIES, PAIRS, mutilated
from web.body import parse_json
from web.errors import Invalid, Malformed
from web.query import parse_query

Read = Callable[[], Request | None]


@pytest.fixture(scope="module")
def places(starter: Live) -> Places:
    return starter.places


@pytest.fixture(scope="module")
def known(places: Places) -> Askers:
    """Shared by all examples, so that what one leaves behind meets the next ones."""
    return Askers(places)


def told(read: Read) -> object:
    try:
        return read()
    except (Invalid, Malformed) as error:
        return type(error), str(error), getattr(error, "code", None)


def agree(known: Askers, places: Places, body: bytes) -> None:
    plainly = told(lambda: quick_read.read_body(parse_json(body), places, ACCEPTED))
    for _ in range(2):
        assert told(lambda: known.of_body(body, ACCEPTED)) == plainly


@settings(max_examples=400, deadline=None)
@given(data=BODIES, spelling=st.sampled_from([{}, {"ensure_ascii": False}, {"indent": 1}]))
@example(data={"query": 'a "query": "b', "region": "DE"}, spelling={"ensure_ascii": False})
@example(data={"region": "DE", "query": "a", "text": '"query":"'}, spelling={"ensure_ascii": False})
@example(data={"region": "DE", 'x"query': "a"}, spelling={"ensure_ascii": False})
@example(data={"region": "DE", "limit": {"query": "a"}}, spelling={"ensure_ascii": False})
def test_a_body_is_read_as_if_nobody_had_asked_before(known: Askers, places: Places, data: object, spelling: dict[str, Any]) -> None:
    agree(known, places, json.dumps(data, **spelling).encode())


@settings(max_examples=400, deadline=None)
@given(body=mutilated())
@example(body=b'{"query":"a","region":"DE","query":"b"}')
@example(body=b'{"region":"DE","query":"\xff"}')
@example(body=b'{"region":"DE","query":"\x7f"}')
@example(body=b'{"region":"DE","query":"\x1f"}')
@example(body=b'{"region":"DE","query"\x0b:"a"}')
@example(body=b'\xef\xbb\xbf{"region":"DE","query":"a"}')
def test_a_mutilated_body_is_read_as_if_nobody_had_asked_before(known: Askers, places: Places, body: bytes) -> None:
    for before in (b'{"region":"DE","query":"a"}', b'{"query":"a","region":"DE"}'):
        known.of_body(before, ACCEPTED)
    agree(known, places, body)


@settings(max_examples=400, deadline=None)
@given(pairs=st.lists(PAIRS, max_size=8), is_plus=st.booleans())
@example(pairs=[("q", "a"), ("lang", "de"), ("q", "b")], is_plus=True)
@example(pairs=[("q", "a&q=b"), ("xq", "c")], is_plus=True)
def test_a_query_string_is_read_as_if_nobody_had_asked_before(
    known: Askers,
    places: Places,
    pairs: list[tuple[str, str]],
    is_plus: bool,  # noqa: FBT001
) -> None:
    escape = quote_plus if is_plus else quote
    target = "&".join(f"{escape(name)}={escape(value)}" for name, value in [*pairs, ("region", "DE")])
    plainly = told(lambda: quick_read.read_parameters(parse_query(target, NoticeQuerySchema), places, ACCEPTED))
    for _ in range(2):
        assert told(lambda: known.of_target(target, ACCEPTED)) == plainly


@pytest.mark.parametrize(
    "target", ["q=%ff&region=DE", "q=%&region=DE", "%71=a&region=DE&q=b", "&&q=a&&region=DE", "q=a%2&region=DE", "q", ""]
)
def test_an_odd_query_string_is_read_as_if_nobody_had_asked_before(known: Askers, places: Places, target: str) -> None:
    known.of_target("q=a&region=DE", ACCEPTED)
    plainly = told(lambda: quick_read.read_parameters(parse_query(target, NoticeQuerySchema), places, ACCEPTED))
    assert told(lambda: known.of_target(target, ACCEPTED)) == plainly


def test_who_asks_again_with_other_words_is_known(places: Places) -> None:
    known = Askers(places)
    for query in ("wo wählen", "briefwahl", "", "x" * 256):
        body = json.dumps({"query": query, "region": "de", "languages": ["de", "tr"]}, ensure_ascii=False).encode()
        assert known.of_body(body) == Request("DE", "DE", query, languages=("de", "tr"))
        assert known.of_target(f"lang=de&lang=tr&{QUERY_NAMES['query']}={quote(query)}&region=DE") == Request(
            "DE", "DE", query, languages=("de", "tr")
        )
    assert len(known) == 2
    assert known.of_body(json.dumps({"query": "x" * 257, "region": "de", "languages": ["de", "tr"]}).encode()) is None


def test_languages_that_the_header_accepts_are_not_mixed_up(places: Places) -> None:
    known = Askers(places)
    body = b'{"query":"a","region":"DE"}'
    assert [asked and asked.languages for asked in (known.of_body(body, ("de",)), known.of_body(body, ("tr",)))] == [("de",), ("tr",)]


@pytest.mark.parametrize(
    "body",
    [
        b'{"query":"secret","text":"secret","region":"DE"}',
        b'{"query":"secret","hashtags":["secret"],"region":"DE"}',
        b'{"query":"secret","region":"DE"}',
        b'{"query":"a\\nsecret","region":"DE"}',
        b'{"query":"secret","region":"nowhere"}',
    ],
)
def test_no_text_of_a_person_is_kept(places: Places, body: bytes) -> None:
    known = Askers(places)
    told(lambda: known.of_body(body))
    assert "secret" not in repr(known._known)


def test_there_is_an_end_to_what_is_kept(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(askers, "MOST", 10)
    known = Askers(places)
    for spaces in range(35):
        known.of_body(b'{"query":"a",' + b" " * spaces + b'"region":"DE"}')
        assert len(known) <= 10
    known.of_body(b'{"query":"a","region":"DE"' + b" " * askers.LONGEST + b"}")
    assert len(known) == 5
