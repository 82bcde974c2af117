"""Where real words come from: word lists of two libraries, CLDR's names, the lists' own samples. Which matter is keywords.neighbours'."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import wordfreq
from babel import Locale
from babel.localedata import locale_identifiers
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from keywords.candidates import Lexicon
from keywords.index import build_index
from keywords.lists import MANY_LANGUAGES, KeywordList, RealWords
from keywords.neighbours import COMMON, EVERYWHERE, Known, real_words
from keywords.tokens import tokenise

ZIPF_OF_EVERY_WORD = 9.0
CENTIBELS = 100
SERBO_CROATIAN = ("bs", "hr", "sr-Latn")
VARIETIES = {"sh": SERBO_CROATIAN, "nb": ("nb", "nn", "no")}
"""Languages of lists that one of wordfreq's covers."""
AMID_ALL = "en"
"""The language whose words stand amid those of every other one."""
FULL_FORMS = "bg cy da el et fa ga gl hi hu hy id is ka lb lt lv ml ms nn ro sk sl sq sw tl tr".split()
"""Languages of simplemma that wordfreq lacks or knows few words of."""
ONCE_SEEN = 1.5
"""A Zipf frequency for words that are in a dictionary, however rare."""


def languages() -> tuple[str, ...]:
    """The languages whose words are looked through."""
    return tuple(sorted({*wordfreq.available_languages("best"), *SERBO_CROATIAN, *FULL_FORMS}))


def frequencies() -> Iterator[Known]:
    """Each word of each language with its Zipf frequency (wordfreq, R. Speer; data CC BY-SA 4.0)."""
    for language in sorted(wordfreq.available_languages("best")):
        spoken_in = EVERYWHERE if language == AMID_ALL else language
        for centibels, words in enumerate(wordfreq.get_frequency_list(language, "best")):
            for word in words:
                yield word, ZIPF_OF_EVERY_WORD - centibels / CENTIBELS, spoken_in


def full_forms() -> Iterator[Known]:
    """Every inflected form that simplemma's dictionaries hold (A. Barbaresi; MIT, data from Wiktionary and Universal Dependencies)."""
    factory = DefaultDictionaryFactory(cache_max_size=1)
    for language in FULL_FORMS:
        for word in factory.get_dictionary(language):
            yield word, ONCE_SEEN, language


def names() -> Iterator[str]:
    """Names of places, languages, currencies, months and days in every language of CLDR."""
    for identifier in locale_identifiers():
        locale = Locale.parse(identifier)
        for table in (locale.territories, locale.languages, locale.currencies):
            yield from map(str, table.values())
        for widths in (*locale.months.values(), *locale.days.values()):
            for table in widths.values():
                yield from map(str, table.values())


def samples(lists: Iterable[KeywordList]) -> Iterator[str]:
    """What the lists must stay silent on: whoever curates adds a real word here."""
    return (sample for keywords in lists for sample in keywords.must_not_match)


def neighbours_of(lists: Sequence[KeywordList]) -> RealWords:
    """The real words near those of the lists; takes some minutes."""
    spoken = dict.fromkeys(word for text in chain(names(), samples(lists)) for word in tokenise(text))
    known = chain(((word, COMMON, EVERYWHERE) for word in spoken), frequencies(), full_forms())
    return real_words(build_index(lists).lexicon, known, languages(), own_words(lists))


def own_words(lists: Sequence[KeywordList]) -> dict[str, tuple[Lexicon, ...]]:
    """The curated words of each language that the sources have, by themselves, with those that count in every language."""
    by_language: dict[str, list[KeywordList]] = defaultdict(list)
    for keywords in lists:
        by_language[keywords.language].append(keywords)
    curated = {language: build_index(some).lexicon for language, some in by_language.items()}
    named = {language: {language, language.partition("-")[0]} for language in curated}
    meant = {source: {source, *VARIETIES.get(source, ()), MANY_LANGUAGES} for source in languages()}
    return {
        source: tuple(curated[language] for language, names in named.items() if not names.isdisjoint(wanted))
        for source, wanted in meant.items()
    }
