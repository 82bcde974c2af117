"""The slow, obvious matcher: for every term, look for its words in the text, one after the other. The fast one must agree."""

from collections.abc import Sequence

from keywords.lists import CONTEXT, YEAR, KeywordList, MatchKind, Term
from keywords.tokens import is_spaceless, is_year, tokenise


def found_terms(lists: Sequence[KeywordList], query: str, *, in_season: bool) -> set[tuple[str, str]]:
    """`(list id, term text)` of every term that answers a query without hashtags and links, in lists without affixes and accents."""
    tokens = tokenise(query)
    return {
        (keywords.id, term.text) for keywords in lists for term in keywords.terms if _answers(term, keywords, tokens, in_season=in_season)
    }


def _answers(term: Term, keywords: KeywordList, tokens: Sequence[str], *, in_season: bool) -> bool:
    places = [place for text in term.spellings() for place in _places(term.match, text, tokens)]
    if not places or (term.season_only and not in_season):
        return False
    if any(
        _windows(tokenise(word), tokens)
        for word in (*keywords.unless, *term.unless)
        if tokenise(word) not in map(tokenise, term.spellings())
    ):
        return False
    if not term.near:
        return True
    if YEAR in term.near and any(map(is_year, tokens)):
        return True
    words = [*(word for word in term.near if word not in {CONTEXT, YEAR}), *(keywords.context if CONTEXT in term.near else ())]
    first, last = places[0]
    return any(end < first or start > last for word in words for start, end in _windows(tokenise(word), tokens)[:1])


def _places(match: MatchKind, text: str, tokens: Sequence[str]) -> list[tuple[int, int]]:
    words = tokenise(text)
    if match is MatchKind.EXACT:
        return [(0, len(tokens) - 1)] if "".join(words) == "".join(tokens) else []
    if match is MatchKind.ALL and len(words) > 1:
        found = [_windows((word,), tokens) for word in words]
        return [found[0][0]] if all(found) else []
    if match is MatchKind.PREFIX and not is_spaceless(words[0]):
        stem = "".join(words)
        return [(at, at) for at, token in enumerate(tokens) if token.startswith(stem)]
    return _windows(words, tokens)


def _windows(words: Sequence[str], tokens: Sequence[str]) -> list[tuple[int, int]]:
    size = len(words)
    return [(at, at + size - 1) for at in range(len(tokens) - size + 1) if tuple(tokens[at : at + size]) == tuple(words)]
