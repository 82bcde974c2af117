"""Querqy's rules.txt (common rules) as terms: the inputs; what a rule then does to a search is told and left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from admin.sheets.errors import SheetRefused
from admin.sheets.findings import Tell
from admin.sheets.foreign.gathering import Gathering
from admin.sheets.foreign.wildcards import starred
from keywords.lists import MatchKind, Term

_ARROW: Final = "=>"
_OPERATOR: Final = re.compile(r"\b(AND|OR|NOT)\b|[()]")
_INSTRUCTION: Final = re.compile(r"[A-Za-z_]+")
_SWITCHED_OFF: Final = re.compile(r"""@?"?enabled"?\s*:\s*"?false"?""", re.IGNORECASE)


@dataclass(slots=True)
class _Rule:
    line: int
    input: str
    body: list[str] = field(default_factory=list)


def read(said: str, gathering: Gathering, tell: Tell) -> None:
    """Gather every rule's input."""
    lines = said.splitlines()
    for rule in _rules(lines):
        _gather(rule, gathering)
        tell(rule.line, len(lines))
    tell(len(lines), len(lines))


def _rules(lines: list[str]) -> Iterator[_Rule]:
    rule: _Rule | None = None
    for number, line in enumerate(lines, 1):
        told = line.strip()
        if not told or told.startswith("#"):
            continue
        if told.endswith(_ARROW):
            if rule is not None:
                yield rule
            rule = _Rule(number, told.removesuffix(_ARROW).strip())
        elif rule is None:
            raise SheetRefused("not_this_format", "A rule begins with its input and =>, but this line comes before any.", number)
        else:
            rule.body.append(told)
    if rule is None:
        raise SheetRefused("not_this_format", "The file has no rule: no line ends with =>.")
    yield rule


def _gather(rule: _Rule, gathering: Gathering) -> None:
    if any(_SWITCHED_OFF.match(line) for line in rule.body):
        gathering.note(rule.line, None, "disabled", "The rule is switched off and was left out.")
        return
    done = [found[0] for line in rule.body if (found := _INSTRUCTION.match(line)) and found[0].isupper()]
    if any(line.startswith("@") for line in rule.body):
        done.append("properties")
    if done:
        gathering.note(
            rule.line, None, "left_out", f"Left out, because keyword lists know nothing of the kind: {', '.join(dict.fromkeys(done))}."
        )
    said = rule.input
    if _OPERATOR.search(said):
        _gather_boolean(rule.line, said, gathering)
        return
    begins, ends = said.startswith('"'), said.endswith('"') and len(said) > 1
    words = said.strip('"').strip()
    if begins and ends:
        gathering.add(rule.line, None, Term(words, match=MatchKind.EXACT))
        return
    if begins or ends:
        place = "beginning" if begins else "end"
        gathering.note(rule.line, None, "place_left_out", f"The words count anywhere, not only at the {place} of a search.")
    near = starred(words)
    if near is None:
        gathering.note(rule.line, None, "wildcard_inside", "A star may stand at the end only; the rule was left out.")
        return
    if near.lost:
        gathering.note(rule.line, None, "read_otherwise", f"{near.lost[0].upper()}{near.lost[1:]}.")
    gathering.add(rule.line, None, Term(near.text, match=near.match))


def _gather_boolean(line: int, said: str, gathering: Gathering) -> None:
    """Words that must all occur are a term; anything else that is put together is not."""
    parts = said.split(" AND ")
    if all(part.strip() and len(part.split()) == 1 and not _OPERATOR.search(part) and not set(part) & set('"*') for part in parts):
        gathering.add(line, None, Term(" ".join(part.strip() for part in parts), match=MatchKind.ALL))
    else:
        gathering.note(
            line, None, "boolean_input", "The input is put together with AND, OR or NOT and was left out; write the terms by hand."
        )
