"""The strict reader of query strings: encodings, repetition, types; the schema judges the rest."""

from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.stand import SECRET, AskedSchema, Lines, make_app
from web.errors import Invalid, Malformed
from web.query import MAX_PAIRS, as_query, parse_query
from web.validation import load

Short = as_query(AskedSchema, {"region": "r", "words": "word", "limit": "limit"})

READ = {
    "nothing": ("", {}),
    "empty pieces": ("&&r=GB&", {"r": "GB"}),
    "plus and percent": ("r=a+b%20c%2B", {"r": "a b c+"}),
    "backslashes and what Python would escape": (r"r=\x41\n%5Cn%41", {"r": r"\x41\n\nA"}),
    "a list of one": ("word=a", {"word": ["a"]}),
    "a list of more, in order": ("word=b&word=a", {"word": ["b", "a"]}),
    "a number": ("limit=3", {"limit": 3}),
    "no number": ("limit=3x", {"limit": "3x"}),
    "a number in other digits": ("limit=%D9%A3", {"limit": "\u0663"}),
    "a very long number": ("limit=" + "9" * 5_000, {"limit": "9" * 5_000}),
    "no value": ("r", {"r": ""}),
    "an equals sign in the value": ("r=a=b", {"r": "a=b"}),
    "Tamil": ("r=" + quote("\u0bb5\u0bbe\u0b95\u0bcd\u0b95\u0bc1"), {"r": "\u0bb5\u0bbe\u0b95\u0bcd\u0b95\u0bc1"}),
    "an unknown parameter stays": ("x=1", {"x": "1"}),
}


@pytest.mark.parametrize(("query", "expected"), READ.values(), ids=READ)
def test_a_query_is_read(query: str, expected: dict[str, object]):
    assert parse_query(query, Short) == expected


REFUSED = {
    "half a percent": "r=%4",
    "percent and letters": "r=%zz",
    "bad UTF-8": "r=%ff",
    "a surrogate in UTF-8": "r=%ed%a0%80",
    "bad UTF-8 in a name": "%ff=1",
    "raw bytes": "r=\udcc3\udca9",
    "raw bytes and a percent": "r=\udcc3%41",
    "too many": "&".join(["word=a"] * (MAX_PAIRS + 1)),
}


@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED)
def test_a_badly_encoded_query_is_malformed(query: str):
    with pytest.raises(Malformed):
        parse_query(query, Short)


@pytest.mark.parametrize(("query", "pointer"), [("r=a&r=a", "/r"), ("x=a&x=b", "")])
def test_a_single_parameter_given_twice_is_invalid(query: str, pointer: str):
    with pytest.raises(Invalid) as refused:
        parse_query(query, Short)
    assert [(error.pointer, error.code) for error in refused.value.errors] == [(pointer, "given_twice")]


def test_a_query_loads_to_the_same_as_the_body():
    assert load(Short(), parse_query("r=GB&word=a&word=b&limit=2", Short)) == load(
        AskedSchema(), {"region": "GB", "words": ["a", "b"], "limit": 2}
    )


def test_errors_name_the_parameters():
    with pytest.raises(Invalid) as refused:
        load(Short(), parse_query("word=a&word=b&word=c&limit=9", Short))
    assert {error.pointer for error in refused.value.errors} == {"/r", "/word", "/limit"}


def test_a_field_of_the_body_is_suggested_as_its_parameter():
    with pytest.raises(Invalid) as refused:
        load(Short(), parse_query("r=GB&words=a", Short))
    (error,) = refused.value.errors
    assert (error.pointer, error.code, error.suggestion) == ("", "unknown_field", "word")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_is_encoded_is_read_back(text: str):
    assert parse_query(f"r={quote_plus(text)}", Short) == {"r": text}


@given(st.text(max_size=200))
def test_any_query_gives_values_or_a_refusal(query: str):
    try:
        parse_query(query, Short)
    except (Malformed, Invalid):
        return


@pytest.mark.parametrize("query", [f"region=%ff{SECRET}", f"region=GB&{SECRET}=1", f"region={SECRET}&limit={SECRET}", f"x={SECRET}&x=1"])
async def test_a_refused_query_is_repeated_nowhere(aiohttp_client, query: str):
    lines = Lines()
    client = await aiohttp_client(make_app(lines))
    answer = await client.get(f"/v1/things?{query}")
    assert answer.status in {400, 422}
    assert SECRET not in await answer.text()
    assert SECRET.encode() not in lines.text
