"""Matching speed, memory and recall on made term sets beside peers, as ratios within one interleaved run, caches cold and warm."""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from random import Random

from bench.building import in_its_own_process
from bench.edits import is_typo
from bench.engines import Signpost
from bench.folding import key, plain, words
from bench.peers import Peer
from bench.peers.databases import Fts5, Missing, PgTrgm
from bench.peers.exact import Automaton, Flash, RustAutomaton, Windows
from bench.peers.fuzzy import RapidFuzz, Sym, SymCompound, SymTwoEdits
from bench.queries import Asker, Query
from bench.samples import write_study
from bench.tables import table
from bench.terms import MILLION, SIZES, make_lists
from bench.timing import in_turns, one_by_one
from bench.words import LATIN, pool
from keywords.lists import KeywordList
from keywords.matcher import Findings

OURS = "signpost"
QUERIES, PER_KIND = 2000, 400
EVERY = {
    "symspellpy lookup per window": 4,
    "symspellpy lookup per window, two edits": 8,
    "PostgreSQL pg_trgm": 10,
    "SQLite FTS5 trigram": 40,
    "rapidfuzz process.extract": 20,
    "symspellpy lookup_compound": 40,
}
GOALS = {"symspellpy lookup per window, two edits": 16, "PostgreSQL pg_trgm": 45, "rapidfuzz process.extract": 300}
PLAIN = "plain dictionary"
GOAL_SIZE = 100_000
PLAIN_GOAL, MILLION_GOAL, CAPTION_GOAL, BYTES_GOAL = 2.5, 1.8, 8.0, 700
RECALL_GOALS = {"exact": 1.0, "hashtag": 1.0, "joined": 1.0, "spaceless": 0.99, "one_edit": 0.99, "two_edits": 0.95}
CAPTION = 2000

Maker = Callable[[Sequence[str]], Peer]
PEERS: tuple[Maker, ...] = (Windows, Automaton, RustAutomaton, Flash, Sym, SymTwoEdits, SymCompound, RapidFuzz, Fts5, PgTrgm)
FAST: tuple[Maker, ...] = (Windows, RustAutomaton)


def spellings(lists: Sequence[KeywordList]) -> list[str]:
    """Every term's text."""
    return [term.text for keywords in lists for term in keywords.terms]


class Contest:
    """One term set, our engine, its peers and the same searches for all."""

    def __init__(self, count: int, makers: Sequence[Maker]) -> None:
        self.count = count
        lists = make_lists(count)
        self.asker = Asker(lists)
        self.queries = self.asker.queries(QUERIES)
        self.engine = Signpost(lists)
        self.peers: list[Peer] = []
        for make in makers:
            try:
                self.peers.append(make(spellings(lists)))
            except Missing as missing:
                print(f"Left out: {missing}.")
        texts = [query.text for query in self.queries]
        finders = {OURS: self.engine.find, **{peer.name: peer.find for peer in self.peers}}
        self.cold = in_turns(finders, texts, EVERY, {OURS: self.engine.forget})
        self.warm = in_turns(finders, texts, EVERY)
        self.swept = one_by_one(finders, texts, EVERY)

    def close(self) -> None:
        for peer in self.peers:
            peer.close()

    def speeds(self) -> str:
        """Ours and peers': the ratio is the peer's mean over ours on the very searches the peer was asked."""
        lines = []
        for name in self.cold:
            cold, warm = self.cold[name], self.warm[name]
            ratios = [times[name].mean() / times[OURS].mean(list(times[name].taken)) for times in (self.cold, self.warm)]
            goal = f"≥ {GOALS[name]} ×" if name in GOALS and self.count == GOAL_SIZE else ""
            numbers = (f"{value:.1f}" for value in (cold.median(), cold.mean(), warm.median(), warm.mean()))
            lines.append((name, len(cold.taken), *numbers, *(f"{ratio:.1f} ×" for ratio in ratios), goal))
        header = ("µs a search", "asked", "cold p50", "cold mean", "warm p50", "warm mean", "cold mean ÷ ours", "warm mean ÷ ours", "goal")
        return table(header, lines)

    def swept_speeds(self) -> str:
        """The warm figures once more where no two searches of an engine follow each other."""
        ours = self.swept[OURS]
        lines = (
            (name, f"{times.median():.1f}", f"{times.mean():.1f}", f"{times.mean() / ours.mean(list(times.taken)):.1f} ×")
            for name, times in self.swept.items()
        )
        return table(("µs a search", "p50", "mean", "mean ÷ ours"), lines)

    def p50_beside_plain(self) -> tuple[float, ...]:
        """Our p50 as a multiple of the plain dictionary's: cold, warm, and with the processor's caches swept."""
        return tuple(times[OURS].median() / times[PLAIN].median() for times in (self.cold, self.warm, self.swept))

    def recall(self) -> str:
        """Per kind: the share found by us and each peer; for searches that mean nothing, the share that got a wrong answer."""
        lines, missed = [], []
        for kind in (*RECALL_GOALS, "near", "none"):
            queries = self.asker.only(kind, PER_KIND)
            ours = [self._is_right(query, self.engine.find(query.text)) for query in queries]
            missed += [
                (query.kind, query.language, query.text, query.truth or "") for query, right in zip(queries, ours, strict=True) if not right
            ]
            peers = (self._peer_share(peer, queries) for peer in self.peers)
            goal = f"≥ {RECALL_GOALS[kind]:.2f}" if kind in RECALL_GOALS else "1.00"
            lines.append((kind, f"{sum(ours) / len(ours):.3f}", goal, *peers))
        write_study(f"speed-wrong-{self.count}", ("kind", "language", "text", "truth"), missed)
        return table(("right answers", OURS, "goal", *(peer.name for peer in self.peers)), lines)

    def _is_right(self, query: Query, findings: Findings) -> bool:
        if query.truth is not None:
            return any(key(match.entry.term.text) == key(query.truth) for match in findings.matches)
        return all(obeys_rule(query.text, match) for match in findings.matches)

    def _peer_share(self, peer: Peer, queries: Sequence[Query]) -> str:
        asked = queries[:: max(1, EVERY.get(peer.name, 1) // 2)]
        right = 0
        for query in asked:
            found = peer.find(query.text)
            right += not found if query.truth is None else key(query.truth) in map(key, found)
        return f"{right / len(asked):.2f}"

    def wrong_layers(self) -> str:
        """Which of our layers answer searches that mean nothing by the rule."""
        counts = {kind: Counter(self._wrong_layer(query) for query in self.asker.only(kind, PER_KIND)) for kind in ("near", "none")}
        layers = sorted({layer for counted in counts.values() for layer in counted if layer})
        return table(("wrong answers of", *counts), ((layer, *(counted[layer] for counted in counts.values())) for layer in layers))

    def _wrong_layer(self, query: Query) -> str:
        wrong = (match.hit.layer.name for match in self.engine.find(query.text).matches if not obeys_rule(query.text, match))
        return next(wrong, "")

    def captions(self) -> str:
        """A caption of 2,000 characters, ours beside ahocorasick_rs."""
        random = Random(5)
        texts = [caption(random) for _ in range(40)]
        peer = next(peer for peer in self.peers if isinstance(peer, RustAutomaton))
        finders = {OURS: self.engine.find, peer.name: peer.find}
        lines = []
        for state, before in (("cold", {OURS: self.engine.forget}), ("warm", {})):
            times = in_turns(finders, texts, {}, before)
            ours, theirs = times[OURS].median(), times[peer.name].median()
            goal = f"≤ {CAPTION_GOAL:.0f} ×" if state == "warm" else ""
            lines.append((state, f"{ours:.0f}", f"{theirs:.0f}", f"{ours / theirs:.1f} ×", goal))
        return table(("caption, p50 µs", OURS, peer.name, "ratio", "goal"), lines)


def caption(random: Random) -> str:
    """A text of 2,000 characters in one Latin language."""
    known = pool(random.choice(LATIN))
    text = ""
    while len(text) < CAPTION:
        text += known[int(len(known) * random.random() ** 2)] + " "
    return text[:CAPTION]


def obeys_rule(text: str, match: object) -> bool:
    """Whether an answer to a search that was made to mean nothing is one by the rule all the same."""
    start, end = match.span()
    typed, curated = words(text[start:end]), words(match.entry.term.text)
    if key("".join(typed)) == key("".join(curated)):
        return True
    if len(typed) != len(curated):
        return is_typo(key("".join(typed)), key("".join(curated)))
    return all(plain(a) == plain(b) or is_typo(a, b) or is_typo(key(a), key(b)) for a, b in zip(typed, curated, strict=True))


def sections(sizes: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Title and body of each part."""
    medians: dict[int, tuple[float, float]] = {}
    for count in sizes:
        contest = Contest(count, PEERS if count < MILLION else FAST)
        medians[count] = (contest.cold[OURS].median(), contest.warm[OURS].median())
        yield f"{count:,} terms: speed", contest.speeds()
        yield f"{count:,} terms: speed one by one, every engine's caches swept by the others", contest.swept_speeds()
        cold, warm, swept = contest.p50_beside_plain()
        yield (
            f"{count:,} terms: p50 beside the plain dictionary",
            f"cold {cold:.2f} ×, warm {warm:.2f} ×{f' (goal ≤ {PLAIN_GOAL} ×)' if count == GOAL_SIZE else ''}, one by one {swept:.2f} ×",
        )
        yield f"{count:,} terms: right answers", contest.recall()
        yield f"{count:,} terms: wrong answers of {PER_KIND} each, by layer", contest.wrong_layers()
        yield f"{count:,} terms: a long caption", contest.captions()
        contest.close()
    if MILLION in medians and 100_000 in medians:
        cold, warm = (big / small for big, small in zip(medians[MILLION], medians[100_000], strict=True))
        yield "p50 at a million terms beside that at 100,000", f"cold {cold:.2f} ×, warm {warm:.2f} × (goal ≤ {MILLION_GOAL} ×)"
    yield "Building", building(sizes)


def building(sizes: Sequence[int]) -> str:
    """Seconds and resident bytes a term, each size in its own process."""
    found: dict[int, dict[str, float]] = defaultdict(dict)
    lines = []
    for count in sizes:
        found[count] = in_its_own_process(count)
        per_term = found[count]["seconds"] / count * 1e6
        lines.append(
            (
                f"{count:,}",
                f"{found[count]['seconds']:.1f} s",
                f"{per_term:.1f} µs",
                f"{found[count]['held']:.0f}",
                f"{found[count]['index']:.0f}",
                f"{found[count]['with_lists']:.0f}",
            )
        )
    header = ("terms", "time to build", "a term", f"bytes a term, held (goal ≤ {BYTES_GOAL})", "RSS", "RSS with the lists")
    return table(header, lines)


def main() -> str:
    """Print every table, and give them as Markdown."""
    parser = argparse.ArgumentParser(prog="bench speed")
    parser.add_argument("--million", action="store_true", help="also with a million terms")
    parser.add_argument("--size", type=int, action="append", help="only this many terms")
    options = parser.parse_args()
    sizes = options.size or [*SIZES, *([MILLION] if options.million else [])]
    parts = []
    for title, body in sections(sizes):
        print(f"{title}\n\n{body}\n", flush=True)
        parts.append(f"### {title}\n\n{body}\n")
    return "\n".join(parts)
