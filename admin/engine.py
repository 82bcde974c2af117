"""Whether the engine runs compiled: tools/compile_engine.py makes it so where there is a C compiler, from the sources that lie here."""

from hashlib import sha256
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Final

from admin.errors import EngineOutdated

ROOM: Final = Path(__file__).parents[1] / "keywords"
LEFT_AS_THEY_ARE: Final = frozenset({"__init__", "checks", "errors", "han_table", "known_checks", "lists", "lookalike_table"})
"""Modules that stay Python: tables, checks of packs, and enumerations that are text, which mypyc cannot make."""


def sources() -> list[Path]:
    """The modules that are compiled, in one order."""
    return sorted(path for path in ROOM.glob("*.py") if path.stem not in LEFT_AS_THEY_ARE)


def name_of_sources() -> str:
    """The name of an engine compiled from these very sources."""
    digest = sha256()
    for path in sources():
        code = path.read_bytes()
        digest.update(f"{path.name} {len(code)}\n".encode())
        digest.update(code)
    return f"compiled_{digest.hexdigest()[:16]}"


def compiled() -> list[Path]:
    """Every file of an engine compiled for this Python, from whatever sources: one for each module, and one for all together."""
    return sorted(ROOM.glob(f"*{EXTENSION_SUFFIXES[0]}"))


def is_compiled() -> bool:
    """Whether this Python runs the compiled engine; raises EngineOutdated where that is not what the sources are, or not all of it."""
    found = {path.name.partition(".")[0] for path in compiled()}
    if found and found != {f"{name_of_sources()}__mypyc", *(path.stem for path in sources())}:
        raise EngineOutdated
    return bool(found)
