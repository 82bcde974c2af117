"""Which Election Center answers for a region."""

import pytest

from elections.centers import Center, Centers
from tests.elections.reference_elections import PLACES

CENTERS = Centers([Center(region, (), {}) for region in ("EU", "FR", "US", "US-TX")], PLACES)


@pytest.mark.parametrize(
    ("region", "answering"),
    [
        pytest.param("US-TX", "US-TX", id="its own"),
        pytest.param("US-NY", "US", id="its country's"),
        pytest.param("RE", "FR", id="that of the state it votes with"),
        pytest.param("EU", "EU", id="the Union's for the Union"),
        pytest.param("DE", None, id="never the Union's for a member"),
        pytest.param("WS", None, id="none, and never another country's"),
        pytest.param("001", None, id="the world has none"),
    ],
)
def test_the_nearest_center_answers_and_the_union_s_only_for_itself(region: str, answering: str | None) -> None:
    center = CENTERS.answering(region)
    assert (center.region if center else None) == answering
