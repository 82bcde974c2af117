"""Discord's AutoMod rules as terms: the keywords of a rule, its allow list as the words that veto each of them."""

from typing import Any, Final

from admin.sheets.findings import Tell
from admin.sheets.foreign.gathering import Gathering, objects, text, texts
from admin.sheets.foreign.wildcards import starred
from admin.sheets.json_text import parse_json
from keywords.lists import Term

_RULE: Final = frozenset({"id", "guild_id", "name", "creator_id", "event_type", "trigger_type", "trigger_metadata", "enabled"})
_METADATA: Final = frozenset({"keyword_filter", "allow_list", "regex_patterns"})


def read(said: str, gathering: Gathering, tell: Tell) -> None:
    """Gather the keywords of one rule or of a list of rules."""
    document = parse_json(said)
    rules = objects(document if isinstance(document, list) else [document], "rules")
    for number, rule in enumerate(rules, 1):
        _rule(number, rule, gathering)
        tell(number, len(rules))


def _rule(number: int, rule: dict[str, Any], gathering: Gathering) -> None:
    if rule.get("enabled") is False:
        gathering.note(number, "enabled", "disabled", "The rule is switched off and was left out.")
        return
    (metadata,) = objects([rule.get("trigger_metadata")], "rules with their trigger_metadata")
    gathering.left_out(number, rule, _RULE)
    gathering.left_out(number, metadata, _METADATA)
    for _ in texts(metadata, "regex_patterns", number):
        gathering.note(number, "regex_patterns", "regular_expression", "A regular expression cannot be a term and was left out.")
    unless = tuple(dict.fromkeys(_vetoes(number, metadata, gathering)))
    for keyword in texts(metadata, "keyword_filter", number):
        near = starred(keyword)
        if near is None:
            gathering.note(number, "keyword_filter", "wildcard_inside", "A star amid the words cannot be a term; the keyword was left out.")
            continue
        if near.lost:
            gathering.note(number, "keyword_filter", "read_otherwise", f"{near.lost[0].upper()}{near.lost[1:]}.")
        gathering.add(number, "keyword_filter", Term(near.text, match=near.match, unless=unless, note=text(rule, "name", number)))


def _vetoes(number: int, metadata: dict[str, Any], gathering: Gathering) -> list[str]:
    found = []
    for allowed in texts(metadata, "allow_list", number):
        words = allowed.strip().strip("*").strip()
        if not words or "*" in words:
            gathering.note(number, "allow_list", "wildcard_inside", "A star amid the words cannot veto; the entry was left out.")
            continue
        if "*" in allowed:
            gathering.note(
                number, "allow_list", "read_otherwise", "Whole words veto only, not what stands inside or at the end of longer ones."
            )
        found.append(words)
    return found
