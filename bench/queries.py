"""Seeded searches about a made term set, each with the term it means or none; 70 % mean nothing, and some of those nearly do."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from bench.edits import ONE_FROM, TWO_FROM, edit, limit, misspell
from bench.folding import key
from bench.words import LATIN, OTHERS, SPACELESS, existing, for_others, for_terms
from keywords.lists import KeywordList

SHORTEST_TAG = 8
"""Letters of a phrase before it is also asked for as one run-together hashtag."""
LONGEST_WINDOW = 6


@dataclass(frozen=True, slots=True)
class Query:
    """A search, what kind of test it is, and the text of the term it means."""

    kind: str
    language: str
    text: str
    truth: str | None


class Asker:
    """Makes searches about the lists' terms."""

    def __init__(self, lists: Sequence[KeywordList], seed: int = 2) -> None:
        self.random = Random(seed)
        self.by_language = {keywords.language: [term.text for term in keywords.terms] for keywords in lists}
        self.keys = {key.__wrapped__(text) for texts in self.by_language.values() for text in texts}
        self.makers: dict[str, Callable[[str], Query | None]] = {
            "none": self.nothing,
            "near": self.nearly,
            "exact": self.exact,
            "hashtag": self.hashtag,
            "joined": self.joined,
            "spaceless": self.spaceless,
            "one_edit": lambda language: self.edited(language, 1),
            "two_edits": lambda language: self.edited(language, 2),
        }

    def queries(self, count: int) -> list[Query]:
        """`count` different searches: 55 % nothing, 15 % nearly something, 20 % exact in four ways, 10 % with edits."""
        weights = {"none": 55, "near": 15, "exact": 11, "hashtag": 4, "joined": 3, "spaceless": 2, "one_edit": 6, "two_edits": 4}
        return self._made(random_kinds(self.random, weights), count)

    def only(self, kind: str, count: int) -> list[Query]:
        """`count` different searches of one kind."""
        return self._made(lambda: kind, count)

    def _made(self, next_kind: Callable[[], str], count: int) -> list[Query]:
        found: dict[str, Query] = {}
        while len(found) < count:
            kind = next_kind()
            query = None
            while query is None:
                query = self.makers[kind](self.language(kind))
            found[query.text] = query
        return list(found.values())

    def language(self, kind: str) -> str:
        """As the terms are spread, within what the kind allows."""
        if kind == "spaceless":
            return self.random.choice(sorted(SPACELESS & self.by_language.keys()))
        while True:
            language = self.random.choice(LATIN if self.random.random() < 0.7 else OTHERS)
            if language in self.by_language and (language not in SPACELESS or kind in {"none", "hashtag"}):
                return language

    def term(self, language: str, fits: Callable[[str], bool]) -> str:
        """A term of the language that fits."""
        while True:
            text = self.random.choice(self.by_language[language])
            if fits(text):
                return text

    def phrase(self, language: str) -> str:
        """A term that is no hashtag."""
        return self.term(language, lambda text: text[0] != "#")

    def others(self, language: str, most: int) -> list[str]:
        """Up to `most` words that stand in no term."""
        return [self.random.choice(for_others(language)) for _ in range(self.random.randint(0, most))]

    def framed(self, language: str, middle: str) -> str:
        """The middle with other words around it, half of the time."""
        if self.random.random() < 0.5:
            return middle
        space = "" if language in SPACELESS else " "
        return space.join([*self.others(language, 2), middle, *self.others(language, 2)])

    def exact(self, language: str) -> Query:
        text = self.phrase(language)
        typed = text.title() if self.random.random() < 0.2 else text
        return Query("exact", language, self.framed(language, typed), text)

    def spaceless(self, language: str) -> Query:
        text = self.phrase(language)
        return Query("spaceless", language, self.framed(language, text), text)

    def hashtag(self, language: str) -> Query:
        text = self.term(language, lambda text: text[0] == "#")
        typed = text.lower() if self.random.random() < 0.5 else text
        return Query("hashtag", language, " ".join([*self.others(language, 3), typed]), text)

    def joined(self, language: str) -> Query:
        text = self.term(language, lambda text: text[0] != "#" and " " in text and len(text) - text.count(" ") >= SHORTEST_TAG)
        words = text.split()
        typed = "".join(word.capitalize() for word in words) if self.random.random() < 0.5 else "".join(words)
        return Query("joined", language, " ".join([*self.others(language, 3), f"#{typed}"]), text)

    def edited(self, language: str, edits: int) -> Query | None:
        """A term with one edit in one word, or two in one long word or in two words."""
        text = self.phrase(language)
        words = text.split()
        fitting = [at for at, word in enumerate(words) if limit(word) >= 1]
        long = [at for at in fitting if limit(words[at]) == 2]
        if edits == 1 and fitting:
            plan = {self.random.choice(fitting): 1}
        elif edits == 2 and long and (len(fitting) == 1 or self.random.random() < 0.5):
            plan = {self.random.choice(long): 2}
        elif edits == 2 and len(fitting) > 1:
            plan = dict.fromkeys(self.random.sample(fitting, 2), 1)
        else:
            return None
        for at, number in plan.items():
            made = misspell(words[at], language, self.random, number)
            if made is None:
                return None
            words[at] = made
        return Query("one_edit" if edits == 1 else "two_edits", language, self.framed(language, " ".join(words)), text)

    def nothing(self, language: str) -> Query | None:
        """Words that stand in no term."""
        space = "" if language in SPACELESS else " "
        text = space.join([self.random.choice(for_others(language)), *self.others(language, 5)])
        return Query("none", language, text, None) if self._is_free(text) else None

    def nearly(self, language: str) -> Query | None:
        """A term spoilt so that the rule refuses it: a real word one edit away, a short word edited, too many edits, another word."""
        words = self.phrase(language).split()
        at = self.random.randrange(len(words))
        word, made = words[at], None
        way = self.random.randrange(4)
        if way == 0:
            made = self.random.choice(neighbours(language).get(word, ("",)))
        elif way == 1 and len(word) < ONE_FROM:
            made = edit(word, language, self.random)
        elif way == 2 and len(word) >= ONE_FROM:
            made = misspell(word, language, self.random, 2 if len(word) < TWO_FROM else 3)
        elif len(words) > 1:
            made = self.random.choice(for_others(language))
        if not made:
            return None
        words[at] = made
        text = " ".join(words)
        return Query("near", language, text, None) if self._is_free(text) else None

    def _is_free(self, text: str) -> bool:
        """Whether no run of its words, or of its letters where there are no spaces, is a term."""
        words = text.split()
        if len(words) == 1 and not words[0].isascii():
            letters = words[0]
            return not any(letters[a:b] in self.keys for a in range(len(letters)) for b in range(a + 1, min(a + 40, len(letters)) + 1))
        spans = ((a, b) for a in range(len(words)) for b in range(a + 1, min(a + LONGEST_WINDOW, len(words)) + 1))
        return not any(key("".join(words[a:b])) in self.keys for a, b in spans)


def random_kinds(random: Random, weights: dict[str, int]) -> Callable[[], str]:
    """Draws a kind by weight."""
    kinds = list(weights)
    return lambda: random.choices(kinds, list(weights.values()))[0]


@cache
def neighbours(language: str) -> dict[str, tuple[str, ...]]:
    """Words that terms are made of → existing words one letter away."""
    by_rest: dict[str, list[str]] = defaultdict(list)
    for word in for_others(language):
        if len(word) >= ONE_FROM and word in existing():
            for at in range(len(word)):
                by_rest[f"{word[:at]}_{word[at + 1 :]}"].append(word)
    found: dict[str, tuple[str, ...]] = {}
    for word in for_terms(language):
        near = {other for at in range(len(word)) for other in by_rest.get(f"{word[:at]}_{word[at + 1 :]}", ())}
        if near:
            found[word] = tuple(sorted(near))
    return found
