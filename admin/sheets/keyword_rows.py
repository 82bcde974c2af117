"""Keyword lists as a table: a row a term, one for what belongs to the whole list, one for each sample."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from admin.sheets.findings import Defaults, Findings
from admin.sheets.layout import Layout
from admin.sheets.rows import Row
from keywords.lists import KeywordList, Layer, Layers, MatchKind, Term
from notices.csv_cells import joined, single

TERM, LIST, MUST_MATCH, MUST_NOT_MATCH = "term", "list", "must_match", "must_not_match"

_KEY: Final = ("row", "region", "language", "topic")
_OF_TERM: Final = (
    "text", "forms", "match", "typos", "evasion", "without", "near", "unless", "season_only", "slot", "contest", "contestant",
    "source", "confidence", "verified_on", "note",
)  # fmt: skip
_OF_LIST: Final = ("context", "blocked", "owner", "reviewed_by")
COLUMNS: Final = (*_KEY, *_OF_TERM, *_OF_LIST)

Cells = dict[str, str]


@dataclass(slots=True)
class _Gathered:
    """What the rows of one list have said so far."""

    row: Row | None = None
    terms: list[Term] = field(default_factory=list)
    must_match: list[str] = field(default_factory=list)
    must_not_match: list[str] = field(default_factory=list)


def _written(keywords: KeywordList) -> Iterator[Cells]:
    key = {"region": single(keywords.region), "language": single(keywords.language), "topic": single(keywords.topic)}
    yield key | {
        "row": LIST,
        "slot": single(keywords.slot),
        "context": joined(keywords.context),
        "unless": joined(keywords.unless),
        "blocked": joined(keywords.blocked),
        "owner": keywords.owner,
        "reviewed_by": keywords.reviewed_by,
    }
    for term in keywords.terms:
        yield key | _of_term(term)
    for kind, samples in ((MUST_MATCH, keywords.must_match), (MUST_NOT_MATCH, keywords.must_not_match)):
        for sample in samples:
            yield key | {"row": kind, "text": single(sample)}


def _of_term(term: Term) -> Cells:
    return {
        "row": TERM,
        "text": single(term.text),
        "forms": joined(term.forms),
        "match": term.match,
        "typos": "" if term.typos is Layers.AUTO else term.typos,
        "evasion": "" if term.evasion is Layers.AUTO else term.evasion,
        "without": joined(term.without),
        "near": joined(term.near),
        "unless": joined(term.unless),
        "season_only": "true" if term.season_only else "",
        "slot": single(term.slot),
        "contest": single(term.contest),
        "contestant": single(term.contestant),
        "source": term.source,
        "confidence": term.confidence,
        "verified_on": term.verified_on.isoformat() if term.verified_on else "",
        "note": term.note,
    }


def _read(rows: Iterable[Row], defaults: Defaults, findings: Findings) -> list[KeywordList]:
    gathered: dict[tuple[str, str, str], _Gathered] = {}
    for row in rows:
        key = (
            row.needed("region", defaults.region),
            row.needed("language", defaults.language),
            row.needed("topic", defaults.topic),
        )
        found = gathered.get(key) or gathered.setdefault(key, _Gathered())
        if row.kind == TERM:
            found.terms.append(_term(row))
        elif row.kind == MUST_MATCH:
            found.must_match.append(row.needed("text"))
        elif row.kind == MUST_NOT_MATCH:
            found.must_not_match.append(row.needed("text"))
        elif found.row is None:
            found.row = row
        else:
            row.problem("row", "given_twice", f"This list has a row of kind list already, row {found.row.number}.")
    nothing = Row(0, {}, findings)
    return [_list(key, found, found.row or nothing, defaults) for key, found in gathered.items()]


def _list(key: tuple[str, str, str], found: _Gathered, row: Row, defaults: Defaults) -> KeywordList:
    region, language, topic = key
    return KeywordList(
        region=region,
        language=language,
        topic=topic,
        terms=tuple(found.terms),
        slot=row.single("slot"),
        context=row.many("context"),
        unless=row.many("unless"),
        blocked=row.many("blocked"),
        must_match=tuple(found.must_match),
        must_not_match=tuple(found.must_not_match),
        owner=row.prose("owner") if found.row else defaults.owner,
        reviewed_by=row.prose("reviewed_by"),
    )


def _term(row: Row) -> Term:
    return Term(
        text=row.needed("text"),
        forms=row.many("forms"),
        match=row.choice("match", MatchKind, MatchKind.PHRASE),
        typos=row.choice("typos", Layers, Layers.AUTO),
        evasion=row.choice("evasion", Layers, Layers.AUTO),
        without=row.choices("without", Layer),
        near=row.many("near"),
        unless=row.many("unless"),
        season_only=row.truth("season_only", default=False),
        slot=row.single("slot"),
        contest=row.single("contest"),
        contestant=row.single("contestant"),
        source=row.prose("source"),
        confidence=row.prose("confidence"),
        verified_on=row.day("verified_on"),
        note=row.prose("note"),
    )


_SAMPLE: Final = frozenset({*_KEY, "text"})
LAYOUT: Final[Layout[KeywordList]] = Layout(
    columns=COLUMNS,
    needed=("region", "language", "topic", "text"),
    rows={
        TERM: frozenset({*_KEY, *_OF_TERM}),
        LIST: frozenset({*_KEY, *_OF_LIST, "slot", "unless"}),
        MUST_MATCH: _SAMPLE,
        MUST_NOT_MATCH: _SAMPLE,
    },
    usual=TERM,
    write=_written,
    read=_read,
)
