"""Our engine as the speed benchmark drives it, its caches cold or warm; the peers' own ways are in peers."""

import gc
import sys
from collections.abc import Sequence

from bench.words import existing
from keywords.index import build_index
from keywords.lists import KeywordList, RealWords
from keywords.matcher import Findings, Texts, find
from keywords.neighbours import COMMON, real_words

REGIONS = ("001",)
ROOM = "keywords"


def known_words(lists: Sequence[KeywordList]) -> RealWords:
    """What a release keeps beside its lists: the existing words near their words. No language is held to be unknown."""
    return real_words(build_index(lists).lexicon, ((word, COMMON) for word in sorted(existing())), ())


class Signpost:
    """The matcher over one built index."""

    name = "signpost"

    def __init__(self, lists: Sequence[KeywordList]) -> None:
        self.index = build_index(lists, (), known_words(lists))

    def find(self, text: str) -> Findings:
        return find(self.index, Texts(text), REGIONS, in_season=True)

    def forget(self) -> None:
        """Empty every cache that searches fill: the index's own and those of the room's functions."""
        self.index.lexicon.forget()
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] == ROOM:
                for value in vars(module).values():
                    if hasattr(value, "cache_clear"):
                        value.cache_clear()
        gc.collect()
