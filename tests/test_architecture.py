"""The house stands as drawn: who may import what, where SQL, the clock, the environment and rapidfuzz may be."""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

ROOMS = ("admin", "elections", "keywords", "notices", "store", "web")
FILES = sorted(path for room in ROOMS for path in (CHECKOUT / room).rglob("*.py"))
NAMES = [str(path.relative_to(CHECKOUT)) for path in FILES]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_room_imports_the_porch(path: Path) -> None:
    assert "server" not in imports(path)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_sql_lives_in_the_cellar_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.relative_to(CHECKOUT).parts[0] != "store":
        assert not {"sqlite3", "sqlite_utils", "asyncpg"} & imports(path)
        assert not re.search(r'"(SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE TABLE) ', text)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_environment_is_read_on_the_porch_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "os.environ" not in text
    assert "getenv" not in text


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_rapidfuzz_is_used_in_one_file(path: Path) -> None:
    if path.name != "edits.py":
        assert not any(name.startswith("rapidfuzz") for name in imports(path))


@pytest.mark.parametrize("path", [path for path in FILES if path.relative_to(CHECKOUT).parts[0] in {"keywords", "elections"}], ids=str)
def test_the_studies_do_no_io(path: Path) -> None:
    assert not {"os", "io", "pathlib", "socket", "asyncio", "aiohttp", "subprocess", "logging"} & imports(path)
    assert not re.search(r"\bopen\(", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_module_says_what_lives_there_and_none_is_too_long(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    if path.name != "han_table.py":
        assert text.count("\n") <= 400
