"""Our engine as the speed benchmark drives it, its caches cold or warm; the peers' own ways are in peers."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.words import existing
from keywords.index import build_index
from keywords.lists import KeywordList, RealWords
from keywords.matcher import Findings, Texts, find
from keywords.neighbours import COMMON, EVERYWHERE, fingerprint, real_words

REGIONS = ("001",)
ROOM = "keywords"
KEPT = Path(__file__).parents[1] / "var" / "bench"


def known_words(lists: Sequence[KeywordList]) -> RealWords:
    """What a release keeps beside its lists: the existing words near their words. No language is held to be unknown.

    Kept under `var/bench`, for the lists' fingerprint, since finding them takes a while.
    """
    lexicon = build_index(lists).lexicon
    kept = KEPT / f"known-{fingerprint(lexicon)}.txt"
    if kept.exists():
        return RealWords(tuple(kept.read_text(encoding="utf-8").split()))
    found = real_words(lexicon, ((word, COMMON, EVERYWHERE) for word in sorted(existing())), ())
    KEPT.mkdir(parents=True, exist_ok=True)
    kept.write_text("\n".join(found.common), encoding="utf-8")
    return RealWords(found.common)


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
