"""`make bench`: runs the benchmarks by name and prints them; with `--write` also keeps the results in docs/benchmarks.md."""

import contextlib
import importlib
import importlib.metadata
import io
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import TextIO

from admin.engine import is_compiled

PARTS = ("quality", "speed", "deciding", "endpoint", "publishing")
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
PACKAGES = ("rapidfuzz", "symspellpy", "ahocorasick-rs", "pyahocorasick", "flashtext", "psycopg", "wordfreq")
INTRODUCTION = """# Benchmarks

How Signpost's matching compares with the usual ways on one machine, as `make bench` prints it. Machines are noisy: read the ratios and
the shares, not the microseconds. Each part says with which command, machine and versions it was made.

**Quality** is measured on the development set in `bench/quality/`, whose rows are drafts that no native speaker has reviewed. **Speed** is
measured on made term sets; *cold* means that the memory of single words is empty, *warm* that every word was seen before, as in a service
that has run for some minutes: the goals are for that. The engines take turns: all searches to one, then all to the next, five times round,
and a search's time is the median of its five. *One by one* instead gives each search to every engine before the next one, so that each
finds the processor's caches full of what the others needed. symspellpy stands there twice: as its documentation shows it, with two edits in
every window, which is what the goal is about, and with Signpost's own limits (none below five letters, one below nine), which spare it most
of its work. "Held" is what an index takes by the interpreter's own count, RSS what the process grew by. **Endpoint** compares the whole
service, access log and metrics included, with a bare aiohttp handler that answers fixed bytes of the same size, each pinned to one core,
the load on the other. **Publishing** replaces the release file of a running service under a fixed schedule of requests; latency counts from
the scheduled moment, "waited for its core" is time that other programs had. A goal that is not met stands beside the figure.

Much depends on whether the engine is compiled (see `adr/0018-compiled-engine.md`), which each heading says. And on how the interpreter was
built, as the rest of Signpost is Python where its peers are C or Rust: Debian's CPython (3.11.2), built with profile-guided optimisation
like those of other distributions and of the official Docker images, runs plain Python about 1.4 times as fast as one compiled with the
defaults (the 3.11.7 below). Run the service on the former.
"""
USAGE = f"usage: python -m bench [{'|'.join(PARTS)}|all] [--write] [options of the part]"


def main(arguments: Sequence[str]) -> int:
    """Run the parts that are named, all when none is; `--write` first keeps the page, all other options go to a single part."""
    writes = "--write" in arguments
    rest = [argument for argument in arguments if argument != "--write"]
    names = list(takewhile(lambda argument: not argument.startswith("-"), rest)) or ["all"]
    options = rest[len(names) :] if rest[: len(names)] == names else rest
    if unknown := set(names) - {*PARTS, "all"}:
        print(f"{USAGE}\nnot a part: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    chosen = [name for name in PARTS if name in names or "all" in names]
    print(f"{machine()}\n", flush=True)
    for name in chosen:
        body = run(name, options if len(chosen) == 1 else [])
        if writes and body:
            keep(name, body, " ".join(["python -m bench", name, *options]))
    return 0


def run(name: str, options: Sequence[str]) -> str | None:
    """The part's tables as Markdown, or what it printed; nothing where the part is not there."""
    try:
        part = importlib.import_module(f"bench.{name}")
    except ModuleNotFoundError as missing:
        if missing.name != f"bench.{name}":
            raise
        print(f"No bench/{name}.py here.")
        return None
    print(f"## {name.capitalize()}\n", flush=True)
    sys.argv = [f"bench {name}", *options]
    printed = Echo(sys.stdout)
    with contextlib.redirect_stdout(printed):
        made = part.main()
    return made if isinstance(made, str) else f"```text\n{printed.getvalue().strip()}\n```\n"


class Echo(io.StringIO):
    """Keeps what is printed and prints it too."""

    def __init__(self, out: TextIO) -> None:
        super().__init__()
        self.out = out

    def write(self, text: str) -> int:
        self.out.write(text)
        return super().write(text)

    def flush(self) -> None:
        self.out.flush()


def keep(name: str, body: str, command: str) -> None:
    """Put the part's results on the page in place of its earlier ones; the other parts stay."""
    kept = PAGE.read_text(encoding="utf-8").split("\n## ")[1:] if PAGE.exists() else []
    parts = {part.partition("\n")[0].lower(): part.partition("\n")[2].strip() for part in kept}
    parts[name] = f"```text\n{command}\n{machine()}\n```\n\n{body.strip()}"
    PAGE.write_text(
        INTRODUCTION + "".join(f"\n## {part.capitalize()}\n\n{parts[part]}\n" for part in PARTS if part in parts), encoding="utf-8"
    )


def machine() -> str:
    """The machine and the versions in one line each."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    engine = "compiled" if is_compiled() else "as Python"
    versions = ", ".join(f"{name} {version}" for name, version in _versions())
    return f"{model}, {os.cpu_count()} CPUs, {platform.system()}, Python {platform.python_version()}, engine {engine}\n{versions}"


def _versions() -> Iterator[tuple[str, str]]:
    for name in PACKAGES:
        try:
            yield name, importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield name, "not installed"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
