"""Election Centers as a table: a row for the center, one for each authority, link and fact-checker."""

from collections.abc import Iterable, Iterator
from typing import Final

from admin.sheets.findings import Defaults, Findings
from admin.sheets.heads import Together, brought_together
from admin.sheets.layout import Layout
from admin.sheets.names import names_of
from admin.sheets.rows import Row
from elections.centers import Authority, Center, FactChecker, Network, Slot
from elections.election import Confidence
from notices.csv_cells import joined, single
from notices.elections_csv import names_cells

CENTER, AUTHORITY, LINK, FACT_CHECKER = "center", "authority", "link", "fact_checker"
EVERY_LANGUAGE: Final = "*"

_KEY: Final = ("row", "region")
_OF_CENTER: Final = ("verified_by", "verified_on", "note")
_OF_LINK: Final = ("slot", "language", "url")
_OF_AUTHORITY: Final = ("name", "other_names", "url", "languages", "confidence")
_OF_FACT_CHECKER: Final = ("name", "url", "networks", "confidence", "verified_until")
COLUMNS: Final = (*_KEY, *_OF_LINK, "name", "other_names", "languages", "networks", "confidence", "verified_until", *_OF_CENTER)


def _written(center: Center) -> Iterator[dict[str, str]]:
    key = {"region": single(center.region)}
    verified_on = center.verified_on.isoformat() if center.verified_on else ""
    yield key | {"row": CENTER, "verified_by": center.verified_by, "verified_on": verified_on, "note": center.note}
    for authority in center.authorities:
        languages = joined(authority.languages)
        told = {"row": AUTHORITY, "url": single(authority.url), "languages": languages, "confidence": authority.confidence}
        yield key | names_cells(authority.names) | told
    for slot, links in center.links.items():
        if not links:
            yield key | {"row": LINK, "slot": slot}
        for language, url in links.items():
            yield key | {"row": LINK, "slot": slot, "language": single(language), "url": single(url)}
    for checker in center.fact_checkers:
        yield key | {
            "row": FACT_CHECKER,
            "name": checker.name,
            "url": single(checker.url),
            "networks": joined(checker.networks),
            "confidence": checker.confidence,
            "verified_until": checker.verified_until.isoformat() if checker.verified_until else "",
        }


def _read(rows: Iterable[Row], _defaults: Defaults, _findings: Findings) -> list[Center]:
    return [_center(together) for together in brought_together(rows, CENTER, "region")]


def _center(together: Together) -> Center:
    row = together.head
    return Center(
        region=together.key,
        authorities=tuple(map(_authority, together.of(AUTHORITY))),
        links=_links(together.of(LINK)),
        fact_checkers=tuple(map(_fact_checker, together.of(FACT_CHECKER))),
        verified_by=row.prose("verified_by"),
        verified_on=row.day("verified_on"),
        note=row.prose("note"),
    )


def _authority(row: Row) -> Authority:
    confidence = row.choice("confidence", Confidence, Confidence.MEDIUM)
    return Authority(names_of(row), row.needed("url"), row.many("languages"), confidence)


def _links(rows: Iterable[Row]) -> dict[Slot, dict[str, str]]:
    """By slot and language; a row with neither language nor address is a slot that is still without links."""
    links: dict[Slot, dict[str, str]] = {}
    for row in rows:
        by_language = links.setdefault(row.choice("slot", Slot), {})
        if row.single("language") is None and row.single("url") is None:
            continue
        language = row.needed("language", EVERY_LANGUAGE)
        if language in by_language:
            row.problem("language", "given_twice", "The slot has a link in this language already.")
        by_language[language] = row.needed("url")
    return links


def _fact_checker(row: Row) -> FactChecker:
    return FactChecker(
        name=row.prose("name"),
        url=row.needed("url"),
        networks=row.choices("networks", Network),
        confidence=row.choice("confidence", Confidence, Confidence.MEDIUM),
        verified_until=row.day("verified_until"),
    )


LAYOUT: Final[Layout[Center]] = Layout(
    columns=COLUMNS,
    needed=_KEY,
    rows={
        CENTER: frozenset({*_KEY, *_OF_CENTER}),
        AUTHORITY: frozenset({*_KEY, *_OF_AUTHORITY}),
        LINK: frozenset({*_KEY, *_OF_LINK}),
        FACT_CHECKER: frozenset({*_KEY, *_OF_FACT_CHECKER}),
    },
    usual="",
    write=_written,
    read=_read,
)
