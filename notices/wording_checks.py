"""What should hold for words themselves: script and language agree, nothing untranslated, plain text, lengths, direction; for notices and lists."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import langcodes
import regex

from keywords.known_checks import Finding, Severity
from keywords.lists import MANY_LANGUAGES, KeywordList
from notices.languages import direction
from notices.localise import NEUTRAL_LANGUAGE
from notices.notice import Notice, Wording, Words
from notices.release import Release

TITLE, BODY, LABEL = 60, 160, 30
"""Code points that a notice's words may have."""
OWN_SHARE: Final = 0.7
"""Share of a wording's letters that must be in its language's script: names and acronyms may be in another."""
_WRITTEN_WITH: Final = {
    "Hans": ("Han",),
    "Hant": ("Han",),
    "Jpan": ("Han", "Hiragana", "Katakana"),
    "Kore": ("Hangul", "Han"),
}
_NAMES: Final = {
    "Arab": "Arabic",
    "Armn": "Armenian",
    "Beng": "Bengali",
    "Cyrl": "Cyrillic",
    "Deva": "Devanagari",
    "Ethi": "Ethiopic",
    "Geor": "Georgian",
    "Grek": "Greek",
    "Gujr": "Gujarati",
    "Guru": "Gurmukhi",
    "Hebr": "Hebrew",
    "Khmr": "Khmer",
    "Knda": "Kannada",
    "Laoo": "Lao",
    "Latn": "Latin",
    "Mlym": "Malayalam",
    "Mymr": "Myanmar",
    "Orya": "Oriya",
    "Sinh": "Sinhala",
    "Taml": "Tamil",
    "Telu": "Telugu",
    "Thaa": "Thaana",
    "Thai": "Thai",
    "Tibt": "Tibetan",
}
_LETTER: Final = regex.compile(r"\p{L}")
_LOUD: Final = regex.compile(r"[!！¡<>{}\[\]*]|https?:")
_FOREIGN_EDGE: Final = regex.compile(r"^[A-Za-z0-9]|[A-Za-z0-9][)\].,:؟?]*$")
_MARK: Final = regex.compile(r"[\u200e\u200f\u2066-\u2069]")


def check_words(release: Release) -> Iterator[Finding]:
    """Every finding about wordings and the scripts of lists."""
    for notice in release.notices:
        for language, wording in notice.wordings.items():
            place = f"notice {notice.id} in {language}"
            for words in _all(wording):
                yield from _lengths(words, place)
                yield from _plain(words, language, place)
        yield from _untranslated(notice)
    for keywords in release.lists:
        yield from _list_script(keywords)


def _all(wording: Wording) -> tuple[Words, ...]:
    """The general words and those for phases."""
    return Words(wording.title, wording.body, wording.label), *wording.phases.values()


def _lengths(words: Words, place: str) -> Iterator[Finding]:
    for name, text, longest in (("title", words.title, TITLE), ("body", words.body, BODY), ("label", words.label, LABEL)):
        if not text.strip():
            yield Finding(Severity.ERROR, "empty_wording", place, f"the {name} is empty")
        elif len(text) > longest:
            yield Finding(Severity.ERROR, "wording_too_long", place, f"the {name} has {len(text)} code points; at most {longest}")


def _plain(words: Words, language: str, place: str) -> Iterator[Finding]:
    for text in (words.title, words.body, words.label):
        if found := _LOUD.search(text):
            yield Finding(Severity.ERROR, "not_plain", place, f"“{text}” holds “{found[0]}”: plain text, no exclamation, link or markup")
        if not _is_written_in(text, language):
            yield Finding(Severity.ERROR, "wrong_script", place, f"“{text}” is not in the script of the language")
        if direction(language) == "rtl" and _FOREIGN_EDGE.search(text) and not _MARK.search(text):
            yield Finding(Severity.WARNING, "direction_mark", place, f"“{text}” begins or ends with letters that run the other way")


def _untranslated(notice: Notice) -> Iterator[Finding]:
    """No wording repeats an English sentence."""
    english = notice.wordings.get(NEUTRAL_LANGUAGE)
    if english is None:
        return
    sentences = {text for words in _all(english) for text in (words.title, words.body, words.label)}
    for language, wording in notice.wordings.items():
        if language.partition("-")[0] != NEUTRAL_LANGUAGE:
            for words in _all(wording):
                if same := sentences.intersection((words.title, words.body, words.label)):
                    yield Finding(Severity.ERROR, "untranslated", f"notice {notice.id} in {language}", f"“{min(same)}” is English")


def _list_script(keywords: KeywordList) -> Iterator[Finding]:
    """Terms are in the language's script, or in Latin letters as people romanise them."""
    if keywords.language == MANY_LANGUAGES:
        return
    scripts = (*scripts_of(keywords.language), "Latin")
    for term in keywords.terms:
        for text in term.spellings():
            if _share(text, scripts) < OWN_SHARE:
                yield Finding(Severity.WARNING, "wrong_script", keywords.id, f"“{text}” is not in the script of the language")


def _is_written_in(text: str, language: str) -> bool:
    return _share(text, scripts_of(language)) >= OWN_SHARE


def _share(text: str, scripts: tuple[str, ...]) -> float:
    letters = _LETTER.findall(text)
    own = _letters_of(scripts)
    return sum(own.match(letter) is not None for letter in letters) / len(letters) if letters else 1.0


@lru_cache(maxsize=256)
def _letters_of(scripts: tuple[str, ...]) -> "regex.Pattern[str]":
    return regex.compile("[" + "".join(rf"\p{{Script={name}}}" for name in scripts) + r"\p{Script=Common}\p{Script=Inherited}]")


@lru_cache(maxsize=256)
def scripts_of(language: str) -> tuple[str, ...]:
    """Unicode's names of the scripts a language is written in, by CLDR's likely subtags."""
    code = langcodes.Language.get(language).maximize().script or "Latn"
    also = {"sr": ("Cyrillic", "Latin"), "uz": ("Cyrillic", "Latin"), "mn": ("Cyrillic",)}.get(language, ())
    return tuple(dict.fromkeys((*_WRITTEN_WITH.get(code, (_NAMES.get(code, "Latin"),)), *also)))
