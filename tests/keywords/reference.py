"""The slow, obvious matcher: for every term, look for its words everywhere in the text, one after the other. The fast one must agree.

It knows the layers exact, joined and near. It knows no affixes, no accents that tell terms apart and no disguises; texts and lists that
are compared have none. Of keywords/ it uses what says where words begin and end, and the numbers and languages of the documented rules.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from rapidfuzz.distance import OSA

from keywords.folding import without_tones
from keywords.fuzzy import spelt
from keywords.hashtags import take_apart
from keywords.index import BORROWED
from keywords.lists import (
    CONTEXT,
    FAMILIAR,
    MANY_LANGUAGES,
    NEAR_SIGNS,
    PLACE,
    YEAR,
    KeywordList,
    Layer,
    Layers,
    MatchKind,
    RealWords,
    Term,
)
from keywords.matcher import Texts
from keywords.tokens import ends_cleanly, is_spaceless, is_year, split_tags, tag_words, tokenise, without_links

Words = tuple[str, ...]
Answer = tuple[str, str, MatchKind, Layer, int]


class Stretch(NamedTuple):
    """Words of one field; a tag is read whole."""

    words: Words
    is_tag: bool = False
    is_post: bool = False


class Sighting(NamedTuple):
    """Where a spelling stands, how surely, and whether nothing but years stands beside it."""

    layer: Layer
    edits: int
    fills: bool = False
    fills_but_for_years: bool = False

    def cost(self) -> tuple[int, int]:
        return self.layer.rank, self.edits


class Reference:
    """The curated words of some lists, and the questions that may be asked about a search."""

    def __init__(self, lists: Sequence[KeywordList], names: Collection[str], real: RealWords) -> None:
        self.lists = lists
        self.real = {*real.common, *real.rare}
        self.common = set(real.common)
        self.names = {word for name in names for word in (*tokenise(name), "".join(tokenise(name)))}
        self.places = {"".join(tokenise(name)) for name in names}
        self.spellings: list[Words] = []
        self.words: set[str] = set()
        self.mistypable: set[str] = set()
        self.phrases: set[str] = set()
        self.joinable: set[str] = set()
        self.beginnings: list[str] = []
        self.asked: dict[str, list[tuple[str, int, bool]]] = {}
        for keywords in lists:
            self._curate(keywords.context, mistypable=True)
            self._curate(keywords.unless, mistypable=False)
            for term in keywords.terms:
                self._curate([word for word in term.near if word not in NEAR_SIGNS], mistypable=True)
                self._curate(term.unless, mistypable=False)
                self._curate_term(term)

    def _curate(self, texts: Collection[str], *, mistypable: bool) -> None:
        for text in texts:
            self.spellings.append(tokenise(text))
            self.words.update(tokenise(text))
            if mistypable:
                self.mistypable.update(word for word in tokenise(text) if not is_spaceless(word))

    def _curate_term(self, term: Term) -> None:
        for text in term.spellings():
            words = tokenise(text)
            if text.startswith("#"):
                self.spellings.append(("".join(words),))
                if term.typos is not Layers.OFF:
                    self.mistypable.add("".join(words))
                continue
            self.words.update(words)
            self.beginnings += ["".join(words)] if term.match is MatchKind.PREFIX else []
            self.spellings += [(word,) for word in words] if term.match is MatchKind.ALL else [words]
            if any(map(is_spaceless, words)):
                if len(words) == 1 and _may_slip(without_tones(words[0])) and term.typos is not Layers.OFF:
                    self.mistypable.add(words[0])
                continue
            if term.match is MatchKind.PREFIX:
                continue
            self.joinable.update(words)
            if term.typos is not Layers.OFF:
                self.mistypable.update(words)
                if len(words) > 1:
                    self.phrases.add("".join(words))

    def keys(self) -> set[str]:
        return {"".join(words) for words in self.spellings}

    # What a text is

    def stretches(self, texts: Texts) -> Iterator[Stretch]:
        for text, is_post in ((texts.query, False), (texts.text, True)):
            rest, tags = split_tags(without_links(text))
            yield Stretch(tokenise(rest), is_post=is_post)
            yield from (self.tag(body) for body, _ in tags)
        yield from (self.tag(tag.lstrip("#")) for tag in texts.hashtags)

    def tag(self, body: str) -> Stretch:
        words: list[str] = []
        for token in tag_words(body):
            known = self.words | self.names
            whole = token in known or token in self.keys() or token.isdecimal() or is_spaceless(token)
            words += (token,) if whole else take_apart(known, (), token) or (token,)
        return Stretch(tuple(words), is_tag=True)

    # Where a spelling stands

    def sightings(self, spelling: Words, stretch: Stretch) -> Iterator[Sighting]:
        """Every place of a spelling in a stretch."""
        key, words = "".join(spelling), stretch.words
        yield from self._windows(spelling, words)
        yield from self._mistyped(spelling, words)
        yield from self._typed_as_one(spelling, words)
        if any(map(is_spaceless, spelling)):
            yield from self._substrings(key, words)
        if stretch.is_tag and words:
            yield from self._whole_tag(key, words)

    def _windows(self, spelling: Words, words: Words) -> Iterator[Sighting]:
        """The same letters: exact in as many words, joined when only the spaces differ and the letters are many."""
        key = "".join(spelling)
        for first, last in _windows(words, len(spelling) + 1):
            if "".join(words[first:last]) == key:
                if last - first == len(spelling):
                    yield self._placed(Layer.EXACT, 0, words, first, last)
                elif len(key) >= (4 if is_hangul(key) else 7) or is_spaceless(key):
                    yield self._placed(Layer.JOINED, 0, words, first, last)

    def _mistyped(self, spelling: Words, words: Words) -> Iterator[Sighting]:
        """Each word as it stands or as one it is near to, within what the key forgives; in phrases of seven letters and more."""
        key = "".join(spelling)
        for first, last in _windows(words, len(spelling)):
            readings = [((word, 0, False), *self.near(word)) for word in words[first:last]]
            for meant in product(*readings):
                edits = sum(cost for _, cost, _ in meant)
                if not 0 < edits <= allowed(key) or tuple(word for word, _, _ in meant) not in {spelling, (key,)}:
                    continue
                alone = last - first == 1
                if (alone and meant[0][2]) or (not alone and len(spelt(key)) >= 7):
                    yield self._placed(Layer.NEAR, edits, words, first, last)

    def near(self, word: str) -> list[tuple[str, int, bool]]:
        """The curated words it may be a typo of, with the edits and whether it may be one outside a phrase."""
        if word not in self.asked:
            self.asked[word] = self._near(word)
        return self.asked[word]

    def _near(self, word: str) -> list[tuple[str, int, bool]]:
        if word in self.words or word in self.common or word.isdecimal() or len(word) < 2:
            return []
        found = []
        for known in self.mistypable | self.phrases:
            is_phrase = known not in self.mistypable
            edits = 1 if is_syllable_slip(word, known) else OSA.distance(spelt(word), spelt(known))
            limit = 2 if len(known) >= 9 and not is_phrase and not is_hangul(known) else 1
            is_long_enough = len(spelt(known)) >= 10 if is_phrase else len(spelt(known)) >= (4 if is_hangul(known) else 3)
            if is_long_enough and is_hangul(word) is is_hangul(known) and 0 < edits <= limit:
                begins_otherwise = word[0] != known[0]
                is_short = (not allowed(known) and not re.search("[\u1100-\u11ff]", word)) or (
                    begins_otherwise and not known.isalpha() and sum(map(str.isalpha, known)) < 5
                )
                doubtful = word in self.real or is_short or (edits == 2 and begins_otherwise)
                if is_spaceless(known):
                    doubtful = not _is_slip(without_tones(word), without_tones(known))
                found.append((known, edits, not doubtful))
        return found

    def _typed_as_one(self, spelling: Words, words: Words) -> Iterator[Sighting]:
        """One word taken for two curated ones; the phrase reaches the joint, and is one of the two only where neither is short."""
        for at, word in enumerate(words):
            if word in self.words or word in self.real or len(word) < 7:
                continue
            cuts = (cut for cut in range(len(word) - 2, 1, -1) if {word[:cut], word[cut:]} <= self.joinable)
            cut = next(cuts, None)
            if cut is None:
                continue
            parted = (*words[:at], word[:cut], word[cut:], *words[at + 1 :])
            is_clear = len(word[:cut]) >= 4 and len(word[cut:]) >= 4 and len("".join(spelling)) >= 6
            for first, last in _windows(parted, len(spelling) + 1):
                touches = first <= at + 1 <= last and (is_clear or (first, last) not in {(at, at + 1), (at + 1, at + 2)})
                same = last - first == len(spelling) or len("".join(spelling)) >= 7
                if touches and same and "".join(parted[first:last]) == "".join(spelling):
                    yield self._placed(Layer.JOINED, 0, parted, first, last)

    def _substrings(self, key: str, words: Words) -> Iterator[Sighting]:
        """Anywhere in the letters of a script without spaces; without tone marks, or with a slip inside, it is a near miss."""
        text = "".join(words)
        for start in range(len(text)):
            if text.startswith(key, start) and ends_cleanly(text, start + len(key)):
                yield _beside(Layer.EXACT, 0, text[:start], text[start + len(key) :])
        bare, plain = without_tones(text), without_tones(key)
        for start in range(len(bare) if plain != key and len(plain) >= 5 else 0):
            if bare.startswith(plain, start) and ends_cleanly(bare, start + len(plain)):
                yield _beside(Layer.NEAR, 1, bare[:start], bare[start + len(plain) :])
        if _may_slip(plain):
            for start, end in combinations(range(len(bare) + 1), 2):
                typed = bare[start:end]
                is_inside = typed[:2] == plain[:2] and typed[-3:] == plain[-3:]
                if is_inside and _is_slip(typed, plain) and ends_cleanly(bare, end):
                    yield _beside(Layer.NEAR, 1, bare[:start], bare[end:])

    def _whole_tag(self, key: str, words: Words) -> Iterator[Sighting]:
        """The whole tag, with or without a year at either end, is the key or near it."""
        for whole in _wholes(words):
            if whole == key:
                yield Sighting(Layer.EXACT, 0, fills=True, fills_but_for_years=True)
            elif whole not in self.keys() and (len(words) > 1 or whole != words[0]):
                for known, edits, alone in self.near(whole):
                    if known == key and alone:
                        yield Sighting(Layer.NEAR, edits, fills=True, fills_but_for_years=True)

    def _placed(self, layer: Layer, edits: int, words: Words, first: int, last: int) -> Sighting:
        return _beside(layer, edits, "".join(words[:first]), "".join(words[last:]))

    # Which terms answer

    def answers(self, texts: Texts, regions: Collection[str], *, in_season: bool) -> set[Answer]:
        """Every term that answers, by its surest sighting."""
        stretches = list(self.stretches(texts))
        blocked = {text.casefold() for keywords in self.lists if keywords.region in regions for text in keywords.blocked}
        found = set()
        for keywords in self.lists:
            for term in keywords.terms if keywords.region in regions and not self._is_vetoed(stretches, regions) else ():
                surest = min(self._term_sightings(term, stretches), key=Sighting.cost, default=None)
                if surest is None or surest.layer in term.barred() or term.text.casefold() in blocked:
                    continue
                if (in_season or not term.season_only) and self._holds(term, keywords, stretches, regions):
                    found.add((keywords.id, term.text, term.match, surest.layer, surest.edits))
        return found

    def _is_vetoed(self, stretches: Sequence[Stretch], regions: Collection[str]) -> bool:
        everywhere = [keywords for keywords in self.lists if keywords.language == MANY_LANGUAGES and keywords.region in regions]
        return any(self._stands(word, stretches) for keywords in everywhere for word in keywords.unless)

    def _term_sightings(self, term: Term, stretches: Sequence[Stretch]) -> Iterator[Sighting]:
        barred = term.barred()
        for text in term.spellings():
            words = tokenise(text)
            if term.match is MatchKind.ALL and len(words) > 1:
                each = [self._surest((word,), stretches) for word in words]
                if all(each):
                    weakest = max((one for one in each if one), key=Sighting.cost)
                    yield Sighting(weakest.layer, sum(one.edits for one in each if one))
                continue
            for stretch in stretches:
                for sighting in self.sightings(words, stretch):
                    if sighting.layer not in barred and _may_answer(term, text, sighting, stretch):
                        yield sighting
                if term.match is MatchKind.PREFIX:
                    whole = _wholes(stretch.words) if stretch.is_tag and stretch.words else set()
                    yield from (Sighting(Layer.EXACT, 0) for word in {*stretch.words, *whole} if word.startswith("".join(words)))

    def _holds(self, term: Term, keywords: KeywordList, stretches: Sequence[Stretch], regions: Collection[str]) -> bool:
        """No veto, and the context where one is asked for."""
        elsewhere = self._vetoes_elsewhere(term, keywords, regions)
        if any(self._stands(word, stretches) for word in (*term.unless, *keywords.unless, *elsewhere)):
            return False
        if not term.near or (YEAR in term.near and any(is_year(word) for stretch in stretches for word in stretch.words)):
            return True
        if FAMILIAR in term.near and sum(map(self._is_stranger, stretches[0].words)) <= 1:
            return True
        if PLACE in term.near and any(self._is_about_a_place(term, stretch) for stretch in stretches):
            return True
        words = [word for word in term.near if word not in NEAR_SIGNS]
        return any(self._stands(word, stretches) for word in (*words, *(keywords.context if CONTEXT in term.near else ())))

    def _is_about_a_place(self, term: Term, stretch: Stretch) -> bool:
        """The term, and a place that leaves no stranger, two of which may be a name torn in two or mistyped."""
        words = stretch.words
        strangers = [at for at, word in enumerate(words) if self._is_stranger(word)]
        runs = [range(first, last) for first, last in _windows(words, 5) if {*range(first, last)} >= {*strangers}]
        names = {"".join(words[at] for at in run) for run in runs}
        misspelt = {"".join(words[at] for at in run) for run in runs if not {words[at] for at in run} <= self.words | self.names}
        slips = {slip for name in misspelt if 7 <= len(name) <= 24 for slip in _slips_of(name)}
        named = not stretch.is_post and len(words) <= 8 and len(strangers) <= 2 and not self.places.isdisjoint(names | slips)
        return named and next(self._term_sightings(term, [stretch]), None) is not None

    def _is_stranger(self, word: str) -> bool:
        """A word that no list and no name holds, nor is it a typo of one, two of them as one, or what a term begins with."""
        if len(word) < 3 or word.isdecimal() or is_spaceless(word) or word in self.words | self.names or self.near(word):
            return False
        if (word in self.keys() and len(spelt(word)) >= 7) or any(word.startswith(beginning) for beginning in self.beginnings):
            return False
        return word in self.real or len(word) < 7 or not any({word[:cut], word[cut:]} <= self.joinable for cut in range(2, len(word) - 1))

    def _vetoes_elsewhere(self, term: Term, keywords: KeywordList, regions: Collection[str]) -> Iterator[str]:
        """What vetoes the files of other languages that spell the term alike."""
        files = {
            (other.region, other.language)
            for other in self.lists
            if other.region in regions and other.language != keywords.language and {other.topic, keywords.topic} <= BORROWED
            for alike in other.terms
            if not _phrases(alike).isdisjoint(_phrases(term))
        }
        for other in self.lists:
            if (other.region, other.language) in files and other.language != MANY_LANGUAGES:
                yield from other.unless

    def _stands(self, text: str, stretches: Sequence[Stretch]) -> bool:
        return self._surest(tokenise(text), stretches) is not None

    def _surest(self, words: Words, stretches: Sequence[Stretch]) -> Sighting | None:
        return min((sighting for stretch in stretches for sighting in self.sightings(words, stretch)), key=Sighting.cost, default=None)


def _slips_of(name: str) -> Iterator[str]:
    """The name without a letter, or with two swapped."""
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]
        if at:
            yield name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]


def _may_slip(plain: str) -> bool:
    """Eight letters of Thai, Lao, Burmese or Khmer, without tone marks and numbers."""
    return len(plain) >= 8 and "\u0e00" <= plain[0] <= "\u17ff" and not re.search("[0-9]", plain)


def _is_slip(typed: str, plain: str) -> bool:
    """One letter missing, too many, swapped, or a wrong one that is neither of the first two nor of the last four."""
    wrong = [at for at, (a, b) in enumerate(zip(typed, plain, strict=False)) if a != b]
    is_wrong = len(typed) == len(plain) and len(wrong) == 1
    return OSA.distance(typed, plain) == 1 and not (is_wrong and not 2 <= wrong[0] < len(plain) - 4)


def is_syllable_slip(word: str, known: str) -> bool:
    """Whether a Hangul word has two syllables swapped, or one too few or too many: of four, inside only."""
    if not is_hangul(word) or not is_hangul(known) or word == known:
        return False
    if len(word) == len(known) >= 3:
        return any(word == known[:at] + known[at + 1] + known[at] + known[at + 2 :] for at in range(len(known) - 1))
    longer, shorter = (word, known) if len(word) > len(known) else (known, word)
    one_less = {longer[:at] + longer[at + 1 :] for at in range(len(longer))}
    at_edges = len(known) > 4 or (word[0] == known[0] and word[-1] == known[-1])
    return len(known) >= 4 and shorter in one_less and at_edges


def is_hangul(word: str) -> bool:
    return re.match("[\uac00-\ud7a3\u1100-\u11ff]", word) is not None


def allowed(key: str) -> int:
    """None under five letters, one from five, two from nine; in Hangul one from six keys."""
    if is_hangul(key):
        return int(len(spelt(key)) >= 6)
    return 0 if len(key) < 5 else 1 if len(key) < 9 else 2


def _phrases(term: Term) -> set[str]:
    """A term's spellings that are looked for as they stand, joined."""
    found = set()
    for text in term.spellings():
        words = tokenise(text)
        is_beginning = term.match is MatchKind.PREFIX and not is_spaceless(words[0])
        if not text.startswith("#") and not is_beginning and not (term.match is MatchKind.ALL and len(words) > 1):
            found.add("".join(words))
    return found


def _may_answer(term: Term, text: str, sighting: Sighting, stretch: Stretch) -> bool:
    if text.startswith("#"):
        return stretch.is_tag and sighting.fills_but_for_years
    if term.match is MatchKind.EXACT:
        return not stretch.is_post and sighting.fills
    return True


def _wholes(words: Words) -> set[str]:
    """A tag's letters, with and without a number at either end."""
    first, last = 0, len(words)
    if last > 1 and words[0].isdecimal():
        first = 1
    if last - first > 1 and words[-1].isdecimal():
        last -= 1
    return {"".join(words), "".join(words[first:last])}


def _beside(layer: Layer, edits: int, before: str, behind: str) -> Sighting:
    return Sighting(layer, edits, not before + behind, not before + behind or (before + behind).isdecimal())


def _windows(words: Words, longest: int) -> Iterator[tuple[int, int]]:
    return ((first, last) for first in range(len(words)) for last in range(first + 1, min(first + longest, len(words)) + 1))
