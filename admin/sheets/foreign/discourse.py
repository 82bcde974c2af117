"""Discourse's watched words, as its admin pages download them (words without a header) or its API tells them (JSON), as terms."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from admin.sheets.errors import SheetRefused
from admin.sheets.findings import Tell
from admin.sheets.foreign.gathering import Gathering, objects, text
from admin.sheets.foreign.wildcards import starred
from admin.sheets.json_text import parse_json
from keywords.lists import Term
from notices.csv_cells import unguarded

_REGULAR_EXPRESSION: Final = re.compile(r"\\[bBdDsSwW.()\[\]]|\[[^\]]+\]|\(\?|\([^)]*\|[^)]*\)|\.[*+]|\A\^|\$\Z|[^ ]\|[^ ]")
"""Where a site reads its watched words as regular expressions nothing in the file says so; this is what such a word looks like."""
_LOOKED_AT: Final = 1_000
"""Characters of a word in which that is looked for; the pattern's time grows with their square."""


class _Word(NamedTuple):
    text: str
    replacement: str
    action: str
    case_sensitive: bool


def read(said: str, gathering: Gathering, tell: Tell) -> None:
    """Gather the words; `*` stands for any letters."""
    words = list(_told(said) if said.lstrip()[:1] in {"{", "["} else _listed(said))
    for number, word in words:
        _gather(number, word, gathering)
    tell(len(words), len(words))


def _told(said: str) -> Iterator[tuple[int, _Word]]:
    document = parse_json(said)
    words = objects(document.get("words") if isinstance(document, dict) else document, "watched words")
    for number, word in enumerate(words, 1):
        sensitive = word.get("case_sensitive") is True
        yield number, _Word(text(word, "word", number), text(word, "replacement", number), text(word, "action", number), sensitive)


def _listed(said: str) -> Iterator[tuple[int, _Word]]:
    reader = csv.reader(io.StringIO(said, newline=""))
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            told = [unguarded(cell).strip() for cell in cells] + ["", "", ""]
            if told[0] and not (number == 1 and told[0].casefold() == "word"):
                yield number, _Word(told[0], told[1], "", told[2].casefold() == "true")
    except csv.Error as error:
        raise SheetRefused("malformed_table", f"The row cannot be read: {error}.", number + 1) from None


def _gather(number: int, word: _Word, gathering: Gathering) -> None:
    if _REGULAR_EXPRESSION.search(word.text[:_LOOKED_AT]):
        gathering.note(
            number, "word", "regular_expression", "The word looks like a regular expression, which cannot be a term; it was left out."
        )
        return
    near = starred(word.text)
    if near is None:
        gathering.note(number, "word", "wildcard_inside", "A star amid the words cannot be a term; the word was left out.")
        return
    if near.lost:
        gathering.note(number, "word", "read_otherwise", f"{near.lost[0].upper()}{near.lost[1:]}.")
    if word.case_sensitive:
        gathering.note(number, "case_sensitive", "read_otherwise", "Capitals and small letters are the same to a term.")
    if word.replacement:
        gathering.note(number, "replacement", "left_out", "The replacement was left out; terms replace nothing.")
    gathering.add(number, "word", Term(near.text, match=near.match, note=word.action))
