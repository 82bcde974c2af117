"""Making an index from keyword lists, step by step, so that a server can go on answering meanwhile; nothing here is used to search."""

from collections import Counter, defaultdict
from collections.abc import Container, Generator, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Final

from anyascii import anyascii

from keywords import fuzzy, substrings
from keywords.affixes import beginnings, paradigms
from keywords.candidates import IS_KEY, LONGEST_SPAN, MAY_JOIN, MORE, Lexicon, begin_key
from keywords.errors import InvalidTerm
from keywords.folding import is_accented
from keywords.keys import PAIR, TORN, Code, Key, Kind, Marks, encode, entry_of, kind_of
from keywords.lists import CONTEXT, FAMILIAR, MANY_LANGUAGES, NEAR_SIGNS, PLACE, YEAR, KeywordList, Layer, MatchKind, RealWords, Term
from keywords.postings import Entry, FileVetoes, Index, ListFacts
from keywords.slices import BATCH, Scratch, emptied, gathered, settled
from keywords.spellings import spellings, without_article
from keywords.tokens import is_spaceless, is_year, marks_of, tokenise

SHORTEST_STEM: Final = 4
"""Letters a `prefix` term needs."""
SHORTEST_ROMANISED: Final = 6
WITNESSES: Final = 2
"""Forms of a word that its lists must hold before the engine adds the others of their paradigm: the one with the most witnesses."""
_NO_NAMES: Final = ()
_TERMS: Final = 2
"""Terms between two steps."""

BORROWED: Final = frozenset({"voting", "registration", "results", "candidates", "election"})
"""Topics whose words other things borrow in every language: shows vote, classes elect. What vetoes those is a film or a post elsewhere."""

Affixed = dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
"""Stem, or tail → the words that have it, each with its group of endings, or beginnings."""


def build_index(lists: Iterable[KeywordList], place_names: Iterable[str] = _NO_NAMES, real_words: RealWords | None = None) -> Index:
    """Compile lists at once; raises InvalidTerm for a term that cannot be compiled. Arguments as for `build_steps`."""
    made = None
    for made in build_steps(lists, place_names, real_words):  # noqa: B007  the last one is what is asked for
        pass
    assert made is not None  # noqa: S101  the last step is the index
    return made


def build_steps(
    lists: Iterable[KeywordList], place_names: Iterable[str] = _NO_NAMES, real_words: RealWords | None = None
) -> Iterator[Index | None]:
    """Compile lists in steps of well under a millisecond: None after each, at last the index.

    `place_names` are what a hashtag may hold beside a term, and what `@place` waits for; `real_words` those that are never taken for typos.
    """
    known = real_words or RealWords()
    common = yield from gathered(known.common)
    rare = yield from gathered(known.rare)
    builder = _Builder(common, rare, frozenset(known.languages))
    for keywords in lists:
        yield from builder.add_list(keywords)
    yield from builder.add_names(place_names)
    yield from builder.build()


class _Builder:
    def __init__(self, common: Container[str], rare: Container[str], covered: frozenset[str]) -> None:
        self.common = common
        self.rare = rare
        self.entries: list[Entry] = []
        self.keys: dict[Key, Code | tuple[Code, ...]] = {}
        self.words: dict[str, int] = {}
        self.joined: list[Key] = []
        self.tags: list[Key] = []
        self.romanised: list[tuple[Key, Code]] = []
        self.spaceless: dict[Key, None] = {}
        self.any_order: dict[Key, list[tuple[int, frozenset[Key]]]] = defaultdict(list)
        self.vetoes: dict[str, set[Key]] = defaultdict(set)
        self.blocked: dict[str, set[str]] = defaultdict(set)
        self.names: set[str] = set()
        self.places: set[Key] = set()
        self.accented: dict[Key, dict[Marks, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.inflecting: dict[str, dict[str, None]] = defaultdict(dict)
        self.prefixes: set[str] = set()
        self.mistypable: dict[str, None] = {}
        self.covered = covered
        self.may_join: set[str] = set()
        self.unless: dict[tuple[str, str], frozenset[Key]] = {}
        self.unsure: set[str] = set()
        self.longest = 0

    def tokens(self, text: str) -> tuple[str, ...]:
        tokens = tokenise(text)
        if not tokens:
            raise InvalidTerm(f"Nothing is left of “{text}” after normalising.")
        return tokens

    def post(self, key: Key, code: Code) -> None:
        known = self.keys.get(key)
        if known is None:
            self.keys[key] = code
            self.longest = max(self.longest, len(key))
        elif isinstance(known, tuple):
            if code not in known:
                self.keys[key] = (*known, code)
        elif known != code:
            self.keys[key] = (known, code)

    def look_for(self, tokens: tuple[str, ...]) -> Key:
        """Make the scan look for these words side by side, and give their key."""
        key = "".join(tokens)
        if any(map(is_spaceless, tokens)):
            self.spaceless[key] = None
        count = len(tokens)
        first = tokens[0]
        if self.words.get(first, 0) < count:
            self.words[first] = min(count, LONGEST_SPAN)
        for token in tokens[1:]:
            self.words.setdefault(token, 1)
        if count > 2:
            self.post(first + tokens[1], PAIR)
        return key

    def probe(self, words: Iterable[str], language: str) -> frozenset[Key]:
        """Keys of context or veto words in every spelling."""
        found = set()
        for spelling in (other for word in words for other in spellings(word, language)):
            tokens = self.tokens(spelling)
            found.add(self.look_for(tokens))
            self.post("".join(tokens), encode(0, Kind.PROBE, len(tokens)))
        return frozenset(found)

    def context(self, words: Iterable[str], language: str) -> frozenset[Key]:
        """Keys of context words, which may be mistyped as a term's own words may."""
        plain = [word for word in words if word not in NEAR_SIGNS]
        tokens = dict.fromkeys(token for word in plain for token in tokenise(word) if not is_spaceless(token))
        self.mistypable.update(tokens)
        self.vouch(tokens, language)
        return self.probe(plain, language) | ({YEAR, FAMILIAR, PLACE} & set(words))

    def add_list(self, keywords: KeywordList) -> Iterator[None]:
        language = keywords.language
        context = self.context(keywords.context, language)
        yield
        unless = self.probe(keywords.unless, language)
        yield
        if language == MANY_LANGUAGES:
            self.vetoes[keywords.region] |= unless
            unless = frozenset()
        self.blocked[keywords.region].update(text.casefold() for text in keywords.blocked)
        facts = ListFacts(keywords.id, keywords.region, language, keywords.topic)
        file = keywords.region, language
        self.unless[file] = self.unless.get(file, frozenset()) | unless
        for number, term in enumerate(keywords.terms):
            self.add_term(facts, keywords.slot, term, context, unless)
            if number % _TERMS == 0:
                yield

    def add_term(self, facts: ListFacts, slot: str | None, term: Term, context: frozenset[Key], unless: frozenset[Key]) -> None:
        number, language = len(self.entries), facts.language
        near = self.context(term.near, language) if term.near else None
        if near is not None and CONTEXT in term.near:
            near |= context
        vetoes = unless | self.probe(term.unless, language) if term.unless else unless
        barred = term.barred()
        self.entries.append(Entry(facts, term.slot or slot, term, near, vetoes or None, barred))
        for text in dict.fromkeys(other for spelling in term.spellings() for other in spellings(spelling, language)):
            self.add_spelling(number, term, text, language, barred)

    def add_spelling(self, number: int, term: Term, text: str, language: str, barred: frozenset[Layer]) -> None:
        tokens = self.tokens(text)
        key, count = "".join(tokens), len(tokens)
        if not text.isascii() and is_accented(text):
            self.accented[key][marks_of(text)].add(number)
        if text.startswith(("#", "＃")):
            self.add_tag(number, key, count, language, barred)
        elif term.match is MatchKind.PREFIX and not is_spaceless(tokens[0]):
            self.add_beginning(number, text, key, tokens)
        else:
            if term.match is MatchKind.ALL and count > 1:
                self.add_any_order(number, text)
            else:
                key = self.add_words(number, term.match, tokens, barred)
            if not any(map(is_spaceless, tokens)):
                self.know(tokens, key, language, barred)
            elif len(tokens) == 1 and substrings.may_slip(key) and Layer.NEAR not in barred:
                self.mistypable[key] = None

    def add_tag(self, number: int, key: Key, count: int, language: str, barred: frozenset[Layer]) -> None:
        self.post(key, encode(number, Kind.TAG, count))
        self.vouch((key,), language)
        if Layer.NEAR not in barred and not is_spaceless(key):
            self.tags.append(key)

    def add_beginning(self, number: int, text: str, key: Key, tokens: tuple[str, ...]) -> None:
        if len(key) < SHORTEST_STEM:
            raise InvalidTerm(f"The word beginning “{text}” needs at least {SHORTEST_STEM} letters.")
        self.prefixes.add(key)
        self.post(begin_key(key), encode(number, Kind.BEGINNING, 1))
        self.post(self.look_for(tokens), encode(number, Kind.BEGINNING, len(tokens)))

    def add_any_order(self, number: int, text: str) -> None:
        keys = frozenset(self.look_for(self.tokens(word)) for word in text.split())
        for word in keys:
            self.post(word, encode(0, Kind.PROBE, 1))
        self.any_order[max(sorted(keys), key=len)].append((number, keys))

    def add_words(self, number: int, match: MatchKind, tokens: tuple[str, ...], barred: frozenset[Layer]) -> Key:
        """Post the words in their order; the key is given back, so that nobody keeps a second copy of it."""
        kind = Kind.EXACT if match is MatchKind.EXACT else Kind.PHRASE
        key = self.look_for(tokens)
        self.post(key, encode(number, kind, len(tokens)))
        for words in without_article(tokens):
            self.post(self.look_for(words), encode(number, kind, len(words)))
        if kind is Kind.PHRASE:
            self.romanise(tokens, number, barred)
        return key

    def know(self, tokens: tuple[str, ...], key: Key, language: str, barred: frozenset[Layer]) -> None:
        """Let the words of a term be inflected, mistyped and typed as one with others."""
        self.inflecting[language].update(dict.fromkeys(tokens))
        self.may_join.update(tokens)
        if Layer.NEAR not in barred:
            self.mistypable.update(dict.fromkeys(tokens))
            self.vouch(tokens, language)
            if len(tokens) > 1:
                self.joined.append(key)

    def vouch(self, words: Iterable[str], language: str) -> None:
        """Remember words of languages whose real words are not known; where no language's are, that is no reason for doubt."""
        if self.covered and not self.covers(language):
            self.unsure.update(words)

    def covers(self, language: str) -> bool:
        """Whether the real words of a language are known."""
        return language in self.covered or language.partition("-")[0] in self.covered

    def doubted(self) -> Generator[None, None, set[str]]:
        """Words of languages whose real words are not known, but for those that are terms' words in one whose are."""
        told = [words for language, words in self.inflecting.items() if self.covers(language)]
        doubted = set()
        for at, word in enumerate(self.unsure):
            if not any(word in words for words in told):
                doubted.add(word)
            if at % BATCH == 0:
                yield
        return doubted

    def romanise(self, tokens: tuple[str, ...], number: int, barred: frozenset[Layer]) -> None:
        """The words as people without the script's keyboard may type them; kept only where that is no word of its own."""
        if all(map(str.isascii, tokens)) or Layer.ROMANISED in barred:
            return
        latin = "".join(tokenise(anyascii(" ".join(tokens))))
        if len(latin) >= SHORTEST_ROMANISED and latin.isalpha():
            self.romanised.append((latin, encode(number, Kind.ROMANISED, len(tokens))))

    def add_names(self, names: Iterable[str]) -> Iterator[None]:
        for number, name in enumerate(names):
            tokens = tokenise(name)
            if tokens and not any(map(is_spaceless, tokens)):
                key = "".join(tokens)
                self.names.update(name for name in (*tokens, key) if not is_year(name))
                self.places.add(key)
            if number % BATCH == 0:
                yield

    def build(self) -> Iterator[Index | None]:
        for at, (latin, code) in enumerate(self.romanised):
            if latin not in self.keys and latin not in self.common and latin not in self.rare:
                self.post(latin, code)
                self.words.setdefault(latin, 1)
            if at % BATCH == 0:
                yield None
        stems, tails = yield from self.inflections()
        near = None
        for near in fuzzy.build(chain(self.mistypable, self.tags), self.joined):  # noqa: B007  the last one is the table
            yield None
        assert near is not None  # noqa: S101  the last step is the table
        yield from self.mark_torn()
        unsure = yield from self.doubted()
        lexicon = Lexicon(
            words=self.words,
            keys=self.keys,
            stems=stems,
            tails=tails,
            prefixes=frozenset(self.prefixes),
            prefix_lengths=tuple(sorted(set(map(len, self.prefixes)))),
            near=near,
            common=self.common,
            rare=self.rare,
            unsure=unsure,
        )
        for at, (word, span) in enumerate(self.words.items()):
            flags = (IS_KEY if lexicon.is_curated(word) else 0) + (MORE if lexicon.affixed(word) else 0)
            self.words[word] = span + flags + (MAY_JOIN if word in self.may_join else 0)
            if at % BATCH == 0:
                yield None
        numbers = defaultdict(set)
        if any(self.blocked.values()):
            for number, entry in enumerate(self.entries):
                numbers[entry.term.text.casefold()].add(number)
                if number % BATCH == 0:
                    yield None
        yield from self.share_vetoes()
        entries = tuple(self.entries)
        yield None
        found_inside = yield from substrings.build(self.spaceless)
        names = yield from gathered(self.names)
        places = yield from gathered(self.places)
        marked = yield from self.marked()
        index = Index(
            entries=entries,
            keys=self.keys,
            lexicon=lexicon,
            substrings=found_inside,
            any_order={key: tuple(found) for key, found in self.any_order.items()},
            vetoes={region: frozenset(keys) for region, keys in self.vetoes.items()},
            blocked={region: frozenset(n for text in texts for n in numbers[text]) for region, texts in self.blocked.items() if texts},
            names=names,
            places=places,
            marked=dict(marked),
            longest=self.longest,
        )
        yield None
        inflecting: list[Scratch] = list(self.inflecting.values())
        for scratch in (self.mistypable, self.joined, self.tags, self.accented, numbers, self.romanised, *inflecting):
            yield from emptied(scratch)
        yield index

    def share_vetoes(self) -> Iterator[None]:
        """Give terms that lists of several languages spell alike the vetoes of all of those files: an `élection` may be an `election`."""
        files: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for at, posted in enumerate(self.keys.values()):
            if isinstance(posted, tuple):
                numbers = [entry_of(code) for code in posted if kind_of(code) in {Kind.PHRASE, Kind.EXACT}]
                numbers = [number for number in numbers if self.entries[number].of.topic in BORROWED]
                alike = {(self.entries[number].of.region, self.entries[number].of.language) for number in numbers}
                if len(alike) > 1:
                    for number in numbers:
                        files[number] |= alike
            if at % BATCH == 0:
                yield
        for at, (number, alike) in enumerate(files.items()):
            entry = self.entries[number]
            others = (file for file in sorted(alike) if file[1] != entry.of.language and self.unless[file])
            self.entries[number] = replace(entry, elsewhere=tuple(FileVetoes(file[0], self.unless[file]) for file in others))
            if at % BATCH == 0:
                yield

    def mark_torn(self) -> Iterator[None]:
        """Make the first words of phrases keys, so that one look at two typed words tells whether they lead on as one."""
        for at, (word, span) in enumerate(self.words.items()):
            if span > 1:
                self.keys.setdefault(word, TORN)
            if at % BATCH == 0:
                yield

    def marked(self) -> Generator[None, None, dict[Key, tuple[tuple[Marks, frozenset[int]], ...]]]:
        """Keys that several spellings share but for their accents, with who spells them how."""
        made = {}
        for at, (key, spelt) in enumerate(self.accented.items()):
            posted = self.keys.get(key, ())
            numbers = {entry_of(code) for code in (posted if isinstance(posted, tuple) else (posted,)) if kind_of(code) != Kind.PROBE}
            if plain := numbers.difference(*spelt.values()):
                spelt["",] = plain
            if len(spelt) > 1:
                made[key] = tuple((marks if any(marks) else ("",) * len(key), frozenset(found)) for marks, found in spelt.items())
            if at % BATCH == 0:
                yield
        return made

    def inflections(self) -> Generator[None, None, tuple[Affixed, Affixed]]:
        """Stems of curated words with the endings and beginnings that may take the place of their own."""
        stems: dict[str, dict[tuple[str, tuple[str, ...]], None]] = defaultdict(dict)
        tails: dict[str, dict[tuple[str, tuple[str, ...]], None]] = defaultdict(dict)
        for language, words in self.inflecting.items():
            witnesses: Counter[tuple[str, tuple[str, ...]]] = Counter()
            for at, word in enumerate(words):
                witnesses.update(paradigms(word, language))
                for tail, group in beginnings(word, language):
                    tails[tail][word, group] = None
                if at % BATCH == 0:
                    yield
            for at, word in enumerate(words):
                stem, group = max(paradigms(word, language), key=witnesses.__getitem__, default=("", ()))
                if witnesses[stem, group] >= WITNESSES:
                    stems[stem][word, group] = None
                if at % BATCH == 0:
                    yield
        found_stems = yield from settled(stems, tuple)
        found_tails = yield from settled(tails, tuple)
        return found_stems, found_tails
