"""Keyword lists, notices, campaigns and waivers from pack files, and the whole folder as a release; places are read in reading_places."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from admin.errors import PackError
from admin.packs.reading_places import read_centers, read_elections, read_regions, read_rolls
from admin.packs.tables import read_polling_hours, read_silence
from admin.packs.yaml_reading import read_rows, read_yaml
from keywords.lists import KeywordList, RealWords, Term
from notices.campaign import Campaign
from notices.documents import from_document
from notices.errors import InvalidDocument
from notices.notice import Notice
from notices.release import Release
from notices.waivers import Waiver

T = TypeVar("T")

STARTER_NUMBER = 1
MADE_FOR = "# neighbours of the lists with fingerprint "
LANGUAGES = ", among the words of "


def read_starter(folder: Path) -> Release:
    """Everything under the folder as release 1; its time comes from `pack.yaml`, so that the same packs give the same digest."""
    settings = load_mapping(folder / "pack.yaml")
    return Release(
        number=STARTER_NUMBER,
        made_at=datetime.fromisoformat(settings["made_at"]),
        previous=None,
        starter=True,
        season_days=settings["season_days"],
        link_hosts=tuple(settings["link_hosts"]),
        regions=read_regions(folder / "regions"),
        centers=read_centers(folder / "centers"),
        elections=read_elections(folder / "elections"),
        polling_hours=read_polling_hours(folder),
        silence=read_silence(folder),
        lists=tuple(read_lists(folder / "keywords")),
        notices=tuple(read_notices(folder / "notices")),
        campaigns=tuple(read_campaigns(folder / "campaigns")),
        real_words=read_real_words(folder / "words"),
        rolls=read_rolls(folder / "rolls"),
        waivers=tuple(read_waivers(folder / "waivers.yaml")),
    )


def read_lists(folder: Path) -> Iterator[KeywordList]:
    """Every keyword list of the folder, `<region>/<language>.yaml`, one for each topic in a file."""
    for path in sorted(folder.glob("*/*.yaml")):
        yield from read_list_file(path)


def read_list_file(path: Path) -> Iterator[KeywordList]:
    """The lists of one file; rows with `use: false` are left out."""
    document = load_mapping(path)
    region, language = document.get("region"), document.get("language")
    if (region, language) != (path.parent.name, path.stem):
        raise PackError("the region and language in the file are not those of its name", path)
    shared = {key: document.get(key) or [] for key in ("context", "unless")}
    shared |= {key: document.get(key) or "" for key in ("owner", "reviewed_by")}
    lists = document.get("lists") or {}
    if not lists:
        yield _value(path, {"region": region, "language": language, "topic": "", "terms": [], **shared}, KeywordList, "lists")
    for topic, body in lists.items():
        terms = [row for row in body.get("terms") or [] if row.get("use", True)]
        own = {key: value for key, value in body.items() if value is not None and key != "terms"}
        keywords = {"region": region, "language": language, "topic": topic, **shared, **own}
        for number, row in enumerate(terms):
            row.pop("use", None)
            _value(path, row, Term, f"lists/{topic}/terms/{number}: {row.get('text')}")
        yield _value(path, {**keywords, "terms": terms}, KeywordList, f"lists/{topic}")


def read_notices(folder: Path) -> Iterator[Notice]:
    """One notice a file."""
    for path in sorted(folder.glob("*.yaml")):
        yield _value(path, load_mapping(path), Notice)


def read_campaigns(folder: Path) -> Iterator[Campaign]:
    """A list of campaigns a file."""
    for path in sorted(folder.glob("*.yaml")):
        for number, row in enumerate(load_mapping(path)["campaigns"]):
            yield _value(path, row, Campaign, f"campaigns/{number}")


def read_waivers(path: Path) -> Iterator[Waiver]:
    """What is knowingly let pass; the file may be absent."""
    if path.exists():
        for number, row in enumerate(read_rows(path, "waivers")):
            yield _value(path, row, Waiver, f"waivers/{number}")


def read_real_words(folder: Path) -> RealWords:
    """The words that are never taken for typos, one a line; the first line of each file says for which lists they were made."""
    common, rare = ((folder / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in ("common", "rare"))
    made_for, _, languages = common[0].removeprefix(MADE_FOR).partition(LANGUAGES)
    return RealWords(tuple(common[1:]), tuple(rare[1:]), made_for, tuple(languages.split()))


def write_real_words(words: RealWords, folder: Path) -> None:
    """Replace both files."""
    folder.mkdir(exist_ok=True)
    for name, lines in (("common", words.common), ("rare", words.rare)):
        head = f"{MADE_FOR}{words.made_for}{LANGUAGES}{' '.join(words.languages)}"
        (folder / f"{name}.txt").write_text("\n".join((head, *lines, "")), encoding="utf-8")


def load_mapping(path: Path) -> dict[str, Any]:
    """A YAML mapping; raises PackError for anything else."""
    document = read_yaml(path)
    if not isinstance(document, dict):
        raise PackError("the file does not hold a mapping", path)
    return document


def _value(path: Path, document: dict[str, Any], kind: type[T], place: str = "") -> T:
    try:
        return from_document(document, kind)
    except InvalidDocument as error:
        raise PackError(str(error), path, " ".join(part for part in (place, error.path) if part) or None) from error
