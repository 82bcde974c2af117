"""Quality beside peers: the same starter lists run through each, on the same searches; our own tables are in quality."""

import sys
from collections.abc import Callable, Iterator, Sequence
from random import Random

from bench.peers import Peer
from bench.peers.databases import Fts5, Missing, PgTrgm
from bench.peers.exact import Automaton, Flash, Windows
from bench.peers.fuzzy import RapidFuzz, Sym
from bench.quality import FAMILIES, Report
from bench.samples import UNWANTED, WANTED, Row, Starter
from bench.tables import share, table
from keywords.lists import KeywordList, MatchKind

SAMPLE = 300
"""Changed searches of each family that peers are asked."""
CUTOFFS = {"rapidfuzz process.extract": (72, 80, 86, 92), "SQLite FTS5 trigram": (0.4, 0.5, 0.6), "PostgreSQL pg_trgm": (0.4, 0.5, 0.6)}
TUNING = 250

Maker = Callable[..., Peer]
PEERS: tuple[Maker, ...] = (Windows, Automaton, Flash, Sym, RapidFuzz, Fts5, PgTrgm)


def every_spelling(lists: Sequence[KeywordList]) -> list[str]:
    """All terms and forms, whatever conditions they have: peers know none."""
    return list(dict.fromkeys(text for keywords in lists for term in keywords.terms for text in term.spellings()))


def unconditional(lists: Sequence[KeywordList]) -> list[str]:
    """Only the spellings that answer wherever they stand."""
    terms = (term for keywords in lists for term in keywords.terms if not term.near and term.match is MatchKind.PHRASE)
    return list(dict.fromkeys(text for term in terms for text in term.spellings()))


class Comparison:
    """Every peer on the same searches as ours."""

    def __init__(self, starter: Starter, report: Report) -> None:
        self.starter = starter
        random = Random(7)
        self.groups: dict[str, list[Row]] = {"wanted": report.wanted}
        for kind in UNWANTED:
            self.groups[kind] = [row for row in report.rows if row.kind == kind]
        for family in FAMILIES:
            changed = [row for _, _, row in report.changed[family]]
            self.groups[family] = random.sample(changed, min(SAMPLE, len(changed)))
        self.ours, self.exact = report.ours, report.exact
        self.tuning = random.sample([row for row in report.rows if row.kind in (*WANTED, *UNWANTED)], TUNING)

    def lines(self) -> Iterator[Sequence[str]]:
        yield self._line("signpost", lambda row: bool(self.ours(row).matches))
        yield self._line("signpost, exact layers only", lambda row: bool(self.exact(row).matches))
        for title, spellings in (
            ("all terms", every_spelling(self.starter.lists)),
            ("unconditional terms", unconditional(self.starter.lists)),
        ):
            for make in PEERS:
                try:
                    peer = make(spellings)
                except Missing as missing:
                    print(f"Left out: {missing}.", file=sys.stderr)
                    continue
                tuned = self._tune(peer)
                yield self._line(f"{peer.name}, {title}{tuned}", lambda row, peer=peer: bool(peer.find(row.text)))
                peer.close()

    def _tune(self, peer: Peer) -> str:
        """Set the cut-off with the most right answers on a part of the set; gives its name for the table."""
        if peer.name not in CUTOFFS:
            return ""
        scores = {}
        for cutoff in CUTOFFS[peer.name]:
            peer.set_cutoff(cutoff)
            scores[cutoff] = sum(bool(peer.find(row.text)) == (row.kind in WANTED) for row in self.tuning)
        best = max(scores, key=scores.__getitem__)
        peer.set_cutoff(best)
        return f", cut-off {best}"

    def _line(self, name: str, is_caught: Callable[[Row], bool]) -> Sequence[str]:
        return (name, *(share(sum(map(is_caught, group)), len(group)) for group in self.groups.values()))

    def table(self) -> str:
        header = ("answers", *(f"{name} ({len(group)})" for name, group in self.groups.items()))
        return table(header, self.lines())
