"""What the tests of dates share: the places of the packs, and what is handed in with a document."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from admin.dates.findings import Handed, divisions_of
from admin.packs.reading_places import read_regions
from elections.places import Places
from tests.conftest import CHECKOUT

DATA = Path(__file__).parent / "data"
RETRIEVED = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def places() -> Places:
    return Places.of(read_regions(CHECKOUT / "packs" / "regions"))


@pytest.fixture(scope="session")
def handed(places: Places) -> Callable[..., Handed]:
    """What is handed in, with anything else by name."""
    divisions = divisions_of(places)

    def make(**given) -> Handed:
        return Handed(places=places, retrieved_at=RETRIEVED, divisions=divisions, **given)

    return make
