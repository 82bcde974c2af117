"""The development set in `quality/`, and a search of it as the engine sees it; what is measured on it is quality's."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from admin.packs.reading import read_starter
from elections.places import Places
from keywords.index import build_index
from keywords.lists import KeywordList, Layers
from keywords.matcher import Findings, Texts, find
from notices.live import place_names

HERE = Path(__file__).parent
PACKS = HERE.parent / "packs"
STUDY = HERE.parent / "var" / "bench"
"""Where misses are written for study; git ignores it."""

WANTED = ("search", "romanised", "hashtag")
UNWANTED = ("ordinary", "tricky")


class Row(NamedTuple):
    """One search: kind, language, the region it is made in, and what is typed."""

    kind: str
    language: str
    region: str
    text: str


def rows() -> tuple[Row, ...]:
    """Every row of every file."""
    found: list[Row] = []
    for path in sorted((HERE / "quality").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            found.extend(Row(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(found)


def exact_only(lists: Iterable[KeywordList]) -> tuple[KeywordList, ...]:
    """The same lists with the near-miss and evasion layers off for every term."""
    return tuple(
        replace(keywords, terms=tuple(replace(term, typos=Layers.OFF, evasion=Layers.OFF) for term in keywords.terms)) for keywords in lists
    )


def write_study(name: str, header: Sequence[str], lines: Iterable[Sequence[str]]) -> Path:
    """Write a table for study."""
    STUDY.mkdir(parents=True, exist_ok=True)
    path = STUDY / f"{name}.tsv"
    path.write_text("".join("\t".join(line) + "\n" for line in (header, *lines)), encoding="utf-8")
    return path


class Starter:
    """The starter packs: their lists, and the engine made of some lists."""

    def __init__(self) -> None:
        release = read_starter(PACKS)
        self.lists = release.lists
        self.real_words = release.real_words
        self.places = Places.of(release.regions)
        self.names = place_names(self.places)

    def index(self, lists: Iterable[KeywordList]) -> object:
        return build_index(lists, self.names, self.real_words)

    def finder(self, index: object) -> Callable[[Row], Findings]:
        """What the engine finds in a row, in its region, while an election is in season."""

        def finder(row: Row) -> Findings:
            texts = Texts(hashtags=(row.text,)) if row.kind == "hashtag" else Texts(row.text)
            return find(index, texts, self.places.chain(row.region), in_season=True)

        return finder
