"""Everything that a store holds but its audit lines, and the lines that came since: how tests see that a refusal left nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from review.audit import AuditLine, broken_lines
from store.values import Lines
from tests.curated import Curated


def everything(curated: Curated) -> dict[str, Any]:
    """Every row of every table but the audit lines', and the release file."""
    with sqlite3.connect(curated.settings.database) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in tables if name not in {"audit", "sqlite_sequence"}}
    raw.close()
    return {**rows, "file": curated.settings.release_file.read_bytes()}


def lines(curated: Curated, **wanted: Any) -> tuple[AuditLine, ...]:
    """Audit lines, the newest first; the chain must hold."""
    with curated.look() as act:
        assert list(broken_lines(act.unit.journal.all(), act.unit.journal.ever_written())) == []
        return act.unit.journal.lines(Lines(limit=1_000_000, **wanted))


@contextmanager
def refusing(curated: Curated, error: type[Exception], match: str | None = None) -> Iterator[pytest.ExceptionInfo[Exception]]:
    """What is done inside is refused with this error, leaves one audit line with its code, and nothing else."""
    before, known = everything(curated), len(lines(curated))
    with pytest.raises(error, match=match) as told:
        yield told
    assert everything(curated) == before
    found = lines(curated)
    assert len(found) == known + 1
    assert found[0].outcome == error.code  # type: ignore[attr-defined]
    assert found[0].detail["why"] == str(told.value)
