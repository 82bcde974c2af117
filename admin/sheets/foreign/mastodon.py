"""Mastodon's filters, as its settings export them and as its API tells them (both are JSON), as terms."""

from typing import Any, Final

from admin.sheets.findings import Tell
from admin.sheets.foreign.gathering import Gathering, objects, text
from admin.sheets.foreign.wildcards import Near, inside
from admin.sheets.json_text import parse_json
from keywords.lists import MatchKind, Term

_FILTER: Final = frozenset({"id", "title", "action", "filter_action", "keywords", "keywords_attributes", "context"})
"""`context` are the timelines that a filter looks at, which say nothing of its words."""


def read(said: str, gathering: Gathering, tell: Tell) -> None:
    """Gather the keywords of every filter; one that is not for whole words becomes a prefix where it can."""
    document = parse_json(said)
    filters = objects(document.get("custom_filters") if isinstance(document, dict) else document, "filters")
    for number, one in enumerate(filters, 1):
        _filter(number, one, gathering)
        tell(number, len(filters))


def _filter(number: int, one: dict[str, Any], gathering: Gathering) -> None:
    gathering.left_out(number, one, _FILTER)
    keywords = objects(one.get("keywords_attributes", one.get("keywords")), "filters with keywords")
    if not keywords:
        gathering.note(number, "keywords", "no_words", "The filter has no keywords, so there is nothing to look for.")
    for keyword in keywords:
        said = text(keyword, "keyword", number).strip()
        near = Near(said, MatchKind.PHRASE) if keyword.get("whole_word") is True else inside(said)
        if near.lost and said:
            gathering.note(number, "whole_word", "read_otherwise", f"{near.lost[0].upper()}{near.lost[1:]}.")
        gathering.add(number, "keyword", Term(near.text, match=near.match, note=text(one, "title", number)))
