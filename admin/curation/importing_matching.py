"""Which documents of a file are which of those that are there: terms by their words, others by their id; what then differs is in importing."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from notices.documents import Document, canonical_bytes
from review.assembly import FIELDS, NAMED_BY
from review.pieces import REPEATED, Key, Kind, term_id

Bodies = Mapping[Key, Document]


def placed_terms(list_id: str, terms: Sequence[Document], there: Bodies) -> Iterator[tuple[Key, Document]]:
    """Each term under the id of the one that is there with the same text and match, in their order where words are repeated, else a new one.

    `there` holds the list's terms.
    """
    known = {key.id.rpartition("/")[2]: body for key, body in there.items()}
    for inner, body in zip(_placed(terms, known, _words, term_id), terms, strict=True):
        yield Key(Kind.TERM, f"{list_id}/{inner}"), body


def placed(kind: Kind, bodies: Sequence[Document], there: Bodies) -> Iterator[tuple[Key, Document]]:
    """The same for documents that are whole values of one field of a release, of which some regions have several."""

    def name_of(body: Document) -> str:
        return "/".join(str(body[name]) for name in NAMED_BY.get(kind, ("region",)))

    known = {key.id: body for key, body in there.items() if key.kind is kind}
    for known_as, body in zip(_placed(bodies, known, name_of, name_of), bodies, strict=True):
        yield Key(kind, known_as), body


PLACED = frozenset(FIELDS)
"""The kinds that `placed` is for."""


def joined(there: Document, told: Document) -> Document:
    """What is there with what a file tells of it: lists grow, what the file does not say stays."""
    found = dict(there)
    for name, value in told.items():
        before = there.get(name)
        found[name] = list(dict.fromkeys((*before, *value))) if isinstance(before, list) and isinstance(value, list) else value
    return found


def _words(term: Document) -> Hashable:
    return term.get("text", ""), term.get("match", "phrase")


def _placed(
    wanted: Sequence[Document],
    there: Mapping[str, Document],
    alike: Callable[[Document], Hashable],
    name_of: Callable[[Document], str],
) -> list[str]:
    """An id for each: that of the very same document, else by order of one that is alike, else a new one."""
    free: dict[Hashable, list[str]] = defaultdict(list)
    for known_as in sorted(there, key=_by_number):
        free[alike(there[known_as])].append(known_as)
    asking: dict[Hashable, list[int]] = defaultdict(list)
    for place, body in enumerate(wanted):
        asking[alike(body)].append(place)
    ids: dict[int, str] = {}
    for mark, places in asking.items():
        ids |= _given(wanted, there, places, free.get(mark, []))
    taken, numbers = set(there), dict[str, int]()
    return [ids[place] if place in ids else _new(name_of(body), taken, numbers) for place, body in enumerate(wanted)]


def _given(wanted: Sequence[Document], there: Mapping[str, Document], places: list[int], known: list[str]) -> dict[int, str]:
    """Which of those that are alike gets which id, by place."""
    found: dict[int, str] = {}
    if max(len(places), len(known)) > 1:
        same: dict[bytes, list[str]] = defaultdict(list)
        for known_as in reversed(known):
            same[canonical_bytes(there[known_as])].append(known_as)
        found = {place: left.pop() for place in places if (left := same.get(canonical_bytes(wanted[place])))}
    used = frozenset(found.values())
    rest = (known_as for known_as in known if known_as not in used)
    return found | dict(zip((place for place in places if place not in found), rest, strict=False))


def _new(name: str, taken: set[str], numbers: dict[str, int]) -> str:
    """The name, or the first numbered one that is free; `numbers` are those reached so far."""
    number = numbers.get(name, 1)
    while (found := name if number == 1 else f"{name}{REPEATED}{number}") in taken:
        number += 1
    numbers[name] = number
    taken.add(found)
    return found


def _by_number(known_as: str) -> tuple[str, int]:
    """`x~10` behind `x~9`."""
    name, _, number = known_as.partition(REPEATED)
    return name, int(number) if number.isascii() and number.isdecimal() else 0
