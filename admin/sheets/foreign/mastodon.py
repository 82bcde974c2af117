"""Mastodon's filters as terms: the JSON that its settings export and its API tells, or a table with a header, one filter or keyword a row."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, Final

from admin.sheets.errors import SheetRefused
from admin.sheets.findings import Tell
from admin.sheets.foreign.gathering import Gathering, objects, text
from admin.sheets.foreign.wildcards import Near, inside
from admin.sheets.json_text import parse_json
from keywords.lists import MatchKind, Term
from notices.csv_cells import unguarded

_KEYWORDS: Final = ("keywords", "keyword", "phrase")
_NO: Final = frozenset({"false", "no", "0"})
_FILTER: Final = frozenset({"id", "title", "action", "filter_action", "keywords", "keywords_attributes", "context"})
"""`context` are the timelines that a filter looks at, which say nothing of its words."""


def read(said: str, gathering: Gathering, tell: Tell) -> None:
    """Gather the keywords of every filter; one that is not for whole words becomes a prefix where it can."""
    filters = list(_told(said) if said.lstrip()[:1] in {"{", "["} else _listed(said))
    for done, (number, one) in enumerate(filters, 1):
        _filter(number, one, gathering)
        tell(done, len(filters))


def _told(said: str) -> Iterator[tuple[int, dict[str, Any]]]:
    document = parse_json(said)
    yield from enumerate(objects(document.get("custom_filters") if isinstance(document, dict) else document, "filters"), 1)


def _listed(said: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a table by line; keywords in one cell are set apart by semicolons or line ends, and are whole words unless it says no."""
    reader = csv.reader(io.StringIO(said, newline=""), strict=True)
    try:
        names = [unguarded(cell).strip().casefold().replace(" ", "_") for cell in next(reader, [])]
        of_words = next((name for name in _KEYWORDS if name in names), None)
        if of_words is None:
            raise SheetRefused("missing_column", "A table of filters needs a column keyword or keywords, and a header that names it.", 1)
        for cells in reader:
            row = dict(zip(names, (unguarded(cell).strip() for cell in cells), strict=False))
            is_whole = row.pop("whole_word", "").casefold() not in _NO
            words = filter(None, map(str.strip, re.split(r"[;\r\n]", row.pop(of_words, ""))))
            if any(cells):
                yield reader.line_num, {**row, "keywords": [{"keyword": word, "whole_word": is_whole} for word in words]}
    except csv.Error as error:
        raise SheetRefused("malformed_table", f"The row cannot be read: {error}.", reader.line_num) from None


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
