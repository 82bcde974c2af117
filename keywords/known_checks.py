"""What a finding is, and every code that findings about keyword lists carry; not how they are found (see checks)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Severity(StrEnum):
    """Errors block publishing; warnings are shown to whoever edits."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: a stable code, where, a sentence, and another one that says what to do."""

    severity: Severity
    code: str
    place: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class KnownCheck:
    """A code: how severe its findings are, what they mean, what to do, and whether a waiver may lift them.

    `is_asked_outside`: only a check that asks other people's servers finds it, so that a release alone never does.
    """

    code: str
    severities: tuple[Severity, ...]
    meaning: str
    hint: str
    is_waivable: bool = False
    is_asked_outside: bool = False


ERROR: Final = (Severity.ERROR,)
WARNING: Final = (Severity.WARNING,)
EITHER: Final = (Severity.ERROR, Severity.WARNING)


def by_code(checks: Iterable[KnownCheck]) -> Mapping[str, KnownCheck]:
    """The checks by their codes, in the order given."""
    return MappingProxyType({check.code: check for check in checks})


LIST_CHECKS: Final = by_code(
    (
        KnownCheck(
            "sample_missed",
            ERROR,
            "A sample under `must_match` is caught by no list in effect.",
            "Add the words or a form of them to a term, loosen its conditions, or take the sample out if it is no search about elections.",
        ),
        KnownCheck(
            "sample_caught",
            ERROR,
            "A sample under `must_not_match` is caught by the list it stands in.",
            "Give the term that caught it `near`, `unless` or `match: exact`, or add the sample's telling word to the file's `unless`.",
        ),
        KnownCheck(
            "sample_elsewhere",
            WARNING,
            "A sample is caught, but by another topic's lists only.",
            "Move the sample to the list of that topic, or add a term here so that this topic answers as well.",
        ),
        KnownCheck(
            "broad_term",
            WARNING,
            "A short term stands alone.",
            "Give it `near`, `unless` or `match: exact`, so that it does not answer for everything that holds these letters.",
            is_waivable=True,
        ),
        KnownCheck(
            "doubled_term",
            WARNING,
            "A spelling stands in one list twice, as the matcher reads it.",
            "Take one out; case, accents and joining marks make no difference.",
        ),
        KnownCheck(
            "shadowed_term",
            WARNING,
            "A term adds nothing, because words inside it already answer everywhere it stands.",
            "Take it out, give it a slot of its own, or put a condition on the shorter term.",
        ),
        KnownCheck(
            "empty_context",
            WARNING,
            "A term waits for `@context`, but its file names no context words, so it never answers.",
            "Fill the file's `context`, or name the words in the term's own `near`.",
        ),
        KnownCheck(
            "unknown_sign",
            ERROR,
            "A term waits for a sign, such as `@context`, that does not exist.",
            "Write `@context`, `@year`, `@familiar` or `@place`, or a word without the @.",
        ),
        KnownCheck(
            "invalid_term",
            ERROR,
            "Nothing is left of a term after normalising, or a prefix is too short.",
            "Write at least one letter, and at least four for `match: prefix`.",
        ),
        KnownCheck(
            "text_too_long",
            ERROR,
            "A term or sample is longer than any text that is searched.",
            "Shorten it to what people type; a whole caption is no term.",
        ),
        KnownCheck(
            "stale_words",
            WARNING,
            "The lists changed since the real words were made, so a new word may be taken for a typo.",
            "Run `make words` after the last edit of the lists.",
        ),
    )
)


def hinted(findings: Iterable[Finding], checks: Mapping[str, KnownCheck]) -> tuple[Finding, ...]:
    """The findings, each with what to do about its code where it does not say so itself."""
    return tuple(finding if finding.hint else replace(finding, hint=checks[finding.code].hint) for finding in findings)
