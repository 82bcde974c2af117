"""Typesense's curation sets, and the overrides of versions before 30, as terms."""

from typing import Any, Final

from admin.sheets.errors import SheetRefused
from admin.sheets.findings import Tell
from admin.sheets.foreign.gathering import Gathering, objects, text
from admin.sheets.json_text import parse_json
from keywords.lists import MatchKind, Term

_ITEM: Final = frozenset({"id", "rule"})
_RULE: Final = frozenset({"query", "match"})


def read(said: str, gathering: Gathering, tell: Tell) -> None:
    """Gather the queries of every item, of one set or of several."""
    document = parse_json(said)
    sets = document if isinstance(document, list) else [document]
    items = [item for one in objects(sets, "curation sets") for item in _items(one)]
    for number, item in enumerate(items, 1):
        _item(number, item, gathering)
        tell(number, len(items))


def _items(one: dict[str, Any]) -> list[dict[str, Any]]:
    if "rule" in one:
        return [one]
    return objects(one.get("items", one.get("overrides")), "curation items")


def _item(number: int, item: dict[str, Any], gathering: Gathering) -> None:
    rule = item.get("rule")
    if not isinstance(rule, dict):
        raise SheetRefused("not_this_format", "The item has no rule.", number, "rule")
    gathering.left_out(number, item, _ITEM)
    gathering.left_out(number, rule, _RULE)
    query = text(rule, "query", number)
    if "{" in query:
        gathering.note(number, "query", "placeholder", "A query with a placeholder stands for a field's values and was left out.")
    elif query.strip() == "*":
        gathering.note(number, "query", "no_words", "The rule is for every search and was left out.")
    else:
        match = MatchKind.EXACT if text(rule, "match", number) == "exact" else MatchKind.PHRASE
        gathering.add(number, "query", Term(query, match=match))
