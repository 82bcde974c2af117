"""Single fields of foreign documents, read with care: text, days, instants, addresses; no exception but ItemRefused leaves here."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from admin.dates.findings import DocumentRefused, ItemRefused
from elections.election import Election, ElectionKind, Round, Status

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a document (DESIGN §5: an import)."""
LONGEST_TEXT: Final = 300
LONGEST_ADDRESS: Final = 2_000
YEARS: Final = range(1990, 2101)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_INVISIBLE: Final = frozenset("\u200e\u200f\u061c\ufeff") | {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def check_size(data: bytes) -> None:
    """Raise DocumentRefused for a document that is too large or empty."""
    if len(data) > LARGEST:
        raise DocumentRefused("too_large", f"The document has more than {LARGEST // 1024 // 1024} MB.")
    if not data.strip():
        raise DocumentRefused("empty_document", "The document is empty.")


def decoded(data: bytes) -> str:
    """The text of a document in UTF-8, with or without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentRefused("bad_utf8", f"The document is not UTF-8: the byte at {error.start} is wrong.") from None


def read_mapping(data: bytes) -> Mapping[str, Any]:
    """The JSON object of a document; a key given twice, NaN and endless nesting are refused."""
    text = decoded(data)
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise DocumentRefused("malformed_json", f"The document is not JSON: line {error.lineno}, column {error.colno}.") from None
    except (ValueError, RecursionError):
        raise DocumentRefused("malformed_json", "The document is not JSON that can be read.") from None
    if not isinstance(document, dict):
        raise DocumentRefused("not_an_object", "The document is not a JSON object.")
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DocumentRefused("duplicate_key", "An object of the document has the same key twice.")
    return found


def _no_number(_name: str) -> NoReturn:
    raise DocumentRefused("malformed_json", "The document holds a number that JSON does not have.")


def part(of: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """The object at a path; empty where anything on the way is missing, null or something else."""
    found: object = of
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def items(of: Mapping[str, Any], name: str) -> list[Any]:
    """The list under a name; empty where it is missing or null."""
    found = of.get(name)
    return found if isinstance(found, list) else []


def clean(value: object, longest: int = LONGEST_TEXT) -> str:
    """Text on one line without control or direction characters; empty for anything that is not text. A longer one is cut with `…`."""
    if not isinstance(value, str):
        return ""
    kept = (
        " " if char.isspace() else char
        for char in value
        if char.isspace() or (char not in _INVISIBLE and unicodedata.category(char) not in {"Cc", "Cs", "Co"})
    )
    text = " ".join("".join(kept).split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def day(value: object, pointer: str) -> date | None:
    """The date of `YYYY-MM-DD`; None where there is none; raises ItemRefused for a day that does not exist or lies beyond belief."""
    if value is None or value == "":
        return None
    try:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValueError
        found = date.fromisoformat(value)
    except ValueError:
        raise ItemRefused(pointer, "impossible_date", "This is not a date that exists, written YYYY-MM-DD.") from None
    if found.year not in YEARS:
        raise ItemRefused(pointer, "impossible_date", f"A date must lie between {YEARS.start} and {YEARS.stop - 1}.")
    return found


def instant(value: object, pointer: str) -> datetime | None:
    """An aware instant; None where there is none; raises ItemRefused for one without offset."""
    if value is None or value == "":
        return None
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        if found is None or found.tzinfo is None or found.year not in YEARS:
            raise ValueError
        found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ItemRefused(pointer, "impossible_time", "This is not a time with a date and an offset.") from None
    return found


def told_at(value: object) -> datetime | None:
    """When a document says it was updated, in UTC; None where it does not say so readably, because nothing depends on it."""
    try:
        found = instant(value, "")
    except ItemRefused:
        return None
    return found.astimezone(UTC) if found else None


def address(value: object) -> str:
    """An https address, as it is; empty for anything else."""
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS or any(char.isspace() or not char.isprintable() for char in value):
        return ""
    try:
        parts = urlsplit(value)
        named = parts.hostname
    except ValueError:
        return ""
    return value if parts.scheme == "https" and named and not parts.username and not parts.password else ""


_KINDS: Final = (
    (ElectionKind.EUROPEAN, re.compile(r"\beuropean (parliament|election)", re.IGNORECASE)),
    (ElectionKind.REFERENDUM, re.compile(r"\b(referendum|plebiscite)\b", re.IGNORECASE)),
    (ElectionKind.LOCAL, re.compile(r"\b(local|municipal|county|city|town|school|mayoral|council)\b", re.IGNORECASE)),
    (ElectionKind.PRESIDENTIAL, re.compile(r"\bpresidential\b", re.IGNORECASE)),
    (ElectionKind.PARLIAMENTARY, re.compile(r"\bparliamentary\b", re.IGNORECASE)),
    (ElectionKind.LEGISLATIVE, re.compile(r"\b(midterms?|congressional|legislative)\b", re.IGNORECASE)),
)


def kind_in_words(texts: Iterable[str]) -> ElectionKind | None:
    """The kind that an official name states outright; None where it does not, or names several."""
    joined = " ".join(texts)
    kinds = {kind for kind, words in _KINDS if words.search(joined)}
    return kinds.pop() if len(kinds) == 1 else None


def election_id(region: str, first_day: date, kind: ElectionKind) -> str:
    """`<region>-<first day>-<kind>` in lower case."""
    return f"{region}-{first_day}-{kind}".lower()


def one_round(region: str, kind: ElectionKind, names: Mapping[str, str], polling: Round) -> Election:
    """An election of one round as most documents tell it: scheduled, and as sure as its round."""
    return Election(
        id=election_id(region, polling.first_day, kind),
        regions=(region,),
        kind=kind,
        names=names,
        status=Status.SCHEDULED,
        rounds=(polling,),
        confidence=polling.confidence,
        source=polling.source,
    )
