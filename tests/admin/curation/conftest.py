"""A store of its own for each test of curation; what it holds is in tests/curated."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.curated import Curated, curated_store


@pytest.fixture
def curated(tmp_path: Path) -> Iterator[Curated]:
    made = curated_store(tmp_path)
    yield made
    made.store.close()
