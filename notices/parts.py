"""A signed release in many small parts and put together again, so that it can be handed over bit by bit; not how it travels."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any, Final

from keywords.lists import KeywordList
from notices.release import Release
from notices.signing import Signature, SignedRelease

VALUES_A_PART: Final = 25
WORDS_A_PART: Final = 2_000


@dataclass(frozen=True, slots=True)
class Head:
    """What comes first: the release without anything of which there are many, its digest and signatures."""

    release: Release
    digest: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Some more values of a field: of the release, of its real words, or the terms of the list that came last."""

    field: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Instead of a release: the code of its error and the sentence."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Done:
    """That all parts were there."""


Message = Head | Part | Refused | Done


TERMS: Final = "terms"
LARGE: Final = frozenset({"notices", "elections"})
"""Fields whose values are large by themselves: a notice holds its words in all languages."""
_WORDS: Final = ("common", "rare")
_PLURAL: Final = tuple(field.name for field in fields(Release) if str(field.type).startswith("tuple["))


def take_apart(signed: SignedRelease) -> Iterator[Head | Part]:
    """The head and then all parts, in the order in which they are to be put together."""
    release = signed.release
    nothing: dict[str, Any] = dict.fromkeys(_PLURAL, ())
    bare = replace(release, **nothing, real_words=replace(release.real_words, common=(), rare=()))
    yield Head(bare, signed.digest, signed.signatures)
    for name in _PLURAL:
        if name != "lists":
            yield from _parts(name, getattr(release, name), 1 if name in LARGE else VALUES_A_PART)
    for name in _WORDS:
        yield from _parts(name, getattr(release.real_words, name), WORDS_A_PART)
    for keywords in release.lists:
        yield Part("lists", (replace(keywords, terms=()),))
        yield from _parts(TERMS, keywords.terms, VALUES_A_PART)


def _parts(name: str, values: tuple[Any, ...], size: int) -> Iterator[Part]:
    remaining = iter(values)
    while some := tuple(islice(remaining, size)):
        yield Part(name, some)


class Assembly:
    """Puts a release together again."""

    def __init__(self, head: Head) -> None:
        """Begin with the head."""
        self._head = head
        self._values: dict[str, list[Any]] = {name: [] for name in (*_PLURAL, *_WORDS)}
        self._terms: list[list[Any]] = []

    def add(self, part: Part) -> None:
        """Add the next part."""
        if part.field == TERMS:
            self._terms[-1].extend(part.values)
            return
        self._values[part.field].extend(part.values)
        if part.field == "lists":
            self._terms.extend([] for _ in part.values)

    def whole(self) -> Iterator[SignedRelease | None]:
        """The release, once every part is there, in steps: None after each, at last the release."""
        lists: list[KeywordList] = []
        for keywords, terms in zip(self._values["lists"], self._terms, strict=True):
            lists.append(replace(keywords, terms=tuple(terms)))
            yield None
        found: dict[str, Any] = {name: tuple(self._values[name]) for name in _PLURAL} | {"lists": tuple(lists)}
        yield None
        common, rare = (tuple(self._values[name]) for name in _WORDS)
        yield None
        words = replace(self._head.release.real_words, common=common, rare=rare)
        yield SignedRelease(replace(self._head.release, **found, real_words=words), self._head.digest, self._head.signatures)
