"""What the engine finds in the development set and in spoilt copies of it, line by line; run by itself it prints that.

Usage: `python -m tests.keywords.answers`, with the `keywords` to ask first on Python's path.
"""

from collections.abc import Iterator

from bench.samples import Starter, rows
from keywords.matcher import Findings


def lines() -> Iterator[str]:
    """One line a search, with every match and every candidate that fell."""
    starter = Starter()
    finder = starter.finder(starter.index(starter.lists))
    for row in rows():
        for text in dict.fromkeys((row.text, *spoilt(row.text))):
            yield f"{row.region} {text!r}: {_told(finder(row._replace(text=text)))}"


def spoilt(text: str) -> Iterator[str]:
    """The text with two letters swapped, one left out, one starred, capitals, every letter set apart, and two words as one."""
    half = len(text) // 2
    yield text[: half - 1] + text[half : half + 1] + text[half - 1 : half] + text[half + 1 :]
    yield text[:half] + text[half + 1 :]
    yield text[:half] + "*" + text[half + 1 :]
    yield text.upper()
    yield ".".join(text)
    yield text.replace(" ", "", 1)


def _told(findings: Findings) -> str:
    matches = [(match.entry.term.text, *match.hit[:2], match.field.name, match.span()) for match in findings.matches]
    fallen = [(match.entry.term.text, match.hit[0], reason, word) for match, reason, word in findings.rejected]
    return f"{matches} {fallen}"


if __name__ == "__main__":
    print(*lines(), sep="\n")  # noqa: T201
