"""Findings of marshmallow as field errors: pointers through lists and nesting, stable codes, never the client's own text."""

import pytest
from marshmallow import Schema, ValidationError, fields

from tests.web.stand import SECRET, AskedSchema
from web.errors import FieldError, Invalid
from web.validation import MAX_ERRORS, Finding, field_errors, load

CASES = {
    "missing": ({}, [("/region", "required")]),
    "null": ({"region": None}, [("/region", "null")]),
    "wrong type": ({"region": 3}, [("/region", "wrong_type")]),
    "a number as text": ({"region": "GB", "limit": "5"}, [("/limit", "wrong_type")]),
    "a truth as number": ({"region": "GB", "limit": True}, [("/limit", "wrong_type")]),
    "out of range": ({"region": "GB", "limit": 6}, [("/limit", "out_of_range")]),
    "too many": ({"region": "GB", "words": ["a", "b", "c"]}, [("/words", "wrong_length")]),
    "inside a list": ({"region": "GB", "words": ["a", 1]}, [("/words/1", "wrong_type")]),
    "nested in a list": ({"region": "GB", "inner": [{"name": "a"}, {"name": "long"}]}, [("/inner/1/name", "wrong_length")]),
    "nested, unknown": ({"region": "GB", "inner": [{"name": "a", SECRET: 1}]}, [("/inner/0", "unknown_field")]),
    "unknown": ({"region": "GB", SECRET: 1}, [("", "unknown_field")]),
    "a free mapping": ({"region": "GB", "free": {SECRET: "x"}}, [("/free", "wrong_type")]),
    "no object": (["GB"], [("", "wrong_type")]),
    "nothing": (None, [("", "wrong_type")]),
}


@pytest.mark.parametrize(("data", "expected"), CASES.values(), ids=CASES)
def test_findings_point_and_are_coded(data: object, expected: list[tuple[str, str]]):
    with pytest.raises(Invalid) as refused:
        load(AskedSchema(), data)
    assert [(error.pointer, error.code) for error in refused.value.errors] == expected
    assert SECRET not in repr(refused.value.errors)


def test_an_unknown_field_suggests_the_known_one():
    with pytest.raises(Invalid) as refused:
        load(AskedSchema(), {"region": "GB", "regoin": "GB"})
    (error,) = refused.value.errors
    assert error.suggestion == "region"


def test_a_finding_keeps_its_code_and_suggestion():
    def check(_value: str) -> None:
        raise ValidationError(Finding("No region has this code.", "unknown_region", "GB"))

    schema = Schema.from_dict({"region": fields.String(validate=check)})()
    with pytest.raises(Invalid) as refused:
        load(schema, {"region": "UK"})
    assert refused.value.errors == (FieldError("/region", "unknown_region", "No region has this code.", "GB"),)


def test_a_field_may_say_its_findings_itself():
    schema = Schema.from_dict({"region": fields.String(error_messages={"invalid": Finding("A code, please.", "no_code")})})()
    with pytest.raises(Invalid) as refused:
        load(schema, {"region": 1})
    assert refused.value.errors == (FieldError("/region", "no_code", "A code, please."),)


def test_there_are_at_most_so_many():
    with pytest.raises(Invalid) as refused:
        load(AskedSchema(), {"region": "GB", "inner": [{}] * 1_000})
    assert len(refused.value.errors) == MAX_ERRORS


def test_without_the_schema_an_unknown_field_is_still_not_named():
    assert field_errors(ValidationError({SECRET: ["Unknown field."]})) == (
        FieldError("", "unknown_field", "There is a field that is not known here."),
    )


def test_pointers_are_escaped():
    (error,) = field_errors(ValidationError({"a/b~c": ["Not a valid string."]}))
    assert error.pointer == "/a~1b~0c"
