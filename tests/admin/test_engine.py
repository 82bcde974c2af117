"""A compiled engine answers only where it was made from the very sources beside it; without a C compiler the engine stays Python."""

import os
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from admin import engine
from admin.engine import compiled, is_compiled, name_of_sources, sources
from admin.errors import EngineOutdated
from keywords import matcher
from tests.conftest import CHECKOUT, NOT_SOURCES

SUFFIX = EXTENSION_SUFFIXES[0]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    room = tmp_path / "keywords"
    room.mkdir()
    for name in ("matcher", "folding", "lists"):
        (room / f"{name}.py").write_text(f'"""What {name} does."""\n', encoding="utf-8")
    monkeypatch.setattr(engine, "ROOM", room)
    return room


def compile_there(room: Path) -> None:
    for name in ("matcher", "folding", f"{name_of_sources()}__mypyc"):
        (room / f"{name}{SUFFIX}").touch()


def test_every_module_is_compiled_but_those_that_are_named() -> None:
    assert {path.stem for path in sources()} | engine.LEFT_AS_THEY_ARE == {path.stem for path in (CHECKOUT / "keywords").glob("*.py")}
    assert {"matcher", "folding", "index"} < {path.stem for path in sources()}


def test_an_engine_made_from_these_sources_is_used(room: Path) -> None:
    assert not is_compiled()
    compile_there(room)
    assert is_compiled()
    (room / "lists.py").write_text("# not compiled, so it may be edited\n", encoding="utf-8")
    (room / "matcher.cpython-399-x86_64-linux-gnu.so").touch()  # of another Python, which this one does not see
    assert is_compiled()


@pytest.mark.parametrize("change", ["edited", "added", "taken out", "swapped", "half there", "without its whole"])
def test_an_engine_made_from_other_sources_is_refused(room: Path, change: str) -> None:
    compile_there(room)
    matcher, folding = room / "matcher.py", room / "folding.py"
    match change:
        case "edited":
            matcher.write_text("# edited\n", encoding="utf-8")
        case "added":
            (room / "new.py").write_text("# new\n", encoding="utf-8")
        case "taken out":
            matcher.unlink()
        case "swapped":
            other = matcher.read_text(encoding="utf-8")
            matcher.write_text(folding.read_text(encoding="utf-8"), encoding="utf-8")
            folding.write_text(other, encoding="utf-8")
        case "half there":
            (room / f"matcher{SUFFIX}").unlink()
        case _:
            (room / f"{name_of_sources()}__mypyc{SUFFIX}").unlink()
    with pytest.raises(EngineOutdated, match=r"run `make`’s `run` or `test`, or delete keywords/\*\.so"):
        is_compiled()


def test_commands_refuse_an_outdated_engine(tmp_path: Path) -> None:
    """With a file that only looks compiled, so that Python itself never loads it."""
    for name in ("admin", "elections", "keywords", "notices", "review", "store", "web"):
        shutil.copytree(CHECKOUT / name, tmp_path / name, ignore=NOT_SOURCES)
    shutil.copy(CHECKOUT / "server.py", tmp_path)
    (tmp_path / "keywords" / f"compiled_0__mypyc{SUFFIX}").touch()
    ended = subprocess.run([sys.executable, "server.py", "doctor"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("signpost: The engine was compiled before its code changed")


def test_without_a_c_compiler_the_engine_stays_python_and_an_old_one_goes(tmp_path: Path) -> None:
    for name in ("admin", "keywords", "tools"):
        shutil.copytree(CHECKOUT / name, tmp_path / name, ignore=NOT_SOURCES)
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    (tmp_path / "keywords" / f"compiled_0__mypyc{SUFFIX}").touch()
    command = [sys.executable, "-m", "tools.compile_engine"]
    environment = os.environ | {"CC": "no-such-compiler"}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "No C compiler with Python's headers here" in ended.stdout
    assert "runs as Python" in ended.stdout
    assert not list((tmp_path / "keywords").glob("*.so"))
    assert not list((tmp_path / ".cache").iterdir())


def test_what_runs_here_is_what_is_told() -> None:
    assert is_compiled() == bool(compiled()) == matcher.__file__.endswith(SUFFIX)
