"""Peers that find terms as they are: a dictionary of token windows, two Aho-Corasick automata, FlashText."""

from collections.abc import Iterable

import ahocorasick
import ahocorasick_rs
from flashtext import KeywordProcessor

from bench.folding import plain, words
from bench.peers import LONGEST_WINDOW


def folded(spelling: str) -> str:
    """The words of a spelling as plain folding leaves them; a hashtag without its sign."""
    return " ".join(words(spelling))


class Windows:
    """Every run of up to six folded words looked up in one dictionary: plain whole-word search."""

    name = "plain dictionary"
    is_slow = False

    def __init__(self, spellings: Iterable[str]) -> None:
        self.terms = {folded(spelling): spelling for spelling in spellings}

    def find(self, text: str) -> list[str]:
        terms, tokens = self.terms, words(text)
        count = len(tokens)
        found: list[str] = []
        for first in range(count):
            window = tokens[first]
            if window in terms:
                found.append(terms[window])
            for last in range(first + 1, min(first + LONGEST_WINDOW, count)):
                window += " " + tokens[last]
                if window in terms:
                    found.append(terms[window])
        return found

    def close(self) -> None:
        """Nothing to let go."""


class Automaton:
    """pyahocorasick over folded text, as substrings."""

    name = "pyahocorasick"
    is_slow = False

    def __init__(self, spellings: Iterable[str]) -> None:
        self.made = ahocorasick.Automaton()
        for spelling in spellings:
            self.made.add_word(plain(spelling).lstrip("#"), spelling)
        self.made.make_automaton()

    def find(self, text: str) -> list[str]:
        return [spelling for _, spelling in self.made.iter(plain(text))]

    def close(self) -> None:
        """Nothing to let go."""


class RustAutomaton:
    """ahocorasick_rs over folded text, as substrings, all matches."""

    name = "ahocorasick_rs"
    is_slow = False

    def __init__(self, spellings: Iterable[str]) -> None:
        self.spellings = list(spellings)
        self.made = ahocorasick_rs.AhoCorasick([plain(spelling).lstrip("#") for spelling in self.spellings])

    def find(self, text: str) -> list[str]:
        return [self.spellings[found[0]] for found in self.made.find_matches_as_indexes(plain(text), overlapping=True)]

    def close(self) -> None:
        """Nothing to let go."""


class Flash:
    """FlashText over folded text, whole words as it sees them."""

    name = "FlashText"
    is_slow = False

    def __init__(self, spellings: Iterable[str]) -> None:
        self.made = KeywordProcessor(case_sensitive=True)
        for spelling in spellings:
            self.made.add_keyword(plain(spelling).lstrip("#"), spelling)

    def find(self, text: str) -> list[str]:
        return list(self.made.extract_keywords(plain(text)))

    def close(self) -> None:
        """Nothing to let go."""
