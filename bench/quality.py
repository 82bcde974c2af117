"""How much is caught and how much is wrong: clean, changed in every way of slips, layer by layer, and beside peers with the same lists."""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from bench.samples import UNWANTED, WANTED, Row, Starter, exact_only, rows, write_study
from bench.slips import DISGUISE, EVASION, GOALS, SLIP, changes
from bench.tables import share, table
from keywords.matcher import Findings

FAMILIES = (DISGUISE, SLIP, EVASION)
MORE_ORDINARY, MORE_TRICKY = 0.5 / 10_000, 0.01
"""Share of wrong notices that the generous layers may add to what exact matching gives."""

Finder = Callable[[Row], Findings]
Caught = Callable[[Row], bool]
Counts = dict[str, list[int]]
"""Name → caught, all."""


class Report:
    """Runs the development set through the engine with all layers and with the exact ones only."""

    def __init__(self, starter: Starter) -> None:
        self.rows = rows()
        self.ours = starter.finder(starter.index(starter.lists))
        self.exact = starter.finder(starter.index(exact_only(starter.lists)))
        self.wanted = [row for row in self.rows if row.kind in WANTED]
        self.clean = [row for row in self.wanted if self.ours(row).matches]
        self.changed = {family: list(self._changed(family)) for family in FAMILIES}

    def _changed(self, family: str) -> Iterator[tuple[Row, str, Row]]:
        for row in self.clean:
            for change in changes(row.text, row.language):
                if change.family == family:
                    yield row, change.name, row._replace(text=change.text)

    def sections(self) -> Iterator[tuple[str, str]]:
        """Title and table of each part."""
        yield "Caught when clean, and wrong notices", self._clean()
        for family in FAMILIES:
            yield f"Still caught after a change: {family} (goal {GOALS[family]:.0%})", self._family(family)
        yield "Which layer answers", self._layers()

    def _clean(self) -> str:
        lines = []
        for kind in (*WANTED, *UNWANTED):
            mine = [row for row in self.rows if row.kind == kind]
            ours, exact = ([row for row in mine if finder(row).matches] for finder in (self.ours, self.exact))
            lines.append(
                (kind, len(mine), f"{len(ours)} ({share(len(ours), len(mine))})", f"{len(exact)} ({share(len(exact), len(mine))})")
            )
            if kind in UNWANTED:
                write_study(f"wrong-{kind}", ("layer", *Row._fields, "term"), (self._line(row) for row in ours))
                extra = sorted(set(ours) - set(exact))
                write_study(f"wrong-{kind}-by-generous-layers", ("layer", *Row._fields, "term"), (self._line(row) for row in extra))
                allowed = (MORE_ORDINARY if kind == "ordinary" else MORE_TRICKY) * len(mine)
                lines.append((f"  added to {kind} by the generous layers", "", len(extra), f"allowed {allowed:.1f}"))
        write_study("missed-clean", Row._fields, (row for row in self.wanted if not self.ours(row).matches))
        return table(("kind", "searches", "all layers", "exact layers only"), lines)

    def _line(self, row: Row) -> tuple[str, ...]:
        match = self.ours(row).matches[0]
        return (match.hit.layer.name, *row, f"{match.entry.list_id}: {match.entry.term.text}")

    def _family(self, family: str) -> str:
        ours: Counts = defaultdict(lambda: [0, 0])
        exact: Counts = defaultdict(lambda: [0, 0])
        missed = []
        for row, name, changed in self.changed[family]:
            is_caught = bool(self.ours(changed).matches)
            for counts, caught in ((ours, is_caught), (exact, bool(self.exact(changed).matches))):
                counts[name][0] += caught
                counts[name][1] += 1
            if not is_caught:
                missed.append((name, *changed, row.text))
        write_study(f"missed-{family}", ("change", *Row._fields, "clean"), sorted(missed))
        lines = [(name, ours[name][1], share(*ours[name]), share(*exact[name])) for name in sorted(ours, key=lambda name: -ours[name][1])]
        total = [tuple(map(sum, zip(*counts.values(), strict=True))) for counts in (ours, exact)]
        mean = [sum(caught / whole for caught, whole in counts.values()) / len(counts) for counts in (ours, exact)]
        lines.append(("all", total[0][1], share(*total[0]), share(*total[1])))
        lines.append(("mean over changes", "", f"{mean[0]:.1%}", f"{mean[1]:.1%}"))
        return table(("change", "searches", "all layers", "exact layers only"), lines)

    def _layers(self) -> str:
        columns: dict[str, Counter[str]] = {}
        for kind in (*WANTED, *UNWANTED):
            columns[kind] = self._by_layer([row for row in self.rows if row.kind == kind])
        for family in FAMILIES:
            columns[family] = self._by_layer([changed for _, _, changed in self.changed[family]])
        layers = sorted({layer for counts in columns.values() for layer in counts})
        return table(("layer", *columns), ((layer, *(columns[name][layer] for name in columns)) for layer in layers))

    def _by_layer(self, searches: Sequence[Row]) -> Counter[str]:
        return Counter(found[0].hit.layer.name for row in searches if (found := self.ours(row).matches))


def beside(starter: Starter, report: Report) -> Iterator[tuple[str, str]]:
    """The comparison with peers, where their packages are installed."""
    from bench.beside import Comparison  # noqa: PLC0415 - needs the peers' packages, the other tables do not

    yield "Beside peers with the same lists: share answered", Comparison(starter, report).table()


def main() -> str:
    """Print every table, and give them as Markdown."""
    parser = argparse.ArgumentParser(prog="bench quality")
    parser.add_argument("--alone", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    starter = Starter()
    report = Report(starter)
    parts = []
    peers = () if options.alone else beside(starter, report)
    for title, body in chain(report.sections(), peers):
        print(f"{title}\n\n{body}\n", flush=True)
        parts.append(f"### {title}\n\n{body}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    main()
