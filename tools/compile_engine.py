"""Compiles the engine with mypyc where there is a C compiler, beside its sources in keywords/; without one it stays Python.

Usage: `python -m tools.compile_engine`; `make` calls it.
"""

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from mypyc.build import mypycify
from setuptools import Distribution
from setuptools.command.build_ext import build_ext
from setuptools.errors import BaseError, CCompilerError

from admin.engine import ROOM, compiled, name_of_sources, sources

CACHE = ROOM.parent / ".cache"


def main() -> None:
    """Compile, and only then take away what was compiled before."""
    print("Compiling the engine: about a minute, and again when its code has changed …", flush=True)
    CACHE.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="engine-", dir=CACHE) as folder:
        try:
            made = build(Path(folder))
        except (BaseError, CCompilerError) as error:
            print(f"No C compiler with Python's headers here ({error}). The engine runs as Python: it answers the same, in more time.")
            made = []
        for path in compiled():
            path.unlink()
        for path in made:
            path.rename(ROOM / path.name)


def build(folder: Path) -> list[Path]:
    """The compiled modules; raises setuptools' errors where nothing compiles C."""
    paths = [str(path) for path in sources()]
    said = StringIO()
    try:
        with redirect_stdout(said):
            extensions = mypycify(
                ["--cache-dir", str(folder / "mypy"), *paths],
                opt_level="2",
                debug_level="0",
                target_dir=str(folder / "c"),
                group_name=f"{ROOM.name}.{name_of_sources()}",
            )
    except SystemExit:  # that is how mypyc says that the code is not well typed
        print(said.getvalue())
        raise
    command = build_ext(Distribution({"name": "engine", "ext_modules": extensions}))
    command.build_lib, command.build_temp = str(folder / "lib"), str(folder / "temp")
    command.ensure_finalized()
    command.run()
    return sorted((folder / "lib" / ROOM.name).iterdir())


if __name__ == "__main__":
    main()
