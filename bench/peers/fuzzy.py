"""Peers that forgive slips in memory: rapidfuzz over all terms, and SymSpell over windows of words."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process
from symspellpy import SymSpell, Verbosity

from bench.edits import ONE_FROM, TWO_FROM
from bench.folding import words
from bench.peers import windows
from bench.peers.exact import folded


class RapidFuzz:
    """`process.extract` with `ratio` over every term, one best, above a cut-off tuned on the development set."""

    name = "rapidfuzz process.extract"
    is_slow = True

    def __init__(self, spellings: Iterable[str], cutoff: float = 86) -> None:
        self.spellings = list(spellings)
        self.folded = [folded(spelling) for spelling in self.spellings]
        self.cutoff = cutoff

    def set_cutoff(self, cutoff: float) -> None:
        self.cutoff = cutoff

    def find(self, text: str) -> list[str]:
        found = process.extract(" ".join(words(text)), self.folded, scorer=fuzz.ratio, score_cutoff=self.cutoff, limit=1)
        return [self.spellings[at] for _, _, at in found]

    def close(self) -> None:
        """Nothing to let go."""


class Sym:
    """symspellpy: `lookup` of every window of up to six words, the closest term of each, one edit from 5 letters and two from 9."""

    name = "symspellpy lookup per window"
    is_slow = True

    def __init__(self, spellings: Iterable[str]) -> None:
        self.terms = {folded(spelling): spelling for spelling in spellings}
        self.made = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for term in self.terms:
            self.made.create_dictionary_entry(term, 1)

    def find(self, text: str) -> list[str]:
        answers: list[str] = []
        for window in windows(words(text)):
            edits = (len(window) >= ONE_FROM) + (len(window) >= TWO_FROM)
            answers.extend(self.terms[found.term] for found in self.made.lookup(window, Verbosity.TOP, max_edit_distance=edits))
        return answers

    def close(self) -> None:
        """Nothing to let go."""


class SymTwoEdits(Sym):
    """The same as its documentation shows it: all terms that are closest, two edits in windows of any length."""

    name = "symspellpy lookup per window, two edits"

    def find(self, text: str) -> list[str]:
        found = (self.made.lookup(window, Verbosity.CLOSEST, max_edit_distance=2) for window in windows(words(text)))
        return [self.terms[one.term] for each in found for one in each]


class SymCompound:
    """symspellpy: `lookup_compound` of the whole search over the terms' words, its answer then looked up as a term."""

    name = "symspellpy lookup_compound"
    is_slow = True

    def __init__(self, spellings: Iterable[str]) -> None:
        self.terms = {folded(spelling): spelling for spelling in spellings}
        self.made = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for term in self.terms:
            for word in term.split():
                self.made.create_dictionary_entry(word, 1)

    def find(self, text: str) -> list[str]:
        mended = self.made.lookup_compound(" ".join(words(text)), 2)[0].term
        return [self.terms[window] for window in windows(mended.split()) if window in self.terms]

    def close(self) -> None:
        """Nothing to let go."""
