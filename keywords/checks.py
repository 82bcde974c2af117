"""What should hold for keyword lists: samples, vetoes, over-broad and doubled terms. Pure; which findings block is the caller's."""

from collections.abc import Iterable, Iterator, Sequence

from keywords.errors import KeywordsError
from keywords.index import build_index
from keywords.known_checks import LIST_CHECKS, Finding, Severity, hinted
from keywords.lists import CONTEXT, MANY_LANGUAGES, NEAR_SIGNS, KeywordList, MatchKind, RealWords, Term
from keywords.matcher import Match, find
from keywords.neighbours import fingerprint
from keywords.postings import Index
from keywords.reading import Texts
from keywords.tokens import is_spaceless, tokenise

__all__ = ("Finding", "Severity", "check_lists", "errors")

SHORT = 3
"""Letters up to which a plain term in a script with spaces is over-broad."""


LONGEST_SHADOWED = 8
"""Words of a term that is compared with the others of its list."""


def check_lists(lists: Sequence[KeywordList], real_words: RealWords | None = None, index: Index | None = None) -> tuple[Finding, ...]:
    """Every finding in the lists, which are searched together as a release's are; `real_words` are the release's, `index` theirs if made."""
    try:
        index = index or build_index(lists, (), real_words)
    except KeywordsError as error:
        return hinted((Finding(Severity.ERROR, error.code, "keywords", str(error)),), LIST_CHECKS)
    found = (finding for keywords in lists for finding in _check_list(keywords, index))
    return hinted((*_stale(index, real_words), *found), LIST_CHECKS)


def _stale(index: Index, real_words: RealWords | None) -> Iterator[Finding]:
    if real_words is not None and real_words.made_for != fingerprint(index.lexicon):
        yield Finding(Severity.WARNING, "stale_words", "words", "the real words were made for other lists; `make words` refreshes them")


def _check_list(keywords: KeywordList, index: Index) -> Iterator[Finding]:
    if keywords.language == MANY_LANGUAGES:
        return
    yield from _samples(keywords, index)
    yield from _doubled(keywords)
    yield from _shadowed(keywords)
    for term in keywords.terms:
        if _is_broad(term):
            yield Finding(
                Severity.WARNING, "broad_term", keywords.id, f"“{term.text}” is short and stands alone; give it near, unless or exact"
            )
        if CONTEXT in term.near and not keywords.context:
            yield Finding(Severity.WARNING, "empty_context", keywords.id, f"“{term.text}” needs a context word, but the file has none")
        for sign in (word for word in term.near if word.startswith("@") and word not in NEAR_SIGNS):
            yield Finding(Severity.ERROR, "unknown_sign", keywords.id, f"“{term.text}” waits for “{sign}”, which is no sign")


def _samples(keywords: KeywordList, index: Index) -> Iterator[Finding]:
    regions = ("001",) if keywords.region == "001" else (keywords.region, "001")
    for sample in keywords.must_match:
        topics = {match.entry.topic for match in _find(index, sample, regions)}
        if not topics:
            yield Finding(Severity.ERROR, "sample_missed", keywords.id, f"“{sample}” should match and does not")
        elif keywords.topic not in topics:
            yield Finding(
                Severity.WARNING, "sample_elsewhere", keywords.id, f"“{sample}” matches, but for {', '.join(sorted(topics))} only"
            )
    for sample in keywords.must_not_match:
        caught = next((match for match in _find(index, sample, regions) if match.entry.list_id == keywords.id), None)
        if caught is not None:
            yield Finding(Severity.ERROR, "sample_caught", keywords.id, f"“{sample}” must not match, but “{caught.entry.term.text}” does")


def _find(index: Index, sample: str, regions: tuple[str, ...]) -> tuple[Match, ...]:
    texts = Texts(hashtags=(sample,)) if sample.startswith("#") and " " not in sample else Texts(query=sample)
    return find(index, texts, regions, in_season=True).matches


def _doubled(keywords: KeywordList) -> Iterator[Finding]:
    seen: set[tuple[str, MatchKind, bool]] = set()
    for term in keywords.terms:
        for text in term.spellings():
            key = ("".join(tokenise(text)), term.match, text.startswith("#"))
            if key in seen and not term.near:
                yield Finding(Severity.WARNING, "doubled_term", keywords.id, f"“{text}” stands in this list twice")
            seen.add(key)


def _shadowed(keywords: KeywordList) -> Iterator[Finding]:
    """Terms that add nothing, because words inside them already answer without any condition and lead to the same slot."""
    free = {
        tokenise(text): term
        for term in keywords.terms
        if term.match is MatchKind.PHRASE and not (term.near or term.unless or term.season_only)
        for text in term.spellings()
        if text[0] != "#"
    }
    for term in keywords.terms:
        words = tokenise(term.text)
        if term.match is not MatchKind.PHRASE or term.text[0] == "#" or len(words) > LONGEST_SHADOWED:
            continue
        inner = (words[first:last] for first in range(len(words)) for last in range(first + 1, len(words) + 1) if last - first < len(words))
        shadow = next((free[part] for part in inner if part in free and free[part] is not term and free[part].slot == term.slot), None)
        if shadow is not None and not term.forms:
            message = f"“{term.text}” adds nothing: “{shadow.text}” already answers wherever it stands"
            yield Finding(Severity.WARNING, "shadowed_term", keywords.id, message)


def _is_broad(term: Term) -> bool:
    if term.near or term.match is not MatchKind.PHRASE or term.text.startswith("#"):
        return False
    return any(len(key := "".join(tokenise(text))) <= SHORT and not is_spaceless(key) for text in term.spellings())


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that block."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
