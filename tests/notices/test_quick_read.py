"""The short way of reading a request agrees with the schema on all that it takes, and leaves it the rest."""

import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from elections.places import Places
from notices import quick_read
from notices.campaign import Signal, Surface
from notices.decision import Request
from notices.live import Live
from notices.requests import NoticeQuerySchema, judge
from notices.schemas import QUERY_NAMES
from web.body import parse_json
from web.errors import Invalid, Malformed
from web.query import parse_query

ACCEPTED = ("de", "fr")
FULL = {
    "query": "where do I vote",
    "hashtags": ["#Election2026", "مصر_تنتخب"],
    "text": "चुनाव कब है",
    "region": "US-TX",
    "voting_region": "PR",
    "languages": ["es-MX", "iw", "zh-TW"],
    "surface": "video",
    "signals": ["ai_generated", "live", "live"],
    "limit": 5,
}


@pytest.fixture(scope="module")
def places(starter: Live) -> Places:
    return starter.places


TEXTS = st.one_of(
    st.text(max_size=8), st.sampled_from(["x" * 35, "x" * 36, "x" * 150, "x" * 151, "é" * 256, "🗳" * 257, "x" * 5000, "x" * 5001])
)
CODES = st.one_of(st.sampled_from(["DE", "us-tx", "PR", "UK", "EU", "001", "CN-TW", "XX", "", "de ", "ſt", "DE-BY"]), TEXTS)
TAGS = st.one_of(st.sampled_from(["de", "zh-TW", "iw", "klingonish", "und", "EN_us", "x-private", "", "ſv", "en-US-u-ca-buddhist"]), TEXTS)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 7),
    st.sampled_from(["5", 5.0, 1e300, {}, [], [[]], [None], [1], {"region": "DE"}, 10**19]),
    TEXTS,
)
PLAIN = {
    "query": TEXTS,
    "hashtags": st.lists(TEXTS, max_size=32),
    "text": TEXTS,
    "region": CODES,
    "voting_region": st.none() | CODES,
    "languages": st.lists(TAGS, max_size=22),
    "surface": st.sampled_from([*(surface.value for surface in Surface), "SEARCH", "moon"]),
    "signals": st.lists(st.sampled_from([*(signal.value for signal in Signal), "moon"]), max_size=8),
    "limit": st.integers(0, 6),
}
BODIES = st.one_of(
    st.fixed_dictionaries({"region": CODES}, optional={name: values for name, values in PLAIN.items() if name != "region"}),
    st.fixed_dictionaries({}, optional={name: values | ODD for name, values in PLAIN.items()} | {"querry": TEXTS, "q": TEXTS}),
    ODD,
    st.lists(ODD, max_size=3),
)


def agrees(quick: Request | None, data: object, places: Places, *schema: type) -> None:
    """Where the short way answers, the long way gives the same."""
    try:
        slow: Request | None = judge(data, places, ACCEPTED, *schema)
    except Invalid:
        slow = None
    if quick is not None:
        assert quick == slow
        assert [type(part) for part in quick] == [type(part) for part in slow or ()]


@settings(max_examples=400, deadline=None)
@given(data=BODIES)
@example(data=FULL)
@example(data={"region": "DE", "limit": True})
@example(data={"region": "DE", "limit": "5"})
@example(data={"region": "DE", "limit": 5.0})
@example(data={"region": "DE", "query": None})
@example(data={"region": "DE", "voting_region": None})
@example(data={"region": "DE", "languages": None})
@example(data={"region": "DE", "languages": "de"})
@example(data={"region": "DE", "signals": [[]]})
@example(data={"region": "DE", "query": "\ufdfa" * 256})
def test_a_body_is_read_as_the_schema_reads_it_or_left_to_it(places: Places, data: object) -> None:
    agrees(quick_read.read_body(data, places, ACCEPTED), data, places)


@st.composite
def mutilated(draw: st.DrawFn) -> bytes:
    """A good body with a few bytes taken out, put in or doubled."""
    names = draw(st.lists(st.sampled_from(sorted(FULL)), unique=True))
    good = {name: FULL[name] for name in names} | {"region": "US-TX"}
    body = bytearray(json.dumps(good, ensure_ascii=draw(st.booleans()), indent=draw(st.none() | st.just(1))).encode())
    for _ in range(draw(st.integers(0, 3))):
        at, until = sorted(draw(st.tuples(*[st.integers(0, len(body))] * 2)))
        piece = draw(
            st.sampled_from(
                [b"", b'"', b",", b"[", b"}", b"\\ud83d", b"\\udcff", b"\xff", b"NaN", b"1e999", b"\x00", b'"region":"DE",', b" ", b"\\"]
            )
            | st.just(bytes(body[at:until]) * 2)
        )
        body[at : min(until, at + draw(st.integers(0, 4)))] = piece
    return bytes(body)


@settings(max_examples=400, deadline=None)
@given(body=mutilated())
def test_a_mutilated_body_is_read_as_the_schema_reads_it_or_left_to_it(places: Places, body: bytes) -> None:
    try:
        data = parse_json(body)
    except Malformed:
        return  # neither way sees it
    agrees(quick_read.read_body(data, places, ACCEPTED), data, places)
    text = json.dumps(data)
    assert json.loads(text) == json.loads(body)


QUERY_VALUES = {QUERY_NAMES[name]: values for name, values in PLAIN.items() if name not in {"hashtags", "languages", "signals", "limit"}}
PAIRS = st.one_of(
    *(st.tuples(st.just(name), values.map(str)) for name, values in QUERY_VALUES.items()),
    st.tuples(st.sampled_from(["hashtag", "lang", "signal"]), TAGS | st.sampled_from(["live", "moon"])),
    st.tuples(st.just("limit"), st.sampled_from(["1", "5", "6", "0", "-1", "05", "1.0", "true", "٣", ""])),
    st.tuples(st.sampled_from(["query", "languages", "x", ""]), TEXTS),
)


@settings(max_examples=400, deadline=None)
@given(pairs=st.lists(PAIRS, max_size=8), is_plus=st.booleans())
@example(pairs=[("q", "wo wählen"), ("region", "DE"), ("lang", "de"), ("lang", "tr"), ("limit", "2")], is_plus=True)
def test_a_query_string_is_read_as_the_schema_reads_it_or_left_to_it(places: Places, pairs: list[tuple[str, str]], is_plus: bool) -> None:  # noqa: FBT001
    escape = quote_plus if is_plus else quote
    query = "&".join(f"{escape(name)}={escape(value)}" for name, value in [*pairs, ("region", "DE")])
    try:
        values = parse_query(query, NoticeQuerySchema)
    except (Invalid, Malformed):
        return  # neither way sees it
    agrees(quick_read.read_parameters(values, places, ACCEPTED), values, places, NoticeQuerySchema)


def test_what_is_ordinary_takes_the_short_way(places: Places) -> None:
    assert quick_read.read_body(FULL, places) == Request(
        "US-TX",
        "US-PR",
        "where do I vote",
        ("#Election2026", "مصر_تنتخب"),
        "चुनाव कब है",
        ("es-MX", "he", "zh-Hant-TW"),
        Surface.VIDEO,
        (Signal.AI_GENERATED, Signal.LIVE, Signal.LIVE),
        5,
    )
    assert quick_read.read_body({"region": "DE"}, places, ACCEPTED) == Request("DE", "DE", languages=ACCEPTED)
    assert quick_read.read_parameters({"region": "TH", "q": "เลือกตั้ง", "lang": ["th"]}, places) == Request(
        "TH", "TH", "เลือกตั้ง", languages=("th",)
    )


@pytest.mark.parametrize(
    "data",
    [
        {"region": "DE", "limit": True},
        {"region": "DE", "limit": "5"},
        {"region": "DE", "querry": "x"},
        {"region": "UK"},
        {"region": "DE", "languages": ["klingonish"]},
        {"region": "DE", "query": "x" * 257},
        {"region": "DE", "text": None},
        [],
        None,
    ],
    ids=str,
)
def test_what_the_schema_refuses_is_left_to_it(places: Places, data: object) -> None:
    assert quick_read.read_body(data, places) is None
    with pytest.raises(Invalid):
        judge(data, places)
