"""Algolia's rules, as its dashboard and API export them, as terms: each condition's pattern is one, any of them triggers a rule."""

import re
from typing import Any, Final

from admin.sheets.findings import Tell
from admin.sheets.foreign.gathering import Gathering, objects, text
from admin.sheets.json_text import parse_json
from keywords.lists import Layers, MatchKind, Term

_RULE: Final = frozenset({"objectID", "conditions", "condition", "enabled", "description", "_highlightResult", "_metadata", "tags"})
_CONDITION: Final = frozenset({"pattern", "anchoring", "alternatives"})
_ANYWHERE: Final = {"startsWith": "at the beginning of a search", "endsWith": "at the end of a search"}
_PLACEHOLDER: Final = re.compile(r"(?<!\\)\{")
_ESCAPED: Final = re.compile(r"\\([:{}\\])")


def read(said: str, gathering: Gathering, tell: Tell) -> None:
    """Gather the patterns; `is` is an exact match, alternatives decide about typos."""
    document = parse_json(said)
    if isinstance(document, dict):
        document = document.get("hits", document.get("rules"))
    rules = objects(document, "rules")
    for number, rule in enumerate(rules, 1):
        _rule(number, rule, gathering)
        tell(number, len(rules))


def _rule(number: int, rule: dict[str, Any], gathering: Gathering) -> None:
    if rule.get("enabled") is False:
        gathering.note(number, "enabled", "disabled", "The rule is switched off and was left out.")
        return
    gathering.left_out(number, rule, _RULE)
    conditions = objects(rule.get("conditions") or ([rule["condition"]] if rule.get("condition") else []), "conditions")
    if not conditions:
        gathering.note(number, "conditions", "no_words", "The rule has no condition, so there is nothing to look for.")
    for condition in conditions:
        _condition(number, condition, text(rule, "description", number), gathering)


def _condition(number: int, condition: dict[str, Any], description: str, gathering: Gathering) -> None:
    pattern = text(condition, "pattern", number)
    anchoring = text(condition, "anchoring", number)
    gathering.left_out(number, condition, _CONDITION)
    if _PLACEHOLDER.search(pattern):
        gathering.note(number, "pattern", "placeholder", "A pattern with a placeholder stands for a facet's values and was left out.")
        return
    if anchoring in _ANYWHERE:
        gathering.note(number, "anchoring", "place_left_out", f"The words count anywhere, not only {_ANYWHERE[anchoring]}.")
    match = MatchKind.EXACT if anchoring == "is" else MatchKind.PHRASE
    typos = Layers.AUTO if condition.get("alternatives") is True else Layers.OFF
    gathering.add(number, "pattern", Term(_ESCAPED.sub(r"\1", pattern), match=match, typos=typos, note=description))
