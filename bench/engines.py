"""Our engine as the speed benchmark drives it, its caches cold or warm; the peers' own ways are in peers."""

import gc
import sys
from collections.abc import Iterable

from keywords.index import build_index
from keywords.lists import KeywordList
from keywords.matcher import Findings, Texts, find

REGIONS = ("001",)
ROOM = "keywords"


class Signpost:
    """The matcher over one built index."""

    name = "signpost"

    def __init__(self, lists: Iterable[KeywordList]) -> None:
        self.index = build_index(lists)

    def find(self, text: str) -> Findings:
        return find(self.index, Texts(text), REGIONS, in_season=True)

    def forget(self) -> None:
        """Empty every cache that searches fill: the index's own and those of the room's functions."""
        if hasattr(self.index, "forget"):
            self.index.forget()
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] == ROOM:
                for value in vars(module).values():
                    if hasattr(value, "cache_clear"):
                        value.cache_clear()
        gc.collect()
