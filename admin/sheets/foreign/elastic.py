"""Elasticsearch's query rulesets as terms: the values of a criterion about the search's text, a second such criterion as `near`."""

import re
from itertools import chain
from typing import Any, Final

from admin.sheets.findings import Tell
from admin.sheets.foreign.gathering import LONGEST_TOLD, Gathering, objects, text
from admin.sheets.foreign.wildcards import WHOLE_WORDS, Near, beginning, inside
from admin.sheets.json_text import parse_json
from keywords.lists import Layers, MatchKind, Term

_RULE: Final = frozenset({"rule_id", "criteria", "type", "priority"})
_ABOUT_THE_TEXT: Final = re.compile(r"query|search|text|term|keyword|\Aq\Z", re.IGNORECASE)
"""What a criterion's metadata is called where it is the search itself; others are about the person, place or page."""
_FUZZY: Final = frozenset({"fuzzy", "exact_fuzzy"})
_ANYWHERE: Final = "The words count anywhere, not only at the {} of a search"


def read(said: str, gathering: Gathering, tell: Tell) -> None:
    """Gather the values of every rule, of one ruleset or of several."""
    document = parse_json(said)
    sets = objects(document if isinstance(document, list) else [document], "rulesets")
    rules = list(chain.from_iterable(objects(one.get("rules"), "rules") for one in sets))
    for number, rule in enumerate(rules, 1):
        _rule(number, rule, gathering)
        tell(number, len(rules))


def _rule(number: int, rule: dict[str, Any], gathering: Gathering) -> None:
    gathering.left_out(number, rule, _RULE)
    criteria = objects(rule.get("criteria"), "criteria")
    for criterion in criteria:
        metadata = text(criterion, "metadata", number)
        if not _ABOUT_THE_TEXT.search(metadata):
            told = metadata[:LONGEST_TOLD] or text(criterion, "type", number)
            message = f"The rule asks for more than words ({told}) and was left out, because it would match too often without."
            gathering.note(number, "criteria", "not_about_words", message)
            return
    if not 0 < len(criteria) <= 2:
        gathering.note(
            number, "criteria", "too_many_criteria", "A term can ask for two things at once; the rule asks for more and was left out."
        )
        return
    first, *second = criteria
    near = tuple(value for criterion in second for value in _values(criterion))
    if second:
        gathering.note(number, "criteria", "became_near", "The second criterion became the words one of which must also occur (near).")
    for value in _values(first):
        found, typos = _near(number, first, value, gathering)
        if found is not None:
            gathering.add(number, "values", Term(found.text, match=found.match, typos=typos, near=near))


def _near(number: int, criterion: dict[str, Any], value: str, gathering: Gathering) -> tuple[Near | None, Layers]:
    kind = text(criterion, "type", number)
    if kind == "exact" or kind in _FUZZY:
        return Near(value, MatchKind.EXACT), Layers.AUTO if kind in _FUZZY else Layers.OFF
    if kind == "prefix":
        found, lost = beginning(value), _ANYWHERE.format("beginning")
    elif kind == "suffix":
        found, lost = Near(value, MatchKind.PHRASE, WHOLE_WORDS), _ANYWHERE.format("end")
    elif kind == "contains":
        found, lost = inside(value), "The words are searched for as whole words"
    else:
        gathering.note(
            number, "type", "not_about_words", f"A criterion of type {kind[:LONGEST_TOLD]} says nothing of words and was left out."
        )
        return None, Layers.OFF
    gathering.note(number, "values", "read_otherwise", f"{lost}{f'; {found.lost}' if found.lost else ''}.")
    return found, Layers.OFF


def _values(criterion: dict[str, Any]) -> list[str]:
    """Numbers are allowed there, and are words to us."""
    values = criterion.get("values")
    return [str(value) for value in values if isinstance(value, str | int | float)] if isinstance(values, list) else []
