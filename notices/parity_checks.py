"""Parity between contestants: where a list names one, it names everybody on the official roll, alike; not between languages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from elections.places import Places
from elections.rolls import Roll
from keywords.known_checks import Finding, Severity
from keywords.lists import KeywordList, Layer, MatchKind, Term
from keywords.tokens import tokenise
from notices.release import Release

MOST_TIMES: Final = 2
"""So many times another's spellings a contestant may have in a list before it is told."""
HASH: Final = ("#", "＃")
OWN_NAME: Final = "@name"
"""Stands for a contestant's own name in a condition, so that such conditions are alike."""

Named = tuple[KeywordList, Term]
Way = tuple[str, MatchKind, bool, frozenset[Layer], frozenset[str], frozenset[str], bool, str | None]
"""How a spelling covers somebody: list, kind of match, as a hashtag only, layers that may not answer, conditions, only in season, slot."""


def check_contestants(release: Release, places: Places) -> Iterator[Finding]:
    """Every finding about rolls and the terms that name somebody on them."""
    rolls = {roll.contest: roll for roll in release.rolls}
    yield from _rolls(release.rolls, places)
    named: dict[str, dict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
    for keywords in release.lists:
        for term in keywords.terms:
            if term.contest is None and term.contestant is None:
                continue
            problem = _reference(term, rolls)
            if problem:
                yield _error(problem[0], keywords.id, f"“{term.text}” {problem[1]}")
            elif term.contest is not None and term.contestant is not None:
                named[term.contest][term.contestant].append((keywords, term))
    for contest, by_contestant in named.items():
        yield from _alike(rolls[contest], by_contestant)
        yield from _silenced(rolls[contest], by_contestant, release.lists)
    if rolls:
        yield from _untagged(release)


def _error(code: str, place: str, message: str) -> Finding:
    return Finding(Severity.ERROR, code, place, message)


def _rolls(rolls: Sequence[Roll], places: Places) -> Iterator[Finding]:
    seen: set[str] = set()
    for roll in rolls:
        place = f"roll {roll.contest}"
        if roll.region not in places.by_code:
            yield _error("unknown_region", place, f"{roll.region} is not a region")
        if roll.contest in seen:
            yield _error("duplicated_contestant", place, "the contest has two rolls")
        seen.add(roll.contest)
        ids = [contestant.id for contestant in roll.contestants]
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield _error("duplicated_contestant", place, f"{twice} stands on it twice")


def _reference(term: Term, rolls: Mapping[str, Roll]) -> tuple[str, str] | None:
    """The code and what is wrong with the ids of a term, or None."""
    if term.contest is None:
        return "no_roll", f"names the contestant {term.contestant}, but no contest"
    roll = rolls.get(term.contest)
    if roll is None:
        return "no_roll", f"names the contest {term.contest}, of which there is no roll"
    if term.contestant is not None and term.contestant not in {contestant.id for contestant in roll.contestants}:
        return "not_on_roll", f"names {term.contestant}, who is not on the roll of {term.contest}"
    return None


def _alike(roll: Roll, named: Mapping[str, list[Named]]) -> Iterator[Finding]:
    """Everybody in the same ways, and in about as many spellings."""
    place = f"roll {roll.contest}"
    ids = tuple(dict.fromkeys(contestant.id for contestant in roll.contestants))
    if missing := [one for one in ids if one not in named]:
        yield _error(
            "contestants_unequal", place, f"no list covers {', '.join(missing)}, but {', '.join(sorted(named))} {_is(named)} covered"
        )
    ways = {one: _ways(named[one], _names(named[one], roll, one)) for one in ids if one in named}
    every = set().union(*ways.values())
    for one, own in ways.items():
        for list_id in sorted({way[0] for way in every - own}):
            others = [other for other in ways if {way for way in ways[other] if way[0] == list_id} - own]
            message = f"{one} is not covered there as {', '.join(others)} {_is(others)}: list, match, hashtag, near, unless, layers, season and slot"
            yield _error("contestants_unequal", list_id, message)
    yield from _spellings(named)


def _is(several: Sequence[str] | Mapping[str, object]) -> str:
    return "is" if len(several) == 1 else "are"


def _ways(terms: Sequence[Named], names: frozenset[str]) -> set[Way]:
    found: set[Way] = set()
    for keywords, term in terms:
        near, unless = (frozenset(OWN_NAME if _key(word) in names else _key(word) for word in words) for words in (term.near, term.unless))
        for is_tag in {text.startswith(HASH) for text in term.spellings()}:
            found.add((keywords.id, term.match, is_tag, term.barred(), near, unless, term.season_only, term.slot))
    return found


def _names(terms: Sequence[Named], roll: Roll, contestant: str) -> frozenset[str]:
    """Everything that is the contestant's name: on the roll, in the terms, and each word of those."""
    written = [name for one in roll.contestants if one.id == contestant for name in one.names.values()]
    written += [text for _, term in terms for text in term.spellings()]
    return frozenset(key for text in written for key in (_key(text), *tokenise(text)))


def _key(text: str) -> str:
    """Words as the matcher compares them; `@context` and `@year` as they are."""
    return text if text.startswith("@") else "".join(tokenise(text))


def _spellings(named: Mapping[str, list[Named]]) -> Iterator[Finding]:
    counts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for contestant, terms in named.items():
        for keywords, term in terms:
            counts[keywords.id][contestant].update(map(_key, term.spellings()))
    for list_id, found in counts.items():
        (few, fewest), *_, (many, most) = sorted(((one, len(keys)) for one, keys in found.items()), key=lambda one: one[1]) * 2
        if most > MOST_TIMES * fewest:
            message = f"{many} has {most} spellings, {few} only {fewest}"
            yield Finding(Severity.WARNING, "spellings_unequal", list_id, message)


def _silenced(roll: Roll, named: Mapping[str, list[Named]], lists: Sequence[KeywordList]) -> Iterator[Finding]:
    """A list that blocks or vetoes some of them and not others."""
    keys = {one: {_key(text) for _, term in terms for text in term.spellings()} for one, terms in named.items()}
    for keywords in lists:
        shut = {_key(text) for text in (*keywords.blocked, *keywords.unless)}
        silenced = [one for one, own in keys.items() if not shut.isdisjoint(own)]
        if silenced and len(silenced) < len(keys):
            message = f"it blocks or vetoes {', '.join(silenced)} of {roll.contest}, and not the others"
            yield _error("contestants_unequal", keywords.id, message)


def _untagged(release: Release) -> Iterator[Finding]:
    names = {_key(name): roll.contest for roll in release.rolls for one in roll.contestants for name in one.names.values()}
    for keywords in release.lists:
        for term in keywords.terms:
            if term.contest is None and (contest := next((names[key] for key in map(_key, term.spellings()) if key in names), None)):
                yield _error("contestant_untagged", keywords.id, f"“{term.text}” stands on the roll of {contest}")
