"""The engine as it runs here, compiled where there is a C compiler, finds just what its sources say as plain Python."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import CHECKOUT, NOT_SOURCES

PROGRAM = """
import runpy
from keywords import matcher
runpy.run_module("tests.keywords.answers", run_name="__main__")
print(matcher.__file__)
"""


def answers_of(*path: Path) -> list[str]:
    """What the `keywords` that comes first on this path finds; the last line says which file that was."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, path)), "PYTHONHASHSEED": "7"}
    ended = subprocess.run([sys.executable, "-c", PROGRAM], cwd=path[0], env=environment, capture_output=True, text=True, check=True)
    return ended.stdout.splitlines()


def test_it_finds_what_its_sources_find(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "keywords", tmp_path / "keywords", ignore=NOT_SOURCES)
    *here, engine = answers_of(CHECKOUT)
    *plain, source = answers_of(tmp_path, CHECKOUT)
    assert Path(engine).parent == CHECKOUT / "keywords"
    assert Path(source) == tmp_path / "keywords" / "matcher.py"
    assert len(here) > 20_000
    assert [pair for pair in zip(here, plain, strict=True) if pair[0] != pair[1]] == []
