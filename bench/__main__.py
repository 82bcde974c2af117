"""`make bench`: quality on the development set, then speed, each beside plain whole-word lookup and pyahocorasick."""

import csv
import platform
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import ahocorasick

from admin.packs.reading import read_starter
from keywords.matcher import Texts, find
from notices.decide import Season, decide
from notices.decision import Request
from notices.live import Live, compile_release
from notices.release import sign

HERE = Path(__file__).parent
PACKS = HERE.parent / "packs"
AT = datetime(2026, 10, 20, 12, tzinfo=UTC)
ROUNDS = 7

Finder = Callable[[str], bool]


def searches() -> list[dict[str, str]]:
    """The development set: kind (`search`, `hashtag`, `ordinary`, `tricky`), language, text."""
    with (HERE / "quality" / "searches.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def plain_terms() -> set[str]:
    """The facts' terms as they are, in lower case."""
    with (PACKS / "facts" / "terms.csv").open(encoding="utf-8", newline="") as file:
        return {row["term"].lower().lstrip("#") for row in csv.DictReader(file)}


def whole_words(terms: set[str]) -> Finder:
    """Plain lookup: any run of up to six words that is a term."""

    def finder(text: str) -> bool:
        words = text.lower().replace("#", " ").split()
        return any(" ".join(words[a:b]) in terms for a in range(len(words)) for b in range(a + 1, min(a + 7, len(words) + 1)))

    return finder


def automaton(terms: set[str]) -> Finder:
    """Aho-Corasick over the same terms, as substrings."""
    made = ahocorasick.Automaton()
    for term in terms:
        made.add_word(term, term)
    made.make_automaton()
    return lambda text: next(made.iter(text.lower()), None) is not None


def signpost(live: Live) -> Finder:
    """The whole decision, in a region that is in season."""

    def finder(text: str) -> bool:
        request = Request("US", "US", query=text, languages=("en",), limit=1)
        return bool(decide(request, live, AT, Season.ALWAYS).notices)

    return finder


def matching(live: Live) -> Finder:
    """The matcher alone."""
    return lambda text: bool(find(live.index, Texts(text), ("US", "001"), in_season=True).matches)


def quality(finders: dict[str, Finder]) -> None:
    """Share of each kind that is shown; high is good for searches and hashtags, low for the others."""
    rows = searches()
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[row["kind"]].append(row["text"])
    print(f"{'shown of':24}" + "".join(f"{kind} ({len(texts)})".rjust(18) for kind, texts in by_kind.items()))
    for name, finder in finders.items():
        shares = (sum(map(finder, texts)) / len(texts) for texts in by_kind.values())
        print(f"{name:24}" + "".join(f"{share:.1%}".rjust(18) for share in shares))


def speed(finders: dict[str, Finder]) -> None:
    """Median microseconds a search over the development set, interleaved, and the ratio to plain lookup."""
    texts = [row["text"] for row in searches()]
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, finder in finders.items():
            started = perf_counter()
            for text in texts:
                finder(text)
            times[name].append((perf_counter() - started) / len(texts) * 1e6)
    base = statistics.median(times["plain whole words"])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:24}{median:10.1f} µs{median / base:10.2f} × plain whole words")


def main() -> None:
    """Run all."""
    live = compile_release(sign(read_starter(PACKS), ()))
    terms = plain_terms()
    peers = {"plain whole words": whole_words(terms), "pyahocorasick": automaton(terms)}
    print(f"Python {platform.python_version()}, {platform.machine()}, {len(live.index.entries)} terms, {len(live.index.phrases)} keys\n")
    quality({**peers, "signpost": matching(live)})
    print()
    speed({**peers, "signpost matching": matching(live), "signpost decision": signpost(live)})


if __name__ == "__main__":
    sys.exit(main())
