"""Building time and resident memory of an index, measured in a process of its own so that nothing else is counted."""

import gc
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path
from time import perf_counter

from bench.terms import make_lists
from keywords.index import build_index
from keywords.matcher import Texts, find

HERE = Path(__file__).parents[1]


def resident() -> int:
    """Bytes of memory this process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def measure(count: int) -> dict[str, float]:
    """Seconds to build and bytes a term, of the index alone and with the lists it was made from; what any index loads once is left out."""
    small = build_index(make_lists(100, seed=9))
    find(small, Texts("nothing to see"), ("001",), in_season=True)
    make_lists(1000, seed=9)
    before_lists = resident()
    lists = make_lists(count)
    before = resident()
    started = perf_counter()
    index = build_index(lists)
    seconds = perf_counter() - started
    after = resident()
    find(index, Texts("nothing to see"), ("001",), in_season=True)
    return {"seconds": seconds, "index": (after - before) / count, "with_lists": (after - before_lists) / count}


def held(count: int) -> dict[str, float]:
    """Bytes a term that an index holds by the interpreter's own count (tracemalloc), without what the allocator keeps in reserve."""
    build_index(make_lists(100, seed=9))
    lists = make_lists(count)
    gc.collect()
    tracemalloc.start()
    index = build_index(lists)
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"held": size / count, "entries": len(index.entries)}


def in_its_own_process(count: int) -> dict[str, float]:
    """`measure` and `held`, each in a fresh interpreter."""
    found: dict[str, float] = {}
    for what in ("measure", "held"):
        command = [sys.executable, "-m", "bench.building", what, str(count)]
        found |= json.loads(subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True).stdout)
    return found


if __name__ == "__main__":
    print(json.dumps({"measure": measure, "held": held}[sys.argv[1]](int(sys.argv[2]))))
