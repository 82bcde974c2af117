"""Notices as a table: a row for the notice, one for each wording, each phase's wording and each language's words for its picture."""

from collections.abc import Iterable, Iterator
from typing import Final

from admin.sheets.findings import Defaults, Findings
from admin.sheets.heads import Together, brought_together
from admin.sheets.layout import Layout
from admin.sheets.rows import Row
from elections.election import Phase
from elections.places import WORLD
from notices.csv_cells import single
from notices.notice import CENTER_ACTION, Image, Notice, NoticeKind, Wording, Words

NOTICE, WORDING, PHASE, IMAGE = "notice", "wording", "phase", "image"

_KEY: Final = ("row", "notice")
_OF_WORDS: Final = ("title", "body", "label")
_OF_NOTICE: Final = ("kind", "action", "dismissible", "image", "region", "revision", "note")
COLUMNS: Final = (*_KEY, "language", "phase", *_OF_WORDS, "reviewed", "alt", *_OF_NOTICE)


def _written(notice: Notice) -> Iterator[dict[str, str]]:
    key = {"notice": single(notice.id)}
    yield key | {
        "row": NOTICE,
        "kind": notice.kind,
        "action": single(notice.action),
        "dismissible": "true" if notice.dismissible else "false",
        "image": single(notice.image.url if notice.image else None),
        "revision": str(notice.revision),
        "note": notice.note,
        "region": single(notice.region),
    }
    for language, wording in notice.wordings.items():
        of = key | {"language": single(language)}
        words = {"title": wording.title, "body": wording.body, "label": wording.label}
        yield of | words | {"row": WORDING, "reviewed": "true" if wording.reviewed else "false"}
        for phase, other in wording.phases.items():
            yield of | {"row": PHASE, "phase": phase, "title": other.title, "body": other.body, "label": other.label}
    for language, alt in notice.image.alt.items() if notice.image else ():
        yield key | {"row": IMAGE, "language": single(language), "alt": alt}


def _read(rows: Iterable[Row], _defaults: Defaults, _findings: Findings) -> list[Notice]:
    return [_notice(together) for together in brought_together(rows, NOTICE, "notice")]


def _notice(together: Together) -> Notice:
    row = together.head
    return Notice(
        id=together.key,
        kind=row.choice("kind", NoticeKind),
        wordings=_wordings(together),
        action=row.needed("action", CENTER_ACTION),
        dismissible=row.truth("dismissible", default=True),
        image=_image(together),
        revision=row.whole("revision", 1),
        note=row.prose("note"),
        region=row.needed("region", WORLD),
    )


def _wordings(together: Together) -> dict[str, Wording]:
    phases: dict[str, dict[Phase, Words]] = {}
    wordings: dict[str, Wording] = {}
    for row in together.of(WORDING):
        language = row.needed("language")
        if language in wordings:
            row.problem("language", "given_twice", "The notice has a wording in this language already.")
        wordings[language] = Wording(*_words(row), reviewed=row.truth("reviewed", default=False), phases=phases.setdefault(language, {}))
    for row in together.of(PHASE):
        language, phase = row.needed("language"), row.choice("phase", Phase)
        if language not in wordings:
            row.problem("language", "row_missing", "No row of kind wording gives the general words in this language.")
        elif phase in phases[language]:
            row.problem("phase", "given_twice", "The notice has words for this phase in this language already.")
        phases.setdefault(language, {})[phase] = Words(*_words(row))
    return wordings


def _words(row: Row) -> tuple[str, str, str]:
    return row.prose("title"), row.prose("body"), row.prose("label")


def _image(together: Together) -> Image | None:
    url = together.head.single("image")
    alt: dict[str, str] = {}
    for row in together.of(IMAGE):
        language = row.needed("language")
        if url is None:
            row.problem("row", "row_missing", "The notice has no image; give its address in the row of kind notice.")
        if language in alt:
            row.problem("language", "given_twice", "The image has words in this language already.")
        alt[language] = row.prose("alt")
    return None if url is None else Image(url, alt)


LAYOUT: Final[Layout[Notice]] = Layout(
    columns=COLUMNS,
    needed=_KEY,
    rows={
        NOTICE: frozenset({*_KEY, *_OF_NOTICE}),
        WORDING: frozenset({*_KEY, *_OF_WORDS, "language", "reviewed"}),
        PHASE: frozenset({*_KEY, *_OF_WORDS, "language", "phase"}),
        IMAGE: frozenset({*_KEY, "language", "alt"}),
    },
    usual="",
    write=_written,
    read=_read,
)
